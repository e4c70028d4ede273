"""Text → tree: the golden table, hostile text, and what holds for every text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import TOO_LONG, TOO_MANY, parse
from search.query.told import understood
from search.query.tree import (
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_WORD,
    And,
    Node,
    Not,
    Nothing,
    Or,
    Paper,
    Phrase,
    Scoped,
    Word,
)
from search.query.words import MONEY
from search.wording import Language

from .notation import shown

TABLE = Path(__file__).with_name("queries.txt")


def cases() -> list[tuple[str, str]]:
    """Every query with the indented lines below it."""
    found: list[tuple[str, list[str]]] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][1].append(line[4:])
        elif line and not line.startswith("# "):
            found.append((line, []))
    return [(query, "\n".join(lines)) for query, lines in found]


@pytest.mark.parametrize(("query", "expected"), cases(), ids=[query for query, _ in cases()])
def test_golden(query: str, expected: str) -> None:
    parsed = parse(query)
    assert "\n".join([shown(parsed.node), *(f"! {remark.told(Language.DUTCH)}" for remark in parsed.remarks)]) == expected


def test_the_table_is_read() -> None:
    assert len(cases()) >= 150


@pytest.mark.parametrize("query", ["31\u00a0066 nr. 1412", "31\u202f066, nr.\u00a01412", " 31066-1412 ", "\t31 066, nr. 1412."])
def test_identifiers_with_any_space(query: str) -> None:
    assert shown(parse(query).node) == "(paper kst-31066-1412 = 31 066, nr. 1412)"


@pytest.mark.parametrize("query", ["ah-tk-20202021-3235", "AH-TK-20202021-3235.", "Aanhangsel Handelingen II 2020/21, nr. 3235"])
def test_answers_to_questions_are_papers_in_official_and_printed_form(query: str) -> None:
    assert shown(parse(query).node) == "(paper ah-tk-20202021-3235 = Aanhangsel Handelingen II 2020/21, nr. 3235)"


@pytest.mark.parametrize(
    ("query", "paper"), [("91066-a", "91066, A"), ("36410-xvi-2", "36 410 XVI, nr. 2"), ("33 569-a", "33 569, A")]
)
def test_an_identifier_in_lower_case(query: str, paper: str) -> None:
    assert parse(query).node == parse(paper).node
    assert isinstance(parse(query).node, Paper)


@pytest.mark.parametrize("query", ["", " ", "\n", "...", "?!", "()", '""', "- - -", "§ *", "\x00", "\ud800", "\u200b"])
def test_only_punctuation_asks_for_nothing(query: str) -> None:
    assert parse(query).node == Nothing()


@pytest.mark.parametrize("query", ["a\x00b", "a\ud800b", "a\x07b", "a\u0085b"])
def test_control_characters_separate(query: str) -> None:
    assert parse(query).node == And((Word("a"), Word("b")))


def test_decomposed_letters_are_composed() -> None:
    assert parse("financie\u0308n").node == Word("financiën")


def test_a_long_query_is_cut_and_told() -> None:
    parsed = parse("woord " * 400)
    assert TOO_LONG in parsed.remarks
    assert len(parsed.text) == MAX_LENGTH


def test_a_query_of_the_greatest_length_is_not_cut() -> None:
    assert TOO_LONG not in parse("a" * MAX_LENGTH).remarks


def test_too_many_words_are_left_out_and_told() -> None:
    parsed = parse("a " * (MAX_CLAUSES + 1))
    assert TOO_MANY in parsed.remarks
    assert leaves(parsed.node) == MAX_CLAUSES
    assert TOO_MANY not in parse("a " * MAX_CLAUSES).remarks


HOSTILE = {
    "letters": "x" * 20_000,
    "brackets": "(" * 400,
    "closing brackets": ")" * 400,
    "pairs of brackets": "()" * 400,
    "nested": "(" * 300 + "a" + ")" * 300,
    "tildes": "~" * 50,
    "quotes": '"' * 999,
    "quoted": '"a"' * 300,
    "minus": "-" * 900,
    "minus and brackets": "-(" * 400 + "a",
    "not": "NIET " * 200,
    "and": "EN " * 300,
    "or": "OF " * 300,
    "fields": "titel:" * 160,
    "fields and brackets": "titel:(" * 100 + "a",
    "values": "minister:a" * 90,
    "dates": "datum:1 " * 120,
    "citations": "31 066, nr. 12, " * 60,
    "dossiers": "31 066 " * 140,
    "stars": "a*" * 400,
    "surrogates": "\ud800" * 900,
    "marks": "\u0301" * 900,
    "escapes": "\\" * 900,
    "distances": "a w/5 " * 160,
    "labels": "stuk nr. " * 110 + "31066-1412",
    "pages": "31 066, nr. 12" + ", blz. 1" * 110,
    "addresses": "x.nl/kst-31066-12.html?a=b " * 37,
    "one address": "https://x.nl/" + "a/" * 480,
    "parameters": "x.nl/?" + "id=1&" * 190,
    "times": "sinds vorig jaar " * 58,
    "months": "van 1 mei 2024 tot " * 52,
    "bars": "a|" * 490,
    "unknown fields": "partij:a " * 110,
    "signs apart": "€ 5 " * 250,
    "slop": '"a b"~999999999999999999999',
    "endings": "a(b)" * 240,
    "spaces": " " * 900 + "a",
    "mixture": '(a OF -"b c"~3 EN in:kop titel:x* ~ \' ' * 25,
    "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE papers; --",
    "lucene": "+a -b [c TO d] {e} ^2 f:g h?i* /j/ \\k && l || m !n",
    "right to left": "\u202eabc\u202c",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_hostile_queries_are_answered_fast(query: str) -> None:
    began = time.process_time()
    parsed = parse(query)
    assert time.process_time() - began < 5
    within_bounds(parsed.node)
    assert understood(parsed.node)


@given(st.text())
def test_any_text(text: str) -> None:
    within_bounds(parse(text).node)


PIECES = st.sampled_from(
    [
        *"\"()-~*\\,.:?'’“”€%+/_&",
        *("EN", "OF", "NIET", "AND", "NOT", " ", " ", " ", "a", "huis", "Cool:Gen", "31 066", ", nr. 12", "kst-31066-12"),
        *("titel:", "in:kop ", "in:", "datum:", "jaar:", "2019", "..", "juni", "2023/24", "dossier:", "36410-XVI"),
        *("minister:", "citeert:", "kamer:", "tweede", "nr:", "soort:", "12", "345", "~5", "abc*", "(n)", "é"),
        *("|", "||", "&&", "!", " w/5 ", " NEAR ", "title:", "partij:", "soort=", "datum>", "§ ", "€", "^2", "#", "?", ".NET"),
        *("stuk nr. ", ", blz. 2", "dossier ", "https://x.nl/kst-31066-12.html", "kst-31066-12.pdf", "sinds ", "vorig jaar"),
        *("\u0301", "½", "\x00", "\ud800", "’s", "50%", "t/m", "(R2160)"),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_odd_query(text: str) -> None:
    within_bounds(parse(text).node)


def within_bounds(node: Node) -> None:
    assert leaves(node) <= MAX_CLAUSES
    assert depth(node) <= 4 * MAX_DEPTH
    check(node)


def check(node: Node) -> None:
    """What the contract of the tree says of its nodes."""
    match node:
        case And(children, explicit):
            assert len(children) >= 2
            assert not any(isinstance(child, And) and child.explicit == explicit for child in children)
        case Or(children):
            assert len(children) >= 2
            assert not any(isinstance(child, Or) for child in children)
        case Not(child):
            assert not isinstance(child, Not)
        case Word(text):
            assert 0 < len(text) <= MAX_WORD + 1
            assert any(map(str.isalnum, text)) or text in MONEY
        case Phrase(words):
            assert words
            assert all(any(map(str.isalnum, word)) for word in words)
    for child in children_of(node):
        assert not isinstance(child, Nothing)
        check(child)


def children_of(node: Node) -> tuple[Node, ...]:
    if isinstance(node, And | Or):
        return node.children
    return (node.child,) if isinstance(node, Not | Scoped) else ()


def leaves(node: Node) -> int:
    children = children_of(node)
    return sum(map(leaves, children)) if children else 1


def depth(node: Node) -> int:
    return 1 + max(map(depth, children_of(node)), default=0)
