"""Matchers over arrays: the papers of a query are known at once, and can be taken at once or stepped through as Whoosh does.

``ArrayMatcher`` is what the project's own queries give, ``TermMatcher`` what the reader gives for one term of a field. Both obey
Whoosh's step-wise interface, so that Whoosh's matchers can combine them. Nothing here reads the index.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import Matcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.scoring import BaseScorer

from search.engines.whoosh.searching.lookup import Found
from search.engines.whoosh.searching.postings import Docs


class ArrayMatcher(Matcher):  # type: ignore[misc] # whoosh is untyped
    """Papers with their scores; ``found`` gives all of them at once."""

    def __init__(self, found: Found, at: int = 0) -> None:
        self.found = found
        self._at = at

    def is_active(self) -> bool:
        """Whether a paper is left."""
        return self._at < len(self.found.docs)

    def id(self) -> int:
        """The number of the present paper."""
        return int(self.found.docs[self._at])

    def next(self) -> None:
        """Go to the next paper."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Go to the first paper from the present one on whose number is not below this."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self.found.docs[self._at :], id))

    def all_ids(self) -> Iterator[int]:
        """The numbers of all papers."""
        return iter(self.found.docs.tolist())

    def score(self) -> float:
        """The score of the present paper."""
        return float(self.found.scores[self._at])

    def weight(self) -> float:
        """The same, since a concept has no other weight."""
        return self.score()

    def reset(self) -> None:
        """Go back to the first paper."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """A matcher at the same paper, over the same arrays."""
        return ArrayMatcher(self.found, self._at)

    def supports(self, astype: str) -> bool:
        """Whether postings tell this; a concept joins many terms, so there is nothing to tell of each."""
        return False

    def supports_block_quality(self) -> bool:
        """Whether blocks of poor papers can be passed over; here all scores are known already."""
        return False


class TermMatcher(ArrayMatcher):
    """The papers in which a term occurs, how often, and at which positions.

    ``positions`` are those of all papers one after another; None where the field has none. Scores come from the scorer of a
    weighting model of Whoosh, and are how often the term occurs when there is none.
    """

    def __init__(
        self,
        term: tuple[str, bytes],
        docs: Docs,
        counts: NDArray[np.int64],
        positions: NDArray[np.int64] | None,
        scorer: BaseScorer | None,
        at: int = 0,
    ) -> None:
        super().__init__(Found(docs, counts.astype(np.float64)), at)
        self._term, self._counts, self._positions, self._scorer = term, counts, positions, scorer

    def term(self) -> tuple[str, bytes]:
        """The field and the text of the term."""
        return self._term

    def weight(self) -> float:
        """How often the term occurs in the present paper."""
        return float(self._counts[self._at])

    def score(self) -> float:
        """What the scorer gives for the present paper."""
        return float(self._scorer.score(self)) if self._scorer is not None else self.weight()

    def copy(self) -> TermMatcher:
        """A matcher at the same paper, over the same arrays."""
        return TermMatcher(self._term, self.found.docs, self._counts, self._positions, self._scorer, self._at)

    def supports(self, astype: str) -> bool:
        """Whether postings tell this: how often the term occurs, and where if the field has positions."""
        return astype in ("frequency", "weight") or (astype == "positions" and self._positions is not None)

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.cumsum(self._counts)

    def value_as(self, astype: str) -> float | list[int]:
        """How often the term occurs in the present paper, or its positions there."""
        if astype != "positions" or self._positions is None:
            return self.weight()
        end = int(self._ends[self._at])
        positions: list[int] = self._positions[end - int(self._counts[self._at]) : end].tolist()
        return positions

    def spans(self) -> list[Span]:
        """The positions in the present paper, as Whoosh's span queries take them; none where the field has none."""
        positions = self.value_as("positions")
        return [Span(position) for position in positions] if isinstance(positions, list) else []

    def supports_block_quality(self) -> bool:
        """Whether poor papers can be passed over; there are no blocks, but a term can be told that it is too poor altogether."""
        return self._scorer is not None and bool(self._scorer.supports_block_quality())

    def max_quality(self) -> float:
        """More than this no paper scores."""
        return float(self._scorer.max_quality()) if self._scorer is not None else float(self._counts.max(initial=0))

    def block_quality(self) -> float:
        """The same of the papers around the present one."""
        return self.max_quality()

    def skip_to_quality(self, minquality: float) -> int:
        """Pass over all that is left when none of it can score more than this; gives how many blocks were passed over."""
        if self.max_quality() > minquality:
            return 0
        self._at = len(self.found.docs)
        return 1
