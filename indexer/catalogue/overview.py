"""What the catalogue tells of many papers together: their names, who cites whom, how many a year, what came when.

Dossiers and persons have modules of their own. Only asks; ``Catalogue`` keeps what is asked for.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.seals import INVENTED, count_lists, read_list, read_lists, read_row
from indexer.paper.identifier import Identifier
from indexer.paper.model import Person, PersonRole


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
    wanted = sorted({str(identifier) for identifier in identifiers})
    return {Identifier(name): rows[0][5] for name, rows in read_lists(db, "line", wanted).items() if rows}


def cited_by(db: sqlite3.Connection, identifier: Identifier, limit: int = 200) -> list[CitedBy]:
    """Where other papers cite this one: one place in each of them, the newest paper first."""
    places: dict[str, CitedBy] = {}
    for source, _, place, container, start in read_list(db, "citing", str(identifier)):
        places.setdefault(source, CitedBy(Identifier(source), place, container, start))
    dates = dates_of(db, places)
    newest = sorted(sorted(places), key=lambda source: dates[source] or "", reverse=True)
    return [places[source] for source in newest[:limit]]


def identifiers(db: sqlite3.Connection) -> list[str]:
    """Every paper, in the order of their identifiers."""
    return [row[0] for row in read_list(db, "every paper")]


def dates_of(db: sqlite3.Connection, identifiers: Iterable[str]) -> dict[str, str | None]:
    """The certain dates of papers, as the catalogue keeps them."""
    return {name: rows[0][1] for name, rows in read_lists(db, "glance", identifiers).items() if rows}


def papers_per_year(db: sqlite3.Connection) -> dict[int, int]:
    """How many papers there are of each year, from the first year to the last; years without any are left out."""
    counted = count_lists(db, "year")
    return {int(year): papers for year, papers in sorted(counted.items()) if year}


def first_and_last(db: sqlite3.Connection) -> tuple[date | None, date | None]:
    """The dates of the first and the last paper."""
    years = sorted(year for year in count_lists(db, "year") if year)
    if not years:
        return None, None
    ends = read_lists(db, "year", (years[0], years[-1]))
    return read_date(min(row[1] for row in ends[years[0]])), read_date(max(row[1] for row in ends[years[-1]]))


def are_invented(db: sqlite3.Connection, identifiers: Iterable[str]) -> bool:
    """Whether there are such papers, and all of them are invented."""
    papers = list(identifiers)
    return bool(papers) and all(row[4] for rows in read_lists(db, "glance", papers).values() for row in rows)


def is_invented_dossier(db: sqlite3.Connection, number: str) -> bool:
    """Whether papers of this number are here, and all of them are invented."""
    return bool(number) and are_invented(db, (row[0] for row in read_list(db, "number", number)))


def is_invented_person(db: sqlite3.Connection, name: str) -> bool:
    """Whether papers of this person are here, and all of them are invented."""
    return are_invented(db, (row[0] for row in read_list(db, "person", name)))


def paper_lines(db: sqlite3.Connection, identifiers: Sequence[Identifier]) -> tuple[PaperLine, ...]:
    """The papers of these identifiers, in the same order; those not in the catalogue are left out."""
    names = [str(identifier) for identifier in identifiers]
    found = {name: rows[0] for name, rows in read_lists(db, "line", names).items() if rows}
    ministers: dict[str, list[Person]] = defaultdict(list)
    submitters: dict[str, list[str]] = defaultdict(list)
    for identifier, rows in read_lists(db, "people of", found).items():
        for _, _, _, role, office, submitted, _, person in sorted(rows, key=lambda row: int(row[1])):
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
        for key, day, doubtful, _, kind, name, short_name, subtitle, fictional, _ in (
            found[name] for name in names if name in found
        )
    )


def read_date(text: str | None) -> date | None:
    """A date as the catalogue keeps it."""
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many papers and files there are; ``received`` is when the last file came.

    Of the papers ``undated`` have no date at all and those ``in_doubt`` one that cannot be right, ``nameless`` tell nobody's
    name, ``fictional`` say that they are invented, and ``former`` were read by another version of this program.
    """

    papers: int
    undated: int
    in_doubt: tuple[Identifier, ...]
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
    db = catalogue.connection
    papers, files = read_list(db, "every paper"), read_list(db, "every file")
    in_doubt = tuple(Identifier(row[0]) for row in papers if row[5])
    return Coverage(
        papers=len(papers),
        undated=sum(row[1] is None for row in papers) - len(in_doubt),
        in_doubt=in_doubt,
        nameless=sum(row[3] for row in papers),
        fictional=sum(row[4] for row in papers),
        former=catalogue.count_former(),
        files=len(files),
        received=instant(max((row[4] for row in files), default=None)),
    )


def dates_in_doubt(db: sqlite3.Connection, papers: Iterable[Identifier]) -> tuple[DateInDoubt, ...]:
    """Why the dates of these papers cannot be right, in their order."""
    lines = read_lists(db, "line", map(str, papers))
    return tuple(DateInDoubt(Identifier(row[0]), read_date(row[2]), row[3]) for rows in lines.values() for row in rows)


def received(catalogue: Catalogue, identifiers: Iterable[Identifier]) -> dict[Identifier, datetime]:
    """When the file came that each paper was read from; papers that are not here are left out."""
    wanted = sorted({str(identifier) for identifier in identifiers})
    return {one: time for one, time in _received(catalogue.connection, wanted).items() if time}


def _received(db: sqlite3.Connection, names: Iterable[str]) -> dict[Identifier, datetime | None]:
    """When the file of each paper that is here came; None where that was not recorded."""
    marks = {name: rows[0][1] for name, rows in read_lists(db, "standing", names).items() if rows}
    files = read_lists(db, "file", marks.values())
    return {Identifier(name): instant(files[mark][0][4]) if files[mark] else None for name, mark in marks.items()}


@dataclass(frozen=True, slots=True)
class Provenance:
    """The file that a paper was read from: by what and under what it is kept, where it came from and when."""

    fingerprint: str
    form: str
    origin: str
    received: datetime | None


def provenance(db: sqlite3.Connection, identifier: Identifier) -> Provenance | None:
    """The file that the paper was read from; None when the paper is not here, or its file was never recorded."""
    standing = read_row(db, "standing", str(identifier))
    row = read_row(db, "file", standing[1]) if standing else None
    if row is None:
        return None
    mark, _, form, origin, received, _ = row
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


def parts(catalogue: Catalogue) -> list[int]:
    """The numbers of the parts of the list of papers, from 0 on; empty parts are left out, and so are invented papers.

    A part holds the papers whose last change has a number within its range. Changes are numbered without repetition, so no part
    is too large, and papers only ever come into the last one: the others can but lose those that change.
    """
    return sorted(int(part) for part in count_lists(catalogue.connection, "part") if not part.startswith(INVENTED))


def arrivals(catalogue: Catalogue) -> Iterator[Identifier]:
    """All papers, invented ones too, the last that came or changed first; read part by part."""
    db = catalogue.connection
    numbers = {int(part.removeprefix(INVENTED)) for part in count_lists(db, "part")}
    for number in sorted(numbers, reverse=True):
        rows = [row for mark in ("", INVENTED) for row in read_list(db, "part", f"{mark}{number}")]
        yield from (Identifier(row[0]) for row in sorted(rows, key=lambda row: -int(row[1])))


def part_received(catalogue: Catalogue, number: int) -> datetime | None:
    """When the last of the files came that the papers of a part were read from."""
    return max((time for _, time in part(catalogue, number) if time), default=None)


def part(catalogue: Catalogue, number: int) -> list[tuple[Identifier, datetime | None]]:
    """The papers of a part in the order of their changes, each with its time of reception; without invented ones."""
    rows = sorted(read_list(catalogue.connection, "part", str(number)), key=lambda row: int(row[1]))
    return list(_received(catalogue.connection, [name for name, _, _ in rows]).items())


def instant(text: str | None) -> datetime | None:
    """A time as the catalogue writes it."""
    return datetime.fromisoformat(text) if text else None
