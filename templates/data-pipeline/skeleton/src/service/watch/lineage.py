"""Where data came from and where it went, for whoever collects lineage (OpenLineage)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

import dagster as dg
import structlog
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import (
    InputDataset,
    Job,
    OutputDataset,
    Run,
    RunEvent,
    RunState,
)
from openlineage.client.facet_v2 import (
    RunFacet,
    nominal_time_run,
    output_statistics_output_dataset,
    parent_run,
    schema_dataset,
    tags_job,
)
from openlineage.client.facet_v2 import data_quality_assertions_dataset as quality

from service.about import NAME, VERSION
from service.owner import COST_TAGS
from service.watch.runs import EndedRun

logger = structlog.get_logger()

_PRODUCER = f"https://openlineage.io/producer/{NAME}/{VERSION}"
_DATASETS = "file"
_STATES = {"success": RunState.COMPLETE, "failure": RunState.FAIL, "canceled": RunState.ABORT}


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


class Lineage:
    """Sends a start and an end for each run, each asset that it was to write, and its checks."""

    def __init__(
        self,
        client: OpenLineageClient,
        definitions: dg.Definitions,
        folders: dict[dg.AssetKey, str],
    ) -> None:
        self._client = client
        self._graph = definitions.resolve_asset_graph()
        self._jobs = {job.name: job for job in definitions.resolve_all_job_defs()}
        # Where each asset is: the name by which other pipelines know it as well.
        self._folders = folders

    def __call__(self, ended: EndedRun) -> None:
        """A receiver that is away must not keep the next run from being told of."""
        try:
            for event in self._events(ended):
                self._client.emit(event)
        except Exception:
            logger.exception("lineage was not sent", run_id=ended.run.run_id)

    def _events(self, ended: EndedRun) -> Iterable[RunEvent]:
        run = ended.run
        facets = self._window(run)
        parent = Run(run.run_id, facets=facets)
        job = Job(NAME, run.job_name, facets={"tags": self._tags()})
        yield self._event(RunState.START, ended.began, parent, job)
        for key in sorted(self._selected(run), key=lambda one: one.to_user_string()):
            yield from self._asset(ended, key)
        if ended.checked:
            yield from self._checks(ended)
        yield self._event(_STATES[ended.outcome], ended.ended, parent, job)

    def _selected(self, run: dg.DagsterRun) -> Iterable[dg.AssetKey]:
        if run.asset_selection:
            return run.asset_selection
        job = self._jobs.get(run.job_name)
        return job.asset_layer.selected_asset_keys if job else []

    def _asset(self, ended: EndedRun, key: dg.AssetKey) -> Iterable[RunEvent]:
        name = key.to_user_string()
        written = next((one for one in ended.materialized if one.asset_key == key), None)
        run, job = self._part(ended, name)
        inputs = [
            InputDataset(_DATASETS, self._folders[upstream])
            for upstream in sorted(self._graph.get(key).parent_keys)
        ]
        outputs = [self._output(key, written)]
        state = RunState.COMPLETE if written else _STATES[ended.outcome]
        for event in self._both(ended, state, run, job):
            event.inputs, event.outputs = inputs, outputs
            yield event

    def _checks(self, ended: EndedRun) -> Iterable[RunEvent]:
        """What was looked at, and whether it held: in OpenLineage a check reads a table."""
        checked = {
            check.asset_key: InputDataset(_DATASETS, self._folders[check.asset_key])
            for check in ended.checked
        }
        for key, table in checked.items():
            table.inputFacets = {
                "dataQualityAssertions": quality.DataQualityAssertionsDatasetFacet(
                    assertions=[
                        quality.Assertion(check.check_name, check.passed)
                        for check in ended.checked
                        if check.asset_key == key
                    ]
                )
            }
        run, job = self._part(ended, "checks")
        for event in self._both(ended, RunState.COMPLETE, run, job):
            event.inputs = list(checked.values())
            yield event

    def _part(self, ended: EndedRun, name: str) -> tuple[Run, Job]:
        """A part of a run: told twice, it has the same id."""
        run = Run(
            str(uuid5(NAMESPACE_URL, f"{ended.run.run_id}/{name}")),
            facets={
                **self._window(ended.run),
                "parent": parent_run.ParentRunFacet(
                    run=parent_run.Run(ended.run.run_id),
                    job=parent_run.Job(NAME, ended.run.job_name),
                ),
            },
        )
        return run, Job(NAME, f"{ended.run.job_name}.{name}", facets={"tags": self._tags()})

    def _both(self, ended: EndedRun, state: RunState, run: Run, job: Job) -> Iterable[RunEvent]:
        yield self._event(RunState.START, ended.began, run, job)
        yield self._event(state, ended.ended, run, job)

    def _output(self, key: dg.AssetKey, written: dg.AssetMaterialization | None) -> OutputDataset:
        output = OutputDataset(_DATASETS, self._folders[key], facets={}, outputFacets={})
        metadata = written.metadata if written else {}
        columns = metadata.get("dagster/column_schema")
        if isinstance(columns, dg.TableSchemaMetadataValue) and output.facets is not None:
            output.facets["schema"] = schema_dataset.SchemaDatasetFacet(
                fields=[
                    schema_dataset.SchemaDatasetFacetFields(column.name, column.type)
                    for column in columns.schema.columns
                ]
            )
        rows = metadata.get("dagster/row_count")
        if isinstance(rows, dg.IntMetadataValue) and output.outputFacets is not None:
            output.outputFacets["outputStatistics"] = (
                output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
                    rowCount=rows.value
                )
            )
        return output

    def _tags(self) -> tags_job.TagsJobFacet:
        return tags_job.TagsJobFacet(
            tags=[
                tags_job.TagsJobFacetFields(name, value, "USER")
                for name, value in COST_TAGS.items()
            ]
        )

    def _window(self, run: dg.DagsterRun) -> dict[str, RunFacet]:
        job = self._jobs.get(run.job_name)
        days = job.partitions_def if job else None
        partition = run.tags.get("dagster/partition")
        if not partition or not isinstance(days, dg.TimeWindowPartitionsDefinition):
            return {}
        window = days.time_window_for_partition_key(partition)
        return {
            "nominalTime": nominal_time_run.NominalTimeRunFacet(
                window.start.isoformat(), window.end.isoformat()
            )
        }

    def _event(self, state: RunState, at: float, run: Run, job: Job) -> RunEvent:
        return RunEvent(eventType=state, eventTime=_time(at), run=run, job=job, producer=_PRODUCER)
