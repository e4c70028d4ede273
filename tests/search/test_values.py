"""Conditions on the values of papers."""

from __future__ import annotations

import pytest

from search.plan import HasValue
from search.values import folded, matches_value


@pytest.mark.parametrize(
    ("value", "condition", "matches"),
    [
        ("Tweede Kamer", HasValue("chamber", equals="tweede KAMER"), True),
        ("Tweede Kamer", HasValue("chamber", equals="Tweede"), False),
        ("36410-XVI", HasValue("dossier_number", equals="36410-xvi"), True),
        ("Financiën en meer", HasValue("kind", equals="financien  en meer"), True),
        ("Financiën en meer", HasValue("kind", equals="financien enmeer"), False),
        ("M.L.A. van Rij", HasValue("minister", frozenset(("M.L.A. van Rij", "E. Wiebes"))), True),
        ("M.L.A. van Rij", HasValue("minister", frozenset(("m.l.a. van rij", "Rij"))), False),
        ("anything", HasValue("kind"), False),
        ("", HasValue("kind"), False),
    ],
)
def test_a_value_satisfies(value: str, condition: HasValue, matches: bool) -> None:
    assert matches_value(value, condition) is matches


@pytest.mark.parametrize(
    ("text", "expected"), [("Hülya VAN  Rij ", "hulya van rij"), ("", ""), (" \u00a0 ", ""), ("ĲSSEL\u00a0meer", "ijssel meer")]
)
def test_texts_of_several_words_fold_word_by_word(text: str, expected: str) -> None:
    assert folded(text) == expected
