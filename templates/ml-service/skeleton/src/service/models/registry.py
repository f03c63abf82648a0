"""Where models are kept: every version with its card, none of them ever changed."""

import hashlib
import os
from pathlib import Path
from typing import Any, Protocol

import sklearn
import skops.io
from pydantic import ValidationError
from skops.io.exceptions import UntrustedTypesFoundException

from service.models.card import Card
from service.models.model import Model

CARD = "card.json"
FILE = "model.skops"


class ModelError(Exception):
    """A model that cannot be served; says which one and why."""


class UnknownVersionError(ModelError):
    """There is no such version."""


class ModelRegistry(Protocol):
    """What the service needs; MLflow or an object store fits behind it as well."""

    def versions(self) -> list[int]:
        """All versions, the oldest first."""

    def newest(self) -> int:
        """The newest version; raises ModelError when there is none."""

    def card(self, version: int) -> Card:
        """Raises UnknownVersionError, or ModelError when the card cannot be read."""

    def load(self, version: int) -> Model:
        """Raises ModelError when the file is not what its card describes."""


def library_series() -> dict[str, str]:
    """What a model file depends on: scikit-learn promises nothing across these."""
    return {"scikit-learn": ".".join(sklearn.__version__.split(".")[:2])}


class FolderRegistry:
    """A folder for each version. It is built into the image, so that one digest
    stands for the code and the model together.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def versions(self) -> list[int]:
        """Folders whose name is a number."""
        if not self._folder.is_dir():
            return []
        return sorted(int(one.name) for one in self._folder.iterdir() if one.name.isdecimal())

    def newest(self) -> int:
        """The highest number."""
        versions = self.versions()
        if not versions:
            raise ModelError(f"there is no model in {self._folder}; `make train` makes one")
        return versions[-1]

    def card(self, version: int) -> Card:
        """Reads one card."""
        try:
            text = (self._folder / str(version) / CARD).read_bytes()
            return Card.model_validate_json(text)
        except FileNotFoundError as error:
            raise UnknownVersionError(f"there is no version {version}") from error
        except ValidationError as error:
            raise ModelError(f"the card of version {version} is not valid: {error}") from error

    def load(self, version: int) -> Model:
        """Loads a file whose hash, libraries and types are the expected ones.

        The format runs no code while it is read, as a pickle would.
        """
        card = self.card(version)
        try:
            content = (self._folder / str(version) / FILE).read_bytes()
        except FileNotFoundError as error:
            raise ModelError(f"version {version} has a card but no {FILE}") from error
        if hashlib.sha256(content).hexdigest() != card.sha256:
            raise ModelError(f"the file of version {version} is not the one of its card")
        if card.training.libraries != library_series():
            raise ModelError(
                f"version {version} was made with {card.training.libraries}, "
                f"but {library_series()} is installed; train it again"
            )
        try:
            return Model(card, skops.io.loads(content, trusted=[]))
        except UntrustedTypesFoundException as error:
            raise ModelError(f"version {version} holds types that are not trusted") from error

    def add(self, estimator: Any, card: Card) -> Path:
        """Keeps a new version, whole or not at all; raises ModelError when it exists.

        The hash of the card is that of the file as it is written here.
        """
        content = skops.io.dumps(estimator)
        written = card.model_copy(update={"sha256": hashlib.sha256(content).hexdigest()})
        target = self._folder / str(card.version)
        scratch = self._folder / f".{card.version}-{os.getpid()}"
        scratch.mkdir(parents=True)
        (scratch / FILE).write_bytes(content)
        (scratch / CARD).write_text(written.model_dump_json(indent=2) + "\n", encoding="utf-8")
        try:
            scratch.rename(target)
        except OSError as error:
            for file in scratch.iterdir():
                file.unlink()
            scratch.rmdir()
            raise ModelError(f"version {card.version} exists already") from error
        return target
