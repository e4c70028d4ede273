from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from werkzeug.datastructures import MultiDict

from search.ports import Sort
from web.search.state import MAX_PAGE, FacetState, OrderOfValues, SearchState, read_facet_state, read_state

STATE = SearchState("a & b", {"dossier": ("31066", "26643"), "year": ("2024",)}, Sort.NEWEST, 3)


def args(*pairs: tuple[str, str]) -> MultiDict[str, str]:
    return MultiDict(list(pairs))


def test_an_address_leads_back_to_the_state_it_was_made_of() -> None:
    assert read_state(MultiDict(parse_qsl(urlsplit(STATE.address).query))) == STATE


def test_the_address_of_a_facet_leads_back_to_the_state_it_was_made_of() -> None:
    state = FacetState(STATE.on_page(1), "minister", "rij", OrderOfValues.NAME, 2)
    assert read_facet_state("minister", MultiDict(parse_qsl(urlsplit(state.address).query))) == state


def test_what_stands_for_itself_is_not_in_the_address() -> None:
    assert SearchState("x").address == "/zoeken?q=x"


def test_an_address_of_before_is_read_as_it_was() -> None:
    state = read_state(args(("q", "toeslag"), ("year", "2018..2024"), ("pagina", "2")))
    assert state == SearchState("toeslag", {"year": ("2018..2024",)}, page=2)


def test_empty_and_repeated_values_are_passed_over() -> None:
    state = read_state(args(("year", ""), ("year", "2024"), ("year", "2024"), ("onzin", "1"), ("dossier", "")))
    assert state.filters == {"year": ("2024",)}


def test_the_two_fields_of_the_form_of_years_are_one_span_beside_the_years_chosen() -> None:
    assert read_state(args(("van", " 2018 "), ("tot", ""))).filters == {"year": ("2018..",)}
    assert read_state(args(("van", "2024"), ("tot", "2018"), ("year", "2010"))).filters == {"year": ("2010", "2018..2024")}


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


def test_the_last_page_that_may_be_asked_for_is_read() -> None:
    assert read_state(args(("pagina", str(MAX_PAGE)))).offset == 10_000
