"""How figures of several checkouts are told, without running any."""

from __future__ import annotations

from benchmarks.indexing import Taken, in_turn, rows


def test_none_always_comes_first() -> None:
    order: list[str] = []

    found = in_turn([lambda: order.append("a"), lambda: order.append("b")], 3)

    assert order == ["a", "b", "b", "a", "a", "b"]
    assert [len(one) for one in found] == [3, 3]


def test_what_takes_half_is_twice_as_fast_by_the_median_of_the_rounds() -> None:
    told = rows(("before", "after"), ([Taken(4, 10), Taken(8, 10), Taken(6, 12)], [Taken(2, 20), Taken(4, 10), Taken(4, 12)]))

    assert told["before"] == ["6.00 (4.00–8.00)", "10.00 (10.00–12.00)", "1.00 (1.00–1.00)", "1.00 (1.00–1.00)"]
    assert told["after"] == ["4.00 (2.00–4.00)", "12.00 (10.00–20.00)", "2.00 (1.50–2.00)", "1.00 (0.50–1.00)"]
