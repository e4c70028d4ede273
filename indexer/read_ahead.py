"""The paper in a file, and files that are read ahead in processes of their own while earlier ones are stored.

Files are given back in their order, each with what was read of it. What is to be read is asked before the files that come before
it are stored, so some may be read for nothing.
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

from indexer.errors import ArchiveError, PaperError
from indexer.paper.codec import decode, encode
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import OfficialFile, read_paper

_HANDED_OUT = 16
"""So many files are handed to a process at once."""
File = OfficialFile | PaperError
IsWanted = Callable[[OfficialFile], bool]
_ENDED = "a process that was reading files has ended; run the command again"


@dataclass(frozen=True, slots=True)
class EncodedPaper:
    """A paper that was read from a file, and the bytes that the catalogue keeps of it."""

    paper: Kamerstuk
    body: bytes


ReadAhead = EncodedPaper | PaperError | None

_Told = bytes | PaperError
"""What goes through a pipe: the bytes of a paper, which are decoded sooner than a pickle, or what is wrong with the file."""


def read_encoded(file: OfficialFile) -> EncodedPaper:
    """The paper in a file.

    Raises:
        PaperError: see ``read_paper``.
    """
    paper = read_paper(file)
    return EncodedPaper(paper, encode(paper))


def read_ahead(
    files: Iterable[File], wanted: IsWanted, processes: int, *, alone: int = 100
) -> Generator[tuple[File, ReadAhead], None, None]:
    """Every file in order, with what was read of it or what is wrong with it; None when it was not read ahead.

    Files that are not ``wanted`` are not read ahead, nor are the first ``alone``, which the caller reads before other processes
    would have started.

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


def _spread(files: Iterable[File], wanted: IsWanted, readers: list[_Reader]) -> Iterator[tuple[File, ReadAhead]]:
    """Hand batches to the readers in turn. Each has one at a time, so that both ends of a pipe never write at once."""
    rest = iter(files)
    under_way: deque[tuple[_Reader, tuple[File, ...], list[bool]]] = deque()

    def hand_out(reader: _Reader) -> None:
        if batch := tuple(islice(rest, _HANDED_OUT)):
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


def _tell(reader: _Reader, files: list[File]) -> None:
    try:
        reader.pipe.send(files)
    except OSError as error:
        raise ArchiveError(_ENDED) from error


def _heard(reader: _Reader) -> list[ReadAhead]:
    try:
        answers: list[_Told] | Exception = reader.pipe.recv()
    except (EOFError, OSError) as error:
        raise ArchiveError(_ENDED) from error
    if isinstance(answers, Exception):
        raise answers
    return [EncodedPaper(decode(told), told) if isinstance(told, bytes) else told for told in answers]


def _started() -> _Reader:
    """Start a process afresh rather than by a fork, so that it holds nothing open of what this one does."""
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
        return read_encoded(file).body
    except PaperError as error:
        return error
