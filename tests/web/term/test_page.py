"""The page of a term, its JSON twin and its lines as a file."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Paragraph, Section
from search.term import MAX_LINES, LineOrder
from tests.web.fakes import PAPERS, FakeAnswers, letter, motion, site
from tests.web.pages import Page
from tests.web.people import submitter
from web.term.state import LINES, TermState, read_term_state

WORDS = ("=SOM(A1)", "+31", "-5%", "@ministerie", "\t", "gewoon")


def page(address: str, papers: tuple[Kamerstuk, ...] = PAPERS) -> Page:
    response = site(FakeAnswers(papers), papers).get(address)
    assert response.status_code == 200
    return Page(response.text)


def saying(name: str, *texts: str, day: date | None = None, by: str = "") -> Kamerstuk:
    """A motion with these paragraphs."""
    paragraphs = tuple(Paragraph(f"al-{i}", text) for i, text in enumerate(texts, 1))
    sections = (Section(0, "", "", paragraphs=paragraphs),)
    people = (submitter(by),) if by else ()
    return replace(motion(), identifier=Identifier(f"kst-{name}"), sections=sections, date=day, people=people)


def many(count: int) -> tuple[Kamerstuk, ...]:
    return tuple(saying(f"10000-{i}", f"Dit is toeslag {i}.", day=date(2000 + i % 20, 1, 1)) for i in range(count))


def test_the_page_tells_how_many_papers_say_it_and_when() -> None:
    made = page("/term?q=Cool:Gen")

    assert "2 stukken noemen dit, van 7 februari 2023 tot en met 18 juni 2024." in made.text
    assert made.one("input", type="search").attributes["value"] == "Cool:Gen"
    assert "tellen niet mee" in made.one("details", class_="term-means").text


def test_first_and_last_mention_lead_to_the_sentence() -> None:
    first, last = page("/term?q=Cool:Gen").all("section", class_="mention")

    assert "Eerste vermelding" in first.text
    assert "7 februari 2023" in first.text.replace("\u00a0", " ")
    assert "Motie" in first.text
    assert "L. van den Akkerveld, Staatssecretaris van Financiën" in " ".join(last.text.split())
    links = [a.attributes["href"] for a in page("/term?q=Cool:Gen").all("a") if "#al-1" in a.attributes["href"]]
    assert links[0] == "/kst-91066-84?q=Cool%3AGen#al-1"


def test_one_paper_is_the_only_mention() -> None:
    assert page("/term?q=logboek", (saying("1-1", "een logboek", day=date(2020, 1, 1)),)).one("h2", id="enige")


def test_every_year_has_its_place_and_the_table_tells_all() -> None:
    papers = (
        saying("1-1", "toeslag", day=date(2018, 1, 1)),
        saying("1-2", "niets", day=date(2018, 1, 1)),
        saying("1-3", "niets", day=date(2019, 1, 1)),
        saying("1-4", "toeslag", day=date(2021, 1, 1)),
    )
    made = page("/term?q=toeslag", papers)
    rows = [" ".join(row.text.split()) for row in made.all("tr")]

    assert len(made.all("svg", class_="chart")) == 2
    assert [t.text for t in made.all("title")][1:] == 2 * [
        "2020: geen stukken in dit archief",
        "2018: 1 van 2 stukken (50%)",
        "2019: 0 van 1 stuk",
        "2020: geen stukken",
        "2021: 1 van 1 stuk (100%)",
    ]
    table = made.one("details", class_="term-table").text.split()
    assert "2020geen" in "".join(table)
    assert any(row.startswith("2018") and row.endswith("1250%") for row in ["".join(row.split()) for row in rows])


def test_a_year_of_the_archive_without_papers_under_the_filters_is_no_gap() -> None:
    papers = (*many(3), replace(letter(), date=date(2001, 1, 1)))
    papers = (papers[0], papers[2], papers[3])
    made = page("/term?q=toeslag&kind=Motie", papers)

    assert "geen stukken onder deze filters" in made.text
    assert "geen stukken in dit archief" not in made.text


def test_one_year_has_no_chart() -> None:
    assert not page("/term?q=toeslag", many(1)).all("svg", class_="chart")


def test_by_whom_leads_to_the_person_and_to_the_papers() -> None:
    made = page("/term?q=Cool:Gen&kind=Brief+regering")
    person = next(a for a in made.all("a") if a.text == "L. van den Akkerveld")

    assert person.attributes["href"] == "/persoon/L.%20van%20den%20Akkerveld"
    found = made.all("a", aria_label="stuk:")[0]
    assert found.attributes["href"] == "/zoeken?q=Cool%3AGen&kind=Brief+regering&person=L.+van+den+Akkerveld&sort=newest"
    assert any(a.text == "Staatssecretaris van Financiën" and "office=" in a.attributes["href"] for a in made.all("a"))


def test_long_tables_fold_and_are_bounded() -> None:
    papers = tuple(saying(f"1-{i}", "toeslag", day=date(2020, 1, 1), by=f"Lid {i:03}") for i in range(210))
    made = page("/term?q=toeslag", papers)

    assert "Nog 192" in made.text
    assert "En 10 anderen, elk met minder stukken." in made.text


def test_lines_stand_around_the_keyword_and_lead_to_their_place() -> None:
    made = page("/term?q=Cool:Gen")
    lines = [" ".join(p.text.split()) for p in made.all("p", class_="said")]

    assert lines == [
        "Brief over de uitfasering van Cool:Gen",
        "De uitfasering van Cool:Gen loopt, zie 91 066, nr. 40 & volgende.",
        "a. en dat van Cool:Gen;",
        "Zie 91 066, nr. 84 over Cool:Gen.",
        "verzoekt de regering Cool:Gen voor 2028 te vervangen, en gaat over tot de orde van de dag.",
    ]
    first = made.all("li", class_="line")[1]
    assert "18-06-2024" in first.text
    assert "91 066, nr. 83" in first.text.replace("\u00a0", " ")
    assert "/kst-91066-83?q=Cool%3AGen#n1" in [a.attributes["href"] for a in made.all("a")]


@pytest.mark.parametrize(("order", "word"), [("left", "regering"), ("right", "loopt")])
def test_lines_can_be_ordered_by_their_neighbours_which_then_stand_out(order: str, word: str) -> None:
    made = page(f"/term?q=Cool:Gen&sort={order}")

    assert word in [span.text for span in made.all("span", class_="neighbour")]
    assert made.one("span", aria_current="true").text == {"left": "Woord ervoor", "right": "Woord erna"}[order]
    assert not page("/term?q=Cool:Gen").all("span", class_="neighbour")


def test_lines_are_paged() -> None:
    papers = many(LINES + 3)
    first, second = page("/term?q=toeslag", papers), page("/term?q=toeslag&pagina=2", papers)

    assert (len(first.all("li", class_="line")), len(second.all("li", class_="line"))) == (LINES, 3)
    assert second.one("ol", class_="lines").attributes["start"] == str(LINES + 1)
    assert first.one("a", rel="next").attributes["href"] == "/term?q=toeslag&pagina=2#regels"
    assert "Zo veel pagina’s zijn er niet." in page("/term?q=toeslag&pagina=3", papers).text


def test_filters_are_those_of_the_search_page_and_can_be_removed() -> None:
    made = page("/term?q=Cool:Gen&dossier=96643&sort=left")

    assert "1 stuk noemt dit, op 18 juni 2024." in made.text
    assert next(a for a in made.all("a") if "96 643 ×" in a.text.replace("\u00a0", " ")).attributes["href"] == (
        "/term?q=Cool%3AGen&sort=left"
    )
    assert made.one("a", class_="to-search").attributes["href"] == "/zoeken?q=Cool%3AGen&dossier=96643&sort=newest"
    hidden = {e.attributes["name"]: e.attributes["value"] for e in made.all("input", type="hidden")}
    assert hidden == {"dossier": "96643", "sort": "left"}


def test_a_year_in_the_chart_chooses_it_and_again_lets_it_go() -> None:
    papers = many(20)
    bars = page("/term?q=toeslag", papers).all("a", tabindex="-1")
    assert bars[3].attributes["href"] == "/term?q=toeslag&year=2003"
    chosen = page("/term?q=toeslag&year=2003", papers)
    assert "1 stuk noemt dit" in chosen.text
    assert [a.attributes["href"] for a in chosen.all("a", class_="chosen")] == ["/term?q=toeslag", "/term?q=toeslag"]


def test_nothing_found_is_explained_with_a_way_on() -> None:
    made = page("/term?q=brandweer")
    assert "Niets gevonden" in made.text
    assert "“brandweer” komt in geen enkel stuk voor." in made.text
    spelled = page("/term?q=uitfaserign")
    assert spelled.one("p", class_="mean").text == "Bedoelde u: uitfasering?"


def test_properties_alone_have_no_lines() -> None:
    assert "Deze vraag noemt geen woorden" in page("/term?q=soort:motie").text


def test_without_a_term_the_page_invites() -> None:
    made = page("/term?dossier=91066")
    examples = [a.attributes["href"] for a in made.all("a") if a.attributes["href"].startswith("/term?q=")]
    assert "/term?q=Cool%3AGen&dossier=91066" in examples
    assert made.one("input", type="search").attributes["value"] == ""


def test_texts_are_escaped() -> None:
    html = site(FakeAnswers((saying("1-1", "<b>x</b> toeslag <i>", by="<u>"),)), (motion(),)).get("/term?q=toeslag").text
    assert "&lt;b&gt;x&lt;/b&gt; " in html
    assert "<i>" not in html
    assert "<u>" not in html


def test_an_empty_archive_says_so() -> None:
    assert "Het archief is nog leeg" in page("/term?q=x", ()).text


def test_a_page_whose_like_the_reader_has_is_not_made_again() -> None:
    answers = FakeAnswers(PAPERS)
    visitor = site(answers)
    for address in ("/term?q=Cool:Gen", "/term.csv?q=Cool:Gen", "/api/v1/term?q=Cool:Gen"):
        tag = visitor.get(address).headers["ETag"]
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
        answers.generation_name += "x"
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("bad", ["pagina=0", "pagina=x", "pagina=41", "sort=relevance", "van=abc"])
def test_malformed_parameters_are_a_clear_400(bad: str) -> None:
    for address in ("/term", "/term.csv"):
        assert site().get(f"{address}?q=x&{bad}").status_code == 400


@pytest.mark.parametrize("bad", ["offset=-1", f"offset={MAX_LINES + 1}", "limit=201", "limit=x", "sort=datum", "tot=20"])
def test_malformed_parameters_are_a_problem_to_programs(bad: str) -> None:
    response = site().get(f"/api/v1/term?q=x&{bad}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


def test_the_twin_has_the_documented_shape() -> None:
    made = site().get("/api/v1/term?q=Cool:Gen&offset=1&limit=1").get_json()

    names = "query understood remarks did_you_mean explanation papers undated years first last persons offices concordance"
    assert list(made) == names.split()
    assert (made["papers"], made["undated"]) == (2, 0)
    assert made["years"] == [
        {"year": 2023, "papers": 1, "of": 1, "share": 1.0},
        {"year": 2024, "papers": 1, "of": 1, "share": 1.0},
    ]
    assert made["first"]["sentence"].startswith("verzoekt de regering")
    assert made["first"]["marks"] == [[21, 29]]
    assert made["last"]["href"] == "/kst-91066-83?q=Cool%3AGen#al-1"
    assert made["persons"] == [{"name": "L. van den Akkerveld", "papers": 1, "first": "2024-06-18", "last": "2024-06-18"}]
    concordance = made["concordance"]
    assert {name: concordance[name] for name in ("total", "papers_read", "complete", "sort", "offset")} == {
        "total": 5,
        "papers_read": 2,
        "complete": True,
        "sort": "newest",
        "offset": 1,
    }
    (line,) = concordance["lines"]
    assert (line["left"], line["keyword"], line["heading"]) == ("De uitfasering van ", "Cool:Gen", "")
    assert line["paper"]["identifier"] == "kst-91066-83"


def test_the_twin_of_nothing_has_the_same_shape() -> None:
    made = site().get("/api/v1/term").get_json()
    assert list(made) == list(site().get("/api/v1/term?q=Cool:Gen").get_json())
    assert (made["papers"], made["first"], made["years"], made["concordance"]["lines"]) == (0, None, [], [])


def rows(address: str, papers: tuple[Kamerstuk, ...]) -> list[list[str]]:
    response = site(FakeAnswers(papers), papers).get(address)
    assert response.mimetype == "text/csv"
    return list(csv.reader(StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_the_file_holds_every_line_in_the_order_of_the_page() -> None:
    read = rows("/term.csv?q=Cool:Gen&sort=oldest&pagina=3", PAPERS)

    assert read[0][:6] == ["datum", "stuk", "nummer", "soort", "door", "ambt of soort"]
    assert len(read) == 6
    assert read[1][:2] == ["2023-02-07", "kst-91066-84"]
    assert read[3][8:12] == [
        "De uitfasering van",
        "Cool:Gen",
        "loopt, zie 91 066, nr. 40 & volgende.",
        "http://localhost/kst-91066-83?q=Cool%3AGen#al-1",
    ]
    response = site().get("/term.csv?q=Cool:Gen")
    assert response.headers["Content-Disposition"] == "attachment; filename=concordantie-cool-gen.csv"


def test_no_cell_of_the_file_is_a_formula() -> None:
    papers = tuple(
        saying(f"1-{i}", f"{word} toeslag {word}", day=date(2020, 1, 1), by=f"{word}Lid") for i, word in enumerate(WORDS)
    )
    read = rows("/term.csv?q=toeslag", papers)

    assert len(read) == len(WORDS) + 1
    cells = [cell for row in read for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {"'=SOM(A1)", "'+31", "'-5%", "'@ministerie", "gewoon"} <= set(cells)


def test_the_search_page_leads_here_and_back() -> None:
    made = page("/zoeken?q=Cool:Gen&dossier=91066&sort=newest")
    assert made.one("p", class_="to-term")
    assert "/term?q=Cool%3AGen&dossier=91066" in [a.attributes["href"] for a in made.all("a")]
    assert not page("/zoeken?q=&kind=Motie").all("p", class_="to-term")


def test_a_state_is_an_address_and_back() -> None:
    from urllib.parse import parse_qsl

    from werkzeug.datastructures import MultiDict

    state = TermState("a & b", {"year": ("2018..2020",), "person": ("É", "B")}, LineOrder.LEFT, 7)
    assert read_term_state(MultiDict(parse_qsl(state.address.partition("?")[2]))) == state
    assert read_term_state(MultiDict()) == TermState()
