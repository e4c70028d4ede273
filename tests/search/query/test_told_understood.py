"""Tree → a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.told import understood
from search.wording import Language

from .test_parser import PIECES, children_of


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "niets: de zoekvraag is leeg"),
        ("Cool:Gen", "documenten met het woord: Cool:Gen"),
        (
            "uitfaseren Cool:Gen -motie datum:2019..2024",
            "documenten met alle woorden: uitfaseren, Cool:Gen; van 2019 tot en met 2024; niet met: motie",
        ),
        ('"verouderde software"', "documenten met “verouderde software”"),
        ('"a b"~5', "documenten met “a b” binnen 5 woorden van elkaar"),
        ("a OF b", "documenten met minstens een van: a, b"),
        ("a OF b c", "documenten met minstens een van: a, b en c"),
        ("uitfas*", "documenten met woorden die beginnen met uitfas"),
        ("woord~", "documenten met woorden die lijken op woord"),
        ("in:voetnoot x", "documenten in een voetnoot: x"),
        ("titel:(a OF b)", "documenten in de titel: a of b"),
        ("minister:Rij dossier:26643 Estland", "documenten met het woord: Estland; van bewindspersoon Rij; uit dossier 26643"),
        ("kamer:EK soort:motie", "documenten van de Eerste Kamer; van de soort motie"),
        ("citeert:31066-12", "documenten die verwijzen naar 31 066, nr. 12"),
        ("31066-1412", "kamerstuk 31 066, nr. 1412 en de documenten die het noemen"),
        ("2024d25613", "nummer 2024D25613 van de Tweede Kamer en de documenten die het noemen"),
        ("2024Z10799 motie", "documenten met het woord: motie; nummer 2024Z10799 van de Tweede Kamer"),
        ("-motie", "alle documenten; niet met: motie"),
        ("a -datum:2024", "documenten met het woord: a; niet uit 2024"),
        ("a NIET (b c)", "documenten met het woord: a; niet b en c"),
    ],
)
def test_told(query: str, told: str) -> None:
    assert understood(parse(query).node) == told


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "nothing: the query is empty"),
        ("Cool:Gen", "papers with the word: Cool:Gen"),
        (
            "uitfaseren Cool:Gen -motie datum:2019..2024",
            "papers with all words: uitfaseren, Cool:Gen; from 2019 up to and including 2024; without: motie",
        ),
        ('"a b"~5', "papers with “a b” within 5 words of each other"),
        ("a OF b c", "papers with at least one of: a, b and c"),
        ("titel:(a OF b)", "papers in the title: a or b"),
        ("kamer:EK soort:motie minister:Rij", "papers of the Eerste Kamer; of kind motie; by minister Rij"),
        ("datum:juni 2024 citeert:31066-12", "papers of June 2024; that cite 31 066, nr. 12"),
        ("31066-1412", "paper 31 066, nr. 1412 and the papers that name it"),
        ("-motie", "all papers; without: motie"),
    ],
)
def test_told_in_english(query: str, told: str) -> None:
    assert understood(parse(query).node, Language.ENGLISH) == told


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_word_of_the_query_is_told(text: str) -> None:
    parsed = parse(text)
    todo, told = [parsed.node], understood(parsed.node)
    while todo:
        node = todo.pop()
        todo += children_of(node)
        if word := getattr(node, "text", ""):
            assert word in told
