"""The API document, as tests read it."""

from typing import Any

import httpx
import jsonschema
from pydantic import BaseModel

from service.contract import load
from service.problems import Problem

DOCUMENT = load().content
SCHEMAS = DOCUMENT["components"]["schemas"]
CONSTRAINTS = {"minLength", "maxLength", "pattern", "minimum", "maximum", "minItems", "maxItems"}


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Method, path and description of each operation, by its id."""
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


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


def check_model(model: type[BaseModel]) -> None:
    """Holds a model against the schema of its name."""
    ours = model.model_json_schema(mode="serialization" if model is Problem else "validation")
    theirs = SCHEMAS[model.__name__]
    assert set(ours["properties"]) == set(theirs["properties"])
    assert ours["additionalProperties"] is theirs["additionalProperties"] is False
    if model is Problem:
        # It only ever leaves the service, with a status that HTTP knows.
        return
    assert set(ours["required"]) == set(theirs["required"])
    for name, described in theirs["properties"].items():
        for constraint, value in resolve(described).items():
            if constraint in CONSTRAINTS:
                assert ours["properties"][name][constraint] == value, f"{name}.{constraint}"
