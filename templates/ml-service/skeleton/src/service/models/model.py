"""A model in memory."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.models.card import Card

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """An estimator with its card."""

    card: Card
    estimator: Any

    def probabilities(self, rows: Rows) -> Rows:
        """The probability of a yes for each row, whose columns are the card's features."""
        result: Rows = self.estimator.predict_proba(rows)[:, 1]
        return result
