"""The papers of the catalogue, as the front end asks for them. Only asks; what a page makes of it is decided in ``web``."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.identifier import Identifier
from indexer.model import Kamerstuk, Where
from indexer.relations import attachments, cited_by, names, papers_per_year
from kamerstukken.looking import looking_into
from web.ports import Holdings, PaperReference, Withdrawal
from web.quoting import quoting


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
