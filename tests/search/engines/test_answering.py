"""Order and facets over arrays, where they differ by less than any paper would show."""

from __future__ import annotations

import numpy as np
import pytest

from search.engines.answering import best, top_values
from search.ports import FacetValue

IDENTIFIERS = np.array(["kst-1-1", "kst-1-2", "kst-1-3", "kst-1-4"])
DATES = np.array([10, 30, 20, 0])
DOCS = np.arange(4)


def _best(scores: list[float], count: int) -> list[int]:
    return [int(place) for place in best(IDENTIFIERS, DATES, DOCS, np.array(scores), count)]


@pytest.mark.parametrize(
    ("scores", "order"),
    [
        ([4.0, 3.0, 2.0, 1.0], [0, 1, 2, 3]),
        ([1.0, 1.0, 1.0, 1.0], [1, 2, 0, 3]),
        ([1.0, 1.0 - 1e-13, 1.0 + 1e-13, 2.0], [3, 1, 2, 0]),
    ],
    ids=["by score", "newest first", "noise is no difference"],
)
def test_every_cut_of_the_order_begins_the_same(scores: list[float], order: list[int]) -> None:
    for count in range(5):
        assert _best(scores, count) == order[:count]


def test_the_values_shown_are_the_most_frequent_and_the_chosen() -> None:
    values, labels, counts = ("a", "b", "c", "d"), ("A", "B", "C", "D"), [1, 3, 0, 1]

    assert top_values(values, labels, counts, set(), 2) == (FacetValue("b", "B", 3), FacetValue("a", "A", 1))
    assert top_values(values, labels, counts, {"d", "c", "x"}, 1) == (
        FacetValue("b", "B", 3),
        FacetValue("d", "D", 1),
        FacetValue("c", "C", 0),
        FacetValue("x", "x", 0),
    )
