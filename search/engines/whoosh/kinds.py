"""By what the papers of a page were found: the kind of match, the words that one lacks, the other words that it has instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query as stock

from search.engines.whoosh.query import AllOf, AnyOf, ConceptQuery, WantedQuery, found_by
from search.engines.whoosh.searching.lookup import Lookup
from search.engines.whoosh.searching.postings import Docs, among
from search.engines.whoosh.storage.narrow import Mask
from search.plan import MatchKind, Plan, Wanted, labels_of, words_of

_STRONGEST_FIRST = list(MatchKind)
_NOT = len(_STRONGEST_FIRST)

_Ranks = NDArray[np.int64]
"""For each paper an index in ``_STRONGEST_FIRST``, or ``_NOT`` if the query does not match it."""


class How(NamedTuple):
    """By what a paper was found, which of the words it lacks, and by which other words it was found instead."""

    kind: MatchKind
    lacking: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


def found_whole(lookup: Lookup, query: stock.Query, docs: Docs) -> list[How]:
    """How each of ``docs`` was found, which all match.

    Of conditions that must all hold, the weakest kind counts; of alternatives, the strongest. A condition that is not a word
    counts as an exact match.
    """
    return [How(_STRONGEST_FIRST[rank]) for rank in _ranks(lookup, query, docs).tolist()]


def found_in_part(lookup: Lookup, query: WantedQuery, plan: Plan, docs: Docs, beside: Sequence[bool]) -> list[How]:
    """How each of ``docs`` was found, which lack a word; only other words brought those for which ``beside`` is true."""
    lacks = _by_paper(query.lacks(lookup, docs), len(docs))
    has = _by_paper(query.has_alike(lookup, docs), len(docs))
    others = plan.alike if isinstance(plan, Wanted) else ()
    return [
        How(
            MatchKind.ALIKE if only else MatchKind.PARTIAL,
            _labels(plan, lacking),
            words_of(one for one, is_there in zip(others, alike, strict=False) if is_there) if only else (),
        )
        for only, lacking, alike in zip(beside, lacks, has, strict=True)
    ]


def nowhere(lookup: Lookup, query: stock.Query, plan: Plan) -> tuple[str, ...]:
    """The wanted words that no paper has, as typed."""
    return _labels(plan, query.nowhere(lookup)) if isinstance(query, WantedQuery) else ()


def _ranks(lookup: Lookup, query: stock.Query, docs: Docs) -> _Ranks:
    if isinstance(query, ConceptQuery):
        ranks = np.full(len(docs), _NOT)
        for kind, amounts in lookup.concept(query.concept).kinds:
            np.minimum(ranks, _STRONGEST_FIRST.index(kind), out=ranks, where=amounts.having(docs))
        return ranks
    if isinstance(query, AllOf | WantedQuery):
        ranks = np.zeros(len(docs), np.int64)
        for child in query.children():
            np.maximum(ranks, _ranks(lookup, child, docs), out=ranks)
        return ranks
    if isinstance(query, AnyOf):
        ranks = np.full(len(docs), _NOT)
        for child in query.children():
            np.minimum(ranks, _ranks(lookup, child, docs), out=ranks)
        return ranks
    return np.where(among(found_by(query, lookup).docs, docs), 0, _NOT)


def _by_paper(masks: Sequence[Mask], papers: int) -> list[list[bool]]:
    """What masks over a few papers tell of each of these."""
    told: list[list[bool]] = np.array(masks, np.bool_).reshape(len(masks), papers).T.tolist()
    return told


def _labels(plan: Plan, chosen: Sequence[bool]) -> tuple[str, ...]:
    """What the reader typed for the chosen ones of the wanted concepts."""
    wanted = plan.concepts if isinstance(plan, Wanted) else ()
    return labels_of(concept for concept, is_chosen in zip(wanted, chosen, strict=False) if is_chosen)
