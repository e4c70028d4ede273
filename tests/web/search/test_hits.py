"""Versions of one paper as one hit, and what a hit tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Paragraph, Relation, RelationKind, Section
from search.document import document_of
from search.plan import MatchKind
from search.ports import Sort
from search.snippets import AnsweredHit
from tests.web.fakes import FakeAnswers, letter, motion, site
from tests.web.pages import Page
from tests.web.people import co_signer, minister, submitter
from web.search.hits import fold_versions, hit_views, marks_of

R = RelationKind


def version(number: str, day: date | None = None, *relations: tuple[RelationKind, str]) -> Kamerstuk:
    """The motion under another number; relations name numbers in its dossier."""
    related = tuple(Relation(kind, Identifier(f"kst-91066-{target}")) for kind, target in relations)
    plain = number.partition("-")[0]
    return replace(motion(), identifier=Identifier(f"kst-91066-{number}"), number=plain, date=day, relations=related)


OLD = version("18", date(2025, 4, 3), (R.REPLACED_BY, "20"))
CHANGED = version("20", date(2025, 4, 8), (R.REPLACES, "18"), (R.CHANGED_BY, "25"))
NEW = version("25", date(2025, 4, 9), (R.CHANGES, "20"))
OTHER = version("30", date(2025, 5, 1))
FAMILY = (CHANGED, NEW, OLD)
"""As engines give it: the best, then its versions, the newest first."""


def hits(*papers: Kamerstuk) -> list[AnsweredHit]:
    return [AnsweredHit(document_of(paper), 1.0, MatchKind.EXACT, ()) for paper in papers]


def numbers(*papers: Kamerstuk) -> list[list[str]]:
    return [[hit.document.identifier.rpartition("kst-91066-")[2] for hit in family] for family in fold_versions(hits(*papers))]


def page(address: str = "/zoeken?q=cool:gen", papers: tuple[Kamerstuk, ...] = (*FAMILY, OTHER)) -> Page:
    return Page(site(FakeAnswers(papers), papers).get(address).text)


def test_the_newest_version_stands_where_the_best_of_them_does() -> None:
    assert numbers(OTHER, *FAMILY) == [["30"], ["25", "20", "18"]]
    assert numbers(*FAMILY, OTHER) == [["25", "20", "18"], ["30"]]


def test_versions_belong_together_through_one_that_was_not_found() -> None:
    assert numbers(NEW, OLD) == [["25", "18"]]


def test_a_version_on_another_page_is_left_there() -> None:
    assert numbers(OLD, OTHER) == [["18"], ["30"]]


def test_a_reprint_of_the_same_day_is_newer_and_an_erratum_is_not() -> None:
    day = date(2025, 4, 3)
    first = version("7", day, (R.REPRINTED_AS, "7-h1"), (R.CORRECTED_BY, "7-n1"))
    reprint = version("7-h1", day, (R.REPRINT_OF, "7"))
    erratum = version("7-n1", date(2025, 4, 30), (R.CORRECTS, "7"))
    assert [family[0] for family in numbers(first, erratum, reprint)] == ["7-h1"]
    assert numbers(erratum, first) == [["7", "7-n1"]]
    assert marks_of(document_of(erratum)) == ("erratum",)
    assert marks_of(document_of(first)) == ("vervangen",)
    assert marks_of(document_of(reprint)) == ("herdruk",)


def test_papers_that_replace_each_other_are_all_there() -> None:
    one, two = version("1", None, (R.REPLACED_BY, "2")), version("2", None, (R.REPLACED_BY, "1"))
    assert [sorted(family) for family in numbers(one, two)] == [["1", "2"]]


@pytest.mark.parametrize("kind", [R.ATTACHMENT_OF, R.ANSWERS, R.HAS_ATTACHMENT])
def test_what_is_no_version_is_not_folded(kind: RelationKind) -> None:
    assert numbers(version("1", None, (kind, "2")), version("2")) == [["1"], ["2"]]


def test_a_folded_hit_leads_to_its_versions_with_the_words_marked() -> None:
    made = page()
    assert len(made.all("li", class_="hit")) == 2
    versions = made.one("p", class_="versions")
    assert " ".join(versions.text.split()) == "Ook: gewijzigd, nr. 20, 8 april 2025 · vervangen, nr. 18, 3 april 2025"
    hrefs = [a.attributes["href"] for a in made.all("a") if "nr.\u00a0" in a.text]
    assert hrefs == ["/kst-91066-20?q=cool%3Agen", "/kst-91066-18?q=cool%3Agen"]
    assert made.one("p", class_="fold-line").text == "2 andere versies staan bij de nieuwste. Toon versies apart"


def test_folding_is_display_only() -> None:
    made = page()
    assert made.one("h1").text.startswith("4 stukken")
    visitor = site(FakeAnswers((*FAMILY, OTHER)))
    found = [hit["identifier"] for hit in visitor.get("/api/v1/search?q=cool:gen").get_json()["hits"]]
    assert found == ["kst-91066-20", "kst-91066-25", "kst-91066-18", "kst-91066-30"]
    assert visitor.get("/zoeken.csv?q=cool:gen&fold=1").text.count("\n") == 1 + 4
    assert visitor.get("/zoeken.atom?q=cool:gen").text.count("<entry>") == 4


def test_versions_can_be_shown_apart_and_every_way_on_remembers_it() -> None:
    made = page("/zoeken?q=cool:gen&fold=0&kind=Motie")
    assert len(made.all("li", class_="hit")) == 4
    assert not made.all("p", class_="versions")
    badges = [" ".join(badge.text.split()) for badge in made.all("b", class_="badge")]
    assert badges == ["vervangen", "vervangen"], "each that another took the place of says so itself"
    ways = {a.text: a.attributes["href"] for a in made.all("a")}
    assert ways["Toon versies samen"] == "/zoeken?q=cool%3Agen&kind=Motie"
    assert ways["Nieuwste"] == "/zoeken?q=cool%3Agen&kind=Motie&sort=newest&fold=0"
    assert ways["CSV"] == "/zoeken.csv?q=cool%3Agen&kind=Motie", "which has no use for it"
    assert ("fold", "0") in {(e.attributes["name"], e.attributes["value"]) for e in made.all("input", type="hidden")}
    twin = next(e.attributes["href"] for e in made.all("link") if e.attributes.get("type") == "application/json")
    assert "fold" not in twin


def test_nothing_tells_of_versions_where_there_are_none() -> None:
    made = page(papers=(OTHER,))
    assert not made.all("p", class_="fold-line")
    assert not made.all("b", class_="badge")


def test_a_version_that_is_not_the_newest_says_so_alone_too() -> None:
    assert page(papers=(OLD, OTHER)).one("b", class_="badge").text == "vervangen"


def test_partial_matches_begin_once_also_when_they_are_folded() -> None:
    partial = [replace(hit, match=MatchKind.PARTIAL) for hit in hits(OLD, CHANGED, OTHER)]
    views = hit_views([*hits(version("1")), *partial], "x y", fold=True)
    assert [view.after_full for view in views] == [False, True, False]
    assert [version.match for version in views[1].versions] == [""], "as the newest, which says so"
    (mixed,) = hit_views([*hits(CHANGED), partial[0]], "x y", fold=True)
    assert [version.match for version in mixed.versions] == ["gedeeltelijk"]


def test_a_hit_names_whom_it_is_by_with_the_ways_to_their_pages() -> None:
    people = (submitter("Van Nispen", "M. van Nispen"), co_signer("Kat"), co_signer("Dral"))
    made = page(papers=(replace(motion(), people=people),))
    assert "M. van Nispen, Kat e.a." in made.one("p", class_="meta").text
    assert {"/persoon/M.%20van%20Nispen", "/persoon/Kat"} <= {a.attributes["href"] for a in made.all("a")}
    unnamed = page(papers=(replace(letter(), people=(minister("", "Minister van Zaken"),)),))
    assert "Minister van Zaken" in unnamed.one("p", class_="meta").text


def test_papers_can_be_chosen_by_their_version() -> None:
    made = page()
    assert made.one("h3", id="facet-version").text == "Versie"
    ways = {" ".join(a.text.split()): a.attributes["href"] for a in made.all("a") if "version=" in a.attributes["href"]}
    assert ways["Geldend 2"] == "/zoeken?q=cool%3Agen&version=geldend"
    assert ways["Vervangen 2"] == "/zoeken?q=cool%3Agen&version=vervangen"
    chips = [" ".join(a.text.split()) for a in page("/zoeken?q=cool:gen&version=vervangen").all("a") if "Verwijder" in a.text]
    assert chips == ["Verwijder filter: Versie Vervangen ×"]


def test_an_invented_paper_and_a_doubtful_date_are_told() -> None:
    odd = replace(letter(), date=date(2104, 5, 3), date_doubt="far from session year 2023-2024", fictional=True)
    meta = page(papers=(odd,)).one("p", class_="meta")
    assert "3\u00a0mei 2104 (datum onzeker)" in meta.text
    assert "Verzonnen" in meta.text


def test_the_subtitle_is_told_to_be_from_the_text_and_only_once() -> None:
    asks = "verzoekt de regering Cool:Gen te vervangen"
    document = replace(document_of(motion()), subtitle=f"{asks} …")
    (view,) = hit_views([AnsweredHit(document, 1.0, MatchKind.EXACT, ())], "x", fold=True)
    assert view.subtitle == f"{asks} …"
    found = FakeAnswers((replace(motion(), sections=(Section(0, "", "", paragraphs=(Paragraph("al-1", f"{asks} en meer"),)),)),))
    answer = found.answer("cool:gen", filters={}, sort=Sort.RELEVANCE, offset=0, limit=1)
    (said,) = hit_views([replace(answer.hits[0], document=document)], "cool:gen", fold=True)
    assert said.subtitle == "", "the snippet says it"
