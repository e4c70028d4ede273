"""The histogram of hits over the years: sizes of bars for an SVG, each a way to choose its year, and the table behind it.

Covers the years of the archive, so that one query can be compared with another; years without hits keep their place, and years
of which the archive has nothing are marked. Across it stands per cent of the width, upright pixels.

The state of the archive as its page shows it: the years with their papers, and the gaps between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from search.ports import FacetValue
from search.values import selection, year_span
from web import strings
from web.search.state import SearchState

WIDTH = 100
_MOST_YEARS_OF_THE_ARCHIVE = 400
"""More than these are a mistake in a date; then only the years with papers are listed."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year with its papers, or several years after each other without any; ``bar`` is a length out of ``WIDTH``."""

    first: int
    last: int
    papers: int
    bar: float


def years_of(papers: Mapping[int, int]) -> Sequence[int]:
    """From the first year with papers to the last."""
    years = sorted(year for year, count in papers.items() if count)
    if not years or years[-1] - years[0] >= _MOST_YEARS_OF_THE_ARCHIVE:
        return years
    return range(years[0], years[-1] + 1)


def year_rows(papers: Mapping[int, int]) -> tuple[YearRow, ...]:
    """The rows of the table, the last year first; years without papers that follow each other are one row."""
    most = max(papers.values(), default=0)
    rows: list[YearRow] = []
    for is_held, group in groupby(reversed(years_of(papers)), key=lambda year: bool(papers.get(year))):
        years = list(group)
        if is_held:
            rows += [YearRow(year, year, papers[year], round(max(papers[year] / most * WIDTH, 0.5), 2)) for year in years]
        else:
            rows.append(YearRow(years[-1], years[0], 0, 0))
    return tuple(rows)


HEIGHT = 64
_LOWEST = 2
"""Pixels of a bar that stands for any papers at all."""
_MOST_YEARS = 220
_SHARE = 0.76
"""Of the width of a year, for its bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: where its place and its bar begin, how wide and how high they are; ``label`` tells the count."""

    year: int
    count: int
    label: str
    chosen: bool
    href: str
    place: str
    place_width: str
    x: str
    y: int
    width: str
    height: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Years in a row of which the archive has no papers."""

    label: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A year written below the bars; ``minor`` ones give way where there is little room."""

    year: int
    x: str
    minor: bool


@dataclass(frozen=True, slots=True)
class YearsChart:
    """All bars, from the first year to the last; ``chosen_first`` and ``chosen_last`` are the ends of the choice, if any."""

    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    ticks: tuple[Tick, ...]
    first: int
    last: int
    chosen_first: str
    chosen_last: str

    @property
    def rows(self) -> tuple[Bar, ...]:
        """The table behind it: the years with papers and those chosen, the last first."""
        return tuple(bar for bar in reversed(self.bars) if bar.count or bar.chosen)


def years_chart(values: Sequence[FacetValue], state: SearchState, coverage: Mapping[int, int]) -> YearsChart | None:
    """The hits over the years, see ``chart_of``; None too when there are no hits and no choice of years to undo."""
    counts = {int(v.value): v.count for v in values if v.value.isascii() and v.value.isdigit() and v.count}
    picked = state.filters.get("year", ())
    if not (counts or picked):
        return None
    chosen = selection("year", picked)
    chart = chart_of(counts, coverage, lambda year: chosen.accepts(str(year)), lambda year: _choosing(state, year).address)
    span = year_span(picked[0]) if len(picked) == 1 else None
    if chart is None or span is None:
        return chart
    first, last = ("" if year is None else str(year) for year in (span.first, span.last))
    return replace(chart, chosen_first=first, chosen_last=last)  # as it was asked, also beyond the years there are


def chart_of(
    counts: Mapping[int, int], coverage: Mapping[int, int], chosen: Callable[[int], bool], address: Callable[[int], str]
) -> YearsChart | None:
    """The chart of these counts, or None when there are not two years to compare.

    ``coverage`` counts all papers of the archive by year; ``address`` is where a year leads, empty where nowhere.
    """
    years = counts.keys() | {year for year, count in coverage.items() if count}
    if len(years) > 1 and max(years) - min(years) >= _MOST_YEARS:
        years = set(counts)
    if len(years) < 2 or max(years) - min(years) >= _MOST_YEARS:
        return None
    first, last, most = min(years), max(years), max(counts.values(), default=1)
    slot = 100 / (last - first + 1)
    bars = []
    for i, year in enumerate(range(first, last + 1)):
        count = counts.get(year, 0)
        height = max(_LOWEST, round(count / most * HEIGHT)) if count else 0
        bars.append(
            Bar(
                year,
                count,
                f"{year}: {strings.papers(count)}",
                chosen(year),
                address(year),
                _percent(i * slot),
                _percent(slot),
                _percent((i + (1 - _SHARE) / 2) * slot),
                HEIGHT - height,
                _percent(slot * _SHARE),
                height,
            )
        )
    gaps = tuple(
        Gap(strings.no_papers(start, end), _percent((start - first) * slot), _percent((end - start + 1) * slot))
        for start, end in gaps_of(first, last, coverage)
    )
    picked = [bar.year for bar in bars if bar.chosen]
    ends = (str(picked[0]), str(picked[-1])) if picked else ("", "")
    return YearsChart(tuple(bars), gaps, tuple(_ticks(first, last, slot)), first, last, *ends)


def gaps_of(first: int, last: int, coverage: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The stretches of years, first and last, of which there are no papers."""
    start = None
    for year in range(first, last + 2):
        empty = year <= last and not coverage.get(year)
        if empty and start is None:
            start = year
        elif not empty and start is not None:
            yield start, year - 1
            start = None


def _choosing(state: SearchState, year: int) -> SearchState:
    """The year chosen, or no longer; in place of a span, when there is one."""
    if any(map(year_span, state.filters.get("year", ()))):
        return state.choosing("year", (str(year),))
    return state.toggled("year", str(year))


def _ticks(first: int, last: int, slot: float) -> Iterator[Tick]:
    step = 5 if last - first < 50 else 10 if last - first < 110 else 20
    if last - first < 10:
        step = 1
    for year in range(first, last + 1):
        if year % step == 0:
            yield Tick(year, _percent((year - first + 0.5) * slot), minor=bool(year % (step * 2)))


def _percent(value: float) -> str:
    return f"{round(value, 2):g}%"
