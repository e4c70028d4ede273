"""Files → papers on several processors: files are read ahead in processes of their own, and given back in their order.

What is to be read is asked before the files that come before it are stored, so that some may be read for nothing. A process ends
by itself when the one that started it is gone, however that ended. What becomes of a paper is ``run``'s.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from indexer.codec import decode, encode
from indexer.errors import ArchiveError, PaperError
from indexer.model import Kamerstuk
from indexer.read import OfficialFile, read_paper

_BATCH = 16
"""Files that go together."""
File = OfficialFile | PaperError
Wanted = Callable[[OfficialFile], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper that was read from a file, and the bytes that the catalogue keeps of it."""

    paper: Kamerstuk
    body: bytes


Read = Reading | PaperError | None
_Told = bytes | PaperError
"""What goes through a pipe: of a paper the bytes alone, which are made a paper of sooner than a pickle is."""


def read(file: OfficialFile) -> Reading:
    """The paper in a file.

    Raises:
        PaperError: see ``read_paper``.
    """
    paper = read_paper(file)
    return Reading(paper, encode(paper))


def read_ahead(
    files: Iterable[File], wanted: Wanted, processes: int, *, alone: int = 100
) -> Generator[tuple[File, Read], None, None]:
    """Every file in order with what was read of it, or what is wrong with it; None where it was not ``wanted``, or is among the
    first ``alone``, which are read before other processes would have started.

    Raises:
        ArchiveError: a process has ended before its time.
    """
    rest = iter(files)
    for file in islice(rest, alone if processes > 1 else None):
        yield file, None
    first = list(islice(rest, 1))
    if first:
        with _readers(processes) as readers:
            yield from _spread(chain(first, rest), wanted, readers)


@dataclass(slots=True)
class _Reader:
    process: BaseProcess
    pipe: Connection


@contextmanager
def _readers(count: int) -> Iterator[list[_Reader]]:
    readers = [_started() for _ in range(count)]
    try:
        yield readers
    finally:
        for reader in readers:
            reader.pipe.close()
            reader.process.kill()
        for reader in readers:
            reader.process.join()


def _spread(files: Iterable[File], wanted: Wanted, readers: list[_Reader]) -> Iterator[tuple[File, Read]]:
    """Batches go round the readers, each of which has one at a time: both ends of a pipe never write at once."""
    rest = iter(files)
    under_way: deque[tuple[_Reader, tuple[File, ...], list[bool]]] = deque()

    def hand_out(reader: _Reader) -> None:
        if batch := tuple(islice(rest, _BATCH)):
            asked = [isinstance(file, OfficialFile) and wanted(file) for file in batch]
            _tell(reader, [file for file, ask in zip(batch, asked, strict=True) if ask])
            under_way.append((reader, batch, asked))

    for reader in readers:
        hand_out(reader)
    while under_way:
        reader, batch, asked = under_way.popleft()
        answers = iter(_heard(reader))
        hand_out(reader)  # before these are stored, so that it does not wait for that
        yield from [(file, next(answers) if ask else None) for file, ask in zip(batch, asked, strict=True)]


_ENDED = "a process that was reading files has ended; run the command again"


def _tell(reader: _Reader, files: list[File]) -> None:
    try:
        reader.pipe.send(files)
    except OSError as error:
        raise ArchiveError(_ENDED) from error


def _heard(reader: _Reader) -> list[Read]:
    try:
        answers: list[_Told] | Exception = reader.pipe.recv()
    except (EOFError, OSError) as error:
        raise ArchiveError(_ENDED) from error
    if isinstance(answers, Exception):
        raise answers
    return [Reading(decode(told), told) if isinstance(told, bytes) else told for told in answers]


def _started() -> _Reader:
    """A process started afresh rather than forked, so that it has nothing of what this one holds open."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Reader(process, ours)


def _work(pipe: Connection) -> None:
    """What a reader does: answer each batch of files with what is in them, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the first process ends the others through it
    with suppress(EOFError, OSError):
        while True:
            files: list[OfficialFile] = pipe.recv()
            try:
                answers: list[_Told] | Exception = [_read(file) for file in files]
            except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the files come from
                answers = error
            pipe.send(answers)


def _read(file: OfficialFile) -> _Told:
    try:
        return read(file).body
    except PaperError as error:
        return error
