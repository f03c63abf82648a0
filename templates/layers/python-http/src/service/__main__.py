"""Starts and stops the process: `python -m service`."""

import asyncio
import os
import socket
import sys
from types import FrameType

import structlog
import uvicorn

from service.about import NAME, VERSION
from service.app import create_app
from service.config import ConfigError, read_config
from service.contract import load
from service.flagging import follow_flags, release_flags
from service.lifecycle import Lifecycle
from service.logs import configure_logging
from service.telemetry import start_telemetry

logger = structlog.get_logger()


class Server(uvicorn.Server):
    """On a signal, readiness goes off first, and balancers get time to notice."""

    def __init__(self, config: uvicorn.Config, lifecycle: Lifecycle, delay_ms: int) -> None:
        super().__init__(config)
        self._lifecycle = lifecycle
        self._delay = delay_ms / 1000

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Says where it listens."""
        await super().startup(sockets)
        logger.info("ready", addresses=[str(one.getsockname()) for one in sockets or []])

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """The first signal drains, a second one ends the process at once."""
        if self._lifecycle.state == "draining":
            os._exit(1)
        self._lifecycle.mark_draining()
        logger.info("draining", signal=sig)
        asyncio.get_running_loop().call_later(self._delay, self._finish)

    def _finish(self) -> None:
        self.should_exit = True


def main() -> None:
    """Serves until a signal comes."""
    configure_logging("info", NAME, VERSION)
    lifecycle = Lifecycle()
    try:
        config = read_config(os.environ)
        configure_logging(config.log_level, NAME, VERSION)
        telemetry = start_telemetry(
            NAME, VERSION, send=config.otel_exporter_otlp_endpoint is not None
        )
        if config.flags_file is not None:
            follow_flags(config.flags_file)
        # What a setting names may turn out to be wrong as well.
        app = create_app(config=config, contract=load(), telemetry=telemetry, lifecycle=lifecycle)
    except ConfigError as error:
        logger.critical(str(error), problems=error.problems)
        sys.exit(1)
    settings = uvicorn.Config(
        app,
        host=config.host,
        port=config.port,
        log_config=None,
        # One line for each request is written already, with its ids.
        access_log=False,
        server_header=False,
        # Who called is decided by TRUST_PROXY alone.
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=max(1, config.shutdown_timeout_ms // 1000),
    )
    server = Server(settings, lifecycle, config.shutdown_delay_ms)
    server.run(sockets=[settings.bind_socket()])
    release_flags()
    telemetry.shutdown()
    logger.info("stopped")


if __name__ == "__main__":
    main()
