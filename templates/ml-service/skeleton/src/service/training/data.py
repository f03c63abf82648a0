"""The data of the example, made from a seed: replace it by what you know of your cases."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.models.model import Rows
from service.predictions.schema import FEATURES

# The share of days without rain.
_DRY = 0.6


@dataclass(frozen=True)
class Cases:
    """Cases whose outcome is known."""

    rows: Rows
    late: NDArray[np.bool_]

    def sha256(self) -> str:
        """Names exactly this data."""
        return hashlib.sha256(self.rows.tobytes() + self.late.tobytes()).hexdigest()


def generate(seed: int, count: int) -> Cases:
    """Parcels of a carrier: far, heavy, late on the tour and wet ones arrive late more often."""
    random = np.random.default_rng(seed)
    distance = random.gamma(2.0, 12.0, count).round(1)
    weight = random.lognormal(0.6, 0.8, count).clip(0.1, 30).round(2)
    stops = random.integers(0, 60, count).astype(float)
    rain = np.where(random.random(count) < _DRY, 0.0, random.gamma(1.5, 4.0, count)).round(1)
    score = -4.2 + 0.05 * distance + 0.06 * weight + 0.04 * stops + 0.12 * rain
    late = random.random(count) < 1 / (1 + np.exp(-score))
    return Cases(np.column_stack([distance, weight, stops, rain]), late)


def write_csv(cases: Cases, file: Path) -> None:
    """Writes cases as a person or the batch can read them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as to:
        writer = csv.writer(to)
        writer.writerow([*FEATURES, "late"])
        for (distance, weight, stops, rain), late in zip(cases.rows, cases.late, strict=True):
            writer.writerow([distance, weight, int(stops), rain, int(late)])
