"""What is typed → what it could become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.advice import complete
from search.ports import Suggestion

_KNOWN = (
    Suggestion("dossier", "dossier:31066", "31066 Belastingdienst", 9),
    Suggestion("person", 'minister:"M.L.A. van Rij"', "M.L.A. van Rij", 5),
    Suggestion("term", "belasting", "belasting", 4),
    Suggestion("term", "belastingdienst", "belastingdienst", 3),
    Suggestion("term", "rijk", "rijk", 2),
    Suggestion("term", "cool:gen", "cool:gen", 2),
)
_STARTS = (("belastingdienst", "31066"), ("m.l.a. van rij", "van rij", "rij"), ("belasting",), ("belastingdienst",), ("rijk",),
           ("cool:gen",))  # fmt: skip


def suggest(prefix: str, limit: int) -> list[Suggestion]:
    """A few values, by the beginnings they are known by."""
    before, colon, value = prefix.lower().rpartition(":")
    field = before + colon if before in {"minister", "persoon", "dossier"} else ""
    start = value if field else prefix.lower()
    known = [s for s, starts in zip(_KNOWN, _STARTS, strict=True) if any(one.startswith(start) for one in starts)]
    found = [s for s in known if s.text.startswith(field)]
    return found[:limit] if len(start) > 1 else []


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("bel", ["dossier:31066", "belasting", "belastingdienst"]),
        ("van ri", ['minister:"M.L.A. van Rij"', 'van minister:"M.L.A. van Rij"', "van rijk"]),
        ("toeslag bel", ["toeslag dossier:31066", "toeslag belasting", "toeslag belastingdienst"]),
        ("toeslag -bel", ["toeslag -dossier:31066", "toeslag -belasting", "toeslag -belastingdienst"]),
        ("(toeslag OF bel", ["(toeslag OF dossier:31066", "(toeslag OF belasting", "(toeslag OF belastingdienst"]),
        ('"de bel', ['"de belasting', '"de belastingdienst']),
        ('"de wet" ri', ['"de wet" minister:"M.L.A. van Rij"', '"de wet" rijk']),
        ("minister:ri", ['minister:"M.L.A. van Rij"']),
        ("toeslag minister:van ri", ['toeslag minister:"M.L.A. van Rij"']),
        ('-(minister:"van ri', ['-(minister:"M.L.A. van Rij"']),
        ("minister:Rij bel", ["minister:Rij dossier:31066", "minister:Rij belasting", "minister:Rij belastingdienst"]),
        ("toeslag dossier:310", ["toeslag dossier:31066"]),
        ("titel:bel", ["titel:belasting", "titel:belastingdienst"]),
        ("cool:g", ["cool:gen"]),
        ("bel ", []),
        ("b", []),
        ("", []),
        ('"', []),
    ],
)
def test_the_last_word_is_completed_and_the_rest_stays(typed: str, texts: list[str]) -> None:
    assert [s.text for s in complete(typed, suggest, 8)] == texts


@given(st.text(st.sampled_from('ab:-() "rijelcog\u00a0«'), max_size=30), st.integers(0, 5))
def test_any_text_can_be_completed_and_each_completion_is_given_once(typed: str, limit: int) -> None:
    texts = [s.text for s in complete(typed, suggest, limit)]
    assert len(texts) <= limit
    assert len(set(texts)) == len(texts)


def test_a_long_last_word_is_none_and_costs_nothing() -> None:
    assert complete("-" * 20_000 + ")", suggest, 8) == []
    assert [s.text for s in complete("toeslag " * 500 + "cool:g", suggest, 8)] == ["toeslag " * 500 + "cool:gen"]
