"""A dossier as its page shows it: facts, years, people, kinds, and a part of its papers. Values for the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from indexer.catalogue.dossiers import DossierListing, DossierSummary, Order, Participant
from indexer.catalogue.overview import PaperLine
from indexer.paper.printed import is_guest, place_in
from web import formats, strings
from web.paper_list import (
    DossierState,
    Group,
    Pages,
    Row,
    dossier_address,
    groups_of,
    pages_of,
    person_address,
    row_of,
    year_heading,
)
from web.years import YearsChart, chart_of

_PEOPLE = 60
"""Ministers, and submitters, that the page names; the JSON twin has more."""
_AT_FIRST = 6
_TITLES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list beside the papers: what it leads to and how many papers it stands for."""

    name: str
    detail: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Lines:
    """A list beside the papers: lines at first sight and the others; ``left_out`` counts those that are not listed."""

    title: str
    anchor: str
    shown: tuple[Line, ...]
    more: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything the page of a dossier shows."""

    state: DossierState
    register: DossierSummary
    total: int
    number: str
    title: str
    other_titles: tuple[str, ...]
    groups: tuple[Group, ...]
    chart: YearsChart | None
    orders: tuple[tuple[str, str, bool], ...]
    """Labels and addresses of the orders, and whether it is the present one."""
    pages: Pages
    beside: tuple[Lines, ...]
    official: str
    feed: str


def dossier_view(listing: DossierListing, state: DossierState, coverage: Mapping[int, int]) -> DossierView:
    """Build the view; ``coverage`` counts the archive's papers by year."""
    register = listing.summary
    number = formats.dossier_key(register.key)
    rows = [row_of(paper, _number(register.key, paper)) for paper in listing.papers]
    return DossierView(
        state,
        register,
        listing.total,
        number,
        register.title or f"{strings.DOSSIER} {number}",
        tuple(title.name for title in register.other_titles[:_TITLES]),
        _groups(listing.papers, rows, state),
        chart_of(
            register.years,
            coverage,
            lambda year: year == state.year,
            lambda year: state.choosing(year).address if register.years.get(year) or year == state.year else "",
        ),
        tuple((label, state.ordered(order).address, order is state.order) for order, label in strings.DOSSIER_ORDERS.items()),
        pages_of(listing.total, state.page, lambda page: state.on_page(page).address),
        tuple(lines for lines in _beside(register) if lines.shown),
        official_dossier(register.key),
        f"{dossier_address(register.key)}.atom",
    )


def official_dossier(key: str) -> str:
    """The dossier at its publisher."""
    return f"{strings.SOURCE_ADDRESS}/dossier/{quote(key, safe='')}"


def _number(key: str, paper: PaperLine) -> str:
    """nr. 1412; a paper that is numbered in another dossier is called by its full number."""
    printed = paper.identifier.printed
    return printed if is_guest(place_in(key, paper.identifier)) else printed.rpartition(", ")[2]


def _groups(papers: tuple[PaperLine, ...], rows: list[Row], state: DossierState) -> tuple[Group, ...]:
    """By year where more than one is shown, or those that are numbered in another dossier apart."""
    if state.order is not Order.NUMBER:
        return groups_of(rows, year_heading if state.year is None else lambda _: "")
    guests = {row.href for row, paper in zip(rows, papers, strict=True) if is_guest(place_in(state.key, paper.identifier))}
    return groups_of(rows, lambda row: strings.WITH_OTHER_NUMBER if row.href in guests else "")


def _beside(register: DossierSummary) -> tuple[Lines, ...]:
    kinds = tuple(Line(kind.name, "", _search(register.key, kind.name), kind.papers) for kind in register.kinds)
    chapters = tuple(
        Line(formats.dossier_key(chapter.key), chapter.title, dossier_address(chapter.key), chapter.papers)
        for chapter in register.chapters
    )
    return (
        _lines(strings.MINISTERS[1], "bewindspersonen", _people(register.ministers), len(register.ministers)),
        _lines(strings.SUBMITTERS[1], "indieners", _people(register.submitters), len(register.submitters)),
        _lines(strings.KINDS, "soorten", kinds, len(kinds)),
        _lines(strings.CHAPTERS, "hoofdstukken", chapters, len(chapters)),
    )


def _people(participants: tuple[Participant, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(one.name, one.offices[0] if one.offices else "", person_address(one.name), one.papers)
        for one in participants[:_PEOPLE]
    )


def _lines(title: str, anchor: str, lines: tuple[Line, ...], count: int) -> Lines:
    first = _AT_FIRST if len(lines) > _AT_FIRST + 1 else len(lines)  # a fold with one line hides it for nothing
    return Lines(title, anchor, lines[:first], lines[first:], count - len(lines))


def _search(key: str, kind: str) -> str:
    return f"/zoeken?{urlencode([('q', ''), ('dossier', key), ('kind', kind), ('sort', 'newest')])}"
