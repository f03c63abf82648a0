"""Makes the service for tests, with what it keeps."""

import httpx

from application import Application
from process import Process
from service.entries.store import EntryStore

__all__ = ["Process", "Service"]


class Service(Application):
    """An application that listens nowhere."""

    def __init__(self, store: EntryStore | None = None, **environment: str) -> None:
        super().__init__(environment, store=store)

    def add(self, key: str, text: str = "text") -> httpx.Response:
        """Creates an entry."""
        return self.post("/v1/entries", json={"key": key, "text": text})
