"""What the catalogue knows of a person: the papers signed, by office and by year, and those submitted. Only asks.

The registers of the catalogue as values: what is known of a dossier, of a person, and the papers each of them lists.

How they are asked for stands in ``dossier_register`` and ``person_register``. Counts are of papers, each once; a paper without
a date counts in no year.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.paper.identifier import Identifier
from indexer.paper.model import Person


class Order(StrEnum):
    """The order in which a dossier lists its papers; those without a date come last where dates decide."""

    NUMBER = "number"
    NEWEST = "newest"
    OLDEST = "oldest"


class Role(StrEnum):
    """What a person did with a paper."""

    SIGNED = "signed"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Tally:
    """A name (a title, a kind, a dossier) with the number of papers that have it."""

    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper as a register lists it; ``name`` as in ``Kamerstuk.name``."""

    identifier: Identifier
    name: str
    kind: str
    date: dt.date | None
    ministers: tuple[Person, ...] = ()
    submitters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone in a dossier: under one name (see ``person_name``), with the offices held in it, the most used first."""

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
class DossierRegister:
    """What is known of a dossier; lists have the largest count first, chapters stand in their order."""

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


@dataclass(frozen=True, slots=True)
class DossierListing:
    """A dossier with a part of its papers; ``total`` counts those of the year asked for, or all."""

    register: DossierRegister
    total: int
    papers: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The papers before and after a paper in one of its dossiers; None at either end."""

    key: str
    previous: Listed | None
    following: Listed | None
    by_date: bool
    """Whether the date decides: the paper carries no number of this dossier."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a person did in one capacity: an office, or none (empty); from the first to the last paper of it."""

    office: str
    papers: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class PersonYear:
    """A person's papers of one year; a paper can be both signed and submitted."""

    year: int
    papers: int
    signed: int
    submitted: int


@dataclass(frozen=True, slots=True)
class PersonRegister:
    """What is known of a person under one name (see ``person_name``), in whatever office."""

    name: str
    spellings: tuple[str, ...]
    """The other ways in which papers print the name."""
    papers: int
    first: dt.date | None
    last: dt.date | None
    signed: tuple[Term, ...]
    """By office, the last held first."""
    submitted: Term | None
    ministerial: int
    """How many papers were signed as a minister."""
    years: tuple[PersonYear, ...]


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """A paper with what the person did: the offices it was signed in (empty text: none given), and whether submitted."""

    paper: Listed
    offices: tuple[str, ...]
    submitted: bool


@dataclass(frozen=True, slots=True)
class PersonListing:
    """A person with a part of the papers chosen, newest first; ``total`` counts those chosen."""

    register: PersonRegister
    total: int
    papers: tuple[PersonPaper, ...]


def listed(db: sqlite3.Connection, identifiers: Sequence[Identifier]) -> tuple[Listed, ...]:
    """The papers of these identifiers, in the same order; those not in the catalogue are left out."""
    # What is put into the texts of the queries are marks only.
    names = [str(identifier) for identifier in identifiers]
    marks = ",".join("?" * len(names))
    papers = f"SELECT identifier, name, kind, date FROM papers WHERE identifier IN ({marks})"  # noqa: S608
    found = {row[0]: row for row in db.execute(papers, names)}
    people = f"SELECT identifier, role, name, office FROM paper_persons WHERE identifier IN ({marks}) ORDER BY position"  # noqa: S608
    by_role: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for identifier, role, name, office in db.execute(people, names):
        by_role[identifier, role].append((name, office))
    return tuple(
        Listed(
            Identifier(key),
            name,
            kind,
            read_date(date),
            tuple(Person(*minister) for minister in by_role[key, "minister"]),
            tuple(dict.fromkeys(name for name, _ in by_role[key, "submitter"])),
        )
        for key, name, kind, date in (found[name] for name in names if name in found)
    )


def read_date(text: str | None) -> dt.date | None:
    """A date as the catalogue keeps it."""
    return dt.date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which papers of a person; None: whichever. Of an empty office are those signed without one."""

    role: Role | None = None
    office: str | None = None
    year: int | None = None


@dataclass(slots=True)
class _Deed:
    """What the person did with one paper, while its rows are read."""

    identifier: str
    date: str | None
    offices: dict[str, None] = field(default_factory=dict)
    signed: bool = False
    submitted: bool = False
    ministerial: bool = False

    def signed_in(self) -> tuple[str, ...]:
        """The offices; one empty text when it was signed without any."""
        return tuple(self.offices) or (("",) if self.signed else ())

    def is_chosen(self, chosen: Chosen) -> bool:
        """Whether it answers to every condition."""
        return (
            (chosen.role is None or (self.signed if chosen.role is Role.SIGNED else self.submitted))
            and (chosen.office is None or chosen.office in self.signed_in())
            and (chosen.year is None or (self.date or "")[:4] == f"{chosen.year:04}")
        )


def person_listing(db: sqlite3.Connection, name: str, chosen: Chosen, *, offset: int, limit: int) -> PersonListing | None:
    """The person of this name (as ``person_name`` gives it) with a part of the papers chosen; None when there are none."""
    deeds = _deeds(db, name) if name else []
    if not deeds:
        return None
    wanted = [deed for deed in deeds if deed.is_chosen(chosen)]
    part = {Identifier(deed.identifier): deed for deed in wanted[offset : offset + limit]}
    papers = [(paper, part[paper.identifier]) for paper in listed(db, list(part))]
    return PersonListing(
        _register(name, _spellings(db, name), deeds),
        len(wanted),
        tuple(PersonPaper(paper, deed.signed_in(), deed.submitted) for paper, deed in papers),
    )


def person_names(db: sqlite3.Connection) -> list[str]:
    """Every name of a person, in order of the alphabet; leaps from one to the next, however many papers each has."""
    rows = db.execute(
        "WITH RECURSIVE found(one) AS (SELECT min(person) FROM paper_persons WHERE person > '' UNION ALL "
        "SELECT (SELECT min(person) FROM paper_persons WHERE person > one) FROM found WHERE one IS NOT NULL) "
        "SELECT one FROM found WHERE one IS NOT NULL"
    )
    return [row[0] for row in rows]


def _deeds(db: sqlite3.Connection, name: str) -> list[_Deed]:
    """What the person did, newest paper first; papers without a date last."""
    rows = db.execute(
        "SELECT r.identifier, p.date, r.role, r.office FROM paper_persons r "
        "CROSS JOIN papers p INDEXED BY papers_at_a_glance ON p.identifier = r.identifier WHERE r.person = ?",
        (name,),
    )
    deeds: dict[str, _Deed] = {}
    for identifier, date, role, office in rows:
        deed = deeds.get(identifier)
        if deed is None:
            deed = deeds[identifier] = _Deed(identifier, date)
        if role == "submitter":
            deed.submitted = True
            continue
        deed.signed = True
        deed.ministerial = deed.ministerial or role == "minister"
        if office:
            deed.offices[office] = None
    return sorted(deeds.values(), key=lambda deed: (deed.date or "", deed.identifier), reverse=True)


def _spellings(db: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """Other ways in which the name is printed, the most usual first."""
    rows = db.execute("SELECT name, count(*) FROM paper_persons WHERE person = ? AND name <> ? GROUP BY 1", (name, name))
    return tuple(spelling for spelling, _ in sorted(rows, key=lambda row: (-row[1], row[0])))


def _register(name: str, spellings: tuple[str, ...], deeds: Sequence[_Deed]) -> PersonRegister:
    by_office: dict[str, list[_Deed]] = defaultdict(list)
    papers, signed, submitted = Counter[str](), Counter[str](), Counter[str]()
    for deed in deeds:
        for office in deed.signed_in():
            by_office[office].append(deed)
        year = (deed.date or "")[:4]
        papers[year] += 1
        signed[year] += deed.signed
        submitted[year] += deed.submitted
    first, last = _period(deeds)
    terms = [_term(office, of_office) for office, of_office in by_office.items()]
    entered = [deed for deed in deeds if deed.submitted]
    return PersonRegister(
        name,
        spellings,
        len(deeds),
        first,
        last,
        tuple(sorted(terms, key=lambda term: (term.last or dt.date.min, term.papers), reverse=True)),
        _term("", entered) if entered else None,
        sum(deed.ministerial for deed in deeds),
        tuple(PersonYear(int(year), papers[year], signed[year], submitted[year]) for year in sorted(papers) if year),
    )


def _term(office: str, deeds: Sequence[_Deed]) -> Term:
    first, last = _period(deeds)
    return Term(office, len(deeds), first, last)


def _period(deeds: Iterable[_Deed]) -> tuple[dt.date | None, dt.date | None]:
    dates = [deed.date for deed in deeds if deed.date]
    return read_date(min(dates, default=None)), read_date(max(dates, default=None))
