"""What the page of a paper tells of other papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Citation, Kamerstuk, Paragraph, Relation, RelationKind, Section, Where
from tests.web.fakes import MOTION, motion, site
from tests.web.pages import Page
from web import strings
from web.paper.relations import cited_papers, cited_publications, relation_lines

NEWER = Identifier("kst-91066-90")
OFFICIAL = "https://zoek.officielebekendmakingen.nl"


def newer(kind: RelationKind = RelationKind.REPLACES, target: Identifier = MOTION) -> Kamerstuk:
    return replace(motion(), identifier=NEWER, date=date(2025, 4, 15), relations=(Relation(kind, target),))


def page(identifier: Identifier, *papers: Kamerstuk) -> Page:
    return Page(site(papers=papers).get(f"/{identifier}").text)


def line(made: Page, class_: str) -> str:
    return " ".join(made.one("p", class_=class_).text.split())


def test_a_replaced_paper_says_by_which_and_when() -> None:
    made = page(MOTION, motion(), newer())
    assert line(made, "banner") == "Vervangen door nr. 90, 15 april 2025"
    assert made.one("p", class_="banner").attributes["role"] == "note"
    assert next(a.text for a in made.all("a") if a.attributes["href"] == f"/{NEWER}") == "nr. 90"


def test_the_newer_paper_says_which_it_replaces() -> None:
    made = page(NEWER, motion(), newer())
    assert line(made, "version") == "Vervangt nr. 84, 7 februari 2023"
    assert not made.all("p", class_="banner")


def test_a_paper_that_is_not_here_is_named_with_the_way_to_it_and_said_not_to_be_here() -> None:
    made = page(NEWER, newer())
    assert line(made, "version") == "Vervangt nr. 84 (niet in dit archief)"
    assert f"{OFFICIAL}/{MOTION}.html" in [a.attributes["href"] for a in made.all("a", rel="external")]


def test_an_invented_paper_that_is_not_here_is_named_without_a_way() -> None:
    made = page(NEWER, replace(newer(), fictional=True))
    assert line(made, "version") == "Vervangt nr. 84 (niet in dit archief)"
    assert str(MOTION) not in " ".join(a.attributes["href"] for a in made.all("a"))


def test_a_paper_of_another_dossier_is_called_by_its_full_number() -> None:
    made = page(NEWER, newer(target=Identifier("kst-96643-5")))
    assert line(made, "version") == "Vervangt 96 643, nr. 5 (niet in dit archief)"


@pytest.mark.parametrize("kind", [kind for kind in RelationKind if "attachment" not in kind])
def test_every_relation_is_told(kind: RelationKind) -> None:
    (told,) = relation_lines(newer(kind))
    assert told.label == strings.RELATIONS[kind]
    assert told.outdated == (kind in strings.OUTDATED)
    assert [one.text for one in told.papers] == ["nr. 84"]


def test_what_came_in_its_place_stands_first_and_several_stand_together() -> None:
    relations = (
        Relation(RelationKind.ANSWERS, Identifier("kv-tk-2021Z09739")),
        Relation(RelationKind.REPLACES, Identifier("kst-91066-1")),
        Relation(RelationKind.REPLACES, Identifier("kst-91066-2")),
        Relation(RelationKind.CORRECTED_BY, Identifier("kst-91066-84-n1")),
    )
    lines = relation_lines(replace(motion(), relations=relations))
    assert [(one.label, len(one.papers)) for one in lines] == [("Verbeterd door", 1), ("Vervangt", 2), ("Antwoord op", 1)]


def citing(*targets: str, fictional: bool = False) -> Kamerstuk:
    """A paper that cites these, each in a paragraph of its own."""
    paragraphs = tuple(Paragraph(f"al-{i}", f"Zie hier {target}.") for i, target in enumerate(targets))
    starts = [sum(len(one.text) + 1 for one in paragraphs[:i]) + 9 for i in range(len(targets))]
    citations = tuple(
        Citation(Identifier(target), target, Where.BODY, 0, start) for target, start in zip(targets, starts, strict=True)
    )
    section = Section(0, "", "broodtekst", paragraphs=paragraphs)
    return replace(motion(), sections=(section,), citations=citations, fictional=fictional)


def test_gazettes_and_debates_are_listed_apart_from_papers() -> None:
    paper = citing("kst-91066-1", "stb-2014-296", "h-tk-20172018-70-6", "kst-91066-1", "ah-tk-20202021-3235")
    assert [(one.printed, one.times, one.place) for one in cited_papers(paper, {})] == [("91 066, nr. 1", 2, "#al-0")]
    assert [one.href for one in cited_publications(paper, {})] == [
        f"{OFFICIAL}/stb-2014-296.html",
        f"{OFFICIAL}/h-tk-20172018-70-6.html",
        f"{OFFICIAL}/ah-tk-20202021-3235.html",
    ]
    made = page(MOTION, paper)
    assert made.one("h2", id="andere-verwijzingen").text == "Verwijst ook naar"
    assert made.one("h2", id="verwijzingen").text == "Verwijst naar"


def test_what_an_invented_paper_cites_is_named_and_leads_nowhere() -> None:
    made = page(MOTION, citing("kst-91066-1", fictional=True))
    assert made.one("span", class_="nowhere").text == "91 066, nr. 1"
    assert not [a for a in made.all("a", rel="external") if "kst-" in a.attributes["href"]]
    assert "Zie hier kst-91066-1." in made.text
