"""What the catalogue knows of a dossier: its titles, years, kinds and people, its papers in order, and a paper's neighbours.

Counts are of papers, each once; a paper without a certain date counts in no year. Only asks, and keeps nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.catalogue.overview import PaperLine, are_invented, is_invented_dossier, paper_lines, read_date
from indexer.catalogue.seals import read_list, read_lists
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


@dataclass(frozen=True, slots=True)
class _Listed:
    """A paper in a dossier: its place there, and what is seen of it at a glance."""

    identifier: str
    place: str
    date: str | None
    kind: str
    nameless: bool


def _by_date(one: _Listed) -> tuple[str, str, str]:
    return one.date or "", one.place, one.identifier


_ROMAN = re.compile(r"(?P<roman>[IVXLC]+)(?P<letter>[AB]?)")


def dossier_listing(
    db: sqlite3.Connection, key: str, *, year: int | None, order: Order, offset: int, limit: int
) -> DossierListing | None:
    """The dossier of this key with a part of its papers, or None when there are no papers of it."""
    papers = _listed(db, key)
    if not papers:
        return None
    summary = _summary(db, key, papers)
    chosen = [one for one in papers if year is None or (one.date or "")[:4] == f"{year:04}"]
    shown = _ordered(chosen, order)[offset : offset + limit]
    return DossierListing(summary, len(chosen), paper_lines(db, [Identifier(one.identifier) for one in shown]))


def dossier_summary(db: sqlite3.Connection, key: str) -> DossierSummary | None:
    """What is known of the dossier of this key, or None when there are no papers of it."""
    papers = _listed(db, key)
    return _summary(db, key, papers) if papers else None


def _listed(db: sqlite3.Connection, key: str) -> list[_Listed]:
    """The papers of the dossier of this key, in order of number."""
    places = {row[0]: row[6] for row in read_list(db, "dossier", key)} if key else {}
    seen = read_lists(db, "glance", places)
    papers = [
        _Listed(identifier, place, date, kind, bool(nameless))
        for identifier, place in places.items()
        for _, date, kind, nameless, *_ in seen[identifier]
    ]
    return sorted(papers, key=lambda one: (one.place, one.identifier))


def _ordered(papers: Sequence[_Listed], order: Order) -> list[_Listed]:
    if order is Order.NUMBER:
        return list(papers)
    dated = sorted((one for one in papers if one.date), key=_by_date, reverse=order is Order.NEWEST)
    dateless = sorted((one for one in papers if not one.date), key=_by_date, reverse=order is Order.NEWEST)
    return dated + dateless


def _summary(db: sqlite3.Connection, key: str, papers: Sequence[_Listed]) -> DossierSummary:
    number = read_list(db, "dossier", key)[0][2]
    titles = _titles(db, number)
    own = sorted((-count, title) for title, count in titles[key].items() if title)
    kinds = Counter(one.kind for one in papers)
    days = sorted(one.date for one in papers if one.date)
    years = Counter(int(day[:4]) for day in days)
    ministers, submitters = _participants(db, papers)
    return DossierSummary(
        key,
        own[0][1] if own else "",
        tuple(Tally(title, -count) for count, title in own[1:]),
        len(papers),
        read_date(days[0] if days else None),
        read_date(days[-1] if days else None),
        dict(sorted(years.items())),
        tuple(Tally(kind, count) for kind, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0])) if kind),
        ministers,
        submitters,
        tuple(_chapter(chapter, counts) for chapter, counts in sorted(titles.items(), key=_in_order) if chapter != key),
        are_invented(db, (one.identifier for one in papers)) and is_invented_dossier(db, number),
        sum(one.nameless for one in papers),
    )


def _titles(db: sqlite3.Connection, number: str) -> Mapping[str, Mapping[str, int]]:
    """The titles that papers give each dossier of this number, and how many papers do."""
    titles: dict[str, dict[str, int]] = defaultdict(dict)
    for _, _, _, _, title, key, _ in read_list(db, "number", number):
        if key:
            titles[key][title] = titles[key].get(title, 0) + 1
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


def _participants(db: sqlite3.Connection, papers: Iterable[_Listed]) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """The ministers and the submitters of a dossier."""
    people = read_lists(db, "people of", (one.identifier for one in papers))
    signed: dict[str, set[str]] = defaultdict(set)
    submitted: dict[str, set[str]] = defaultdict(set)
    offices: dict[str, Counter[str]] = defaultdict(Counter)
    for identifier, _, _, role, office, has_submitted, _, person in (row for rows in people.values() for row in rows):
        if not person:
            continue
        if role != PersonRole.MINISTER:
            if has_submitted:
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


def neighbours(db: sqlite3.Connection, identifier: Identifier) -> tuple[Neighbours, ...]:
    """The papers before and after this one in each of its dossiers, in the order of its dossiers."""
    found = []
    own = sorted(read_list(db, "dossiers of", str(identifier)), key=lambda row: int(row[1]))
    for _, _, _, _, _, key, place in own:
        by_date = is_guest(place)
        papers = _listed(db, key)
        if by_date:
            papers = _ordered([one for one in papers if one.date], Order.OLDEST)
        at = next((i for i, one in enumerate(papers) if one.identifier == str(identifier)), None)
        if at is None:
            continue
        previous = papers[at - 1].identifier if at else ""
        following = papers[at + 1].identifier if at + 1 < len(papers) else ""
        if previous or following:
            found.append(Neighbours(key, _one(db, previous), _one(db, following), by_date))
    return tuple(found)


def _one(db: sqlite3.Connection, identifier: str) -> PaperLine | None:
    return paper_lines(db, [Identifier(identifier)])[0] if identifier else None
