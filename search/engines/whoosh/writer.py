"""Writes papers into the index. The writer is a writer of Whoosh and also the writing side of the port.

New papers become segments that no commit names yet. The first papers are indexed in this process; when there are many, further
processes index the rest (``writing``). ``commit`` writes notes of the papers that were deleted from existing segments, and then
names all segments in one commit. Segments of which there are too many are merged only after that, and another commit names the
merged ones. So a few new papers are found soon, however large the segments are. ``cancel`` leaves the index as it was.

The format of segments and commits is described in ``storage``.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
from whoosh.index import LockError
from whoosh.writing import IndexingError, IndexWriter

from indexer.catalogue.history import Moment
from indexer.durable import make_folder, settle_all
from indexer.errors import ArchiveError, BusyError
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.document import document_of
from search.engines.whoosh.reader import PaperReader
from search.engines.whoosh.schema import document_from_fields, schema
from search.engines.whoosh.searching.arrays import SegmentArrays
from search.engines.whoosh.storage.segment import LiveSegment
from search.engines.whoosh.storage.store import Contents, Store, clear, files_of, read_contents, telling, write_contents
from search.engines.whoosh.writing.collecting import Collecting, Workers, merged, without
from search.engines.whoosh.writing.merging import to_merge


@dataclass(frozen=True, slots=True)
class Effort:
    """What indexing may use.

    ``memory_mb`` is the memory in megabytes, and ``processes`` the number of processes (0: one for each processor). The first
    ``alone`` papers are indexed in this process, because other processes would start too late to help with so few. Where it is
    known that more will come, the others do it all: then this process need not read the dictionary too.
    """

    memory_mb: int = 512
    processes: int = 0
    alone: int = 250

    @property
    def memory(self) -> int:
        """The memory in bytes."""
        return self.memory_mb << 20

    @property
    def workers(self) -> int:
        """The number of processes beside this one."""
        processes = self.processes or os.cpu_count() or 1
        return processes if processes > 1 else 0

    def for_papers(self, expected: int) -> Effort:
        """The same when about so many papers will come."""
        return replace(self, alone=0) if expected > self.alone else self


USUAL = Effort()


class IndexLocked(BusyError, LockError):  # type: ignore[misc] # whoosh is untyped
    """Another writer of the index is open."""


class WhooshWriter(IndexWriter):  # type: ignore[misc] # whoosh is untyped
    """Changes one generation. Without ``commit`` nothing changes.

    ``commit`` calls ``after`` when it has written the papers, and again when it has merged segments.

    Only one writer may be open at a time; it is closed by ``commit`` and by ``cancel``, and cannot be used after.

    ``add_document``, ``update_document``, ``delete_by_term``, ``delete_by_query``, ``commit`` and ``cancel`` are Whoosh's
    methods. ``replace``, ``remove``, ``up_to`` and ``abort`` are those of the port, and use them.
    """

    def __init__(
        self,
        store: Store,
        generation: Path,
        effort: Effort = USUAL,
        after: Callable[[], None] = lambda: None,
        lock: int | None = None,
    ) -> None:
        self._lock = finalize(self, os.close, _locked(store.folder) if lock is None else lock)
        try:
            self.schema = schema()
            self._after = after
            self._store = store
            self._folder = generation
            self._effort = effort
            self._before = read_contents(generation, store.commit(generation))
            clear(generation, self._before)
            self._moment = self._before.moment
            self._segments = self._before.open(generation)
            self._here = Collecting(generation, effort.memory)
        except BaseException:
            self._lock()
            raise
        self._workers: Workers | None = None
        self._taken = 0
        self._added: dict[str, tuple[Collecting | Workers, int]] = {}
        """For each new paper who has collected it, and under which number."""
        self._gone: list[set[int]] = [set() for _ in self._segments]
        """For each segment the papers that this commit deletes."""

    @classmethod
    def anew(cls, store: Store, effort: Effort = USUAL) -> WhooshWriter:
        """A writer of another generation, which its commit puts in the place of the one in use.

        Raises:
            IndexLocked: another writer is open.
        """
        lock = _locked(store.folder)
        try:
            generation = store.new_generation()
        except BaseException:
            os.close(lock)
            raise
        return cls(store, generation, effort, lambda: store.swap(generation), lock)

    # Whoosh's interface

    def reader(self) -> PaperReader:
        """A reader of the papers as they were before this writer."""
        return PaperReader(SegmentArrays(self._segments), self.schema, str(self._before.number))

    def add_document(self, **fields: Any) -> None:  # Whoosh's way of naming fields
        """Add a paper, given by its fields or as a whole in ``document`` (``schema.document_from_fields``).

        There is one paper of an identifier, so this deletes the former one, even one that is not committed yet.

        Raises:
            ValueError: papers have no such field, or this paper has no identifier.
            IndexingError: the writer is closed.
        """
        document = document_from_fields(fields)
        self._take_out(document.identifier)
        with telling(self._folder):
            collecting = self._collecting()
            self._added[document.identifier] = (collecting, collecting.add(document))
        self._taken += 1

    def update_document(self, **fields: Any) -> None:  # Whoosh's way of naming fields
        """The same as ``add_document``."""
        self.add_document(**fields)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete the paper with this number.

        Raises:
            NotImplementedError: a deleted paper cannot be brought back.
            IndexingError: there is no such number, or the writer is closed.
        """
        self._check_open()
        if not delete:
            raise NotImplementedError("a paper that is gone cannot be brought back; add it again")
        left = docnum
        for one, gone in zip(self._segments, self._gone, strict=True):
            if 0 <= left < one.segment.papers:
                gone.add(left)
                return
            left -= one.segment.papers
        raise IndexingError(f"no paper has the number {docnum}")

    def add_field(self, fieldname: str, fieldtype: object, **options: object) -> None:
        """Fields are declared elsewhere.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(f"{fieldname}: fields are declared in search/fields.py, and an index is then made anew")

    def remove_field(self, fieldname: str, **options: object) -> None:
        """Fields are declared elsewhere.

        Raises:
            NotImplementedError: always.
        """
        self.add_field(fieldname, None)

    def cancel(self) -> None:
        """Discard all changes and close the writer; a writer that is closed already stays as it is."""
        if not self._lock.alive:
            return
        try:
            if self._workers:
                self._workers.abort()
            self._store.clear()
        finally:
            self._lock()

    def _check_open(self) -> None:
        if not self._lock.alive:
            raise IndexingError("this writer is closed; ask the index for another")

    # The port's interface

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        """Add papers. A paper that is there already, under the same identifier, is replaced."""
        for paper in papers:
            self.add_document(document=document_of(paper))

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        """Delete papers. Identifiers that are not in the index are ignored."""
        for identifier in identifiers:
            self._take_out(str(identifier))

    def up_to(self, moment: Moment) -> None:
        """Set the moment in the history of the catalogue up to which the index goes after the commit."""
        self._moment = moment

    def abort(self) -> None:
        """``cancel`` under the port's name."""
        self.cancel()

    # Both

    def _collecting(self) -> Collecting | Workers:
        """The collector of the next paper: this process or the workers."""
        if self._taken < self._effort.alone or not self._effort.workers:
            return self._here
        if self._workers is None:
            self._here.spill()  # the workers get the memory
            self._workers = Workers(self._folder, self._effort.memory, self._effort.workers)
        return self._workers

    def _take_out(self, identifier: str) -> None:
        self._check_open()
        if identifier in self._added:
            collecting, number = self._added.pop(identifier)
            collecting.drop(number)
            return
        name = np.array([identifier.encode("utf-8", "surrogatepass")])
        for one, gone in zip(self._segments, self._gone, strict=True):
            doc = int(one.segment.find_papers(name)[0])
            if doc >= 0 and one.live[doc]:
                gone.add(doc)

    def commit(self, *, merge: bool = True, optimize: bool = False) -> None:
        """Make all changes visible at once, merge segments that are too many, and close the writer.

        Without ``merge`` no segments are merged; with ``optimize`` all of them are, into one.

        Raises:
            IndexingError: the writer is closed.
            ArchiveError: the folder cannot be written.
        """
        self._check_open()
        try:
            with telling(self._folder):
                self._commit(merge=merge, optimize=optimize)
        except BaseException:
            self.cancel()
            raise
        self._lock()

    def _commit(self, *, merge: bool, optimize: bool) -> None:
        segments = self._finished()
        self._name(segments)
        self._after()
        while chosen := self._to_merge(segments, merge=merge, optimize=optimize):
            segments = [one for one in segments if one not in chosen] + merged(self._folder, chosen)
            self._name(segments)
        self._after()

    def _to_merge(self, segments: list[LiveSegment], *, merge: bool, optimize: bool) -> list[LiveSegment]:
        """The segments to merge next."""
        if optimize:
            return segments if len(segments) > 1 or any(one.papers < one.segment.papers for one in segments) else []
        return to_merge(segments) if merge else []

    def _name(self, segments: list[LiveSegment]) -> None:
        """Make a commit that consists of these segments."""
        papers = sum(one.papers for one in segments)
        contents = Contents(self._before.number + 1, files_of(segments), papers, self._moment)
        write_contents(self._folder, contents, self._before)
        self._before = contents
        clear(self._folder, contents)

    def _finished(self) -> list[LiveSegment]:
        """Finish the segments of the commit."""
        segments = [without(one, gone) for one, gone in zip(self._segments, self._gone, strict=True)]
        segments += self._here.close() + (self._workers.close() if self._workers else [])
        return [one for one in segments if one.papers]


def _locked(folder: Path) -> int:
    """Hold the lock of the writers of an index; the kernel lets it go with the process, however that ends.

    Raises:
        IndexLocked: another writer holds it.
        ArchiveError: the folder cannot be made or opened.
    """
    try:
        settle_all(make_folder(folder))
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise ArchiveError(f"{folder}: the index cannot be written: {error.strerror or error}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise IndexLocked(f"{folder}: another writer is open; wait until it is done") from error
    return handle
