from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given

from indexer.errors import IndexOutdated
from indexer.paper.codec import people_by_role
from indexer.paper.identifier import Identifier
from indexer.paper.model import Image, Links, NoteRef, Person, Relation, RelationKind, Source
from indexer.paper.naming import shown_title
from tests.web.fakes import LETTER, PAPERS, WITHDRAWN, FakeAnswers, motion, site
from tests.web.pages import Page
from tests.web.test_exports import texts
from web.references import reference_of


def page(address: str = f"/{LETTER}") -> Page:
    response = site().get(address)
    assert response.status_code == 200
    return Page(response.text)


def test_the_facts_stand_above_the_text() -> None:
    made = page()
    assert made.one("h1").text == "Brief over de uitfasering van Cool:Gen"
    facts = " ".join(made.one("section", class_="facts").text.split())
    for fact in (
        "91\u00a0066",
        "Heffingen",
        "96\u00a0643",
        "Tweede Kamer",
        "2023-2024",
        "24\u00a0juni 2024",
        "Financiën › Belasting",
    ):
        assert " ".join(fact.split()) in facts
    assert "BRIEF VAN DE STAATSSECRETARIS VAN FINANCIËN" in made.text
    assert "Den Haag, 18 juni 2024" in made.text


def test_one_and_several_are_named_so() -> None:
    names = [dt.text for dt in page().all("dt")]
    assert names[:3] == ["Dossiers", "Bewindspersoon", "Kamer"]


def test_the_official_files_are_linked_pdf_first() -> None:
    links = [
        a.attributes["href"]
        for a in page().all("a", rel="external")
        if a.attributes["href"].rsplit(".")[-1] in ("pdf", "html", "xml")
    ]
    assert links[0] == "https://zoek.officielebekendmakingen.nl/kst-91066-83.pdf"


def test_every_word_of_the_paper_is_on_the_page() -> None:
    for paper in PAPERS:
        text = page(f"/{paper.identifier}").text.replace(" ", "")
        for section in paper.sections:
            assert "".join(section.heading.split()) in text
            for paragraph in section.paragraphs:
                for word in paragraph.text.replace("|", " ").split():
                    assert word in text


@pytest.mark.parametrize("address", [f"/{paper.identifier}" for paper in PAPERS] + [f"/{LETTER}?q=cool:gen"])
def test_anchors_are_unique_and_links_within_the_page_arrive(address: str) -> None:
    made = page(address)
    assert len(made.ids) == len(set(made.ids))
    within = [
        unquote(urlsplit(a.attributes["href"]).fragment) for a in made.all("a") if a.attributes.get("href", "").startswith("#")
    ]
    assert within
    assert set(within) <= set(made.ids)


def test_note_numbers_lead_to_notes_and_back() -> None:
    made = page()
    first, second, again = made.all("a", class_="noteref")
    assert first.attributes["href"] == again.attributes["href"] == "#n1"
    note = made.one("li", id="n1")
    assert "Zie 91 066, nr. 84 over Cool:Gen." in note.text
    back = [a.attributes["href"] for a in made.all("a", class_="back")]
    assert back == [f"#{first.attributes['id']}", f"#{again.attributes['id']}", f"#{second.attributes['id']}"]


def test_a_note_can_be_read_beside_its_number_and_is_not_read_aloud_twice() -> None:
    aside = page().all("span", class_="aside")[0]
    assert "Zie 91 066, nr. 84" in aside.text
    assert aside.attributes["aria-hidden"] == "true"


def test_citations_lead_inside_when_the_paper_is_here_and_else_to_its_publisher() -> None:
    made = page()
    by_text = {a.text: a.attributes for a in made.all("a") if a.text.startswith("91 066, nr.")}
    assert by_text["91 066, nr. 84"]["href"] == "/kst-91066-84"
    assert by_text["91 066, nr. 40"]["href"] == "https://zoek.officielebekendmakingen.nl/kst-91066-40.html"
    assert by_text["91 066, nr. 40"]["rel"] == "external"


def test_the_contents_list_the_headings() -> None:
    entries = [a.text for a in page().all("a") if a.attributes.get("href") in ("#d1", "#d2", "#d3")]
    assert entries == ["Uitfasering & <planning>", "Kosten", "Bijlage"]


def test_headings_and_cells_keep_their_levels() -> None:
    made = page()
    assert made.one("h4").text == "Kosten"
    assert [th.attributes["scope"] for th in made.all("th")] == ["col", "col", "row", "row"]
    assert [td.text for td in made.all("td")] == ["1.2001", "3,5"]


def test_citing_papers_are_quoted() -> None:
    made = page("/kst-91066-84")
    assert made.one("blockquote").text == "Zie 91 066, nr. 84 over <Cool:Gen>."
    assert "Aangehaald in 1 stuk" in made.text


def test_the_citation_can_be_copied() -> None:
    assert page().one("span", class_="cite-text").text == "Kamerstukken II 2023/24, 91 066, nr. 83"


def test_the_words_of_a_query_are_marked_and_counted() -> None:
    made = page(f"/{LETTER}?q=cool:gen")
    numbered = [mark for mark in made.all("mark") if "id" in mark.attributes]
    assert [mark.attributes["id"] for mark in numbered] == [f"vindplaats-{i}" for i in range(1, 5)]
    assert all(mark.text == "Cool:Gen" for mark in numbered)
    assert "4 vindplaatsen" in made.text
    assert made.one("input", name="q").attributes["value"] == "cool:gen"


def test_without_a_query_nothing_is_marked() -> None:
    assert not page().all("mark")


def test_a_paper_can_be_read_when_the_index_cannot() -> None:
    response = site(FakeAnswers(error=IndexOutdated("old"))).get(f"/{LETTER}?q=cool:gen")
    assert response.status_code == 200
    assert "<mark" not in response.text


def test_a_paper_without_title_is_called_by_its_kind_and_dossier() -> None:
    assert page("/kst-91066-84").one("h1").text == shown_title(motion())


def test_an_unknown_paper_is_told_with_the_way_to_it() -> None:
    response = site().get("/kst-91066-40")
    made = Page(response.text)
    assert response.status_code == 404
    assert "Dit stuk staat niet in het archief" in made.text
    assert "https://zoek.officielebekendmakingen.nl/kst-91066-40.html" in [a.attributes["href"] for a in made.all("a")]


def test_another_case_of_the_identifier_leads_to_the_paper() -> None:
    response = site().get("/KST-91066-83")
    assert response.status_code == 301
    assert response.headers["Location"] == "/kst-91066-83"


@pytest.mark.parametrize("address", ["/foo", "/kst-", "/kst-%3Cscript%3E", "/abc-12-3", "/kst-91066-83/x"])
def test_what_is_no_identifier_is_no_page(address: str) -> None:
    response = site().get(address)
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.text


def test_addresses_of_sources_that_are_no_web_addresses_are_not_linked() -> None:
    odd = replace(PAPERS[0], links=Links(pdf="javascript:alert(1)"))
    assert "javascript:" not in site(papers=(odd,)).get(f"/{LETTER}").text


def test_what_is_cited_is_quoted_and_can_be_gone_to() -> None:
    made = page()
    cited = [" ".join(quote.text.split()) for quote in made.all("blockquote")]
    assert cited[0].startswith("De uitfasering van Cool:Gen loopt, zie 91 066, nr. 40 & volgende.")
    places = [a.attributes["href"] for a in made.all("a", class_="where") if a.attributes["href"].startswith("#")]
    assert places[0] == "#al-1"
    assert all(place[1:] in made.ids for place in places)


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/zoeken?q=x&year=2024&pagina=2", "/zoeken?q=x&year=2024&pagina=2"),
        ("https://elders.example/zoeken?q=x", "/zoeken?q=Cool%3AGen"),
        ("http://localhost/kst-91066-84", "/zoeken?q=Cool%3AGen"),
        ("", "/zoeken?q=Cool%3AGen"),
    ],
)
def test_the_way_back_keeps_the_state_of_the_results(referrer: str, back: str) -> None:
    response = site().get("/kst-91066-83?q=Cool%3AGen", headers={"Referer": referrer})
    (link,) = Page(response.text).all("a", class_="return")
    assert link.attributes["href"] == back


def test_without_script_each_mark_has_a_link() -> None:
    made = page(f"/{LETTER}?q=Cool%3AGen")
    links = [a.attributes["href"] for a in made.all("a") if a.attributes.get("href", "").startswith("#vindplaats-")]
    assert links == [f"#vindplaats-{i}" for i in range(1, len(links) + 1)]
    assert {link[1:] for link in links} <= set(made.ids)


def test_the_head_tells_programs_what_paper_it_is() -> None:
    made = page()
    tags = [(meta.attributes["name"], meta.attributes["content"]) for meta in made.all("meta") if "name" in meta.attributes]
    assert ("citation_technical_report_institution", "Tweede Kamer der Staten-Generaal") in tags
    assert ("DC.identifier", "kst-91066-83") in tags
    links = {link.attributes["rel"]: link.attributes["href"] for link in made.all("link")}
    assert links["schema.DC"] == "http://purl.org/dc/elements/1.1/"
    assert links["schema.DCTERMS"] == "http://purl.org/dc/terms/"
    assert {link.attributes["href"] for link in made.all("link", rel="alternate")} == {
        "/api/v1/papers/kst-91066-83",
        "/kst-91066-83.bib",
        "/kst-91066-83.ris",
    }


@given(texts)
def test_nothing_in_a_paper_gets_out_of_its_place(text: str) -> None:
    odd = replace(
        PAPERS[0],
        title=text,
        kind=text,
        categories=(text,),
        people=people_by_role(signatories=(Person(text, text),), submitters=(text,)),
    )
    response = site(papers=(odd,)).get(f"/{LETTER}")
    assert response.status_code == 200
    made = Page(response.data.decode())
    head = [element.tag for element in made.elements[: [e.tag for e in made.elements].index("body")]]
    assert set(head) == {"html", "head", "meta", "title", "link", "script"}
    assert head.count("script") == 1
    subjects = [meta.attributes["content"] for meta in made.all("meta", name="citation_keywords")]
    assert subjects == [subject.replace(";", ",") for subject in reference_of(odd).subjects]
    submitters = site(papers=(odd,)).get(f"/api/v1/papers/{LETTER}").get_json()["submitters"]
    assert submitters == ([text.encode("utf-8", "replace").decode()] if text else [])


ATTACHMENT = replace(
    motion(),
    identifier=Identifier("blg-9007826"),
    title="Beslisnota over <ijs>",
    kind="Bijlage",
    source=Source.PDF,
    relations=(Relation(RelationKind.ATTACHMENT_OF, LETTER),),
)


def test_an_attachment_says_what_it_is_whose_it_is_and_that_its_text_comes_from_a_pdf() -> None:
    made = Page(site(papers=(*PAPERS, ATTACHMENT)).get("/blg-9007826").text)
    eyebrow = made.one("p", class_="eyebrow")
    assert " ".join(eyebrow.text.split()).count("Bijlage bij 91 066, nr. 83") == 1
    assert any(a.attributes.get("href") == f"/{LETTER}" for a in made.all("a"))
    assert made.one("span", class_="cite-text").text.endswith("91 066, nr. 83 (blg-9007826)")
    assert "komt uit een PDF" in made.one("p", class_="from-pdf").text
    assert not [p for p in page().all("p") if p.attributes.get("class") == "from-pdf"]


def test_the_attachment_of_a_paper_elsewhere_leads_to_its_publisher() -> None:
    made = Page(site(papers=(ATTACHMENT,)).get("/blg-9007826").text)
    outside = [a.attributes["href"] for a in made.all("a", class_="outside")]
    assert f"https://zoek.officielebekendmakingen.nl/{LETTER}.html" in outside


def test_a_paper_lists_its_attachments_here_and_elsewhere() -> None:
    papers = (
        replace(
            PAPERS[0],
            relations=(
                Relation(RelationKind.HAS_ATTACHMENT, Identifier("blg-9000001")),
                Relation(RelationKind.HAS_ATTACHMENT, Identifier("blg-9007826")),
            ),
        ),
        *PAPERS[1:],
        ATTACHMENT,
    )
    made = Page(site(papers=papers).get(f"/{PAPERS[0].identifier}").text)
    links = {a.text: a.attributes["href"] for a in made.all("a")}
    assert links["Beslisnota over <ijs>"] == "/blg-9007826"
    assert links["blg-9000001"] == "https://zoek.officielebekendmakingen.nl/blg-9000001.html"
    assert "Bijlagen" in [dt.text for dt in made.all("dt")]


def test_a_withdrawn_paper_only_existed() -> None:
    response = site().get(f"/{WITHDRAWN}")
    assert response.status_code == 410
    made = Page(response.text)
    assert made.one("h1").text == "Dit stuk is ingetrokken"
    assert "Dit stuk stond in het archief, maar de bron heeft het ingetrokken. Dat bleek op 1 maart 2026." in made.text
    assert made.all("a", rel="external") == made.all("a", rel="external", href="https://zoek.officielebekendmakingen.nl")


def with_(**facts: Any) -> Page:
    """The page of the letter with other facts."""
    return Page(site(papers=(replace(PAPERS[0], **facts),)).get(f"/{LETTER}").text)


def test_an_edition_and_a_date_that_cannot_be_are_told_as_such() -> None:
    made = with_(edition="Herdruk", date=date(2104, 5, 3), date_doubt="far from session year 2023-2024")
    eyebrow = " ".join(made.one("p", class_="eyebrow").text.split())
    assert "Herdruk" in eyebrow
    assert "3 mei 2104 (datum onzeker)" in eyebrow
    tags = {meta.attributes["name"] for meta in made.all("meta") if "name" in meta.attributes}
    assert not tags & {"citation_publication_date", "DC.date", "DCTERMS.issued"}


def test_a_subtitle_says_that_it_is_not_the_papers_own() -> None:
    made = Page(site(papers=(motion(),)).get(f"/{motion().identifier}").text)
    below = made.one("p", class_="subtitle").text
    assert below.startswith("Uit de tekst (door deze site gekozen):")
    assert "Cool:Gen voor 2028 te vervangen" in below
    assert not page().all("p", class_="subtitle")


def test_an_image_has_its_place_its_text_and_the_way_to_the_official_one() -> None:
    made = with_(images=(Image("Een kaart van <Zeewolde>", "", 0, 1, "beeld-1", "d17e9"),))
    assert "Afbeelding: Een kaart van <Zeewolde>" in made.one("div", id="beeld-1").text
    (link,) = [a for a in made.all("a") if a.text == "bekijk op de officiële pagina"]
    assert link.attributes["href"] == "https://zoek.officielebekendmakingen.nl/kst-91066-83.html#d17e9"
    assert made.text.index("& volgende.") < made.text.index("Een kaart") < made.text.index("eerst <dit>")


def test_a_card_tells_title_and_citation() -> None:
    metas = [meta.attributes for meta in page().all("meta")]
    cards = {meta["property"]: meta["content"] for meta in metas if "property" in meta}
    assert cards["og:title"] == "Brief over de uitfasering van Cool:Gen"
    assert cards["og:description"] == "Kamerstukken II 2023/24, 91 066, nr. 83"


def test_a_note_of_the_lines_above_the_text_has_its_number_there() -> None:
    first = replace(PAPERS[0].sections[0], heading_refs=(NoteRef(0, "n2"),))
    made = with_(sections=(first, *PAPERS[0].sections[1:]))
    number = next(a for a in made.all("a", class_="noteref") if a.attributes["href"] == "#n2")
    assert made.one("p", class_="kind-line").text.endswith("FINANCIËN2")
    assert f"#{number.attributes['id']}" in [a.attributes["href"] for a in made.all("a", class_="back")]
