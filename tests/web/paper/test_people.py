"""The people of a paper on its page."""

from __future__ import annotations

from dataclasses import replace

from indexer.paper.model import PaperPerson, PersonRole
from tests.web.fakes import LETTER, letter, site
from tests.web.pages import Page
from tests.web.people import co_signer, minister, submitter
from web.paper.page import groups_of_people


def told(*people: PaperPerson) -> list[tuple[str, list[str]]]:
    return [(group.label, [one.name for one in group.people]) for group in groups_of_people(people)]


def test_everyone_stands_in_printed_order_under_the_role() -> None:
    chair = PaperPerson("A. Voorn", PersonRole.CHAIR, person="A. Voorn")
    assert told(submitter("Van Dam"), co_signer("Ek"), co_signer("Os"), chair) == [
        ("Eerste indiener", ["Van Dam"]),
        ("Medeondertekenaars", ["Ek", "Os"]),
        ("Voorzitter", ["A. Voorn"]),
    ]


def test_a_role_that_comes_back_is_named_again_so_that_the_order_stays() -> None:
    first, second = PaperPerson("A. Een", PersonRole.RAPPORTEUR), PaperPerson("C. Drie", PersonRole.RAPPORTEUR)
    assert [label for label, _ in told(first, co_signer("B. Twee"), second)] == ["Rapporteur", "Medeondertekenaar", "Rapporteur"]


def test_a_person_leads_to_the_page_of_the_person_and_an_office_to_its_papers() -> None:
    (group,) = groups_of_people((minister("Ek", "Minister van IJs", person="A.B. Ek"), minister("", "Minister voor Os")))
    assert [(one.name, one.href, one.details) for one in group.people] == [
        ("A.B. Ek", "/persoon/A.B.%20Ek", ("Minister van IJs",)),
        ("Minister voor Os", "/zoeken?q=ambt%3A%22Minister+voor+Os%22&sort=newest", ()),
    ]


def test_it_is_said_that_a_name_may_be_of_several_persons() -> None:
    (group,) = groups_of_people((PaperPerson("Ek", PersonRole.FIRST_SUBMITTER, "Ek", party="IJsbond"),))
    assert group.people[0].details == ("IJsbond", "niet te zeggen wie van deze naam")


def test_the_page_has_them_with_office() -> None:
    paper = replace(letter(), people=(minister("<Ek>", "Minister van IJs", person="A. <Ek>"), submitter("Os")))
    made = Page(site(papers=(paper,)).get(f"/{LETTER}").text)
    links = {a.text: a.attributes["href"] for a in made.all("a")}
    assert links["A. <Ek>"] == "/persoon/A.%20%3CEk%3E"
    assert [dt.text for dt in made.all("dt")][1:3] == ["Bewindspersoon", "Eerste indiener"]
    assert "Minister van IJs" in [span.text for span in made.all("span", class_="detail")]
