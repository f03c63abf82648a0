"""The population stability index: how far one distribution is from another.

PSI = sum((actual - expected) * ln(actual / expected)) over the bins. By custom,
below 0.1 nothing changed, and above 0.25 so much that the model should be
looked at.
"""

import numpy as np

from service.models.card import Distribution
from service.models.model import Rows

_BINS = 10
# An empty bin would make the logarithm infinite.
_LEAST = 1e-4


def shares(values: Rows, edges: list[float]) -> Rows:
    """The share of values in each bin; a value on an edge belongs to the bin below it."""
    bins = np.searchsorted(np.array(edges), values, side="left")
    counted: Rows = np.bincount(bins, minlength=len(edges) + 1) / len(values)
    return counted


def distribution(values: Rows) -> Distribution:
    """Bins that hold about as many values each; fewer, where many values are the same."""
    quantiles = np.quantile(values, np.linspace(0, 1, _BINS + 1)[1:-1])
    edges = [round(float(edge), 6) for edge in np.unique(quantiles)]
    return Distribution(edges=edges, shares=shares(values, edges).tolist())


def psi(reference: Distribution, values: Rows) -> float:
    """How far values are from a reference; 0 when they are spread alike."""
    expected = np.maximum(np.array(reference.shares), _LEAST)
    actual = np.maximum(shares(values, reference.edges), _LEAST)
    return float(np.sum((actual - expected) * np.log(actual / expected)))
