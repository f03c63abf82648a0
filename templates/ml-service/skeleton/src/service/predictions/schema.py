"""What travels, as the API document says; a test holds both together."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Parcel(_Strict):
    """One case: its fields are the features, in the order that models take them."""

    # Kilometres from the depot to the door.
    distance: float = Field(ge=0, le=2000, allow_inf_nan=False)
    # Kilograms.
    weight: float = Field(ge=0, le=100, allow_inf_nan=False)
    # Deliveries before this one on the tour.
    stops: int = Field(ge=0, le=200)
    # Millimetres of rain that are forecast for the day.
    rain: float = Field(ge=0, le=300, allow_inf_nan=False)


FEATURES = list(Parcel.model_fields)


class Question(_Strict):
    """What a caller sends."""

    parcels: Annotated[list[Parcel], Field(min_length=1, max_length=100)]


class ModelReference(_Strict):
    """Which model answered."""

    name: str
    version: int


class Prediction(_Strict):
    """The answer for one parcel."""

    probability: float = Field(ge=0, le=1)
    late: bool


class Answer(_Strict):
    """Predictions in the order of the parcels."""

    model: ModelReference
    predictions: list[Prediction]


Outcome = Literal["late", "on_time"]
