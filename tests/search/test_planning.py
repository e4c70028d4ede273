"""What words stand for in a collection."""

from __future__ import annotations

import pytest
from hypothesis import given

from search.analysis.chain import stem
from search.document import Place
from search.engines.word_list import WordList
from search.plan import (
    Both,
    Citing,
    Concept,
    Either,
    Empty,
    Form,
    HasValue,
    MatchKind,
    Named,
    Plan,
    Sequence,
    Wanted,
    Weights,
    Without,
    concepts_of,
)
from search.planning import Planner
from search.query.parser import parse
from search.query.tree import MAX_EXPANSIONS, Node
from tests.search.strategies import queries

WEIGHTS = Weights(exact=0.3, stem=1.0, compound=0.35, synonym=0.25)
STEMS = {
    "toeslag": 9,
    "huurtoeslag": 3,
    "zorgtoeslag": 5,
    "kinderopvangtoeslag": 5,
    "xtoeslag": 7,
    "pqrtoeslag": 7,
    "huur": 1,
    "zorg": 1,
}
WORDS = WordList(
    {"toeslag": 5, "toeslagen": 9, "toeslaan": 1, "belastingdienst": 4, "kinderopvang": 1, "huur": 1, "zorg": 1}
    | dict.fromkeys(("huurtoeslag", "zorgtoeslagen", "kinderopvangtoeslag", "xtoeslag", "pqrtoeslag"), 1),
    STEMS,
    {"kind": dict.fromkeys(("Brief", "Motie", "Gewijzigde moties"), 1)},
)


def _plan(query: str | Node, words: WordList = WORDS) -> Plan:
    return Planner(words, WEIGHTS).plan(parse(query).node if isinstance(query, str) else query)


def _concepts(query: str, words: WordList = WORDS) -> list[Concept]:
    plan = _plan(query, words)
    assert isinstance(plan, Wanted)
    return [concept for concept in plan.concepts if isinstance(concept, Concept)]


def _forms(concept: Concept, kind: MatchKind) -> list[tuple[str, bool, float]]:
    return [(form.text, form.stem, form.weight) for form in concept.forms if form.match is kind]


def test_a_word_is_its_exact_form_its_stem_and_its_compounds() -> None:
    (concept,) = _concepts("Toeslagen")

    assert concept.label == "Toeslagen"
    assert _forms(concept, MatchKind.EXACT) == [("toeslagen", False, 0.3)]
    assert _forms(concept, MatchKind.STEM) == [("toeslag", True, 1.0)]
    assert _forms(concept, MatchKind.COMPOUND) == [(s, True, 0.35) for s in ("kinderopvangtoeslag", "zorgtoeslag", "huurtoeslag")]


def test_short_heads_have_no_compounds() -> None:
    (concept,) = _concepts("zorg", WordList({"jeugd": 1, "jeugdzorg": 1}, {"zorg": 1, "jeugdzorg": 1, "jeugd": 1}))

    assert _forms(concept, MatchKind.COMPOUND) == []


@pytest.mark.parametrize(("word", "derived"), [("antwoord", "verantwoord"), ("stand", "toestand"), ("handelen", "onderhandelen")])
def test_what_a_prefix_makes_of_a_word_is_no_compound(word: str, derived: str) -> None:
    words = dict.fromkeys((word, derived, "ver", "toe", "onder"), 1)
    (concept,) = _concepts(word, WordList(words, {stem(each): 1 for each in words}))

    assert _forms(concept, MatchKind.COMPOUND) == []


def test_a_compound_is_known_by_its_printed_form_also_where_stemming_cuts_it_shorter() -> None:
    words = dict.fromkeys(("heffing", "inkomen", "inkomensheffing"), 1)
    (concept,) = _concepts("heffing", WordList(words, {stem(each): 1 for each in words}))

    assert [text for text, _, _ in _forms(concept, MatchKind.COMPOUND)] == [stem("inkomensheffing")]


@pytest.mark.parametrize("link", ["", "s", "e", "en", "n", "er", "eren"])
def test_what_links_the_parts_of_a_compound_is_no_part_of_a_word(link: str) -> None:
    compound = f"staat{link}toeslag"
    (concept,) = _concepts("toeslag", WordList({"staat": 1, compound: 1}, {"toeslag": 1, compound: 1}))

    assert len(_forms(concept, MatchKind.COMPOUND)) == 1


def test_the_most_frequent_compounds_are_taken() -> None:
    numbered = [f"huur{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(60)]
    stems = {f"{first}toeslag": 100 + i for i, first in enumerate(numbered)} | dict.fromkeys(numbered, 1)
    (concept,) = _concepts("toeslag", WordList(dict.fromkeys((*numbered, *stems), 1), stems))

    assert [text for text, _, _ in _forms(concept, MatchKind.COMPOUND)] == [
        f"{first}toeslag" for first in reversed(numbered[20:])
    ]


def test_a_term_is_looked_for_whole_joined_and_in_parts() -> None:
    (concept,) = _concepts("Cool:Gen")

    assert _forms(concept, MatchKind.EXACT) == [("cool:gen", False, 0.3), ("coolgen", False, 0.3)]
    assert concept.sequences == (Sequence(((stem("cool"), 0, True), (stem("gen"), 1, True)), 1.0, MatchKind.STEM),)


def test_a_part_with_two_forms_is_looked_for_in_either() -> None:
    (concept,) = _concepts("foto's-archief")

    assert {sequence.words for sequence in concept.sequences} == {
        (("foto", 0, True), ("archief", 1, True)),
        (("fotos", 0, True), ("archief", 1, True)),
    }


def test_adjacent_words_are_also_looked_for_as_one() -> None:
    belasting, dienst = _concepts("belasting dienst")

    assert ("belastingdienst", False, WEIGHTS.joined) in _forms(belasting, MatchKind.COMPOUND)
    assert ("belastingdienst", False, WEIGHTS.joined) in _forms(dienst, MatchKind.COMPOUND)
    assert _forms(_concepts("dienst belasting")[0], MatchKind.COMPOUND) == []


@pytest.mark.parametrize(
    ("query", "expression"),
    [("mvt", "memorie van toelichting"), ("TK", "tweede kamer")],
)
def test_abbreviations_stand_for_expressions(query: str, expression: str) -> None:
    (concept,) = _concepts(query)

    words = tuple((stem(word), offset, True) for offset, word in enumerate(expression.split()))
    assert Sequence(words, 0.25, MatchKind.SYNONYM) in concept.sequences


@pytest.mark.parametrize("query", ["tweede kamer", "memorie van toelichting", "nota naar aanleiding van het verslag"])
def test_expressions_stand_for_abbreviations(query: str) -> None:
    assert all(_forms(concept, MatchKind.SYNONYM) for concept in _concepts(query))


def test_a_phrase_is_exact_forms_at_their_offsets() -> None:
    assert _plan('"de Cool:Gen migratie"') == Concept(
        "de Cool:Gen migratie",
        (),
        (Sequence((("de", 0, False), ("cool:gen", 1, False), ("migratie", 3, False)), 1.3, MatchKind.EXACT),),
    )
    assert _plan('"toeslag"') == Concept("toeslag", (Form("toeslag", False, 1.3, MatchKind.EXACT),))


def test_a_slop_is_wide_enough_for_the_phrase_itself() -> None:
    def slop(query: str) -> int:
        plan = _plan(query)
        assert isinstance(plan, Concept)
        return plan.sequences[0].slop

    assert [slop('"a b c d"'), slop('"a b c d"~1'), slop('"a b c d"~9'), slop('"a Cool:Gen b"~1')] == [0, 3, 9, 3]


def test_prefixes_and_misspelt_words_become_the_words_of_the_collection() -> None:
    assert _plan("toesl*") == Concept(
        "toesl*", tuple(Form(word, False, 1.0, MatchKind.STEM) for word in ("toeslagen", "toeslag", "toeslaan"))
    )
    assert _plan("toeslga~") == Concept(
        "toeslga~", (Form("toeslga", False, 1.3, MatchKind.EXACT), Form("toeslag", False, 1.0, MatchKind.STEM))
    )


def test_expansions_are_bounded_and_the_most_frequent_words() -> None:
    many = {f"woord{i:04}": i for i in range(3 * MAX_EXPANSIONS)}
    plan = _plan("woord*", WordList(many, {}))

    assert isinstance(plan, Concept)
    assert [form.text for form in plan.forms] == sorted(many, key=lambda word: -many[word])[:MAX_EXPANSIONS]
    assert plan.cut


def test_words_are_wanted_and_the_rest_is_strict() -> None:
    plan = _plan("huur zorg soort:motie -wet")

    assert isinstance(plan, Wanted)
    assert [concept.label for concept in plan.concepts if isinstance(concept, Concept)] == ["huur", "zorg"]
    assert isinstance(plan.strict, Both)
    assert plan.strict.children[0] == HasValue("kind", frozenset(("Motie", "Gewijzigde moties")))
    assert isinstance(plan.strict.children[1], Without)


@pytest.mark.parametrize(
    ("query", "node"), [("huur EN zorg", Both), ("huur OF zorg", Either), ("NIET huur", Without), ("", Empty)]
)
def test_what_is_typed_as_an_operator_is_strict(query: str, node: type) -> None:
    assert isinstance(_plan(query), node)


def test_a_scope_holds_for_all_within() -> None:
    plan = _plan("in:voetnoot (huur zorg)")

    assert isinstance(plan, Wanted)
    assert {concept.places for concept in plan.concepts if isinstance(concept, Concept)} == {(Place.FOOTNOTE,)}


def test_a_paper_is_itself_those_that_cite_it_and_those_that_name_it() -> None:
    plan = _plan("31066-7")

    assert isinstance(plan, Either)
    assert plan.children[:2] == (Named("kst-31066-7", WEIGHTS.named), Citing("kst-31066-7"))


def test_the_concepts_of_a_plan() -> None:
    plan = _plan('huur "de wet" (toes* OF zorg) NIET (uit NIET in)')

    assert [concept.label for concept in concepts_of(plan)] == ["huur", "de wet", "toes*", "zorg", "uit", "in"]
    assert [concept.label for concept in concepts_of(plan, excluded=False)] == ["huur", "de wet", "toes*", "zorg"]


@given(queries)
def test_every_query_has_a_plan_and_always_the_same(query: Node) -> None:
    assert _plan(query) == _plan(query)


def test_what_is_excluded_is_not_found_through_what_it_resembles() -> None:
    """Else the papers with "huurtoeslag" would be left."""
    plan = _plan("toeslagen NIET toeslag")

    assert isinstance(plan, Wanted)
    assert [form.match for concept in concepts_of(plan) for form in concept.forms if form.match is MatchKind.COMPOUND] == []


def test_every_form_of_a_word_has_the_same_compounds() -> None:
    singular, plural = (_forms(_concepts(word)[0], MatchKind.COMPOUND) for word in ("toeslag", "toeslagen"))

    assert singular == plural != []


def test_the_parts_of_a_word_that_no_paper_has_are_welcome() -> None:
    plan = _plan("zorghuur belastingdienst")

    assert isinstance(plan, Wanted)
    assert [one.label for one in plan.welcome if isinstance(one, Concept)] == ["zorg", "huur"]
    assert len(plan.concepts) == 2
    known = _plan("huurtoeslag belastingdienst")
    assert isinstance(known, Wanted)
    assert not known.welcome
