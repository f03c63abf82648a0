"""What travels, as the API document says; a test holds both together."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500, strict=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewEntry(_Strict):
    """What a caller sends."""

    key: Key
    text: Text


class Entry(_Strict):
    """What is kept."""

    key: Key
    text: Text
    createdAt: datetime  # noqa: N815 - as the API document writes it
    createdBy: str  # noqa: N815


class EntryPage(_Strict):
    """One page of entries."""

    items: list[Entry]
    nextCursor: str | None = None  # noqa: N815


class PageQuery(_Strict):
    """What may stand in the query of a list."""

    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, min_length=1, max_length=200)
