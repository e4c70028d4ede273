"""Spans of years as they are written in filters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.values import Selection, YearSpan, selection, year_span

YEARS = st.none() | st.integers(0, 9999)


@pytest.mark.parametrize(
    "text", ["", "..", "2018", "2018...2024", "18..24", "2018..x", "2018 .. 2024", "٢٠١٨..٢٠٢٤", "2018..2024\n"]
)
def test_what_is_no_span_is_a_value(text: str) -> None:
    assert year_span(text) is None
    assert selection("year", (text,)) == Selection(frozenset((text,)))


@given(YEARS, YEARS)
def test_a_span_reads_as_it_was_written(first: int | None, last: int | None) -> None:
    if first is None and last is None:
        return
    low, high = sorted((first, last)) if first is not None and last is not None else (first, last)
    assert year_span(str(YearSpan(first, last))) == YearSpan(low, high)


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_a_span_holds_its_ends_and_what_is_between(first: int, last: int, year: int) -> None:
    span = year_span(f"{first:04}..{last:04}")
    assert span is not None
    assert (year in span) == (min(first, last) <= year <= max(first, last))
    assert (year in YearSpan(first, None)) == (first <= year)
    assert (year in YearSpan(None, last)) == (year <= last)
