"""Only callers with a valid token pass."""

import re
from http import HTTPStatus

import anyio.to_thread
import jwt
import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.config import Config
from service.operations import is_operational
from service.problems import problem

logger = structlog.get_logger()

# Only asymmetric ones: the service never holds a key that could sign.
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_BEARER = re.compile(r"Bearer ([\w.~+/-]+=*)", re.IGNORECASE | re.ASCII)


class RequireBearer:
    """A middleware rather than a dependency, so that no route can forget it."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._issuer = config.auth_issuer
        self._audience = config.auth_audience
        self._keys = jwt.PyJWKClient(str(config.auth_jwks_url), lifespan=600, timeout=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, or remembers whose request it is."""
        if scope["type"] != "http" or is_operational(scope["path"]):
            await self._app(scope, receive, send)
            return
        request_id = scope["state"]["request_id"]
        given = _BEARER.fullmatch(Headers(scope=scope).get("authorization", ""))
        if given is None:
            refusal = problem(
                request_id,
                HTTPStatus.UNAUTHORIZED,
                detail="A bearer token is required",
                headers={"www-authenticate": "Bearer"},
            )
            await refusal(scope, receive, send)
            return
        try:
            # Reading keys blocks, when they are not known yet.
            caller = await anyio.to_thread.run_sync(self._subject_of, given[1])
        except jwt.PyJWKClientConnectionError:
            # Not the caller's fault.
            logger.exception("the keys of the issuer cannot be read")
            refusal = problem(
                request_id,
                HTTPStatus.SERVICE_UNAVAILABLE,
                detail="Tokens cannot be verified at the moment",
                headers={"retry-after": "5"},
            )
            await refusal(scope, receive, send)
            return
        except jwt.PyJWTError as error:
            logger.info("token refused", reason=f"{type(error).__name__}: {error}")
            refusal = problem(
                request_id,
                HTTPStatus.UNAUTHORIZED,
                detail="The bearer token is not valid",
                headers={"www-authenticate": 'Bearer error="invalid_token"'},
            )
            await refusal(scope, receive, send)
            return
        scope["state"]["caller"] = caller
        await self._app(scope, receive, send)

    def _subject_of(self, token: str) -> str:
        key = self._keys.get_signing_key_from_jwt(token)
        claims = jwt.decode(
            token,
            key,
            algorithms=_ALGORITHMS,
            audience=self._audience,
            issuer=self._issuer,
            options={"require": ["sub", "exp"]},
        )
        subject: str = claims["sub"]
        if not subject:
            raise jwt.InvalidTokenError("The token has no subject")
        return subject
