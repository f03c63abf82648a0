from datetime import UTC, datetime

import dagster as dg

from service.definitions import defs
from service.owner import COST_TAGS

graph = defs.resolve_asset_graph()


def test_is_complete() -> None:
    dg.Definitions.validate_loadable(defs)


def test_every_table_says_who_pays_and_is_checked() -> None:
    checked = {key.asset_key for key in graph.asset_check_keys}
    assert graph.materializable_asset_keys
    for key in graph.materializable_asset_keys:
        assert COST_TAGS.items() <= graph.get(key).tags.items(), key
        assert key in checked


def test_every_table_that_nobody_else_here_reads_says_how_fresh_it_must_be() -> None:
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        if not node.child_keys:
            assert node.freshness_policy_or_from_metadata is not None, key


def test_runs_yesterday_every_night_and_says_who_pays() -> None:
    schedule = defs.resolve_schedule_def("every_night")
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING
    assert schedule.cron_schedule == "0 2 * * *"
    with dg.DagsterInstance.ephemeral() as instance:
        tick = schedule.evaluate_tick(
            dg.build_schedule_context(
                instance=instance,
                scheduled_execution_time=datetime(2026, 3, 5, 2, tzinfo=UTC),
                repository_def=defs.get_repository_def(),
            )
        )
    assert tick.run_requests
    [request] = tick.run_requests
    assert request.partition_key == "2026-03-04"
    assert COST_TAGS.items() <= defs.resolve_job_def("daily").tags.items()
