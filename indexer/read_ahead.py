"""Files that are read ahead, each within limits, while earlier ones are stored.

Files are given back in their order, each with what was read of it. What is to be read is asked before the files that come before
it are stored, so some may be read for nothing, and a few that are needed after all are not read ahead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from indexer.errors import PaperError
from indexer.reading.official_file import OfficialFile
from indexer.worker.messages import USUAL, ReadingLimits
from indexer.worker.reader import Reader, Reading

_HANDED_OUT, _BYTES = 16, 4 * 2**20
"""So many files are handed to a process at once, and no further one when they hold so many bytes."""
File = OfficialFile | PaperError
IsWanted = Callable[[OfficialFile], bool]


def read_ahead(
    files: Iterable[File], wanted: IsWanted, processes: int, limits: ReadingLimits = USUAL
) -> Generator[tuple[File, Reading | None], None, None]:
    """Every file in order, with what is in it or what is wrong with it; None when it was not ``wanted``.

    Files are read in so many other ``processes``, at least one, which are started only when there is something for them.

    Raises:
        ReaderMissing: no process can be started.
    """
    with ExitStack() as stack:
        yield from _spread(files, wanted, [stack.enter_context(Reader(limits)) for _ in range(max(processes, 1))])


@dataclass(frozen=True, slots=True)
class _Batch:
    """Files, and which of them are read."""

    files: tuple[File, ...]
    asked: tuple[bool, ...]

    @property
    def to_read(self) -> list[OfficialFile]:
        return [file for file, ask in zip(self.files, self.asked, strict=True) if ask and isinstance(file, OfficialFile)]


def _spread(files: Iterable[File], wanted: IsWanted, readers: list[Reader]) -> Iterator[tuple[File, Reading | None]]:
    """Hand batches to the readers in turn. Each has one at a time, so that both ends of a pipe never write at once."""
    batches = _batches(files, wanted)
    under_way: deque[tuple[Reader, _Batch]] = deque()
    for reader, batch in zip(readers, batches, strict=False):
        if batch.to_read:
            reader.start()
        under_way.append((reader, batch))
    for reader, batch in under_way:
        reader.ask(batch.to_read)
    while under_way:
        reader, batch = under_way.popleft()
        readings = [reader.answer() if ask else None for ask in batch.asked]
        following = next(batches, None)
        if following:  # asked before these are stored, so that it does not wait for that
            reader.ask(following.to_read)
            under_way.append((reader, following))
        yield from zip(batch.files, readings, strict=True)


def _batches(files: Iterable[File], wanted: IsWanted) -> Iterator[_Batch]:
    batch: list[File] = []
    size = 0
    for file in files:
        batch.append(file)
        size += len(file.content) if isinstance(file, OfficialFile) else 0
        if len(batch) == _HANDED_OUT or size >= _BYTES:
            yield _asked(batch, wanted)
            batch, size = [], 0
    if batch:
        yield _asked(batch, wanted)


def _asked(files: list[File], wanted: IsWanted) -> _Batch:
    return _Batch(tuple(files), tuple(isinstance(file, OfficialFile) and wanted(file) for file in files))
