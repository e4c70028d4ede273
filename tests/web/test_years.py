from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ports import FacetValue
from web.search.page import years_chart
from web.search.state import SearchState
from web.years import HEIGHT, YearsChart, gaps_of

COVERAGE = {1995: 3, 1996: 1, 1999: 2, 2001: 4}


def values(**counts: int) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(name[1:], name[1:], count) for name, count in counts.items())


def chart(state: SearchState | None = None, **counts: int) -> YearsChart:
    made = years_chart(values(**(counts or {"y1996": 1, "y2001": 4})), state or SearchState("x"), COVERAGE)
    assert made is not None
    return made


def test_every_year_of_the_archive_has_its_place_and_the_highest_bar_its_full_height() -> None:
    made = chart()
    assert [bar.year for bar in made.bars] == list(range(1995, 2002))
    assert [(bar.count, bar.height) for bar in made.bars if bar.height] == [(1, HEIGHT // 4), (4, HEIGHT)]
    assert made.bars[0].place == "0%"
    assert [bar.year for bar in made.rows] == [2001, 1996]


def test_years_without_papers_are_marked_those_without_hits_are_not() -> None:
    assert [gap.label for gap in chart().gaps] == [
        "1997–1998: geen stukken in dit archief",
        "2000: geen stukken in dit archief",
    ]


def test_a_bar_chooses_its_year_and_takes_the_place_of_a_span() -> None:
    state = SearchState("x", {"year": ("1996",)})
    assert chart(state).bars[6].href == "/zoeken?q=x&year=1996&year=2001"
    assert chart(state).bars[1].href == "/zoeken?q=x", "a chosen year is let go"
    spanned = chart(SearchState("x", {"year": ("1996..2001",)}))
    assert spanned.bars[6].href == "/zoeken?q=x&year=2001"
    assert [bar.year for bar in spanned.bars if bar.chosen] == list(range(1996, 2002))
    assert (spanned.chosen_first, spanned.chosen_last) == ("1996", "2001")


@pytest.mark.parametrize(("span", "ends"), [("1980..1996", ("1980", "1996")), ("1996..", ("1996", "")), ("..1996", ("", "1996"))])
def test_the_form_holds_the_years_that_were_asked_for(span: str, ends: tuple[str, str]) -> None:
    made = chart(SearchState("x", {"year": (span,)}))
    assert (made.chosen_first, made.chosen_last) == ends


def test_nothing_to_compare_is_no_chart() -> None:
    assert years_chart((), SearchState("x"), COVERAGE) is None, "no hits and no years chosen"
    assert years_chart(values(y2001=1), SearchState("x"), {2001: 1}) is None
    assert years_chart((), SearchState("x", {"year": ("1996",)}), COVERAGE) is not None, "there is a choice to undo"


def test_an_archive_of_centuries_shows_the_years_of_the_hits() -> None:
    made = years_chart(values(y1995=1, y2001=2), SearchState("x"), {1700: 1, 2024: 1})
    assert made is not None
    assert (made.first, made.last) == (1995, 2001)
    assert years_chart(values(y1700=1, y2001=2), SearchState("x"), {}) is None


@given(st.dictionaries(st.integers(1990, 2030), st.integers(0, 3)))
def test_gaps_and_covered_years_together_are_all_years(coverage: dict[int, int]) -> None:
    empty = [year for first, last in gaps_of(1990, 2030, coverage) for year in range(first, last + 1)]
    assert sorted(empty + [year for year, count in coverage.items() if count]) == list(range(1990, 2031))
