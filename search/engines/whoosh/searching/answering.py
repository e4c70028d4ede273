"""A request → the answer: filters, exact counts, order and page over what ``matching`` found in a ``Collection``.

By what a paper was found: of all that must be there the weakest way, of alternatives the strongest.

Which passages of the papers found say what was asked for, from the positions in the index: no text is looked through.

How near the words of a query stand to each other in a paper; adds to the score of the best candidates only.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search.document import Place, SearchDocument
from search.engines.whoosh.searching.matching import Matcher
from search.engines.whoosh.searching.postings import (
    NOTHING,
    POSITION_BITS,
    Collection,
    Docs,
    Floats,
    Found,
    Mask,
    Spots,
    ValueColumn,
    among,
)
from search.engines.whoosh.searching.sequences import Keys
from search.fields import FACETS
from search.plan import NEAR_PLACES, SCORE_DIGITS, Both, Concept, Either, MatchKind, Plan, Wanted, Weights
from search.planning import planner
from search.ports import FacetValue, Hit, Period, SearchRequest, SearchResult, Sort
from search.snippets import Highlighter
from search.values import Selection, selection

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


_POSITION = (1 << POSITION_BITS) - 1


def with_passages(matcher: Matcher, plan: Plan, hits: list[Hit], docs: list[int]) -> list[Hit]:
    """The hits, which are ``docs`` in their order, each with the passages in which something is to be marked."""
    ordered = np.sort(np.array(docs, np.int64))
    keys = [matcher.marked(concept, ordered) for concept in Highlighter(plan).telling]
    spots = {place: matcher.collection.spots(ordered, (place,)).tolist() for place in Place}
    found: dict[int, dict[Place, int]] = {
        doc: {place: of_place[i] for place, of_place in spots.items()} for i, doc in enumerate(ordered.tolist())
    }
    return [replace(hit, passages=_passages(hit.document, found[doc], keys)) for hit, doc in zip(hits, docs, strict=True)]


def _passages(document: SearchDocument, spots: Mapping[Place, int], keys: list[Keys]) -> dict[int, int]:
    """The passages with something to mark, and of how many concepts."""
    numbers: dict[Place, list[int]] = {}
    for i, passage in enumerate(document.passages):
        numbers.setdefault(passage.place, []).append(i)
    bounds = np.array([(spots[place], spots[place] + 1) for place in numbers], np.int64).reshape(-1, 2) << POSITION_BITS
    told: dict[int, int] = {}
    for concept in keys:
        for place, (first, last) in zip(numbers, np.searchsorted(concept, bounds).tolist(), strict=True):
            if first < last:
                starts = document.starts.get(place, ())
                for i in {numbers[place][bisect_right(starts, at) - 1] for at in (concept[first:last] & _POSITION).tolist()}:
                    told[i] = told.get(i, 0) + 1
    return dict(sorted(told.items()))


_FAR = np.iinfo(np.int64).max


def nearness(matcher: Matcher, concepts: list[Concept], docs: Docs) -> Floats:
    """For each of ``docs`` (ascending) what the nearness of neighbouring words of the query adds.

    Each pair of words that are neighbours in the query adds, in each place where they stand at most ``weights.near_window`` words
    apart, ``weights.near`` times the mean of their idf, divided by their smallest distance there.
    """
    weights = matcher.weights
    added = np.zeros(len(docs))
    spots = matcher.collection.spots(docs, NEAR_PLACES)
    paper = np.searchsorted(docs, matcher.collection.paper_of[spots])
    keys = [matcher.own(concept, NEAR_PLACES, docs) for concept in concepts]
    for i in range(len(concepts) - 1):
        distance = _distances(keys[i], keys[i + 1], spots)
        near = distance <= weights.near_window
        if near.any():
            telling = (matcher.concept(concepts[i]).idf + matcher.concept(concepts[i + 1]).idf) / 2
            added += np.bincount(paper[near], weights.near * telling / distance[near], len(docs))
    return added


def _distances(left: Keys, right: Keys, spots: Spots) -> NDArray[np.int64]:
    """For each spot the smallest distance between an occurrence of either; a shared occurrence is no neighbour."""
    distances = np.full(len(spots), _FAR)
    if not len(left) or not len(right):
        return distances
    after = np.searchsorted(right, left, "right")
    before = np.searchsorted(right, left, "left") - 1
    for index in (after, before):
        valid = (index >= 0) & (index < len(right))
        ours, theirs = left[valid], right[index[valid]]
        same = (ours >> POSITION_BITS) == (theirs >> POSITION_BITS)
        at = np.searchsorted(spots, ours[same] >> POSITION_BITS)
        np.minimum.at(distances, at, np.abs(ours[same] - theirs[same]))
    return distances


_NO_DATE = np.iinfo(np.int64).max

_SOME = 64
"""Times as many papers as are wanted from whose scores it is seen which others cannot be among the best."""
_MANY = 1000
"""Papers of which it pays to see by their days which cannot be among the first, before they are put in order."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The papers to show before filters: those in ``full`` have every word, the others follow them."""

    full: Found
    partial: Found


def answer(collection: Collection, request: SearchRequest, weights: Weights) -> SearchResult:
    """Answer a request; every count is over all matches."""
    plan = planner(collection.vocabulary, weights, verbatim=request.verbatim).plan(request.query)
    return answer_plan(collection, plan, request, weights)


def answer_plan(collection: Collection, plan: Plan, request: SearchRequest, weights: Weights) -> SearchResult:
    """Answer a request with this plan, whatever its query."""
    matcher = Matcher(collection, weights)
    shown = _shown(matcher, plan, request)
    full, partial = _mask(shown.full.docs, collection), _mask(shown.partial.docs, collection)
    matched = full | partial
    chosen = {name: selection(name, values) for name, values in request.filters.items() if values}
    selections = {name: _selected(collection, name, choice) for name, choice in chosen.items()}
    kept = _both(matched, selections.values())
    hits = _page(matcher, plan, shown, kept, request)
    return SearchResult(
        hits=hits,
        total=int(np.count_nonzero(kept)),
        total_all_words=int(np.count_nonzero(kept & full)),
        facets=_facets(collection, matched, selections, chosen, request),
        plan=plan,
        periods={name: _periods(collection, name, kept) for name in request.periods},
    )


def _shown(matcher: Matcher, plan: Plan, request: SearchRequest) -> _Shown:
    """Partial matches follow when few papers have all words; decided without filters, and only when sorting by relevance."""
    if not isinstance(plan, Wanted):
        return _Shown(matcher.match(plan), NOTHING)
    full = matcher.wanted(plan)
    if request.verbatim or request.sort is not Sort.RELEVANCE or len(full.docs) >= matcher.weights.enough:
        return _Shown(full, NOTHING)
    return _Shown(full, matcher.partly(plan))


def _mask(docs: Docs, collection: Collection) -> Mask:
    mask = np.zeros(collection.size, np.bool_)
    mask[docs] = True
    return mask


def _selected(collection: Collection, name: str, choice: Selection) -> Mask:
    """The papers with one of the chosen values; what is no facet no paper has."""
    if name not in FACETS:
        return np.zeros(collection.size, np.bool_)
    column = collection.column(name)
    accepted = np.fromiter(map(choice.accepts, column.values), np.bool_, len(column.values))
    return column.having(accepted, collection.size)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The papers over which a facet is counted: these, or when that is less to count all but these."""

    docs: Docs
    others: bool

    @classmethod
    def of(cls, collection: Collection, mask: Mask) -> _Counted:
        docs = np.flatnonzero(mask)
        if 2 * len(docs) <= collection.papers:
            return cls(docs, others=False)
        return cls(np.flatnonzero(collection.live & ~mask), others=True)

    def having(self, column: ValueColumn) -> NDArray[np.int64]:
        """Per value how many of the papers have it."""
        counts = column.counts(self.docs)
        return column.totals - counts if self.others else counts


def _both(mask: Mask, selections: Iterable[Mask]) -> Mask:
    for selected in selections:
        mask = mask & selected
    return mask


def _facets(
    collection: Collection,
    matched: Mask,
    selections: Mapping[str, Mask],
    chosen: Mapping[str, Selection],
    request: SearchRequest,
) -> dict[str, tuple[FacetValue, ...]]:
    """Each facet counted over the matches with all selections but its own."""
    facets: dict[str, tuple[FacetValue, ...]] = {}
    limit = request.facet_limit
    shared: _Counted | None = None
    for name in request.facets:
        if limit <= 0 and name not in chosen:
            facets[name] = ()
            continue
        if name in selections:
            counted = _Counted.of(collection, _both(matched, (mask for other, mask in selections.items() if other != name)))
        else:
            counted = shared = shared or _Counted.of(collection, _both(matched, selections.values()))
        column = collection.column(name)
        values = chosen[name].values if name in chosen else frozenset()
        facets[name] = top_values(column, counted.having(column), values, limit)
    return facets


def _periods(collection: Collection, name: str, kept: Mask) -> tuple[Period, ...]:
    """Every value of these papers with the days between which it occurs; what is no facet has none."""
    if name not in FACETS:
        return ()
    column = collection.column(name)
    docs = np.flatnonzero(kept)
    each, codes = column.of(docs)
    dates = np.repeat(collection.dates[docs], each)
    counts = np.bincount(codes, minlength=len(column.values))
    first, last = np.full(len(column.values), _NO_DATE), np.zeros(len(column.values), np.int64)
    dated = dates > 0
    np.minimum.at(first, codes[dated], dates[dated])
    np.maximum.at(last, codes[dated], dates[dated])
    periods = [
        Period(column.values[code], int(counts[code]), _day(int(first[code])), _day(int(last[code])))
        for code in np.flatnonzero(counts).tolist()
    ]
    return tuple(sorted(periods, key=lambda period: (-period.count, period.value)))


def _day(ordinal: int) -> datetime.date | None:
    return datetime.date.fromordinal(ordinal) if 0 < ordinal < _NO_DATE else None


def top_values(column: ValueColumn, counts: NDArray[np.int64], chosen: AbstractSet[str], limit: int) -> tuple[FacetValue, ...]:
    """The most frequent values that occur, and the chosen ones whether they occur or not."""
    occurring = np.flatnonzero(counts)
    if 0 < limit < len(occurring):
        least = np.partition(counts[occurring], len(occurring) - limit)[len(occurring) - limit]
        occurring = occurring[counts[occurring] >= least]
    order = occurring[np.lexsort((column.order[occurring], -counts[occurring]))]
    found = [_facet_value(column, code, counts) for code in order[:limit].tolist()]
    if chosen:
        asked = [i for i, value in enumerate(column.values) if value in chosen]
        known = {value.value for value in found}
        more = [_facet_value(column, code, counts) for code in asked if column.values[code] not in known]
        more += [FacetValue(value, value, 0) for value in chosen - frozenset(column.values)]
        found += sorted(more, key=lambda value: (-value.count, value.value))
    return tuple(found)


def _facet_value(column: ValueColumn, code: int, counts: NDArray[np.int64]) -> FacetValue:
    return FacetValue(column.values[code], column.labels[code], int(counts[code]))


def _page(matcher: Matcher, plan: Plan, shown: _Shown, kept: Mask, request: SearchRequest) -> tuple[Hit, ...]:
    if request.limit <= 0:
        return ()
    collection = matcher.collection
    wanted = request.offset + request.limit
    chosen: list[tuple[Docs, Floats, bool]] = []
    if request.sort is not Sort.RELEVANCE:
        docs, scores = _filtered(shown.full, kept)
        dates = collection.dates[docs]
        newest = request.sort is Sort.NEWEST
        order = _first(dates if newest else -np.where(dates, dates, _NO_DATE), collection.identifiers, docs, wanted)
        chosen.append((docs[order], scores[order], False))
    else:
        left = wanted
        for found, partial in ((shown.full, False), (shown.partial, True)):
            docs, scores = _filtered(found, kept)
            if left <= 0 or not len(docs):
                continue
            scores = _with_nearness(matcher, plan, docs, scores)
            order = _together(collection, docs, best(collection.identifiers, collection.dates, docs, scores, left))[:left]
            chosen.append((docs[order], scores[order], partial))
            left -= len(order)
    hits: list[Hit] = []
    shown_docs: list[int] = []
    skipped = request.offset
    for docs, scores, partial in chosen:
        page, skipped = slice(skipped, None), max(skipped - len(docs), 0)
        found_by = [MatchKind.PARTIAL] * len(docs[page]) if partial else kinds(matcher, plan, docs[page])
        for doc, score, kind in zip(docs[page].tolist(), scores[page].tolist(), found_by, strict=True):
            hits.append(Hit(collection.document(doc), score, kind))
            shown_docs.append(doc)
    return tuple(with_passages(matcher, plan, hits, shown_docs) if request.passages else hits)


def _together(collection: Collection, docs: Docs, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order with the other versions of a paper right after the best of them, the newest first."""
    families = collection.families
    if not families:
        return order
    places: dict[int, None] = {}
    for place in order.tolist():
        places.setdefault(place)
        for version in families.get(int(docs[place]), ()):
            at = int(np.searchsorted(docs, version))
            if at < len(docs) and docs[at] == version:
                places.setdefault(at)
    return np.fromiter(places, np.int64, len(places))


def _filtered(found: Found, kept: Mask) -> tuple[Docs, Floats]:
    keep = kept[found.docs]
    return found.docs[keep], found.scores[keep]


def _with_nearness(matcher: Matcher, plan: Plan, docs: Docs, scores: Floats) -> Floats:
    """The scores with what nearness adds to the best candidates."""
    concepts = [c for c in plan.concepts if isinstance(c, Concept)] if isinstance(plan, Wanted) else []
    if len(concepts) < 2 or not len(docs) or not matcher.weights.near:
        return scores
    count = matcher.weights.near_candidates
    candidates = np.sort(best(matcher.collection.identifiers, matcher.collection.dates, docs, scores, count))
    scores = scores.copy()
    scores[candidates] += nearness(matcher, concepts, docs[candidates])
    return scores


def _first(keys: NDArray[np.int64], identifiers: NDArray[np.bytes_], docs: Docs, count: int) -> NDArray[np.int64]:
    """Where in ``docs`` the papers with the highest keys are, then by identifier."""
    candidates = np.arange(len(docs))
    if len(docs) > count:
        candidates = np.flatnonzero(keys >= np.partition(keys, len(keys) - count)[len(keys) - count])
    return candidates[np.lexsort((identifiers[docs[candidates]], -keys[candidates]))[:count]]


def best(identifiers: NDArray[np.bytes_], dates: NDArray[np.int64], docs: Docs, scores: Floats, count: int) -> NDArray[np.int64]:
    """Where in ``docs`` the best papers are: by score, then newest, then by identifier."""
    if count <= 0 or not len(docs):
        return np.empty(0, np.int64)
    candidates = np.arange(len(docs))
    if len(docs) > count:
        # The best of some papers score no more than the best of all, which are then looked for among fewer.
        some = scores[:: max(len(docs) // (_SOME * count), 1)]
        candidates = np.flatnonzero(scores >= _least(some, count))
        candidates = candidates[scores[candidates] >= _least(scores[candidates], count)]
    rounded = np.round(scores[candidates], SCORE_DIGITS)
    days = dates[docs[candidates]]
    if len(candidates) > max(count, _MANY):  # many papers with one score, of which the newest are the first
        last = np.partition(rounded, len(rounded) - count)[len(rounded) - count]
        above = int(np.count_nonzero(rounded > last))
        newest = np.partition(days[rounded == last], above - count)[above - count]
        first = np.flatnonzero((rounded > last) | ((rounded == last) & (days >= newest)))
        candidates, rounded, days = candidates[first], rounded[first], days[first]
    order = np.lexsort((identifiers[docs[candidates]], -days, -rounded))
    return candidates[order[:count]]


def _least(scores: Floats, count: int) -> float:
    """What the best ``count`` score at least, or a little less, for what rounding makes equal to it."""
    return float(np.partition(scores, len(scores) - count)[len(scores) - count]) - 10.0**-SCORE_DIGITS
