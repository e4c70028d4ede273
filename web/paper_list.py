"""Papers in a list, as the pages of a dossier and of a person show them: rows in groups. Values for the templates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from indexer.catalogue.overview import PaperLine
from web import strings
from web.addresses import paper_address, person_address

PAGE_SIZE = 100
MAX_PAGE = 1_000
MAX_OFFSET = PAGE_SIZE * MAX_PAGE
_PEOPLE = 3
"""Names in a row; of more, the others are only told to be there."""


@dataclass(frozen=True, slots=True)
class Row:
    """A paper in a list: its number as the list calls it, and what is told of it."""

    number: str
    href: str
    name: str
    kind: str
    date: datetime.date | None
    people: tuple[tuple[str, str], ...] = ()
    """Names with the addresses of their pages; an office without a name has none."""
    more_people: bool = False
    deed: str = ""
    """What the person whose page it is did with it."""
    subtitle: str = ""
    doubtful_date: datetime.date | None = None
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that follow each other under one heading (empty: none)."""

    heading: str
    rows: tuple[Row, ...]


def row_of(paper: PaperLine, number: str, *, name: str = "", deed: str = "", with_people: bool = True) -> Row:
    """The paper as a row, called ``name`` if there is one."""
    people = people_of(paper) if with_people else ()
    return Row(
        number,
        paper_address(paper.identifier),
        name or paper.name,
        paper.kind,
        paper.date,
        people[:_PEOPLE],
        len(people) > _PEOPLE,
        deed,
        paper.subtitle,
        paper.doubtful_date,
        paper.fictional,
    )


def people_of(paper: PaperLine) -> tuple[tuple[str, str], ...]:
    """Who sent a paper: its ministers, else those who submitted it."""
    ministers = [(p.name or p.office, person_address(p.name) if p.name else "") for p in paper.ministers]
    return tuple(dict.fromkeys(ministers)) or tuple((name, person_address(name)) for name in paper.submitters)


def groups_of(rows: Iterable[Row], heading: Callable[[Row], str]) -> tuple[Group, ...]:
    """The rows in groups; rows of one heading follow each other."""
    return tuple(Group(name, tuple(part)) for name, part in groupby(rows, heading))


def year_heading(row: Row) -> str:
    """The year of a paper, or that there is none."""
    return str(row.date.year) if row.date else strings.UNDATED


def part_pairs(page: int) -> list[tuple[str, str]]:
    """The part of the list that a page shows, as the API asks for it."""
    return [("offset", str((page - 1) * PAGE_SIZE)), ("limit", str(PAGE_SIZE))]
