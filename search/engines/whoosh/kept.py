"""The index in a folder as a whole; see ``ports.KeptIndex``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from search.engines.whoosh.store import Store
from search.engines.whoosh.writer import USUAL, Effort, WhooshWriter
from search.ports import Made


class WhooshIndex:
    """The generations in a folder, written with an effort."""

    def __init__(self, folder: Path, effort: Effort = USUAL) -> None:
        self._store = Store(folder)
        self._effort = effort

    def made(self) -> Made:
        """See ``ports.KeptIndex``."""
        generation = self._store.current()
        made_by = self._store.check(generation)
        moment = self._store.committed(generation, self._store.commit(generation))
        return Made(made_by.schema, made_by.analysis, made_by.change, datetime.fromtimestamp(moment / 1e9, UTC))

    def clear(self) -> None:
        """See ``ports.KeptIndex``."""
        self._store.clear()

    def changing(self) -> WhooshWriter:
        """See ``ports.KeptIndex``."""
        generation = self._store.current()
        return WhooshWriter(self._store, generation, self._store.check(generation).change, self._effort)

    def anew(self) -> WhooshWriter:
        """See ``ports.KeptIndex``."""
        generation = self._store.new_generation()
        return WhooshWriter(self._store, generation, 0, self._effort, after=lambda: self._store.swap(generation))
