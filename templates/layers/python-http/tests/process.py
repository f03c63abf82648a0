"""Runs the real process, for what only a process can show."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


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
        deadline = time.monotonic() + 300
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
            code = self._process.wait(timeout=300)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        self._reader.join()
        assert self._process.stdout
        self._process.stdout.close()
        return code
