"""The command: `python -m service.batch parcels.csv predictions.csv`."""

import argparse
import os
import sys
from pathlib import Path

import structlog

from service.about import NAME, VERSION
from service.batch.predict_file import BatchError, predict_file
from service.drift.monitor import DriftMonitor
from service.logs import configure_logging
from service.models.registry import FolderRegistry, ModelError
from service.predictions.predictor import Predictor
from service.telemetry import start_telemetry

logger = structlog.get_logger()

# Drift of a file is measured over its last rows.
_WINDOW = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Predicts a file; returns 1 when it could not, 2 when rows were rejected."""
    parser = argparse.ArgumentParser(prog="python -m service.batch", description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument(
        "--models", type=Path, default=Path(os.environ.get("MODELS_FOLDER", "models"))
    )
    parser.add_argument("--version", type=int, default=os.environ.get("MODEL_VERSION") or None)
    parser.add_argument("--part", type=int, default=1000, help="rows that are done at once")
    given = parser.parse_args(arguments)
    configure_logging("info", NAME, VERSION)
    telemetry = start_telemetry(
        NAME, VERSION, send=bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"))
    )
    registry = FolderRegistry(given.models)
    try:
        model = registry.load(given.version or registry.newest())
        monitor = DriftMonitor(model.card, telemetry.meter, window=_WINDOW)
        predictor = Predictor(model, monitor, telemetry.meter)
        done = predict_file(given.source, given.target, predictor, part=given.part)
    except (BatchError, ModelError, FileNotFoundError) as error:
        logger.critical("the file could not be predicted", problems=[str(error)])
        return 1
    finally:
        telemetry.shutdown()
    logger.info(
        "file predicted",
        model_version=model.card.version,
        rows=done.rows,
        rejected=done.rejected,
        drift={name: round(index, 4) for name, index in monitor.measure().items()},
    )
    return 2 if done.rejected else 0


if __name__ == "__main__":
    sys.exit(main())
