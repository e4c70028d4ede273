"""Other readings that a query offers: a time as the date of the papers, a small "of" as the operator."""

from __future__ import annotations

from datetime import date

import pytest

from search.query.parser import parse
from search.query.tree import And, Dated, Node, Word
from search.wording import Language

TODAY = date(2025, 11, 5)


def offered(query: str) -> list[str]:
    return [offer.query for offer in parse(query, today=TODAY).offered]


def words(node: Node) -> list[Word]:
    assert isinstance(node, And)
    return [child for child in node.children if isinstance(child, Word)]


@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("wolf or beer", "wolf OF beer"),
        ("wolf and beer", "wolf EN beer"),
        ("wolf not beer", "wolf NIET beer"),
        ("moties over Gaza juni 2024", "moties over Gaza datum:2024-06"),
        ("pfas sinds vorig jaar", "pfas datum:2024.."),
        ("vragen van vorige week over stikstof?", "vragen datum:2025-10-27..2025-11-02 over stikstof?"),
        ("stikstof in 2021", "stikstof datum:2021"),
        ("stikstof 2021", "stikstof datum:2021"),
        ("stikstof Q1 2024", "stikstof datum:2024-01..2024-03"),
        ("stikstof 2023-2024", "stikstof datum:2023/24"),
        ('"stikstof" afgelopen maand', '"stikstof" datum:2025-10-05..2025-11-05'),
        ("soort:motie stikstof 18 juni 2024", "soort:motie stikstof datum:2024-06-18"),
        ("persoon:Juni 2024", "persoon:Juni datum:2024"),
        ("zomer 2024", "datum:2024-06..2024-08"),
    ],
)
def test_a_time_is_offered_as_the_date_of_the_papers(query: str, offer: str) -> None:
    assert offered(query) == [offer]


def test_a_dossier_among_other_words_is_offered_as_that_of_the_papers() -> None:
    assert offered("36410-VI, cultuur") == ["dossier:36410-VI cultuur"]
    assert not offered("in:kop 36410-VI")


@pytest.mark.parametrize(
    "query",
    [
        "begroting voor 2025",
        "woningbouw tot 2030",
        "sinds 2031 pfas",
        "2000 woningen",
        "uiterlijk dit jaar stoppen",
        "wet per 1 januari 2024",
        "de bekostiging van het fonds voor sport in de grote steden vanaf 2024 voortzetten",
        "pfas (sinds 2020 OF niets)",
        "pfas OF gif juni 2024",
        "datum:2024 pfas juni 2024",
        'pfas "juni 2024"',
        "persoon:Juni Gaza",
        "2024",
        "",
    ],
)
def test_other_years_are_no_time(query: str) -> None:
    assert not offered(query)


def test_the_words_of_a_time_stay_words_and_know_their_days() -> None:
    gaza, juni, jaar = words(parse("Gaza juni 2024").node)
    assert gaza.dated is None
    assert juni.dated == jaar.dated == Dated(date(2024, 6, 1), date(2024, 6, 30))


def test_without_today_what_is_told_from_it_are_words() -> None:
    assert not any(word.dated for word in words(parse("pfas sinds vorig jaar").node))
    assert not parse("pfas sinds vorig jaar").offered


def test_a_value_may_be_told_from_today() -> None:
    assert parse("datum:vorig jaar", today=TODAY).node == Dated(date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("asiel of migratie", "asiel OF migratie"),
        ("asiel of migratie of opvang", "asiel OF migratie OF opvang"),
        ('asiel of "veilige landen"', 'asiel OF "veilige landen"'),
        ("asiel niet Oekraïne", "asiel NIET Oekraïne"),
        ("asiel en migratie", "asiel EN migratie"),
    ],
)
def test_a_small_operator_between_words_is_offered_in_capitals(query: str, offer: str) -> None:
    assert offered(query) == [offer]


@pytest.mark.parametrize(
    "query",
    [
        "wat is asiel of migratie",
        "asiel of migratie?",
        "is er meer asiel of migratie in de regio te verwachten",
        "wel of niet stoppen",
        "de norm niet versoepelen",
        "of asiel",
        "asiel of",
        "asiel OF migratie of opvang",
        "Sociale Zaken en Werkgelegenheid",
        "titel:asiel of migratie",
        "asiel",
    ],
)
def test_where_it_is_a_word_of_the_sentence_nothing_is_offered(query: str) -> None:
    assert not offered(query)


def test_an_offer_says_what_it_finds() -> None:
    assert [offer.remark.told(Language.DUTCH) for offer in parse("Gaza juni 2024").offered] == ["Alleen stukken uit juni 2024"]
    assert [offer.remark.told(Language.ENGLISH) for offer in parse("Gaza juni 2024").offered] == ["Only papers of June 2024"]


def test_that_all_words_occur_is_only_stricter() -> None:
    assert [offer.stricter for offer in parse("asiel en migratie").offered] == [True]
    assert [offer.stricter for offer in parse("asiel of migratie").offered] == [False]
