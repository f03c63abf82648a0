"""Makes the service for tests, with the model that answers."""

from typing import Any

import httpx

from application import Application
from example import PARCEL
from service.models.registry import ModelRegistry


class Service(Application):
    """An application that listens nowhere."""

    def __init__(self, registry: ModelRegistry | None = None, **environment: str) -> None:
        super().__init__(environment, registry=registry)

    def predict(self, *parcels: dict[str, Any]) -> httpx.Response:
        """Asks for predictions; each argument changes the example."""
        return self.post(
            "/v1/predictions", json={"parcels": [{**PARCEL, **one} for one in parcels]}
        )
