"""The start page, the search page and the pages with all values of a facet.

The page shows an answer: hits, facets to choose from, chips to remove, years, pages to turn. What an address asks is read by
``state``; everything here is values for the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from indexer.paper.identifier import Identifier
from search.fields import facets, named
from search.forms import WordForms
from search.ports import FacetValue, Sort
from search.snippets import Answer
from search.values import folded, selection, year_span
from web import strings
from web.addresses import Pages, links_to, pages_of
from web.http import by_content, renamed, state_tag, tagged, unchanged
from web.ports import Answers, Look
from web.search.hits import HitView, hit_views
from web.search.state import (
    MAX_PAGE,
    PAGE_SIZE,
    RENAMED,
    Chip,
    FacetState,
    OrderOfValues,
    SearchState,
    chips_of,
    read_facet_state,
    read_state,
)
from web.years import YearsChart, chart_of

MAIN_FACETS = tuple(field.name for field in facets() if field.prominent)
OTHER_FACETS = tuple(field.name for field in facets() if not (field.prominent or field.years))
VALUES_PER_PAGE = 100
_ROOM_OF_CHARTS, _ROOM_OF_VALUES = 60_000, 200_000
"""Bytes of links in a chart, and on a page of values; see ``links_to``."""
_EVERY_VALUE = 50_000
"""More values than a facet has in the whole archive (it holds some 15,000 dossiers)."""
_AT_FIRST = 6
_WORDS, _FORMS, _COMPOUNDS = 3, 2, 1
"""Words whose forms are told at once, forms of each, and compounds."""
_LISTED, _LISTED_OTHERS = 30, 15
"""How many values the page lists of a facet that is prominent or in order of time, and of the others: those with most papers."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: ``name`` is how it reads, ``detail`` a second line; ``href`` chooses it, or no longer."""

    name: str
    detail: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the values at first sight and the others."""

    name: str
    title: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    all_values: str
    """The address of the page with every value, when not all are listed."""

    @property
    def values(self) -> tuple[Choice, ...]:
        """All of them."""
        return self.shown + self.more


@dataclass(frozen=True, slots=True)
class OtherView:
    """Another query, how many papers it finds under the same filters, and the way to these."""

    query: str
    total: int
    href: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """Everything the search page shows."""

    state: SearchState
    answer: Answer
    hits: tuple[HitView, ...]
    facets: tuple[Facet, ...]
    other_facets: tuple[Facet, ...]
    other_open: bool
    """Whether a value is chosen among the other facets."""
    chart: YearsChart | None
    chips: tuple[Chip, ...]
    pages: Pages
    bounded: bool
    """Whether there are more hits than can be turned to."""
    sorts: tuple[tuple[Sort, str, str], ...]
    heading: str
    count_line: str
    forms: tuple[WordForms, ...]
    """The most frequent forms of the words, for one line."""
    more_forms: tuple[WordForms, ...]
    """All of them, when these are more."""
    exactly: str
    in_any_form: str
    """The ways to the words as they are written only, and to any form of them."""
    beside_line: str
    """How many papers were found by other words or by meaning alone; empty where none was."""
    suggestions: tuple[OtherView, ...]
    corrected: OtherView | None
    """The query whose papers are shown, where nothing was found."""
    offers: tuple[tuple[str, str, str], ...]
    """Other readings of the query: what each would find, the query, its address."""
    jump: tuple[str, str] | None
    """The paper that the query names: its printed identifier and its title, when it is among the hits."""

    @property
    def folded(self) -> int:
        """How many papers stand below another version of them."""
        return sum(len(hit.versions) for hit in self.hits)


def search_view(answer: Answer, state: SearchState, coverage: Mapping[int, int]) -> SearchView:
    """Build the view of an answer to the question that ``state`` asked; ``coverage`` counts the archive's papers by year."""
    partial = answer.total - answer.total_all_words
    at_first = tuple(replace(one, forms=one.forms[:_FORMS], also=one.also[:_COMPOUNDS]) for one in answer.forms[:_WORDS])
    others = [OtherView(other.query, other.total, state.asking(other.query).address) for other in answer.suggestions]
    return SearchView(
        state,
        answer,
        hit_views(answer.hits, answer.corrected_to or state.query, fold=state.fold),
        tuple(facet for name in MAIN_FACETS if (facet := _facet(name, answer, state)).values),
        tuple(facet for name in OTHER_FACETS if (facet := _facet(name, answer, state)).values),
        any(state.filters.get(name) for name in OTHER_FACETS),
        years_chart(answer.facets.get("year", ()), state, coverage),
        chips_of(state, lambda name, value: state.toggled(name, value).address),
        pages_of(answer.listed, PAGE_SIZE, state.page, lambda page: state.on_page(page).address, MAX_PAGE),
        answer.listed > MAX_PAGE * PAGE_SIZE,
        tuple((sort, strings.SORTS[sort], state.sorted_by(sort).address) for sort in Sort),
        strings.found(answer.total, answer.total_all_words) if answer.total or state.query.strip() else strings.ASK,
        strings.with_parts(answer.total_all_words, partial, answer.nowhere) if partial > 0 else "",
        at_first,
        answer.forms if at_first != answer.forms else (),
        state.asking(answer.exactly).address if answer.exactly and answer.forms else "",
        state.asking(answer.in_any_form).address if answer.in_any_form else "",
        strings.beside_words(answer.total_alike, answer.total_meaning),
        tuple(other for other in others if other.query != answer.corrected_to),
        next((other for other in others if other.query == answer.corrected_to), None),
        tuple((offer.told, offer.query, state.asking(offer.query).address) for offer in answer.offers),
        _jump(answer),
    )


def _jump(answer: Answer) -> tuple[str, str] | None:
    if not answer.jump:
        return None
    title = next((hit.document.title for hit in answer.hits if hit.document.identifier == answer.jump), "")
    return Identifier(answer.jump).printed, title


def _facet(name: str, answer: Answer, state: SearchState) -> Facet:
    found = [v for v in answer.facets.get(name, ()) if v.count or state.has(name, v.value)]
    field = named(name)
    room = links_to(state.address, _LISTED)
    bound = min(room, _LISTED if field.prominent or field.last_first else _LISTED_OTHERS)
    values = [v for i, v in enumerate(found) if i < bound or (room == _LISTED and state.has(name, v.value))]
    if field.last_first:
        values.sort(key=lambda v: v.value, reverse=True)
    choices = [choice_of(name, value, state) for value in values]
    at_first = [c for i, c in enumerate(choices) if i < _AT_FIRST or c.chosen]
    more = [c for i, c in enumerate(choices) if not (i < _AT_FIRST or c.chosen)]
    if len(more) == 1:  # a fold with one value hides it for nothing
        at_first, more = choices, []
    everything = state.facet_address(name) if len(found) > len(values) else ""
    return Facet(name, field.label, tuple(at_first), tuple(more), everything)


def choice_of(name: str, value: FacetValue, state: SearchState) -> Choice:
    """A value of a facet as it is chosen from."""
    detail = value.label if value.label != value.value else ""  # a dossier is its number with its title below
    return Choice(
        named(name).shown(value.value),
        detail,
        value.count,
        state.has(name, value.value),
        state.toggled(name, value.value).address,
    )


def years_chart(values: Sequence[FacetValue], state: SearchState, coverage: Mapping[int, int]) -> YearsChart | None:
    """The hits over the years; None when there are not two years, or no hits and no choice of years to undo.

    Nor is there a chart for a query so long that its address, repeated for every year, would take more room than the answer.
    """
    counts = {int(v.value): v.count for v in values if v.value.isascii() and v.value.isdigit() and v.count}
    picked = state.filters.get("year", ())
    if not (counts or picked) or links_to(state.address, len(counts), _ROOM_OF_CHARTS) < len(counts):
        return None
    chosen = selection("year", picked)
    chart = chart_of(counts, coverage, lambda year: chosen.accepts(str(year)), lambda year: _choosing(state, year).address)
    span = year_span(picked[0]) if len(picked) == 1 else None
    if chart is None or span is None:
        return chart
    first, last = ("" if year is None else str(year) for year in (span.first, span.last))
    return replace(chart, chosen_first=first, chosen_last=last)  # as it was asked, also beyond the years there are


def _choosing(state: SearchState, year: int) -> SearchState:
    """The year chosen, or no longer; in place of a span, when there is one."""
    if any(map(year_span, state.filters.get("year", ()))):
        return state.choosing("year", (str(year),))
    return state.toggled("year", str(year))


@dataclass(frozen=True, slots=True)
class FacetView:
    """Everything the page of a facet's values shows; ``count`` is that of the values with the letters asked for."""

    state: FacetState
    title: str
    choices: tuple[Choice, ...]
    count: int
    pages: Pages
    orders: tuple[tuple[str, str, bool], ...]
    """Labels and addresses of the orders, and whether it is the present one."""


def facet_view(values: Sequence[FacetValue], state: FacetState) -> FacetView:
    """Build the view; values come by count."""
    wanted = folded(state.letters).split()
    found = [v for v in values if all(word in folded(f"{v.value} {v.label}") for word in wanted)]
    if state.order is OrderOfValues.NAME:
        found.sort(key=lambda value: folded(value.label or value.value))
    size = links_to(state.search.address, VALUES_PER_PAGE, _ROOM_OF_VALUES)
    start = (state.page - 1) * size
    return FacetView(
        state,
        named(state.facet).label,
        tuple(choice_of(state.facet, value, state.search) for value in found[start : start + size]),
        len(found),
        pages_of(len(found), size, state.page, lambda page: state.on_page(page).address),
        tuple((strings.VALUE_ORDERS[order], state.ordered(order).address, order is state.order) for order in OrderOfValues),
    )


def search_pages(answers: Answers, look: Look, version: str) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("search", __name__)

    @pages.get("/")
    def start() -> Response:
        holdings = look().papers.holdings()
        return by_content(make_response(render_template("start.html", holdings=holdings, empty=not holdings.papers)))

    @pages.get("/zoeken")
    def search() -> Response:
        state = read_state(request.args)
        return _kept(state.query, lambda: _results(state))

    @pages.get("/zoeken/filter/<facet>")
    def facet(facet: str) -> ResponseReturnValue:
        if facet not in (*MAIN_FACETS, *OTHER_FACETS):
            abort(404)
        if (moved := renamed(RENAMED)) is not None:
            return moved
        state = read_facet_state(facet, request.args)
        return _kept(state.search.query, lambda: _values(state))

    def _kept(query: str, make: Callable[[], str]) -> Response:
        """The page that ``make`` makes, unless the reader has it already or there are no papers."""
        count = look().papers.count()
        if not count:
            return by_content(make_response(render_template("empty.html", query=query)))
        tag = state_tag(answers.generation, look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        return tagged(make_response(make()), tag)

    def _results(state: SearchState) -> str:
        answer = answers.answer(
            state.query,
            filters=state.filters,
            sort=state.sort,
            offset=state.offset,
            limit=PAGE_SIZE,
            meaning=state.meaning,
        )
        return render_template(
            "search.html", view=search_view(answer, state, look().papers.holdings().years), query=state.query, empty=False
        )

    def _values(state: FacetState) -> str:
        search = state.search
        answer = answers.answer(
            search.query, filters=search.filters, sort=search.sort, offset=0, limit=0, facet_limit=_EVERY_VALUE
        )
        view = facet_view([v for v in answer.facets.get(state.facet, ()) if v.count], state)
        return render_template("facet.html", view=view, query=search.query, empty=False)

    return pages
