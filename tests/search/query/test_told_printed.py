"""Tree → text: it parses back to the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.told import printed
from search.query.tree import MAX_LENGTH

from .test_parser import HOSTILE, PIECES, cases

LONGER = {"values", "dates"}
"""Queries whose printed form is longer than a query may be."""


def check(query: str) -> None:
    node = parse(query).node
    text = printed(node)
    assert len(text) <= MAX_LENGTH
    assert parse(text).node == node


@pytest.mark.parametrize("query", [query for query, _ in cases()])
def test_the_table(query: str) -> None:
    check(query)


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - LONGER))
def test_hostile(name: str) -> None:
    check(HOSTILE[name])


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(PIECES, max_size=15).map("".join))
def test_any_odd_query(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("a AND b", "a EN b"),
        ("a -b", "a NIET b"),
        ("(a OR b) c", "(a OF b) c"),
        ("a b OF c", "a b OF c"),
        ('titel:"a  b"', 'titel:"a b"'),
        ("in: kop (a b)", "in:kop (a b)"),
        ("minister:(Rij OF Kaag)", "minister:Rij OF minister:Kaag"),
        ("dossier:26 643", "dossier:26643"),
        ("datum:1-1-2020..31-3-2020", "datum:2020-01..2020-03"),
        ("jaar:2024", "datum:2024"),
        ("31 066, nr. 1412", "kst-31066-1412"),
        ("2024d25613", "2024D25613"),
        ("Cool:Gen?", "Cool:Gen"),
        (",titel:x", "\\titel:x"),
        ("12, 345", "\\12 \\345"),
        ("...", ""),
    ],
)
def test_printed_as_typed_by_a_person(query: str, text: str) -> None:
    assert printed(parse(query).node) == text
