"""Seals: by which what the catalogue says is noticed to be other than what was written.

A *list* is all rows of a table that have one value in common: the papers of a dossier, what a person put a name to, or the one
row of a paper. Its seal tells how many rows it has, and the sum of their checksums. Triggers keep the seals with every row that
is written; whoever reads a list compares it. A seal stands elsewhere in the file than the rows, so damage in one place makes the
two differ, also where a row, or the way to it, is gone. What no row is found of and has no seal either was never there.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from indexer.errors import CatalogueDamaged

MEND = "mend it with: kamerstukken check --mend"
Row = tuple[Any, ...]

_AT_ONCE = 500
"""A question to SQLite has at most so many values."""


@dataclass(frozen=True, slots=True)
class SealedList:
    """What is sealed under one name: the rows of a table that have one value in common, as far as these columns tell.

    ``of`` is that value in SQL, of a row whose columns are named with ``{0}`` before them. Rows are read from the table, and
    where that is quicker from an ``index`` that has all the columns.
    """

    table: str
    of: str
    columns: tuple[str, ...]
    index: str = ""

    def value(self, row: str = "") -> str:
        """The value that rows have in common, as it stands in a statement about one ``row``."""
        return f"coalesce({self.of.format(row)}, '')"

    @property
    def source(self) -> str:
        """As it stands in a query."""
        return f"{self.table} INDEXED BY {self.index}" if self.index else self.table

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole table."""
        return self.of == WHOLE

    @property
    def is_of_paper(self) -> bool:
        """Whether it is what the catalogue keeps of one paper."""
        return self.of in (IDENTIFIER, SOURCE)


WHOLE = "0"
"""The value of lists of whole tables."""
IDENTIFIER = "{0}identifier"
SOURCE = "{0}source"
"""The identifier of the paper that says what is listed."""
PART = 20_000
"""How many changes a part has of the list of papers in order of their changes; the last steps of ``migrations`` hold it too."""
INVENTED = "i"
"""What stands before the number of a part that has the invented papers of those changes."""
IN_PART = f"iif({{0}}fictional, '{INVENTED}', '') || (({{0}}change - 1) / {PART})"

_GLANCE = ("identifier", "date", "kind", "nameless", "fictional", "date_doubt")
_LINE = ("date", "doubtful_date", "date_doubt", "kind", "name", "short_name", "subtitle", "fictional", "nameless")
_DOSSIER = ("identifier", "position", "number", "addition", "title", "key", "place")
_PERSON = ("identifier", "position", "name", "role", "office", "submitted", "signed", "person")
_REGISTERED = ("name", "surname", "person")
_DOCUMENT = ("document", "changed", "removed", "kind", "names", "dossiers", "number", "chamber", "date", "title", "paper")
_RUN = ("run", "what", "started", "finished", "read", "added", "changed", "unchanged", "failed")
_CITATION = ("source", "target", "place", "container", "start")
_RELATION = ("source", "kind", "target")
_REMOVAL = ("identifier", "change", "at")
_FILE = ("fingerprint", "identifier", "form", "origin", "received", "size")
_HARVEST = ("harvest", "cql", "first", "last", "listing", "since", "begun", "finished", "asked", "newest", "doubt")
_WINDOW = ("number", "harvest", "first", "last", "undated", "since", "expected", "tries", "doubt")
_RECORD = ("identifier", "stamp", "date", "status", "addresses", "state", "rounds", "reason")
_PART = ("identifier", "form", "stamp", "etag", "modified", "mark", "content")

LISTS = {
    "body": SealedList("papers", IDENTIFIER, ("identifier", "body")),
    "line": SealedList("papers", IDENTIFIER, ("identifier", *_LINE)),
    "glance": SealedList("papers", IDENTIFIER, _GLANCE, "papers_at_a_glance"),
    "year": SealedList("papers", "substr({0}date, 1, 4)", _GLANCE, "papers_at_a_glance"),
    "standing": SealedList("papers", IDENTIFIER, ("identifier", "fingerprint", "form", "parser", "change")),
    "part": SealedList("papers", IN_PART, ("identifier", "change", "fictional"), "papers_by_part"),
    "read by": SealedList("papers", "{0}parser", ("identifier", "parser"), "papers_by_parser"),
    "removal": SealedList("removals", IDENTIFIER, _REMOVAL),
    "dossiers of": SealedList("paper_dossiers", IDENTIFIER, _DOSSIER),
    "dossier": SealedList("paper_dossiers", "{0}key", _DOSSIER, "dossiers_by_place"),
    "number": SealedList("paper_dossiers", "{0}number", _DOSSIER, "dossiers_by_number"),
    "people of": SealedList("paper_people", IDENTIFIER, _PERSON),
    "person": SealedList("paper_people", "{0}person", _PERSON, "people_by_person"),
    "name": SealedList("register", "{0}name", _REGISTERED),
    "surname": SealedList("register", "{0}surname", _REGISTERED),
    "cited by": SealedList("citations", SOURCE, _CITATION),
    "citing": SealedList("citations", "{0}target", _CITATION),
    "said by": SealedList("relations", SOURCE, _RELATION),
    "said of": SealedList("relations", "{0}target", _RELATION),
    "file": SealedList("files", "{0}fingerprint", _FILE),
    "documents": SealedList("tk_documents", "{0}paper", _DOCUMENT),
    "zaken": SealedList("tk_zaken", "{0}document", ("document", "zaak", "kind", "changed", "removed")),
    "run": SealedList("runs", "{0}run", _RUN),
    "change": SealedList("state", WHOLE, ("change",)),
    "every run": SealedList("runs", WHOLE, ("run",)),
    "every paper": SealedList("papers", WHOLE, _GLANCE, "papers_at_a_glance"),
    "every removal": SealedList("removals", WHOLE, _REMOVAL),
    "every file": SealedList("files", WHOLE, _FILE),
    "every citation": SealedList("citations", WHOLE, ("source", "target")),
    "moment": SealedList("history", "{0}change", ("change", "mark")),
    "epochs": SealedList("epochs", WHOLE, ("number", "epoch")),
    "harvest": SealedList("harvests", "{0}harvest", _HARVEST),
    "windows": SealedList("harvest_windows", "{0}harvest", _WINDOW),
    "harvested": SealedList("harvest_records", IDENTIFIER, _RECORD),
    "listed": SealedList("harvest_members", IDENTIFIER, ("identifier", "harvest", "seen")),
    "fetched": SealedList("harvest_parts", IDENTIFIER, _PART),
}
"""All that is sealed, by name. What ``of`` tells of is among the columns."""


def row_sum(*row: Any) -> int:
    """The checksum of a row; the same in every version of Python."""
    content = row[-1] if isinstance(row[-1], bytes) else b""
    plain = row[:-1] if content else row
    return zlib.crc32(content, zlib.crc32(ascii(plain).encode("ascii")))


def with_sums(db: sqlite3.Connection) -> None:
    """Let a connection write and compare what is sealed."""
    db.create_function("row_sum", -1, row_sum, deterministic=True)


@dataclass(frozen=True, slots=True)
class Broken:
    """A list that is not as it was written."""

    name: str
    value: str


def statements() -> Iterator[str]:
    """What makes the seals and the triggers that keep them, from a catalogue that has none."""
    yield (
        "CREATE TABLE seals (list TEXT NOT NULL, value TEXT NOT NULL, rows INTEGER NOT NULL, sum INTEGER NOT NULL, "
        "PRIMARY KEY (list, value)) WITHOUT ROWID"
    )
    for name, one in LISTS.items():
        yield _filling(name, one)
    yield from triggers().values()


def further_statements(first: str) -> Iterator[str]:
    """What makes the seals of a list and of all that stand after it, where they may be there already, and all triggers anew.

    The other seals are left alone, so that what is damaged already does not pass for what was written.
    """
    names = list(LISTS)
    for name in names[names.index(first) :]:
        yield f"DELETE FROM seals WHERE list = '{name}'"  # noqa: S608 - a constant
        yield _filling(name, LISTS[name])
    for trigger, statement in triggers().items():
        yield f"DROP TRIGGER IF EXISTS {trigger}"
        yield statement


def triggers() -> dict[str, str]:
    """What makes each trigger, by its name."""
    return {name: statement for i in range(len(LISTS)) for name, statement in _triggers(i).items()}


def _triggers(i: int) -> dict[str, str]:
    name, one = list(LISTS.items())[i]
    made = {f"seal_{i}_{event}": _trigger(i, event, _adding(name, one, row, sign)) for event, sign, row in _EVENTS}
    both = f"{_adding(name, one, 'OLD', '-')}; {_adding(name, one, 'NEW', '+')}"
    return {**made, f"seal_{i}_UPDATE": _trigger(i, "UPDATE", both, f" OF {', '.join(one.columns)}")}


_EVENTS = (("INSERT", "+", "NEW"), ("DELETE", "-", "OLD"))


def _trigger(i: int, event: str, statement: str, of: str = "") -> str:
    table = list(LISTS.values())[i].table
    return f"CREATE TRIGGER seal_{i}_{event} AFTER {event}{of} ON {table} BEGIN {statement}; END"


def drops() -> Iterator[str]:
    """What takes all seals and triggers away."""
    yield "DROP TABLE seals"
    yield from (f"DROP TRIGGER IF EXISTS {name}" for name in triggers())


def _filling(name: str, one: SealedList) -> str:
    """The statement that makes the seals of all lists of this name."""
    return (
        f"INSERT INTO seals (list, value, rows, sum) SELECT '{name}', {one.value()}, count(*), "  # noqa: S608 - constants
        f"sum(row_sum({', '.join(one.columns)})) FROM {one.table} GROUP BY 2"
    )


def _adding(name: str, one: SealedList, row: str, sign: str) -> str:
    """The statement of a trigger that adds a row to its seal, or takes it away."""
    columns, value = ", ".join(f"{row}.{column}" for column in one.columns), one.value(f"{row}.")
    return (
        f"INSERT INTO seals VALUES ('{name}', {value}, {sign}1, {sign}row_sum({columns})) "  # noqa: S608 - constants
        "ON CONFLICT DO UPDATE SET rows = rows + excluded.rows, sum = sum + excluded.sum"
    )


def read_list(db: sqlite3.Connection, name: str, value: str = WHOLE) -> list[Row]:
    """The rows of a list, as they were written.

    Raises:
        CatalogueDamaged: they are not.
    """
    return read_lists(db, name, (value,))[value]


def read_lists(db: sqlite3.Connection, name: str, values: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of several lists, by their values.

    Raises:
        CatalogueDamaged: one is not as it was written.
    """
    is_whole = LISTS[name].is_whole
    found: dict[str, list[Row]] = {}
    for some in _in_parts(list(dict.fromkeys(values))):
        rows_query, seals_query = _reading(name, len(some))
        rows: dict[str, list[Row]] = {value: [] for value in some}
        for value, *row in db.execute(rows_query, () if is_whole else some):
            if str(value) not in rows:  # the way to a row is whole, and what it leads to is not
                raise damaged(db, name, str(value))
            rows[str(value)].append(tuple(row))
        seals: dict[str, Row] = {value: (many, total) for value, many, total in db.execute(seals_query, (name, *some))}
        for value in some:
            if (len(rows[value]), sum(row_sum(*row) for row in rows[value])) != seals.get(value, (0, 0)):
                raise damaged(db, name, value)
        found.update(rows)
    return found


@lru_cache(maxsize=_AT_ONCE)
def _reading(name: str, many: int) -> tuple[str, str]:
    """The queries for the rows of so many lists, and for their seals; those for one list are asked for every paper."""
    one, marks = LISTS[name], ",".join("?" * many)
    of = one.of.format("")
    where = "" if one.is_whole else f" WHERE {of} IN ({marks})"
    return (
        f"SELECT {of}, {', '.join(one.columns)} FROM {one.source}{where}",  # noqa: S608 - names of ours, and marks
        f"SELECT value, rows, sum FROM seals WHERE list = ? AND value IN ({marks})",  # noqa: S608 - marks only
    )


def unsealed_list(db: sqlite3.Connection, name: str, value: str) -> list[Row]:
    """The rows of a list as they stand in the table, whatever its seal and its index tell; slow, to go on past damage."""
    one = LISTS[name]
    query = f"SELECT {', '.join(one.columns)} FROM {one.table} NOT INDEXED WHERE cast({one.value()} AS TEXT) = ?"  # noqa: S608 - constants
    return list(db.execute(query, (value,)))


def read_row(db: sqlite3.Connection, name: str, value: str) -> Row | None:
    """The only row of a list, or None where there is none.

    Raises:
        CatalogueDamaged: it is not as it was written.
    """
    rows = read_list(db, name, value)
    return rows[0] if rows else None


def state_of(db: sqlite3.Connection, column: str) -> Any:
    """What the only row about the catalogue itself tells; other than the number of the last change it carries no seal.

    Raises:
        CatalogueDamaged: there is no such row.
    """
    row = db.execute(f"SELECT {column} FROM state").fetchone()  # noqa: S608 - a name of ours
    if row is None or row[0] is None:
        raise damaged(db, "change", WHOLE)
    return row[0]


def count_list(db: sqlite3.Connection, name: str) -> int:
    """How many rows a whole table has.

    Raises:
        CatalogueDamaged: its seal tells of another number.
    """
    row = db.execute("SELECT rows FROM seals WHERE list = ? AND value = ?", (name, WHOLE)).fetchone()
    (many,) = db.execute(f"SELECT count(*) FROM {LISTS[name].source}").fetchone()  # noqa: S608 - a constant
    if (row[0] if row else 0) != many:
        raise damaged(db, name, WHOLE)
    return int(many)


def count_lists(db: sqlite3.Connection, name: str) -> dict[str, int]:
    """How many rows each list of this name has.

    Raises:
        CatalogueDamaged: their seals tell of other lists or numbers.
    """
    one = LISTS[name]
    sealed = dict(db.execute("SELECT value, rows FROM seals WHERE list = ? AND rows <> 0", (name,)).fetchall())
    counted = dict(db.execute(f"SELECT {one.value()}, count(*) FROM {one.source} GROUP BY 1").fetchall())  # noqa: S608 - constants
    if sealed != counted:
        raise damaged(db, name, WHOLE)
    return counted


def list_values(db: sqlite3.Connection, name: str) -> list[str]:
    """The values by which there are lists of this name, but the empty one, in order.

    The query leaps from one to the next, however many rows each has.

    Raises:
        CatalogueDamaged: there are seals for others.
    """
    key, source = LISTS[name].of.format(""), LISTS[name].source
    sealed = db.execute("SELECT value FROM seals WHERE list = ? AND value <> '' AND rows <> 0 ORDER BY value", (name,))
    values = [value for (value,) in sealed]
    leaps = (
        f"WITH RECURSIVE found(one) AS (SELECT min({key}) FROM {source} WHERE {key} > '' UNION ALL "  # noqa: S608 - constants
        f"SELECT (SELECT min({key}) FROM {source} WHERE {key} > one) FROM found WHERE one IS NOT NULL) "
        "SELECT one FROM found WHERE one IS NOT NULL LIMIT ?"
    )
    # Where the schema is damaged a value may not be greater than itself, and the leaps would have no end.
    if [value for (value,) in db.execute(leaps, (len(values) + 1,))] != values:
        raise damaged(db, name, WHOLE)
    return values


def damages(db: sqlite3.Connection) -> Iterator[CatalogueDamaged]:
    """All that is not as it was written, one after another: what is sealed, and the file's own structure; reads everything."""
    try:
        yield from (damaged(db, one.name, one.value) for one in broken(db))
        yield from (CatalogueDamaged(f"the catalogue is damaged: {fault}; {MEND}") for fault in faults(db))
    except CatalogueDamaged as error:  # the file cannot be read further
        yield error


def broken(db: sqlite3.Connection, names: Iterable[str] = tuple(LISTS)) -> Iterator[Broken]:
    """The lists of these names that are not as they were written."""
    for name in names:
        one = LISTS[name]
        found = {
            str(value): (many, total)
            for value, many, total in db.execute(
                f"SELECT {one.value()}, count(*), sum(row_sum({', '.join(one.columns)})) "  # noqa: S608 - constants
                f"FROM {one.table} NOT INDEXED GROUP BY 1"
            )
        }
        for value, many, total in db.execute("SELECT value, rows, sum FROM seals WHERE list = ?", (name,)):
            if found.pop(value, (0, 0)) != (many, total):
                yield Broken(name, value)
        yield from (Broken(name, value) for value in found)


def seals_are_kept(db: sqlite3.Connection) -> bool:
    """Whether all triggers are there that keep the seals."""
    there = dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())
    return triggers().items() <= there.items()


def keep_seals(db: sqlite3.Connection) -> None:
    """Make the triggers that keep the seals where they are not as they should be."""
    there = dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())
    for name, statement in triggers().items():
        if there.get(name) != statement:
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
            db.execute(statement)


def faults(db: sqlite3.Connection) -> Iterator[str]:
    """What SQLite finds wrong with the structure of the file."""
    yield from (str(found) for (found,) in db.execute("PRAGMA integrity_check(20)") if found != "ok")


def sealed(db: sqlite3.Connection, one: Broken) -> tuple[int, int]:
    """How many rows a list had when it was written, and the sum of their checksums."""
    row = db.execute("SELECT rows, sum FROM seals WHERE list = ? AND value = ?", (one.name, one.value)).fetchone()
    return (row[0], row[1]) if row else (0, 0)


def counted(db: sqlite3.Connection, one: Broken) -> tuple[int, int]:
    """The same of the rows that it has."""
    rows = rows_of(db, one)
    return len(rows), sum(row_sum(*row) for row in rows)


def seal_anew(db: sqlite3.Connection, some: Iterable[Broken]) -> None:
    """Take what stands in these lists for what was written."""
    for one in some:
        db.execute("INSERT OR REPLACE INTO seals VALUES (?, ?, ?, ?)", (one.name, one.value, *counted(db, one)))


def rows_of(db: sqlite3.Connection, one: Broken) -> list[Row]:
    """The rows of a list as they stand there, whatever its seal tells; found by indexes, which have to be whole."""
    kind = LISTS[one.name]
    of = kind.of.format("")
    where = "" if kind.is_whole else f" WHERE {of} = ?" if one.value else f" WHERE {kind.value()} = ?"
    query = f"SELECT {', '.join(kind.columns)} FROM {kind.source}{where}"  # noqa: S608 - constants
    return list(db.execute(query, (one.value,) if where else ()))


def damaged(db: sqlite3.Connection, name: str, value: str) -> CatalogueDamaged:
    """The error that a list is not as it was written."""
    of_paper = LISTS[name].is_of_paper
    what = f"what it says of {value}" if of_paper else f"its list of “{name}{'' if value == WHOLE else f' {value}'}”"
    return CatalogueDamaged(
        f"{_path(db)}: the catalogue is damaged: {what} is not as it was written; {MEND}", value if of_paper else ""
    )


def _path(db: sqlite3.Connection) -> str:
    return next((str(row[2]) for row in db.execute("PRAGMA database_list") if row[1] == "main"), "")


def _in_parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for i in range(0, len(values), _AT_ONCE):
        yield values[i : i + _AT_ONCE]
