"""What the catalogue knows of a dossier: its titles, years, kinds and people, its papers in order, and a paper's neighbours.

Counts are of papers, each once; a paper without a certain date counts in no year. Only asks, and keeps nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from indexer.catalogue.overview import PaperLine, is_invented_dossier, paper_lines, read_date
from indexer.paper.conventions import is_guest, roman_value
from indexer.paper.identifier import Identifier
from indexer.paper.model import PersonRole


class Order(StrEnum):
    """The order in which a dossier lists its papers; where dates decide, papers without a certain date come last."""

    NUMBER = "number"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Tally:
    """A name (a title, a kind, a dossier) with the number of papers that have it."""

    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who signed or submitted papers of a dossier, with the offices held in it, the most used first."""

    name: str
    offices: tuple[str, ...]
    papers: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """Another dossier of the same number: the budget 36410 and its chapter 36410-XVI."""

    key: str
    title: str
    papers: int


@dataclass(frozen=True, slots=True)
class DossierSummary:
    """What is known of a dossier. Lists begin with the largest count; chapters stand in their own order."""

    key: str
    title: str
    """The most usual title; empty when no paper gives one."""
    other_titles: tuple[Tally, ...]
    papers: int
    first: dt.date | None
    last: dt.date | None
    years: Mapping[int, int]
    kinds: tuple[Tally, ...]
    ministers: tuple[Participant, ...]
    submitters: tuple[Participant, ...]
    """Those who submitted papers that they did not sign as a minister."""
    chapters: tuple[Chapter, ...]
    fictional: bool = False
    """Whether it is invented: all papers of its number are."""
    nameless: int = 0
    """How many papers tell nobody's name."""


@dataclass(frozen=True, slots=True)
class DossierListing:
    """A dossier with a part of its papers; ``total`` counts those of the year asked for, or all."""

    summary: DossierSummary
    total: int
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The papers before and after a paper in one of its dossiers; None at either end."""

    key: str
    previous: PaperLine | None
    following: PaperLine | None
    by_date: bool
    """Whether the date decides what stands before and after, since the paper has no number of this dossier."""


_ORDERS = {
    Order.NUMBER: "d.place, d.identifier",
    Order.NEWEST: "p.date IS NULL, p.date DESC, d.place DESC, d.identifier DESC",
    Order.OLDEST: "p.date IS NULL, p.date, d.place, d.identifier",
}
_PAPERS = "FROM paper_dossiers d CROSS JOIN papers p INDEXED BY papers_at_a_glance ON p.identifier = d.identifier WHERE d.key = ?"
"""The papers of a dossier, with date and kind, without reading the papers themselves."""
_ROMAN = re.compile(r"(?P<roman>[IVXLC]+)(?P<letter>[AB]?)")


def dossier_listing(
    db: sqlite3.Connection, key: str, *, year: int | None, order: Order, offset: int, limit: int
) -> DossierListing | None:
    """The dossier of this key with a part of its papers, or None when there are no papers of it."""
    summary = dossier_summary(db, key)
    if summary is None:
        return None
    total = summary.papers if year is None else summary.years.get(year, 0)
    return DossierListing(summary, total, _papers(db, key, year, order, offset, limit))


def dossier_summary(db: sqlite3.Connection, key: str) -> DossierSummary | None:
    """What is known of the dossier of this key, or None when there are no papers of it."""
    row = db.execute("SELECT number FROM paper_dossiers WHERE key = ? LIMIT 1", (key,)).fetchone()
    if not key or row is None:
        return None
    titles = _titles(db, row[0])
    own = sorted((-count, title) for title, count in titles[key].items() if title)
    kinds: Counter[str] = Counter()
    years: Counter[int] = Counter()
    days: list[str] = []
    nameless = 0
    per_year = f"SELECT substr(p.date, 1, 4), p.kind, count(*), min(p.date), max(p.date), sum(p.nameless) {_PAPERS} GROUP BY 1, 2"
    for year, kind, count, first, last, without in db.execute(per_year, (key,)):
        kinds[kind] += count
        nameless += without
        if year:
            years[int(year)] += count
            days += (first, last)
    ministers, submitters = _participants(db, key)
    return DossierSummary(
        key,
        own[0][1] if own else "",
        tuple(Tally(title, -count) for count, title in own[1:]),
        kinds.total(),
        read_date(min(days, default=None)),
        read_date(max(days, default=None)),
        dict(sorted(years.items())),
        tuple(Tally(kind, count) for kind, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0])) if kind),
        ministers,
        submitters,
        tuple(_chapter(chapter, counts) for chapter, counts in sorted(titles.items(), key=_in_order) if chapter != key),
        is_invented_dossier(db, row[0]),
        nameless,
    )


def _titles(db: sqlite3.Connection, number: str) -> Mapping[str, Mapping[str, int]]:
    """The titles that papers give each dossier of this number, and how many papers do."""
    titles: dict[str, dict[str, int]] = defaultdict(dict)
    rows = db.execute(
        "SELECT key, title, count(*) FROM paper_dossiers WHERE number = ? AND key <> '' GROUP BY key, title", (number,)
    )
    for key, title, count in rows:
        titles[key][title] = count
    return titles


def _chapter(key: str, titles: Mapping[str, int]) -> Chapter:
    usual = min(((-count, title) for title, count in titles.items() if title), default=(0, ""))
    return Chapter(key, usual[1], sum(titles.values()))


def _in_order(chapter: tuple[str, object]) -> tuple[int, int, str]:
    """Sorts the dossier itself first, then its chapters (IV before IX), then the funds A, B, …"""
    addition = re.split(r"\d-(?=\D)", chapter[0])[1:]
    found = _ROMAN.fullmatch(addition[0]) if addition else None
    if not addition or not found:
        return (2, 0, addition[0]) if addition else (0, 0, "")
    return 1, roman_value(found["roman"]), found["letter"]


def _participants(db: sqlite3.Connection, key: str) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """The ministers and the submitters of a dossier."""
    rows = db.execute(
        "SELECT r.person, r.role, r.office, r.identifier FROM paper_dossiers d CROSS JOIN paper_people r USING (identifier) "
        "WHERE d.key = ? AND (r.role = ? OR r.submitted) AND r.person <> ''",
        (key, PersonRole.MINISTER.value),
    )
    signed: dict[str, set[str]] = defaultdict(set)
    submitted: dict[str, set[str]] = defaultdict(set)
    offices: dict[str, Counter[str]] = defaultdict(Counter)
    for person, role, office, identifier in rows:
        if role != PersonRole.MINISTER:
            submitted[person].add(identifier)
        else:
            signed[person].add(identifier)
            offices[person][office] += 1
    others = {person: papers - signed[person] if person in signed else papers for person, papers in submitted.items()}
    ministers = [
        Participant(person, tuple(office for _, office in sorted((-n, o) for o, n in offices[person].items() if o)), len(papers))
        for person, papers in signed.items()
    ]
    submitters = [Participant(person, (), len(papers)) for person, papers in others.items() if papers]
    return _largest_first(ministers), _largest_first(submitters)


def _largest_first(participants: list[Participant]) -> tuple[Participant, ...]:
    return tuple(sorted(participants, key=lambda one: (-one.papers, one.name)))


def _papers(db: sqlite3.Connection, key: str, year: int | None, order: Order, offset: int, limit: int) -> tuple[PaperLine, ...]:
    within = "" if year is None else " AND p.date BETWEEN ? AND ?"
    bounds = () if year is None else (f"{year:04}-01-01", f"{year:04}-12-31")
    rows = db.execute(
        f"SELECT d.identifier {_PAPERS}{within} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
        (key, *bounds, limit, offset),
    )
    return paper_lines(db, [Identifier(row[0]) for row in rows])


def neighbours(db: sqlite3.Connection, identifier: Identifier) -> tuple[Neighbours, ...]:
    """The papers before and after this one in each of its dossiers, in the order of its dossiers."""
    rows = db.execute(
        "SELECT d.key, d.place, p.date FROM paper_dossiers d JOIN papers p USING (identifier) "
        "WHERE d.identifier = ? AND d.key <> '' ORDER BY d.position",
        (str(identifier),),
    ).fetchall()
    found = []
    for key, place, date in rows:
        by_date = is_guest(place)
        if by_date and date is None:
            continue
        beside = _beside_by_date if by_date else _beside_by_number
        previous, following = beside(db, key, (date, place, str(identifier)))
        if previous or following:
            found.append(Neighbours(key, _one(db, previous), _one(db, following), by_date))
    return tuple(found)


def _beside_by_number(db: sqlite3.Connection, key: str, at: tuple[str, str, str]) -> tuple[str, str]:
    _, place, identifier = at
    before, after = (
        f"SELECT identifier FROM paper_dossiers WHERE key = ? AND (place, identifier) {sign} (?, ?) "  # noqa: S608 - fixed texts
        f"ORDER BY place {direction}, identifier {direction} LIMIT 1"
        for sign, direction in (("<", "DESC"), (">", "ASC"))
    )
    return _first(db, before, (key, place, identifier)), _first(db, after, (key, place, identifier))


def _beside_by_date(db: sqlite3.Connection, key: str, at: tuple[str, str, str]) -> tuple[str, str]:
    before, after = (
        f"SELECT d.identifier {_PAPERS} AND (p.date, d.place, d.identifier) {sign} (?, ?, ?) "
        f"ORDER BY p.date {direction}, d.place {direction}, d.identifier {direction} LIMIT 1"
        for sign, direction in (("<", "DESC"), (">", "ASC"))
    )
    return _first(db, before, (key, *at)), _first(db, after, (key, *at))


def _first(db: sqlite3.Connection, query: str, values: tuple[str, ...]) -> str:
    row = db.execute(query, values).fetchone()
    return row[0] if row else ""


def _one(db: sqlite3.Connection, identifier: str) -> PaperLine | None:
    return paper_lines(db, [Identifier(identifier)])[0] if identifier else None
