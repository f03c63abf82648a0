"""Asks the model, and measures what it said."""

import time
from collections import Counter

import numpy as np
from opentelemetry.metrics import Meter

from service.drift.monitor import DriftMonitor
from service.models.model import Model
from service.predictions.schema import FEATURES, Outcome, Parcel, Prediction

# Seconds; a model that takes longer than a few of them belongs into a batch.
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class Predictor:
    """One model, with what is measured of it. May be used by several threads."""

    def __init__(self, model: Model, monitor: DriftMonitor, meter: Meter) -> None:
        self.card = model.card
        self._model = model
        self._monitor = monitor
        self._version = {"model_version": str(model.card.version)}
        self._predictions = meter.create_counter(
            "model.predictions", description="Predictions by version and outcome."
        )
        self._duration = meter.create_histogram(
            "model.prediction.duration",
            unit="s",
            description="How long the model took for one request or one part of a file.",
            explicit_bucket_boundaries_advisory=_BUCKETS,
        )
        meter.create_gauge(
            "model.served", description="1 for the version that answers, with its hash."
        ).set(1, {**self._version, "model_name": model.card.name, "sha256": model.card.sha256})

    def predict(self, parcels: list[Parcel]) -> list[Prediction]:
        """One prediction for each parcel, in their order."""
        rows = np.array([[getattr(one, name) for name in FEATURES] for one in parcels], float)
        began = time.perf_counter()
        probabilities = self._model.probabilities(rows)
        self._duration.record(time.perf_counter() - began, self._version)
        self._monitor.observe(rows, probabilities)
        predictions = [
            Prediction(probability=round(float(one), 6), late=bool(one >= self.card.threshold))
            for one in probabilities
        ]
        counts: Counter[Outcome] = Counter("late" if one.late else "on_time" for one in predictions)
        for outcome, count in counts.items():
            self._predictions.add(count, {**self._version, "outcome": outcome})
        return predictions
