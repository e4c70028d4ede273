"""Papers that are no kamerstuk and have no dossier: the answer to written questions, as every page and form tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.paper.identifier import Identifier
from tests.web.fakes import LETTER, PAPERS, FakeAnswers, letter, site
from tests.web.pages import Page
from tests.web.people import co_signer, minister, submitter

ANSWER = replace(
    letter(),
    identifier=Identifier("ah-tk-20202021-3235"),
    title="Antwoord op vragen over de uitfasering van Cool:Gen",
    kind="Antwoord schriftelijke vragen",
    session_year="2020-2021",
    number="3235",
    dossiers=(),
    people=(
        submitter("Van Weyenberg"),
        co_signer("Kat"),
        minister("Koolmees", "Minister van Sociale Zaken en Werkgelegenheid"),
    ),
)
CITATION = "Aanhangsel Handelingen II 2020/21, nr. 3235"
ARCHIVE = (*PAPERS, ANSWER)


def test_its_page_calls_and_cites_it_as_its_collection_does() -> None:
    page = Page(site(papers=ARCHIVE).get("/ah-tk-20202021-3235").text)
    assert page.one("p", class_="eyebrow").text.startswith(f"{CITATION}Antwoord schriftelijke vragen")
    assert page.one("span", class_="cite-text").text == CITATION
    assert "Dossier" not in page.one("dl").text
    assert "Koolmees" in page.one("dl").text


def test_a_hit_is_called_by_its_number_where_there_is_no_dossier() -> None:
    found = Page(site(FakeAnswers((ANSWER, letter()))).get("/zoeken?q=uitfasering").text)
    answer, paper = found.all("p", class_="meta")
    assert CITATION in answer.text
    assert "nr. 83" in paper.text.replace("\u00a0", " ")
    assert str(LETTER) not in paper.text


@pytest.mark.parametrize("address", ["/ah-tk-20202021-3235", "/AH-tk-20202021-3235", "/api/v1/papers/ah-tk-20202021-3235"])
def test_its_identifier_is_an_address(address: str) -> None:
    assert site(papers=ARCHIVE).get(address, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/ah-tk-20202021-3235.bib", [f"note = {{{CITATION}}}", f"number = {{{CITATION}}}"]),
        ("/ah-tk-20202021-3235.ris", [f"N1  - {CITATION}", f"SN  - {CITATION}"]),
        ("/zoeken.csv?q=uitfasering", [f'ah-tk-20202021-3235,"{CITATION}"']),
        ("/zoeken.atom?q=uitfasering", ["/ah-tk-20202021-3235", "Antwoord schriftelijke vragen"]),
        ("/api/v1/papers/ah-tk-20202021-3235", [f'"citation":"{CITATION}"', '"collection":"ah"']),
    ],
)
def test_every_form_tells_the_citation_of_its_collection(address: str, told: list[str]) -> None:
    text = site(papers=ARCHIVE).get(address).text
    assert [one for one in told if one not in text] == []


def test_one_that_is_not_here_leads_to_its_publisher() -> None:
    response = site().get("/ah-tk-20202021-1")
    assert response.status_code == 404
    assert "https://zoek.officielebekendmakingen.nl/ah-tk-20202021-1.html" in response.text
    assert "Aanhangsel Handelingen II 2020/21, nr. 1" in response.text
