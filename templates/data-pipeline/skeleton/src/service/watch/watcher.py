"""Puts together what is told of runs, and to whom."""

import dagster as dg
from openlineage.client import OpenLineageClient

from service.config import Config
from service.definitions import defs
from service.telemetry import Telemetry
from service.watch.lineage import Lineage
from service.watch.metrics import Metrics
from service.watch.runs import EndedRuns, Tell
from service.watch.traces import Traces


def watch(config: Config, instance: dg.DagsterInstance, telemetry: Telemetry) -> EndedRuns:
    """Tells logs, traces and metrics of runs, and lineage where somebody collects it."""
    tell: list[Tell] = [Traces(instance, telemetry), Metrics(instance, defs, telemetry.meter)]
    if config.openlineage_url:
        # Files that others deliver are in the source, tables in the lake.
        folders = {
            key: str(
                config.lake / key.to_user_string()
                if key in defs.resolve_asset_graph().materializable_asset_keys
                else config.source / key.to_user_string().removesuffix("_files")
            )
            for key in defs.resolve_asset_graph().get_all_asset_keys()
        }
        tell.append(Lineage(OpenLineageClient(), defs, folders))
    return EndedRuns(instance, tell)
