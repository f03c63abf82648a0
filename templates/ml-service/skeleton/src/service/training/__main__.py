"""The command: `python -m service.training`."""

import argparse
import sys
from pathlib import Path

import structlog

from service.about import NAME, VERSION
from service.logs import configure_logging
from service.models.registry import FolderRegistry, ModelError
from service.training.data import generate, write_csv
from service.training.train import Plan, RefusedError, train

logger = structlog.get_logger()


def main(arguments: list[str] | None = None) -> int:
    """Trains the next version; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m service.training", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--data", type=Path, default=Path("build/parcels.csv"))
    given = parser.parse_args(arguments)
    configure_logging("info", NAME, VERSION)
    cases = generate(given.seed, given.rows)
    write_csv(cases, given.data)
    plan = Plan(given.seed, cases, judging=generate(given.seed + 1, given.rows))
    try:
        card = train(plan, FolderRegistry(given.models))
    except RefusedError as error:
        logger.critical("the gate refused the model", problems=error.problems)
        return 1
    except ModelError as error:
        logger.critical("the model before cannot be compared with", problems=[str(error)])
        return 1
    logger.info("model kept", model_version=card.version, scores=card.scores.model_dump())
    return 0


if __name__ == "__main__":
    sys.exit(main())
