"""What the catalogue tells of many papers together: their names, who cites whom, how many a year, what came when.

Dossiers and persons have modules of their own. Only asks; ``Catalogue`` keeps what is asked for.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indexer.catalogue.catalogue import Catalogue
from indexer.paper.identifier import Identifier
from indexer.paper.model import Person, PersonRole

PART = 20_000
"""A part of the list of papers has at most so many."""

_AT_ONCE = 500
"""A question to SQLite has at most so many values."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in one line of a list: what it is called (``indexer.paper.naming``), its kind, its certain date and its people.

    People are called as their pages are (``PaperPerson.known_as``).
    """

    identifier: Identifier
    name: str
    kind: str
    date: dt.date | None
    ministers: tuple[Person, ...] = ()
    submitters: tuple[str, ...] = ()
    short_name: str = ""
    """What it is called where the title of the dossier stands above the list."""
    subtitle: str = ""
    doubtful_date: dt.date | None = None
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A paper that cites another: where it says so (``container`` and ``start`` as in ``Citation``)."""

    identifier: Identifier
    where: str
    container: int
    start: int


def names(db: sqlite3.Connection, identifiers: Iterable[Identifier]) -> dict[Identifier, str]:
    """The names of the papers, without those that are not in the catalogue."""
    found: dict[Identifier, str] = {}
    wanted = sorted({str(identifier) for identifier in identifiers})
    for i in range(0, len(wanted), _AT_ONCE):
        part = wanted[i : i + _AT_ONCE]
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT identifier, name FROM papers WHERE identifier IN ({marks})", part)  # noqa: S608 - marks only
        found.update((Identifier(identifier), name) for identifier, name in rows)
    return found


def cited_by(db: sqlite3.Connection, identifier: Identifier, limit: int = 200) -> list[CitedBy]:
    """Where other papers cite this one: one place in each of them, the newest paper first."""
    rows = db.execute(
        "SELECT c.source, c.place, c.container, c.start FROM citations c JOIN papers p ON p.identifier = c.source "
        "WHERE c.target = ? GROUP BY c.source ORDER BY p.date DESC, c.source LIMIT ?",
        (str(identifier), limit),
    )
    return [CitedBy(Identifier(source), place, container, start) for source, place, container, start in rows]


def papers_per_year(db: sqlite3.Connection) -> dict[int, int]:
    """How many papers there are of each year, from the first year to the last; years without any are left out."""
    rows = db.execute(
        "SELECT CAST(substr(date, 1, 4) AS INTEGER) AS year, count(*) FROM papers WHERE date IS NOT NULL GROUP BY year"
    )
    return dict(rows.fetchall())


_INVENTED = "EXISTS (SELECT 1 FROM papers i INDEXED BY papers_invented WHERE i.identifier = one.identifier AND i.fictional)"
"""Whether the paper of ``one`` is invented; hardly any is, and an index of those tells so at once."""


def is_invented_dossier(db: sqlite3.Connection, number: str) -> bool:
    """Whether papers of this number are here, and all of them are invented."""
    return bool(number) and _all_invented(db, "paper_dossiers one WHERE number = ?", number)


def is_invented_person(db: sqlite3.Connection, name: str) -> bool:
    """Whether papers of this person are here, and all of them are invented."""
    return _all_invented(db, "paper_people one WHERE person = ?", name)


def _all_invented(db: sqlite3.Connection, papers: str, value: str) -> bool:
    query = f"SELECT EXISTS (SELECT 1 FROM {papers}) AND NOT EXISTS (SELECT 1 FROM {papers} AND NOT {_INVENTED})"  # noqa: S608 - constants
    return bool(db.execute(query, (value, value)).fetchone()[0])


def paper_lines(db: sqlite3.Connection, identifiers: Sequence[Identifier]) -> tuple[PaperLine, ...]:
    """The papers of these identifiers, in the same order; those not in the catalogue are left out."""
    # What is put into the texts of the queries are marks only.
    names = [str(identifier) for identifier in identifiers]
    marks = ",".join("?" * len(names))
    columns = "identifier, name, kind, date, short_name, subtitle, doubtful_date, fictional"
    papers = f"SELECT {columns} FROM papers WHERE identifier IN ({marks})"  # noqa: S608
    found = {row[0]: row for row in db.execute(papers, names)}
    people = (
        f"SELECT identifier, role, person, office, submitted FROM paper_people WHERE identifier IN ({marks}) "  # noqa: S608
        "ORDER BY position"
    )
    ministers: dict[str, list[Person]] = defaultdict(list)
    submitters: dict[str, list[str]] = defaultdict(list)
    for identifier, role, person, office, submitted in db.execute(people, names):
        if role == PersonRole.MINISTER:
            ministers[identifier].append(Person(person, office))
        if submitted and person:
            submitters[identifier].append(person)
    return tuple(
        PaperLine(
            Identifier(key),
            name,
            kind,
            read_date(day),
            tuple(ministers[key]),
            tuple(dict.fromkeys(submitters[key])),
            short_name or name,
            subtitle,
            read_date(doubtful),
            bool(fictional),
        )
        for key, name, kind, day, short_name, subtitle, doubtful, fictional in (found[name] for name in names if name in found)
    )


def read_date(text: str | None) -> date | None:
    """A date as the catalogue keeps it."""
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many papers and files there are; ``received`` is when the last file came.

    Of the papers ``undated`` have no date at all and ``doubtful`` one that cannot be right, ``nameless`` tell nobody's name,
    ``fictional`` say that they are invented, and ``former`` were read by another version of this program.
    """

    papers: int
    undated: int
    doubtful: int
    nameless: int
    fictional: int
    former: int
    files: int
    received: datetime | None


@dataclass(frozen=True, slots=True)
class DateInDoubt:
    """A paper whose date cannot be right: the date as it is printed, and why."""

    identifier: Identifier
    date: dt.date | None
    reason: str


def coverage(catalogue: Catalogue) -> Coverage:
    """How complete and how fresh the catalogue is."""
    papers, dateless, doubtful, nameless, fictional, files, received = catalogue.connection.execute(
        "SELECT (SELECT count(*) FROM papers), (SELECT count(*) FROM papers WHERE date IS NULL), "
        "(SELECT count(*) FROM papers WHERE date_doubt <> ''), (SELECT count(*) FROM papers WHERE nameless), "
        "(SELECT count(*) FROM papers WHERE fictional), (SELECT count(*) FROM files), (SELECT max(received) FROM files)"
    ).fetchone()
    former = catalogue.count_former()
    return Coverage(papers, dateless - doubtful, doubtful, nameless, fictional, former, files, instant(received))


def dates_in_doubt(db: sqlite3.Connection, limit: int) -> tuple[DateInDoubt, ...]:
    """The first papers whose date cannot be right, in order of their identifiers."""
    rows = db.execute(
        "SELECT identifier, doubtful_date, date_doubt FROM papers WHERE date_doubt <> '' ORDER BY identifier LIMIT ?", (limit,)
    )
    return tuple(DateInDoubt(Identifier(identifier), read_date(day), reason) for identifier, day, reason in rows)


def received(catalogue: Catalogue, identifiers: Iterable[Identifier]) -> dict[Identifier, datetime]:
    """When the file came that each paper was read from; papers that are not here are left out."""
    wanted = sorted({str(identifier) for identifier in identifiers})
    found: dict[Identifier, datetime] = {}
    for i in range(0, len(wanted), _AT_ONCE):
        some = wanted[i : i + _AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = catalogue.connection.execute(
            f"SELECT p.identifier, f.received FROM papers p JOIN files f USING (fingerprint) WHERE p.identifier IN ({marks})",  # noqa: S608 - marks only
            some,
        )
        found.update((Identifier(identifier), time) for identifier, text in rows if (time := instant(text)))
    return found


@dataclass(frozen=True, slots=True)
class Provenance:
    """The file that a paper was read from: by what and under what it is kept, where it came from and when."""

    fingerprint: str
    form: str
    origin: str
    received: datetime | None


def provenance(db: sqlite3.Connection, identifier: Identifier) -> Provenance | None:
    """The file that the paper was read from; None when the paper is not here, or its file was never recorded."""
    row = db.execute(
        "SELECT f.fingerprint, f.form, f.origin, f.received FROM papers p JOIN files f USING (fingerprint) "
        "WHERE p.identifier = ?",
        (str(identifier),),
    ).fetchone()
    if row is None:
        return None
    mark, form, origin, received = row
    return Provenance(mark, form, origin, instant(received))


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file of a paper in the archive: under what it is kept, and where it came from."""

    identifier: Identifier
    fingerprint: str
    form: str
    origin: str


def received_files(db: sqlite3.Connection, after: str = "", limit: int = -1) -> list[ReceivedFile]:
    """The files that were received, in the order of their fingerprints, ``after`` one of these; those of former versions too."""
    rows = db.execute(
        "SELECT identifier, fingerprint, form, origin FROM files WHERE fingerprint > ? ORDER BY fingerprint LIMIT ?",
        (after, limit),
    )
    return [ReceivedFile(Identifier(identifier), mark, form, origin) for identifier, mark, form, origin in rows]


def parts(catalogue: Catalogue, size: int = PART) -> list[int]:
    """The numbers of the parts of the list of papers, from 0 on; empty parts are left out, and so are invented papers.

    A part holds the papers whose last change has a number within its range. Changes are numbered without repetition, so no part
    is too large, and papers only ever come into the last one: the others can but lose those that change.
    """
    count = "SELECT (change - 1) / ? AS part, count(*) FROM papers"
    papers = catalogue.connection.execute(f"{count} GROUP BY part ORDER BY part", (size,)).fetchall()
    invented = dict(catalogue.connection.execute(f"{count} WHERE fictional GROUP BY part", (size,)))
    return [part for part, number in papers if number > invented.get(part, 0)]


def part_received(catalogue: Catalogue, number: int, size: int = PART) -> datetime | None:
    """When the last of the files came that the papers of a part were read from."""
    row = catalogue.connection.execute(
        "SELECT max(f.received) FROM papers one JOIN files f USING (fingerprint) "  # noqa: S608 - a constant
        f"WHERE one.change > ? AND one.change <= ? AND NOT {_INVENTED}",
        (number * size, (number + 1) * size),
    ).fetchone()
    return instant(row[0])


def part(catalogue: Catalogue, number: int, size: int = PART) -> list[tuple[Identifier, datetime | None]]:
    """The papers of a part in the order of their changes, each with its time of reception; without invented ones."""
    rows = catalogue.connection.execute(
        "SELECT one.identifier, f.received FROM papers one LEFT JOIN files f USING (fingerprint) "  # noqa: S608 - a constant
        f"WHERE one.change > ? AND one.change <= ? AND NOT {_INVENTED} ORDER BY one.change",
        (number * size, (number + 1) * size),
    )
    return [(Identifier(identifier), instant(text)) for identifier, text in rows]


def instant(text: str | None) -> datetime | None:
    """A time as the catalogue writes it."""
    return datetime.fromisoformat(text) if text else None
