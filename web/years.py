"""The histogram of hits over the years: sizes of bars for an SVG, each a way to choose its year.

Years without papers keep their place, so that gaps show. The table behind it is the facet of years.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.ports import FacetValue
from web import strings
from web.parameters import SearchState

WIDTH = 264
HEIGHT = 56
_MOST_YEARS = 220
_WIDEST = 22.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: where its bar stands and how high it is (0: no papers); ``slot`` is the width to click in."""

    year: int
    label: str
    chosen: bool
    href: str
    x: float
    slot: float
    bar_x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class YearsChart:
    """All bars, from the first year to the last."""

    bars: tuple[Bar, ...]
    first: int
    last: int


def years_chart(values: Sequence[FacetValue], state: SearchState) -> YearsChart | None:
    """The chart, or None when there are not two years to compare."""
    counts = {int(v.value): v.count for v in values if v.value.isascii() and v.value.isdigit() and v.count}
    if len(counts) < 2 or max(counts) - min(counts) >= _MOST_YEARS:
        return None
    first, last, most = min(counts), max(counts), max(counts.values())
    slot = WIDTH / (last - first + 1)
    width = min(_WIDEST, slot * 0.78)
    bars = []
    for i, year in enumerate(range(first, last + 1)):
        count = counts.get(year, 0)
        height = max(2.0, count / most * (HEIGHT - 4)) if count else 0.0
        bars.append(
            Bar(
                year,
                f"{year}: {strings.papers(count)}",
                state.has("year", str(year)),
                state.toggled("year", str(year)).address,
                round(i * slot, 2),
                round(slot, 2),
                round(i * slot + (slot - width) / 2, 2),
                round(HEIGHT - height, 2),
                round(width, 2),
                round(height, 2),
            )
        )
    return YearsChart(tuple(bars), first, last)
