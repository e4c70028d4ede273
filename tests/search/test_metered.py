"""Words that are looked up within a budget: time that runs out between many of them is noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.errors import QueryTooCostly
from search.budget import Allowance, Budget, Part
from search.engines.word_list import WordList
from search.metered import MeteredWords

MANY = [f"woord{i}" for i in range(50_000)]
LISTED = WordList(dict.fromkeys(MANY, 2), dict.fromkeys(MANY, 3))


def _ticking() -> Callable[[], float]:
    times = iter(range(10**9))
    return lambda: float(next(times))


@pytest.mark.parametrize("counting", [MeteredWords.counts, MeteredWords.stem_counts])
def test_many_words_are_counted_some_at_a_time(counting: Callable[[MeteredWords, list[str]], list[int]]) -> None:
    budget = Budget(Allowance(seconds=5.5), _ticking())
    with pytest.raises(QueryTooCostly):
        counting(MeteredWords(LISTED, budget), MANY)

    assert 0 < budget.spent[Part.FORMS] < len(MANY)


def test_the_counts_are_those_of_each_word() -> None:
    budget = Budget(Allowance())
    words = MeteredWords(LISTED, budget)

    assert words.counts([*MANY, "ander"]) == [*[2] * len(MANY), 0]
    assert words.stem_counts([*MANY, "ander"]) == [*[3] * len(MANY), 0]
    assert budget.spent[Part.FORMS] == 2 * (len(MANY) + 1)
