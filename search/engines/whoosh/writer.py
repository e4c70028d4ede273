"""The index in a folder as a whole; see ``ports.KeptIndex``.

Writes papers into the index: the writing side of the port.

New papers become segments that no commit names yet: the first ones here, and when there are many the others in processes of
their own. ``commit`` notes what is gone from the segments that were there, and names all of them at once. Only then are those
that are too many merged, which another commit names: few new papers are found soon, however large the segments are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.document import document_of
from search.engines.whoosh.storage.segment import LiveSegment
from search.engines.whoosh.storage.store import Contents, Store, clear, files_of, read_contents, write_contents
from search.engines.whoosh.writing.collecting import Collecting, Workers, merged, without
from search.engines.whoosh.writing.merging import to_merge
from search.ports import Made


@dataclass(frozen=True, slots=True)
class Effort:
    """What indexing may use: memory in megabytes, processes (0: one for each processor), and from how many papers on.

    Fewer than ``alone`` papers are indexed before other processes would have started.
    """

    memory_mb: int = 512
    processes: int = 0
    alone: int = 250

    @property
    def memory(self) -> int:
        """In bytes."""
        return self.memory_mb << 20

    @property
    def workers(self) -> int:
        """How many processes beside this one."""
        processes = self.processes or os.cpu_count() or 1
        return processes if processes > 1 else 0


USUAL = Effort()


class WhooshWriter:
    """Changes one generation; nothing is found before ``commit``, which ``after`` follows, and without it nothing has changed."""

    def __init__(
        self, store: Store, generation: Path, change: int, effort: Effort = USUAL, after: Callable[[], None] = lambda: None
    ) -> None:
        self._after = after
        self._store = store
        self._folder = generation
        self._change = change
        self._effort = effort
        self._before = read_contents(generation, store.commit(generation))
        clear(generation, self._before)
        self._segments = self._before.open(generation)
        self._here = Collecting(generation, effort.memory)
        self._workers: Workers | None = None
        self._taken = 0
        self._added: dict[str, tuple[Collecting | Workers, int]] = {}
        """Of each new paper who has it, and under which number."""
        self._gone: list[set[int]] = [set() for _ in self._segments]
        """The papers that go with this commit, by segment."""

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        """See ``ports.IndexWriter``."""
        for paper in papers:
            identifier = str(paper.identifier)
            self._take_out(identifier)
            collecting = self._collecting()
            self._added[identifier] = (collecting, collecting.add(document_of(paper)))
            self._taken += 1

    def _collecting(self) -> Collecting | Workers:
        """Who takes the next paper."""
        if self._taken < self._effort.alone or not self._effort.workers:
            return self._here
        if self._workers is None:
            self._here.spill()  # the memory is theirs now
            self._workers = Workers(self._folder, self._effort.memory, self._effort.workers)
        return self._workers

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        """See ``ports.IndexWriter``."""
        for identifier in identifiers:
            self._take_out(str(identifier))

    def _take_out(self, identifier: str) -> None:
        if identifier in self._added:
            collecting, number = self._added.pop(identifier)
            collecting.drop(number)
            return
        name = np.array([identifier.encode("utf-8", "surrogatepass")])
        for one, gone in zip(self._segments, self._gone, strict=True):
            doc = int(one.segment.find_papers(name)[0])
            if doc >= 0 and one.live[doc]:
                gone.add(doc)

    def up_to(self, change: int) -> None:
        """Say up to which change of the catalogue the index goes after the commit."""
        self._change = change

    def commit(self) -> None:
        """See ``ports.IndexWriter``."""
        try:
            segments = self._finished()
            self._name(segments)
            # Written after the commit: a kill between the two only makes the next run write the same papers once more.
            self._store.note(self._folder, self._change)
            self._after()
            while chosen := to_merge(segments):
                segments = [one for one in segments if one not in chosen] + merged(self._folder, chosen)
                self._name(segments)
            self._after()
        except BaseException:
            self.abort()
            raise

    def _name(self, segments: list[LiveSegment]) -> None:
        """Make these the segments of the last commit."""
        contents = Contents(self._before.number + 1, files_of(segments))
        write_contents(self._folder, contents, self._before)
        self._before = contents
        clear(self._folder, contents)

    def _finished(self) -> list[LiveSegment]:
        """The segments of the commit."""
        segments = [without(one, gone) for one, gone in zip(self._segments, self._gone, strict=True)]
        segments += self._here.close() + (self._workers.close() if self._workers else [])
        return [one for one in segments if one.papers]

    def abort(self) -> None:
        """Leave the index as it was, or as the last commit made it."""
        if self._workers:
            self._workers.abort()
        clear(self._folder, self._before)


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
