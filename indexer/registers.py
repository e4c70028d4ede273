"""The registers of the catalogue as values: what is known of a dossier, of a person, and the papers each of them lists.

How they are asked for stands in ``dossier_register`` and ``person_register``. Counts are of papers, each once; a paper without
a date counts in no year.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.identifier import Identifier
from indexer.model import Person


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
