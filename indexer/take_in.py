"""A run over official files: what is new or changed is read, kept and catalogued; what fails is reported and the rest goes on.

Records of the Tweede Kamer are taken in beside the papers. The same files again cost a hash each. With more than one process,
files are read ahead in processes of their own and given back in their order; what is to be read is asked before the files that
come before it are stored, so some may be read for nothing. Engines are not known here; ``search.sync`` brings the changes into
one.
"""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from indexer.catalogue.archive import Archive, fingerprint, form_of
from indexer.catalogue.catalogue import FORMS, Catalogue, begin_run, end_run
from indexer.catalogue.overview import provenance
from indexer.catalogue.tweede_kamer import is_record, read_records
from indexer.errors import ArchiveError, PaperError
from indexer.paper.codec import decode, encode
from indexer.paper.identifier import Identifier, identifiers_among
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import OfficialFile, read_paper

_HANDED_OUT = 16
"""So many files are handed to a process at once."""
File = OfficialFile | PaperError
IsWanted = Callable[[OfficialFile], bool]
_ENDED = "a process that was reading files has ended; run the command again"
_BATCH = 200
"""A transaction takes in so many files: enough to make commits cheap, few enough to lose little on a kill."""


@dataclass(frozen=True, slots=True)
class EncodedPaper:
    """A paper that was read from a file, and the bytes that the catalogue keeps of it."""

    paper: Kamerstuk
    body: bytes


ReadAhead = EncodedPaper | PaperError | None

_Told = bytes | PaperError
"""What goes through a pipe: the bytes of a paper, which are decoded sooner than a pickle, or what is wrong with the file."""

_Ahead = tuple[OfficialFile | PaperError, ReadAhead]


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OUTRANKED = "outranked"
    """Another file of the same paper counts."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: files read, papers added and changed, files that brought nothing new, what failed, where and why."""

    read: int
    added: int
    changed: int
    unchanged: int
    failures: tuple[tuple[str, str], ...]
    numbered: int = 0
    """Papers that got other numbers at the Tweede Kamer by the records among the files."""

    @property
    def failed(self) -> int:
        """How many files failed."""
        return len(self.failures)


@dataclass(slots=True)
class _Run:
    catalogue: Catalogue
    archive: Archive
    counts: Counter[str]
    failures: list[tuple[str, str]]
    seen: set[Identifier]
    again: bool


def run(
    what: str,
    files: Iterable[OfficialFile | PaperError],
    catalogue: Catalogue,
    archive: Archive,
    advance: Callable[[str], None] = lambda where: None,
    *,
    again: bool = False,
    processes: int = 1,
) -> Summary:
    """Take in every file; ``advance`` is called with the name of each when it is done. ``again``: read known files too.

    With more than one of the ``processes`` files are read ahead in so many others; the result is the same.

    Of several files of one paper the first of the preferred form counts (pages before XML). Nothing is removed.

    Raises:
        ArchiveError: the archive or the catalogue cannot be written.
    """
    number = begin_run(catalogue.connection, what)
    archive.clear()
    state = _Run(catalogue, archive, Counter(), [], set(), again)
    # Closed before the run is: an error must not leave processes behind.
    with closing(read_ahead(files, lambda file: _is_wanted(file, state), processes)) as ahead:
        for batch in _batched(ahead):
            with catalogue.transaction():
                for file, reading in batch:
                    _take(file, reading, state)
                    advance(file.where)
    summary = Summary(
        state.counts["read"],
        state.counts["added"],
        state.counts["changed"],
        state.counts["unchanged"],
        tuple(state.failures),
        state.counts["numbered"],
    )
    end_run(catalogue.connection, number, {**state.counts, "failed": summary.failed}, summary.failures)
    return summary


def former_files(catalogue: Catalogue, archive: Archive) -> Iterator[OfficialFile | PaperError]:
    """The kept files of the papers that another version of the parser read, to be read again; records come last.

    A file that is gone, or is not as it was received, is given as the error that it is.
    """
    for identifier in catalogue.former():
        kept = provenance(catalogue.connection, identifier)
        if kept is not None:
            try:
                yield archive.get_whole(identifier, kept.fingerprint, kept.form, kept.origin)
            except ArchiveError as error:
                yield PaperError(str(identifier), str(error))
    yield from archive.records()


def _batched(files: Iterator[_Ahead]) -> Iterator[Iterator[_Ahead]]:
    """Give the files in batches, lazily, so that other processes read ahead while earlier files are stored."""
    for first in files:
        yield chain((first,), islice(files, _BATCH - 1))


def _is_wanted(file: OfficialFile, state: _Run) -> bool:
    """Whether a file will have to be read, as far as is known yet."""
    if is_record(file):
        return False
    known = state.catalogue.known(fingerprint(file))
    if known and not state.again and (known.current or known.outranked or known.identifier in state.seen):
        return False
    return form_of(file) != "pdf" or _preferred(file, state) is None


def _take(file: OfficialFile | PaperError, ahead: ReadAhead, state: _Run) -> None:
    """One file, which may have been read ahead."""
    if isinstance(file, PaperError):
        state.failures.append((file.where, file.reason))
        return
    if is_record(file):
        _take_records(file, state)
        return
    mark = fingerprint(file)
    known = state.catalogue.known(mark)
    if known and not state.again and (known.current or known.outranked or known.identifier in state.seen):
        state.seen.add(known.identifier)
        state.counts["unchanged"] += 1
        return
    form = form_of(file)
    if form == "pdf" and (preferred := _preferred(file, state)):
        state.archive.keep(preferred, mark, file)
        state.catalogue.note_file(preferred, mark, form, file.where, len(file.content))
        state.counts["unchanged"] += 1
        return
    try:
        reading = ahead or read_encoded(file)
    except PaperError as error:
        reading = error
    if isinstance(reading, PaperError):
        state.failures.append((file.where, reading.reason))
        return
    state.counts["read"] += 1
    identifier = reading.paper.identifier
    outcome = store(file, reading, state.catalogue, state.archive, first=identifier not in state.seen)
    if outcome is not Outcome.OUTRANKED:
        state.seen.add(identifier)
    state.counts["unchanged" if outcome is Outcome.OUTRANKED else outcome] += 1


def store(file: OfficialFile, reading: EncodedPaper, catalogue: Catalogue, archive: Archive, *, first: bool = True) -> Outcome:
    """Keep a file and the paper that was read from it, within a transaction of the catalogue.

    A file of a preferred form outranks it; one of the same form does too unless it is the ``first`` of its run.
    """
    paper = reading.paper
    mark, form = fingerprint(file), form_of(file)
    archive.keep(paper.identifier, mark, file)
    catalogue.note_file(paper.identifier, mark, form, file.where, len(file.content))
    before = catalogue.form(paper.identifier)
    if before and (FORMS.index(before) < FORMS.index(form) or (before == form and not first)):
        return Outcome.OUTRANKED
    if not catalogue.put(paper, mark, form, reading.body):
        return Outcome.UNCHANGED
    return Outcome.CHANGED if before else Outcome.ADDED


def _preferred(file: OfficialFile, state: _Run) -> Identifier | None:
    """The paper that a PDF is named after, when it is here in a preferred form: then the PDF need not be read."""
    named = identifiers_among((file.stem,))
    return next((identifier for identifier in named if state.catalogue.form(identifier) not in ("", "pdf")), None)


def _take_records(file: OfficialFile, state: _Run) -> None:
    """A file of the Tweede Kamer's records; one with a malformed record is read again next time, so that it is reported again."""
    mark = fingerprint(file)
    if state.catalogue.knows_records(mark) and not state.again:
        state.counts["unchanged"] += 1
        return
    try:
        records = read_records(file.content)
    except ValueError as error:
        state.failures.append((file.where, str(error)))
        return
    state.counts["read"] += 1
    state.archive.keep_records(mark, file)
    for registration in records.documents:
        state.counts["numbered"] += state.catalogue.tweede_kamer.take(registration)
    state.failures += [(f"{file.where}: {place}" if place else file.where, reason) for place, reason in records.faults]
    if not records.faults:
        state.catalogue.note_records(mark, file.where)


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
