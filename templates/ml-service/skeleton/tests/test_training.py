"""The quality gate, and what is kept of a training."""

import json
from pathlib import Path

import numpy as np
import pytest

from process import ROOT
from service.models.registry import FolderRegistry
from service.training.__main__ import main
from service.training.data import Cases, generate
from service.training.fit import fit, score
from service.training.gate import objections
from service.training.train import Plan, RefusedError, train

PLAN = Plan(seed=7, training=generate(7, 3000), judging=generate(8, 3000))


@pytest.mark.parametrize("version", FolderRegistry(ROOT / "models").versions())
def test_each_version_passes_the_gate_on_cases_it_has_never_seen(version: int) -> None:
    model = FolderRegistry(ROOT / "models").load(version)
    assert objections(score(model.estimator, generate(2026, 3000))) == []


def test_probabilities_are_calibrated() -> None:
    model = FolderRegistry(ROOT / "models").load(1)
    cases = generate(2027, 20_000)
    said = model.probabilities(cases.rows)
    for low in np.arange(0, 1, 0.2):
        among = (said >= low) & (said < low + 0.2)
        assert abs(said[among].mean() - cases.late[among].mean()) < 0.05


def test_the_same_seed_gives_the_same_model() -> None:
    kept = FolderRegistry(ROOT / "models").load(1)
    assert kept.card.training.data_sha256 == PLAN.training.sha256()
    again = fit(PLAN.training).predict_proba(PLAN.judging.rows)[:, 1]
    np.testing.assert_allclose(kept.probabilities(PLAN.judging.rows), again, atol=1e-9)


def test_the_gate_refuses_a_model_that_learned_nothing_and_keeps_nothing(tmp_path: Path) -> None:
    shuffled = np.random.default_rng(1).permutation(PLAN.training.late)
    registry = FolderRegistry(tmp_path)
    with pytest.raises(RefusedError) as refused:
        train(Plan(7, Cases(PLAN.training.rows, shuffled), PLAN.judging), registry)
    assert refused.value.problems[0].startswith("ROC AUC")
    assert registry.versions() == []


def test_the_gate_refuses_a_model_that_is_worse_than_the_one_before(tmp_path: Path) -> None:
    registry = FolderRegistry(tmp_path)
    train(PLAN, registry)
    # Half of the outcomes are noise: well enough alone, and worse than before.
    noisy = PLAN.training.late.copy()
    chosen = np.random.default_rng(1).random(len(noisy)) < 0.5
    noisy[chosen] = np.random.default_rng(2).random(chosen.sum()) < 0.5
    with pytest.raises(RefusedError, match="of the one before"):
        train(Plan(9, Cases(PLAN.training.rows, noisy), PLAN.judging), registry)
    assert registry.versions() == [1]


def test_the_command_keeps_versions_with_their_cards(tmp_path: Path) -> None:
    given = ["--models", str(tmp_path / "models"), "--data", str(tmp_path / "parcels.csv")]
    assert main(given) == 0
    assert main([*given, "--seed", "11"]) == 0
    card = json.loads((tmp_path / "models" / "2" / "card.json").read_text())
    assert card["training"]["seed"] == 11
    assert card["scores"]["rocAuc"] > 0.75
    assert len((tmp_path / "parcels.csv").read_text().splitlines()) == 3001
    assert FolderRegistry(tmp_path / "models").load(2).card.version == 2


def test_the_command_fails_when_the_gate_refuses(tmp_path: Path) -> None:
    given = ["--models", str(tmp_path / "models"), "--data", str(tmp_path / "parcels.csv")]
    # Of five parcels nothing can be learned.
    assert main([*given, "--rows", "5", "--seed", "3"]) == 1
