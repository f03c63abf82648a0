"""The operations on entries."""

import base64
import binascii
import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response

from service.entries.models import Entry, EntryPage, Key, NewEntry, PageQuery
from service.entries.store import EntryStore
from service.flags import ACCEPT_ENTRIES

_KEY = re.compile(r"[a-z0-9-]+")


def _json_only(request: Request) -> None:
    media, _, _ = request.headers.get("content-type", "").partition(";")
    if media.strip().lower() != "application/json":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json")


def _read_cursor(cursor: str | None) -> str:
    if cursor is None:
        return ""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, UnicodeError):
        key = ""
    if not _KEY.fullmatch(key):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "The cursor is not one that this API gave")
    return key


def _write_cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode("ascii")).decode("ascii").rstrip("=")


def entry_routes(store: EntryStore) -> APIRouter:
    """Routes over a store; the names of the functions do not matter, their ids do."""
    router = APIRouter(prefix="/v1/entries", tags=["entries"])
    key_path = Annotated[Key, Path()]

    @router.get("", operation_id="listEntries", response_model_exclude_none=True)
    async def list_entries(query: Annotated[PageQuery, Query()]) -> EntryPage:
        # One more than asked for tells whether there is a next page.
        found = await store.list(after=_read_cursor(query.cursor), limit=query.limit + 1)
        items = found[: query.limit]
        more = len(found) > query.limit
        return EntryPage(items=items, nextCursor=_write_cursor(items[-1].key) if more else None)

    @router.post(
        "",
        operation_id="createEntry",
        status_code=HTTPStatus.CREATED,
        dependencies=[Depends(_json_only)],
    )
    async def create_entry(new: NewEntry, request: Request, response: Response) -> Entry:
        caller = getattr(request.state, "caller", "anonymous")
        if not ACCEPT_ENTRIES.is_on(caller):
            raise HTTPException(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "No entries are accepted at the moment",
                headers={"retry-after": "60"},
            )
        entry = Entry(key=new.key, text=new.text, createdAt=datetime.now(UTC), createdBy=caller)
        if not await store.add(entry):
            raise HTTPException(HTTPStatus.CONFLICT, f"There is already an entry {new.key}")
        response.headers["location"] = f"/v1/entries/{new.key}"
        return entry

    @router.get("/{key}", operation_id="getEntry")
    async def get_entry(key: key_path) -> Entry:
        entry = await store.get(key)
        if entry is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no entry {key}")
        return entry

    @router.delete("/{key}", operation_id="deleteEntry", status_code=HTTPStatus.NO_CONTENT)
    async def delete_entry(key: key_path) -> None:
        if not await store.remove(key):
            raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no entry {key}")

    return router
