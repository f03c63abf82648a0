"""Predictions while the caller waits."""

from http import HTTPStatus

import anyio.to_thread
import structlog
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from opentelemetry import trace

from service.flags import ACCEPT_PREDICTIONS
from service.predictions.predictor import Predictor
from service.predictions.schema import Answer, ModelReference, Question


def _json_only(request: Request) -> None:
    media, _, _ = request.headers.get("content-type", "").partition(";")
    if media.strip().lower() != "application/json":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json")


def prediction_routes(predictor: Predictor) -> APIRouter:
    """Routes over one model; its version is in answer, header, log line and span."""
    router = APIRouter(prefix="/v1/predictions", tags=["predictions"])
    card = predictor.card

    @router.post("", operation_id="predict", dependencies=[Depends(_json_only)])
    async def predict(question: Question, request: Request, response: Response) -> Answer:
        if not ACCEPT_PREDICTIONS.is_on(getattr(request.state, "caller", "anonymous")):
            raise HTTPException(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "No predictions are made at the moment",
                headers={"retry-after": "60"},
            )
        structlog.contextvars.bind_contextvars(model_version=card.version)
        trace.get_current_span().set_attribute("model.version", card.version)
        response.headers["x-model-version"] = str(card.version)
        # The model computes, and other requests must not wait for it.
        predictions = await anyio.to_thread.run_sync(predictor.predict, question.parcels)
        return Answer(
            model=ModelReference(name=card.name, version=card.version), predictions=predictions
        )

    return router
