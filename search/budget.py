"""What one answer may cost: so much work and so much time, counted while it is made, and whether anybody still waits for it.

Whoever answers makes a ``Budget`` for the answer and passes it on to all that works for it. Each step of the work says what it is
about to do (``spend``), and goes no further where that is more than is left: then there is no answer at all, never a part of one.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from indexer.errors import NobodyWaits, QueryTooCostly


class Part(StrEnum):
    """What of an answer costs: readers are told of the costliest part of their query, and how to ask for less."""

    WORDS = "words"
    """Reading in which papers words occur, and how often."""
    PHRASES = "phrases"
    """Comparing where in these papers they stand."""
    FORMS = "forms"
    """Looking up which words there are, for beginnings of words, misspellings and the like."""
    TEXTS = "texts"
    """Looking through the texts of papers, for what is shown of them."""


_TOLD = {
    Part.WORDS: "its words are in very many papers; use fewer or rarer words",
    Part.PHRASES: "it compares where common words are in very many papers; use rarer words, or let them be nearer",
    Part.FORMS: "its words stand for very many others; write them out, or give longer beginnings",
    Part.TEXTS: "very long texts are looked through for it; ask for fewer papers, or for rarer words",
}

_OFTEN = 0.02
"""Seconds between asking whether anybody waits: asking may take longer than a step does."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one answer may cost at most."""

    work: int = 500_000_000
    """Steps: what is read of occurrences of words, positions, words of the collection and characters of texts."""
    seconds: float = 2.0
    """Of the clock that the budget is given."""


UNLIMITED = Allowance(sys.maxsize, math.inf)


class Budget:
    """What is left for one answer, used by one thread."""

    def __init__(
        self,
        allowance: Allowance,
        clock: Callable[[], float] = time.monotonic,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """``clock`` tells seconds; ``cancelled`` whether nobody waits for the answer any more, and may let others go first."""
        self.allowance = allowance
        self.spent: dict[Part, int] = dict.fromkeys(Part, 0)
        """The work done so far, by what it was for."""
        self._took: dict[Part, float] = dict.fromkeys(Part, 0.0)
        self._clock = clock
        self._cancelled = cancelled
        self._ends = clock() + allowance.seconds
        self._step = Part.WORDS
        self._began = self._asked = clock()

    @property
    def seconds_left(self) -> float:
        """For those who wait for another machine; never less than 0."""
        return max(self._ends - self._clock(), 0.0)

    def spend(self, part: Part, work: int = 0) -> None:
        """Say that so much work for this part of the answer is about to be done.

        Raises:
            QueryTooCostly: with it the answer costs more than it may.
            NobodyWaits: nobody waits for the answer any more.
        """
        now = self._clock()
        self._took[self._step] += now - self._began
        self._step, self._began = part, now
        self.spent[part] += work
        if sum(self.spent.values()) > self.allowance.work:
            raise self._refusal(max(Part, key=self.spent.__getitem__), f"{self.allowance.work:,} steps")
        if now > self._ends:
            raise self.out_of_time(max(Part, key=self._took.__getitem__))
        if now - self._asked >= _OFTEN:
            gone = self._cancelled()
            self._asked = self._began = self._clock()
            self._ends += self._asked - now  # others may have gone first meanwhile, which is no cost of this answer
            if gone:
                raise NobodyWaits("nobody waits for this answer any more")

    def out_of_time(self, part: Part) -> QueryTooCostly:
        """That someone else, who kept the time for this part, says that it is up."""
        return self._refusal(part, f"{self.allowance.seconds:g} seconds")

    @contextmanager
    def uncharged(self) -> Iterator[None]:
        """Time in which something is done that all later answers profit from, and that takes no longer for a longer query."""
        began = self._clock()
        try:
            yield
        finally:
            passed = self._clock() - began
            self._began += passed
            self._ends += passed

    def renew(self) -> None:
        """Begin anew, for the next part of a long answer that is given in parts."""
        self.spent = dict.fromkeys(Part, 0)
        self._took = dict.fromkeys(Part, 0.0)
        self._began = self._clock()
        self._ends = self._began + self.allowance.seconds

    def _refusal(self, part: Part, limit: str) -> QueryTooCostly:
        return QueryTooCostly(f"this query costs more than one answer may ({limit}): {_TOLD[part]}", part)


def unlimited() -> Budget:
    """For who works without hurry, such as benchmarks: everything is counted and nothing refused."""
    return Budget(UNLIMITED)
