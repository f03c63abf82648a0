import csv
import json
from pathlib import Path
from typing import Any

import pytest

from application import TELEMETRY
from conftest import Logs
from example import PARCEL
from process import ROOT
from service.batch import __main__ as command
from service.batch.predict_file import BatchError, predict_file
from service.drift.monitor import DriftMonitor
from service.models.registry import FolderRegistry
from service.predictions.predictor import Predictor
from service.predictions.schema import Parcel, Prediction
from service.training.data import generate, write_csv
from support import Service

MODEL = FolderRegistry(ROOT / "models").load(1)


class InterruptedBatchError(Exception):
    """As if the process was killed."""


class Failing(Predictor):
    """Predicts a few parts, and then no more."""

    def __init__(self, parts: int) -> None:
        super().__init__(
            MODEL, DriftMonitor(MODEL.card, TELEMETRY.meter, window=1000), TELEMETRY.meter
        )
        self.parts = parts

    def predict(self, parcels: list[Parcel]) -> list[Prediction]:
        """Counts."""
        if self.parts == 0:
            raise InterruptedBatchError
        self.parts -= 1
        return super().predict(parcels)


def working() -> Failing:
    return Failing(parts=1000)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file in which one row is not a parcel."""
    file = tmp_path / "parcels.csv"
    write_csv(generate(5, 995), file)
    with file.open("a", encoding="utf-8") as more:
        more.write("-1,1,1,0,0\n")
    return file


def lines_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def test_has_a_line_for_each_row_and_says_what_is_wrong_with_some(
    source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    done = predict_file(source, target, working(), part=100)
    lines = lines_of(target)
    assert [int(line["row"]) for line in lines] == list(range(1, 997))
    assert {line["model_version"] for line in lines} == {"1"}
    assert [line["row"] for line in lines if line["error"]] == ["996"]
    assert lines[-1]["error"] == "distance: Input should be greater than or equal to 0"
    assert (done.rows, done.rejected) == (996, 1)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.csv", "parcels.csv"]


def test_says_the_same_as_the_service(tmp_path: Path) -> None:
    source = tmp_path / "one.csv"
    source.write_text(f"{','.join(PARCEL)},note\n{','.join(map(str, PARCEL.values()))},hello\n")
    predict_file(source, tmp_path / "out.csv", working(), part=100)
    (line,) = lines_of(tmp_path / "out.csv")
    (online,) = Service().predict({}).json()["predictions"]
    assert float(line["probability"]) == online["probability"]


@pytest.mark.parametrize("parts", range(10))
def test_goes_on_where_it_was_interrupted(source: Path, tmp_path: Path, parts: int) -> None:
    whole, torn = tmp_path / "whole.csv", tmp_path / "torn.csv"
    predict_file(source, whole, working(), part=100)
    with pytest.raises(InterruptedBatchError):
        predict_file(source, torn, Failing(parts), part=100)
    assert not torn.exists()
    with (tmp_path / "torn.csv.partial").open("ab") as file:
        file.write(b"half a li")
    # 10 parts in all, of which those that were done are not done again.
    rest = Failing(10 - parts)
    predict_file(source, torn, rest, part=100)
    assert rest.parts == 0
    assert torn.read_bytes() == whole.read_bytes()


def test_does_not_mix_two_inputs_or_two_models(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with pytest.raises(InterruptedBatchError):
        predict_file(source, target, Failing(2), part=100)
    other = tmp_path / "other.csv"
    write_csv(generate(6, 300), other)
    with pytest.raises(BatchError, match="another input or another model"):
        predict_file(other, target, working(), part=100)


def test_does_not_write_over_a_file(source: Path, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("dear")
    with pytest.raises(BatchError, match="exists already"):
        predict_file(source, tmp_path / "out.csv", working(), part=100)
    assert (tmp_path / "out.csv").read_text() == "dear"


def test_finishes_what_only_the_last_step_was_missing_of(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    done = predict_file(source, target, working(), part=100)
    (tmp_path / "out.csv.progress.json").write_text(done.model_dump_json())
    assert predict_file(source, target, Failing(0), part=100) == done
    assert not (tmp_path / "out.csv.progress.json").exists()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, logs: Logs) -> Any:
    """The command; it shares the telemetry of all tests."""

    class Kept:
        meter = TELEMETRY.meter

        def shutdown(self) -> None:
            pass

    monkeypatch.setattr(command, "start_telemetry", lambda *_, **__: Kept())

    def call(*arguments: object) -> tuple[int, dict[str, Any]]:
        code = command.main([*map(str, arguments), "--models", str(ROOT / "models")])
        return code, logs()[-1]

    return call


def test_the_command_says_what_it_did(run: Any, source: Path, tmp_path: Path) -> None:
    code, line = run(source, tmp_path / "out.csv")
    assert code == 2
    assert (line["rows"], line["rejected"], line["model_version"]) == (996, 1, 1)
    assert max(line["drift"].values()) < 0.1
    json.dumps(line)


def test_the_command_says_what_is_wrong(run: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("distance,weight\n")
    for source, complaint in (("empty.csv", "no column stops, rain"), ("absent.csv", "absent.csv")):
        code, line = run(tmp_path / source, tmp_path / "out.csv")
        assert code == 1
        assert complaint in line["problems"][0]
    code, line = run(tmp_path / "empty.csv", tmp_path / "out.csv", "--version", 9)
    assert line["problems"] == ["there is no version 9"]
