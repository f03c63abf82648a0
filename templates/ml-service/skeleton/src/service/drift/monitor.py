"""Remembers the last cases, and measures how far they are from the training's."""

import threading

import numpy as np
from opentelemetry.metrics import Meter

from service.drift.psi import psi
from service.models.card import Card
from service.models.model import Rows

# The name under which the reference holds the predictions themselves.
PREDICTION = "prediction"

# Below this the index says more about chance than about change.
LEAST_ROWS = 200


class DriftMonitor:
    """A window over the last cases of this process. May be used by several threads.

    Nothing is not zero: until the window holds enough, nothing is measured.
    """

    def __init__(self, card: Card, meter: Meter, *, window: int) -> None:
        self._card = card
        self._window = window
        self._lock = threading.Lock()
        self._rows: Rows = np.empty((0, len(card.features) + 1))
        self._index = meter.create_gauge(
            "model.drift.psi",
            description="Population stability index against the training, by variable.",
        )
        self._size = meter.create_gauge(
            "model.drift.rows", description="Cases in the window that drift is measured over."
        )

    def observe(self, rows: Rows, probabilities: Rows) -> None:
        """Takes in cases with their predictions, and measures."""
        version = {"model_version": str(self._card.version)}
        with self._lock:
            new = np.column_stack([rows, probabilities])
            self._rows = np.concatenate([self._rows, new])[-self._window :]
            self._size.set(len(self._rows), version)
            for variable, index in self.measure().items():
                self._index.set(index, {**version, "variable": variable})

    def measure(self) -> dict[str, float]:
        """The index of each feature and of the prediction; empty while there is too little."""
        if len(self._rows) < LEAST_ROWS:
            return {}
        return {
            name: psi(self._card.reference[name], self._rows[:, column])
            for column, name in enumerate([*self._card.features, PREDICTION])
        }
