import re

import pytest

from conftest import Logs
from example import BODY, READ, WRITE, WRITTEN
from support import Service

TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_is_ready_only_between_starting_and_draining() -> None:
    service = Service()

    def ask() -> tuple[int, str]:
        response = service.get("/ready")
        return response.status_code, response.json()["status"]

    assert ask() == (503, "starting")
    service.lifecycle.mark_ready()
    assert ask() == (200, "ready")
    service.lifecycle.mark_draining()
    assert ask() == (503, "draining")
    service.lifecycle.mark_ready()
    assert ask() == (503, "draining")
    assert service.get("/health").json() == {"status": "ok"}


def counts(service: Service) -> dict[tuple[str, str | None, str], float]:
    text = service.get("/metrics").text
    found = {}
    for line in text.splitlines():
        if line.startswith("http_server_request_duration_seconds_count"):
            labels = dict(re.findall(r'(\w+)="([^"]*)"', line))
            key = (
                labels["http_request_method"],
                labels.get("http_route") or None,
                labels["http_response_status_code"],
            )
            found[key] = float(line.rpartition(" ")[2])
    return found


def test_measures_requests_by_route_method_and_status() -> None:
    service = Service()
    before = counts(service)
    service.post(WRITE, json=BODY)
    for path in (READ, "/wp-login.php", "/health"):
        service.get(path)
    after = counts(service)
    assert {key: after[key] - before.get(key, 0) for key in after} == {
        **dict.fromkeys(after, 0),
        ("POST", WRITE, str(WRITTEN)): 1,
        ("GET", READ, "200"): 1,
        ("GET", None, "404"): 1,
    }
    assert "wp-login" not in service.get("/metrics").text


@pytest.mark.parametrize("name", ["process_cpu_seconds_total", "process_resident_memory_bytes"])
def test_measures_the_process(name: str) -> None:
    assert re.search(rf"^{name} [\d.e+]+$", Service().get("/metrics").text, re.MULTILINE)


def test_serves_its_document() -> None:
    assert Service().get("/openapi.yaml").text.startswith("openapi: 3.1")


def correlate(logs: Logs, headers: dict[str, str]) -> tuple[str, str]:
    logs()
    response = Service().get(f"{READ}?cursor=secret", headers=headers)
    lines = [line for line in logs() if "request_id" in line]
    assert lines
    for line in lines:
        assert line["request_id"] == response.headers["x-request-id"]
        assert re.fullmatch(r"[\da-f]{32}", line["trace_id"])
        assert "cursor" not in str(line)
    return response.headers["x-request-id"], lines[0]["trace_id"]


def test_takes_over_the_ids_of_the_caller(logs: Logs) -> None:
    headers = {"x-request-id": "call-7", "traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
    assert correlate(logs, headers) == ("call-7", TRACE)


def test_makes_ids_where_the_caller_sent_none_that_are_valid(logs: Logs) -> None:
    first = correlate(logs, {})
    second = correlate(
        logs,
        {"x-request-id": 'two words"', "traceparent": f"00-{'0' * 32}-b7ad6b7169203331-01"},
    )
    assert re.fullmatch(r"[\da-f-]{36}", second[0])
    assert first[0] != second[0]
    assert first[1] != second[1]
