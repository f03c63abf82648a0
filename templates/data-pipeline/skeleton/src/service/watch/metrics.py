"""What alerts and dashboard ask for, read from Dagster when somebody asks.

Numbers that are read cannot be forgotten by a restart, and a job that never
failed has a 0, so that its first failure is a rise.
"""

from collections.abc import Iterable

import dagster as dg
from dagster import DagsterEventType, DagsterRunStatus
from dagster._core.definitions.freshness import TimeWindowFreshnessPolicy
from opentelemetry.metrics import CallbackOptions, Meter, Observation

from service.watch.runs import EndedRun

_COUNTED = {
    "success": [DagsterRunStatus.SUCCESS],
    "failure": [DagsterRunStatus.FAILURE],
    "canceled": [DagsterRunStatus.CANCELED],
}
_BUCKETS = (1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 14_400)

Observations = Iterable[Observation]


class Metrics:
    """Measurements of one code location."""

    def __init__(
        self, instance: dg.DagsterInstance, definitions: dg.Definitions, meter: Meter
    ) -> None:
        self._instance = instance
        self._specs = [
            spec
            for spec in definitions.resolve_all_asset_specs()
            if spec.key in definitions.resolve_asset_graph().materializable_asset_keys
        ]
        self._checks = sorted(
            definitions.resolve_asset_graph().asset_check_keys, key=lambda key: key.to_user_string()
        )
        self._jobs = [
            job.name for job in definitions.resolve_all_job_defs() if not job.name.startswith("__")
        ]
        self._duration = meter.create_histogram(
            "pipeline.run.duration",
            unit="s",
            description="Duration of runs.",
            explicit_bucket_boundaries_advisory=_BUCKETS,
        )
        meter.create_observable_counter(
            "pipeline.runs", [self._runs], description="Runs that ended, by outcome."
        )
        meter.create_observable_gauge(
            "pipeline.asset.data.time",
            [self._data_time],
            unit="s",
            description="End of the newest day that an asset has, since 1970.",
        )
        meter.create_observable_gauge(
            "pipeline.asset.freshness.limit",
            [self._limits],
            unit="s",
            description="How old the newest day of an asset may be.",
        )
        meter.create_observable_gauge(
            "pipeline.asset.rows", [self._rows], description="Rows of the day written last."
        )
        meter.create_observable_gauge(
            "pipeline.asset.check.failed",
            [self._failed],
            description="1 when a check failed the last time, 0 when it passed.",
        )
        meter.create_observable_gauge(
            "pipeline.daemon.heartbeat.time",
            [self._heartbeats],
            unit="s",
            description="When a part of Dagster's daemon last said that it is alive, since 1970.",
        )

    def __call__(self, ended: EndedRun) -> None:
        """Measures a run that ended."""
        self._duration.record(
            ended.ended - ended.began,
            {"pipeline.job": ended.run.job_name, "outcome": ended.outcome},
        )

    def _runs(self, _options: CallbackOptions) -> Observations:
        for job in self._jobs:
            for outcome, statuses in _COUNTED.items():
                count = self._instance.get_runs_count(
                    dg.RunsFilter(job_name=job, statuses=statuses)
                )
                yield Observation(count, {"pipeline.job": job, "outcome": outcome})

    def _data_time(self, _options: CallbackOptions) -> Observations:
        for spec in self._specs:
            days = spec.partitions_def
            if not isinstance(days, dg.TimeWindowPartitionsDefinition):
                continue
            # Yesterday that is there again is no today: not when, but what was written counts.
            written = self._instance.get_materialized_partitions(spec.key)
            if written:
                end = days.time_window_for_partition_key(max(written)).end
                yield Observation(end.timestamp(), {"asset": spec.key.to_user_string()})

    def _limits(self, _options: CallbackOptions) -> Observations:
        for spec in self._specs:
            if isinstance(spec.freshness_policy, TimeWindowFreshnessPolicy):
                limit = spec.freshness_policy.fail_window.to_timedelta().total_seconds()
                yield Observation(limit, {"asset": spec.key.to_user_string()})

    def _rows(self, _options: CallbackOptions) -> Observations:
        for spec in self._specs:
            event = self._instance.get_latest_materialization_event(spec.key)
            written = event.asset_materialization if event else None
            rows = written.metadata.get("dagster/row_count") if written else None
            if isinstance(rows, dg.IntMetadataValue) and rows.value is not None:
                yield Observation(rows.value, {"asset": spec.key.to_user_string()})

    def _failed(self, _options: CallbackOptions) -> Observations:
        for key in self._checks:
            evaluation = self._instance.get_latest_asset_check_evaluation_record(key)
            entry = evaluation.event if evaluation else None
            event = entry.dagster_event if entry else None
            # While it is made, or when what it looks at was not written, it says nothing.
            if event and event.event_type is DagsterEventType.ASSET_CHECK_EVALUATION:
                told = event.asset_check_evaluation_data
                yield Observation(
                    0 if told.passed else 1,
                    {
                        "asset": key.asset_key.to_user_string(),
                        "check": key.name,
                        "check.severity": told.severity.value.lower(),
                    },
                )

    def _heartbeats(self, _options: CallbackOptions) -> Observations:
        for daemon, beat in self._instance.get_daemon_heartbeats().items():
            yield Observation(beat.timestamp, {"daemon": daemon.lower()})
