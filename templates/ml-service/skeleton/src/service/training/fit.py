"""From cases to an estimator and its scores."""

from typing import Any

from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from service.models.card import Scores
from service.training.data import Cases

ALGORITHM = "Logistic regression on standardised features"


def fit(cases: Cases) -> Any:
    """Trains; the same cases give the same estimator."""
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(cases.rows, cases.late)


def score(estimator: Any, cases: Cases) -> Scores:
    """How well it does on cases that it has not seen."""
    probabilities = estimator.predict_proba(cases.rows)[:, 1]
    return Scores(
        roc_auc=round(float(roc_auc_score(cases.late, probabilities)), 4),
        brier=round(float(brier_score_loss(cases.late, probabilities)), 4),
    )
