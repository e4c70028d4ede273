"""Order and facets over arrays, where they differ by less than any paper would show."""

from __future__ import annotations

import numpy as np
import pytest

from search.engines.whoosh.collector import best, top_values
from search.engines.whoosh.searching.postings import ValueColumn
from search.ports import FacetValue

IDENTIFIERS = np.array([b"kst-1-1", b"kst-1-2", b"kst-1-3", b"kst-1-4"])
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


@pytest.mark.parametrize("more", [-500, -1, 0, 1, 500, 5_000])
@pytest.mark.parametrize("scores", [1, 3, 1_500], ids="{} different scores".format)
def test_many_papers_are_all_put_in_order_when_as_many_or_more_are_asked_for(scores: int, more: int) -> None:
    docs = np.arange(1_500)
    identifiers, dates = np.array([b"kst-1-%d" % doc for doc in docs]), docs * 7 % 100
    given = (docs * 11 % scores).astype(np.float64)
    expected = sorted(docs.tolist(), key=lambda doc: (-given[doc], -dates[doc], identifiers[doc]))

    assert best(identifiers, dates, docs, given, len(docs) + more).tolist() == expected[: len(docs) + more]


def test_the_values_shown_are_the_most_frequent_and_the_chosen() -> None:
    nothing = np.empty(0, np.int64)
    column = ValueColumn(("b", "a", "c", "d"), ("B", "A", "C", "D"), np.array([1, 0, 2, 3]), nothing, nothing, nothing)
    counts = np.array([3, 1, 0, 1])

    assert top_values(column, counts, set(), 2) == (FacetValue("b", "B", 3), FacetValue("a", "A", 1))
    assert top_values(column, counts, {"d", "c", "x"}, 1) == (
        FacetValue("b", "B", 3),
        FacetValue("d", "D", 1),
        FacetValue("c", "C", 0),
        FacetValue("x", "x", 0),
    )
