"""Where entries are kept."""

from typing import Protocol

from service.entries.models import Entry


class EntryStore(Protocol):
    """What the routes need; a database fits behind it as well."""

    async def add(self, entry: Entry) -> bool:
        """Returns False, and changes nothing, when the key is taken."""

    async def get(self, key: str) -> Entry | None:
        """Returns None when there is nothing under the key."""

    async def remove(self, key: str) -> bool:
        """Returns False when there was nothing under the key."""

    async def list(self, *, after: str, limit: int) -> list[Entry]:
        """Up to `limit` entries in the order of their keys, all after `after`."""


class MemoryEntryStore:
    """Lives and ends with the process, and is not shared between replicas."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    async def add(self, entry: Entry) -> bool:
        """Keeps a new entry."""
        if entry.key in self._entries:
            return False
        self._entries[entry.key] = entry
        return True

    async def get(self, key: str) -> Entry | None:
        """Reads one."""
        return self._entries.get(key)

    async def remove(self, key: str) -> bool:
        """Forgets one."""
        return self._entries.pop(key, None) is not None

    async def list(self, *, after: str, limit: int) -> list[Entry]:
        """Reads one page."""
        keys = sorted(key for key in self._entries if key > after)
        return [self._entries[key] for key in keys[:limit]]
