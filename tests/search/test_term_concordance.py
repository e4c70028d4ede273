"""Lines of a concordance: pieces of the papers, as many as there are occurrences, in total and stable orders."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.paper.model import Kamerstuk
from search.document import Place, document_of
from search.engines.word_list import WordList
from search.plan import TEXT_PLACES, Weights
from search.planning import planner
from search.query.parser import parse
from search.query.tree import Node
from search.snippets import Highlighter
from search.term import CONTEXT, SENTENCE, Line, LineOrder, in_order, left_words, lines_of, neighbour, quotation, right_words
from tests.search.papers import paper
from tests.search.strategies import papers, queries


def _highlighter(query: str | Node) -> Highlighter:
    node = parse(query).node if isinstance(query, str) else query
    return Highlighter(planner(WordList({}, {}), Weights(), verbatim=True).plan(node))


def _lines(query: str, *papers: Kamerstuk) -> list[Line]:
    highlighter = _highlighter(query)
    return [line for kamerstuk in papers for line in lines_of(document_of(kamerstuk), highlighter)]


def _shown(lines: list[Line]) -> list[str]:
    return [f"{line.left}[{line.keyword}]{line.right}" for line in lines]


@given(kamerstuk=papers(), query=queries)
@settings(max_examples=200)
def test_lines_are_pieces_of_the_passages_and_as_many_as_there_are_occurrences(kamerstuk: Kamerstuk, query: Node) -> None:
    document, highlighter = document_of(kamerstuk), _highlighter(query)
    lines = list(lines_of(document, highlighter))
    said = [passage for passage in document.passages if passage.place in TEXT_PLACES]

    assert len(lines) == sum(len(highlighter.keywords(passage.text, passage.place)) for passage in said)
    texts = [" ".join(passage.text.split()) for passage in said]
    for line in lines:
        assert line.keyword
        assert any(line.left + line.keyword + line.right in text for text in texts)
        assert len(line.left) <= CONTEXT
        assert len(line.right) <= CONTEXT


@given(kamerstuk=papers(), query=queries)
@settings(max_examples=100)
def test_every_mark_lies_in_a_keyword(kamerstuk: Kamerstuk, query: Node) -> None:
    highlighter = _highlighter(query)
    for passage in document_of(kamerstuk).passages:
        marks, _ = highlighter.marks(passage.text, passage.place)
        keywords = highlighter.keywords(passage.text, passage.place)
        assert all(any(start <= a and b <= end for start, end in keywords) for a, b in marks)
        assert all(any(start <= a and b <= end for a, b in marks) for start, end in keywords)


@given(st.lists(papers(), max_size=4), st.sampled_from(LineOrder), st.randoms())
@settings(max_examples=100)
def test_orders_are_total_and_stable(collection: list[Kamerstuk], order: LineOrder, random: object) -> None:
    highlighter = _highlighter("toeslag OF huur OF de OF Cool:Gen")
    unlike = {str(kamerstuk.identifier): kamerstuk for kamerstuk in collection}.values()
    by_paper = [list(lines_of(document_of(kamerstuk), highlighter)) for kamerstuk in unlike]
    expected = in_order([line for lines in by_paper for line in lines], order)

    # However the papers come in, the lines come out the same; and sorting again changes nothing.
    random.shuffle(by_paper)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    shuffled = in_order([line for lines in by_paper for line in lines], order)
    assert sorted(map(id, shuffled)) == sorted(map(id, expected))
    assert [id(line) for line in shuffled] == [id(line) for line in expected]
    assert in_order(shuffled, order) == shuffled


def test_a_word_of_parts_and_a_phrase_are_one_keyword_and_several_occurrences_several_lines() -> None:
    text = "Het einde van  Cool:Gen\nis het einde van het begin."

    assert _shown(_lines("Cool:Gen", paper("1-1", text))) == ["Het einde van [Cool:Gen] is het einde van het begin."]
    assert _shown(_lines('"einde van"', paper("1-1", text))) == [
        "Het [einde van] Cool:Gen is het einde van het begin.",
        "Het einde van Cool:Gen is het [einde van] het begin.",
    ]
    assert _shown(_lines("einde begin", paper("1-1", text))) == [
        "Het [einde] van Cool:Gen is het einde van het begin.",
        "Het einde van Cool:Gen is het [einde] van het begin.",
        "Het einde van Cool:Gen is het einde van het [begin].",
    ]


def test_words_that_may_stand_apart_are_one_keyword_from_the_first_to_the_last() -> None:
    assert _shown(_lines('"huur toeslag"~3', paper("1-1", "de toeslag op de huur en de zorg"))) == [
        "de [toeslag op de huur] en de zorg"
    ]


def test_a_chain_of_words_without_end_is_no_keyword() -> None:
    text = " ".join(["huur toeslag"] * 200)

    assert max(len(line.keyword) for line in _lines('"huur toeslag"~3', paper("1-1", text))) <= 1_000


def test_every_part_that_a_paper_says_counts_and_its_names_do_not() -> None:
    kamerstuk = paper(
        "1-1", "huur", title="huur", heading="huur", notes=("huur",), annex="huur", kind="huur", submitters=("huur",)
    )
    lines = _lines("huur", kamerstuk)

    assert [(line.heading, line.anchor) for line in lines] == [
        ("", ""),
        ("huur", "s0"),
        ("huur", "p0"),
        ("", "b0"),
        ("Voetnoot 1", "n1"),
    ]


def test_long_contexts_are_cut_between_words_and_say_so() -> None:
    before, after = (" ".join(f"woord{i}" for i in range(60)) for _ in range(2))
    (line,) = _lines("toeslag", paper("1-1", f"{before} toeslag {after}"))

    assert (line.begun, line.broken) == (True, True)
    assert f" {line.left}toeslag{line.right} " in f" {before} toeslag {after} "
    assert CONTEXT - 10 < len(line.left) <= CONTEXT
    (short,) = _lines("toeslag", paper("1-1", "de toeslag hier"))
    assert (short.begun, short.broken) == (False, False)


def test_text_without_spaces_is_cut_somewhere() -> None:
    (line,) = _lines("toeslag", paper("1-1", f"{'x' * 300}. toeslag.{'y' * 300}"))

    assert (len(line.left), len(line.right)) == (CONTEXT, CONTEXT)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (LineOrder.NEWEST, ["de toeslag.", "Toeslag", "én de toeslag", "een toeslag later", "op de toeslag"]),
        (LineOrder.OLDEST, ["een toeslag later", "én de toeslag", "de toeslag.", "Toeslag", "op de toeslag"]),
        # … de < én de < op de < een; nothing before it comes last
        (LineOrder.LEFT, ["de toeslag.", "én de toeslag", "op de toeslag", "een toeslag later", "Toeslag"]),
        (LineOrder.RIGHT, ["een toeslag later", "de toeslag.", "Toeslag", "én de toeslag", "op de toeslag"]),
    ],
)
def test_the_orders(order: LineOrder, expected: list[str]) -> None:
    lines = _lines(
        "toeslag",
        paper("1-4", "op de toeslag"),
        paper("1-2", "én de toeslag", date="2020-01-01"),
        paper("1-1", "een toeslag later", date="2019-01-01"),
        paper("1-3", "de toeslag.", "Toeslag", date="2021-01-01"),
    )

    assert [line.left + line.keyword + line.right for line in in_order(lines, order)] == expected


def test_neighbours_are_compared_word_by_word_without_case_signs_and_diacritics() -> None:
    (line,) = _lines("toeslag", paper("1-1", "Één, (de) «Nieuwe» toeslag: Éérst 'foto’s'"))

    assert left_words(line) == ("nieuwe", "de", "een")
    assert right_words(line) == ("eerst", "foto's")
    left, right = neighbour(line, LineOrder.LEFT), neighbour(line, LineOrder.RIGHT)
    assert left is not None
    assert right is not None
    assert (line.left[slice(*left)], line.right[slice(*right)]) == ("Nieuwe", "Éérst")
    assert neighbour(line, LineOrder.NEWEST) is None
    assert neighbour(_lines("toeslag", paper("1-1", "toeslag"))[0], LineOrder.LEFT) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Eerst dit. Dan de toeslag (zie nr. 7 en art. 3). Daarna niets.", "Dan de toeslag (zie nr. 7 en art. 3)."),
        ("Eerst dit.\nDan de toeslag\nen meer", "Dan de toeslag"),
        ("«Is dat zo?» De toeslag! «Ja.»", "De toeslag!"),
        ("de toeslag", "de toeslag"),
    ],
)
def test_a_quotation_is_the_sentence_with_the_words_marked(text: str, sentence: str) -> None:
    found = quotation(document_of(paper("1-1", text)), _highlighter("toeslag"))

    assert found is not None
    assert found.text == sentence
    assert [found.text[start:end] for start, end in found.marks] == ["toeslag"]


def test_long_sentences_are_cut_and_the_text_goes_before_the_title() -> None:
    long = " ".join(["woord"] * 200)
    document = document_of(paper("1-1", f"{long} toeslag {long}", title="De toeslag"))
    found = quotation(document, _highlighter("toeslag"))

    assert found is not None
    assert found.text.startswith("… woord")
    assert found.text.endswith("woord …")
    assert len(found.text) <= SENTENCE + 4
    assert [found.text[start:end] for start, end in found.marks] == ["toeslag"]
    titled = quotation(document_of(paper("1-1", "niets", title="De toeslag")), _highlighter("toeslag"))
    assert titled is not None
    assert titled.text == "De toeslag"
    assert quotation(document_of(paper("1-1", "niets")), _highlighter("toeslag")) is None


def test_only_the_passages_that_are_known_to_say_it_are_looked_through() -> None:
    document = document_of(paper("1-1", "de toeslag", "de toeslag"))
    second = [i for i, passage in enumerate(document.passages) if passage.place is Place.BODY][1]

    assert [line.anchor for line in lines_of(document, _highlighter("toeslag"), [second])] == ["p1"]


def test_lines_do_not_hold_the_papers() -> None:
    assert _lines("toeslag", paper("1-1", "de toeslag"))[0].document.passages == ()
