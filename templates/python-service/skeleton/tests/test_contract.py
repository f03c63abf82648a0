"""The service keeps to openapi.yaml."""

import pytest
from pydantic import BaseModel

from document import DOCUMENT, check, check_model, operations
from service.entries.models import Entry, EntryPage, NewEntry
from service.problems import Problem
from support import Service


def test_operations_and_routes_are_the_same() -> None:
    served = operations(Service().app.openapi())
    written = operations(DOCUMENT)
    assert {id_: served[id_][:2] for id_ in served} == {id_: written[id_][:2] for id_ in written}


ANSWERS = {
    "listEntries 200": ("GET", "/v1/entries?limit=1", {}),
    "listEntries 400": ("GET", "/v1/entries?limit=0", {}),
    "createEntry 201": ("POST", "/v1/entries", {"json": {"key": "new", "text": "text"}}),
    "createEntry 400": ("POST", "/v1/entries", {"json": {"key": "Not A Key", "text": "text"}}),
    "createEntry 409": ("POST", "/v1/entries", {"json": {"key": "one", "text": "text"}}),
    "createEntry 413": ("POST", "/v1/entries", {"json": {"key": "new", "text": "x" * 70_000}}),
    "createEntry 415": ("POST", "/v1/entries", {"content": "a,b"}),
    "getEntry 200": ("GET", "/v1/entries/one", {}),
    "getEntry 400": ("GET", "/v1/entries/NOT", {}),
    "getEntry 404": ("GET", "/v1/entries/absent", {}),
    "deleteEntry 204": ("DELETE", "/v1/entries/one", {}),
    "deleteEntry 404": ("DELETE", "/v1/entries/absent", {}),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_as_the_document_says(name: str) -> None:
    id_, status = name.split(" ")
    method, path, more = ANSWERS[name]
    service = Service()
    service.add("one")
    service.add("two")
    response = service.request(method, path, **more)
    assert response.status_code == int(status), response.text
    check(response, operations(DOCUMENT)[id_][2]["responses"][status])


@pytest.mark.parametrize("model", [NewEntry, Entry, EntryPage, Problem])
def test_models_say_what_the_document_says(model: type[BaseModel]) -> None:
    check_model(model)
