"""The state of the archive, and the page for those who write programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.web.api.test_openapi import is_as_declared
from tests.web.archive import sample_app
from tests.web.fakes import FakeLedger, letter, motion, site
from tests.web.pages import Page
from web import strings
from web.api.openapi import api_document
from web.api.routes import OPERATIONS
from web.formats import instant, moment
from web.ports import Standing
from web.years import WIDTH, YearRow, year_rows, years_of


def test_the_state_of_the_archive_is_told() -> None:
    made = Page(site().get("/status").text)
    for told in (
        "3",
        "25\u00a0juni 2024, 10.30\u00a0uur",
        "3 nieuw, 0 gewijzigd, 2 niet leesbaar",
        "alle stukken zijn vindbaar",
        "1.2.3",
    ):
        assert " ".join(told.split()) in made.text
    assert [year.text for year in made.all("th", scope="row")] == ["2024", "2023"]
    assert len(made.all("rect")) == 2


def test_the_type_of_a_problem_leads_to_what_it_means() -> None:
    made = Page(site().get("/problems/too-costly").text)
    for told in (*strings.COSTLY.values(), strings.COSTLY_NOTHING_GIVEN, "/problems/too-costly"):
        assert " ".join(told.split()) in made.text


def test_doubtful_dates_and_invented_papers_are_counted() -> None:
    odd = replace(letter(), date=date(2104, 5, 3), date_doubt="far from session year 2023-2024", fictional=True)
    visitor = site(ledger=FakeLedger((odd, motion())))
    page = Page(visitor.get("/status").text)
    facts = dict(zip((dt.text for dt in page.all("dt")), (dd.text for dd in page.all("dd")), strict=True))
    assert facts["Stukken met een onzekere datum"].startswith("1")
    assert "Onder andere: kst-91066-83" in facts["Stukken met een onzekere datum"]
    assert (facts["Stukken zonder namen"], facts["Verzonnen stukken"]) == ("1", "1")
    assert [year.text for year in page.all("th", scope="row")] == ["2023"]
    status = visitor.get("/api/v1/status").get_json()
    assert (status["undated"], status["doubtful"], status["nameless"], status["fictional"]) == (0, 1, 1, 1)
    assert status["doubts"] == [{"identifier": "kst-91066-83", "date": "2104-05-03", "reason": "far from session year 2023-2024"}]
    assert "onzekere" not in site().get("/status").text


def test_gaps_stand_between_the_years() -> None:
    assert year_rows({2001: 5, 2004: 10, 2006: 1}) == (
        YearRow(2006, 2006, 1, 10.0),
        YearRow(2005, 2005, 0, 0),
        YearRow(2004, 2004, 10, WIDTH),
        YearRow(2002, 2003, 0, 0),
        YearRow(2001, 2001, 5, 50.0),
    )
    assert year_rows({}) == ()
    assert list(years_of({1: 1, 9999: 1})) == [1, 9999]


@pytest.mark.parametrize(
    ("behind", "told", "index"),
    [
        (None, "geen bruikbare index", "missing"),
        (0, "vindbaar", "current"),
        (1, "1 wijziging achter", "behind"),
        (1234, "1.234", "behind"),
    ],
)
def test_it_is_told_how_far_the_index_is_behind(behind: int | None, told: str, index: str) -> None:
    visitor = site(ledger=FakeLedger(behind=behind))
    assert told in visitor.get("/status").text
    assert visitor.get("/api/v1/status").get_json()["index"] == index


def test_the_twin_is_what_the_document_says() -> None:
    document = api_document(OPERATIONS, "1")
    for visitor in (site(), site(papers=()), sample_app().test_client()):
        assert is_as_declared(document, "Status", visitor.get("/api/v1/status").get_json())


def test_the_sample_is_told_of_as_it_is() -> None:
    made = sample_app().test_client().get("/api/v1/status").get_json()
    assert (made["papers"], made["files"], made["index"], made["behind"], made["run"]["failed"]) == (52, 52, "current", 0, 0)
    assert sum(year["papers"] for year in made["years"]) + made["undated"] == 52
    assert made["received"] <= made["run"]["finished"]


def test_no_path_of_the_server_is_shown() -> None:
    visitor = sample_app().test_client()
    for address in ("/status", "/api/v1/status", "/healthz", "/api"):
        assert "/tmp" not in visitor.get(address).text  # noqa: S108 - where the sample lies


def test_an_empty_archive_has_a_state() -> None:
    class Empty(FakeLedger):
        def standing(self) -> Standing:
            return Standing()

    assert strings.STATUS_EMPTY in site(papers=(), ledger=Empty()).get("/status").text


@pytest.mark.parametrize("address", [address for _, address, _ in strings.API_EXAMPLES])
def test_the_examples_work(address: str) -> None:
    visitor = sample_app().test_client()
    assert address in [a.attributes["href"] for a in Page(visitor.get("/api").text).all("a")]
    response = visitor.get(address)
    assert response.status_code == 200
    assert response.data


def test_every_route_is_named_on_the_page() -> None:
    text = site().get("/api").text
    assert all(operation.template in text for operation in OPERATIONS)


def test_every_page_leads_to_both() -> None:
    addresses = {a.attributes["href"] for a in Page(site().get("/").text).all("a")}
    assert {"/status", "/api"} <= addresses


def test_times_are_told_by_the_dutch_clock() -> None:
    assert moment(datetime(2024, 1, 1, 23, 5, tzinfo=UTC)) == "2\u00a0januari 2024, 0.05\u00a0uur"
    assert instant(datetime(2024, 7, 1, 23, 5, 9, 999, tzinfo=UTC)) == "2024-07-01T23:05:09Z"
