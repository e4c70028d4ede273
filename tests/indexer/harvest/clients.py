"""Clients of a source for tests, whose time does not pass by itself."""

from __future__ import annotations

from collections.abc import Callable

from indexer.harvest.addresses import SourceHosts
from indexer.harvest.source import Clock, HttpSource, Patience

Raw = Callable[..., str]
"""Makes a server that gives every connection the same bytes, in steps of so many if wanted; gives its address."""


class FakeTime:
    """A clock that goes on only when someone sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep)


class AnyPort(dict[str, frozenset[int]]):
    """Every port of this machine belongs to the source."""

    def __init__(self) -> None:
        super().__init__({"127.0.0.1": frozenset(range(1, 65_536)), "repository.invalid": frozenset((80,))})


HERE = SourceHosts("http", AnyPort(), "127.0.0.1")


def client(fake: FakeTime, rate: float = 0, **patience: float | int) -> HttpSource:
    return HttpSource("kamerstukken/test", HERE, rate, Patience(**patience), fake.clock, seed=1)  # type: ignore[arg-type]
