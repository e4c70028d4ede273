"""A run over official files: what is new or changed is read, kept and catalogued; what fails is reported and the rest goes on.

Records of the Tweede Kamer are taken in beside the papers. The same files again cost a hash each. Every file is read by another
process within limits, mostly ahead (``read_ahead``), so that none can stop the run. Engines are not known here; ``search.sync``
brings the changes into one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice

from indexer.catalogue.archive import Archive, Kept
from indexer.catalogue.catalogue import Catalogue, begin_run, end_run
from indexer.catalogue.keeping import describe, describe_former, keep, keep_beside, keep_records, receiving
from indexer.catalogue.overview import provenance
from indexer.catalogue.received import FORMS, fingerprint, form_of
from indexer.catalogue.tweede_kamer import ODataRecords, is_record
from indexer.errors import ArchiveError, PaperError
from indexer.paper.identifier import Identifier, identifiers_among
from indexer.read_ahead import File, read_ahead
from indexer.reading.official_file import OfficialFile
from indexer.worker.reader import EncodedPaper, Reader, Reading

_BATCH = 200
"""A transaction takes in so many files: enough to make commits cheap, few enough to lose little on a kill."""


_Ahead = tuple[File, Reading | None]


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

    @classmethod
    def of(cls, runs: Iterable[Summary]) -> Summary:
        """What several runs did together."""
        some = tuple(runs)
        return cls(
            read=sum(one.read for one in some),
            added=sum(one.added for one in some),
            changed=sum(one.changed for one in some),
            unchanged=sum(one.unchanged for one in some),
            failures=tuple(failure for one in some for failure in one.failures),
            numbered=sum(one.numbered for one in some),
        )


@dataclass(slots=True)
class _Run:
    catalogue: Catalogue
    archive: Archive
    counts: Counter[str]
    failures: list[tuple[str, str]]
    seen: set[Identifier]
    again: bool
    reader: Reader
    """Reads what is needed after all and was not read ahead."""


def run(
    what: str,
    files: Iterable[File],
    catalogue: Catalogue,
    archive: Archive,
    advance: Callable[[str], None] = lambda where: None,
    *,
    again: bool = False,
    processes: int = 1,
) -> Summary:
    """Take in every file; ``advance`` is called with the name of each when it is done. ``again``: read known files too.

    Files are read in so many ``processes`` beside this one; the result is the same however many there are.

    Of several files of one paper the first of the preferred form counts (pages before XML). Nothing is removed.

    Raises:
        ArchiveError: the archive or the catalogue cannot be written.
        ReaderMissing: no process can be started to read files.
    """
    number = begin_run(catalogue.connection, what)
    archive.clear()
    with Reader() as reader:
        state = _Run(catalogue, archive, Counter(), [], set(), again, reader)
        state.failures += describe_former(catalogue, archive)
        # Closed before the run is: an error must not leave processes behind.
        with closing(read_ahead(files, lambda file: _is_wanted(file, state), processes)) as ahead:
            for batch in _batched(ahead):
                with receiving(catalogue, archive):
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


def former_files(catalogue: Catalogue, archive: Archive) -> Iterator[File]:
    """The kept files of the papers that another version of the parser read, to be read again; records come last.

    A file that is gone, or is not as it was received, is given as the error that it is.
    """
    for identifier in catalogue.former():
        kept = provenance(catalogue.connection, identifier)
        if kept is not None:
            yield kept_file(archive, archive.find(identifier, kept.fingerprint, kept.form), kept.origin)
    yield from (kept_file(archive, record) for record in archive.records())


def kept_file(archive: Archive, kept: Kept, origin: str = "") -> OfficialFile | PaperError:
    """A kept file, or that it is gone or is not as it was received."""
    try:
        return archive.read(kept, origin)
    except ArchiveError as error:
        return PaperError(str(kept.identifier or kept.path.name), str(error))


def _batched(files: Iterator[_Ahead]) -> Iterator[Iterator[_Ahead]]:
    """Give the files in batches, lazily, so that other processes read ahead while earlier files are stored."""
    for first in files:
        yield chain((first,), islice(files, _BATCH - 1))


def _is_wanted(file: OfficialFile, state: _Run) -> bool:
    """Whether a file will have to be read, as far as is known yet."""
    return not _is_known(file, fingerprint(file), state) and (form_of(file) != "pdf" or _preferred(file, state) is None)


def _is_known(file: OfficialFile, mark: str, state: _Run) -> bool:
    """Whether a file tells nothing new, so that it need not be read."""
    if state.again:
        return False
    if is_record(file):
        return state.catalogue.knows_records(mark)
    known = state.catalogue.known(mark)
    return known is not None and (known.current or known.outranked or known.identifier in state.seen)


def _take(file: File, ahead: Reading | None, state: _Run) -> None:
    """One file, which may have been read ahead."""
    if isinstance(file, PaperError):
        state.failures.append((file.where, file.reason))
        return
    mark, form = fingerprint(file), form_of(file)
    if _is_known(file, mark, state):
        if known := state.catalogue.known(mark):
            state.seen.add(known.identifier)
        state.archive.keep(known.identifier if known else None, mark, file)  # it may have been lost or damaged there
        state.counts["unchanged"] += 1
        return
    if form == "pdf" and (preferred := _preferred(file, state)):
        keep_beside(state.catalogue, state.archive, preferred, file)
        state.counts["unchanged"] += 1
        return
    reading = ahead or state.reader.answer_to(file)
    if isinstance(reading, PaperError):
        state.failures.append((file.where, reading.reason))
        return
    state.counts["read"] += 1
    if isinstance(reading, ODataRecords):
        _take_records(file, mark, reading, state)
        return
    identifier = reading.paper.identifier
    outcome = store(file, reading, state.catalogue, state.archive, first=identifier not in state.seen)
    if outcome is not Outcome.OUTRANKED:
        state.seen.add(identifier)
    state.counts["unchanged" if outcome is Outcome.OUTRANKED else outcome] += 1


def store(file: OfficialFile, reading: EncodedPaper, catalogue: Catalogue, archive: Archive, *, first: bool = True) -> Outcome:
    """Keep a file and the paper that was read from it, within ``receiving``.

    A file of a preferred form outranks it; one of the same form does too unless it is the ``first`` of its run.
    """
    paper = reading.paper
    identifier, form = paper.identifier, form_of(file)
    keep(catalogue, archive, identifier, file)
    before, former = catalogue.form(identifier), catalogue.current_file(identifier)
    outranked = before and (FORMS.index(before) < FORMS.index(form) or (before == form and not first))
    changed = not outranked and catalogue.put(paper, fingerprint(file), form, reading.body)
    describe(catalogue, archive, identifier, file, former)
    if outranked:
        return Outcome.OUTRANKED
    if not changed:
        return Outcome.UNCHANGED
    return Outcome.CHANGED if before else Outcome.ADDED


def _preferred(file: OfficialFile, state: _Run) -> Identifier | None:
    """The paper that a PDF is named after, when it is here in a preferred form: then the PDF need not be read."""
    named = identifiers_among((file.stem,))
    return next((identifier for identifier in named if state.catalogue.form(identifier) not in ("", "pdf")), None)


def _take_records(file: OfficialFile, mark: str, records: ODataRecords, state: _Run) -> None:
    """A file of the Tweede Kamer's records; one with a malformed record is read again next time, so that it is reported again."""
    for registration in records.documents:
        state.counts["numbered"] += state.catalogue.tweede_kamer.take(registration)
    state.failures += [(f"{file.where}: {place}" if place else file.where, reason) for place, reason in records.faults]
    keep_records(state.catalogue, state.archive, file, whole=not records.faults)
