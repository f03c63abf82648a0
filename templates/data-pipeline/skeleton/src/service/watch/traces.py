"""One trace for each run, written when it is over, with the times it had."""

import dagster as dg
import structlog
from opentelemetry import propagate, trace
from opentelemetry.trace import Status, StatusCode

from service.telemetry import Telemetry
from service.watch.runs import EndedRun

logger = structlog.get_logger()

_NANOSECONDS = 1_000_000_000


class Traces:
    """Spans of a run and its steps, and its line in the log."""

    def __init__(self, instance: dg.DagsterInstance, telemetry: Telemetry) -> None:
        self._instance = instance
        self._tracer = telemetry.tracer

    def __call__(self, ended: EndedRun) -> None:
        """A run whose tags name a trace is part of that."""
        run = ended.run
        attributes = {
            "pipeline.run.id": run.run_id,
            "pipeline.job": run.job_name,
            "pipeline.partition": run.tags.get("dagster/partition", ""),
            "pipeline.outcome": ended.outcome,
        }
        span = self._tracer.start_span(
            run.job_name,
            context=propagate.extract(ended.tags),
            start_time=int(ended.began * _NANOSECONDS),
            attributes=attributes,
        )
        if ended.outcome == "failure":
            span.set_status(Status(StatusCode.ERROR))
        with trace.use_span(span, end_on_exit=False):
            self._steps(run.run_id)
            logger.info(
                "run ended",
                # Whoever started it may name it, and else it has a name already.
                request_id=ended.tags.get("request_id", run.run_id),
                run_id=run.run_id,
                job=run.job_name,
                partition=run.tags.get("dagster/partition"),
                outcome=ended.outcome,
                duration_s=round(ended.ended - ended.began, 3),
                failed_checks=[
                    f"{check.asset_key.to_user_string()}: {check.check_name}"
                    for check in ended.checked
                    if not check.passed
                ],
            )
        span.end(int(ended.ended * _NANOSECONDS))

    def _steps(self, run_id: str) -> None:
        for step in self._instance.get_run_step_stats(run_id):
            if step.start_time is None or step.end_time is None:
                continue
            span = self._tracer.start_span(
                step.step_key,
                start_time=int(step.start_time * _NANOSECONDS),
                attributes={"pipeline.attempts": step.attempts},
            )
            if step.status is not None and step.status.value == "FAILURE":
                span.set_status(Status(StatusCode.ERROR))
            span.end(int(step.end_time * _NANOSECONDS))
