"""What a form of a verb also finds: its nouns, their compounds, and what it makes with the word beside it."""

from __future__ import annotations

from search.engines.word_list import WordList
from search.plan import Concept, MatchKind, Wanted, Weights
from search.planning import Planner
from search.query.parser import parse

WEIGHTS = Weights()
STEMS = {
    "dijk": 9, "versterk": 4, "versterking": 8, "dijkversterking": 3, "oeverversterking": 1, "oever": 2, "evaluer": 1,
    "evaluatie": 7, "wet": 30, "wetsevaluatie": 2, "school": 9, "bezoek": 3,
    "norm": 5, "stel": 9, "vaststel": 12, "uitgeef": 2, "afschaf": 2, "schaft": 1, "vast": 4,
}  # fmt: skip
WORDS = WordList(dict.fromkeys(STEMS, 2), STEMS)


def _concepts(query: str) -> list[Concept]:
    plan = Planner(WORDS, WEIGHTS).plan(parse(query).node)
    assert isinstance(plan, Wanted)
    return [concept for concept in plan.concepts if isinstance(concept, Concept)]


def _found(concept: Concept) -> dict[str, tuple[MatchKind, float]]:
    """The stems with the way and the weight in which they count most."""
    forms = sorted(concept.forms, key=lambda form: form.weight)
    return {form.text: (form.match, round(form.weight, 2)) for form in forms if form.stem}


def test_a_verb_finds_the_compounds_of_its_noun_with_less_weight_than_the_noun() -> None:
    (verb,) = _concepts("versterkt")
    found = _found(verb)
    assert found["versterking"] == (MatchKind.STEM, WEIGHTS.derived)
    assert found["oeverversterking"] == (MatchKind.COMPOUND, round(WEIGHTS.derived * WEIGHTS.compound, 2))


def test_a_noun_does_not_find_the_compounds_of_another() -> None:
    (noun,) = _concepts("oever")
    assert "oeverversterking" not in _found(noun)


def test_a_learned_noun_is_a_related_word_and_told() -> None:
    (verb,) = _concepts("geëvalueerd")
    assert _found(verb)["evaluatie"] == (MatchKind.SYNONYM, WEIGHTS.synonym)
    assert verb.also == ("evaluatie",)


def test_a_verb_beside_a_noun_finds_what_both_make_together_for_both() -> None:
    for query in ("dijken versterkt", "versterkt dijken"):
        for concept in _concepts(query):
            assert _found(concept)["dijkversterking"] == (MatchKind.COMPOUND, WEIGHTS.derived), query
    assert "wetsevaluatie" in _found(_concepts("wet geëvalueerd")[0])


def test_two_words_that_are_not_side_by_side_make_nothing_together() -> None:
    first = _concepts("dijken school versterkt")[0]
    assert "dijkversterking" not in _found(first)


def test_a_verb_whose_particle_ends_the_query_finds_the_whole() -> None:
    verb, noun, particle = _concepts("stelt normen vast")
    assert "vaststel" in _found(verb)
    assert "vaststel" in _found(particle)
    assert "vaststel" not in _found(noun)
    assert "vaststel" not in _found(_concepts("stelt vast normen")[0])
    assert "vaststel" not in _found(_concepts("gesteld normen vast")[0])
    assert "uitgeef" in _found(_concepts("geeft normen uit")[0])
    assert "afschaf" in _found(_concepts("schaft normen af")[0])
