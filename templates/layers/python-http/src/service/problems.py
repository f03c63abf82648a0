"""Every error leaves as `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException


class ProblemDetail(BaseModel):
    """One thing that was wrong with a request."""

    model_config = ConfigDict(extra="forbid")

    pointer: str
    detail: str


class Problem(BaseModel):
    """The body of every error."""

    model_config = ConfigDict(extra="forbid")

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    requestId: str  # noqa: N815 - as the API document writes it
    errors: list[ProblemDetail] | None = None


def problem(
    request_id: str,
    status: int,
    *,
    detail: str | None = None,
    errors: list[ProblemDetail] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Makes an answer whose detail the caller may read."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        requestId=request_id,
        errors=errors,
    )
    return Response(
        body.model_dump_json(exclude_none=True),
        status_code=status,
        headers=headers,
        media_type="application/problem+json",
    )


def add_problems(app: FastAPI) -> None:
    """Gives the framework's own errors the same form."""

    @app.exception_handler(RequestValidationError)
    async def does_not_fit(request: Request, error: RequestValidationError) -> Response:
        return problem(
            request.state.request_id,
            HTTPStatus.BAD_REQUEST,
            detail="The request does not fit the API document",
            errors=[
                ProblemDetail(pointer="/".join(map(str, wrong["loc"])), detail=wrong["msg"])
                for wrong in error.errors()
            ],
        )

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        detail = error.detail
        if error.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            route = request.scope.get("route")
            if route is None or error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                detail = f"There is nothing at {request.method} {request.url.path}"
                return problem(request.state.request_id, HTTPStatus.NOT_FOUND, detail=detail)
        return problem(
            request.state.request_id, error.status_code, detail=detail, headers=error.headers
        )
