"""The archive as the front end asks for it (``web.ports``), over the catalogue. Only asks; ``web`` makes pages of it.

One look opens the catalogue once, for all that is asked in it, and belongs to one thread. What takes time to count is kept from
one look to the next until the catalogue changes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, last_run, read_catalogue
from indexer.catalogue.dossiers import DossierListing, Neighbours, Order, dossier_listing, neighbours
from indexer.catalogue.overview import (
    Coverage,
    DateInDoubt,
    arrivals,
    cited_by,
    coverage,
    dates_in_doubt,
    first_and_last,
    instant,
    is_invented_dossier,
    names,
    papers_per_year,
    part,
    part_received,
    parts,
    provenance,
    received,
)
from indexer.catalogue.persons import PersonChoice, PersonListing, person_listing, person_meant, person_names
from indexer.errors import EngineError, IndexMissing, IndexOutdated
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Where
from indexer.paper.naming import shown_title
from indexer.paper.people import close_names
from indexer.reading.official_file import PARSER_VERSION
from search.ports import KeptIndex
from search.sync import behind
from web.paper.text import quoting
from web.ports import ArchivedFile, Holdings, ListPart, OpenArchive, PaperReference, Run, Standing, Withdrawal

_DOUBTS = 20
"""Papers whose date cannot be right, of which the reason is told."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What takes time to count, at one state of the catalogue."""

    state: str
    holdings: Holdings


@dataclass(frozen=True, slots=True)
class _Surveyed:
    """What takes longer to count and fewer ask for, at one state of the catalogue."""

    state: str
    coverage: Coverage
    doubts: tuple[DateInDoubt, ...]


@dataclass
class _Kept:
    """What was counted last, for all looks; the lock makes those that come at once count it once."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    counted: _Counted | None = None
    surveyed: _Surveyed | None = None
    closed: dict[int, datetime | None] = field(default_factory=dict)
    """Times of the parts that no papers come into any more: 0.2 s each to ask for, which a process does once."""


class CatalogueArchive:
    """The archive of a data folder."""

    def __init__(self, catalogue: Path, files: Archive, index: KeptIndex, versions: Mapping[str, str]) -> None:
        """``versions`` are those of schema and analysis that this program has."""
        self._path = catalogue
        self._files = files
        self._index = index
        self._versions = {"parser": PARSER_VERSION, **versions}
        self._kept = _Kept()

    @contextmanager
    def look(self) -> Iterator[OpenArchive]:
        """Open the catalogue, for all that one request asks.

        Raises:
            CatalogueMissing: there is no catalogue.
            ArchiveError: it is damaged, of another version, or cannot be used.
        """
        with read_catalogue(self._path, PARSER_VERSION) as catalogue:
            yield OpenArchive(
                CataloguePapers(catalogue, self._files, self._kept),
                CatalogueListings(catalogue),
                CatalogueLedger(catalogue, self._index, self._versions, self._kept),
            )


class CataloguePapers:
    """The papers of an open catalogue."""

    def __init__(self, catalogue: Catalogue, files: Archive, kept: _Kept) -> None:
        self._catalogue = catalogue
        self._files = files
        self._kept = kept

    def get(self, identifier: Identifier) -> Kamerstuk | None:
        """The paper, or None."""
        return self._catalogue.get(identifier)

    def withdrawal(self, identifier: Identifier) -> Withdrawal | None:
        """That the paper was taken back, with the instant at which the catalogue noticed."""
        at = self._catalogue.removed(identifier)
        return None if at is None else Withdrawal(datetime.fromisoformat(at) if at else None)

    @property
    def state(self) -> str:
        """The number of the last change."""
        return self._catalogue.state()

    def count(self) -> int:
        """How many papers there are."""
        return self.holdings().papers

    def holdings(self) -> Holdings:
        """What the archive holds; counted once for every state of the catalogue."""
        return _counted(self._catalogue, self._kept).holdings

    def cited_by(self, identifier: Identifier) -> list[PaperReference]:
        """The papers that cite this one, newest first, with the sentence that says so."""
        found: list[PaperReference] = []
        for citing in cited_by(self._catalogue.connection, identifier):
            paper = self._catalogue.as_read(citing.identifier)
            if paper is not None:
                quote = quoting(paper, Where(citing.where), citing.container, citing.start)
                found.append(PaperReference(citing.identifier, shown_title(paper), paper.certain_date, quote, paper.fictional))
        return found

    def names(self, identifiers: Iterable[Identifier]) -> Mapping[Identifier, str]:
        """What those of the papers are called that are here."""
        return names(self._catalogue.connection, identifiers)

    def received_file(self, identifier: Identifier) -> ArchivedFile | None:
        """The archive's own copy of the paper, compared with its fingerprint."""
        kept = provenance(self._catalogue.connection, identifier)
        if kept is None:
            return None
        file = self._files.get(identifier, kept.fingerprint, kept.form, kept.origin)
        return ArchivedFile(file.content, kept.form, kept.received)


class CatalogueListings:
    """The dossiers and the persons of an open catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._db = catalogue.connection

    def dossier(self, key: str, *, year: int | None, order: Order, offset: int, limit: int) -> DossierListing | None:
        """The dossier of this key with a part of its papers."""
        return dossier_listing(self._db, key, year=year, order=order, offset=offset, limit=limit)

    def invented(self, number: str) -> bool:
        """Whether all papers of a dossier are invented."""
        return is_invented_dossier(self._db, number)

    def neighbours(self, identifier: Identifier) -> tuple[Neighbours, ...]:
        """The papers before and after this one in each of its dossiers."""
        return neighbours(self._db, identifier)

    def person(self, name: str, chosen: PersonChoice, *, offset: int, limit: int) -> PersonListing | None:
        """The person of this name with a part of the papers chosen."""
        return person_listing(self._db, name, chosen, offset=offset, limit=limit)

    def meant(self, name: str) -> str:
        """Whom papers mean by this name; empty when that cannot be told."""
        return person_meant(self._db, name)

    def close_names(self, name: str, limit: int) -> list[str]:
        """Names that this one may have meant, among those of all persons."""
        return close_names(name, person_names(self._db), limit)


class CatalogueLedger:
    """What an open catalogue and the index beside it know of themselves."""

    def __init__(self, catalogue: Catalogue, index: KeptIndex, versions: Mapping[str, str], kept: _Kept) -> None:
        self._catalogue = catalogue
        self._index = index
        self._versions = versions
        self._kept = kept

    def standing(self) -> Standing:
        """How complete and how fresh the archive is."""
        surveyed = _surveyed(self._catalogue, self._kept)
        held = surveyed.coverage
        return Standing(
            held.papers,
            held.undated,
            held.files,
            _counted(self._catalogue, self._kept).holdings.years,
            held.received,
            _run(self._catalogue),
            self._behind(),
            self._versions,
            len(held.in_doubt),
            held.fictional,
            held.nameless,
            held.former,
            surveyed.doubts,
        )

    def changed(self) -> datetime | None:
        """The later of the last commit of the index and the last reception of a file."""
        times = (_surveyed(self._catalogue, self._kept).coverage.received, self._committed())
        return max((time for time in times if time), default=None)

    def received(self, identifiers: Iterable[Identifier]) -> dict[Identifier, datetime]:
        """When the files were received that the papers were read from."""
        return received(self._catalogue, identifiers)

    def arrivals(self) -> Iterator[Identifier]:
        """All papers, the last that came or changed first."""
        return arrivals(self._catalogue)

    def parts(self) -> tuple[ListPart, ...]:
        """The parts of the list of papers; they come into the last one only, so the times of the others are asked for once."""
        numbers, closed = parts(self._catalogue), self._kept.closed
        with self._kept.lock:
            times = {n: closed[n] if n in closed else part_received(self._catalogue, n) for n in numbers}
            self._kept.closed = {number: times[number] for number in numbers[:-1]}
        return tuple(ListPart(number, time) for number, time in times.items())

    def part(self, number: int) -> list[tuple[Identifier, datetime | None]]:
        """The papers of a part with their times of reception."""
        return part(self._catalogue, number)

    def _behind(self) -> int | None:
        """How many changes the index does not have yet; None when it cannot be used, or follows another history."""
        try:
            return behind(self._catalogue, self._index.made().moment)
        except (IndexMissing, IndexOutdated, EngineError):
            return None

    def _committed(self) -> datetime | None:
        """When the index was last committed; None when there is none, or when it is just being swapped."""
        try:
            return self._index.made().committed
        except (IndexMissing, IndexOutdated, EngineError, OSError):
            return None


def _counted(catalogue: Catalogue, kept: _Kept) -> _Counted:
    """What takes time to count, counted anew only when the catalogue has changed."""
    state = catalogue.state()
    with kept.lock:
        if kept.counted is None or kept.counted.state != state:
            kept.counted = _Counted(state, _holdings(catalogue))
        return kept.counted


def _surveyed(catalogue: Catalogue, kept: _Kept) -> _Surveyed:
    """The same of what takes longer."""
    state = catalogue.state()
    with kept.lock:
        if kept.surveyed is None or kept.surveyed.state != state:
            held = coverage(catalogue)
            kept.surveyed = _Surveyed(state, held, dates_in_doubt(catalogue.connection, held.in_doubt[:_DOUBTS]))
        return kept.surveyed


def _holdings(catalogue: Catalogue) -> Holdings:
    counts = catalogue.counts()
    years = papers_per_year(catalogue.connection)
    return Holdings(counts.papers, counts.dossiers, counts.citations, *first_and_last(catalogue.connection), years)


def _run(catalogue: Catalogue) -> Run | None:
    last = last_run(catalogue.connection)
    finished = instant(str(last["finished"])) if last else None
    if last is None or finished is None:
        return None
    added, changed, failed = (int(str(last[name] or 0)) for name in ("added", "changed", "failed"))
    return Run(finished, added, changed, failed)
