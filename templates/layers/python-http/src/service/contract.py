"""The API document, which is written before the code."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DOCUMENT = Path(__file__).parents[2] / "openapi.yaml"


@dataclass(frozen=True)
class Contract:
    """The text that is served, and what it says."""

    text: str
    content: dict[str, Any]


@cache
def load() -> Contract:
    """Reads the document once."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return Contract(text, yaml.safe_load(text))
