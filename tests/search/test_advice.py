"""Why there is nothing, and what may be asked in place of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.paper.model import Person
from search.advice import compounds_apart, explain_nothing, loose, quotations_apart, signs_apart
from search.engines.memory import MemoryEngine
from search.engines.word_list import WordList
from search.plan import Weights
from search.ports import SearchRequest, SearchResult
from search.query.parser import parse
from search.service import SearchService
from search.wording import Language
from tests.search.papers import paper


@pytest.fixture
def engine() -> MemoryEngine:
    """Papers on one subject each."""
    made = MemoryEngine(Weights())
    made.replace(
        [
            paper("1-1", "toeslag", kind="Motie", date="2020-01-01"),
            paper("1-2", "toeslag", kind="Brief", date="2021-01-01"),
            paper("1-3", "huur", kind="Verslag", date="2022-01-01"),
        ]
    )
    made.commit()
    return made


@pytest.mark.parametrize(
    ("query", "filters", "lines"),
    [
        ("toeslag EN huur", {}, ("Alleen “toeslag”: 2 stukken.", "Alleen “huur”: 1 stuk.")),
        (
            "toeslag EN toeslagen EN huur",
            {},
            (
                "Alleen “toeslag”: 2 stukken.",
                "Alleen “toeslagen”: 2 stukken.",
                "Alleen “huur”: 1 stuk.",
                "Zonder “huur”: 2 stukken.",
            ),
        ),
        ("toeslag EN nergens", {}, ("Alleen “toeslag”: 2 stukken.", "Alleen “nergens”: niets.")),
        (
            "toeslag EN soort:Motie EN nergens",
            {},
            (
                "Alleen “toeslag”: 2 stukken.",
                "Alleen soort:Motie: 1 stuk.",
                "Alleen “nergens”: niets.",
                "Zonder “nergens”: 1 stuk.",
            ),
        ),
        ('"toeslag huur"', {}, ("Alleen “toeslag”: 2 stukken.", "Alleen “huur”: 1 stuk.")),
        ("in:kop toeslag", {}, ("Alleen “toeslag”: 2 stukken.",)),
        ("huur dossier:31066", {}, ("Alleen “huur”: 1 stuk.", "Alleen dossier 31066: niets.")),
        ("toeslag", {"kind": ("Verslag",)}, ("Zonder het filter soort: 2 stukken.",)),
        (
            "toeslag",
            {"kind": ("Motie",), "year": ("2021",)},
            ("Zonder het filter soort: 1 stuk.", "Zonder het filter jaar: 1 stuk."),
        ),
        ("toeslag", {"kind": ("Verslag",), "year": ("2022",)}, ("Zonder filters: 2 stukken.",)),
        ("nergens", {"kind": ("Verslag",)}, ("“nergens” komt in geen enkel stuk voor.",)),
        ("99999-1", {}, ("99 999, nr. 1 is niet in dit archief, en geen stuk noemt het.",)),
        ("99999-XVI", {}, ("Van dossier 99999-XVI is geen stuk in dit archief.",)),
        ("2024D25613", {}, ("Onder nummer 2024D25613 van de Tweede Kamer is geen stuk bekend.",)),
        ("nergens", {}, ("“nergens” komt in geen enkel stuk voor.",)),
        ("waarom is er nergensa en nergensb", {}, ("Alleen “nergensa”: niets.", "Alleen “nergensb”: niets.")),
        ("", {}, ()),
    ],
)
def test_what_is_to_blame_is_told_with_counts(
    engine: MemoryEngine, query: str, filters: dict[str, tuple[str, ...]], lines: tuple[str, ...]
) -> None:
    parsed = parse(query)

    found = explain_nothing(parsed, SearchRequest(parsed.node, filters), engine)
    assert tuple(remark.told(Language.DUTCH) for remark in found) == lines


class _Plenty(MemoryEngine):
    """Finds 12,345 papers for anything."""

    def search(self, request: SearchRequest) -> SearchResult:
        return replace(super().search(request), total=12345)


def test_counts_are_written_as_the_language_does() -> None:
    parsed = parse("een EN twee")
    first, *_ = explain_nothing(parsed, SearchRequest(parsed.node), _Plenty(Weights()))

    assert first.told(Language.DUTCH) == "Alleen “een”: 12.345 stukken."
    assert first.told(Language.ENGLISH) == "Only “een”: 12,345 papers."


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("persoon:Bikkers", ("Geen persoon heet hier “Bikkers”; het meest lijken: M.H. Bikker.",)),
        (
            "persoon:Mirjam Bikker toeslag",
            (
                "Geen persoon heet hier “Mirjam Bikker”; het meest lijken: M.H. Bikker.",
                'Alleen persoon:"Mirjam Bikker": niets.',
                "Alleen “toeslag”: 1 stuk.",
            ),
        ),
        ("minister:Bikker", ("Geen bewindspersoon heet hier “Bikker”.",)),
        ("indiener:Xyz", ("Geen indiener heet hier “Xyz”.",)),
        ("ambt:finacien", ("Geen ambt heet hier “finacien”; het meest lijken: Minister van Financiën.",)),
        ("persoon:Bikker soort:verslag", ("Alleen persoon:Bikker: 1 stuk.", "Alleen soort:verslag: niets.")),
    ],
)
def test_a_name_that_nobody_has_is_never_taken_for_another(query: str, lines: tuple[str, ...]) -> None:
    engine = MemoryEngine(Weights())
    rij = (Person("M.L.A. van Rij", "Minister van Financiën"),)
    engine.replace([paper("1-1", "toeslag", submitters=("M.H. Bikker",)), paper("1-2", ministers=rij)])
    engine.commit()
    answer = SearchService(engine).answer(query)

    assert (answer.total, answer.suggestions, answer.explanation) == (0, (), lines)


@pytest.mark.parametrize("query", ["een twee drie vier vijf", '"een twee"', '"een twee" OF drie', '"een twee" drie'])
def test_short_queries_keep_their_phrases(query: str) -> None:
    assert loose(parse(query).node) == parse(query).node
    assert list(quotations_apart(parse(query))) == []


def test_the_phrases_of_a_sentence_can_fall_apart() -> None:
    sentence = "de motie over het uitfaseren van de verouderde systemen door het kabinet"
    apart = f"{sentence} zo snel mogelijk -huur"

    assert loose(parse(f'{sentence} "zo snel mogelijk" -huur').node) == parse(apart).node
    (instead,) = quotations_apart(parse(f'{sentence} "zo snel mogelijk" -huur'))
    assert (parse(instead.query).node, instead.unasked) == (parse(apart).node, True)


@pytest.mark.parametrize(("query", "apart"), [("zorghuur", "zorg huur"), ("wiskundetoeslag", "toeslag")])
def test_a_compound_that_no_paper_has_is_offered_by_its_parts(query: str, apart: str) -> None:
    known = WordList({"zorg": 3, "huur": 2, "toeslag": 4}, {"zorg": 3, "huur": 2, "toeslag": 4})

    (instead,) = compounds_apart(parse(query), known)

    assert (instead.query, instead.unasked) == (apart, False)


@pytest.mark.parametrize("query", ["zorg", "qwertyuiop", "zorghuur toeslag", '"zorghuur"'])
def test_nothing_else_is_offered_apart(query: str) -> None:
    known = WordList({"zorg": 3, "huur": 2, "toeslag": 4}, {"zorg": 3, "huur": 2, "toeslag": 4})

    assert list(compounds_apart(parse(query), known)) == []


@pytest.mark.parametrize(
    ("query", "apart"),
    [
        ("wolf/schaap", "wolf schaap"),
        ("wolf;schaap", "wolf schaap"),
        ("EU/NAVO", "EU NAVO"),
        ("wolf,schaap", "wolf schaap"),
        ("dijk wolf/schaap", "dijk wolf schaap"),
        ("q=wolf", "wolf"),
        ("<b>wolf</b>", "wolf"),
    ],
)
def test_words_that_signs_join_are_offered_apart(query: str, apart: str) -> None:
    (instead,) = signs_apart(parse(query))
    assert (instead.query, instead.unasked, parse(apart).node) == (apart, True, instead.node)


@pytest.mark.parametrize("query", ["wolf", "foto's", "2022/23", "kst/31066", "bel*dienst", "w?lf", '"wolf/schaap"', "en/of"])
def test_what_signs_belong_to_is_left_as_it_is(query: str) -> None:
    assert list(signs_apart(parse(query))) == []


@pytest.mark.parametrize(("query", "apart"), [("thuis-werken", "thuis werken"), ("zij-instromers", "zij instromers")])
def test_the_parts_of_a_word_with_hyphens_are_offered_and_not_shown_unasked(query: str, apart: str) -> None:
    (instead,) = signs_apart(parse(query))
    assert (instead.query, instead.unasked) == (apart, False)


@pytest.mark.parametrize("word", ["apartheid", "leerlingschap"])
def test_an_ending_is_no_part_of_a_compound(word: str) -> None:
    known = WordList(
        dict.fromkeys(("apart", "leerling", "heid", "schap"), 3), dict.fromkeys(("apart", "leerling", "heid", "schap"), 3)
    )
    assert list(compounds_apart(parse(word), known)) == []
