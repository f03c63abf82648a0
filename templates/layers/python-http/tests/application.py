"""Makes applications for tests."""

from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient

from service.about import NAME, VERSION
from service.app import create_app
from service.config import read_config
from service.contract import load
from service.lifecycle import Lifecycle
from service.logs import configure_logging
from service.telemetry import start_telemetry

# Prometheus' registry is one for the process, and so are the metrics in it.
TELEMETRY = start_telemetry(NAME, VERSION, send=False)


class Application(TestClient):
    """An application that listens nowhere, of the parts that a test puts in."""

    def __init__(self, environment: Mapping[str, str], **parts: Any) -> None:
        configure_logging("info", NAME, VERSION)
        self.lifecycle = Lifecycle()
        app = create_app(
            config=read_config({"APP_ENV": "test", "AUTH_MODE": "disabled", **environment}),
            contract=load(),
            telemetry=TELEMETRY,
            lifecycle=self.lifecycle,
            **parts,
        )
        super().__init__(app, client=("192.0.2.1", 50_000))
