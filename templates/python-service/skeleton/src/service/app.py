"""Puts the application together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI

from service.about import NAME
from service.config import Config
from service.contract import Contract
from service.entries.routes import entry_routes
from service.entries.store import EntryStore, MemoryEntryStore
from service.lifecycle import Lifecycle
from service.middleware.auth import RequireBearer
from service.middleware.limits import BodyLimit, RateLimit
from service.middleware.observation import Observation
from service.operations import add_operations
from service.problems import add_problems
from service.telemetry import Telemetry

logger = structlog.get_logger()


def create_app(
    *,
    config: Config,
    contract: Contract,
    telemetry: Telemetry,
    lifecycle: Lifecycle,
    store: EntryStore | None = None,
) -> FastAPI:
    """Makes the whole application, not yet listening."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        lifecycle.mark_ready()
        yield

    app = FastAPI(
        title=NAME,
        lifespan=lifespan,
        # The document is written by hand and served by `add_operations`.
        openapi_url=None,
        redirect_slashes=False,
    )
    add_problems(app)
    add_operations(app, lifecycle=lifecycle, telemetry=telemetry, contract=contract)
    app.include_router(entry_routes(store or MemoryEntryStore()))

    # From the inside out: what is added last is asked first.
    app.add_middleware(BodyLimit, config=config)
    if config.auth_mode == "disabled":
        logger.warning("authentication is disabled")
    else:
        app.add_middleware(RequireBearer, config=config)
    # Before authentication, so that guessing tokens is limited as well.
    app.add_middleware(RateLimit, config=config)
    app.add_middleware(Observation, telemetry=telemetry)
    return app
