"""What a model has to reach before it may be served."""

from service.models.card import Scores

LEAST_ROC_AUC = 0.75
MOST_BRIER = 0.18
# How much worse than the version before it a new one may be, which is chance.
SLACK = 0.01


def objections(scores: Scores, before: Scores | None = None) -> list[str]:
    """Why a model may not be served; empty when it may.

    Both are to be scored on the same cases.
    """
    found = []
    if scores.roc_auc < LEAST_ROC_AUC:
        found.append(f"ROC AUC {scores.roc_auc} is below {LEAST_ROC_AUC}")
    if scores.brier > MOST_BRIER:
        found.append(f"Brier score {scores.brier} is above {MOST_BRIER}")
    if before and scores.roc_auc < before.roc_auc - SLACK:
        found.append(f"ROC AUC {scores.roc_auc} is worse than {before.roc_auc} of the one before")
    if before and scores.brier > before.brier + SLACK:
        found.append(f"Brier score {scores.brier} is worse than {before.brier} of the one before")
    return found
