"""A catalogue that is damaged in single rows, put right: what it keeps of a paper is written anew from the paper.

Whose rows are damaged the seals tell. The rows of a paper are those that an empty catalogue makes of it, so that nobody else has
to know what stands in them; lists of many papers are sealed anew when all their rows are as they were written. Where the seals
agree with what was put, all is as it was, and nobody who follows the catalogue need know of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.database import in_memory
from indexer.catalogue.harvested import NOTES, ask_again, forget
from indexer.catalogue.manifest import Manifest, WithdrawnMark
from indexer.catalogue.migrations import migrate
from indexer.catalogue.seals import (
    LISTS,
    Broken,
    broken,
    counted,
    faults,
    keep_seals,
    read_row,
    row_sum,
    seal_anew,
    sealed,
)
from indexer.paper.codec import decode
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk

_TABLES = {
    "papers": "identifier",
    "paper_dossiers": "identifier",
    "paper_people": "identifier",
    "citations": "source",
    "relations": "source",
}
"""The tables with what is written of a paper, each with the column that names it."""
_OF_PAPER = tuple(name for name, one in LISTS.items() if one.is_of_paper and one.table in _TABLES)
_OF_ONE_ROW = ("removal", "file", "run", "name", "moment", "epochs", "change", *NOTES)
"""Lists of rows that are made anew one by one, or are told again by others."""
_OF_MANY = (
    "year", "part", "read by", "dossier", "number", "person", "surname", "citing", "said of",
    "every run", "every paper", "every removal", "every file", "every citation",
)  # fmt: skip
"""Lists of rows that stand in one of the others too."""


class NotConfined(Exception):
    """More is damaged than single rows."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The file that a paper was read from, by which parser, and the number of its last change; None where that was lost."""

    mark: str
    form: str
    parser: str
    change: int | None = None


class Repair:
    """The repair of one catalogue, within its transaction. First every damaged paper is written or dropped; then ``finish``."""

    def __init__(self, catalogue: Catalogue, empty: Catalogue, damage: Sequence[Broken]) -> None:
        self._catalogue, self._empty = catalogue, empty
        self._db = catalogue.connection
        self._damage = dict.fromkeys(damage)
        self.papers = sorted({one.value for one in damage if one.name in _OF_PAPER})
        """The papers of which something is damaged."""
        self._sealed = {one: sealed(self._db, one) for one in (*damage, *(one for name in self.papers for one in _lists(name)))}
        self._targets: dict[str, set[str]] = {}
        """Of each paper that was written those that it said to be something to, as far as that could be read."""
        self._lost = False
        """Whether something is not there any more, so that lists of many may be shorter than they were."""
        keep_seals(self._db)

    def of(self, name: str) -> list[str]:
        """The values of the damaged lists of this name."""
        return [one.value for one in self._damage if one.name == name]

    # Papers

    def kept(self, name: str) -> tuple[Kamerstuk, bytes] | None:
        """The paper as the catalogue keeps it, where that is whole."""
        row = None if Broken("body", name) in self._damage else read_row(self._db, "body", name)
        return (decode(row[1]), row[1]) if row else None

    def standing(self, name: str) -> Standing | None:
        """How the paper stands in the catalogue, where that is whole."""
        row = None if Broken("standing", name) in self._damage else read_row(self._db, "standing", name)
        return Standing(*row[1:]) if row else None

    def write(self, paper: Kamerstuk, body: bytes, standing: Standing) -> None:
        """Write all rows of a paper anew."""
        name = str(paper.identifier)
        self._empty.put(paper, standing.mark, standing.form, body)
        self._targets[name] = self._said(name)
        for table, column in _TABLES.items():
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))  # noqa: S608 - names of ours
            rows = self._empty.connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (name,)).fetchall()  # noqa: S608
            if rows:
                self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608
        change = self._number(name, standing)
        self._db.execute("UPDATE papers SET parser = ?, change = ? WHERE identifier = ?", (standing.parser, change, name))
        self._empty.drop(paper.identifier)

    def _number(self, name: str, standing: Standing) -> int:
        """The number of the last change of a paper; where that was lost, the one that its seal agrees with, or 0."""
        if standing.change is not None:
            return standing.change
        told = self._sealed[Broken("standing", name)]
        row = (name, standing.mark, standing.form, standing.parser)
        numbers = range(self._catalogue.history.last_change(), 0, -1)
        return next((number for number in numbers if told == (1, row_sum(*row, number))), 0)

    def withdraw(self, name: str, mark: WithdrawnMark) -> None:
        """Let a paper that was taken back stay so."""
        self._catalogue.drop(Identifier(name))
        if Broken("removal", name) not in self._damage and self._catalogue.removed(Identifier(name)) is None:
            self._catalogue.note_removal(Identifier(name), mark.at)
        self._lost = True

    def drop(self, name: str) -> None:
        """Let a paper that cannot be had be in the catalogue no more; the source is asked for it again."""
        self._catalogue.drop(Identifier(name))
        forget(self._db, [name])
        self._lost = True

    # Other rows

    def put_file(self, mark: str, manifest: Manifest | None) -> None:
        """Record a file as its manifest tells; without one nothing is known of it."""
        self._db.execute("DELETE FROM files WHERE fingerprint = ?", (mark,))
        if manifest:
            facts = (manifest.form, manifest.origin, manifest.size, manifest.received)
            self._catalogue.note_file(Identifier(manifest.identifier), mark, *facts)
        self._lost |= not manifest

    def put_removal(self, name: str, mark: WithdrawnMark | None) -> None:
        """Record that a paper left as its mark tells; without one it did not."""
        row = self._db.execute("SELECT change FROM removals WHERE identifier = ?", (name,)).fetchone()
        self._db.execute("DELETE FROM removals WHERE identifier = ?", (name,))
        if mark:
            told = self._sealed[Broken("removal", name)]
            numbers = (*(row or ()), mark.change, *range(self._catalogue.history.last_change(), 0, -1))
            change = next((number for number in numbers if told == (1, row_sum(name, number, mark.at))), mark.change)
            self._db.execute("INSERT INTO removals (identifier, change, at) VALUES (?, ?, ?)", (name, change, mark.at))
        self._lost |= not mark

    def _settle_rest(self) -> None:
        """Make anew what follows from the papers, and forget what nobody else knows."""
        for number in self.of("run"):
            self._db.execute("DELETE FROM failures WHERE run = ?", (number,))
            self._db.execute("DELETE FROM runs WHERE run = ?", (number,))
            self._lost = True
        for number in self.of("moment"):  # who stands at it begins anew
            self._db.execute("DELETE FROM history WHERE change = ?", (number,))
        if self.of("epochs"):
            self._db.execute("DELETE FROM epochs")
            self._catalogue.history.begin_anew()
        if self.of("name") or self.of("surname"):
            self._catalogue.people.make_anew()
        for name in self._targets:
            self._catalogue.people.name_people(Identifier(name))
        ask_again(self._db, self._damage)

    # The end

    def finish(self) -> None:
        """Seal anew what is damaged no more, and note as changed what is not as it was.

        Raises:
            NotConfined: something is still damaged, or is gone that no damaged paper had.
        """
        self._settle_rest()
        other = [name for name in self._targets if any(counted(self._db, one) != self._sealed[one] for one in _lists(name))]
        if not other and not self._lost and any(self._is_short(one) for one in self._damage if one.name in _OF_MANY):
            raise NotConfined
        seal_anew(self._db, self._damage)
        for name in other:
            said = Broken("said by", name)
            others = self._targets[name] | self._said(name) if counted(self._db, said) != self._sealed[said] else ()
            for paper in (name, *sorted(others)):
                self._catalogue.touch(Identifier(paper))
        if next(broken(self._db), None):
            raise NotConfined

    def _is_short(self, one: Broken) -> bool:
        """Whether rows are gone that nothing else tells of; where only the seal is damaged, its sum is right or it has fewer."""
        (many, total), (sealed_many, sealed_total) = counted(self._db, one), self._sealed[one]
        return many < sealed_many and total != sealed_total

    def _said(self, name: str) -> set[str]:
        rows = self._db.execute("SELECT target FROM relations WHERE source = ?", (name,))
        return {target for (target,) in rows}


def _lists(name: str) -> Iterator[Broken]:
    """All that is sealed of what is written of a paper."""
    return (Broken(one, name) for one in _OF_PAPER)


@contextmanager
def repairing(catalogue: Catalogue, parser_version: str) -> Iterator[Repair]:
    """Repair a catalogue: what is done within is written at once, or on an error not at all.

    Raises:
        NotConfined: more is damaged than single rows.
        CatalogueDamaged: it cannot be read.
    """
    db = catalogue.connection
    with in_memory() as connection:
        migrate(connection, Path(":memory:"))
        empty = Catalogue(connection, parser_version)
        damage = list(broken(db))
        known = {*_OF_PAPER, *_OF_ONE_ROW, *_OF_MANY}
        if any(one.name not in known for one in damage) or any(faults(db)) or _schema(empty) != _schema(catalogue):
            raise NotConfined
        if any(one.name == "change" for one in damage):
            _count_anew(catalogue)
        with catalogue.transaction():
            repair = Repair(catalogue, empty, [one for one in damage if one.name != "change"])
            yield repair
            repair.finish()


def _schema(catalogue: Catalogue) -> set[tuple[str, str]]:
    query = "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    return {(name, sql) for name, sql in catalogue.connection.execute(query)}


def _count_anew(catalogue: Catalogue) -> None:
    """Let the number of the last change be the last one that anything tells of."""
    db = catalogue.connection
    told = " UNION ALL ".join(f"SELECT max(change) AS one FROM {table}" for table in ("papers", "removals", "history"))  # noqa: S608
    db.execute(f"UPDATE state SET change = (SELECT coalesce(max(one), 0) FROM ({told}))")  # noqa: S608 - names of ours
    seal_anew(db, [Broken("change", "0")])
