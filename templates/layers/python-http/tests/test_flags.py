import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openfeature import api
from openfeature.event import EventDetails, ProviderEvent

from example import BODY, GUARDED_BY, READ, WRITE, WRITTEN
from service.flagging import Flag, follow_flags, release_flags
from support import Service

SWITCH = Flag("switch", default=True)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Where the flags of a test stand; they are released at its end."""
    yield tmp_path / "flags.json"
    release_flags()


def say(file: Path, flag: Flag, **rules: Any) -> None:
    """Writes what holds for one flag, and nothing of others."""
    definition = {"state": "ENABLED", "variants": {"on": True, "off": False}, **rules}
    file.write_text(json.dumps({"flags": {flag.name: definition}}))


def happens(event: ProviderEvent) -> Callable[[float], bool]:
    """What waits until the provider says so."""
    happened = threading.Event()

    def heard(_details: EventDetails) -> None:
        happened.set()

    api.add_handler(event, heard)
    return happened.wait


def guard() -> Flag:
    """The flag of the example, whose tests have no meaning without."""
    if GUARDED_BY is None:
        pytest.skip("no flag turns the example off")
    return GUARDED_BY


def write() -> httpx.Response:
    return Service().post(WRITE, json=BODY)


def test_accepts_while_nobody_says_otherwise() -> None:
    assert write().status_code == WRITTEN


def test_refuses_what_is_turned_off_and_answers_all_else(file: Path) -> None:
    say(file, guard(), defaultVariant="off")
    follow_flags(file)
    refused = write()
    assert refused.status_code == 503
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["retry-after"] == "60"
    assert Service().get(READ).status_code == 200


def test_a_flag_can_be_another_for_some_callers(file: Path) -> None:
    anonymous = {"==": [{"var": "targetingKey"}, "anonymous"]}
    say(file, guard(), defaultVariant="on", targeting={"if": [anonymous, "off"]})
    follow_flags(file)
    assert write().status_code == 503
    assert guard().is_on("somebody")


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_that_the_file_does_not_name_has_its_default(file: Path, default: bool) -> None:
    say(file, SWITCH, defaultVariant="off")
    follow_flags(file)
    assert Flag("another", default=default).is_on("somebody") is default


def test_a_flag_that_is_turned_later_is_heeded(file: Path) -> None:
    say(file, SWITCH, defaultVariant="on")
    follow_flags(file, every_ms=10)
    changed = happens(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED)
    turned = file.with_name("next.json")
    say(turned, SWITCH, defaultVariant="off")
    replace(turned, file)
    assert changed(60)
    assert not SWITCH.is_on("somebody")


def test_a_file_that_is_broken_leaves_what_it_said(file: Path) -> None:
    say(file, SWITCH, defaultVariant="off")
    follow_flags(file, every_ms=10)
    failed = happens(ProviderEvent.PROVIDER_ERROR)
    broken = file.with_name("next.json")
    broken.write_text("{")
    replace(broken, file)
    assert failed(60)
    assert not SWITCH.is_on("somebody")


def test_a_file_that_is_lost_leaves_what_it_said(file: Path) -> None:
    say(file, SWITCH, defaultVariant="off")
    follow_flags(file, every_ms=10)
    failed = happens(ProviderEvent.PROVIDER_ERROR)
    file.unlink()
    assert failed(60)
    assert not SWITCH.is_on("somebody")


def test_a_file_that_is_broken_at_the_start_is_taken_over_when_it_is_mended(file: Path) -> None:
    file.write_text("{")
    follow_flags(file, every_ms=10)
    assert SWITCH.is_on("somebody")
    mended = happens(ProviderEvent.PROVIDER_READY)
    say(file, SWITCH, defaultVariant="off")
    assert mended(60)
    assert not SWITCH.is_on("somebody")


def replace(new: Path, file: Path) -> None:
    """In one piece, and at another time than before, however fast the test is."""
    later = file.stat().st_mtime + 1
    os.utime(new, (later, later))
    new.replace(file)
