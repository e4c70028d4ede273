"""Which values of a field are meant: by a condition of the query, and by the filters that a reader chose.

The same for every engine and every front end. A filter is a value of a facet or, of years, a span such as ``2018..2024``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from search.analysis.chain import tokenize
from search.analysis.folding import fold
from search.fields import FACETS, Comparison, asked, named
from search.names import names_among
from search.plan import HasValue
from search.query.parser import IsKnown
from search.query.tree import Match

_SPAN = re.compile(r"(\d{4})?\.\.(\d{4})?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_FIRST, _LAST = 0, 9999


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Years from ``first`` up to and including ``last``; None where it is open."""

    first: int | None
    last: int | None

    def __contains__(self, year: int) -> bool:
        return (_FIRST if self.first is None else self.first) <= year <= (_LAST if self.last is None else self.last)

    def __str__(self) -> str:
        """As it is written in filters: 2018..2024, 2018.., ..2024."""
        first, last = ("" if year is None else f"{year:04}" for year in (self.first, self.last))
        return f"{first}..{last}"


def year_span(text: str) -> YearSpan | None:
    """The span a text writes, or None when it writes none; the years may stand in either order.

    >>> year_span("2024..2018")
    YearSpan(first=2018, last=2024)
    """
    found = _SPAN.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    first, last = (int(year) if year else None for year in found.groups())
    if first is not None and last is not None and first > last:
        first, last = last, first
    return YearSpan(first, last)


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen values of one facet: any of the single ``values``, or any year within one of the ``spans``."""

    values: frozenset[str] = frozenset()
    spans: tuple[YearSpan, ...] = ()

    def accepts(self, value: str) -> bool:
        """Whether a paper's value is among them."""
        return value in self.values or any(int(value) in span for span in self.spans)


def selection(facet: str, chosen: Sequence[str]) -> Selection:
    """The chosen values of a facet; only years know spans."""
    spans = {text: year_span(text) for text in chosen} if facet in FACETS and named(facet).years else {}
    values = frozenset(text for text in chosen if spans.get(text) is None)
    return Selection(values, tuple(span for span in spans.values() if span is not None))


class Wrong(Enum):
    """What can be wrong with a filter."""

    NAME = auto()
    """There is no such facet."""
    YEARS = auto()
    """The value is neither a year nor a span of years."""


def wrong(facet: str, value: str) -> Wrong | None:
    """What is wrong with a filter, or None; each front end says it in its own words."""
    if facet not in FACETS:
        return Wrong.NAME
    return None if not named(facet).years or _YEAR.fullmatch(value) or year_span(value) else Wrong.YEARS


def matches_value(value: str, condition: HasValue) -> bool:
    """Whether ``value`` is among those asked for, or the same but for letter case and diacritics."""
    return value in condition.among or (bool(condition.equals) and folded(value) == folded(condition.equals))


ValuesOf = Callable[[str], tuple[str, ...]]
"""The values that the papers of a collection have of a field, by its name."""


def meant(match: Match, values_of: ValuesOf) -> frozenset[str]:
    """The values of a field that a typed value means, of a field that is not compared as a whole."""
    how = asked(match.field)
    having = values_of(how.compares or match.field)
    if how.comparison is Comparison.NAME:
        return names_among(having).meant(match.value, exactly=match.quoted)
    if match.quoted and (same := frozenset(value for value in having if folded(value) == folded(match.value))):
        return same
    words = {token.stem for token in tokenize(match.value) if token.width == 1}
    return frozenset(value for value in having if words and words <= _words(value))


def known_in(values_of: ValuesOf) -> IsKnown:
    """What tells whoever reads a query whether a field has a value that a text means."""

    def is_known(field: str, text: str) -> bool:
        how = asked(field)
        if how.comparison is Comparison.WHOLE:
            return folded(text) in _folded_among(values_of(how.compares or field))
        return bool(meant(Match(field, text), values_of))

    return is_known


def folded(text: str) -> str:
    """A text of several words for comparison: each folded, one space between them.

    >>> folded("Hülya  VAN RIJ")
    'hulya van rij'
    """
    return " ".join(filter(None, map(fold, text.split())))


@lru_cache(maxsize=8)
def _folded_among(values: tuple[str, ...]) -> frozenset[str]:
    """Values ready to be compared with; kept, since they are the same for every question to one state of an index."""
    return frozenset(map(folded, values))


@lru_cache(maxsize=1 << 16)
def _words(value: str) -> frozenset[str]:
    return frozenset(form for token in tokenize(value) for form in (token.text, token.stem))
