"""By what a paper was found: of all that must be there the weakest way, of alternatives the strongest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.engines.matching import Matcher
from search.engines.postings import Docs, among
from search.plan import Both, Concept, Either, MatchKind, Plan, Wanted

_STRONGEST_FIRST = list(MatchKind)
_NOT = len(_STRONGEST_FIRST)

_Ranks = NDArray[np.int64]
"""Of each paper a place in ``_STRONGEST_FIRST``, or ``_NOT`` where the plan does not match it."""


def kinds(matcher: Matcher, plan: Plan, docs: Docs) -> list[MatchKind]:
    """By what each of ``docs`` was found; all of them match the plan. What is no word is an exact match."""
    return [_STRONGEST_FIRST[rank] for rank in _ranks(matcher, plan, docs).tolist()]


def _ranks(matcher: Matcher, plan: Plan, docs: Docs) -> _Ranks:
    match plan:
        case Concept():
            ranks = np.full(len(docs), _NOT)
            for kind, amounts in matcher.concept(plan).kinds:
                np.minimum(ranks, _STRONGEST_FIRST.index(kind), out=ranks, where=amounts.having(docs))
            return ranks
        case Both(children):
            return _weakest(matcher, children, docs)
        case Wanted(concepts, strict):
            return _weakest(matcher, concepts if strict is None else (*concepts, strict), docs)
        case Either(children):
            ranks = np.full(len(docs), _NOT)
            for child in children:
                np.minimum(ranks, _ranks(matcher, child, docs), out=ranks)
            return ranks
        case _:
            return np.where(among(matcher.match(plan).docs, docs), 0, _NOT)


def _weakest(matcher: Matcher, plans: tuple[Plan, ...], docs: Docs) -> _Ranks:
    ranks = np.zeros(len(docs), np.int64)
    for plan in plans:
        np.maximum(ranks, _ranks(matcher, plan, docs), out=ranks)
    return ranks
