"""The page of a term, "who said this when": charts over the years, first and last mention, by whom, and the lines.

Every year of the archive has its place in the charts: years without a mention stay empty, years without papers are hatched, so
that silence and absence cannot be confused.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request

from indexer.paper.identifier import Identifier
from indexer.paper.model import PersonRole
from indexer.paper.naming import readable
from search.document import SearchDocument
from search.fields import named
from search.ports import Period
from search.snippets import Snippet
from search.term import Concordance, Line, LineOrder, Mention, TermAnswer, Year, neighbour
from search.values import selection
from web import formats, strings
from web.addresses import Pages, links_to, pages_of, paper_address, person_address
from web.http import by_content, state_tag, tagged, unchanged
from web.ports import Answers, Look
from web.references import authors_among
from web.search.state import Chip, chips_of
from web.term.state import LINES, TermState, read_term_state
from web.years import MOST_YEARS, Axis, Bar, Gap, Tick

_HEIGHT = 96
_SHARE = 0.72
_WIDEST_BAR = 2.4
"""Per cent of the chart, so that few years do not become towers."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One reading of the years; ``most`` is what the highest bar stands for."""

    name: str
    title: str
    most: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TermYear:
    """A year of the table; ``of`` 0 and ``covered`` False: the archive has no papers of it."""

    year: int
    papers: int
    of: int
    share: str
    covered: bool
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class TermChart:
    """Both charts, of numbers and of shares, and their table, the last year first."""

    panels: tuple[Panel, Panel]
    gaps: tuple[Gap, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[TermYear, ...]
    height: int = _HEIGHT


def term_chart(years: Sequence[Year], coverage: Mapping[int, int], state: TermState) -> TermChart | None:
    """The charts, or None when there are not two years to compare, or the term is very long.

    ``coverage`` counts all papers of the archive by year.
    """
    known = {year.year: year for year in years}
    first, last = min(known, default=0), max(known, default=0)
    if last <= first or last - first >= MOST_YEARS or links_to(state.address, last - first) < last - first:
        return None
    axis = Axis(first, last, _HEIGHT, _WIDEST_BAR, _SHARE)
    rows = [known.get(year, Year(year, 0, 0)) for year in axis.years]
    chosen = selection("year", state.filters.get("year", ()))
    most, highest = max(year.papers for year in rows), max(year.share for year in rows)

    def bars(size: Callable[[Year], float], top: float) -> tuple[Bar, ...]:
        return tuple(
            axis.bar(
                year.year,
                year.papers if top else 0,
                size(year) / top if top else 0,
                strings.year_told(year.year, year.papers, year.of),
                _choosing(state, year.year).address,
                chosen=chosen.accepts(str(year.year)),
            )
            for year in rows
        )

    return TermChart(
        (
            Panel("aantal", strings.TERM_COUNTS, strings.papers(most), bars(lambda year: year.papers, most)),
            Panel("aandeel", strings.TERM_SHARES, formats.percent(highest), bars(lambda year: year.share, highest)),
        ),
        axis.gaps(coverage),
        axis.ticks(8),
        tuple(_row(year, bool(coverage.get(year.year)), chosen.accepts(str(year.year)), state) for year in reversed(rows)),
    )


def _row(year: Year, covered: bool, chosen: bool, state: TermState) -> TermYear:
    share, href = formats.percent(year.share) if year.of else "", _choosing(state, year.year).address
    return TermYear(year.year, year.papers, year.of, share, covered or bool(year.of), chosen, href)


def _choosing(state: TermState, year: int) -> TermState:
    """The year alone, or all years again."""
    alone = (str(year),)
    return state.choosing("year", () if state.filters.get("year") == alone else alone)


_AT_FIRST = 8
_LISTED = 200
"""Persons and offices that the page lists, the most frequent first; JSON has them all."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something in a paper: persons, and their offices or what else they are; ``short`` is the first of them."""

    names: str
    role: str
    short: str

    @property
    def line(self) -> str:
        """Both in one line."""
        return f"{self.names}, {self.role}" if self.names and self.role else self.names or self.role


@dataclass(frozen=True, slots=True)
class LineView:
    """A line; ``left`` and ``right`` are each in three pieces: what comes first, the word the order goes by, and the rest."""

    line: Line
    left: tuple[str, str, str]
    right: tuple[str, str, str]
    speaker: Speaker
    printed: str
    paper: str
    passage: str


@dataclass(frozen=True, slots=True)
class MentionView:
    """The first or the last paper that says it; ``passage`` leads to the sentence."""

    anchor: str
    title: str
    document: SearchDocument
    speaker: Speaker
    printed: str
    sentence: Snippet | None
    passage: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A person or an office in the table of who says it."""

    name: str
    href: str
    papers: int
    found: str
    """The search that finds the papers."""
    years: str


@dataclass(frozen=True, slots=True)
class Voices:
    """A table of who says it: the first rows and the others."""

    name: str
    title: str
    shown: tuple[Voice, ...]
    more: tuple[Voice, ...]
    cut: int
    """How many are not listed."""


@dataclass(frozen=True, slots=True)
class TermView:
    """Everything the term page shows."""

    state: TermState
    answer: TermAnswer
    chart: TermChart | None
    mentions: tuple[MentionView, ...]
    voices: tuple[Voices, ...]
    lines: tuple[LineView, ...]
    total_lines: int
    bound: str
    """What the lines were taken from, when not from all papers."""
    orders: tuple[tuple[LineOrder, str, str], ...]
    pages: Pages
    chips: tuple[Chip, ...]
    summary: str
    did_you_mean: str


def term_view(answer: TermAnswer, concordance: Concordance, state: TermState, coverage: Mapping[int, int]) -> TermView:
    """Build the view of the question that ``state`` asked; ``coverage`` counts all papers of the archive by year."""
    shown = concordance.lines[state.offset : state.offset + LINES]
    return TermView(
        state,
        answer,
        term_chart(answer.years, coverage, state),
        tuple(_mentions(answer, state.query)),
        tuple(
            voices
            for voices in (
                _voices("person", answer.people, state),
                _voices("office", answer.offices, state),
            )
            if voices.shown
        ),
        tuple(_line(line, state) for line in shown),
        len(concordance.lines),
        "" if concordance.complete else strings.lines_from(concordance.papers, concordance.total, state.order),
        tuple((order, strings.LINE_ORDERS[order], state.ordered(order).lines_address) for order in LineOrder),
        pages_of(len(concordance.lines), LINES, state.page, lambda page: state.on_page(page).lines_address),
        chips(state),
        strings.term_summary(answer.papers, _day(answer.first), _day(answer.last)),
        state.asking(answer.did_you_mean).address if answer.did_you_mean else "",
    )


def speaker(document: SearchDocument) -> Speaker:
    """Who says what stands in a paper: whom it is by, with the offices of ministers, else what kind of paper it is."""
    by = authors_among(document.people)
    names = [one.known_as for one in by if one.known_as]
    offices = list(dict.fromkeys(one.office for one in by if one.office and one.role is PersonRole.MINISTER))
    role = strings.together(offices) if offices else document.kind or readable(document.kind_line)
    return Speaker(strings.together(names), role, strings.first_of(names or offices) or role)


def printed(document: SearchDocument) -> str:
    """What the paper is called in print: 31 066, nr. 1412."""
    return Identifier(document.identifier).printed


def _line(line: Line, state: TermState) -> LineView:
    document = line.document
    return LineView(
        line,
        _pieces(line.left, neighbour(line, state.order) if state.order is LineOrder.LEFT else None),
        _pieces(line.right, neighbour(line, state.order) if state.order is LineOrder.RIGHT else None),
        speaker(document),
        printed(document),
        paper_address(document.identifier, state.query),
        paper_address(document.identifier, state.query, line.anchor),
    )


def _pieces(text: str, word: tuple[int, int] | None) -> tuple[str, str, str]:
    return (text[: word[0]], text[word[0] : word[1]], text[word[1] :]) if word else (text, "", "")


def _mentions(answer: TermAnswer, query: str) -> list[MentionView]:
    first, last = answer.first, answer.last
    if first is None or last is None:
        return []
    if first.document.identifier == last.document.identifier:
        return [_mention("enige", strings.TERM_ONLY, first, query)]
    return [_mention("eerste", strings.TERM_FIRST, first, query), _mention("laatste", strings.TERM_LAST, last, query)]


def _mention(anchor: str, title: str, mention: Mention, query: str) -> MentionView:
    document, sentence = mention.document, mention.sentence
    return MentionView(
        anchor,
        title,
        document,
        speaker(document),
        printed(document),
        sentence,
        paper_address(document.identifier, query, sentence.anchor if sentence else ""),
    )


def _voices(facet: str, periods: Sequence[Period], state: TermState) -> Voices:
    listed = links_to(state.search.address, _LISTED)
    rows = [_voice(facet, period, state) for period in periods[:listed]]
    at_first = len(rows) if len(rows) == _AT_FIRST + 1 else _AT_FIRST
    return Voices(facet, named(facet).plural, tuple(rows[:at_first]), tuple(rows[at_first:]), max(len(periods) - listed, 0))


def _voice(facet: str, period: Period, state: TermState) -> Voice:
    found = state.search.choosing(facet, (period.value,)).address
    href = person_address(period.value) if facet == "person" else found
    return Voice(period.value, href, period.count, found, strings.span_of_years(period.first, period.last))


def chips(state: TermState) -> tuple[Chip, ...]:
    """The chosen filters, each with the page without it."""
    return chips_of(state.search, lambda name, value: state.toggled(name, value).address)


def _day(mention: Mention | None) -> datetime.date | None:
    return mention.document.date if mention else None


def term_pages(answers: Answers, look: Look, version: str) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("term", __name__)

    @pages.get("/term")
    def term() -> Response:
        state = read_term_state(request.args)
        holdings = look().papers.holdings()
        if not holdings.papers:
            return by_content(make_response(render_template("empty.html", query=state.query)))
        if not state.query.strip():
            page = render_template("term_start.html", state=state, chips=chips(state), query="", empty=False)
            return by_content(make_response(page))
        tag = state_tag(answers.generation, look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        lines = answers.concordance(state.query, filters=state.filters, order=state.order)
        answer = answers.term(state.query, filters=state.filters)  # last, since its advice takes what is left of the budget
        view = term_view(answer, lines, state, holdings.years)
        return tagged(make_response(render_template("term.html", view=view, query=state.query, empty=False)), tag)

    return pages
