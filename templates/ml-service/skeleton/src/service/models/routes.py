"""Which models there are, and which one answers."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from pydantic import BaseModel, ConfigDict

from service.models.card import ModelCard
from service.models.registry import ModelRegistry, UnknownVersionError


class ModelList(BaseModel):
    """Versions in the registry."""

    model_config = ConfigDict(extra="forbid")

    # The version that answers.
    active: int
    versions: list[int]


def model_routes(registry: ModelRegistry, *, active: int) -> APIRouter:
    """Routes over a registry."""
    router = APIRouter(prefix="/v1/models", tags=["models"])

    @router.get("", operation_id="listModels")
    async def list_models() -> ModelList:
        return ModelList(active=active, versions=registry.versions())

    @router.get("/{version}", operation_id="getModel")
    async def get_model(version: Annotated[int, Path(ge=1)]) -> ModelCard:
        try:
            return registry.card(version)
        except UnknownVersionError as error:
            raise HTTPException(
                HTTPStatus.NOT_FOUND, f"There is no model of version {version}"
            ) from error

    return router
