"""Folding: what is evened out, and what holds for every word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.folding import fold


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Financiën", "financien"),
        ("FINANCIËN", "financien"),
        ("financie\u0308n", "financien"),
        ("reëel", "reeel"),
        ("ĲSSEL", "ijssel"),
        ("œuvre", "oeuvre"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("foto’s", "foto's"),
        ("D`66", "d'66"),
        ("F\u201135", "f-35"),
        ("2019–2024", "2019-2024"),
        ("CO₂", "co2"),
        ("be\u00adlasting", "belasting"),
        ("\ufb01scaal", "fiscaal"),
        ("½", "1/2"),
    ],
)
def test_folded(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text())
def test_folding_again_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzàáâäçèéêëíîïñóôöúüœæ'-09"))
def test_case_plays_no_part(word: str) -> None:
    assert fold(word.upper()) == fold(word)
