"""Which nouns name the act of a verb, and which verb a noun is of."""

from __future__ import annotations

import pytest

from search.analysis.derivation import acts_of, derivations_of, learned_of
from search.analysis.stemming import stem


@pytest.mark.parametrize(
    ("word", "derived"), [("versterkt", "versterking"), ("uitfaseringen", "uitfaseren"), ("wint", "winning"), ("kamerlid", "")]
)
def test_a_verb_and_its_noun_on_ing(word: str, derived: str) -> None:
    assert derivations_of(stem(word)) == ((stem(derived),) if derived else ())


@pytest.mark.parametrize(
    ("word", "learned"),
    [
        ("geëvalueerd", {"evaluatie"}),
        ("registreert", {"registratie", "register"}),
        ("gereduceerd", {"reducatie", "reductie"}),
        ("inspecteren", {"inspectatie", "inspectie"}),
        ("controleerde", {"controlatie", "controle"}),
        ("exporteren", {"exportatie", "export"}),
        ("evaluaties", {"evalueren"}),
    ],
)
def test_learned_verbs_have_learned_nouns(word: str, learned: set[str]) -> None:
    assert set(learned_of(stem(word.replace("ë", "e")))) == set(map(stem, learned))


@pytest.mark.parametrize("word", ["parkeren", "regeren", "leveren", "park", "export", "controle"])
def test_what_only_looks_like_a_learned_verb_or_its_noun_is_none(word: str) -> None:
    assert set(learned_of(stem(word))) <= {word.removesuffix("eren") + "atie"}


@pytest.mark.parametrize("word", ["regeling", "begroting", "organisatie"])
def test_what_names_a_thing_or_a_body_is_no_act(word: str) -> None:
    assert derivations_of(word) == learned_of(word) == ()


def test_the_acts_of_a_verb_are_all_its_nouns_and_a_noun_has_none() -> None:
    assert acts_of(stem("gecompenseerd")) == ("compensering", "compensatie")
    assert acts_of(stem("compensatie")) == ()
