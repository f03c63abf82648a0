import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from service.definitions import defs
from service.flags import RUN_NIGHTS, is_on
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


def night() -> tuple[Sequence[dg.RunRequest], str | None]:
    """What begins in the night after 4 March, or why nothing does."""
    with dg.DagsterInstance.ephemeral() as instance:
        tick = defs.resolve_schedule_def("every_night").evaluate_tick(
            dg.build_schedule_context(
                instance=instance,
                scheduled_execution_time=datetime(2026, 3, 5, 2, tzinfo=UTC),
                repository_def=defs.get_repository_def(),
            )
        )
    return tick.run_requests or [], tick.skip_message


def test_runs_yesterday_every_night_and_says_who_pays() -> None:
    schedule = defs.resolve_schedule_def("every_night")
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING
    assert schedule.cron_schedule == "0 2 * * *"
    requests, _skipped = night()
    assert [request.partition_key for request in requests] == ["2026-03-04"]
    assert COST_TAGS.items() <= defs.resolve_job_def("daily").tags.items()


def say(file: Path, **rules: Any) -> None:
    """Writes what holds for the flag that stops nights."""
    definition = {"state": "ENABLED", "variants": {"on": True, "off": False}, **rules}
    file.write_text(json.dumps({"flags": {RUN_NIGHTS.name: definition}}))


def test_begins_no_night_that_a_flag_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "flags.json"
    monkeypatch.setenv("FLAGS_FILE", str(file))
    say(file, defaultVariant="off")
    assert night() == ([], "The flag run-nights is off: 2026-03-04 is not made.")
    say(file, defaultVariant="on")
    assert len(night()[0]) == 1


def test_a_flag_can_stop_the_nights_of_one_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "flags.json"
    monkeypatch.setenv("FLAGS_FILE", str(file))
    of_daily = {"==": [{"var": "targetingKey"}, "daily"]}
    say(file, defaultVariant="on", targeting={"if": [of_daily, "off"]})
    assert night()[0] == []
    assert is_on(RUN_NIGHTS, "weekly")


@pytest.mark.parametrize("text", [None, "{", '{"flags": {}}'])
def test_a_file_that_does_not_tell_stops_no_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    file = tmp_path / "flags.json"
    monkeypatch.setenv("FLAGS_FILE", str(file))
    if text is not None:
        file.write_text(text)
    assert len(night()[0]) == 1
