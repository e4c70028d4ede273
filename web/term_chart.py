"""A term through the years as two charts, of numbers and of shares, and the table behind them.

Every year of the archive has its place: years without a mention stay empty, years without papers are hatched, so that silence
and absence cannot be confused. Across it stands per cent of the width, upright pixels, as in ``years``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from search.selection import selection
from search.term import Year
from web import formats, strings
from web.term_state import TermState
from web.years import gaps_of

HEIGHT = 96
_LOWEST = 2
"""Pixels of a bar that stands for anything at all."""
_BAR = 0.72
"""Of the width of a year, for its bar."""
_WIDEST_BAR = 2.4
"""Per cent of the chart, so that few years do not become towers."""
_MOST_YEARS = 220


@dataclass(frozen=True, slots=True)
class TermBar:
    """A year's bar: where its place begins and how wide it is, and where the bar itself stands."""

    label: str
    href: str
    chosen: bool
    place: str
    place_width: str
    x: str
    y: int
    width: str
    height: int


@dataclass(frozen=True, slots=True)
class TermGap:
    """Years in a row without papers."""

    label: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class TermTick:
    """A year written below; ``minor`` ones give way where there is little room."""

    year: int
    x: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One reading of the years; ``most`` is what the highest bar stands for."""

    name: str
    title: str
    most: str
    bars: tuple[TermBar, ...]


@dataclass(frozen=True, slots=True)
class Row:
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
    """Both charts and their table, the last year first."""

    panels: tuple[Panel, Panel]
    gaps: tuple[TermGap, ...]
    ticks: tuple[TermTick, ...]
    rows: tuple[Row, ...]
    height: int = HEIGHT


def term_chart(years: Sequence[Year], coverage: Mapping[int, int], state: TermState) -> TermChart | None:
    """The charts, or None when there are not two years to compare; ``coverage`` counts all papers of the archive by year."""
    known = {year.year: year for year in years}
    first, last = min(known, default=0), max(known, default=0)
    if last <= first or last - first >= _MOST_YEARS:
        return None
    rows = [known.get(year, Year(year, 0, 0)) for year in range(first, last + 1)]
    chosen = selection("year", state.filters.get("year", ()))
    slot = 100 / len(rows)
    most, highest = max(year.papers for year in rows), max(year.share for year in rows)

    def bars(size: Callable[[Year], float], top: float, label: Callable[[Year], str]) -> tuple[TermBar, ...]:
        width = min(slot * _BAR, _WIDEST_BAR)
        made = []
        for i, year in enumerate(rows):
            height = max(_LOWEST, round(size(year) / top * HEIGHT)) if year.papers and top else 0
            made.append(
                TermBar(
                    label(year),
                    _choosing(state, year.year).address,
                    chosen.accepts(str(year.year)),
                    _percent(i * slot),
                    _percent(slot),
                    _percent((i + 0.5) * slot - width / 2),
                    HEIGHT - height,
                    _percent(width),
                    height,
                )
            )
        return tuple(made)

    def told(year: Year) -> str:
        return strings.year_told(year.year, year.papers, year.of)

    return TermChart(
        (
            Panel("aantal", strings.TERM_COUNTS, strings.papers(most), bars(lambda y: y.papers, most, told)),
            Panel("aandeel", strings.TERM_SHARES, formats.percent(highest), bars(lambda y: y.share, highest, told)),
        ),
        tuple(
            TermGap(strings.no_papers(start, end), _percent((start - first) * slot), _percent((end - start + 1) * slot))
            for start, end in gaps_of(first, last, coverage)
        ),
        tuple(_ticks(first, last, slot)),
        tuple(_row(year, bool(coverage.get(year.year)), chosen.accepts(str(year.year)), state) for year in reversed(rows)),
    )


def _row(year: Year, covered: bool, chosen: bool, state: TermState) -> Row:
    share = formats.percent(year.share) if year.of else ""
    return Row(year.year, year.papers, year.of, share, covered or bool(year.of), chosen, _choosing(state, year.year).address)


def _choosing(state: TermState, year: int) -> TermState:
    """The year alone, or all years again."""
    alone = (str(year),)
    return state.choosing("year", () if state.filters.get("year") == alone else alone)


def _ticks(first: int, last: int, slot: float) -> list[TermTick]:
    step = 1 if last - first < 8 else 5 if last - first < 50 else 10 if last - first < 110 else 20
    years = [year for year in range(first, last + 1) if year % step == 0]
    return [TermTick(year, _percent((year - first + 0.5) * slot), minor=bool(year % (step * 2))) for year in years]


def _percent(value: float) -> str:
    return f"{round(value, 2):g}%"
