"""Papers → segments on several processors: the same as ``collecting``, in processes of their own.

Papers go to whoever has least to do, in batches through a pipe, each of which has a thread that writes into it: a worker that has
no time to read keeps no other waiting. A worker makes one segment, and tells its files when it is asked to finish. It ends by
itself when the process that started it is gone, however that ended. Workers are started afresh rather than forked, so that they
have nothing of what the first process holds open.
"""

from __future__ import annotations

import gc
import pickle
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from indexer.errors import ArchiveError
from search.document import SearchDocument, document_from, document_values
from search.engines.whoosh.collecting import Collecting
from search.engines.whoosh.contents import Files, files_of, open_files
from search.engines.whoosh.live import LiveSegment

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
