"""Papers → segments on several processors: the same as ``collecting``, in processes of their own.

Papers go to whoever has least to do, in batches through a pipe, each of which has a thread that writes into it: a worker that has
no time to read keeps no other waiting. A worker makes one segment, and tells its files when it is asked to finish. It ends by
itself when the process that started it is gone, however that ended. Workers are started afresh rather than forked, so that they
have nothing of what the first process holds open.

Papers as they come → a segment, within a bound on memory: inverted up to it, and spilled into a file again and again.

The files belong to no commit until a table of contents names them.
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
"""Bytes that it takes to sort and write what was gathered."""


@dataclass(frozen=True, slots=True)
class _Spilled:
    """The file of a segment that was spilled: which papers are in it, where (``docs``), and which of those have gone since."""

    file: Path
    starts_at: int
    docs: Numbers
    gone: set[int] = field(default_factory=set)


class Collecting:
    """Papers on their way into one segment in a folder; ``memory`` is in bytes."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        self._gathered = max(memory - _WRITING, memory // 2)
        self._inverter = Inverter()
        self._starts_at = 0
        self._spilled: list[_Spilled] = []

    def add(self, document: SearchDocument) -> int:
        """Take a paper; gives its number, counted from 0."""
        number = self._starts_at + self._inverter.add(document)
        if self._inverter.needed > self._gathered:
            self.spill()
        return number

    def drop(self, number: int) -> None:
        """Take a paper out again."""
        if number >= self._starts_at:
            self._inverter.drop(number - self._starts_at)
        else:
            spilled = self._spilled[bisect_right(self._spilled, number, key=lambda spilled: spilled.starts_at) - 1]
            spilled.gone.add(int(spilled.docs[number - spilled.starts_at]))

    def spill(self) -> None:
        """Write what is in memory, and hold nothing of it any more."""
        file = new_file(self._folder, SEGMENT)
        if self._inverter.write(file):
            self._spilled.append(_Spilled(file, self._starts_at, np.cumsum(self._inverter.kept) - 1))
        self._starts_at += len(self._inverter)
        self._inverter = Inverter()
        _give_back()

    def close(self) -> list[LiveSegment]:
        """Write the papers as a segment; none when there are no papers."""
        self.spill()
        if len(self._spilled) > 1:  # merging needs the room
            forget()
            _give_back()
        spilled = [without(LiveSegment(Segment(one.file), None), one.gone) for one in self._spilled]
        if len(spilled) == 1 and spilled[0].papers:
            return spilled
        segments = merged(self._folder, spilled)
        for one in spilled:  # no commit knows of them
            for file in filter(None, (one.segment.columns.file, one.note)):
                file.unlink()
        return segments


def merged(folder: Path, segments: list[LiveSegment]) -> list[LiveSegment]:
    """Segments as one; none when no papers are left."""
    file = new_file(folder, SEGMENT)
    return [LiveSegment(Segment(file), None)] if merge(segments, file) else []


def without(one: LiveSegment, gone: set[int]) -> LiveSegment:
    """A segment without more papers, which a new note tells."""
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
    """Give the system the memory that is free; the allocator by itself would keep it, a little more after each spill."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only glibc has it
    if trim:
        trim(0)


def new_file(folder: Path, suffix: str) -> Path:
    """A file that is not there yet."""
    return folder / f"{uuid4().hex[:12]}{suffix}"


_BATCH = 16
"""Papers that go together."""
_WAITING = 2
"""Batches that a worker may have before it, so that it never waits for the next."""


@dataclass(frozen=True, slots=True)
class _Finish:
    """No more papers will come, and some of those that came are to be taken out again."""

    dropped: tuple[int, ...]


@dataclass(slots=True)
class _Worker:
    """One process; ``papers`` were sent to it, ``waiting`` batches of them it has not answered yet."""

    process: BaseProcess
    pipe: Connection
    sending: ThreadPoolExecutor
    papers: int = 0
    waiting: int = 0


class Workers:
    """Processes that take papers; together they may use ``memory`` bytes, beside what they are themselves.

    That is some 200 MB each: half of it are the stems and terms that are remembered.
    """

    def __init__(self, folder: Path, memory: int, processes: int) -> None:
        self._folder = folder
        self._workers = [_started(folder, memory // processes) for _ in range(processes)]
        self._batch: list[list[Any]] = []
        """Papers as values, which take a quarter of the time to send."""
        self._sent: list[tuple[int, int]] = []
        """Of each batch to which worker it went, and how many papers that one had before."""
        self._dropped: list[int] = []

    def add(self, document: SearchDocument) -> int:
        """Take a paper; gives its number, counted from 0."""
        number = len(self._sent) * _BATCH + len(self._batch)
        self._batch.append(document_values(document))
        if len(self._batch) == _BATCH:
            self._send()
        return number

    def drop(self, number: int) -> None:
        """Take a paper out again."""
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
        """Hear which workers are done with a batch, waiting so long for the first."""
        for pipe in wait([worker.pipe for worker in self._workers], seconds):
            worker = next(worker for worker in self._workers if worker.pipe is pipe)
            self._hear(worker)
            worker.waiting -= 1

    def _tell(self, worker: _Worker, message: object) -> None:
        """Send a message in its turn; if the worker has ended, whoever listens to it next hears that, and why."""
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
        """Have everything written; gives the segments."""
        if self._batch:
            self._send()
        for i, worker in enumerate(self._workers):
            self._tell(worker, _Finish(tuple(self._dropped_of(i))))
        files = [self._last_said(worker) for worker in self._workers]
        self._end()
        return [segment for of_worker in files for segment in open_files(self._folder, of_worker)]

    def _last_said(self, worker: _Worker) -> Files:
        """The files of a worker, which it tells after it has answered every batch."""
        for _ in range(worker.waiting):
            self._hear(worker)
        worker.waiting = 0
        return self._hear(worker)

    def _dropped_of(self, worker: int) -> Iterator[int]:
        """The numbers that a worker gave the papers that are to be taken out again."""
        for number in self._dropped:
            sent_to, before = self._sent[number // _BATCH]
            if sent_to == worker:
                yield before + number % _BATCH

    def abort(self) -> None:
        """End the processes; what they have written is left to be cleared away."""
        for worker in self._workers:
            worker.process.kill()
        self._end()

    def _end(self) -> None:
        """Wait until the processes have ended, and the threads."""
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
    """What a worker does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the first process ends the workers through it
    gc.disable()  # papers refer to nothing in a circle, and it would go over all words time and again
    with suppress(EOFError, OSError):  # the first process is gone
        try:
            pipe.send(_serve(pipe, Collecting(folder, memory)))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the papers come from
            pipe.send(error)


def _serve(pipe: Connection, collecting: Collecting) -> Files:
    """Take batches of papers, each answered with nothing, until it is time to finish; gives the files."""
    while True:
        message: list[list[Any]] | _Finish = pipe.recv()
        if isinstance(message, _Finish):
            for number in message.dropped:
                collecting.drop(number)
            return files_of(collecting.close())
        for values in message:
            collecting.add(document_from(values))
        pipe.send(())
