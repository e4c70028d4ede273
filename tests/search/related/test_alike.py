"""Other words that mean something like a whole query."""

from __future__ import annotations

from search.analysis.stemming import stem
from search.engines.word_list import WordList
from search.names import SPELT
from search.plan import ALL_PLACES, Concept, Form, MatchKind, Weights
from search.related.alike import alike

KNOWN = ("gevangenis", "cel", "ontsnapping", "vechtpartij", "klagen", "opvangplekken", "vis")
WEIGHTS = Weights()


def _words(*known: str, papers: int = 5, persons: tuple[str, ...] = ()) -> WordList:
    spellings = {f"x{SPELT}{person}": 1 for person in persons}
    return WordList(dict.fromkeys(known, papers), dict.fromkeys(map(stem, known), papers), {"spelling": spellings})


def _concept(word: str) -> Concept:
    return Concept(word, (Form(stem(word), True, 1.0, MatchKind.STEM),), (), ALL_PLACES)


def _told(words: WordList, *typed: str, excluded: str = "") -> list[str]:
    found = alike([_concept(word) for word in typed], words, WEIGHTS, frozenset({stem(excluded)} if excluded else ()))
    return [word for concept in found for word in concept.also]


def test_the_nearest_words_of_the_collection_each_weighing_as_it_is_near() -> None:
    found = alike([_concept("bajes")], _words(*KNOWN), WEIGHTS, frozenset())
    weights = [form.weight for concept in found for form in concept.forms]
    assert len(found) == 2
    assert weights == sorted(weights, reverse=True)
    assert WEIGHTS.alike > weights[0] > 0
    assert {form.match for concept in found for form in concept.forms} == {MatchKind.SYNONYM}
    assert {concept.label for concept in found} == {""}


def test_a_short_piece_of_a_typed_word_is_no_other_word() -> None:
    words = _words("toe", "slag", "belastingdienst", "hersteloperatie")
    assert _told(words, "toeslagen") == ["hersteloperatie", "belastingdienst"]


def test_two_for_each_word_that_was_typed() -> None:
    assert len(_told(_words(*KNOWN), "bajes")) == 2
    assert len(_told(_words(*KNOWN), "bajes", "plek")) == 4


def test_a_word_that_hardly_stands_anywhere_is_not_added() -> None:
    assert _told(_words(*KNOWN, papers=1), "bajes") == []


def test_neither_are_words_that_were_typed_or_are_not_wanted() -> None:
    nearest = _told(_words(*KNOWN), "bajes")[0]
    assert nearest not in _told(_words(*KNOWN), "bajes", nearest)
    assert nearest not in _told(_words(*KNOWN), "bajes", excluded=nearest)


def test_nor_names_and_what_is_no_dutch_word() -> None:
    nearest = _told(_words(*KNOWN), "bajes")[0]
    assert nearest not in _told(_words(*KNOWN, persons=(nearest.title(),)), "bajes")
    assert "nl" not in _told(_words("nl", "coa"), "bajes", "plek", "asiel")


def test_a_word_that_nobody_knows_is_like_nothing() -> None:
    assert _told(_words(*KNOWN), "xyzzyq") == []


def test_what_is_said_of_peoples_brings_nothing_in_and_is_not_brought_in() -> None:
    words = _words("straatterroristen", "criminele", "uitzetting", "moskee", "marokkaanse")
    assert _told(words, "marokkaanse") == []
    assert not {"marokkaanse", "criminele", "moskee"} & set(_told(words, "probleemjongeren", "straatterreur", "islam"))
