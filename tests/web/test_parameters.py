"""Every parameter of every address: the same wrong value is the same error, on pages in Dutch, in the API in English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.datastructures import MultiDict

from search.ports import Sort
from tests.web.fakes import site
from tests.web.pages import Page
from web import parameters
from web.api.routes import OPERATIONS
from web.dossier import ORDER as ORDER_OF_DOSSIER
from web.parameters import (
    FILTERS,
    FROM_YEAR,
    ONE_YEAR,
    QUERY,
    TO_YEAR,
    Expected,
    Malformed,
    Parameter,
    Problem,
    page_number,
    read,
)
from web.person import OFFICE, ROLE
from web.search import state as search_state
from web.term import state as term_state

Parameters = Sequence[Parameter[object]]

_OF_A_LIST = page_number(1_000)
_SEARCH: Parameters = search_state.PARAMETERS
_TERM: Parameters = term_state.PARAMETERS
PAGES: dict[str, Parameters] = {
    "/zoeken": _SEARCH,
    "/zoeken.csv": _SEARCH,
    "/zoeken.bib": _SEARCH,
    "/zoeken.ris": _SEARCH,
    "/zoeken.atom": _SEARCH,
    "/zoeken/filter/minister": search_state.FACET_PARAMETERS,
    "/term": _TERM,
    "/term.csv": _TERM,
    "/dossier/91066": (ORDER_OF_DOSSIER, ONE_YEAR, _OF_A_LIST),
    "/persoon/L. van den Akkerveld": (ROLE, OFFICE, ONE_YEAR, _OF_A_LIST),
    "/kst-91066-83": (QUERY,),
    "/suggesties": (QUERY,),
}
EXAMPLES = {"identifier": "kst-91066-83", "key": "91066", "name": "L. van den Akkerveld"}
TWINS: dict[str, Parameters] = {operation.template.format(**EXAMPLES): operation.parameters for operation in OPERATIONS}

WRONG: dict[type[object], tuple[str, ...]] = {
    parameters.AnyText: (),
    parameters.Number: ("abc", "-1", "1.5", " 1", "1_0", "٣", "", "9" * 5000, "100001"),
    parameters.OneOf: ("x", "", "NEWEST"),
    parameters.Option: ("x", ""),
    parameters.OneYear: ("20x4", "24", "02024", "2018..2024", "٢٠٢٤"),
    parameters.Filter: ("20x4", "24", "2018-2024", "..", "2018..20x4"),
}


def cases(addresses: dict[str, Parameters]) -> list[tuple[str, str, str]]:
    """Each wrong value of each parameter at each address: address, name, value."""
    return [
        (address, parameter.name, value)
        for address, taken in addresses.items()
        for parameter in taken
        for value in wrong_values(parameter)
    ]


def wrong_values(parameter: Parameter[object]) -> tuple[str, ...]:
    """Values that the parameter cannot have; the values of most facets are any text."""
    values = WRONG[type(parameter)]
    if isinstance(parameter, parameters.Filter) and not parameter.of_years:
        return ()
    return (*values, "0") if isinstance(parameter, parameters.Number) and parameter.least == 1 else values


def test_every_kind_of_parameter_is_asked_wrongly() -> None:
    taken = {type(parameter) for table in (PAGES, TWINS) for one in table.values() for parameter in one}
    assert taken == set(WRONG)


@pytest.mark.parametrize(("address", "name", "value"), cases(PAGES))
def test_a_wrong_value_is_told_on_the_page_in_dutch(address: str, name: str, value: str) -> None:
    response = site().get(f"{address}?{urlencode([('q', 'x'), (name, value)])}")
    assert (response.status_code, response.mimetype) == (400, "text/html")
    page = Page(response.text)
    assert page.one("h1").text == "Deze vraag kan niet gelezen worden"
    assert re.search(f"“{re.escape(value[:40])}” is geen \\w+ voor “{name}”\\. [VK]", page.one("main").text)
    instead = next(link for link in page.all("a") if f"zonder {name}" in link.text)
    assert site().get(instead.attributes["href"]).status_code == 200


@pytest.mark.parametrize(("address", "name", "value"), cases(TWINS))
def test_a_wrong_value_is_told_by_the_api_in_english(address: str, name: str, value: str) -> None:
    response = site().get(f"{address}?{urlencode([(name, value)])}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.get_json()["detail"].startswith(f"{name}={value[:40]!r}: expected ")


SINGLE = [
    (address, parameter.name)
    for address, taken in (PAGES | TWINS).items()
    for parameter in taken
    if not parameter.repeats and parameter.name != "q"
]


@pytest.mark.parametrize(("address", "name"), SINGLE)
def test_a_parameter_of_one_value_is_not_given_twice(address: str, name: str) -> None:
    assert site().get(f"{address}?{name}=2024&{name}=2024").status_code == 400


@pytest.mark.parametrize("address", PAGES)
def test_pages_pass_over_what_means_nothing_to_them(address: str) -> None:
    assert site().get(f"{address}?q=verslag&utm_source=x").status_code == 200


@pytest.mark.parametrize("address", TWINS)
def test_the_api_refuses_what_means_nothing_to_it(address: str) -> None:
    response = site().get(f"{address}?jaar=2024")
    assert response.status_code == 400
    assert "'jaar' is no parameter here" in response.get_json()["detail"]


def test_a_parameter_has_one_meaning_wherever_it_is_taken() -> None:
    shared = {parameter.name for taken in PAGES.values() for parameter in taken}
    shared &= {parameter.name for taken in TWINS.values() for parameter in taken}
    assert shared == {"q", "sort", "meaning", "role", "office", *(one.name for one in FILTERS)}


def test_the_page_on_serving_tells_of_every_parameter() -> None:
    told = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
    names = {one.name for taken in (PAGES | TWINS).values() for one in taken} | set(search_state.RENAMED)
    assert [name for name in names - {one.name for one in FILTERS} if f"`{name}`" not in told] == []


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(Malformed) as raised:
        read((ONE_YEAR, FROM_YEAR, TO_YEAR), MultiDict([("year", "x"), ("van", "y"), ("tot", " ")]))
    assert raised.value.problems == (
        Problem("year", "x", Expected.YEAR, example="2024"),
        Problem("van", "y", Expected.YEAR, example="2018"),
    )
    page = Page(site().get("/zoeken?pagina=0&year=20x4&sort=newest").text)
    assert "pagina" in page.text
    assert "20x4" in page.text
    assert next(a for a in page.all("a") if "zonder" in a.text).attributes["href"] == "/zoeken?sort=newest"


def test_what_is_not_given_stands_for_itself() -> None:
    asked = read((QUERY, *FILTERS, search_state.SORT, ONE_YEAR, ROLE), MultiDict())
    assert (asked[QUERY], asked[search_state.SORT], asked[ONE_YEAR], asked[ROLE]) == ("", Sort.RELEVANCE, None, None)
    assert parameters.filters_of(asked) == {}


def test_a_former_name_leads_to_the_present_one() -> None:
    response = site().get("/zoeken/filter/minister?q=a+b&blad=2&orde=naam")
    assert (response.status_code, response.headers["Location"]) == (301, "/zoeken/filter/minister?q=a+b&pagina=2&orde=naam")
