from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from search.ports import Sort
from web.search.state import MAX_PAGE, MalformedParameter, SearchState, read_number, read_state

STATE = SearchState("a & b", {"dossier": ("31066", "26643"), "year": ("2024",)}, Sort.NEWEST, 3)


def args(*pairs: tuple[str, str]) -> MultiDict[str, str]:
    return MultiDict(list(pairs))


def test_an_address_leads_back_to_the_state_it_was_made_of() -> None:
    assert read_state(MultiDict(parse_qsl(urlsplit(STATE.address).query))) == STATE


def test_what_stands_for_itself_is_not_in_the_address() -> None:
    assert SearchState("x").address == "/zoeken?q=x"


def test_empty_and_repeated_values_are_passed_over() -> None:
    state = read_state(args(("year", ""), ("year", "2024"), ("year", "2024"), ("onzin", "1"), ("dossier", "")))
    assert state.filters == {"year": ("2024",)}


def test_choosing_a_value_adds_it_and_goes_to_the_first_page() -> None:
    chosen = STATE.toggled("year", "2023")
    assert chosen.filters["year"] == ("2024", "2023")
    assert chosen.page == 1
    assert chosen.sort is Sort.NEWEST


def test_choosing_a_chosen_value_removes_it_and_an_empty_facet_with_it() -> None:
    assert STATE.toggled("year", "2024").filters == {"dossier": ("31066", "26643")}


def test_a_new_query_keeps_filters_and_order_but_not_the_page() -> None:
    assert STATE.kept_pairs() == [("dossier", "31066"), ("dossier", "26643"), ("year", "2024"), ("sort", "newest")]


def test_the_twin_counts_hits_instead_of_pages() -> None:
    assert dict(parse_qsl(urlsplit(STATE.twin).query))["offset"] == "20"


@pytest.mark.parametrize("page", ["abc", "0", "-1", "1.5", " 1", "1_0", "٣", "", str(MAX_PAGE + 1), "9" * 5000])
def test_a_page_that_is_no_page_is_told(page: str) -> None:
    with pytest.raises(MalformedParameter, match="paginanummer"):
        read_state(args(("pagina", page)))


def test_the_last_page_that_may_be_asked_for_is_read() -> None:
    assert read_state(args(("pagina", str(MAX_PAGE)))).offset == 10_000


def test_an_order_that_is_none_is_told() -> None:
    with pytest.raises(MalformedParameter, match="“x” is geen volgorde"):
        read_state(args(("sort", "x")))


@pytest.mark.parametrize("value", ["101", "-1", "x", ""])
def test_a_number_out_of_bounds_is_told(value: str) -> None:
    with pytest.raises(MalformedParameter, match="limit"):
        read_number(args(("limit", value)), "limit", 10, 100)


def test_a_number_has_a_default() -> None:
    assert read_number(args(), "limit", 10, 100) == 10
    assert read_number(args(("limit", "0")), "limit", 10, 100) == 0
