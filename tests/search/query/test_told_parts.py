"""What a paper must say, and what it must be."""

from __future__ import annotations

import pytest

from search.query.parser import parse
from search.query.told import EVERYTHING, conditions, is_condition


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("toeslag", ""),
        ("toeslag huur", ""),
        ('"de toeslag" soort:motie', "soort:motie"),
        ("toeslag soort:motie datum:2019..2024 NIET kamer:eerste", "soort:motie EN datum:2019..2024 EN NIET kamer:eerste"),
        ("toeslag -huur", ""),
        ("toeslag EN (soort:motie OF soort:brief)", "soort:motie OF soort:brief"),
        ("toeslag OF soort:motie", ""),
        ("(toeslag OF soort:motie) jaar:2020", "jaar:2020"),
        ("in:voetnoot toeslag citeert:kst-1-1", "citeert:kst-1-1"),
        ("soort:motie", "soort:motie"),
        ("31066-7", ""),
    ],
)
def test_conditions_are_the_query_without_its_words(query: str, rest: str) -> None:
    assert conditions(parse(query).node) == (parse(rest).node if rest else EVERYTHING)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("soort:motie jaar:2020", True), ("NIET soort:motie", True), ("toeslag soort:motie", False), ("", False)],
)
def test_a_query_of_properties_only(query: str, expected: bool) -> None:
    assert is_condition(parse(query).node) is expected
