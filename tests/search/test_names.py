"""Names taken apart, and how far a name goes in a query."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.model import PaperPerson, PersonRole
from search.names import Names, name_extent, name_words, plain_extent, spellings_of
from search.query.parser import parse
from search.query.told import printed, understood
from search.query.tree import MAX_LENGTH, And, Match, Node, Word

KNOWN = Names(("I. van Dijk", "I. van Dijk\tInge van Dijk", "J. Bosch van Drakestein", "Al", "M. Jansen-de Boer"))


def is_known(field: str, text: str) -> bool:
    return field == "person" and bool(KNOWN.meant(text))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("M.L.A. van Rij", "mla van rij"),
        ("M. L. A. van Rij", "mla van rij"),
        ("M.L.A van Rij", "mla van rij"),
        ("Th.C. de Graaf", "thc de graaf"),
        ("drs. W.R. (Wietske) Sieperda", "wr wietske sieperda"),
        ("YEŞİLGÖZ-ZEGERIUS", "yesilgoz zegerius"),
        ("A. in ’t Veld", "a in t veld"),
        ("Minister van Onderwijs, Cultuur en Wetenschap", "minister van onderwijs cultuur en wetenschap"),
        ("...", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_name(name: str, words: str) -> None:
    assert name_words(name) == tuple(words.split())


@pytest.mark.parametrize(
    ("person", "spellings"),
    [
        (PaperPerson("Inge van Dijk", PersonRole.CLERK, "Van Dijk", person="I. van Dijk"), ("I. van Dijk", "Inge van Dijk")),
        (PaperPerson("Dijck", PersonRole.CLERK, "DIJCK", person="J.P. Dijk"), ("J.P. Dijk", "Dijck")),
        (PaperPerson("", PersonRole.MINISTER, "", "Minister"), ()),
        (PaperPerson("Bikker", PersonRole.CLERK), ("Bikker",)),
    ],
)
def test_the_spellings_of_a_person(person: PaperPerson, spellings: tuple[str, ...]) -> None:
    assert spellings_of(person) == spellings


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Rij Estland", "Estland"),
        ("van Rij Estland", "Estland"),
        ("van der Plas toeslagen", "toeslagen"),
        ("P.A. Grinwis klimaat", "klimaat"),
        ("Inge van Dijk klimaat", "klimaat"),
        ("inge VAN dijk", ""),
        ("Inge van Rij", "van Rij"),
        ("Henk van Dijk zorg", "zorg"),
        ("Willem Drakestein zorg", "zorg"),
        ("Henk van Rij", "van Rij"),
        ("Bosch van Drakestein akkoord", "akkoord"),
        ("Jansen de wet", "de wet"),
        ("in ’t Veld zorg", "zorg"),
        ("Dijk EN zorg", "zorg"),
        ("van", ""),
    ],
)
def test_how_far_a_name_goes(typed: str, left: str) -> None:
    node = parse(f"persoon:{typed}", is_known).node
    parts = node.children if isinstance(node, And) else (node,)

    assert isinstance(parts[0], Match)
    assert " ".join(part.text for part in parts[1:] if isinstance(part, Word)) == left


def test_tussenvoegsels_alone_are_a_name_only_where_the_name_ends_with_them() -> None:
    assert KNOWN.meant("van") == KNOWN.meant("de") == KNOWN.meant("") == KNOWN.meant("...") == frozenset()
    assert KNOWN.meant("al") == {"Al"}


def test_how_a_name_was_understood() -> None:
    assert understood(parse("persoon:Inge van Dijk klimaat", is_known).node) == (
        "documenten met het woord: klimaat; ondertekend of ingediend door Inge van Dijk"
    )
    assert understood(parse("minister:van Rij Estland").node) == "documenten met het woord: Estland; van bewindspersoon van Rij"


_words = st.sampled_from(
    (*("van", "de", "’t", "Dijk", "Inge", "I.", "P.A.", "Bosch", "Drakestein", "Jansen-de", "Boer", "EN", "NIET", "OF", "voor"),
     *("persoon:", "minister:", "ambt:(", ")", '"', "-", "\\", ",", "titel:", "31 066", "x*", "kst-1-1"))
)  # fmt: skip


@given(st.lists(_words, max_size=12), st.booleans())
def test_any_query_with_names_is_read_and_reads_back(pieces: list[str], spaced: bool) -> None:
    typed = "persoon:" + (" " if spaced else "").join(pieces)
    node = parse(typed, is_known).node

    assert understood(node)
    assert _said(parse(printed(node), is_known).node) == _said(node)


def test_a_name_that_ends_before_a_known_one_reads_back() -> None:
    node = parse("persoon:Anna (Dijk)", is_known).node
    assert printed(node) == "persoon:(Anna) Dijk"
    assert parse(printed(node), is_known).node == node


def _said(node: Node) -> str:
    return understood(node)


@given(st.lists(st.text(max_size=8), max_size=14))
def test_a_name_takes_at_least_one_word_and_at_most_all(words: list[str]) -> None:
    for known in (True, False):
        assert min(len(words), 1) <= name_extent(words, lambda text, known=known: known) <= len(words)  # type: ignore[misc]
    assert plain_extent(words) <= len(words)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whoever_is_named_is_found_by_any_end_of_the_name(first: str, last: str) -> None:
    name = " ".join(f"{first} {last}".split())  # as readers give names
    names = Names((name,))

    assert names.meant(name, exactly=True) == {name}
    if words := name_words(name):
        assert names.meant(" ".join(words)) == {name}


def test_hostile_names_cost_little() -> None:
    started = time.process_time()
    for text in ("a." * 50_000, "- " * 50_000, "a. " * 50_000, "’" * 50_000, "(" * 50_000):
        name_words(text)
        KNOWN.meant(text)
    for text in ("persoon:" + "van " * 400, "persoon:a. " * 90, "persoon:" + "Inge van " * 110):
        parse(text[:MAX_LENGTH], is_known)
    assert time.process_time() - started < 5
