"""The searching side of the port on a Whoosh index: notices new generations and answers from the newest."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from whoosh import index

from search.engines.answering import answer
from search.engines.suggesting import suggest
from search.engines.whoosh.reader import WhooshCollection
from search.engines.whoosh.store import Store
from search.ports import SearchRequest, SearchResult, Suggestion
from search.ranking import Weights
from search.vocabulary import Vocabulary


class WhooshSearcher:
    """Answers from the current generation; looks whether there is a newer one at every question (two system calls)."""

    def __init__(self, folder: Path, weights: Weights) -> None:
        self._store = Store(folder)
        self._weights = weights
        self._lock = Lock()
        self._open: tuple[str, WhooshCollection] | None = None

    @property
    def generation(self) -> str:
        """See ``ports.Searcher``."""
        folder = self._store.current()
        return f"{folder.name}-{self._store.commit(folder)}"

    def _collection(self) -> WhooshCollection:
        generation = self.generation
        with self._lock:
            if self._open is None or self._open[0] != generation:
                folder = self._store.current()
                self._store.check(folder)
                # The former collection is let go of, not closed: another thread may still be answering from it.
                self._open = (generation, WhooshCollection(index.open_dir(folder).reader(), folder, self._store.commit(folder)))
            return self._open[1]

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
