"""The words of a collection: which are near a word, and which have a stem."""

from __future__ import annotations

from search.analysis.chain import stem
from tests.search.engines_under_test import EngineUnderTest, write
from tests.search.papers import paper


def test_words_are_told_by_their_letters_and_stems(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "De belasting en belastingen, de tweede of twee; belastung."), paper("1-2", "belastign en tweeën"))
    write(engine, paper("1-3", "De Tweede van 't Cool:Gen, één", "belatsing"), remove=("1-2",))
    words = engine.searcher.vocabulary

    assert words.near("belastin") == ["belasting"]
    assert words.near_twice("belastingen") == ["belasting"]
    assert words.near_twice("belatsign") == ["belasting"]
    assert words.near_twice("tewee") == ["tweede"]
    assert words.near_twice("xyzzy") == []
    assert words.with_stem(stem("belasting")) == ["belasting", "belastingen"]
    assert words.with_stem("xyzzy") == []


def test_what_is_short_for_a_word_has_its_stem(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "Het kost een miljoen, geen miljoenen."), paper("1-2", "Het kost 3 mln euro."))

    assert engine.searcher.vocabulary.with_stem(stem("miljoen")) == ["miljoen", "miljoenen", "mln"]
