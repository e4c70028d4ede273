"""The register of persons: whom each spelling of a name means, made of the names in the papers themselves.

Which names are of one person, ``indexer.paper.people`` decides among those of one surname; here the answers are kept, and kept
up while papers come and go. They depend on the names that there are, and not on the order in which they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from indexer.paper.identifier import Identifier
from indexer.paper.people import persons_of, surname_of


class Register:
    """The register within the catalogue's database; ``touch`` is told of each paper in which someone is now another person."""

    def __init__(self, db: sqlite3.Connection, touch: Callable[[Identifier], None]) -> None:
        self._db = db
        self._touch = touch

    def person(self, spelling: str) -> str:
        """Whom the spelling means; empty when that cannot be told, or nobody has it."""
        row = self._db.execute("SELECT person FROM register WHERE spelling = ?", (spelling,)).fetchone()
        return row[0] if row else ""

    def settle(self, come: Iterable[str], gone: Iterable[str]) -> None:
        """Take up spellings that a paper has, leave out those that no paper has any more, and decide anew what that changes."""
        surnames: dict[str, None] = {}
        for spelling in come:
            surname = surname_of(spelling)
            new = self._db.execute("INSERT OR IGNORE INTO register VALUES (?, ?, '')", (spelling, surname)).rowcount
            if new:
                surnames[surname] = None
        for spelling in gone:
            if self._db.execute("SELECT 1 FROM paper_people WHERE spelling = ? LIMIT 1", (spelling,)).fetchone() is None:
                self._db.execute("DELETE FROM register WHERE spelling = ?", (spelling,))
                surnames[surname_of(spelling)] = None
        for surname in surnames:
            self._decide(surname)

    def _decide(self, surname: str) -> None:
        before = dict(self._db.execute("SELECT spelling, person FROM register WHERE surname = ?", (surname,)))
        for spelling, person in persons_of(sorted(before)).items():
            if person == before[spelling]:
                continue
            self._db.execute("UPDATE register SET person = ? WHERE spelling = ?", (person, spelling))
            known_as = person or spelling
            papers = self._db.execute(
                "SELECT DISTINCT identifier FROM paper_people WHERE spelling = ? AND person <> ?", (spelling, known_as)
            ).fetchall()
            self._db.execute("UPDATE paper_people SET person = ? WHERE spelling = ?", (known_as, spelling))
            for (identifier,) in papers:
                self._touch(Identifier(identifier))
