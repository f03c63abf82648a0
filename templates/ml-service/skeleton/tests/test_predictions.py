from pathlib import Path

import pytest

from conftest import Logs
from example import BODY, PARCEL
from process import ROOT, Process
from service.models.registry import FolderRegistry
from support import Service


def test_says_which_version_answered_in_answer_header_log_and_metric(logs: Logs) -> None:
    service = Service()
    logs()
    response = service.predict({})
    assert response.json()["model"]["version"] == 1
    assert response.headers["x-model-version"] == "1"
    (line,) = [line for line in logs() if line["msg"] == "request completed"]
    assert line["model_version"] == 1
    metrics = service.get("/metrics").text
    (served,) = [line for line in metrics.splitlines() if line.startswith("model_served{")]
    sha256 = FolderRegistry(ROOT / "models").card(1).sha256
    assert f'sha256="{sha256}"' in served
    assert 'model_version="1"' in served


def test_counts_predictions_by_outcome() -> None:
    service = Service()

    def counted(outcome: str) -> float:
        for line in service.get("/metrics").text.splitlines():
            if line.startswith("model_predictions_total{") and f'outcome="{outcome}"' in line:
                return float(line.rpartition(" ")[2])
        return 0

    before = {outcome: counted(outcome) for outcome in ("late", "on_time")}
    service.predict({}, {}, {"distance": 500, "rain": 80})
    assert counted("late") - before["late"] == 1
    assert counted("on_time") - before["on_time"] == 2


def test_answers_in_the_order_of_the_parcels() -> None:
    service = Service()
    near, far, near_again = service.predict({}, {"distance": 400}, {}).json()["predictions"]
    assert near == near_again
    assert near["probability"] < far["probability"]
    assert far["late"] is True


@pytest.mark.parametrize("feature", ["distance", "weight", "stops", "rain"])
def test_more_of_what_delays_makes_late_more_probable(feature: str) -> None:
    little, much = (
        one["probability"]
        for one in Service().predict({feature: 1}, {feature: 50}).json()["predictions"]
    )
    assert little < much


@pytest.mark.parametrize(
    "wrong",
    [
        {"distance": -1},
        {"distance": "NaN"},
        {"stops": 1.5},
        {"colour": "red"},
        {"weight": None},
    ],
)
def test_refuses_a_parcel_that_does_not_fit(wrong: dict[str, object]) -> None:
    assert Service().predict(wrong).status_code == 400


def test_refuses_more_parcels_than_fit_a_request() -> None:
    assert Service().predict(*[{}] * 100).status_code == 200
    assert Service().predict(*[{}] * 101).status_code == 400


def test_a_version_that_is_not_there_ends_the_process_with_the_reason() -> None:
    process = Process(MODEL_VERSION="99")
    assert process.exit_code() == 1
    assert process.lines[-1]["problems"] == ["MODEL_VERSION: there is no version 99"]


def test_an_empty_registry_ends_the_process_with_what_to_do(tmp_path: Path) -> None:
    process = Process(MODELS_FOLDER=str(tmp_path))
    assert process.exit_code() == 1
    assert "make train" in process.lines[-1]["problems"][0]


def test_the_example_is_a_parcel() -> None:
    assert BODY == {"parcels": [PARCEL]}
