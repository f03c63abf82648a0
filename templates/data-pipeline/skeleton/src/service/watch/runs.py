"""Finds each run that ended, and tells of it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import dagster as dg
from dagster import DagsterEventType, DagsterRunStatus

_CURSOR = "service.watch.runs"
_OUTCOMES = {
    DagsterRunStatus.SUCCESS: "success",
    DagsterRunStatus.FAILURE: "failure",
    DagsterRunStatus.CANCELED: "canceled",
}
# Clocks of pods differ, and runs may end while others are read.
_OVERLAP_SECONDS = 60


@dataclass(frozen=True)
class EndedRun:
    """A run, with what is told about it."""

    run: dg.DagsterRun
    outcome: str
    began: float
    ended: float
    materialized: Sequence[dg.AssetMaterialization]
    checked: Sequence[dg.AssetCheckEvaluation]

    @property
    def tags(self) -> dict[str, str]:
        """What whoever started it said of it."""
        return dict(self.run.tags)


Tell = Callable[[EndedRun], None]


def _read(instance: dg.DagsterInstance, record: dg.RunRecord) -> EndedRun:
    run = record.dagster_run
    events = instance.all_logs(
        run.run_id,
        of_type={
            DagsterEventType.ASSET_MATERIALIZATION,
            DagsterEventType.ASSET_CHECK_EVALUATION,
        },
    )
    found = [entry.dagster_event for entry in events if entry.dagster_event]
    ended = record.end_time or record.update_timestamp.timestamp()
    return EndedRun(
        run=run,
        outcome=_OUTCOMES[run.status],
        began=record.start_time or record.create_timestamp.timestamp(),
        ended=ended,
        materialized=[
            event.step_materialization_data.materialization
            for event in found
            if event.is_step_materialization
        ],
        checked=[
            event.asset_check_evaluation_data
            for event in found
            if event.event_type is DagsterEventType.ASSET_CHECK_EVALUATION
        ],
    )


class EndedRuns:
    """Goes on where it stopped: how far it came is kept beside the runs themselves.

    A process that dies in between tells of a run again. Whoever is told must
    bear that.
    """

    def __init__(self, instance: dg.DagsterInstance, tell: Sequence[Tell]) -> None:
        self._instance = instance
        self._tell = tell

    def once(self) -> int:
        """Tells of all that ended since the last time; returns how many."""
        storage = self._instance.daemon_cursor_storage
        kept = json.loads(storage.get_cursor_values({_CURSOR}).get(_CURSOR, "{}"))
        since: float = kept.get("since", 0)
        told: dict[str, float] = kept.get("told", {})
        records = self._instance.get_run_records(
            filters=dg.RunsFilter(
                statuses=list(_OUTCOMES),
                updated_after=datetime.fromtimestamp(max(0, since - _OVERLAP_SECONDS), UTC),
            ),
            order_by="update_timestamp",
            ascending=True,
        )
        new = [record for record in records if record.dagster_run.run_id not in told]
        for record in new:
            ended = _read(self._instance, record)
            for tell in self._tell:
                tell(ended)
            at = record.update_timestamp.timestamp()
            since = max(since, at)
            told[ended.run.run_id] = at
            recent = {
                run: when for run, when in told.items() if when >= since - 2 * _OVERLAP_SECONDS
            }
            storage.set_cursor_values({_CURSOR: json.dumps({"since": since, "told": recent})})
        return len(new)
