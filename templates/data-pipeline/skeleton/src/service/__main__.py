"""Starts and stops the pipeline: `python -m service`."""

import contextlib
import io
import os
import signal
import sys
import threading
import time

import dagster as dg
import structlog

from service.about import NAME, VERSION
from service.config import Config, ConfigError, read_config
from service.instance import write_instance
from service.lifecycle import Lifecycle
from service.logs import configure_logging
from service.probes import serve_probes
from service.processes import Processes, commands
from service.telemetry import start_telemetry
from service.watch.watcher import watch

logger = structlog.get_logger()

_WATCH_SECONDS = 2.0
_STOP_SECONDS = 20.0


def _prepare(config: Config) -> dg.DagsterInstance:
    """Tables of Dagster are there, and up to date, before anything uses them."""
    write_instance(config)
    # Dagster's processes read the same, and take no relative folder.
    os.environ.update(
        DAGSTER_HOME=str(config.dagster_home.resolve()),
        SOURCE=str(config.source.resolve()),
        LAKE=str(config.lake.resolve()),
    )
    if config.flags_file is not None:
        os.environ["FLAGS_FILE"] = str(config.flags_file.resolve())
    instance = dg.DagsterInstance.get()
    # Part of it prints, and standard output is for lines in JSON.
    with contextlib.redirect_stdout(io.StringIO()):
        instance.upgrade()
    return instance


def run(config: Config, stopping: threading.Event) -> int:
    """Runs until a signal comes, or until a part ends by itself."""
    telemetry = start_telemetry(NAME, VERSION, send=config.otel_exporter_otlp_endpoint is not None)
    lifecycle = Lifecycle()
    began = time.time()
    probes = serve_probes(config.host, config.port, lifecycle, telemetry)
    with _prepare(config) as instance:
        runs = watch(config, instance, telemetry)
        processes = Processes(commands(config))
        lost: list[str] = []
        while not lost and not stopping.wait(_WATCH_SECONDS):
            runs.once()
            # The daemon has told that it lives, so it has found the code as well.
            beats = instance.get_daemon_heartbeats().values()
            if lifecycle.state == "starting" and any(beat.timestamp > began for beat in beats):
                lifecycle.mark_ready()
                logger.info("ready", port=probes.server_port)
            lost = processes.ended()
        lifecycle.mark_draining()
        if lost:
            logger.critical("a part ended by itself", parts=lost)
        processes.stop(_STOP_SECONDS)
        runs.once()
        probes.shutdown()
        probes.server_close()
        telemetry.shutdown()
    logger.info("stopped")
    return 1 if lost else 0


def main() -> None:
    """Reads the environment, and runs."""
    configure_logging("info", NAME, VERSION)
    try:
        config = read_config(os.environ)
    except ConfigError as error:
        logger.critical(str(error), problems=error.problems)
        sys.exit(1)
    configure_logging(config.log_level, NAME, VERSION)
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: stopping.set())
    sys.exit(run(config, stopping))


if __name__ == "__main__":
    main()
