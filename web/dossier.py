"""The page of a dossier: facts, years, people, kinds of papers, and a part of its papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from indexer.catalogue.dossiers import DossierListing, DossierSummary, Order, Participant
from indexer.catalogue.overview import PaperLine
from indexer.paper.conventions import is_guest, place_in, read_dossier, read_key
from web import formats, strings
from web.addresses import (
    Pages,
    dossier_address,
    official_dossier,
    pages_of,
    person_address,
    search_address,
    with_parameters,
)
from web.http import moved_to, state_tag, tagged, unchanged
from web.paper_list import MAX_PAGE, PAGE_SIZE, Group, Row, groups_of, part_pairs, row_of, year_heading
from web.parameters import ONE_YEAR, OneOf, page_number, read
from web.ports import Look
from web.years import YearsChart, chart_of

ORDER = OneOf("sort", "The order of the papers.", Order.NUMBER)
_PAGE = page_number(MAX_PAGE)


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
        pairs = [(ORDER.name, self.order.value)] if self.order is not Order.NUMBER else []
        return pairs if self.year is None else [*pairs, (ONE_YEAR.name, f"{self.year:04}")]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        page = [(_PAGE.name, str(self.page))] if self.page > 1 else []
        return with_parameters(dossier_address(self.key), [*self._pairs(), *page])

    @property
    def is_plain(self) -> bool:
        """Whether nothing is chosen: then search engines may keep the page."""
        return not self._pairs()

    @property
    def twin(self) -> str:
        """The address of the same as JSON."""
        path = f"/api/v1/dossiers/{quote(self.key, safe='')}"
        return with_parameters(path, [*self._pairs(), *part_pairs(self.page)])


def read_dossier_state(key: str, args: MultiDict[str, str]) -> DossierState:
    """The state an address asks for.

    Raises:
        Malformed: a parameter cannot be read.
    """
    asked = read((ORDER, ONE_YEAR, _PAGE), args)
    return DossierState(key, asked[ORDER], asked[ONE_YEAR], asked[_PAGE])


_PEOPLE = 60
"""Ministers, and submitters, that the page names; the JSON twin has more."""
_AT_FIRST = 6
_TITLES = 4


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A line of a list beside the papers: what it leads to and how many papers it stands for."""

    name: str
    detail: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class CountedLines:
    """A list beside the papers: lines at first sight and the others; ``left_out`` counts those that are not listed."""

    title: str
    anchor: str
    shown: tuple[CountedLine, ...]
    more: tuple[CountedLine, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything the page of a dossier shows."""

    state: DossierState
    summary: DossierSummary
    total: int
    number: str
    title: str
    other_titles: tuple[str, ...]
    groups: tuple[Group, ...]
    chart: YearsChart | None
    orders: tuple[tuple[str, str, bool], ...]
    """Labels and addresses of the orders, and whether it is the present one."""
    pages: Pages
    beside: tuple[CountedLines, ...]
    official: str
    """The dossier at its publisher; an invented one has no such page."""
    feed: str


def dossier_view(listing: DossierListing, state: DossierState, coverage: Mapping[int, int]) -> DossierView:
    """Build the view; ``coverage`` counts the archive's papers by year."""
    summary = listing.summary
    number = formats.dossier_key(summary.key)
    rows = [row_of(paper, _number(summary.key, paper), name=_name(paper, summary)) for paper in listing.papers]
    return DossierView(
        state,
        summary,
        listing.total,
        number,
        summary.title or f"{strings.DOSSIER} {number}",
        tuple(title.name for title in summary.other_titles[:_TITLES]),
        _groups(listing.papers, rows, state),
        chart_of(
            summary.years,
            coverage,
            lambda year: year == state.year,
            lambda year: state.choosing(year).address if summary.years.get(year) or year == state.year else "",
        ),
        tuple((label, state.ordered(order).address, order is state.order) for order, label in strings.DOSSIER_ORDERS.items()),
        pages_of(listing.total, PAGE_SIZE, state.page, lambda page: state.on_page(page).address),
        tuple(lines for lines in _beside(summary) if lines.shown),
        "" if summary.fictional else official_dossier(summary.key),
        f"{dossier_address(summary.key)}.atom",
    )


def _number(key: str, paper: PaperLine) -> str:
    """nr. 1412; a paper that is numbered in another dossier is called by its full number."""
    printed = paper.identifier.printed
    return printed if is_guest(place_in(key, paper.identifier)) else printed.rpartition(", ")[2]


def _name(paper: PaperLine, summary: DossierSummary) -> str:
    """Without the title of the dossier, which stands above the list; a paper that has no other name is called by its kind."""
    own = "" if paper.short_name == summary.title else paper.short_name
    return own or paper.kind


def _groups(papers: tuple[PaperLine, ...], rows: list[Row], state: DossierState) -> tuple[Group, ...]:
    """By year where more than one is shown, or those that are numbered in another dossier apart."""
    if state.order is not Order.NUMBER:
        return groups_of(rows, year_heading if state.year is None else lambda _: "")
    guests = {row.href for row, paper in zip(rows, papers, strict=True) if is_guest(place_in(state.key, paper.identifier))}
    return groups_of(rows, lambda row: strings.WITH_OTHER_NUMBER if row.href in guests else "")


def _beside(summary: DossierSummary) -> tuple[CountedLines, ...]:
    kinds = tuple(CountedLine(kind.name, "", _search(summary.key, kind.name), kind.papers) for kind in summary.kinds)
    chapters = tuple(
        CountedLine(formats.dossier_key(chapter.key), chapter.title, dossier_address(chapter.key), chapter.papers)
        for chapter in summary.chapters
    )
    return (
        _lines(strings.MINISTERS[1], "bewindspersonen", _people(summary.ministers), len(summary.ministers)),
        _lines(strings.SUBMITTERS[1], "indieners", _people(summary.submitters), len(summary.submitters)),
        _lines(strings.KINDS, "soorten", kinds, len(kinds)),
        _lines(strings.CHAPTERS, "hoofdstukken", chapters, len(chapters)),
    )


def _people(participants: tuple[Participant, ...]) -> tuple[CountedLine, ...]:
    return tuple(
        CountedLine(one.name, one.offices[0] if one.offices else "", person_address(one.name), one.papers)
        for one in participants[:_PEOPLE]
    )


def _lines(title: str, anchor: str, lines: tuple[CountedLine, ...], count: int) -> CountedLines:
    first = _AT_FIRST if len(lines) > _AT_FIRST + 1 else len(lines)  # a fold with one line hides it for nothing
    return CountedLines(title, anchor, lines[:first], lines[first:], count - len(lines))


def _search(key: str, kind: str) -> str:
    return search_address(("q", ""), ("dossier", key), ("kind", kind), ("sort", "newest"))


def dossier_pages(look: Look, version: str) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("dossier", __name__)

    @pages.get("/dossier/<key>")
    def dossier(key: str) -> ResponseReturnValue:
        state = read_dossier_state(key, request.args)
        tag = state_tag(look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        listing = look().listings.dossier(key, year=state.year, order=state.order, offset=state.offset, limit=PAGE_SIZE)
        if listing is None:
            usual = read_key(key)
            return moved_to(dossier_address(usual)) if usual not in ("", key) else (_missing(key, usual), 404)
        view = dossier_view(listing, state, look().papers.holdings().years)
        return tagged(make_response(render_template("dossier.html", view=view, query="", empty=False)), tag)

    def _missing(typed: str, key: str) -> str:
        printed = formats.dossier_key(key or typed)
        official = official_dossier(key) if key and not look().listings.invented(read_dossier(key).number) else ""
        ways = [(strings.MISSING_DOSSIER_OFFICIAL, official, True)] if official else []
        ways.append((strings.MISSING_SEARCH, search_address(("q", " ".join(printed.split()))), False))
        name = f"{strings.DOSSIER} {printed}"
        return render_template(
            "unknown.html",
            title=strings.MISSING_DOSSIER,
            name=name,
            ways=ways,
            close=[],
            query="",
            empty=not look().papers.count(),
        )

    return pages
