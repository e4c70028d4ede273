"""How papers are registered at the Tweede Kamer: keeps what the records tell, and decides which paper a document is.

Three ways lead from a document to its paper, the surest first: the name its publisher gave it; dossier and number, when chamber
and dossiers agree; and, when it has neither, a title and a date that no other document and no other paper have. What cannot be
told for certain stays unsettled. A document is settled anew whenever it or a paper it could be comes or goes, so that the order
in which they come makes no difference. Part of the catalogue; other parts ask ``Catalogue``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from indexer.identifier import Identifier
from indexer.model import Dossier, Kamerstuk
from indexer.odata import Registration

SITE = "https://www.tweedekamer.nl/kamerstukken"
_FOLDERS = (("Brief regering", "brieven_regering/"), ("Motie", "moties/"), ("Amendement", "amendementen/"))
"""Where the site shows documents of a kind; all others stand directly below ``kamerstukken``."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a paper is called at the Tweede Kamer, and its address there; empty where that is not known."""

    zaken: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    address: str = ""


class Registrations:
    """The registrations in the catalogue's database.

    ``get`` gives a paper of the catalogue; ``touch`` is told the identifier of each paper whose numbers have changed.
    """

    def __init__(
        self, database: sqlite3.Connection, get: Callable[[Identifier], Kamerstuk | None], touch: Callable[[Identifier], None]
    ) -> None:
        self._db = database
        self._get = get
        self._touch = touch

    def register(self, registration: Registration) -> int:
        """Take in a record; of two records of one document or zaak the one that was changed last counts.

        Gives how many papers have other numbers now.
        """
        document = registration.document
        paper = self._paper_of(document)
        before = {paper: self.numbers(paper)} if paper else {}
        dirty = {document, *self._alike(document)}
        self._keep(registration)
        dirty |= set(self._alike(document))
        return self._settle(dirty, before)

    def paper_changed(self, identifier: Identifier, titles: Iterable[tuple[str | None, str]]) -> None:
        """A paper came, changed or left; ``titles`` are the dates (ISO) and names it had and has."""
        key = str(identifier)
        dirty = set(self._documents("SELECT document FROM tk_documents WHERE paper = ?", key))
        dirty |= set(self._documents("SELECT document FROM tk_names WHERE identifier = ?", key))
        for day, name in set(titles):
            dirty |= set(self._documents("SELECT document FROM tk_documents WHERE date = ? AND title = ?", day, _folded(name)))
        if dirty:
            self._settle(dirty, {})

    def numbers(self, identifier: Identifier) -> Numbers:
        """The numbers of a paper."""
        rows = self._db.execute(
            "SELECT d.document, d.kind, z.zaak, z.kind FROM tk_documents d "
            "LEFT JOIN tk_zaken z ON z.document = d.document AND NOT z.removed WHERE d.paper = ? ORDER BY d.document, z.zaak",
            (str(identifier),),
        ).fetchall()
        if not rows:
            return Numbers()
        # A letter may also stand in the zaken it answers; its own one is of its own kind ("Motie" of "Motie (gewijzigd/nader)").
        pairs = [(not kind.startswith(of), document, zaak, kind) for document, kind, zaak, of in rows if zaak]
        _, document, zaak, kind = min(pairs, default=(True, "", "", ""))
        return Numbers(
            zaken=tuple(dict.fromkeys(row[2] for row in rows if row[2])),
            documents=tuple(dict.fromkeys(row[0] for row in rows)),
            address=_address(kind, zaak, document) if zaak else "",
        )

    def papers(self, number: str) -> list[Identifier]:
        """The papers under the number of a document or zaak, in any case."""
        rows = self._db.execute(
            "SELECT paper FROM tk_documents WHERE paper IS NOT NULL AND document = ? UNION SELECT d.paper FROM tk_documents d "
            "JOIN tk_zaken z USING (document) WHERE d.paper IS NOT NULL AND z.zaak = ? AND NOT z.removed ORDER BY 1",
            (number.upper(), number.upper()),
        )
        return [Identifier(row[0]) for row in rows]

    # Keeping

    def _keep(self, registration: Registration) -> None:
        stored = self._stored(registration.document)
        kept = _merged(stored, registration) if stored else registration
        self._db.execute(
            "INSERT INTO tk_documents (document, changed, removed, kind, names, dossiers, number, chamber, date, title) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (document) DO UPDATE SET changed = excluded.changed, "
            "removed = excluded.removed, kind = excluded.kind, names = excluded.names, dossiers = excluded.dossiers, "
            "number = excluded.number, chamber = excluded.chamber, date = excluded.date, title = excluded.title",
            (
                kept.document,
                kept.changed,
                kept.removed,
                kept.kind,
                " ".join(map(str, kept.names)),
                " ".join(dossier.key for dossier in kept.dossiers),
                kept.number,
                kept.chamber,
                kept.date.isoformat() if kept.date else None,
                _folded(kept.title),
            ),
        )
        names = {str(name) for name in (*kept.names, *_composed(kept))}
        self._db.execute("DELETE FROM tk_names WHERE document = ?", (kept.document,))
        self._db.executemany("INSERT INTO tk_names (document, identifier) VALUES (?, ?)", [(kept.document, n) for n in names])
        self._db.executemany(
            "INSERT INTO tk_zaken (document, zaak, kind, changed, removed) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (document, zaak) DO UPDATE SET kind = excluded.kind, changed = excluded.changed, "
            "removed = excluded.removed WHERE tk_zaken.changed <= excluded.changed",
            [(kept.document, zaak.number, zaak.kind, zaak.changed, zaak.removed) for zaak in registration.zaken],
        )

    def _stored(self, document: str) -> Registration | None:
        """What was kept of a document, but for its zaken."""
        row = self._db.execute(
            "SELECT changed, removed, kind, names, dossiers, number, chamber, date, title FROM tk_documents WHERE document = ?",
            (document,),
        ).fetchone()
        if row is None:
            return None
        changed, removed, kind, names, dossiers, number, chamber, day, title = row
        return Registration(
            document=document,
            kind=kind,
            names=tuple(map(Identifier, names.split())),
            dossiers=tuple(map(Dossier, dossiers.split())),
            number=number,
            chamber=chamber,
            title=title,
            date=date.fromisoformat(day) if day else None,
            changed=changed,
            removed=bool(removed),
        )

    # Settling

    def _settle(self, documents: Iterable[str], before: dict[Identifier, Numbers]) -> int:
        """Decide anew which papers these documents are; ``before`` has numbers of papers that may have changed already."""
        for document in sorted(documents):
            old, new = self._paper_of(document), self._find(document)
            for paper in (old, new):
                if paper and paper not in before:
                    before[paper] = self.numbers(paper)
            if old != new:
                self._db.execute("UPDATE tk_documents SET paper = ? WHERE document = ?", (str(new) if new else None, document))
        changed = [paper for paper, numbers in before.items() if self.numbers(paper) != numbers]
        for paper in changed:
            self._touch(paper)
        return len(changed)

    def _find(self, document: str) -> Identifier | None:
        """The paper that a document certainly is, or None."""
        registration = self._stored(document)
        if registration is None or registration.removed:
            return None
        for name in registration.names:
            if self._db.execute("SELECT 1 FROM papers WHERE identifier = ?", (str(name),)).fetchone():
                return name
        composed = _composed(registration)
        if registration.names or composed:
            found = [name for name in composed if self._agrees(self._get(name), registration)]
            return found[0] if len(found) == 1 else None
        return self._titled(registration)

    @staticmethod
    def _agrees(paper: Kamerstuk | None, registration: Registration) -> bool:
        """Whether a paper is of the chamber and of all the dossiers that a document is registered in."""
        if paper is None or paper.chamber != registration.chamber:
            return False
        return {dossier.key for dossier in registration.dossiers} <= {dossier.key for dossier in paper.dossiers}

    def _titled(self, registration: Registration) -> Identifier | None:
        """The one paper of this title and date, when no other document has them."""
        day, title = registration.date, _folded(registration.title)
        if not day or not title or self._alike(registration.document):
            return None
        rows = self._db.execute("SELECT identifier, name FROM papers WHERE date = ?", (day.isoformat(),))
        found = [Identifier(identifier) for identifier, name in rows if _folded(name) == title]
        paper = self._get(found[0]) if len(found) == 1 else None
        if paper and registration.chamber in ("", paper.chamber) and _folded(paper.title) == title:
            return paper.identifier
        return None

    def _alike(self, document: str) -> list[str]:
        """The other documents with the title and the date of this one."""
        return self._documents(
            "SELECT o.document FROM tk_documents d JOIN tk_documents o ON o.date = d.date AND o.title = d.title "
            "AND o.document <> d.document AND NOT o.removed WHERE d.document = ? AND d.title <> ''",
            document,
        )

    def _paper_of(self, document: str) -> Identifier | None:
        row = self._db.execute("SELECT paper FROM tk_documents WHERE document = ?", (document,)).fetchone()
        return Identifier(row[0]) if row and row[0] else None

    def _documents(self, query: str, *values: str | None) -> list[str]:
        return [row[0] for row in self._db.execute(query, values)]


def _merged(stored: Registration, record: Registration) -> Registration:
    """Two records of one document: the later one, with what it leaves out taken from the other."""
    later, other = (record, stored) if record.changed >= stored.changed else (stored, record)
    return replace(
        later,
        kind=later.kind or other.kind,
        names=later.names or other.names,
        dossiers=later.dossiers or other.dossiers,
        number=later.number or other.number,
        chamber=later.chamber or other.chamber,
        title=later.title or other.title,
        date=later.date or other.date,
    )


def _composed(registration: Registration) -> list[Identifier]:
    """What the paper may be called by its dossiers and number; of several dossiers one is right. Needs the chamber to compare."""
    if not (registration.number and registration.chamber):
        return []
    return [Identifier(f"kst-{dossier.key}-{registration.number}") for dossier in registration.dossiers]


def _address(kind: str, zaak: str, document: str) -> str:
    folder = next((folder for start, folder in _FOLDERS if kind.startswith(start)), "")
    return f"{SITE}/{folder}detail?id={zaak}&did={document}"


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
