"""What can go wrong on the way: which fault befalls a request is drawn by seed, so that a run can be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from threading import Lock


class Fault(StrEnum):
    """A way to fail."""

    SLOW = "slow"
    """The answer comes, but late."""
    ERROR = "error"
    """500."""
    BUSY = "busy"
    """429 with Retry-After."""
    RESET = "reset"
    """The connection is cut before any answer."""
    TRUNCATED = "truncated"
    """The connection is cut in the middle of the body."""
    SHORT = "short"
    """Content-Length says less than there is."""
    LONG = "long"
    """Content-Length says more than there is."""
    HTML = "html"
    """A page of apologies with status 200, whatever was asked."""


HARMLESS = frozenset((Fault.SLOW,))
"""Faults after which the answer is still right, so that nothing has to be asked again."""


@dataclass(slots=True)
class Faults:
    """How probable each fault is (0 to 1; of one request at most one befalls)."""

    probabilities: Mapping[Fault, float] = field(default_factory=dict)
    seed: int = 1
    delay: float = 0.02
    """Seconds that a slow answer takes."""
    retry_after: str = "1"
    _random: Random = field(init=False, repr=False)
    _lock: Lock = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - chance, not secrecy
        self._lock = Lock()

    @classmethod
    def all(cls, probability: float, seed: int = 1) -> Faults:
        """Every fault, each as probable."""
        return cls(dict.fromkeys(Fault, probability), seed)

    def draw(self) -> Fault | None:
        """The fault that befalls the next request, or none."""
        with self._lock:
            chance = self._random.random()
        for fault, probability in self.probabilities.items():
            if chance < probability:
                return fault
            chance -= probability
        return None
