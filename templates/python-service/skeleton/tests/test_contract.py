"""The service keeps to openapi.yaml."""

from typing import Any

import httpx
import jsonschema
import pytest
from pydantic import BaseModel

from service.contract import load
from service.entries.models import Entry, EntryPage, NewEntry
from service.problems import Problem
from support import Service

DOCUMENT = load().content
SCHEMAS = DOCUMENT["components"]["schemas"]


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Method, path and description of each operation, by its id."""
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


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


def check(response: httpx.Response, described: dict[str, Any]) -> None:
    """Holds an answer against its description."""
    described = resolve(described)
    if "content" not in described:
        assert response.content == b""
        return
    media = response.headers["content-type"].partition(";")[0]
    schema = {**described["content"][media]["schema"], "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(response.json())


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    found = DOCUMENT
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


@pytest.mark.parametrize("model", [NewEntry, Entry, EntryPage, Problem])
def test_models_say_what_the_document_says(model: type[BaseModel]) -> None:
    ours = model.model_json_schema(mode="serialization" if model is Problem else "validation")
    theirs = SCHEMAS[model.__name__]
    assert set(ours["properties"]) == set(theirs["properties"])
    assert ours["additionalProperties"] is theirs["additionalProperties"] is False
    if model is not Problem:
        assert set(ours["required"]) == set(theirs["required"])
    for name, described in theirs["properties"].items():
        for constraint, value in resolve(described).items():
            if constraint in {"minLength", "maxLength", "pattern"}:
                assert ours["properties"][name][constraint] == value, f"{name}.{constraint}"
