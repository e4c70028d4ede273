"""Questions and answers: what the printed lines tell, and that a page and XML tell the same."""

from __future__ import annotations

import time
from datetime import date

import pytest

from indexer.collections.answers.opening import ANSWER, POSTPONED, QUESTION, read_opening
from indexer.paper.model import Part, Person, PersonRole, ReadIn
from tests.indexer.papers import answers_xml, page, read, shape

ASKED = (
    "Vragen van de leden Meeuw (Vogels), Fen van Aalscholver en Vis (allen Zee) aan de Minister voor Kustrecht over brood "
    "(ingezonden 3 juni 2032)."
)


def test_who_asks_whom_about_what_and_who_answers_when() -> None:
    facts = read_opening([ASKED, "Antwoord van Minister Duin (Kustrecht) (ontvangen 21 juni 2032)."])
    assert facts.title == "Antwoord op vragen van de leden Meeuw, Fen van Aalscholver en Vis over brood"
    assert (facts.kind, facts.date) == (ANSWER, date(2032, 6, 21))
    assert [(one.name, one.role, one.party, one.office) for one in facts.people] == [
        ("Meeuw", PersonRole.FIRST_SUBMITTER, "Vogels", ""),
        ("Fen van Aalscholver", PersonRole.CO_SIGNER, "Zee", ""),
        ("Vis", PersonRole.CO_SIGNER, "Zee", ""),
        ("Duin", PersonRole.MINISTER, "", "Minister voor Kustrecht"),
    ]
    assert {one.read_in for one in facts.people} == {(ReadIn.OPENING,)}


def test_a_party_is_that_of_the_name_before_it() -> None:
    asked = (
        "Vragen van het lid Meeuw en de leden Vis en Kreeft (beiden Zee) en Van Zand (Duin) c.s. aan de Minister van Kust over x"
    )
    people = read_opening([f"{asked} (ingezonden 3 juni 2032)."]).people
    assert [(one.name, one.party) for one in people] == [
        ("Meeuw", ""), ("Vis", "Zee"), ("Kreeft", "Zee"), ("Van Zand", "Duin"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind", "ministers"),
    [
        (
            "Antwoord van Minister-president Schelp (Algemene Zaken) (ontvangen 21 juni 2032)",
            ANSWER,
            [("Schelp", "Minister-president")],
        ),
        (
            "Nader antwoord van Staatssecretaris Van Zand (Zee en Wind), mede namens de Ministers van Kust en van Duin "
            "(ontvangen 1 juli 2032).",
            ANSWER,
            [("Van Zand", "Staatssecretaris van Zee en Wind"), ("", "Minister van Kust"), ("", "Minister van Duin")],
        ),
        (
            "Antwoord van Minister Duin (Kust) en Staatssecretaris Van Zand (Zee) (ontvangen 1 juli 2032).",
            ANSWER,
            [("Duin", "Minister van Kust"), ("Van Zand", "Staatssecretaris van Zee")],
        ),
        ("Mededeling van Minister Duin (Kust) (ontvangen 21 juni 2032).", POSTPONED, [("Duin", "Minister van Kust")]),
        (
            "Antwoord van Minister Duin (Kust) (ontvangen 21 juni 2032). Zie ook Aanhangsel Handelingen, 2031–2032, nr. 9.",
            ANSWER,
            [("Duin", "Minister van Kust")],
        ),
    ],
)
def test_who_answers(line: str, kind: str, ministers: list[tuple[str, str]]) -> None:
    facts = read_opening([ASKED, line])
    assert facts.kind == kind
    assert [(one.name, one.office) for one in facts.people if one.role is PersonRole.MINISTER] == ministers
    assert facts.title.startswith(line.partition(" van ")[0] if kind == ANSWER else "Uitstel van antwoord op vragen van de leden")


def test_questions_without_an_answer() -> None:
    facts = read_opening([ASKED])
    assert (facts.kind, facts.date) == (QUESTION, date(2032, 6, 3))
    assert {one.role for one in facts.people} == {PersonRole.FIRST_SUBMITTER, PersonRole.CO_SIGNER}
    assert facts.title == "Vragen van de leden Meeuw, Fen van Aalscholver en Vis over brood"


@pytest.mark.parametrize("part", ["van x aan y over ", " aan", " over", "(ontvangen ", "Minister A (", "en de Minister van "])
def test_lines_of_any_length_are_read_in_little_time(part: str) -> None:
    began = time.process_time()
    for start in ("Vragen van a aan b over c", "Antwoord van Minister Duin (Kust) en de Minister van Zee"):
        read_opening([f"{start} {part * 20_000} (ontvangen 3 juni 2032)"])
        read_opening([f"{start} {part * 100} (ontvangen 3 juni 2032) x"])
    assert time.process_time() - began < 5


def test_lines_of_another_form_tell_nothing() -> None:
    facts = read_opening(["Vragen", "Antwoord van de Kamer"])
    assert (facts.title, facts.kind, facts.date, facts.people) == ("", "", None, ())


def test_questions_are_read_like_answers() -> None:
    head = '<meta name="DC.type" scheme="OVERHEIDop.KamervraagTypen" content="Vragen" />'
    body = (
        f'<h1 class="kamervraagomschrijving_kop">{ASKED}</h1><div class="vraag"><h2 class="stuktitel">1</h2><p>Waarom?</p></div>'
    )
    paper = read(page(body, top="", identifier="kv-tk-2032Z00001", head=head))
    assert (paper.kind, paper.chamber, paper.number) == (QUESTION, "Tweede Kamer", "2032Z00001")
    assert shape(paper) == [(0, "", [ASKED]), (1, "1", ["Waarom?"])]


def test_what_stands_below_the_answers_is_kept_and_an_annex_is_one() -> None:
    paper = read(
        answers_xml(
            "<mededeling><al>Deze vragen kunnen niet binnen de termijn worden beantwoord.</al></mededeling>"
            "<toelichting><nr>Toelichting</nr><al>Zie vraag 1.</al></toelichting>"
            "<kamervraagbijlage><kop><titel>Tabel</titel></kop><al>Zand</al></kamervraagbijlage>"
        ),
        "ah-tk-20312032-7.xml",
    )
    assert shape(paper) == [
        (0, "", ["Deze vragen kunnen niet binnen de termijn worden beantwoord."]),
        (1, "Toelichting", ["Zie vraag 1."]),
        (1, "Tabel", ["Zand"]),
    ]
    assert [section.part for section in paper.sections] == [Part.BODY, Part.BODY, Part.ANNEX]
    assert (paper.number, paper.kind, paper.dossiers) == ("7", ANSWER, ())


def test_lines_that_are_not_marked_tell_the_same() -> None:
    body = f"<p>2032Z00001</p><p>{ASKED}</p><p>Antwoord van Minister Duin (Kustrecht) (ontvangen 21 juni 2032).</p><p>Vraag 1</p>"
    paper = read(page(body, top="", identifier="ah-tk-20312032-7"))
    assert paper.title == "Antwoord op vragen van de leden Meeuw, Fen van Aalscholver en Vis over brood"
    assert paper.ministers == (Person("Duin", "Minister voor Kustrecht"),)
