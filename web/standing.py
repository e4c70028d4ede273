"""The state of the archive as its page shows it: the years with their papers, and the gaps between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH = 100
_MOST_YEARS = 400
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
    if not years or years[-1] - years[0] >= _MOST_YEARS:
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
