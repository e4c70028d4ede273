"""The people of papers, and the register that tells whom each of their names means, made of those names themselves.

Which names are of one person, ``indexer.paper.people`` decides among those of one surname; here the answers are kept, and kept
up while papers come and go. They depend on the names that there are, and not on the order in which they came. The clerks of
committees are no members: they sign with a bare surname, so they are left out, and each is called as the paper does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.catalogue.seals import read_row, state_of
from indexer.paper.identifier import Identifier
from indexer.paper.model import PaperPerson, PersonRole, ReadIn, submitting
from indexer.paper.people import NAMES_VERSION, person_name, persons_of, surname_of

Decide = Callable[[Iterable[str]], dict[str, str]]
"""Tells of all names of one surname whom each of them means; see ``persons_of``."""


class Register:
    """The people within the catalogue's database; ``touch`` is told of each paper in which someone is now another person.

    A paper's row for someone has as ``person`` the value that lists and addresses use (``PaperPerson.known_as``). In the register
    ``person`` is empty where it cannot be told whom a name means, and NULL as long as that was not decided.
    """

    def __init__(self, db: sqlite3.Connection, touch: Callable[[Identifier], None], decide: Decide = persons_of) -> None:
        self._db = db
        self._touch = touch
        self._whom = decide

    def person(self, name: str) -> str | None:
        """Whom the name means; None when that cannot be told, or nobody has it."""
        row = read_row(self._db, "name", name)
        return row[2] or None if row else None

    def settle(self, paper: Identifier, people: Sequence[PaperPerson], *, new: bool = False) -> None:
        """Record the people of a paper, in place of those it had unless it is ``new``.

        Names that come or go by that may change whom others mean.
        """
        key = str(paper)
        before: dict[str, None] = {}
        if not new:
            before = dict.fromkeys(
                name
                for (name,) in self._db.execute("SELECT name FROM paper_people WHERE identifier = ? AND role <> 'clerk'", (key,))
            )
            self._db.execute("DELETE FROM paper_people WHERE identifier = ?", (key,))
        named = list(dict.fromkeys(one.name for one in people if one.name and is_registered(one)))
        known = self._known(named)
        submitters = submitting(people)
        self._db.executemany(
            "INSERT INTO paper_people (identifier, position, name, role, office, submitted, signed, person) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(key, i, one.name, one.role.value, one.office, one in submitters, ReadIn.SIGNATURE in one.read_in),
                    (known.get(one.name) if is_registered(one) else None) or _called(one.name),
                )
                for i, one in enumerate(people)
            ],
        )
        come = self._come(named, known)
        gone = self._gone(name for name in before if name and name not in named)
        for surname in dict.fromkeys(map(surname_of, come + gone)):
            self._decide(surname, key)

    def is_settled(self) -> bool:
        """Whether the answers follow from the rules that this program has."""
        return bool(state_of(self._db, "names") == NAMES_VERSION)

    def settle_anew(self) -> None:
        """Decide whom every name means by the present rules."""
        # A person that is known is left standing, so that only papers are touched in which someone is another one.
        self._db.create_function("surname_of", 1, surname_of, deterministic=True)
        self._db.create_function("person_name", 1, person_name, deterministic=True)
        self._db.execute("UPDATE register SET surname = surname_of(name), person = nullif(person, '')")
        self._db.execute(
            "UPDATE paper_people SET person = person_name(name) "
            "WHERE name IN (SELECT name FROM register WHERE person IS NULL) AND person <> person_name(name) AND role <> 'clerk'"
        )
        for (surname,) in self._db.execute("SELECT DISTINCT surname FROM register ORDER BY surname").fetchall():
            self._decide(surname)
        self._db.execute("UPDATE state SET names = ?", (NAMES_VERSION,))

    def make_anew(self) -> None:
        """Make the register of the names that papers have, where it was lost; whom these mean stands with the papers already."""
        self._db.create_function("surname_of", 1, surname_of, deterministic=True)
        self._db.execute("DELETE FROM register")
        self._db.execute(
            "INSERT INTO register (name, surname) "
            "SELECT DISTINCT name, surname_of(name) FROM paper_people WHERE name <> '' AND role <> 'clerk'"
        )
        for (surname,) in self._db.execute("SELECT DISTINCT surname FROM register ORDER BY surname").fetchall():
            names = [name for (name,) in self._db.execute("SELECT name FROM register WHERE surname = ?", (surname,))]
            whom = self._whom(sorted(names))
            self._db.executemany("UPDATE register SET person = ? WHERE name = ?", [(one, name) for name, one in whom.items()])

    def name_people(self, paper: Identifier) -> None:
        """Let the people of a paper be called as the register says."""
        key = str(paper)
        query = "SELECT DISTINCT name FROM paper_people WHERE identifier = ? AND name <> '' AND role <> 'clerk'"
        known = self._known(name for (name,) in self._db.execute(query, (key,)).fetchall())
        self._db.executemany(
            "UPDATE paper_people SET person = ? WHERE identifier = ? AND name = ? AND role <> 'clerk'",
            [(person or _called(name), key, name) for name, person in known.items()],
        )

    def _known(self, names: Iterable[str]) -> dict[str, str | None]:
        """Whom those of the names mean that are registered."""
        asked = ((name, self._db.execute("SELECT person FROM register WHERE name = ?", (name,)).fetchone()) for name in names)
        return {name: row[0] for name, row in asked if row}

    def _come(self, named: Iterable[str], known: Iterable[str]) -> list[str]:
        """Register the names that are not; gives them."""
        come = [name for name in named if name not in known]
        if come:
            self._db.executemany(
                "INSERT INTO register (name, surname) VALUES (?, ?)", [(name, surname_of(name)) for name in come]
            )
        return come

    def _gone(self, names: Iterable[str]) -> list[str]:
        """Take out of the register those of the names that no paper has any more; gives them."""
        gone = []
        for name, person in self._known(names).items():
            if next(self._papers_of(name, person or _called(name)), None) is None:
                self._db.execute("DELETE FROM register WHERE name = ?", (name,))
                gone.append(name)
        return gone

    def _papers_of(self, name: str, person: str) -> Iterator[str]:
        """The papers that have this name of a person; found by the person, who has few names but many papers."""
        having = "SELECT identifier FROM paper_people WHERE person = ? AND name = ? AND role <> 'clerk'"
        rows = self._db.execute(having, (person, name))
        return (identifier for (identifier,) in rows)

    def _decide(self, surname: str, settled: str = "") -> None:
        """Decide anew whom the names of this surname mean; the paper that is being ``settled`` need not be touched."""
        before = dict(self._db.execute("SELECT name, person FROM register WHERE surname = ?", (surname,)).fetchall())
        for name, person in self._whom(sorted(before)).items():
            if person == before[name]:
                continue
            was, called = before[name] or _called(name), person or _called(name)
            papers = set(self._papers_of(name, was)) - {settled}
            self._db.execute("UPDATE register SET person = ? WHERE name = ?", (person, name))
            if was != called:
                changing = "UPDATE paper_people SET person = ? WHERE person = ? AND name = ? AND role <> 'clerk'"
                self._db.execute(changing, (called, was, name))
            for identifier in sorted(papers):
                self._touch(Identifier(identifier))


def is_registered(one: PaperPerson) -> bool:
    """Whether the register tells whom this name means; the queries say it as ``role <> 'clerk'``."""
    return one.role is not PersonRole.CLERK


def _called(name: str) -> str:
    """What someone is called whose name may be that of several persons."""
    return person_name(name) if name else ""
