"""What one caller may ask of one replica."""

import math
import time
from http import HTTPStatus
from ipaddress import ip_address

from fastapi import HTTPException
from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.config import Config, Network
from service.operations import is_operational
from service.problems import problem


def address_of(scope: Scope, proxies: list[Network]) -> str:
    """The caller's address: the nearest one that is not a proxy of ours."""
    caller: str = scope["client"][0] if scope.get("client") else "unknown"
    hops = Headers(scope=scope).get("x-forwarded-for", "").split(",")
    for hop in reversed(hops):
        try:
            known = any(ip_address(caller) in proxy for proxy in proxies)
            before = str(ip_address(hop.strip()))
        except ValueError:
            break
        if not known:
            break
        caller = before
    return caller


class RateLimit:
    """Counts the requests of each address, in memory: it protects this process.

    A quota over all replicas belongs to the gateway, or to another storage of
    the same library.
    """

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._proxies = config.trust_proxy
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerSecond(
            config.rate_limit_max, config.rate_limit_window_seconds
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request pass while its address has some left."""
        if scope["type"] != "http" or is_operational(scope["path"]):
            await self._app(scope, receive, send)
            return
        address = address_of(scope, self._proxies)
        allowed = await self._limiter.hit(self._limit, address)
        window = await self._limiter.get_window_stats(self._limit, address)
        reset = str(max(0, math.ceil(window.reset_time - time.time())))

        async def send_with_limits(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["ratelimit-limit"] = str(self._limit.amount)
                headers["ratelimit-remaining"] = str(window.remaining)
                headers["ratelimit-reset"] = reset
            await send(message)

        if allowed:
            await self._app(scope, receive, send_with_limits)
            return
        refusal = problem(
            scope["state"]["request_id"],
            HTTPStatus.TOO_MANY_REQUESTS,
            detail="Too many requests",
            headers={"retry-after": str(max(1, int(reset)))},
        )
        await refusal(scope, receive, send_with_limits)


class BodyLimit:
    """Makes reading fail past the limit."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app = app
        self._limit = config.body_limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Counts what arrives."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        read = 0

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise HTTPException(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    "The body is larger than the service accepts",
                )
            return message

        await self._app(scope, receive_some, send)
