"""A request → the answer: filters, exact counts, order and page over what ``matching`` found in a ``Collection``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.matching import Found, FoundWanted, Matcher
from search.engines.postings import Collection, Docs, Floats, Mask, ValueColumn
from search.engines.proximity import nearness
from search.plan import Concept, MatchKind, Plan, Wanted
from search.planning import Planner
from search.ports import FACETS, FacetValue, Hit, SearchRequest, SearchResult, Sort
from search.ranking import Weights

_STRENGTH = {kind: i for i, kind in enumerate(MatchKind)}


@dataclass(frozen=True, slots=True)
class _Shown:
    """The papers to show before filters: those in ``full`` have every word, the others follow them."""

    full: Found
    partial: Found


def answer(collection: Collection, request: SearchRequest, weights: Weights) -> SearchResult:
    """Answer a request; every count is over all matches."""
    plan = Planner(collection.vocabulary, weights).plan(request.query)
    matcher = Matcher(collection, weights)
    shown = _shown(matcher, plan, request)
    full, partial = _mask(shown.full.docs, collection), _mask(shown.partial.docs, collection)
    matched = full | partial
    selections = {
        name: _selection(collection.column(name), values, collection) for name, values in request.filters.items() if values
    }
    kept = matched.copy()
    for selection in selections.values():
        kept &= selection
    hits = _page(matcher, plan, shown, kept, request)
    return SearchResult(
        hits=hits,
        total=int(np.count_nonzero(kept)),
        total_all_words=int(np.count_nonzero(kept & full)),
        facets=_facets(collection, matched, selections, request),
        plan=plan,
    )


def _shown(matcher: Matcher, plan: Plan, request: SearchRequest) -> _Shown:
    """Partial matches follow when few papers have all words; decided without filters, and only when sorting by relevance."""
    nothing = Found(np.empty(0, np.int64), np.empty(0))
    if not isinstance(plan, Wanted):
        return _Shown(matcher.match(plan), nothing)
    found: FoundWanted = matcher.wanted(plan)
    if request.sort is not Sort.RELEVANCE or len(found.full.docs) >= matcher.weights.enough:
        return _Shown(found.full, nothing)
    return _Shown(found.full, found.partial)


def _mask(docs: Docs, collection: Collection) -> Mask:
    mask = np.zeros(collection.size, np.bool_)
    mask[docs] = True
    return mask


def _selection(column: ValueColumn, values: tuple[str, ...], collection: Collection) -> Mask:
    wanted = set(values)
    accepted = np.fromiter((value in wanted for value in column.values), np.bool_, len(column.values))
    return column.having(accepted, collection.size)


def _facets(
    collection: Collection, matched: Mask, selections: Mapping[str, Mask], request: SearchRequest
) -> dict[str, tuple[FacetValue, ...]]:
    """Each facet counted over the matches with all selections but its own."""
    facets: dict[str, tuple[FacetValue, ...]] = {}
    for name in FACETS:
        mask = matched.copy()
        for other, selection in selections.items():
            if other != name:
                mask &= selection
        column = collection.column(name)
        counts = column.counts(mask)
        chosen = set(request.filters.get(name, ()))
        facets[name] = top_values(column.values, column.labels, counts.tolist(), chosen, request.facet_limit)
    return facets


def top_values(
    values: tuple[str, ...], labels: tuple[str, ...], counts: list[int], chosen: set[str], limit: int
) -> tuple[FacetValue, ...]:
    """The most frequent values that occur, and the chosen ones whether they occur or not."""
    found = [
        FacetValue(value, label, count)
        for value, label, count in zip(values, labels, counts, strict=True)
        if count or value in chosen
    ]
    found.sort(key=lambda v: (-v.count, v.value))
    kept = found[:limit] + [value for value in found[limit:] if value.value in chosen]
    known = {value.value for value in kept}
    return tuple(kept) + tuple(FacetValue(value, value, 0) for value in sorted(chosen - known))


def _page(matcher: Matcher, plan: Plan, shown: _Shown, kept: Mask, request: SearchRequest) -> tuple[Hit, ...]:
    if request.limit <= 0:
        return ()
    collection = matcher.collection
    wanted = request.offset + request.limit
    if request.sort is not Sort.RELEVANCE:
        docs, scores = _filtered(shown.full, kept)
        sign = -1 if request.sort is Sort.NEWEST else 1
        order = np.lexsort((collection.identifiers[docs], sign * collection.dates[docs]))
        chosen = [(int(docs[i]), float(scores[i]), False) for i in order[request.offset : wanted]]
    else:
        chosen = []
        for found, partial in ((shown.full, False), (shown.partial, True)):
            docs, scores = _filtered(found, kept)
            scores = _with_nearness(matcher, plan, docs, scores)
            chosen += [(int(docs[i]), float(scores[i]), partial) for i in _best(collection, docs, scores, wanted - len(chosen))]
            if len(chosen) >= wanted:
                break
        chosen = chosen[request.offset : wanted]
    return tuple(
        Hit(collection.document(doc), score, MatchKind.PARTIAL if partial else _kind(matcher, plan, doc))
        for doc, score, partial in chosen
    )


def _filtered(found: Found, kept: Mask) -> tuple[Docs, Floats]:
    keep = kept[found.docs]
    return found.docs[keep], found.scores[keep]


def _with_nearness(matcher: Matcher, plan: Plan, docs: Docs, scores: Floats) -> Floats:
    """The scores with what nearness adds to the best candidates."""
    concepts = [c for c in plan.concepts if isinstance(c, Concept)] if isinstance(plan, Wanted) else []
    if len(concepts) < 2 or not len(docs) or not matcher.weights.near:
        return scores
    count = min(matcher.weights.near_candidates, len(docs))
    candidates = np.sort(np.argpartition(-scores, count - 1)[:count])
    scores = scores.copy()
    scores[candidates] += nearness(matcher, concepts, docs[candidates])
    return scores


def _best(collection: Collection, docs: Docs, scores: Floats, count: int) -> NDArray[np.int64]:
    """Where the best papers are: by score, then newest, then by identifier."""
    if count <= 0 or not len(docs):
        return np.empty(0, np.int64)
    candidates = np.arange(len(docs))
    if len(docs) > count:
        threshold = np.partition(scores, len(scores) - count)[len(scores) - count]
        candidates = np.flatnonzero(scores >= threshold)
    rounded = np.round(scores[candidates], 9)
    order = np.lexsort((collection.identifiers[docs[candidates]], -collection.dates[docs[candidates]], -rounded))
    return candidates[order[:count]]


def _kind(matcher: Matcher, plan: Plan, doc: int) -> MatchKind:
    """By what a paper was found: of each wanted word the strongest way, of those the weakest."""
    concepts = plan.concepts if isinstance(plan, Wanted) else (plan,)
    kinds = [MatchKind.EXACT]
    for concept in concepts:
        if isinstance(concept, Concept):
            ways = [
                kind
                for kind, docs in matcher.concept(concept).kinds
                if docs[min(np.searchsorted(docs, doc), len(docs) - 1)] == doc
            ]
            kinds += [min(ways, key=_STRENGTH.__getitem__)] if ways else []
    return max(kinds, key=_STRENGTH.__getitem__)
