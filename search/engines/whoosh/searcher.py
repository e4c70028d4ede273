"""The searching side of the port on a Whoosh index: notices new generations and answers from the newest.

Completions of what is being typed: dossiers by number or title, persons, and terms of the collection.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np

from indexer.errors import IndexMissing, IndexOutdated
from search.engines.whoosh.searching.answering import answer
from search.engines.whoosh.searching.postings import Collection
from search.engines.whoosh.searching.reader import WhooshCollection
from search.engines.whoosh.storage.columnfile import REBUILD
from search.engines.whoosh.storage.segment import LiveSegment
from search.engines.whoosh.storage.store import Store, read_contents
from search.plan import Weights
from search.ports import SearchRequest, SearchResult, Suggestion
from search.values import folded
from search.vocabulary import Vocabulary

_MIN_PREFIX = 2


def suggest(collection: Collection, prefix: str, limit: int) -> list[Suggestion]:
    """See ``ports.Searcher.suggest``."""
    start = folded(prefix)
    if len(start) < _MIN_PREFIX or limit <= 0:
        return []
    found = _dossiers(collection, start) + _persons(collection, start)
    found.sort(key=lambda s: (-s.count, s.text))
    return (found[: max(limit // 2, 1)] + _terms(collection, start, limit))[:limit]


def _dossiers(collection: Collection, start: str) -> list[Suggestion]:
    column = collection.column("dossier")
    counts = column.counts(np.flatnonzero(collection.live))
    digits = start.replace(" ", "")
    return [
        Suggestion("dossier", f"dossier:{value}", value if label == value else f"{value} {label}", int(count))
        for value, label, count in zip(column.values, column.labels, counts.tolist(), strict=True)
        if count and (folded(value).startswith(digits) or folded(label).startswith(start))
    ]


def _persons(collection: Collection, start: str) -> list[Suggestion]:
    column = collection.column("minister")
    counts = column.counts(np.flatnonzero(collection.live))
    return [
        Suggestion("person", f'minister:"{value}"', value, int(count))
        for value, count in zip(column.values, counts.tolist(), strict=True)
        if count and any(part.startswith(start) for part in _starts(folded(value)))
    ]


def _starts(name: str) -> list[str]:
    """A name from each of its words on: "van Rij" is found by "van" and by "rij"."""
    words = name.split()
    return [" ".join(words[i:]) for i in range(len(words))]


def _terms(collection: Collection, start: str, limit: int) -> list[Suggestion]:
    words = collection.vocabulary.beginning(start)
    counts = np.array([collection.vocabulary.count(word) for word in words])
    order = np.argsort(-counts, kind="stable")[:limit].tolist() if words else []
    return [Suggestion("term", words[i], words[i], int(counts[i])) for i in order]


_T = TypeVar("_T")

_TRIES = 5
"""Times to look when the index is swapped or written to just while it is being opened."""


class WhooshSearcher:
    """Answers from the current generation; looks at every question whether there is a newer one (three system calls)."""

    def __init__(self, folder: Path, weights: Weights) -> None:
        self._store = Store(folder)
        self._weights = weights
        self._lock = Lock()
        self._open: tuple[str, WhooshCollection] | None = None
        self._segments: list[LiveSegment] = []

    @property
    def generation(self) -> str:
        """See ``ports.Searcher``."""
        return self._again(self._name)

    def _name(self) -> str:
        """Folder, commit and its moment: an index that was thrown away and made anew has the same numbers."""
        folder = self._store.current()
        commit = self._store.commit(folder)
        return f"{folder.name}-{commit}-{self._store.committed(folder, commit):x}"

    def _collection(self) -> WhooshCollection:
        return self._again(self._newest)

    def _newest(self) -> WhooshCollection:
        with self._lock:
            name = self._name()
            if self._open is None or self._open[0] != name:
                folder = self._store.current()
                self._store.check(folder)
                contents = read_contents(folder, self._store.commit(folder))
                # The former collection is let go of, not closed: another thread may still be answering from it.
                # What a small commit leaves as it was stays open.
                self._segments = contents.open(folder, self._segments)
                self._open = (name, WhooshCollection(self._segments))
            return self._open[1]

    def _again(self, look: Callable[[], _T]) -> _T:
        """What ``look`` gives; it may find files gone that a writer is just replacing, and then looks once more."""
        for _ in range(_TRIES):
            current = self._store.current()
            try:
                return look()
            except FileNotFoundError:
                continue
            except (OSError, IndexMissing, IndexOutdated) as error:
                if self._store.current() != current:
                    continue
                if isinstance(error, IndexMissing | IndexOutdated):
                    raise
                raise IndexOutdated(f"{current}: the index cannot be read: {error}; {REBUILD}") from error
        raise IndexMissing(f"{self._store.folder}: the index is not whole; {REBUILD}")

    @property
    def vocabulary(self) -> Vocabulary:
        """See ``ports.Searcher``."""
        return self._collection().vocabulary

    def search(self, request: SearchRequest) -> SearchResult:
        """See ``ports.Searcher``."""
        return answer(self._collection(), request, self._weights)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """See ``ports.Searcher``."""
        return suggest(self._collection(), prefix, limit)
