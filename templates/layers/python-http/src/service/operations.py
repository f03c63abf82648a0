"""Answers for machines that look after the service, not for its users."""

from http import HTTPStatus

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from service.contract import Contract
from service.lifecycle import Lifecycle
from service.telemetry import Telemetry

_OPERATIONAL = {"/health", "/ready", "/metrics", "/openapi.yaml"}


def is_operational(path: str) -> bool:
    """Whether a path needs no token, and is not counted."""
    return path in _OPERATIONAL


def add_operations(
    app: FastAPI, *, lifecycle: Lifecycle, telemetry: Telemetry, contract: Contract
) -> None:
    """Adds probes, metrics and the API document."""

    @app.get("/health", include_in_schema=False)
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/ready", include_in_schema=False)
    async def ready() -> JSONResponse:
        ok = lifecycle.state == "ready"
        status = HTTPStatus.OK if ok else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"status": lifecycle.state}, status)

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(telemetry.render(), media_type=CONTENT_TYPE_LATEST)

    @app.get("/openapi.yaml", include_in_schema=False)
    async def document() -> Response:
        return Response(contract.text, media_type="application/yaml; charset=utf-8")
