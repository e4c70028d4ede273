from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from indexer.paper.naming import shown_title
from tests.web.fake_listings import FakeListings
from tests.web.fakes import PAPERS, letter, motion, site
from tests.web.pages import Page
from tests.web.people import minister, signed, submitter

NAME = "L. van den Akkerveld"
ADDRESS = "/persoon/L.%20van%20den%20Akkerveld"
MORE = (
    *PAPERS,
    replace(
        letter(),
        identifier=Identifier("kst-91066-90"),
        title="Als <minister>",
        date=date(2025, 1, 2),
        people=(minister(f"drs. {NAME}", person=NAME),),
    ),
    replace(
        motion(),
        identifier=Identifier("kst-91066-5"),
        title="Als lid",
        date=date(2019, 1, 2),
        people=(submitter(f"L. (Lot) {NAME[3:]}", NAME),),
    ),
)


def page(address: str = ADDRESS, papers: tuple[Kamerstuk, ...] = MORE) -> Page:
    response = site(papers=papers).get(address)
    assert response.status_code == 200
    return Page(response.text)


def names(made: Page) -> list[str]:
    return [a.text for a in made.all("a", class_="row-name")]


def hrefs(made: Page) -> list[str]:
    return [a.attributes["href"] for a in made.all("a")]


def test_one_person_in_several_offices_and_spellings() -> None:
    made = page()
    assert made.one("h1").text == NAME
    assert "In de stukken ook: L. (Lot) van den Akkerveld; drs. L. van den Akkerveld" in made.text
    assert names(made) == ["Brief over de uitfasering van Cool:Gen", "Als <minister>", "Als lid"]
    rows = [" ".join(tr.text.split()) for tr in made.all("tr")[1:4]]
    starts = ("Staatssecretaris van Financiën", "Minister van Zaken", "Indiener")
    assert all(row.startswith(start) for row, start in zip(rows, starts, strict=True))
    assert [row[-1] for row in rows] == ["1", "1", "3"]
    assert "ondertekend als Staatssecretaris van Financiën" in made.text
    assert "ondertekend als Minister van Zaken" in made.text


def test_papers_stand_by_year_and_under_their_full_number() -> None:
    made = page()
    assert [h3.text for h3 in made.all("h3")] == ["2024", "2025", "2019"]
    assert made.all("span", class_="row-number")[0].text == "91 066, nr. 83"


def test_one_searches_within_the_papers_of_the_person() -> None:
    hidden = page().all("input", type="hidden")
    assert [(e.attributes["name"], e.attributes["value"]) for e in hidden] == [("person", "L. van den Akkerveld")]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("office=Minister+van+Zaken", ["Als <minister>"]),
        ("role=submitted", ["Brief over de uitfasering van Cool:Gen", "Als <minister>", "Als lid"]),
        ("role=signed&year=2025", ["Als <minister>"]),
        ("office=Koning", []),
    ],
)
def test_papers_are_chosen_by_office_role_and_year(parameters: str, expected: list[str]) -> None:
    made = page(f"{ADDRESS}?{parameters}")
    assert names(made) == expected
    assert ADDRESS in hrefs(made), "the way back to all"


def test_an_office_leads_to_its_papers_and_back_and_keeps_the_year() -> None:
    wanted = f"{ADDRESS}?office=Minister+van+Zaken&year=2025"
    assert wanted in hrefs(page(f"{ADDRESS}?year=2025"))
    chosen = page(wanted)
    assert f"{ADDRESS}?year=2025" in hrefs(chosen)
    office, year = chosen.all("tr", class_="chosen")
    assert "Minister van Zaken (gekozen" in office.text
    assert "2025" in year.text


def test_papers_signed_without_an_office_can_be_chosen() -> None:
    plain = replace(motion(), people=(signed(NAME),))
    made = page(f"{ADDRESS}?office=-", (plain,))
    assert names(made) == [shown_title(motion())]


@pytest.mark.parametrize("typed", ["drs. L. van den Akkerveld", "L. (Lotte) van den Akkerveld", "L.  van den  Akkerveld"])
def test_other_spellings_lead_to_the_person(typed: str) -> None:
    response = site().get(f"/persoon/{typed}", query_string={"year": "2024"})
    assert response.status_code == 301
    assert response.headers["Location"] == f"{ADDRESS}?year=2024"


def test_a_name_as_papers_print_it_leads_to_the_person() -> None:
    response = site(papers=MORE).get(f"/persoon/L. (Lot) {NAME[3:]}?role=submitted")
    assert response.headers["Location"] == f"{ADDRESS}?role=submitted"
    bare = replace(motion(), people=(submitter("Van den Akkerveld", NAME),))
    assert site(papers=(*PAPERS, bare)).get("/persoon/Van den Akkerveld").headers["Location"] == ADDRESS
    found = site(papers=(*PAPERS, bare)).get("/api/v1/persons/Van den Akkerveld").get_json()
    assert (found["name"], found["papers"]) == (NAME, 2)


VAGUE = FakeListings((replace(motion(), people=(submitter("Van Dijk"),)),), vague={"Van Dijk": ("D. van Dijk", "I. van Dijk")})


def test_a_name_of_several_persons_says_that_nobody_can_tell() -> None:
    made = Page(site(listings=VAGUE).get("/persoon/Van Dijk").text)
    told = " ".join(made.one("p", class_="vague").text.split())
    assert told == "Welke Van Dijk dit is, zeggen deze stukken niet. Misschien: D. van Dijk; I. van Dijk."
    assert {"/persoon/D.%20van%20Dijk", "/persoon/I.%20van%20Dijk"} <= set(hrefs(made))
    twin = site(listings=VAGUE).get("/api/v1/persons/Van Dijk").get_json()
    assert (twin["vague"], twin["may_be"], twin["perhaps"]) == (True, ["D. van Dijk", "I. van Dijk"], [])


def test_a_person_tells_of_papers_that_may_be_theirs_and_are_not_counted() -> None:
    own = replace(motion(), people=(submitter("I. van Dijk"),))
    listings = replace(VAGUE, papers=(own, *VAGUE.papers))
    made = Page(site(listings=listings).get("/persoon/I. van Dijk").text)
    assert "2 stukken noemen alleen “Van Dijk”" in made.text
    assert made.one("p", class_="extent").text.startswith("1 stuk")
    assert "/persoon/Van%20Dijk" in hrefs(made)
    assert site(listings=listings).get("/api/v1/persons/I. van Dijk").get_json()["perhaps"] == [{"name": "Van Dijk", "papers": 2}]


def test_an_unknown_name_is_told_with_close_ones() -> None:
    response = site().get("/persoon/Akkerveld")
    made = Page(response.text)
    assert response.status_code == 404
    assert "Bedoelde u" in made.text
    assert {ADDRESS, "/zoeken?q=Akkerveld"} <= set(hrefs(made))


@pytest.mark.parametrize("typed", ["%3Cscript%3Ealert(1)%3C/script%3E", "a/b", "%00", "x" * 500, "%F0%9F%98%80"])
def test_any_name_can_be_asked_for(typed: str) -> None:
    response = site().get(f"/persoon/{typed}")
    assert response.status_code == 404
    assert not [script for script in Page(response.text).all("script") if "src" not in script.attributes]


@pytest.mark.parametrize("parameters", ["role=king", "year=x", "pagina=x"])
def test_malformed_parameters_are_told(parameters: str) -> None:
    assert site().get(f"{ADDRESS}?{parameters}").status_code == 400


def test_a_page_is_not_made_again_while_the_papers_are_the_same() -> None:
    listings = FakeListings(PAPERS)
    visitor = site(listings=listings)
    tag = visitor.get(ADDRESS).headers["ETag"]
    assert visitor.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304
    assert listings.asked == [NAME]
