"""Collects new papers into segments within a bound on memory, in this process (``Collecting``) or in several (``Workers``).

``Collecting`` inverts papers in memory. When the bound is reached, it writes them into a file and starts again (a spill); at the
end it merges these files into one segment.

``Workers`` runs a ``Collecting`` in each of several processes. Batches of papers go through a pipe to the worker with the fewest
unanswered batches. A thread for each pipe does the sending, so a worker that has no time to read does not keep the others
waiting. A worker makes one segment and reports its files when it is asked to finish. A worker ends by itself when the process
that started it has ended, however that happened. Workers are spawned and not forked, so they inherit nothing that the first
process has open.

The segments that are made here belong to no commit until ``storage.store`` writes a table of contents that names them.
"""

from __future__ import annotations

import ctypes
import gc
import pickle
import signal
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from indexer.errors import ArchiveError
from search.analysis.chain import forget
from search.document import SearchDocument, document_from, document_values, occurrences, read_document, terms_of
from search.engines.whoosh.storage.dictionary import term_bytes
from search.engines.whoosh.storage.narrow import Numbers
from search.engines.whoosh.storage.segment import CITED, LiveSegment, Segment, write_note
from search.engines.whoosh.storage.store import GONE, SEGMENT, Files, files_of, open_files
from search.engines.whoosh.writing.inverting import Inverter
from search.engines.whoosh.writing.merging import merge

_WRITING = 80 << 20
"""The memory in bytes that sorting and writing the gathered papers takes."""


@dataclass(frozen=True, slots=True)
class _Spilled:
    """A segment file that was spilled.

    ``starts_at`` is the number of its first paper. ``docs`` holds, for each paper from there on, its number in the file. ``gone``
    holds the numbers in the file of the papers that were taken out after the spill.
    """

    file: Path
    starts_at: int
    docs: Numbers
    gone: set[int] = field(default_factory=set)


class Collecting:
    """Collects papers into one segment in a folder; ``memory`` is the bound in bytes."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._gathered = max(memory - _WRITING, memory // 2)
        self._inverter = Inverter()
        self._starts_at = 0
        self._spilled: list[_Spilled] = []

    def add(self, document: SearchDocument) -> int:
        """Take a paper and return its number, counted from 0."""
        number = self._starts_at + self._inverter.add(document)
        if self._inverter.needed > self._gathered:
            self.spill()
        return number

    def drop(self, number: int) -> None:
        """Take the paper with this number out again."""
        if number >= self._starts_at:
            self._inverter.drop(number - self._starts_at)
        else:
            spilled = self._spilled[bisect_right(self._spilled, number, key=lambda spilled: spilled.starts_at) - 1]
            spilled.gone.add(int(spilled.docs[number - spilled.starts_at]))

    def spill(self) -> None:
        """Write the papers in memory into a file and free their memory."""
        file = new_file(self._folder, SEGMENT)
        if self._inverter.write(file):
            self._spilled.append(_Spilled(file, self._starts_at, np.cumsum(self._inverter.kept) - 1))
        self._starts_at += len(self._inverter)
        self._inverter = Inverter()
        _give_back()

    def close(self) -> list[LiveSegment]:
        """Write the papers as one segment; the list is empty when there are no papers."""
        self.spill()
        if len(self._spilled) > 1:  # merging needs the memory
            forget()
            _give_back()
        spilled = [without(LiveSegment(Segment(one.file), None), one.gone) for one in self._spilled]
        if len(spilled) == 1 and spilled[0].papers:
            return spilled
        segments = merged(self._folder, spilled)
        for one in spilled:  # no commit names these files
            for file in filter(None, (one.segment.columns.file, one.note)):
                file.unlink()
        return segments


def merged(folder: Path, segments: list[LiveSegment]) -> list[LiveSegment]:
    """Merge segments into one; the list is empty when no papers are left."""
    file = new_file(folder, SEGMENT)
    return [LiveSegment(Segment(file), None)] if merge(segments, file) else []


def without(one: LiveSegment, gone: set[int]) -> LiveSegment:
    """A segment without these papers as well. A new note lists them, together with those that were deleted before."""
    if not gone:
        return one
    missed = Counter(dict(zip(one.missed_terms.tolist(), one.missed.tolist(), strict=True)))
    for doc in gone:
        document = read_document(one.segment.document(doc))
        terms = terms_of(occurrences(document)) | {CITED + target for target in document.cites}
        missed.update(one.segment.find(term_bytes(term)) for term in terms)
    papers = sorted({*one.gone.tolist(), *gone})
    terms_in_order = sorted(missed)
    note = new_file(one.segment.columns.file.parent, GONE)
    write_note(note, np.array(papers), np.array(terms_in_order), np.array([missed[term] for term in terms_in_order]))
    return LiveSegment(one.segment, note)


def _give_back() -> None:
    """Return free memory to the system. The allocator would keep it by itself, and a little more after each spill."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only glibc has it
    if trim:
        trim(0)


def new_file(folder: Path, suffix: str) -> Path:
    """The path of a new file with a name that no other file has."""
    return folder / f"{uuid4().hex[:12]}{suffix}"


_BATCH = 16
"""The number of papers that are sent together."""
_WAITING = 2
"""The number of unanswered batches that a worker may have, so that the next one is always there when it needs it."""


@dataclass(frozen=True, slots=True)
class _Finish:
    """Tells a worker that no more papers will come, and which of its papers are to be taken out again."""

    dropped: tuple[int, ...]


@dataclass(slots=True)
class _Worker:
    """A process that collects papers.

    ``papers`` is the number of papers that were sent to it, and ``waiting`` the number of batches that it has not answered yet.
    """

    process: BaseProcess
    pipe: Connection
    sending: ThreadPoolExecutor
    papers: int = 0
    waiting: int = 0


class Workers:
    """Processes that collect papers.

    All together they may use ``memory`` bytes for papers. Each process takes some 200 MB beside that, half of it for stems and
    terms that are remembered.
    """

    def __init__(self, folder: Path, memory: int, processes: int) -> None:
        self._folder = folder
        self._workers = [_started(folder, memory // processes) for _ in range(processes)]
        self._batch: list[list[Any]] = []
        """The papers of the next batch, as plain values, which take a quarter of the time to send."""
        self._sent: list[tuple[int, int]] = []
        """For each batch the worker that it was sent to, and how many papers were sent to that worker before."""
        self._dropped: list[int] = []

    def add(self, document: SearchDocument) -> int:
        """Take a paper and return its number, counted from 0."""
        number = len(self._sent) * _BATCH + len(self._batch)
        self._batch.append(document_values(document))
        if len(self._batch) == _BATCH:
            self._send()
        return number

    def drop(self, number: int) -> None:
        """Take the paper with this number out again."""
        self._dropped.append(number)

    def _send(self) -> None:
        self._listen(0)
        while (chosen := min(self._workers, key=lambda worker: worker.waiting)).waiting >= _WAITING:
            self._listen(None)
        self._sent.append((self._workers.index(chosen), chosen.papers))
        chosen.papers += len(self._batch)
        chosen.waiting += 1
        self._tell(chosen, self._batch)
        self._batch = []

    def _listen(self, seconds: float | None) -> None:
        """Receive the answers of workers that finished a batch. Wait up to ``seconds`` for the first answer (None: without
        limit).
        """
        for pipe in wait([worker.pipe for worker in self._workers], seconds):
            worker = next(worker for worker in self._workers if worker.pipe is pipe)
            self._hear(worker)
            worker.waiting -= 1

    def _tell(self, worker: _Worker, message: object) -> None:
        """Queue a message for a worker. If the worker has ended, the next ``_hear`` of this worker raises the reason."""
        worker.sending.submit(worker.pipe.send_bytes, pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def _hear(self, worker: _Worker) -> Files:
        try:
            said: Files | BaseException = worker.pipe.recv()
        except (EOFError, OSError) as error:
            raise ArchiveError(f"{self._folder}: a process that was indexing has ended; index again") from error
        if isinstance(said, BaseException):
            raise said
        return said

    def close(self) -> list[LiveSegment]:
        """Have everything written and return the segments."""
        if self._batch:
            self._send()
        for i, worker in enumerate(self._workers):
            self._tell(worker, _Finish(tuple(self._dropped_of(i))))
        files = [self._last_said(worker) for worker in self._workers]
        self._end()
        return [segment for of_worker in files for segment in open_files(self._folder, of_worker)]

    def _last_said(self, worker: _Worker) -> Files:
        """The files of a worker, which it reports after it has answered every batch."""
        for _ in range(worker.waiting):
            self._hear(worker)
        worker.waiting = 0
        return self._hear(worker)

    def _dropped_of(self, worker: int) -> Iterator[int]:
        """The papers of this worker that are to be taken out again, by the numbers that the worker gave them."""
        for number in self._dropped:
            sent_to, before = self._sent[number // _BATCH]
            if sent_to == worker:
                yield before + number % _BATCH

    def abort(self) -> None:
        """End the processes. The next writer clears away what they have written."""
        for worker in self._workers:
            worker.process.kill()
        self._end()

    def _end(self) -> None:
        """Wait until the processes and the sending threads have ended."""
        for worker in self._workers:
            worker.process.join()
            worker.sending.shutdown()


def _started(folder: Path, memory: int) -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, folder, memory), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, ThreadPoolExecutor(1))


def _work(pipe: Connection, folder: Path, memory: int) -> None:
    """Run a worker: collect the papers that come through the pipe, and send the files or the error back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt reaches the first process, which ends the workers
    gc.disable()  # papers have no reference cycles, and the collector would scan all remembered words again and again
    with suppress(EOFError, OSError):  # the first process has ended
        try:
            pipe.send(_serve(pipe, Collecting(folder, memory)))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the papers come from
            pipe.send(error)


def _serve(pipe: Connection, collecting: Collecting) -> Files:
    """Collect batches of papers, and answer each with an empty message, until it is time to finish; return the files."""
    while True:
        message: list[list[Any]] | _Finish = pipe.recv()
        if isinstance(message, _Finish):
            for number in message.dropped:
                collecting.drop(number)
            return files_of(collecting.close())
        for values in message:
            collecting.add(document_from(values))
        pipe.send(())
