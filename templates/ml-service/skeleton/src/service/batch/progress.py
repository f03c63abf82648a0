"""How far a file has come. It is written after each part, and only then counts."""

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Progress(BaseModel):
    """What is done, and of what: another input or another model starts no second half."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input_sha256: str
    model_sha256: str
    # Rows of the input that are dealt with.
    rows: int = 0
    rejected: int = 0
    # Bytes of the output that belong to these rows; what follows was torn off.
    bytes: int = 0

    def is_of(self, other: "Progress") -> bool:
        """Whether both are about the same input and the same model."""
        return (self.input_sha256, self.model_sha256) == (other.input_sha256, other.model_sha256)


def read_progress(file: Path) -> Progress | None:
    """What was done before, if anything."""
    try:
        return Progress.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None


def write_progress(progress: Progress, file: Path) -> None:
    """Replaces what was known, whole or not at all."""
    scratch = file.with_name(f"{file.name}.new")
    with scratch.open("w", encoding="utf-8") as to:
        to.write(progress.model_dump_json())
        to.flush()
        os.fsync(to.fileno())
    scratch.replace(file)
