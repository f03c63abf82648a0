"""The service keeps to openapi.yaml."""

import pytest
from pydantic import BaseModel

from document import DOCUMENT, check, check_model, operations
from example import BODY
from service.models.card import ModelCard, Scores
from service.models.routes import ModelList
from service.predictions.schema import Answer, ModelReference, Parcel, Prediction, Question
from service.problems import Problem
from support import Service


def test_operations_and_routes_are_the_same() -> None:
    served = operations(Service().app.openapi())
    written = operations(DOCUMENT)
    assert {id_: served[id_][:2] for id_ in served} == {id_: written[id_][:2] for id_ in written}


ANSWERS = {
    "predict 200": ("POST", "/v1/predictions", {"json": BODY}),
    "predict 400": ("POST", "/v1/predictions", {"json": {"parcels": []}}),
    "predict 413": ("POST", "/v1/predictions", {"content": "x" * 70_000}),
    "predict 415": ("POST", "/v1/predictions", {"content": "a,b"}),
    "listModels 200": ("GET", "/v1/models", {}),
    "getModel 200": ("GET", "/v1/models/1", {}),
    "getModel 400": ("GET", "/v1/models/newest", {}),
    "getModel 404": ("GET", "/v1/models/99", {}),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_as_the_document_says(name: str) -> None:
    id_, status = name.split(" ")
    method, path, more = ANSWERS[name]
    if status == "413":
        more = {**more, "headers": {"content-type": "application/json"}}
    response = Service().request(method, path, **more)
    assert response.status_code == int(status), response.text
    check(response, operations(DOCUMENT)[id_][2]["responses"][status])


@pytest.mark.parametrize(
    "model",
    [Parcel, Question, ModelReference, Prediction, Answer, ModelList, ModelCard, Scores, Problem],
)
def test_models_say_what_the_document_says(model: type[BaseModel]) -> None:
    check_model(model)
