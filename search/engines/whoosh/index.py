"""The index in a folder, as an index of Whoosh that opens readers, searchers and writers.

    WhooshIndex(Path("data/index")).searcher().search(query)

A reader or searcher sees the last commit of the generation in use. It keeps seeing that commit, whatever is written in the
meantime; ``Searcher.refresh`` returns a searcher on the newest. ``WhooshIndex`` also implements the port's ``KeptIndex``: it
tells what made the index and starts updates and rebuilds. Files and links are the work of ``storage.store``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
from whoosh.index import Index
from whoosh.scoring import WeightingModel
from whoosh.searching import Searcher

from indexer.errors import IndexDamaged, IndexMissing, IndexOutdated
from search.document import SearchDocument
from search.engines.whoosh.checking import faults_of
from search.engines.whoosh.query import Ranking
from search.engines.whoosh.reader import PaperReader
from search.engines.whoosh.schema import schema
from search.engines.whoosh.searching.arrays import SegmentArrays
from search.engines.whoosh.storage.columnfile import REBUILD
from search.engines.whoosh.storage.segment import LiveSegment
from search.engines.whoosh.storage.store import Store, last_commit, read_contents
from search.engines.whoosh.writer import USUAL, Effort, WhooshWriter
from search.plan import Weights
from search.ports import Made

_T = TypeVar("_T")

_TRIES = 5
"""How often to try when the index is replaced or written to while it is being opened."""


class WhooshIndex(Index):  # type: ignore[misc] # whoosh is untyped
    """The index in a folder. ``effort`` is what its writers may use."""

    def __init__(self, folder: Path, effort: Effort = USUAL) -> None:
        self.schema = schema()
        self._store = Store(folder)
        self._effort = effort

    # Whoosh's interface

    def latest_generation(self) -> str:
        """The name of the newest commit. Every commit has another name.

        Raises:
            IndexMissing: there is no index.
        """
        return self._again(self._name)

    def _name(self) -> str:
        """The name of a commit: its folder, its number and its time.

        The time is needed because an index that was deleted and made again has the same folders and numbers.
        """
        folder = self._store.current()
        commit = self._store.commit(folder)
        return f"{folder.name}-{commit}-{self._store.committed(folder, commit):x}"

    def up_to_date(self) -> bool:
        """Always True: the index itself is always up to date, although its readers may not be."""
        return True

    def is_empty(self) -> bool:
        """Whether there are no papers."""
        return bool(self.doc_count() == 0)

    def reader(self, reuse: PaperReader | None = None) -> PaperReader:
        """A reader of the newest commit. Segments that ``reuse`` has open are not opened again.

        Raises:
            IndexMissing: there is no index.
            IndexOutdated: another version of this program made it.
            IndexDamaged: a file is not as it was written.
        """
        return self._again(lambda: self._open(reuse.arrays.segments if reuse is not None else ()))

    def _open(self, known: tuple[LiveSegment, ...]) -> PaperReader:
        name = self._name()
        folder = self._store.current()
        self._store.check(folder)
        segments = read_contents(folder, self._store.commit(folder)).open(folder, known)
        return PaperReader(SegmentArrays(segments), self.schema, name)

    def _again(self, look: Callable[[], _T]) -> _T:
        """The result of ``look``, which is called again when it misses files that a writer is just replacing."""
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
        raise IndexDamaged(f"{self._store.folder}: the index is not whole, a file of it is gone; {REBUILD}")

    def searcher(self, weighting: WeightingModel | None = None) -> Searcher:
        """A searcher of Whoosh on the newest commit. It ranks as the project does, unless another weighting is given."""
        return Searcher(self.reader(), weighting=weighting or Ranking(Weights()), fromindex=self)

    def writer(self, procs: int = 1, limitmb: int = 512) -> WhooshWriter:
        """A writer of the generation in use, with so many processes and so many megabytes of memory.

        Raises:
            IndexLocked: another writer is open.
            IndexMissing: there is no index.
            IndexOutdated: another version of this program made it.
        """
        return self._writer(Effort(limitmb, procs))

    def _writer(self, effort: Effort) -> WhooshWriter:
        generation = self._store.current()
        self._store.check(generation)
        return WhooshWriter(self._store, generation, effort)

    # The port's interface

    def made(self) -> Made:
        """What made the generation in use, and when."""
        return self._again(self._made)

    def _made(self) -> Made:
        generation = self._store.current()
        made_by, commit = self._store.check(generation), self._store.commit(generation)
        committed = datetime.fromtimestamp(self._store.committed(generation, commit) / 1e9, UTC)
        return Made(made_by.schema, made_by.analysis, read_contents(generation, commit).moment, committed)

    def count(self) -> int | None:
        """How many papers the generation in use has, whichever version made it; None when that cannot be told."""
        try:
            generation = self._store.current()
        except IndexMissing:
            return 0
        except IndexOutdated:
            return None
        try:
            return read_contents(generation, last_commit(generation)).papers
        except (IndexMissing, IndexOutdated, OSError):
            return None

    def verify(self) -> None:
        """Compare every file of the newest commit with its checksums."""
        self._again(self._verified)

    def _verified(self) -> None:
        generation = self._store.current()
        self._store.check(generation)
        for one in read_contents(generation, self._store.commit(generation)).open(generation):
            one.verify()

    def faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong with the files of the newest commit."""
        yield from self._again(self._faults)

    def _faults(self) -> list[tuple[str, str]]:
        generation = self._store.current()
        self._store.check(generation)
        contents = read_contents(generation, self._store.commit(generation))
        return [(str(file), fault) for file, fault in faults_of(generation, contents)]

    def documents(self) -> Iterator[tuple[str, SearchDocument | None]]:
        """The papers of the newest commit, as they are stored."""
        arrays = self.reader().arrays
        for doc in np.flatnonzero(arrays.live).tolist():
            yield arrays.identifiers[doc].decode(), arrays.document(doc)

    def clear(self) -> None:
        """Remove what earlier writers left unfinished."""
        self._store.clear()

    def changing(self, expected: int = 0) -> WhooshWriter:
        """A writer of the generation in use, with the effort of this index."""
        return self._writer(self._effort.for_papers(expected))

    def anew(self, expected: int = 0) -> WhooshWriter:
        """A writer of another generation, which its commit puts in the place of the one in use."""
        return WhooshWriter.anew(self._store, self._effort.for_papers(expected))
