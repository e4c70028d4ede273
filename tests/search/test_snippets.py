"""What is marked in a text, and which passages a hit shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryTooCostly
from indexer.paper.model import Dossier, Kamerstuk, PaperPerson, PersonRole
from search.budget import Allowance, Budget
from search.document import Place, document_of
from search.engines.memory import MemoryEngine
from search.engines.word_list import WordList
from search.plan import Both, Concept, Either, Form, MatchKind, Plan, Wanted, Weights
from search.planning import Planner
from search.ports import SearchRequest
from search.query.parser import parse
from search.query.tree import Node
from search.snippets import MAX_SNIPPETS, WIDTH, Highlighter, snippets_of
from tests.search.papers import paper
from tests.search.strategies import papers, queries, texts

WORDS = WordList(
    dict.fromkeys(("huur", "huurtoeslag", "toeslag", "belastingdienst", "uitfaseren", "uitfasering"), 1),
    dict.fromkeys(("huur", "huurtoeslag", "toeslag", "belastingdienst"), 1),
)


def _highlighter(query: str | Node) -> Highlighter:
    node = parse(query).node if isinstance(query, str) else query
    return Highlighter(Planner(WORDS, Weights()).plan(node))


def _marked(query: str, text: str, place: Place = Place.BODY) -> list[str]:
    marks, _ = _highlighter(query).marks(text, place)
    return [text[start:end] for start, end in marks]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("toeslag", "De Toeslagen, de toeslag en het toeslaan.", ["Toeslagen", "toeslag"]),
        ("toeslag", "De huurtoeslag en de zorgtoeslag.", ["huurtoeslag"]),
        ("huurtoeslag", "De toeslag.", []),
        ("financien", "van Financiën, FINANCIEN", ["Financiën", "FINANCIEN"]),
        ("cool:gen", "Cool:Gen, CoolGen, cool gen, cool", ["Cool:Gen", "CoolGen", "cool", "gen"]),
        ("gen", "Cool:Gen en gen", ["Cool:Gen", "gen"]),
        ("coolgen", "Cool:Gen stopt", ["Cool:Gen"]),
        ("belasting dienst", "De Belastingdienst en de dienst", ["Belastingdienst", "dienst"]),
        ("mvt", "de memorie van toelichting bij de memorie", ["memorie", "van", "toelichting"]),
        ('"de toeslag"', "De toeslag en de huur en de toeslagen", ["De", "toeslag"]),
        ('"de toeslag"', "de huur, toeslag", []),
        ('"toeslagen"', "toeslag en toeslagen", ["toeslagen"]),
        ('"huur toeslag"~3', "toeslag voor de huur en heel ver weg toeslag", ["toeslag", "huur"]),
        ('"huur toeslag"~3', "toeslag een twee drie vier huur", []),
        ('"huur huur"~5', "de huur", []),
        ('"cool:gen cool"~5', "Cool:Gen en verder niets", []),
        ("uitfas*", "uitfaseren van de uitfasering", ["uitfaseren", "uitfasering"]),
        ("toeslga~", "de toeslag", ["toeslag"]),
        ("toeslag NIET huur", "de toeslag en de huur", ["toeslag"]),
        ("NIET huur", "de huur", []),
        ("toeslag -(huur OF zorg)", "huur, zorg, toeslag", ["toeslag"]),
        ("toeslag OF huur", "de toeslag en de huur", ["toeslag", "huur"]),
        ("(toeslag OF huur) EN zorg", "huur zorg", ["huur", "zorg"]),
        ("soort:motie jaar:2020", "de motie van 2020", []),
        ("31066-7", "Zie 31 066, nr. 7 en nr. 8.", ["31 066, nr. 7"]),
        ("31066", "dossier 31 066 hier", ["31 066"]),
        ("gemeente", "de gemeente(n) samen", ["gemeente(n)"]),
        ("", "niets", []),
        ("...", "...", []),
    ],
)
def test_marks_are_what_matched_as_it_stands_in_the_text(query: str, text: str, marked: list[str]) -> None:
    assert _marked(query, text) == marked


def test_words_of_a_scope_are_marked_only_there() -> None:
    assert _marked("in:voetnoot huur", "de huur", Place.FOOTNOTE) == ["huur"]
    assert _marked("in:voetnoot huur", "de huur", Place.BODY) == []


def _letters_cut(text: str, start: int, end: int) -> bool:
    """Whether a mark begins or ends in the middle of a run of letters and digits."""
    return (start > 0 and text[start - 1 : start + 1].isalnum()) or (end < len(text) and text[end - 1 : end + 1].isalnum())


@given(query=queries, text=texts, place=st.sampled_from(Place))
@settings(max_examples=200)
def test_marks_are_whole_words_apart_and_in_order(query: Node, text: str, place: Place) -> None:
    marks, concepts = _highlighter(query).marks(text, place)

    assert bool(marks) == bool(concepts)
    last = 0
    for start, end in marks:
        assert last <= start < end <= len(text)
        assert text[start].isalnum() or text[start] in "'("
        assert not _letters_cut(text, start, end)
        last = end


@given(kamerstuk=papers(), query=queries)
@settings(max_examples=150)
def test_a_paper_is_marked_when_its_words_were_found(kamerstuk: Kamerstuk, query: Node) -> None:
    engine = MemoryEngine(Weights(enough=1))
    engine.replace([kamerstuk])
    engine.commit()
    result = engine.search(SearchRequest(query))
    highlighter = Highlighter(result.plan)
    document = document_of(kamerstuk)
    marked = any(highlighter.marks(passage.text, passage.place, every=True)[0] for passage in document.passages)

    match result.plan:
        case Concept():
            assert marked == bool(result.total)
        case Wanted(strict=None) if not _names_papers(result.plan):
            # With too little of what is asked for a paper is not found, but what it has would be marked.
            assert marked or not result.total
        case Either(children) | Both(children) if all(isinstance(child, Concept) for child in children):
            assert marked or not result.total


def _names_papers(plan: Plan) -> bool:
    """A paper is also found by its own identifier, which stands nowhere in its text."""
    return isinstance(plan, Wanted) and not all(isinstance(concept, Concept) for concept in plan.concepts)


@given(kamerstuk=papers(), query=queries)
@settings(max_examples=150)
def test_snippets_are_pieces_of_the_paper_with_the_same_marks(kamerstuk: Kamerstuk, query: Node) -> None:
    document = document_of(kamerstuk)
    highlighter = _highlighter(query)
    whole = {p.text: [p.text[a:b] for a, b in highlighter.marks(p.text, p.place, every=True)[0]] for p in document.passages}
    snippets = snippets_of(document, highlighter)

    assert len(snippets) <= MAX_SNIPPETS
    for snippet in snippets:
        plain = snippet.text.removeprefix("… ").removesuffix(" …")
        marked = [snippet.text[start:end] for start, end in snippet.marks]
        assert any(plain in text and set(marked) <= set(words) for text, words in whole.items())


def _long(before: int, after: int, core: str = "de toeslag hier") -> str:
    return " ".join([*(f"voor{i}" for i in range(before)), core, *(f"na{i}" for i in range(after))])


@pytest.mark.parametrize(("before", "after"), [(0, 100), (100, 0), (100, 100), (12, 100), (100, 12)])
def test_long_passages_are_cut_between_words_around_the_marks(before: int, after: int) -> None:
    text = _long(before, after)
    (snippet,) = snippets_of(document_of(paper("1-1", text)), _highlighter("toeslag"))
    shown = snippet.text.removeprefix("… ").removesuffix(" …")

    assert [snippet.text[start:end] for start, end in snippet.marks] == ["toeslag"]
    assert len(shown) <= WIDTH
    assert f" {shown} " in f" {text} "
    assert snippet.text.startswith("… ") == (before > 12)
    assert snippet.text.endswith(" …") == (after > 12)


def test_the_window_lies_where_most_marks_are() -> None:
    text = f"toeslag {_long(60, 60, 'toeslag toeslag toeslag')}"
    (snippet,) = snippets_of(document_of(paper("1-1", text)), _highlighter("toeslag"))

    assert len(snippet.marks) == 3


def test_text_without_spaces_is_cut_somewhere() -> None:
    text = f"toeslag {'-'.join(['x' * 30] * 40)}"
    (snippet,) = snippets_of(document_of(paper("1-1", text)), _highlighter("toeslag"))

    assert [snippet.text[start:end] for start, end in snippet.marks] == ["toeslag"]


def test_passages_with_more_of_the_query_are_shown_in_the_order_of_the_paper() -> None:
    passages = ("een huur", "alleen huur", "de toeslag en de huur", "nog een huur", "huur en toeslag")
    snippets = snippets_of(document_of(paper("1-1", *passages, title="Toeslag", notes=("huur",))), _highlighter("toeslag huur"))

    assert [snippet.text for snippet in snippets] == ["een huur", "de toeslag en de huur", "huur en toeslag"]
    assert [snippet.anchor for snippet in snippets] == ["p0", "p2", "p4"]


def test_footnotes_say_so_and_headings_stand_in() -> None:
    document = document_of(paper("1-1", "iets anders", heading="De huur", notes=("over de toeslag",)))

    assert [(s.text, s.heading, s.anchor) for s in snippets_of(document, _highlighter("toeslag"))] == [
        ("over de toeslag", "Voetnoot 1", "n1")
    ]
    assert [(s.text, s.heading, s.anchor) for s in snippets_of(document, _highlighter("huur"))] == [("De huur", "De huur", "s0")]


def test_the_opening_stands_in_where_nothing_is_marked() -> None:
    opening = "Dit is de eerste alinea van enige lengte, zodat zij iets zegt over het stuk."
    document = document_of(paper("1-1", "Geachte voorzitter,", opening, "toeslag"))

    for query in ("soort:motie", "NIET zorg"):
        assert [(s.text, s.marks) for s in snippets_of(document, _highlighter(query))] == [(opening, ())]
    assert snippets_of(document_of(paper("1-1", "kort")), _highlighter("huur")) == ()


@given(text=texts, query=queries)
@settings(max_examples=200)
def test_no_text_is_passed_over_that_holds_something(text: str, query: Node) -> None:
    """Where a number is wanted too, every text is taken apart; that must mark nothing more."""
    plan = Planner(WORDS, Weights()).plan(query)
    number = Concept("7777777", (Form("7777777", False, 1.0, MatchKind.EXACT),))

    assert Highlighter(plan).marks(text, every=True)[0] == Highlighter(Either((plan, number))).marks(text, every=True)[0]


_DICTUM = "verzoekt de regering de pinguïns te tellen"
_SIGNED = (PaperPerson("Inge van Dijk", PersonRole.FIRST_SUBMITTER, "Van Dijk"),)


@pytest.mark.parametrize("query", ["Dijk", "titelwoord", "dossierwoord", "persoon:Dijk", ""])
def test_where_no_text_says_why_a_paper_was_found_it_says_what_it_asks_for(query: str) -> None:
    document = document_of(
        paper(
            "1-1",
            "De Kamer, gehoord de beraadslaging, constaterende dat er veel pinguïns zijn en dat niemand weet hoeveel;",
            f"{_DICTUM}, en gaat over tot de orde van de dag.",
            "Van Dijk",
            title="Titelwoord",
            dossiers=(Dossier("90001", "", "Dossierwoord"),),
            people=_SIGNED,
        )
    )
    asking = replace(document, subtitle=f"{_DICTUM} …")

    [snippet] = snippets_of(asking, _highlighter(query))
    assert (snippet.text, snippet.marks, snippet.anchor) == (f"{_DICTUM} …", (), "p1")
    [opening] = snippets_of(document, _highlighter(query))
    assert (opening.text[:8], opening.marks) == ("De Kamer", ())
    [dictum] = snippets_of(replace(document, kind="Motie"), _highlighter(query))
    assert (dictum.text[: len(_DICTUM)], dictum.marks, dictum.anchor) == (_DICTUM, (), "p1")


def test_a_line_with_a_name_is_shown_by_no_engine() -> None:
    document = document_of(paper("1-1", "Van Dijk", *(["Wat Van Dijk zei."] * 2), people=_SIGNED))
    highlighter = _highlighter("Dijk")

    for passages in (None, highlighter.passages(document)):
        assert [snippet.text for snippet in snippets_of(document, highlighter, passages)] == ["Wat Van Dijk zei."] * 2


@pytest.mark.parametrize("query", ['"huur toeslag"', '"huur toeslag"~50'])
def test_time_that_runs_out_within_a_long_text_is_noticed(query: str) -> None:
    times = iter(range(10**9))
    budget = Budget(Allowance(seconds=7.5), lambda: float(next(times)))
    plan = Planner(WORDS, Weights()).plan(parse(query).node)
    Highlighter(plan, budget).marks("huur toeslag " * 10)

    with pytest.raises(QueryTooCostly):
        Highlighter(plan, budget).marks("huur toeslag " * 10_000)
