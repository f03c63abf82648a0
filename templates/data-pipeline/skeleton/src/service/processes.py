"""Dagster's own processes: code, daemon and pages."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence

import structlog

from service.config import Config

logger = structlog.get_logger()


def commands(config: Config) -> dict[str, list[str]]:
    """What runs beside this process; only the pod itself can reach their ports."""
    workspace = ["-w", str(config.dagster_home / "workspace.yaml")]
    return {
        "code": [
            *("dagster", "code-server", "start", "-m", "service.definitions"),
            *("-h", "127.0.0.1", "-p", str(config.code_port), "--log-format", "json"),
        ],
        "daemon": ["dagster-daemon", "run", *workspace, "--log-format", "json"],
        # Whoever may open its pages may run anything: they are for port-forwards.
        "webserver": [
            *("dagster-webserver", "-h", "127.0.0.1", "-p", str(config.webserver_port)),
            *(*workspace, "--log-format", "json"),
        ],
    }


class Processes:
    """Started together, and ended together."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self._running = {name: self._start(name, args) for name, args in commands.items()}

    def _start(self, name: str, args: Sequence[str]) -> subprocess.Popen[str]:
        program, *others = args
        process = subprocess.Popen(  # noqa: S603
            # Of the same environment as this process, whatever PATH says.
            [
                str(sys.executable).removesuffix(sys.executable.rpartition("/")[2]) + program,
                *others,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, args=(name, process), daemon=True).start()
        return process

    def _read(self, name: str, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            text = line.rstrip()
            if text:
                _pass_on(name, text)

    def ended(self) -> list[str]:
        """Names of those that should run, and do not."""
        return [name for name, process in self._running.items() if process.poll() is not None]

    def stop(self, timeout_seconds: float) -> None:
        """Runs in work get the signal as well; the daemon begins them again elsewhere."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(timeout_seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _pass_on(name: str, text: str) -> None:
    """Every line is JSON with the same names, whoever wrote it."""
    try:
        told = json.loads(text)
    except ValueError:
        told = {"event": text}
    if not isinstance(told, dict):
        told = {"event": text}
    message = told.get("event") or told.get("msg") or told.get("message") or text
    level = str(told.get("level", told.get("levelname", "info"))).lower()
    log = getattr(logger, level, logger.info)
    log(str(message), process=name)
