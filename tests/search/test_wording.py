"""Texts in both languages."""

from __future__ import annotations

import pytest

from search.wording import Language, Remark, Wording, papers


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [(0, "niets", "nothing"), (1, "1 stuk", "1 paper"), (2, "2 stukken", "2 papers"), (12345, "12.345 stukken", "12,345 papers")],
)
def test_counts_of_papers(count: int, dutch: str, english: str) -> None:
    assert (papers(count).told(Language.DUTCH), papers(count).told(Language.ENGLISH)) == (dutch, english)


def test_values_stand_in_the_text_in_its_language() -> None:
    remark = Remark(Wording("Zonder {}: {} van {}.", "Without {}: {} of {}."), ("“{x}”", papers(1), 4000))
    assert remark.told(Language.DUTCH) == "Zonder “{x}”: 1 stuk van 4.000."
    assert remark.told(Language.ENGLISH) == "Without “{x}”: 1 paper of 4,000."


def test_a_text_without_values_is_as_it_stands() -> None:
    assert Wording("{", "}").told(Language.ENGLISH) == "}"
