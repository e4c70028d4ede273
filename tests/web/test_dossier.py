from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Kamerstuk
from tests.web.fake_listings import FakeListings
from tests.web.fakes import LETTER, PAPERS, motion, site
from tests.web.pages import Page
from web.paper_list import MAX_PAGE, PAGE_SIZE

GUEST = replace(motion(), identifier=Identifier("kst-96643-7"), date=date(2021, 1, 2), title="<b>Te gast</b>")


def page(address: str = "/dossier/91066", papers: tuple[Kamerstuk, ...] = PAPERS) -> Page:
    response = site(papers=papers).get(address)
    assert response.status_code == 200
    return Page(response.text)


def many(count: int) -> tuple[Kamerstuk, ...]:
    """So many papers of one dossier."""
    return tuple(
        replace(motion(), identifier=Identifier(f"kst-91066-{i + 1}"), date=date(2000 + i % 20, 3, 1), title=f"Stuk {i + 1}")
        for i in range(count)
    )


def numbers(made: Page) -> list[str]:
    return [span.text for span in made.all("span", class_="row-number")]


def hrefs(made: Page) -> list[str]:
    return [a.attributes["href"] for a in made.all("a")]


def test_the_dossier_is_told() -> None:
    made = page()
    assert made.one("h1").text == "Heffingen"
    assert "Dossier 91 066" in made.text
    assert "2 stukken, van 7 februari 2023 tot en met 18 juni 2024" in made.text
    assert numbers(made) == ["nr. 83", "nr. 84"]
    assert "https://zoek.officielebekendmakingen.nl/dossier/91066" in hrefs(made)
    assert made.one("link", rel="alternate", type="application/atom+xml").attributes["href"] == "/dossier/91066.atom"
    assert made.one("link", rel="canonical").attributes["href"] == "/dossier/91066"
    assert {"/persoon/L.%20van%20den%20Akkerveld", "/kst-91066-83"} <= set(hrefs(made))


ASKED = "verzoekt de regering Cool:Gen voor 2028 te vervangen"


def test_the_title_of_the_dossier_is_not_repeated_in_its_rows() -> None:
    made = page()
    names = [a.text for a in made.all("a", class_="row-name")]
    assert names == ["Brief over de uitfasering van Cool:Gen", "Motie van het lid Ümit"]
    assert " ".join(made.one("p", class_="subtitle").text.split()).startswith(f"Uit de tekst: {ASKED}")
    row = site().get("/api/v1/dossiers/91066").get_json()["listed"][1]
    assert (row["title"], row["short_title"]) == ("Motie van het lid Ümit – Heffingen", "Motie van het lid Ümit")
    assert row["subtitle"].startswith(ASKED)


def test_it_is_told_of_how_many_papers_nobody_is_known() -> None:
    assert "Van 1 stuk is de indiener hier niet bekend." in page().text
    assert site().get("/api/v1/dossiers/91066").get_json()["nameless"] == 1
    assert "niet bekend" not in page("/dossier/96643").text


def test_a_doubtful_date_is_told_and_an_invented_paper_is_marked() -> None:
    odd = replace(motion(), date=date(2104, 5, 3), date_doubt="far from session year 2022-2023", fictional=True)
    made = page(papers=(PAPERS[0], odd))
    second = made.all("p", class_="meta")[1]
    assert "3\u00a0mei 2104 (datum onzeker)" in second.text
    assert "Verzonnen" in second.text
    assert [h3.text for h3 in page("/dossier/91066?sort=newest", (odd, PAPERS[0])).all("h3")] == ["2024", "Zonder zekere datum"]


def test_a_search_within_keeps_to_the_dossier() -> None:
    made = page()
    assert made.one("input", id="binnen").attributes["name"] == "q"
    hidden = made.one("input", type="hidden").attributes
    assert (hidden["name"], hidden["value"]) == ("dossier", "91066")


def test_kinds_lead_to_a_search_within() -> None:
    wanted = urlencode([("q", ""), ("dossier", "91066"), ("kind", "Motie"), ("sort", "newest")])
    assert f"/zoeken?{wanted}" in hrefs(page())


def test_titles_of_other_papers_are_told_and_nothing_of_them_is_markup() -> None:
    renamed = replace(motion(), identifier=Identifier("kst-91066-85"), dossiers=(Dossier("91066", "", "Oud <i>& nieuw"),))
    made = page(papers=(*PAPERS, renamed, GUEST))
    assert "Ook genoemd: Oud <i>& nieuw" in made.text
    assert "<b>Te gast</b>" in made.text
    assert not made.all("i")


def test_papers_with_the_number_of_another_dossier_stand_apart_under_their_own() -> None:
    made = page(papers=(GUEST, *PAPERS))
    assert numbers(made) == ["nr. 83", "nr. 84", "96 643, nr. 7"]
    assert made.one("h3").text == "Genummerd in een ander dossier"


def test_in_order_of_date_they_stand_by_year() -> None:
    made = page("/dossier/91066?sort=newest", papers=(GUEST, *PAPERS))
    assert [h3.text for h3 in made.all("h3")] == ["2024", "2023", "2021"]
    assert numbers(made) == ["nr. 83", "nr. 84", "96 643, nr. 7"]
    assert numbers(page("/dossier/91066?sort=oldest", papers=(GUEST, *PAPERS)))[0] == "96 643, nr. 7"
    assert made.one("meta", name="robots").attributes["content"] == "noindex, follow"


def test_years_lead_to_their_papers_and_back() -> None:
    bars = {a.attributes["data-year"]: a.attributes for a in page().all("a") if "data-year" in a.attributes}
    assert {year: bar["href"] for year, bar in bars.items()} == {
        "2023": "/dossier/91066?year=2023",
        "2024": "/dossier/91066?year=2024",
    }
    made = page("/dossier/91066?year=2024")
    assert numbers(made) == ["nr. 83"]
    assert "1 stuk uit 2024" in made.text
    chosen = [a.attributes["href"] for a in made.all("a", class_="chosen")]
    assert chosen == ["/dossier/91066"]
    assert [th.text for th in made.all("th", scope="row")] == ["2024 (gekozen, klik om te verwijderen)", "2023"]


def test_a_year_without_papers_says_so() -> None:
    assert "Geen stukken met deze keuze" in page("/dossier/91066?year=1999").text


def test_chapters_of_one_number_lead_to_each_other() -> None:
    chapter = replace(
        motion(), identifier=Identifier("kst-91066-XVI-2"), dossiers=(Dossier("91066", "XVI", "Hoofdstuk zestien"),)
    )
    papers = (*PAPERS, chapter)
    assert "/dossier/91066-XVI" in hrefs(page(papers=papers))
    made = page("/dossier/91066-XVI", papers)
    assert "/dossier/91066" in hrefs(made)
    assert "Dossier 91 066 XVI" in made.text


def test_a_large_dossier_is_paged() -> None:
    papers = many(2 * PAGE_SIZE + 1)
    first, last = page(papers=papers), page("/dossier/91066?pagina=3", papers)
    assert len(numbers(first)) == PAGE_SIZE
    assert numbers(last) == [f"nr. {2 * PAGE_SIZE + 1}"]
    assert first.one("a", rel="next").attributes["href"] == "/dossier/91066?pagina=2"
    assert last.one("a", rel="prev").attributes["href"] == "/dossier/91066?pagina=2"
    assert "Zo veel pagina’s zijn er niet" in page("/dossier/91066?pagina=4", papers).text


def test_a_page_of_a_large_dossier_weighs_little_beside_its_list() -> None:
    made = site(papers=many(5_000)).get("/dossier/91066").text
    listed = made[made.index('<ol class="rows">') : made.rindex("</ol>")]
    assert len(made.encode()) - len(listed.encode()) < 20_000


@pytest.mark.parametrize("typed", ["91%20066", "91 066", "91066-", "91 066 (R2901)"])
def test_other_spellings_lead_to_the_dossier(typed: str) -> None:
    response = site().get(f"/dossier/{typed}?sort=newest&year=2024")
    assert response.status_code == 301
    assert response.headers["Location"] == "/dossier/91066?sort=newest&year=2024"


def test_an_unknown_dossier_is_told_with_the_way_to_it() -> None:
    response = site().get("/dossier/12345")
    made = Page(response.text)
    assert response.status_code == 404
    assert made.one("h1").text == "Dit dossier staat niet in het archief"
    assert {"https://zoek.officielebekendmakingen.nl/dossier/12345", "/zoeken?q=12+345"} <= set(hrefs(made))
    assert "ETag" not in response.headers


def test_what_is_no_dossier_is_searched_for() -> None:
    response = site().get("/dossier/%3Cscript%3E")
    made = Page(response.text)
    assert response.status_code == 404
    assert "/zoeken?q=%3Cscript%3E" in hrefs(made)
    assert not [href for href in hrefs(made) if "/dossier/" in href]


def test_an_empty_archive_says_so() -> None:
    response = site(papers=()).get("/dossier/91066")
    assert response.status_code == 404
    assert "Het archief is nog leeg" in response.text


@pytest.mark.parametrize("parameters", ["sort=date", "year=99", "year=20245", "year=²⁰²⁴", "pagina=0", f"pagina={MAX_PAGE + 1}"])
def test_malformed_parameters_are_told(parameters: str) -> None:
    assert site().get(f"/dossier/91066?{parameters}").status_code == 400


def test_a_page_is_not_made_again_while_the_papers_are_the_same() -> None:
    listings = FakeListings(PAPERS)
    visitor = site(listings=listings)
    tag = visitor.get("/dossier/91066").headers["ETag"]
    again = visitor.get("/dossier/91066", headers={"If-None-Match": tag})
    assert (again.status_code, again.text, listings.asked) == (304, "", ["91066"])
    assert visitor.get("/dossier/91066?sort=newest", headers={"If-None-Match": tag}).status_code == 200
    more = site(papers=(*PAPERS, GUEST))
    assert more.get("/dossier/91066", headers={"If-None-Match": tag}).status_code == 200


def test_the_page_of_a_paper_leads_to_its_neighbours() -> None:
    nav = page(f"/{LETTER}").one("nav", aria_label="Buren")
    assert "Volgende: 91 066, nr. 84" in " ".join(nav.text.split())
    assert "Eerder: 96 643, A" in " ".join(nav.text.split())
    assert not page("/kst-91066-84").all("nav", aria_label="Buren")


def test_facts_of_a_paper_and_hits_lead_to_dossiers_and_persons() -> None:
    wanted = {"/dossier/91066", "/dossier/96643", "/persoon/L.%20van%20den%20Akkerveld"}
    assert wanted <= set(hrefs(page(f"/{LETTER}")))
    assert wanted <= set(hrefs(page("/zoeken?q=uitfasering")))
