"""What the catalogue knows of a person: the papers signed, by office and by year, and the papers submitted.

A person is whom the register knows by the names in papers (``PaperPerson.known_as``); a name that may be that of several persons
stands for itself. Two persons of one name are not told apart. Counts are of papers, each once; a paper without a certain date
counts in no year. Only asks, and keeps nothing.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.catalogue.overview import PaperLine, dates_of, is_invented_person, paper_lines, read_date
from indexer.catalogue.seals import list_values, read_list, read_row
from indexer.paper.identifier import Identifier
from indexer.paper.model import PersonRole
from indexer.paper.people import person_name, possible_persons_of, surname_of


class Role(StrEnum):
    """What a person did with a paper."""

    SIGNED = "signed"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Tenure:
    """The papers of a person in one office, or in none (empty), and the dates of the first and the last of them."""

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
class Perhaps:
    """A name that may mean a person, or another one, and how many papers have no more than that."""

    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """What is known of a person, in whatever office."""

    name: str
    spellings: tuple[str, ...]
    """The other ways in which papers print the name."""
    papers: int
    first: dt.date | None
    last: dt.date | None
    signed: tuple[Tenure, ...]
    """One for each office, the last held first."""
    submitted: Tenure | None
    ministerial: int
    """How many papers were signed as a minister."""
    years: tuple[PersonYear, ...]
    vague: bool = False
    """Whether the name may be that of several persons; then the papers are those of which nobody can tell whose they are."""
    may_be: tuple[str, ...] = ()
    """Whom a vague name may mean."""
    perhaps: tuple[Perhaps, ...] = ()
    """Vague names that may mean this person: such papers are not among these."""
    fictional: bool = False
    """Whether the person is invented: all papers are."""


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """A paper with what the person did: the offices it was signed in (empty text: none given), and whether submitted."""

    paper: PaperLine
    offices: tuple[str, ...]
    submitted: bool


@dataclass(frozen=True, slots=True)
class PersonListing:
    """A person with a part of the papers chosen, newest first; ``total`` counts those chosen."""

    summary: PersonSummary
    total: int
    papers: tuple[PersonPaper, ...]


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A choice among the papers of a person; None leaves all. An empty office chooses those signed without one."""

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
        """The offices in which it was signed; one empty text when it was signed without any."""
        return tuple(self.offices) or (("",) if self.signed else ())

    def is_chosen(self, chosen: PersonChoice) -> bool:
        """Whether it meets every condition."""
        return (
            (chosen.role is None or (self.signed if chosen.role is Role.SIGNED else self.submitted))
            and (chosen.office is None or chosen.office in self.signed_in())
            and (chosen.year is None or (self.date or "")[:4] == f"{chosen.year:04}")
        )


def person_listing(db: sqlite3.Connection, name: str, chosen: PersonChoice, *, offset: int, limit: int) -> PersonListing | None:
    """The person of this name (``PaperPerson.known_as``) with a part of the papers chosen; None when there are none."""
    deeds = _deeds(db, name) if name else []
    if not deeds:
        return None
    wanted = [deed for deed in deeds if deed.is_chosen(chosen)]
    part = {Identifier(deed.identifier): deed for deed in wanted[offset : offset + limit]}
    papers = [(paper, part[paper.identifier]) for paper in paper_lines(db, list(part))]
    return PersonListing(
        _summary(_identity(db, name), _spellings(db, name), deeds),
        len(wanted),
        tuple(PersonPaper(paper, deed.signed_in(), deed.submitted) for paper, deed in papers),
    )


def person_meant(db: sqlite3.Connection, name: str) -> str:
    """Whom the papers that have this name mean by it; empty when that cannot be told, or no paper has it."""
    row = read_row(db, "name", name)
    return (row[2] or "") if row else ""


def person_names(db: sqlite3.Connection) -> list[str]:
    """Every name of a person, in order of the alphabet."""
    return list_values(db, "person")


def _deeds(db: sqlite3.Connection, name: str) -> list[_Deed]:
    """What the person did, newest paper first; papers without a date last."""
    rows = read_list(db, "person", name)
    dates = dates_of(db, (row[0] for row in rows))
    deeds: dict[str, _Deed] = {}
    for identifier, _, _, role, office, submitted, signed, _ in rows:
        deed = deeds.get(identifier)
        if deed is None:
            deed = deeds[identifier] = _Deed(identifier, dates[identifier])
        minister = role == PersonRole.MINISTER
        deed.submitted = deed.submitted or bool(submitted)
        deed.signed = deed.signed or bool(signed) or minister
        deed.ministerial = deed.ministerial or minister
        if office:
            deed.offices[office] = None
    return sorted(deeds.values(), key=lambda deed: (deed.date or "", deed.identifier), reverse=True)


def _spellings(db: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """Other ways in which the name is printed, the most usual first."""
    printed = Counter(row[2] for row in read_list(db, "person", name) if row[2] != name)
    return tuple(spelling for spelling, _ in sorted(printed.items(), key=lambda one: (-one[1], one[0])))


@dataclass(frozen=True, slots=True)
class _Identity:
    """Who someone is, and with whom it may be taken for one; see ``PersonSummary``."""

    name: str
    vague: bool
    may_be: tuple[str, ...]
    perhaps: tuple[Perhaps, ...]
    fictional: bool


def _identity(db: sqlite3.Connection, name: str) -> _Identity:
    """What the register tells of a name."""
    rows = [(one, person) for one, _, person in read_list(db, "surname", surname_of(name))]
    fictional = is_invented_person(db, name)
    meant = possible_persons_of([name, *(one for one, _ in rows)])
    if name not in {person for _, person in rows}:
        return _Identity(name, True, tuple(one for one in meant[name] if one != name), (), fictional)
    vague = {person_name(one) for one, person in rows if not person and name in meant[one]}
    counted = ((one, _papers_of(db, one)) for one in vague)
    perhaps = tuple(Perhaps(*one) for one in sorted(counted, key=lambda one: (-one[1], one[0])))
    return _Identity(name, False, (), perhaps, fictional)


def _papers_of(db: sqlite3.Connection, person: str) -> int:
    return len({row[0] for row in read_list(db, "person", person)})


def _summary(who: _Identity, spellings: tuple[str, ...], deeds: Sequence[_Deed]) -> PersonSummary:
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
    return PersonSummary(
        who.name,
        spellings,
        len(deeds),
        first,
        last,
        tuple(sorted(terms, key=lambda term: (term.last or dt.date.min, term.papers), reverse=True)),
        _term("", entered) if entered else None,
        sum(deed.ministerial for deed in deeds),
        tuple(PersonYear(int(year), papers[year], signed[year], submitted[year]) for year in sorted(papers) if year),
        who.vague,
        who.may_be,
        who.perhaps,
        who.fictional,
    )


def _term(office: str, deeds: Sequence[_Deed]) -> Tenure:
    first, last = _period(deeds)
    return Tenure(office, len(deeds), first, last)


def _period(deeds: Iterable[_Deed]) -> tuple[dt.date | None, dt.date | None]:
    dates = [deed.date for deed in deeds if deed.date]
    return read_date(min(dates, default=None)), read_date(max(dates, default=None))
