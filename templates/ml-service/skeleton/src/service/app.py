"""Puts the application together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from fastapi import FastAPI

from service.about import NAME
from service.config import Config, ConfigError
from service.contract import Contract
from service.drift.monitor import DriftMonitor
from service.lifecycle import Lifecycle
from service.middleware.auth import RequireBearer
from service.middleware.limits import BodyLimit, RateLimit
from service.middleware.observation import Observation
from service.models.registry import FolderRegistry, ModelError, ModelRegistry
from service.models.routes import model_routes
from service.operations import add_operations
from service.predictions.predictor import Predictor
from service.predictions.routes import prediction_routes
from service.problems import add_problems
from service.telemetry import Telemetry

logger = structlog.get_logger()


def create_app(
    *,
    config: Config,
    contract: Contract,
    telemetry: Telemetry,
    lifecycle: Lifecycle,
    registry: ModelRegistry | None = None,
) -> FastAPI:
    """Makes the whole application, not yet listening.

    Raises ConfigError when the model that the settings name cannot be served.
    """
    registry = registry or FolderRegistry(Path(config.models_folder))
    try:
        model = registry.load(config.model_version or registry.newest())
    except ModelError as error:
        raise ConfigError([f"MODEL_VERSION: {error}"]) from error
    logger.info("model loaded", model_version=model.card.version, sha256=model.card.sha256)

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
    monitor = DriftMonitor(model.card, telemetry.meter, window=config.drift_window)
    app.include_router(prediction_routes(Predictor(model, monitor, telemetry.meter)))
    app.include_router(model_routes(registry, active=model.card.version))

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
