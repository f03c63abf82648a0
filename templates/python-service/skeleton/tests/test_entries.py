import pytest

from conftest import Logs
from service.entries.models import Entry
from service.entries.store import MemoryEntryStore
from support import Service
from test_operations import counts


def test_keeps_reads_and_deletes_an_entry() -> None:
    service = Service()
    created = service.add("opening-hours", "9 to 5")
    assert created.status_code == 201
    assert created.headers["location"] == "/v1/entries/opening-hours"
    assert service.get("/v1/entries/opening-hours").json() == created.json()
    statuses = [service.delete("/v1/entries/opening-hours").status_code for _ in range(2)]
    assert statuses == [204, 404]


def test_refuses_a_key_that_is_taken() -> None:
    service = Service()
    service.add("one", "first")
    assert service.add("one", "second").status_code == 409
    assert service.get("/v1/entries/one").json()["text"] == "first"


def test_gives_every_entry_once_page_by_page() -> None:
    service = Service()
    for key in "caebd":
        service.add(key)
    keys: list[str] = []
    sizes: list[int] = []
    path: str | None = "/v1/entries?limit=2"
    while path:
        page = service.get(path).json()
        keys += [item["key"] for item in page["items"]]
        sizes.append(len(page["items"]))
        cursor = page.get("nextCursor")
        path = f"/v1/entries?limit=2&cursor={cursor}" if cursor else None
    assert keys == ["a", "b", "c", "d", "e"]
    assert sizes == [2, 2, 1]


@pytest.mark.parametrize(
    "body",
    [
        {"key": "a"},
        {"key": "a", "text": "b", "createdBy": "me"},
        {"key": "a", "text": 1},
        {"key": "Not A Key", "text": "b"},
        [],
    ],
)
def test_refuses_a_body_that_does_not_fit(body: object) -> None:
    assert Service().post("/v1/entries", json=body).status_code == 400


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=ten", "cursor=%2F", "cursor=not%20one", "page=2"]
)
def test_refuses_a_query_that_does_not_fit(query: str) -> None:
    assert Service().get(f"/v1/entries?{query}").status_code == 400


class Broken(MemoryEntryStore):
    async def get(self, key: str) -> Entry | None:
        raise RuntimeError(f"connect to db.internal with password hunter2 for {key}")


def test_keeps_what_failed_inside_in_the_logs(logs: Logs) -> None:
    response = Service(Broken()).get("/v1/entries/one")
    assert response.status_code == 500
    assert set(response.json()) == {"type", "title", "status", "requestId"}
    (line,) = [line for line in logs() if line["msg"] == "request failed"]
    assert line["request_id"] == response.json()["requestId"]
    assert "db.internal" in line["exception"]


def test_is_measured_by_route_and_not_by_key() -> None:
    service = Service()
    before = counts(service)
    service.add("first")
    for key in ("first", "absent"):
        service.get(f"/v1/entries/{key}")
    after = counts(service)
    for status in ("200", "404"):
        measured = ("GET", "/v1/entries/{key}", status)
        assert after[measured] - before.get(measured, 0) == 1
