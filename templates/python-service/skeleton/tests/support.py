"""Makes applications for tests, and runs the real process."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
from fastapi.testclient import TestClient

from service.about import NAME, VERSION
from service.app import create_app
from service.config import read_config
from service.contract import load
from service.entries.store import EntryStore
from service.lifecycle import Lifecycle
from service.logs import configure_logging
from service.telemetry import start_telemetry

ROOT = Path(__file__).parents[1]

# Prometheus' registry is one for the process, and so are the metrics in it.
_telemetry = start_telemetry(NAME, VERSION, send=False)


class Service(TestClient):
    """An application that listens nowhere."""

    def __init__(self, store: EntryStore | None = None, **environment: str) -> None:
        configure_logging("info", NAME, VERSION)
        self.lifecycle = Lifecycle()
        app = create_app(
            config=read_config({"APP_ENV": "test", "AUTH_MODE": "disabled", **environment}),
            contract=load(),
            telemetry=_telemetry,
            lifecycle=self.lifecycle,
            store=store,
        )
        super().__init__(app, client=("192.0.2.1", 50_000))

    def add(self, key: str, text: str = "text") -> httpx.Response:
        """Creates an entry."""
        return self.post("/v1/entries", json={"key": key, "text": text})


class Process:
    """The real service in a process of its own, on a free port."""

    def __init__(self, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "service"],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": "src",
                "APP_ENV": "test",
                "HOST": "127.0.0.1",
                "PORT": "0",
                "AUTH_MODE": "disabled",
                "SHUTDOWN_DELAY_MS": "0",
                **environment,
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lines: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.lines.append(json.loads(line))

    def logged(self, message: str) -> dict[str, Any]:
        """Waits for a line."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for line in self.lines:
                if line["msg"] == message:
                    return line
            time.sleep(0.02)
        self._process.kill()
        raise AssertionError(f"{message!r} was not logged: {self.lines}")

    def url(self) -> str:
        """Waits until it is ready."""
        (address,) = self.logged("ready")["addresses"]
        port = address.rpartition(",")[2].strip(" )")
        return f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """Asks it to end."""
        self._process.send_signal(signal.SIGTERM)

    def exit_code(self) -> int:
        """Waits for its end, and until all it said is read."""
        try:
            code = self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        self._reader.join()
        assert self._process.stdout
        self._process.stdout.close()
        return code
