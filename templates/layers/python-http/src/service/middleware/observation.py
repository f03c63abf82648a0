"""Correlation ids, one span, one log line and one measurement for each request."""

import re
import time
import uuid
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.operations import is_operational
from service.problems import problem
from service.telemetry import Telemetry

logger = structlog.get_logger()

# The boundaries that the semantic conventions advise.
DURATION_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)

_REQUEST_ID = re.compile(r"[\w.:-]{1,128}", re.ASCII)

_SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def request_id_of(headers: Mapping[str, str]) -> str:
    """The caller's id when it is one, or else a new one."""
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())


class Observation:
    """The outermost middleware, so that what others refuse is seen as well.

    One place makes span, measurement and log line, so that they agree on route
    and status.
    """

    def __init__(self, app: ASGIApp, telemetry: Telemetry) -> None:
        self._app = app
        self._tracer = telemetry.tracer
        self._duration = telemetry.meter.create_histogram(
            "http.server.request.duration",
            unit="s",
            description="Duration of HTTP server requests.",
            explicit_bucket_boundaries_advisory=DURATION_BUCKETS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request; everything else passes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = request_id_of(headers)
        scope.setdefault("state", {})["request_id"] = request_id
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            if is_operational(scope["path"]):
                # Probes are not the service's users: counting them would hide
                # errors behind quick successes.
                await self._answer(scope, receive, send)
                return
            with self._tracer.start_as_current_span(
                scope["method"],
                context=propagate.extract(dict(headers)),
                kind=SpanKind.SERVER,
            ) as span:
                began = time.perf_counter()
                status = await self._answer(scope, receive, send)
                self._record(span, scope, status, time.perf_counter() - began)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Lets the application answer; returns the status."""
        status: int | None = None

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer = MutableHeaders(scope=message)
                answer["x-request-id"] = scope["state"]["request_id"]
                for name, value in _SECURITY_HEADERS.items():
                    answer[name] = value
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception:
            # What went wrong inside is for the logs, not for the caller.
            logger.exception("request failed")
            if status is None:
                failed = problem(scope["state"]["request_id"], HTTPStatus.INTERNAL_SERVER_ERROR)
                await failed(scope, receive, send_with_headers)
        return status or HTTPStatus.INTERNAL_SERVER_ERROR

    def _record(self, span: trace.Span, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"]
        route = getattr(scope.get("route"), "path", None)
        attributes: dict[str, str | int] = {
            "http.request.method": method,
            "url.scheme": scope["scheme"],
            "http.response.status_code": status,
        }
        if route:
            attributes["http.route"] = route
            span.update_name(f"{method} {route}")
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            attributes["error.type"] = str(status)
            span.set_status(Status(StatusCode.ERROR))
        span.set_attributes({**attributes, "url.path": scope["path"]})
        self._duration.record(seconds, attributes)
        # The query may hold what no log should.
        logger.info(
            "request completed",
            method=method,
            path=scope["path"],
            route=route,
            status=status,
            duration_ms=round(seconds * 1000, 3),
        )
