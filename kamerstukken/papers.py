"""What the archive knows of itself, as the front end asks for it: catalogue and index side by side. Only asks.

The catalogue opened for one question of the front end, so that threads share nothing. What is asked stands in the callers.

The papers of the catalogue, as the front end asks for them. Only asks; what a page makes of it is decided in ``web``.

The registers of the catalogue, as the front end asks for them. Only asks; what a page makes of it is decided in ``web``.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from indexer.catalogue.catalogue import Catalogue, last_run, open_catalogue
from indexer.catalogue.dossiers import DossierListing, Neighbours, Order, dossier_listing, neighbours
from indexer.catalogue.overview import (
    Coverage,
    attachments,
    cited_by,
    coverage,
    instant,
    names,
    papers_per_year,
    part,
    part_received,
    parts,
    received,
)
from indexer.catalogue.persons import PersonChoice, PersonListing, person_listing, person_names
from indexer.errors import EngineError, IndexMissing, IndexOutdated
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Where
from indexer.paper.people import close_names
from indexer.reading.official_file import PARSER_VERSION
from search.ports import KeptIndex
from web.paper.text import quoting
from web.ports import Holdings, ListPart, PaperReference, Run, Standing, Withdrawal


@contextmanager
def looking_into(path: Path) -> Iterator[Catalogue | None]:
    """The open catalogue at ``path``, or None where there is none yet (asking must not make one).

    Raises:
        ArchiveError: the file is not a catalogue, or cannot be used.
    """
    if not path.exists():
        yield None
        return
    with open_catalogue(path, PARSER_VERSION) as catalogue:
        yield catalogue


class CataloguePapers:
    """The papers of the catalogue at ``path``; opened for each question, so that threads share nothing.

    What is asked on every page and takes time to count is kept until the catalogue changes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._kept: tuple[str, Holdings] = ("", Holdings(0))

    def get(self, identifier: Identifier) -> Kamerstuk | None:
        """The paper, or None."""
        with looking_into(self._path) as catalogue:
            return catalogue.get(identifier) if catalogue else None

    def withdrawal(self, identifier: Identifier) -> Withdrawal | None:
        """See ``web.ports.Papers``."""
        with looking_into(self._path) as catalogue:
            at = catalogue.removed(identifier) if catalogue else None
        return None if at is None else Withdrawal(datetime.fromisoformat(at) if at else None)

    @property
    def state(self) -> str:
        """See ``web.ports.Papers``."""
        with looking_into(self._path) as catalogue:
            return catalogue.state() if catalogue else ""

    def count(self) -> int:
        """How many papers there are."""
        return self.holdings().papers

    def holdings(self) -> Holdings:
        """What the archive holds."""
        with looking_into(self._path) as catalogue:
            if catalogue is None:
                return Holdings(0)
            state = catalogue.state()
            with self._lock:
                if self._kept[0] != state:
                    self._kept = (state, _holdings(catalogue))
                return self._kept[1]

    def cited_by(self, identifier: Identifier) -> list[PaperReference]:
        """The papers that cite this one, newest first, with the sentence that says so."""
        found: list[PaperReference] = []
        with looking_into(self._path) as catalogue:
            for citing in cited_by(catalogue.connection, identifier) if catalogue else ():
                paper = catalogue.get(citing.identifier) if catalogue else None
                if paper is not None:
                    quote = quoting(paper, Where(citing.where), citing.container, citing.start)
                    found.append(PaperReference(citing.identifier, paper.name, paper.date, quote))
        return found

    def attachments(self, paper: Kamerstuk) -> Mapping[Identifier, str]:
        """See ``web.ports.Papers``."""
        with looking_into(self._path) as catalogue:
            found = (*paper.attachments, *(attachments(catalogue.connection, paper.identifier) if catalogue else ()))
            known = names(catalogue.connection, found) if catalogue else {}
            return {identifier: known.get(identifier, "") for identifier in found}

    def names(self, identifiers: Iterable[Identifier]) -> Mapping[Identifier, str]:
        """What those of the papers are called that are here."""
        with looking_into(self._path) as catalogue:
            return names(catalogue.connection, identifiers) if catalogue else {}


def _holdings(catalogue: Catalogue) -> Holdings:
    counts = catalogue.counts()
    first, last = (date.fromisoformat(day) if day else None for day in (counts.first_date, counts.last_date))
    return Holdings(counts.papers, counts.dossiers, counts.citations, first, last, papers_per_year(catalogue.connection))


class CatalogueRegisters:
    """The registers of the catalogue at ``path``; opened for each question, so that threads share nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def dossier(self, key: str, *, year: int | None, order: Order, offset: int, limit: int) -> DossierListing | None:
        """See ``web.ports.Registers``."""
        with looking_into(self._path) as catalogue:
            return (
                dossier_listing(catalogue.connection, key, year=year, order=order, offset=offset, limit=limit)
                if catalogue
                else None
            )

    def neighbours(self, identifier: Identifier) -> tuple[Neighbours, ...]:
        """See ``web.ports.Registers``."""
        with looking_into(self._path) as catalogue:
            return neighbours(catalogue.connection, identifier) if catalogue else ()

    def person(self, name: str, chosen: PersonChoice, *, offset: int, limit: int) -> PersonListing | None:
        """See ``web.ports.Registers``."""
        with looking_into(self._path) as catalogue:
            return person_listing(catalogue.connection, name, chosen, offset=offset, limit=limit) if catalogue else None

    def close_names(self, name: str, limit: int) -> list[str]:
        """See ``web.ports.Registers``."""
        with looking_into(self._path) as catalogue:
            return close_names(name, person_names(catalogue.connection), limit) if catalogue else []


@dataclass(frozen=True, slots=True)
class _Counted:
    """What takes time to count, at one state of the catalogue."""

    state: str = ""
    coverage: Coverage = field(default_factory=lambda: Coverage(0, 0, 0, None))
    years: Mapping[int, int] = field(default_factory=dict)


class CatalogueLedger:
    """The ledger of a data folder; the catalogue is opened for each question, so that threads share nothing."""

    def __init__(self, catalogue: Path, index: KeptIndex, versions: Mapping[str, str]) -> None:
        """``versions`` are those of schema and analysis that this program has."""
        self._path = catalogue
        self._index = index
        self._versions = {"parser": PARSER_VERSION, **versions}
        self._lock = threading.Lock()
        self._kept = _Counted()
        self._closed: dict[int, datetime | None] = {}
        """Times of the parts that no papers come into any more: 0.2 s each to ask for, which a process does once."""

    def standing(self) -> Standing:
        """See ``web.ports.Ledger``."""
        with looking_into(self._path) as catalogue:
            if catalogue is None:
                return Standing(versions=self._versions)
            counted = self._counted(catalogue)
            held = counted.coverage
            run, behind = _run(catalogue), self._behind(catalogue)
        return Standing(held.papers, held.undated, held.files, counted.years, held.received, run, behind, self._versions)

    def changed(self) -> datetime | None:
        """See ``web.ports.Ledger``."""
        with looking_into(self._path) as catalogue:
            last = self._counted(catalogue).coverage.received if catalogue else None
        return max((time for time in (last, self._committed()) if time), default=None)

    def received(self, identifiers: Iterable[Identifier]) -> dict[Identifier, datetime]:
        """See ``web.ports.Ledger``."""
        with looking_into(self._path) as catalogue:
            return received(catalogue, identifiers) if catalogue else {}

    def parts(self) -> tuple[ListPart, ...]:
        """See ``web.ports.Ledger``; papers come into the last part only, so the times of the others are asked for once."""
        with looking_into(self._path) as catalogue:
            if catalogue is None:
                return ()
            numbers = parts(catalogue)
            with self._lock:
                times = {n: self._closed[n] if n in self._closed else part_received(catalogue, n) for n in numbers}
                self._closed = {number: times[number] for number in numbers[:-1]}
            return tuple(ListPart(number, time) for number, time in times.items())

    def part(self, number: int) -> list[tuple[Identifier, datetime | None]]:
        """See ``web.ports.Ledger``."""
        with looking_into(self._path) as catalogue:
            return part(catalogue, number) if catalogue else []

    def _counted(self, catalogue: Catalogue) -> _Counted:
        state = catalogue.state()
        with self._lock:
            if self._kept.state != state:
                self._kept = _Counted(state, coverage(catalogue), papers_per_year(catalogue.connection))
            return self._kept

    def _behind(self, catalogue: Catalogue) -> int | None:
        """How many changes the index does not have yet; None when it cannot be used."""
        try:
            return catalogue.count_changes_since(self._index.made().change)
        except (IndexMissing, IndexOutdated, EngineError):
            return None

    def _committed(self) -> datetime | None:
        """When the index was last committed; None when there is none, or when it is just being swapped."""
        try:
            return self._index.made().committed
        except (IndexMissing, IndexOutdated, EngineError, OSError):
            return None


def _run(catalogue: Catalogue) -> Run | None:
    last = last_run(catalogue.connection)
    finished = instant(str(last["finished"])) if last else None
    if last is None or finished is None:
        return None
    added, changed, failed = (int(str(last[name] or 0)) for name in ("added", "changed", "failed"))
    return Run(finished, added, changed, failed)
