from __future__ import annotations

import pytest

from tests.web.fake_listings import FakeListings
from tests.web.fakes import PAPERS, site

PERSON = "/api/v1/persons/L.%20van%20den%20Akkerveld"


def test_the_twin_of_a_dossier_has_the_documented_shape() -> None:
    assert site().get("/api/v1/dossiers/91066?limit=1&sort=newest").get_json() == {
        "dossier": "91066",
        "fictional": False,
        "titles": ["Heffingen"],
        "papers": 2,
        "first": "2023-02-07",
        "last": "2024-06-18",
        "years": {"2023": 1, "2024": 1},
        "kinds": [{"name": "Brief regering", "papers": 1}, {"name": "Motie", "papers": 1}],
        "ministers": [{"name": "L. van den Akkerveld", "offices": ["Staatssecretaris van Financiën"], "papers": 1}],
        "submitters": [],
        "nameless": 1,
        "chapters": [],
        "total": 2,
        "listed": [
            {
                "identifier": "kst-91066-83",
                "title": "Brief over de uitfasering van Cool:Gen",
                "short_title": "Brief over de uitfasering van Cool:Gen",
                "subtitle": "",
                "kind": "Brief regering",
                "date": "2024-06-18",
                "doubtful_date": None,
                "fictional": False,
                "ministers": [{"name": "L. van den Akkerveld", "office": "Staatssecretaris van Financiën"}],
                "submitters": ["L. van den Akkerveld"],
            }
        ],
    }


def test_the_twin_of_a_person_has_the_documented_shape() -> None:
    made = site().get(PERSON).get_json()
    assert made | {"listed": []} == {
        "name": "L. van den Akkerveld",
        "fictional": False,
        "vague": False,
        "may_be": [],
        "perhaps": [],
        "spellings": [],
        "papers": 1,
        "first": "2024-06-18",
        "last": "2024-06-18",
        "signed": [
            {"office": "Staatssecretaris van Financiën", "papers": 1, "first": "2024-06-18", "last": "2024-06-18"},
        ],
        "submitted": {"office": "", "papers": 1, "first": "2024-06-18", "last": "2024-06-18"},
        "years": {"2024": {"papers": 1, "signed": 1, "submitted": 0}},
        "total": 1,
        "listed": [],
    }
    (paper,) = made["listed"]
    assert paper["paper"]["identifier"] == "kst-91066-83"
    assert (paper["signed"], paper["submitted"]) == (["Staatssecretaris van Financiën"], True)


def test_the_list_is_given_in_parts_and_by_year() -> None:
    visitor = site()
    assert visitor.get("/api/v1/dossiers/91066?offset=1").get_json()["listed"][0]["identifier"] == "kst-91066-84"
    assert visitor.get("/api/v1/dossiers/91066?limit=0").get_json()["listed"] == []
    of_year = visitor.get("/api/v1/dossiers/91066?year=2023").get_json()
    assert (of_year["total"], of_year["papers"]) == (1, 2)
    assert visitor.get(f"{PERSON}?role=submitted&office=Koning").get_json()["total"] == 0


@pytest.mark.parametrize("address", ["/api/v1/dossiers/91%20066", "/api/v1/persons/drs.%20L.%20van%20den%20Akkerveld"])
def test_other_spellings_are_understood(address: str) -> None:
    assert site().get(address).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/dossiers/12345", "/api/v1/dossiers/x", "/api/v1/persons/Niemand"])
def test_what_is_unknown_is_a_problem_that_names_it(address: str) -> None:
    response = site().get(address)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert address.rsplit("/", 1)[1] in response.get_json()["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/dossiers/91066?limit=101",
        "/api/v1/dossiers/91066?offset=-1",
        "/api/v1/dossiers/91066?offset=100001",
        "/api/v1/dossiers/91066?sort=relevance",
        "/api/v1/dossiers/91066?year=2024..2025",
        f"{PERSON}?role=minister",
        f"{PERSON}?limit=x",
    ],
)
def test_malformed_parameters_are_a_problem(address: str) -> None:
    response = site().get(address)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["detail"]


@pytest.mark.parametrize("address", ["/api/v1/dossiers/91066", PERSON])
def test_what_a_program_has_is_not_looked_up_again(address: str) -> None:
    listings = FakeListings(PAPERS)
    visitor = site(listings=listings)
    tag = visitor.get(address).headers["ETag"]
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert len(listings.asked) == 1
