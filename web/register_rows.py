"""The papers of a register as its page lists them: rows in groups, and pages to turn. Values for the templates."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from indexer.persons import person_name
from indexer.registers import Listed
from web import strings
from web.register_state import PAGE_SIZE, person_address
from web.search_view import page_numbers

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
    """What the person of the register did with it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that follow each other under one heading (empty: none)."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a list: numbers with their addresses; 0 stands for those left out."""

    current: int
    last: int
    links: tuple[tuple[int, str], ...]
    previous: str
    following: str


def paper_href(paper: Listed) -> str:
    """The page of a paper."""
    return f"/{quote(str(paper.identifier))}"


def people_of(paper: Listed) -> tuple[tuple[str, str], ...]:
    """Who sent a paper: its ministers, else those who submitted it."""
    ministers = [(p.name or p.office, _person(p.name) if p.name else "") for p in paper.ministers]
    return tuple(dict.fromkeys(ministers)) or tuple((name, _person(name)) for name in paper.submitters)


def _person(printed: str) -> str:
    return person_address(person_name(printed))


def row_of(paper: Listed, number: str, *, deed: str = "", with_people: bool = True) -> Row:
    """The paper as a row."""
    people = people_of(paper) if with_people else ()
    more = len(people) > _PEOPLE
    return Row(number, paper_href(paper), paper.name, paper.kind, paper.date, people[:_PEOPLE], more, deed)


def groups_of(rows: Iterable[Row], heading: Callable[[Row], str]) -> tuple[Group, ...]:
    """The rows in groups; rows of one heading follow each other."""
    return tuple(Group(name, tuple(part)) for name, part in groupby(rows, heading))


def year_heading(row: Row) -> str:
    """The year of a paper, or that there is none."""
    return str(row.date.year) if row.date else strings.UNDATED


def pages_of(total: int, current: int, address: Callable[[int], str]) -> Pages:
    """The pages of a list of so many papers."""
    last = max(1, -(-total // PAGE_SIZE))
    links = tuple((page, address(page) if page else "") for page in page_numbers(current, last)) if current <= last else ()
    return Pages(
        current,
        last,
        links,
        address(current - 1) if 1 < current <= last else "",
        address(current + 1) if current < last else "",
    )
