"""What the routes ask answers of: all that one request asks has one budget, and ends when nobody waits for the request.

The index answers, and the catalogue has to be there: what is found is of papers that it vouches for, so that pages, API, exports
and feeds say the same when it is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from flask import g, request

from search.meaning.channel import Meaning
from search.ports import Sort, Suggestion
from search.snippets import Answer, AnsweredHit
from search.term import Concordance, LineOrder, TermAnswer
from web.lanes import CANCELLED
from web.ports import Answers, Highlighter, Look


class AnswersOfRequest:
    """The ``Answers`` of the request that is being answered. Each method may also raise what opening the catalogue raises."""

    def __init__(self, answers: Answers, look: Look) -> None:
        self._answers = answers
        self._look = look

    def for_request(self, cancelled: Callable[[], bool]) -> Answers:
        return self._answers.for_request(cancelled)

    @property
    def generation(self) -> str:
        return self._now.generation

    def answer(
        self,
        query: str,
        *,
        filters: Mapping[str, tuple[str, ...]],
        sort: Sort,
        offset: int,
        limit: int,
        facet_limit: int = 100,
        meaning: Meaning = Meaning.OFF,
    ) -> Answer:
        return self._now.answer(
            query, filters=filters, sort=sort, offset=offset, limit=limit, facet_limit=facet_limit, meaning=meaning
        )

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return self._now.suggest(prefix, limit)

    def every_hit(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]], sort: Sort, bound: int
    ) -> Iterator[Sequence[AnsweredHit]]:
        return self._now.every_hit(query, filters=filters, sort=sort, bound=bound)

    def latest(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]], arrivals: Iterable[str], limit: int
    ) -> Sequence[AnsweredHit]:
        return self._now.latest(query, filters=filters, arrivals=arrivals, limit=limit)

    def term(self, query: str, *, filters: Mapping[str, tuple[str, ...]]) -> TermAnswer:
        return self._now.term(query, filters=filters)

    def concordance(self, query: str, *, filters: Mapping[str, tuple[str, ...]], order: LineOrder) -> Concordance:
        return self._now.concordance(query, filters=filters, order=order)

    def highlighter(self, query: str) -> Highlighter:
        return self._now.highlighter(query)

    @property
    def _now(self) -> Answers:
        """The answers of this request."""
        if "answers" not in g:
            self._look()
            g.answers = self._answers.for_request(request.environ.get(CANCELLED, _never))
        answers: Answers = g.answers
        return answers


def _never() -> bool:
    return False
