"""Papers by year, as charts and tables: sizes of bars for an SVG, each a way to choose its year, and the rows behind it.

A chart covers the years of the archive, so that one can be compared with another; years without hits keep their place, and years
of which the archive has nothing are marked. Across it stands per cent of the width, upright pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from web import strings

WIDTH = 100
HEIGHT = 64
_MOST_YEARS_OF_THE_ARCHIVE = 400
"""More than these are a mistake in a date; then only the years with papers are listed."""
MOST_YEARS = 220
"""A chart of more years would show nothing."""
_LOWEST = 2
"""Pixels of a bar that stands for any papers at all."""
_SHARE = 0.76
"""Of the width of a year, for its bar."""


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


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: where its place and its bar begin, how wide and how high they are; ``label`` tells what it stands for."""

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


@dataclass(frozen=True, slots=True)
class Axis:
    """The years from the first to the last beside each other.

    ``height`` is that of the chart; a bar takes the ``share`` of the width of its year, at most ``widest`` per cent of the chart.
    """

    first: int
    last: int
    height: int = HEIGHT
    widest: float = 100
    share: float = _SHARE

    @property
    def years(self) -> range:
        """All of them."""
        return range(self.first, self.last + 1)

    @property
    def _slot(self) -> float:
        return 100 / len(self.years)

    def bar(self, year: int, count: int, size: float, label: str, href: str, *, chosen: bool) -> Bar:
        """The bar of a year; ``size`` is its part of the highest one."""
        place, width = (year - self.first) * self._slot, min(self._slot * self.share, self.widest)
        height = max(_LOWEST, round(size * self.height)) if count else 0
        x = place + (self._slot - width) / 2
        return Bar(
            year, count, label, chosen, href, _percent(place), _percent(self._slot), _percent(x), self.height - height,
            _percent(width), height,
        )  # fmt: skip

    def gaps(self, coverage: Mapping[int, int]) -> tuple[Gap, ...]:
        """The stretches of years without papers."""
        return tuple(
            Gap(
                strings.no_papers(start, end),
                _percent((start - self.first) * self._slot),
                _percent((end - start + 1) * self._slot),
            )
            for start, end in gaps_of(self.first, self.last, coverage)
        )

    def ticks(self, each: int) -> tuple[Tick, ...]:
        """The years written below: each one when they are fewer than ``each``, else a few."""
        length = self.last - self.first
        step = 1 if length < each else 5 if length < 50 else 10 if length < 110 else 20
        return tuple(
            Tick(year, _percent((year - self.first + 0.5) * self._slot), minor=bool(year % (step * 2)))
            for year in self.years
            if year % step == 0
        )


def chart_of(
    counts: Mapping[int, int], coverage: Mapping[int, int], chosen: Callable[[int], bool], address: Callable[[int], str]
) -> YearsChart | None:
    """The chart of these counts, or None when there are not two years to compare.

    ``coverage`` counts all papers of the archive by year; ``address`` is where a year leads, empty where nowhere.
    """
    years = counts.keys() | {year for year, count in coverage.items() if count}
    if len(years) > 1 and max(years) - min(years) >= MOST_YEARS:
        years = set(counts)
    if len(years) < 2 or max(years) - min(years) >= MOST_YEARS:
        return None
    axis, most = Axis(min(years), max(years)), max(counts.values(), default=1)
    bars = tuple(
        axis.bar(year, count, count / most, f"{year}: {strings.papers(count)}", address(year), chosen=chosen(year))
        for year in axis.years
        for count in (counts.get(year, 0),)
    )
    picked = [bar.year for bar in bars if bar.chosen]
    ends = (str(picked[0]), str(picked[-1])) if picked else ("", "")
    return YearsChart(bars, axis.gaps(coverage), axis.ticks(10), axis.first, axis.last, *ends)


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


def _percent(value: float) -> str:
    return f"{round(value, 2):g}%"
