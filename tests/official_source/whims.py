"""What a source may do with its listings: put equals in another order, repeat, leave out, and count wrongly; drawn by seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Lock

from tests.official_source.published import Published


@dataclass(slots=True)
class Whims:
    """How probable each is in one answer (0 to 1)."""

    shuffle: bool = False
    """Equals stand in another order in each answer."""
    repeat: float = 0.0
    """A paper stands in the place of another."""
    omit: float = 0.0
    """A paper is left out."""
    recount: float = 0.0
    """The total is a few more or less than there are."""
    hidden: frozenset[str] = frozenset()
    """Papers that are counted, but never listed."""
    seed: int = 1
    _random: Random = field(init=False, repr=False)
    _lock: Lock = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - chance, not secrecy
        self._lock = Lock()

    def stir(self, papers: list[Published]) -> None:
        """What a sort that comes after this leaves of it is the order of equals."""
        if self.shuffle:
            with self._lock:
                self._random.shuffle(papers)

    def page(self, papers: Sequence[Published]) -> list[Published]:
        """What is given of a page of results."""
        given = [paper for paper in papers if paper.identifier not in self.hidden]
        with self._lock:
            if given and self._random.random() < self.omit:
                given.pop(self._random.randrange(len(given)))
            if given and self._random.random() < self.repeat:
                given[self._random.randrange(len(given))] = self._random.choice(given)
        return given

    def total(self, number: int) -> int:
        """How many there are said to be."""
        with self._lock:
            return max(0, number + self._random.randint(-3, 3)) if self._random.random() < self.recount else number
