"""Trains a version, holds it against the gate, and keeps it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from service.drift.monitor import PREDICTION
from service.drift.psi import distribution
from service.models.card import Card, Training
from service.models.registry import FolderRegistry, library_series
from service.predictions.schema import FEATURES
from service.training.data import Cases
from service.training.fit import ALGORITHM, fit, score
from service.training.gate import objections

# Of the model, which a service may outlive.
MODEL = "parcel-delays"


class RefusedError(Exception):
    """The gate keeps this model out."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Plan:
    """What to train from, and what to judge by."""

    seed: int
    training: Cases
    # Cases that are not among those of the training.
    judging: Cases


def train(plan: Plan, registry: FolderRegistry) -> Card:
    """Adds the next version to the registry, and returns its card.

    Raises RefusedError, and keeps nothing, when the gate objects.
    """
    estimator = fit(plan.training)
    scores = score(estimator, plan.judging)
    versions = registry.versions()
    before = None
    if versions:
        before = score(registry.load(versions[-1]).estimator, plan.judging)
    problems = objections(scores, before)
    if problems:
        raise RefusedError(problems)
    columns = dict(zip(FEATURES, plan.training.rows.T, strict=True))
    columns[PREDICTION] = estimator.predict_proba(plan.training.rows)[:, 1]
    card = Card(
        name=MODEL,
        version=(versions[-1] if versions else 0) + 1,
        created_at=datetime.now(UTC).replace(microsecond=0),
        algorithm=ALGORITHM,
        intended_use="Tells a depot which parcels will probably arrive late.",
        limits="Knows one carrier and one climate. Not for decisions about people.",
        features=FEATURES,
        threshold=0.5,
        # The registry puts in that of the file.
        sha256="0" * 64,
        scores=scores,
        training=Training(
            seed=plan.seed,
            rows=len(plan.training.rows),
            data_sha256=plan.training.sha256(),
            libraries=library_series(),
        ),
        reference={name: distribution(values) for name, values in columns.items()},
    )
    registry.add(estimator, card)
    return registry.card(card.version)
