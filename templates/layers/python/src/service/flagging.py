"""Asks OpenFeature whether a flag is on; `flags.py` says which ones there are."""

from dataclasses import dataclass
from pathlib import Path

import structlog
from openfeature import api
from openfeature.contrib.provider.flagd import FlagdProvider
from openfeature.contrib.provider.flagd.config import ResolverType
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import ProviderNotReadyError

logger = structlog.get_logger()


@dataclass(frozen=True)
class Flag:
    """Its name, and what holds while nobody says otherwise."""

    name: str
    default: bool

    def is_on(self, caller: str) -> bool:
        """Whether it is on for a caller. Its default, when it cannot be told."""
        return api.get_client().get_boolean_value(
            self.name, self.default, EvaluationContext(targeting_key=caller)
        )


def follow_flags(file: Path, *, every_ms: int = 5000) -> None:
    """Follows a file in the format of flagd from now on, whatever it says later."""
    provider = FlagdProvider(
        resolver_type=ResolverType.FILE,
        offline_flag_source_path=str(file),
        # It takes the interval between two looks at the file under this name.
        deadline_ms=every_ms,
    )
    try:
        api.set_provider_and_wait(provider)
    except ProviderNotReadyError:
        # It goes on looking, and takes the file over as soon as it can be read.
        logger.exception("the flags cannot be read, so their defaults hold")


def release_flags() -> None:
    """Follows nothing any more: the defaults hold."""
    api.shutdown()
