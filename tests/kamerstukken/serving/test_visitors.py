"""Who asks, and how much of it is too much."""

from __future__ import annotations

import pytest

from kamerstukken.serving.visitors import Rates, visitor_of


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.7 ,203.0.113.9 ", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("127.0.0.1", "[2001:db8:1:2::3]:4711", "2001:db8:1:2::/64"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, ", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("no address", "nor this", "no address"),
    ],
)
def test_the_visitor_is_the_last_hop_that_the_proxy_saw(peer: str, forwarded: str, visitor: str) -> None:
    assert visitor_of(peer, forwarded) == visitor


def test_a_bucket_lets_a_burst_through_and_then_what_flows_in() -> None:
    rates = Rates(rate=2, burst=3)

    assert [rates.wait("a", 10.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert rates.wait("b", 10.0) == 0
    assert rates.wait("a", 10.5) == 0
    assert rates.wait("a", 10.5) > 0
    assert [rates.wait("a", 1000.0) for _ in range(4)] == [0, 0, 0, 0.5]


def test_no_rate_is_no_limit() -> None:
    rates = Rates(rate=0, burst=1)

    assert not any(rates.wait("a", 10.0) for _ in range(100))


def test_visitors_are_remembered_in_bounded_memory_and_the_busy_ones_longest() -> None:
    rates = Rates(rate=1, burst=1, most=10)

    for number in range(100):
        rates.wait(f"passer-by {number}", 1.0)
        rates.wait("busy", 1.0)

    assert len(rates) == 10
    assert rates.wait("busy", 1.0) > 0
