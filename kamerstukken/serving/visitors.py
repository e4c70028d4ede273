"""Who is asking, and whether they ask too much: a bucket of tokens for each visitor, in bounded memory.

``limits`` and the like count by windows and keep every visitor until a thread of theirs tidies up; this is a bucket and a bound.
"""

from __future__ import annotations

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network

_MOST_VISITORS = 20_000
"""That are remembered; beyond it those go that have not asked for longest, which are those whose bucket is fullest."""


def visitor_of(peer: str, forwarded: str = "") -> str:
    """The visitor at the other end: the peer's address, or what the declared proxy says of whom it asks for.

    Of ``forwarded`` (X-Forwarded-For) only the last address counts: the proxy wrote that one, the others were sent to it. An IPv6
    address stands for its /64, since whoever has one has all of them.

    >>> visitor_of("127.0.0.1", "198.51.100.7, 203.0.113.9"), visitor_of("2001:db8::1"), visitor_of("::ffff:192.0.2.1")
    ('203.0.113.9', '2001:db8::/64', '192.0.2.1')
    """
    for given in (forwarded.rpartition(",")[2], peer):
        text = given.strip()
        if text.startswith("["):
            text = text[1:].partition("]")[0]
        elif text.count(":") == 1:
            text = text.partition(":")[0]
        try:
            address = ip_address(text.partition("%")[0])
        except ValueError:
            continue
        if not isinstance(address, IPv6Address):
            return str(address)
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return peer


class Rates:
    """A bucket for each visitor: ``burst`` tokens when full, ``rate`` a second flow in, and each request takes one."""

    def __init__(self, rate: float, burst: int, most: int = _MOST_VISITORS) -> None:
        self._rate = rate
        self._burst = burst
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """How many visitors are remembered."""
        return len(self._buckets)

    def wait(self, visitor: str, now: float) -> float:
        """Take a token; 0 when there was one, else the seconds until there is one."""
        if not self._rate:
            return 0.0
        tokens, since = self._buckets.pop(visitor, (float(self._burst), now))
        tokens = min(float(self._burst), tokens + (now - since) * self._rate)
        missing = max(0.0, 1.0 - tokens)
        self._buckets[visitor] = (tokens if missing else tokens - 1.0, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return missing / self._rate
