"""Questions as they are typed: what each word is, over ways of asking that no list holds whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.asking import Part, kind_of, read_question

PERSONS = ("Bakker", "van der Meer", "Inge de Boer")


def _read(query: str) -> tuple[str, str]:
    """The topic of a question, and the kind that it prefers."""
    words = query.split()
    question = read_question(words, PERSONS.__contains__)
    told = (word for word, part in zip(words, question.parts, strict=True) if part in {Part.TOPIC, Part.NAME})
    return " ".join(told), question.kind


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("hoeveel geld gaat er naar dijken", "dijken"),
        ("hoe hoog is de dijk", "dijk"),
        ("geef mij informatie over de zeesluis", "zeesluis"),
        ("ik wil graag weten wat er met de zeesluis gebeurt", "zeesluis"),
        ("informatie over de zeesluis graag", "zeesluis"),
        ("zeesluis Terneuzen aub", "zeesluis Terneuzen"),
        ("kunt u mij vertellen welke dijken er zijn", "dijken"),
        ("wat vindt de Kamer van zeesluizen", "zeesluizen"),
        ("wat doet de minister aan verzilting", "verzilting"),
        ("waarom stijgen de dijklasten zo hard", "stijgen dijklasten"),
        ("komen er nog nieuwe zeesluizen", "zeesluizen"),
        ("wat is de stand van zaken met de zeesluis", "zeesluis"),
        ("show me papers about zeesluizen", "zeesluizen"),
        ("stukken over zeesluizen", "zeesluizen"),
        ("alles over zeesluizen", "zeesluizen"),
        ("de dijk van Delfzijl", "dijk Delfzijl"),
        ("welke wet gaat over dijken", "wet dijken"),
        ("wat doet het OM aan verzilting", "OM verzilting"),
        ("DE DIJK VAN DELFZIJL", "DIJK DELFZIJL"),
        ("wat is er aan de hand met de dijken", "dijken"),
        ("heeft Bakker iets ingediend over dijken", "Bakker dijken"),
        ("wat heeft de minister besloten over dijken", "dijken"),
        ("wat is ons beleid ten opzichte van Duitse dijken", "Duitse dijken"),
        ("standpunt over de aanleg van dijken", "aanleg dijken"),
        ("stukken met betrekking tot dijken", "dijken"),
        ("de aanleg van dijken in het kader van de ruimte voor rivieren", "aanleg dijken ruimte rivieren"),
        ("aan de hand van dijken", "dijken"),
        ("het beleid van de gemeente", "beleid gemeente"),
        ("de ingediende begroting", "ingediende begroting"),
    ],
)
def test_the_topic_of_a_question(query: str, topic: str) -> None:
    assert _read(query) == (topic, "")


@pytest.mark.parametrize(
    ("query", "topic", "kind"),
    [
        ("moties over dijken", "dijken", "motie"),
        ("welke moties gaan over dijken", "dijken", "motie"),
        ("alle aangenomen moties over de dijk", "dijk", "motie"),
        ("zijn er amendementen ingediend over dijken", "dijken", "amendement"),
        ("kamerbrief over dijken", "dijken", "brief"),
        ("moties van Bakker over dijken", "Bakker dijken", "motie"),
        ("motie van het lid van der Meer over dijken", "van der Meer dijken", "motie"),
        ("moties van Niemand over dijken", "Niemand dijken", "motie"),
        ("de amendementen van Inge de Boer", "Inge de Boer", "amendement"),
        ("brieven van de minister over dijken", "minister dijken", "brief"),
    ],
)
def test_a_kind_before_its_topic_is_preferred(query: str, topic: str, kind: str) -> None:
    assert _read(query) == (topic, kind)


@pytest.mark.parametrize(
    "query", ["motie van wantrouwen", "nota van wijziging", "moties dijken", "verslag van een overleg", "advies", "moties over"]
)
def test_a_kind_that_is_itself_the_topic_stays(query: str) -> None:
    topic, kind = _read(query)
    assert (topic.split()[0], kind) == (query.split(maxsplit=1)[0], "")


@pytest.mark.parametrize("query", ["hoe", "wat is er", "de", "ik zoek", "van de"])
def test_where_no_topic_is_left_every_word_is_one(query: str) -> None:
    assert _read(query) == (query, "")


def test_the_kind_that_a_word_means() -> None:
    assert (kind_of("Moties"), kind_of("kamervragen"), kind_of("dijken")) == ("motie", "vragen", "")


_SOME = [
    "hoeveel",
    "de",
    "moties",
    "van",
    "over",
    "Bakker",
    "OM",
    "dijk",
    "stand",
    "zaken",
    "gaat",
    "er",
    "zo",
    "hard",
    "stukken",
    "ik",
]


@given(st.lists(st.sampled_from(_SOME), max_size=12))
def test_every_question_has_a_topic_and_a_part_for_each_word(words: list[str]) -> None:
    question = read_question(words, PERSONS.__contains__)

    assert len(question.parts) == len(words)
    assert not words or {Part.TOPIC, Part.NAME} & set(question.parts)
