import numpy as np
import pytest

from application import TELEMETRY
from example import PARCEL
from process import ROOT
from service.drift.monitor import LEAST_ROWS, DriftMonitor
from service.drift.psi import distribution, psi, shares
from service.models.model import Model, Rows
from service.models.registry import FolderRegistry
from service.training.data import generate
from support import Service

MODEL: Model = FolderRegistry(ROOT / "models").load(1)


def after(rows: Rows, window: int = 1000) -> dict[str, float]:
    """What is measured when these cases came in, in parts."""
    monitor = DriftMonitor(MODEL.card, TELEMETRY.meter, window=window)
    for part in np.array_split(rows, 7):
        monitor.observe(part, MODEL.probabilities(part))
    return monitor.measure()


def test_psi_is_what_its_definition_says() -> None:
    reference = distribution(np.arange(100.0))
    assert len(reference.edges) == 9
    assert psi(reference, np.arange(100.0)) == pytest.approx(0)
    lower_half = np.arange(50.0)
    # Five bins hold 0.2 instead of 0.1, and five hold nothing.
    by_hand = 5 * (0.2 - 0.1) * np.log(0.2 / 0.1) + 5 * (1e-4 - 0.1) * np.log(1e-4 / 0.1)
    assert psi(reference, lower_half) == pytest.approx(by_hand)


def test_values_that_are_all_the_same_make_one_bin_and_a_rest() -> None:
    reference = distribution(np.zeros(50))
    assert reference.shares == [1, 0]
    assert shares(np.array([0.0, 1.0]), reference.edges).tolist() == [0.5, 0.5]


def test_sees_no_drift_in_cases_like_those_of_the_training() -> None:
    indexes = after(generate(99, 1000).rows)
    assert set(indexes) == {"distance", "weight", "stops", "rain", "prediction"}
    assert max(indexes.values()) < 0.1


def test_sees_which_variable_drifted_and_that_predictions_follow() -> None:
    rows = generate(99, 1000).rows
    rows[:, 0] *= 2.5
    indexes = after(rows)
    assert indexes["distance"] > 0.25
    assert indexes["prediction"] > 0.25
    assert max(indexes[name] for name in ("weight", "stops", "rain")) < 0.1


def test_measures_nothing_while_there_is_too_little() -> None:
    assert after(generate(99, LEAST_ROWS - 1).rows) == {}
    assert after(generate(99, LEAST_ROWS).rows) != {}


def test_looks_at_the_last_cases_only() -> None:
    wet = generate(99, 1000).rows
    wet[:, 3] += 50
    rows = np.concatenate([wet, generate(98, 500).rows])
    assert after(rows, window=500)["rain"] < 0.1
    assert after(rows, window=1500)["rain"] > 0.25


def test_shows_drift_as_metrics() -> None:
    service = Service(DRIFT_WINDOW="200")
    for _ in range(2):
        service.predict(*[{"rain": 90}] * 100)
    found = {}
    for line in service.get("/metrics").text.splitlines():
        for name in ("distance", "weight", "stops", "rain", "prediction"):
            if line.startswith("model_drift_psi{") and f'variable="{name}"' in line:
                found[name] = float(line.rpartition(" ")[2])
    assert found["rain"] > 0.25
    assert len(found) == len(PARCEL) + 1
