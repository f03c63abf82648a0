import json
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

from process import ROOT
from service.config import ConfigError
from service.models.registry import FolderRegistry, ModelError, UnknownVersionError
from service.training.train import Plan, train
from support import Service
from test_training import PLAN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The registry of this repository, as a copy that may be broken."""
    return Path(shutil.copytree(ROOT / "models", tmp_path / "models"))


def change_card(folder: Path, **changes: Any) -> None:
    file = folder / "1" / "card.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def test_serves_the_newest_version_or_the_one_that_is_set(folder: Path) -> None:
    registry = FolderRegistry(folder)
    newest = train(Plan(8, PLAN.training, PLAN.judging), registry).version
    assert Service(registry).predict({}).json()["model"]["version"] == newest
    pinned = Service(registry, MODEL_VERSION="1")
    assert pinned.predict({}).json()["model"]["version"] == 1
    assert pinned.get("/v1/models").json() == {"active": 1, "versions": [1, newest]}
    assert pinned.get(f"/v1/models/{newest}").json()["version"] == newest


def test_refuses_a_file_that_is_not_the_one_of_its_card(folder: Path) -> None:
    with (folder / "1" / "model.skops").open("ab") as file:
        file.write(b"more")
    with pytest.raises(ModelError, match="not the one of its card"):
        FolderRegistry(folder).load(1)
    with pytest.raises(ConfigError) as caught:
        Service(FolderRegistry(folder))
    assert caught.value.problems == [
        "MODEL_VERSION: the file of version 1 is not the one of its card"
    ]


def test_refuses_a_model_of_other_libraries(folder: Path) -> None:
    training = FolderRegistry(folder).card(1).training
    change_card(
        folder,
        training={**training.model_dump(by_alias=True), "libraries": {"scikit-learn": "0.1"}},
    )
    with pytest.raises(ModelError, match="train it again"):
        FolderRegistry(folder).load(1)


def test_refuses_a_card_that_says_too_little_and_one_without_a_file(folder: Path) -> None:
    registry = FolderRegistry(folder)
    (folder / "1" / "model.skops").unlink()
    with pytest.raises(ModelError, match=r"no model\.skops"):
        registry.load(1)
    (folder / "1" / "card.json").write_text("{}")
    with pytest.raises(ModelError, match="not valid"):
        registry.load(1)
    with pytest.raises(UnknownVersionError):
        registry.load(2)


class Surprise:
    """What a pickle would have run."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (pytest.fail, ("code of the file was run",))


def test_runs_no_code_of_a_file(folder: Path) -> None:
    content = pickle.dumps(Surprise())
    (folder / "1" / "model.skops").write_bytes(content)
    with pytest.raises(ModelError):
        FolderRegistry(folder).load(1)


def test_never_changes_a_version(folder: Path) -> None:
    registry = FolderRegistry(folder)
    model = registry.load(1)
    before = (folder / "1" / "card.json").read_bytes()
    with pytest.raises(ModelError, match="exists already"):
        registry.add(model.estimator, model.card)
    assert (folder / "1" / "card.json").read_bytes() == before
    assert registry.versions() == [1]
    assert [one.name for one in folder.iterdir()] == ["1"]
