"""Ways to find by words and by meaning, compared."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.relevance.fusions import by_ranks


def test_what_two_have_high_stands_above_what_one_has_first() -> None:
    def one(_query: str, _count: int) -> Sequence[str]:
        return ["a", "b", "c"]

    def other(_query: str, _count: int) -> Sequence[str]:
        return ["d", "b"]

    assert by_ranks(one, other)("kaas", 3) == ["b", "a", "d"]
