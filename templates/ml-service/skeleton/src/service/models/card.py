"""What is known of a model: it stands beside the model's file, and is never changed."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class _Described(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        validate_by_name=True,
        serialize_by_alias=True,
    )


class Scores(_Described):
    """How well a model predicts what it was not trained on."""

    # The share of pairs that are put in the right order: 0.5 is guessing, 1 perfect.
    roc_auc: float = Field(ge=0, le=1)
    # The mean squared error of the probabilities: 0 is perfect.
    brier: float = Field(ge=0, le=1)


class Distribution(_Described):
    """How often the values of one variable fell between some edges."""

    edges: list[float]
    # One more than edges; they add up to 1.
    shares: list[float]


class ModelCard(_Described):
    """What callers may know."""

    name: str
    version: int = Field(ge=1)
    created_at: datetime
    algorithm: str
    intended_use: str
    limits: str
    features: list[str]
    # From this probability on the answer is yes.
    threshold: float = Field(ge=0, le=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    scores: Scores


class Training(_Described):
    """What is needed to train the same model again."""

    seed: int
    rows: int
    data_sha256: str
    libraries: dict[str, str]


class Card(ModelCard):
    """Everything, as it is kept."""

    training: Training
    # Of each feature, and of the prediction, in the data it was trained on.
    reference: dict[str, Distribution]
