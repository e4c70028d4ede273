from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Relation, RelationKind, Source
from search.ports import Sort
from search.query.tree import MAX_LENGTH
from search.snippets import AnsweredOffer, OtherQuery
from tests.web.fakes import PAPERS, FakeAnswers, engine_of, motion, site
from tests.web.pages import Page
from web.search.state import SearchState


def page(address: str, answers: FakeAnswers | None = None) -> Page:
    response = site(answers).get(address)
    assert response.status_code == 200
    return Page(response.text)


def many(count: int) -> tuple[Kamerstuk, ...]:
    return tuple(
        replace(motion(), identifier=Identifier(f"kst-{10000 + i}-1"), title=f"Stuk {i}", date=date(1980 + i % 40, 1, 1))
        for i in range(count)
    )


def test_a_hit_shows_title_kind_date_dossiers_and_minister() -> None:
    hit = page("/zoeken?q=uitfasering").all("article")[0]
    text = " ".join(hit.text.split())
    for part in (
        "Brief over de uitfasering van Cool:Gen",
        "Brief regering",
        "18 juni 2024",
        "91 066, nr. 83",
        "L. van den Akkerveld",
    ):
        assert part in text


def test_snippets_are_marked_escaped_and_lead_to_their_place() -> None:
    response = site().get("/zoeken?q=eerst")
    assert "1. <mark>eerst</mark> &lt;dit&gt;;" in response.text
    where = next(a for a in Page(response.text).all("a", class_="where") if a.text == "Uitfasering & <planning>")
    assert where.attributes["href"] == "/kst-91066-83?q=eerst#al-2"


def test_hits_link_the_pdf_and_the_official_page() -> None:
    links = {a.text: a.attributes["href"] for a in page("/zoeken?q=uitfasering").all("a", rel="external")}
    assert links["PDF"] == "https://zoek.officielebekendmakingen.nl/kst-91066-83.pdf"
    assert links["Officiële pagina"] == "https://zoek.officielebekendmakingen.nl/kst-91066-83.html"


def test_the_total_is_written_as_the_dutch_do() -> None:
    assert "1.234 stukken" in page("/zoeken?q=cool:gen", FakeAnswers(PAPERS, total=1234)).one("h1").text


def test_how_the_query_was_understood_and_what_was_left_out_is_told() -> None:
    text = page("/zoeken?q=cool:gen", FakeAnswers(PAPERS, remarks=("Ingekort.",), suggestions=(OtherQuery("koel", 1234),))).text
    assert "Begrepen als: documenten met: cool:gen" in text
    assert "Ingekort." in text
    assert "Bedoelde u: koel? (1.234 stukken)" in text


def test_the_forms_of_the_words_stand_in_one_line_with_a_way_to_the_words_as_written() -> None:
    plain = replace(motion(), identifier=Identifier("kst-91066-85"), title="De uitfaseringen")
    made = Page(site(engine_of((*PAPERS, plain))).get("/zoeken?q=uitfasering&kind=Motie").text)
    line = made.one("p", class_="forms")
    assert "Gevonden als: uitfasering\u00a01, uitfaseringen\u00a01 · Precies zo geschreven" in " ".join(line.text.split(" "))
    exactly = "/zoeken?q=%22uitfasering%22&kind=Motie"
    assert exactly in {a.attributes.get("href") for a in made.all("a")}
    back = Page(site(engine_of((*PAPERS, plain))).get(exactly).text)
    (link,) = (a for a in back.all("a") if a.text == "Ook andere vormen")
    assert link.attributes["href"] == "/zoeken?q=uitfasering&kind=Motie"


def test_what_is_shown_instead_of_nothing_has_its_own_heading_and_is_not_to_be_taken_along() -> None:
    made = Page(site(engine_of(PAPERS)).get("/zoeken?q=uitfasernig&kind=Brief+regering").text)
    assert made.one("h1").text == "Niets gevonden voor “uitfasernig”; wel 1 voor “uitfasering”"
    addresses = [a.attributes.get("href") for a in made.all("a")]
    assert "/zoeken?q=uitfasering&kind=Brief+regering" in addresses
    assert "/kst-91066-83?q=uitfasering" in addresses
    assert not made.all("p", class_="take-along")


def test_another_reading_of_the_query_is_a_link_that_keeps_the_filters() -> None:
    offer = AnsweredOffer("gen datum:2024-06", "Alleen stukken uit juni 2024")
    made = page("/zoeken?q=gen+juni+2024&kind=Motie", FakeAnswers(PAPERS, offers=(offer,)))

    assert "Alleen stukken uit juni 2024: gen datum:2024-06" in made.text
    (link,) = (link for link in made.all("a") if link.text == "gen datum:2024-06")
    assert link.attributes["href"] == "/zoeken?q=gen+datum%3A2024-06&kind=Motie"


def test_partial_matches_are_counted_labelled_and_set_apart() -> None:
    made = page("/zoeken?q=cool:gen+uitfasering")
    assert "1 stuk met alle woorden, daarna 1 met een deel ervan" in made.text
    assert made.one("li", class_="divider").text == "Hierna: stukken met een deel van de woorden"
    assert [match.text for match in made.all("span", class_="match")] == ["zonder: uitfasering"]


def test_partial_matches_alone_are_told_too() -> None:
    made = page("/zoeken?q=onvindbaar+verslag")

    assert made.one("h1").text.startswith("Geen stuk met alle woorden")
    assert "1 stuk met een deel ervan. In geen enkel stuk: onvindbaar" in made.text
    assert [match.text for match in made.all("span", class_="match")] == ["zonder: onvindbaar"]
    assert not made.all("li", class_="divider"), "the heading tells it already"


def test_an_empty_query_asks_for_one() -> None:
    assert page("/zoeken?q=+").one("h1").text.startswith("Waar zoekt u naar?")


def test_nothing_found_is_explained() -> None:
    made = page("/zoeken?q=onvindbaar")
    assert made.one("h1").text.startswith("Niets gevonden")
    assert "Geen stuk bevat dit." in made.text


def test_filters_that_leave_nothing_can_be_dropped_at_once() -> None:
    made = page("/zoeken?q=cool:gen&kind=Onzin")
    way_out = next(a for a in made.all("a") if a.text == "Zoek zonder filters")
    assert way_out.attributes["href"] == "/zoeken?q=cool%3Agen"


def test_facets_are_links_that_add_a_value_and_keep_the_rest() -> None:
    made = page("/zoeken?q=cool:gen&kind=Motie&sort=newest")
    years = next(a for a in made.all("a") if a.text.split()[:1] == ["2024"])
    assert years.attributes["href"] == "/zoeken?q=cool%3Agen&year=2024&kind=Motie&sort=newest"
    dossier = next(a for a in made.all("a") if a.text.startswith("91\u00a0066") and "dossier=" in a.attributes["href"])
    assert "Heffingen" in dossier.text
    assert dossier.text.split()[-1] == "2"


def test_chosen_values_can_be_removed_one_by_one_and_together() -> None:
    made = page("/zoeken?q=cool:gen&kind=Motie&dossier=91066")
    chips = [a for a in made.all("a") if a.text.startswith("Verwijder filter")]
    assert [chip.attributes["href"] for chip in chips] == [
        "/zoeken?q=cool%3Agen&kind=Motie",
        "/zoeken?q=cool%3Agen&dossier=91066",
    ]
    assert made.one("a", class_="clear").attributes["href"] == "/zoeken?q=cool%3Agen"


def test_filters_and_order_reach_the_search() -> None:
    answers = FakeAnswers(PAPERS)
    page("/zoeken?q=x&dossier=1&dossier=2&year=2024&sort=oldest&pagina=3", answers)
    assert answers.asked == [("x", {"dossier": ("1", "2"), "year": ("2024",)}, Sort.OLDEST, 20, 10)]


def test_the_box_keeps_filters_and_order_for_the_next_query() -> None:
    made = page("/zoeken?q=x&dossier=91066&sort=newest&pagina=2")
    hidden = [(e.attributes["name"], e.attributes["value"]) for e in made.all("input", type="hidden")]
    assert hidden == [("dossier", "91066"), ("sort", "newest")]


def test_pages_can_be_turned() -> None:
    made = page("/zoeken?q=cool:gen&pagina=2", FakeAnswers(many(35)))
    assert len(made.all("article")) == 10
    assert made.one("ol", class_="hits").attributes["start"] == "11"
    assert made.one("a", rel="prev").attributes["href"] == "/zoeken?q=cool%3Agen"
    assert made.one("a", rel="next").attributes["href"] == "/zoeken?q=cool%3Agen&pagina=3"


def test_a_page_after_the_last_leads_back() -> None:
    made = page("/zoeken?q=cool:gen&pagina=9", FakeAnswers(many(12)))
    assert "Zo veel pagina’s zijn er niet." in made.text
    assert not made.all("nav", class_="pages")


def test_the_last_page_that_can_be_turned_to_says_so() -> None:
    answers = FakeAnswers(many(10_020), total=20_000)
    made = page("/zoeken?q=cool:gen&pagina=1001", answers)
    assert "Verder bladeren kan niet" in made.text
    assert not made.all("a", rel="next")


def test_an_identifier_leads_to_its_paper() -> None:
    jump = page("/zoeken?q=91+066,+nr.+83").one("p", class_="jump")
    assert jump.text == "Dit stuk staat in het archief: 91 066, nr. 83 – Brief over de uitfasering van Cool:Gen"


def test_years_are_drawn_and_listed_in_a_table() -> None:
    made = page("/zoeken?q=cool:gen", FakeAnswers(many(60)))
    assert len(made.all("rect", class_="bar")) == 40
    rows = [row.text for row in made.all("tr")]
    assert rows[:2] == ["JaarStukken", "20191"]
    assert len(rows) == 41


def test_years_are_chosen_by_a_form_that_keeps_the_rest() -> None:
    made = page("/zoeken?q=cool:gen&kind=Motie&van=1985&tot=1990&sort=newest", FakeAnswers(many(60)))
    chips = [" ".join(a.text.split()) for a in made.all("a") if a.text.startswith("Verwijder filter")]
    assert "Verwijder filter: Jaar 1985–1990 ×" in chips
    assert (made.one("input", id="van").attributes["value"], made.one("input", id="tot").attributes["value"]) == ("1985", "1990")
    assert len(made.all("a", class_="chosen")) == 6 + 1, "the years and the kind"
    hidden = {(e.attributes["name"], e.attributes["value"]) for e in made.all("input", type="hidden")}
    assert ("kind", "Motie") in hidden
    assert ("sort", "newest") in hidden


@pytest.mark.parametrize("address", ["/zoeken?van=18", "/zoeken?tot=x"])
def test_what_is_no_year_is_told(address: str) -> None:
    response = site().get(address)
    assert response.status_code == 400
    assert "is geen jaar" in response.text


def test_a_long_facet_leads_to_all_its_values() -> None:
    answers = FakeAnswers(tuple(replace(paper, kind=f"Soort {i:02}") for i, paper in enumerate(many(60))))
    made = page("/zoeken?q=cool:gen&sort=newest", answers)
    (link,) = [a.attributes["href"] for a in made.all("a") if a.text == "Alle waarden"]
    assert link == "/zoeken/filter/kind?q=cool%3Agen&sort=newest"
    values = page(link, answers)
    assert values.one("h1").text == "Soort"
    assert "60 waarden" in values.text
    chosen = [a.attributes["href"] for a in values.all("a") if "Soort 07" in a.text]
    assert chosen == ["/zoeken?q=cool%3Agen&kind=Soort+07&sort=newest"]


def test_the_values_of_a_facet_are_narrowed_ordered_and_paged() -> None:
    answers = FakeAnswers(tuple(replace(paper, kind=f"Soört {i:03}") for i, paper in enumerate(many(250))))
    narrowed = page("/zoeken/filter/kind?q=cool:gen&letters=SOORT+07", answers)
    assert "13 waarden" in narrowed.text, "007, 107, 207 and 070 to 079"
    last = page("/zoeken/filter/kind?q=cool:gen&orde=naam&pagina=3", answers)
    assert [v.text for v in last.all("span", class_="value")][-1] == "Soört 249"
    assert len(last.all("span", class_="value")) == 50
    assert "Geen waarde met deze letters." in page("/zoeken/filter/kind?q=cool:gen&letters=zzz", answers).text
    assert site().get("/zoeken/filter/onzin?q=x").status_code == 404
    assert site().get("/zoeken/filter/kind?pagina=x").status_code == 400


ODD = ['"><script>alert(1)</script>', "((((", '"', "a:b:c", "\x00", "EN OF NIET", "🦀", "x" * 5000, "%", "-", "{{7*7}}", "", " "]


@pytest.mark.parametrize("query", ODD)
def test_no_query_is_an_error_and_none_is_markup(query: str) -> None:
    response = site().get("/zoeken", query_string={"q": query})
    made = Page(response.text)
    assert response.status_code == 200
    assert "\x00" not in response.text
    assert [s.attributes.keys() for s in made.all("script")] == [{"src", "defer"}]
    assert made.one("input", id="q").attributes["value"] == query.replace("\x00", "\ufffd")[: MAX_LENGTH + 1]


def test_bytes_that_are_no_text_are_no_error() -> None:
    assert site().get("/zoeken?q=%ff%fe&dossier=%c3").status_code == 200


def test_the_start_page_shows_what_there_is_and_how_to_ask() -> None:
    made = page("/")
    assert "1.234" in made.text
    assert "Van 7 februari 2023 tot en met 18 juni 2024." in made.text
    assert {"/zoeken?q=Cool%3AGen", "/term"} <= {a.attributes.get("href") for a in made.all("a")}


@pytest.mark.parametrize("address", ["/", "/zoeken?q=x", "/kst-1-1"])
def test_an_empty_archive_says_how_to_fill_it(address: str) -> None:
    assert "kamerstukken index MAP" in site(papers=()).get(address).text


def test_every_state_has_one_address() -> None:
    state = SearchState("x", {"year": ("2024",)})
    assert state.toggled("kind", "Motie").toggled("kind", "Motie") == state


def test_the_other_facets_are_folded_until_one_is_chosen() -> None:
    folded = page("/zoeken?q=uitfasering").one("details", class_="other")
    assert "Financiën › Belasting" in folded.text
    assert "open" not in folded.attributes
    assert "open" in page("/zoeken?q=uitfasering&chamber=Tweede+Kamer").one("details", class_="other").attributes


def test_a_hit_says_that_it_is_an_attachment_and_read_from_a_pdf() -> None:
    attachment = replace(
        motion(),
        identifier=Identifier("blg-9007826"),
        kind="Bijlage",
        source=Source.PDF,
        relations=(Relation(RelationKind.ATTACHMENT_OF, Identifier("kst-91066-83")),),
    )
    alone = replace(attachment, identifier=Identifier("blg-9007827"), source=Source.HTML, relations=())
    first, second = page("/zoeken?q=motie", FakeAnswers((attachment, alone))).all("p", class_="meta")
    text = " ".join(first.text.split())
    assert "Bijlage bij 91 066, nr. 83" in text
    assert "uit PDF" in text
    assert text.count("Bijlage") == " ".join(second.text.split()).count("Bijlage") == 1
    assert "uit PDF" not in second.text
