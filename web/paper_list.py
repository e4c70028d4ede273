"""The papers of a register as its page lists them: rows in groups, and pages to turn. Values for the templates.

The state of the page of a dossier and of a person as an address and back: order, choice and page.

Every state is an address that can be shared. The JSON twins read the same parameters, with ``offset`` and ``limit`` for a page.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from typing import TypeVar
from urllib.parse import quote, urlencode

from werkzeug.datastructures import MultiDict

from indexer.catalogue.dossiers import Order
from indexer.catalogue.overview import PaperLine
from indexer.catalogue.persons import PersonChoice, Role
from indexer.paper.people import person_name
from web import strings
from web.formats import number
from web.search.page import page_numbers
from web.search.state import MalformedParameter, read_number

PAGE_SIZE = 100
MAX_PAGE = 1_000
MAX_OFFSET = PAGE_SIZE * MAX_PAGE
NO_OFFICE = "-"
"""Stands for papers signed without an office, where an office is chosen."""

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class DossierState:
    """What the page of a dossier shows: the order, the year chosen (None: all) and the page (from 1)."""

    key: str
    order: Order = Order.NUMBER
    year: int | None = None
    page: int = 1

    @property
    def offset(self) -> int:
        """How many papers stand before this page."""
        return (self.page - 1) * PAGE_SIZE

    def ordered(self, order: Order) -> DossierState:
        """In another order; on the first page."""
        return replace(self, order=order, page=1)

    def choosing(self, year: int | None) -> DossierState:
        """Another year, or no longer the same; on the first page."""
        return replace(self, year=None if year == self.year else year, page=1)

    def on_page(self, page: int) -> DossierState:
        """On another page."""
        return replace(self, page=page)

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = [("sort", self.order.value)] if self.order is not Order.NUMBER else []
        return pairs if self.year is None else [*pairs, ("year", f"{self.year:04}")]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        return _with(dossier_address(self.key), [*self._pairs(), *_page(self.page)])

    @property
    def is_plain(self) -> bool:
        """Whether nothing is chosen: then search engines may keep the page."""
        return not self._pairs()

    @property
    def twin(self) -> str:
        """The address of the same as JSON."""
        return _with(f"/api/v1/dossiers/{quote(self.key, safe='')}", [*self._pairs(), *_part(self.offset)])


@dataclass(frozen=True, slots=True)
class PersonState:
    """What the page of a person shows: which papers, and the page (from 1)."""

    name: str
    chosen: PersonChoice = field(default_factory=PersonChoice)
    page: int = 1

    @property
    def offset(self) -> int:
        """How many papers stand before this page."""
        return (self.page - 1) * PAGE_SIZE

    def choosing(self, chosen: PersonChoice) -> PersonState:
        """Other papers; on the first page."""
        return replace(self, chosen=chosen, page=1)

    def on_page(self, page: int) -> PersonState:
        """On another page."""
        return replace(self, page=page)

    def _pairs(self) -> list[tuple[str, str]]:
        role, office, year = self.chosen.role, self.chosen.office, self.chosen.year
        pairs = [("role", role.value)] if role else []
        if office is not None:
            pairs.append(("office", office or NO_OFFICE))
        return pairs if year is None else [*pairs, ("year", f"{year:04}")]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        return _with(person_address(self.name), [*self._pairs(), *_page(self.page)])

    @property
    def is_plain(self) -> bool:
        """Whether nothing is chosen: then search engines may keep the page."""
        return not self._pairs()

    @property
    def twin(self) -> str:
        """The address of the same as JSON."""
        return _with(f"/api/v1/persons/{quote(self.name, safe='')}", [*self._pairs(), *_part(self.offset)])


def dossier_address(key: str) -> str:
    """The page of the dossier of this key."""
    return f"/dossier/{quote(key, safe='', errors='replace')}"


def person_address(name: str) -> str:
    """The page of the person of this name, as ``person_name`` gives it."""
    return f"/persoon/{quote(name, safe='', errors='replace')}"


def read_dossier_state(key: str, args: MultiDict[str, str]) -> DossierState:
    """The state an address asks for.

    Raises:
        MalformedParameter: the order, the year or the page cannot be read.
    """
    return DossierState(key, read_order(args), read_year(args), _read_page(args))


def read_person_state(name: str, args: MultiDict[str, str]) -> PersonState:
    """The state an address asks for.

    Raises:
        MalformedParameter: the role, the year or the page cannot be read.
    """
    return PersonState(name, read_chosen(args), _read_page(args))


def read_order(args: MultiDict[str, str]) -> Order:
    """The order of a dossier's papers.

    Raises:
        MalformedParameter: there is no such order.
    """
    return _read_word(args, "sort", {order.value: order for order in Order}) or Order.NUMBER


def read_chosen(args: MultiDict[str, str]) -> PersonChoice:
    """Which papers of a person; an office that nobody has is no error.

    Raises:
        MalformedParameter: the role or the year cannot be read.
    """
    office = args.get("office", "")
    role = _read_word(args, "role", {role.value: role for role in Role})
    return PersonChoice(role, None if not office else "" if office == NO_OFFICE else office, read_year(args))


def read_year(args: MultiDict[str, str]) -> int | None:
    """The year chosen, or None.

    Raises:
        MalformedParameter: it is no year.
    """
    value = args.get("year", "")
    if value and not (value.isascii() and value.isdigit() and len(value) == 4):
        raise MalformedParameter(strings.BAD_ONE_YEAR.format(value=value[:40]))
    return int(value) if value else None


def _read_word(args: MultiDict[str, str], name: str, words: Mapping[str, _Word]) -> _Word | None:
    value = args.get(name, "")
    if value and value not in words:
        raise MalformedParameter(strings.BAD_WORD.format(value=value[:40], name=name, words=", ".join(words)))
    return words[value] if value else None


def _read_page(args: MultiDict[str, str]) -> int:
    page = read_number(args, "pagina", 1, MAX_PAGE)
    if page < 1:
        raise MalformedParameter(strings.BAD_PAGE.format(value=page, bound=number(MAX_PAGE)))
    return page


def _page(page: int) -> list[tuple[str, str]]:
    return [("pagina", str(page))] if page > 1 else []


def _part(offset: int) -> list[tuple[str, str]]:
    return [("offset", str(offset)), ("limit", str(PAGE_SIZE))]


def _with(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


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


def paper_href(paper: PaperLine) -> str:
    """The page of a paper."""
    return f"/{quote(str(paper.identifier))}"


def people_of(paper: PaperLine) -> tuple[tuple[str, str], ...]:
    """Who sent a paper: its ministers, else those who submitted it."""
    ministers = [(p.name or p.office, _person(p.name) if p.name else "") for p in paper.ministers]
    return tuple(dict.fromkeys(ministers)) or tuple((name, _person(name)) for name in paper.submitters)


def _person(printed: str) -> str:
    return person_address(person_name(printed))


def row_of(paper: PaperLine, number: str, *, deed: str = "", with_people: bool = True) -> Row:
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
