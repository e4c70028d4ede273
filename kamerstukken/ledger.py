"""What the archive knows of itself, as the front end asks for it: catalogue and index side by side. Only asks."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.coverage import Coverage, coverage, instant, part, part_received, parts, received
from indexer.errors import EngineError, IndexMissing, IndexOutdated
from indexer.identifier import Identifier
from indexer.read import PARSER_VERSION
from indexer.relations import papers_per_year
from indexer.runs import last_run
from kamerstukken.looking import looking_into
from search.ports import KeptIndex
from web.ports import ListPart, Run, Standing


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
