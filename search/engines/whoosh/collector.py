"""Collects an answer: the papers that a query finds are filtered, counted, ordered and cut into pages.

Counts and facets are exact. The collector takes the arrays of a matcher at once; from Whoosh's own matchers it reads paper after
paper (``query.taken``). For each paper on the page it tells by what kind of match it was found, and which passages have something
to mark; both follow from the positions in the index, without looking through texts. It also raises the scores of the best
candidates in which neighbouring words of the query stand near each other.

Which papers match is decided in ``query``, and snippets are made from the passages in ``search.snippets``.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh import query as stock
from whoosh.collectors import Collector
from whoosh.searching import Results, SearchContext, Searcher

from search.budget import Budget, Part
from search.document import PASSAGE_GAP, Place, SearchDocument
from search.engines.whoosh.kinds import found_in_part, found_whole, nowhere
from search.engines.whoosh.query import WantedQuery, concepts_in, lookup_of, taken
from search.engines.whoosh.searching.amounts import NOTHING, Found
from search.engines.whoosh.searching.lookup import Lookup
from search.engines.whoosh.searching.nearness import nearness
from search.engines.whoosh.searching.postings import POSITION_BITS, Docs, Floats, Keys, PaperArrays, ValueColumn
from search.engines.whoosh.storage.narrow import Mask
from search.fields import FACETS
from search.plan import SCORE_DIGITS, Plan
from search.ports import FacetValue, Hit, Period, SearchRequest, SearchResult, Sort
from search.snippets import Highlighter
from search.values import Selection, selection

_POSITION = (1 << POSITION_BITS) - 1


def _with_passages(lookup: Lookup, plan: Plan, hits: list[Hit], docs: list[int], budget: Budget | None) -> list[Hit]:
    """The hits, which are the papers ``docs`` in this order, each with the passages in which something is to be marked."""
    highlighter = Highlighter(plan, budget)
    if any(sequence.slop > PASSAGE_GAP for concept in highlighter.telling for sequence in concept.sequences):
        # Words within such a slop may stand in two different passages. Positions do not show that, so the texts are looked
        # through.
        return [replace(hit, passages=highlighter.passages(hit.document)) for hit in hits]
    ordered = np.sort(np.array(docs, np.int64))
    keys = [lookup.marked(concept, ordered) for concept in highlighter.telling]
    spots = {place: lookup.arrays.spots(ordered, (place,)).tolist() for place in Place}
    found: dict[int, dict[Place, int]] = {
        doc: {place: of_place[i] for place, of_place in spots.items()} for i, doc in enumerate(ordered.tolist())
    }
    told: list[Hit] = []
    for hit, doc in zip(hits, docs, strict=True):
        if budget:
            budget.spend(Part.TEXTS, len(keys))
        told.append(replace(hit, passages=_passages(hit.document, found[doc], keys)))
    return told


def _passages(document: SearchDocument, spots: Mapping[Place, int], keys: list[Keys]) -> dict[int, int]:
    """The passages in which something is to be marked, each with the number of concepts found in it."""
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


_NO_DATE = np.iinfo(np.int64).max

_SOME = 64
"""The size of the sample, in papers for each wanted paper, whose scores show which other papers cannot be among the best."""
_MANY = 1000
"""With more candidates than this, those that are too old to be among the first are removed before sorting."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The papers to show, before filters. Those in ``full`` have every word; those in ``partial`` and ``rest`` follow them in
    this order, of which only other words brought those ``beside``."""

    full: Found
    partial: Found = NOTHING
    rest: Found = NOTHING
    beside: Docs = field(default_factory=lambda: NOTHING.docs)


class PaperCollector(Collector):  # type: ignore[misc] # whoosh is untyped
    """Collects the answer to a request, whatever query finds the papers.

    When few papers have all words of a ``WantedQuery``, papers with enough of its words follow them. That is decided before
    filters, and only when the order is by relevance. The query inside the request is ignored: the query that is searched counts.
    """

    def __init__(self, request: SearchRequest, known: Lookup | None = None, budget: Budget | None = None) -> None:
        """``known`` has been used for other questions of the same answer, to the same commit."""
        super().__init__()
        self._request = request
        self._known, self._budget = known, budget
        self._full = NOTHING
        self._at_once = False
        self._one_by_one: dict[int, float] = {}

    # Whoosh's interface

    def prepare(self, top_searcher: Searcher, q: stock.Query, context: SearchContext) -> None:
        """Begin a search, which may be another than before. The collector uses what is looked up for its query."""
        super().prepare(top_searcher, q, context)
        self._full, self._at_once, self._one_by_one = NOTHING, False, {}
        for name in ("_shown", "_through", "_beside", "_matched", "_chosen", "_selections", "_kept", "_page"):
            self.__dict__.pop(name, None)
        if self._known is not None:
            context.lookup = self._known
        self._lookup = lookup_of(top_searcher, context, self._budget)
        self._lookup.expect(concepts_in(q))
        self._arrays: PaperArrays = self._lookup.arrays

    def collect_matches(self) -> None:
        """Take all papers of the matcher at once."""
        self._full, self._at_once = taken(self.matcher), True

    def matches(self) -> Iterable[int]:
        """The papers one by one, for collectors of Whoosh that wrap this one; the matcher stands at the paper that is given."""
        return self._step_through_matches()  # type: ignore[no-any-return] # whoosh is untyped

    def collect(self, sub_docnum: int) -> float:
        """Take the paper at which the matcher stands, for collectors of Whoosh that wrap this one."""
        self._one_by_one[sub_docnum] = float(self.matcher.score())
        return self.sort_key(sub_docnum)

    def sort_key(self, sub_docnum: int) -> float:
        """What collectors around this one compare papers by: the best paper has the lowest key."""
        return -float(self.matcher.score())

    def remove(self, global_docnum: int) -> None:
        """Leave a paper out again, for a collector around this one."""
        del self._one_by_one[global_docnum]

    def finish(self) -> None:
        """End the search and determine which papers were found."""
        if not self._at_once:
            docs = sorted(self._one_by_one)
            self._full = Found(np.array(docs, np.int64), np.array([self._one_by_one[doc] for doc in docs], np.float64))
        super().finish()

    def count(self) -> int:
        """The number of papers that the words found, over all pages."""
        return int(np.count_nonzero(self._kept))

    def all_ids(self) -> Iterable[int]:
        """The numbers of the papers that the words found, over all pages."""
        return np.flatnonzero(self._kept).tolist()

    def results(self) -> Results:
        """The papers of the page, as results of Whoosh."""
        items = [pair for docs, scores, _ in self._page for pair in zip(scores.tolist(), docs.tolist(), strict=True)]
        return self._results(items, docset=set(self.all_ids()))

    # The port's answer

    def answer(self, plan: Plan) -> SearchResult:
        """The answer of the port; ``plan`` tells what to mark in the papers."""
        request = self._request
        return SearchResult(
            hits=self._hits(plan),
            total=self.count(),
            total_all_words=int(np.count_nonzero(self._kept & self._mask(self._full))),
            facets=_facets(self._arrays, self._matched, self._selections, self._chosen, request),
            plan=plan,
            periods={name: _periods(self._arrays, name, self._kept) for name in request.periods},
            nowhere=nowhere(self._lookup, self.q, plan),
            total_alike=int(np.count_nonzero(_both(self._beside, self._selections.values()))),
        )

    @cached_property
    def _shown(self) -> _Shown:
        """The papers with all words, and the papers that follow them."""
        full, request = self._full, self._request
        if (
            not isinstance(self.q, WantedQuery)
            or not self._at_once  # a collector around this one chooses papers, and has not seen those that would follow
            or request.verbatim
            or request.sort is not Sort.RELEVANCE
            or len(full.docs) >= self._lookup.weights.enough
        ):
            return _Shown(full)
        partial = self.q.partly(self._lookup, full)
        if not self.q.alike:
            return _Shown(full, partial)
        first = self.q.in_other_words(self._lookup, full)
        other = ~np.isin(partial.docs, first.docs, assume_unique=True)
        rest = Found(partial.docs[other], partial.scores[other])
        return _Shown(full, first, rest, np.setdiff1d(first.docs, partial.docs, assume_unique=True))

    def _mask(self, found: Found) -> Mask:
        mask = np.zeros(self._arrays.size, np.bool_)
        mask[found.docs] = True
        return mask

    @cached_property
    def _through(self) -> Mask:
        """The papers of the collection that the request lets through."""
        if self._request.among is None:
            return self._arrays.live
        mask = np.zeros(self._arrays.size, np.bool_)
        mask[self._arrays.named(*self._request.among)] = True
        return mask

    @cached_property
    def _beside(self) -> Mask:
        """The papers that only other words brought, before filters."""
        mask = np.zeros(self._arrays.size, np.bool_)
        mask[self._shown.beside] = True
        return mask & self._through

    @cached_property
    def _matched(self) -> Mask:
        """The papers that the words found, before filters."""
        shown = self._shown
        return (self._mask(shown.full) | self._mask(shown.partial) | self._mask(shown.rest)) & self._through & ~self._beside

    @cached_property
    def _chosen(self) -> dict[str, Selection]:
        return {name: selection(name, values) for name, values in self._request.filters.items() if values}

    @cached_property
    def _selections(self) -> dict[str, Mask]:
        """The papers that each filter accepts."""
        return {name: _selected(self._arrays, name, choice) for name, choice in self._chosen.items()}

    @cached_property
    def _kept(self) -> Mask:
        """The papers that the words found, after filters."""
        return _both(self._matched, self._selections.values())

    @cached_property
    def _page(self) -> list[tuple[Docs, Floats, bool]]:
        """The papers of the page in order, with their scores, and whether they lack a word."""
        request, arrays = self._request, self._arrays
        if request.limit <= 0:
            return []
        wanted = request.offset + request.limit
        shown, listed = self._shown, self._kept | _both(self._beside, self._selections.values())
        chosen: list[tuple[Docs, Floats, bool]] = []
        if request.sort is not Sort.RELEVANCE:
            docs, scores = _filtered(shown.full, self._kept)
            dates = arrays.dates[docs]
            newest = request.sort is Sort.NEWEST
            order = _first(dates if newest else -np.where(dates, dates, _NO_DATE), arrays.identifiers, docs, wanted)
            chosen.append((docs[order], scores[order], False))
        else:
            left = wanted
            for found, partial in ((shown.full, False), (shown.partial, True), (shown.rest, True)):
                docs, scores = _filtered(found, listed)
                if left <= 0 or not len(docs):
                    continue
                scores = _with_nearness(self._lookup, self.q, docs, scores)
                order = _together(arrays, docs, best(arrays.identifiers, arrays.dates, docs, scores, left))[:left]
                chosen.append((docs[order], scores[order], partial))
                left -= len(order)
        skipped = request.offset
        page: list[tuple[Docs, Floats, bool]] = []
        for docs, scores, partial in chosen:
            page.append((docs[skipped:], scores[skipped:], partial))
            skipped = max(skipped - len(docs), 0)
        return page

    def _hits(self, plan: Plan) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        numbers: list[int] = []
        for docs, scores, partial in self._page:
            beside = self._beside[docs].tolist()
            told = found_in_part(self._lookup, self.q, plan, docs, beside) if partial else found_whole(self._lookup, self.q, docs)
            for doc, score, how in zip(docs.tolist(), scores.tolist(), told, strict=True):
                hits.append(Hit(self._arrays.document(doc), score, how.kind, lacking=how.lacking, alike=how.alike))
                numbers.append(doc)
        return tuple(_with_passages(self._lookup, plan, hits, numbers, self._budget) if self._request.passages else hits)


def _selected(arrays: PaperArrays, name: str, choice: Selection) -> Mask:
    """The papers with one of the chosen values. If ``name`` is not a facet, there are none."""
    if name not in FACETS:
        return np.zeros(arrays.size, np.bool_)
    column = arrays.column(name)
    accepted = np.fromiter(map(choice.accepts, column.values), np.bool_, len(column.values))
    return column.having(accepted, arrays.size)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The papers over which a facet is counted: ``docs``, or all papers except ``docs`` when these are fewer."""

    docs: Docs
    others: bool

    @classmethod
    def of(cls, arrays: PaperArrays, mask: Mask) -> _Counted:
        docs = np.flatnonzero(mask)
        if 2 * len(docs) <= arrays.papers:
            return cls(docs, others=False)
        return cls(np.flatnonzero(arrays.live & ~mask), others=True)

    def having(self, column: ValueColumn) -> NDArray[np.int64]:
        """For each value, the number of the counted papers that have it."""
        counts = column.counts(self.docs)
        return column.totals - counts if self.others else counts


def _both(mask: Mask, selections: Iterable[Mask]) -> Mask:
    for selected in selections:
        mask = mask & selected
    return mask


def _facets(
    arrays: PaperArrays,
    matched: Mask,
    selections: Mapping[str, Mask],
    chosen: Mapping[str, Selection],
    request: SearchRequest,
) -> dict[str, tuple[FacetValue, ...]]:
    """The counts of each facet, over the papers that all selections except its own let through."""
    facets: dict[str, tuple[FacetValue, ...]] = {}
    limit = request.facet_limit
    shared: _Counted | None = None
    for name in request.facets:
        if limit <= 0 and name not in chosen:
            facets[name] = ()
            continue
        if name in selections:
            counted = _Counted.of(arrays, _both(matched, (mask for other, mask in selections.items() if other != name)))
        else:
            counted = shared = shared or _Counted.of(arrays, _both(matched, selections.values()))
        column = arrays.column(name)
        values = chosen[name].values if name in chosen else frozenset()
        facets[name] = top_values(column, counted.having(column), values, limit)
    return facets


def _periods(arrays: PaperArrays, name: str, kept: Mask) -> tuple[Period, ...]:
    """Every value of these papers, with its first and last day. If ``name`` is not a facet, there are none."""
    if name not in FACETS:
        return ()
    column = arrays.column(name)
    docs = np.flatnonzero(kept)
    each, codes = column.of(docs)
    dates = np.repeat(arrays.dates[docs], each)
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
    """The most frequent values that occur, and also the chosen values, whether they occur or not."""
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


def _together(arrays: PaperArrays, docs: Docs, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order in which the other versions of a paper follow right after the best of them, the newest first."""
    families = arrays.families
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


def _with_nearness(lookup: Lookup, query: stock.Query, docs: Docs, scores: Floats) -> Floats:
    """The scores, where the best candidates gain what nearness adds."""
    concepts = query.sentence if isinstance(query, WantedQuery) else ()
    if len(concepts) < 2 or not len(docs) or not lookup.weights.near:
        return scores
    count = lookup.weights.near_candidates
    candidates = np.sort(best(lookup.arrays.identifiers, lookup.arrays.dates, docs, scores, count))
    scores = scores.copy()
    scores[candidates] += nearness(lookup, concepts, docs[candidates])
    return scores


def _first(keys: NDArray[np.int64], identifiers: NDArray[np.bytes_], docs: Docs, count: int) -> NDArray[np.int64]:
    """The indices in ``docs`` of the papers with the highest keys; papers with equal keys are ordered by identifier."""
    candidates = np.arange(len(docs))
    if len(docs) > count:
        candidates = np.flatnonzero(keys >= np.partition(keys, len(keys) - count)[len(keys) - count])
    return candidates[np.lexsort((identifiers[docs[candidates]], -keys[candidates]))[:count]]


def best(identifiers: NDArray[np.bytes_], dates: NDArray[np.int64], docs: Docs, scores: Floats, count: int) -> NDArray[np.int64]:
    """The indices in ``docs`` of the best papers: ordered by score, then from newest to oldest, then by identifier."""
    if count <= 0 or not len(docs):
        return np.empty(0, np.int64)
    candidates = np.arange(len(docs))
    if len(docs) > count:
        # The best of a sample score at most as much as the best of all papers, so papers below them can be left out.
        some = scores[:: max(len(docs) // (_SOME * count), 1)]
        candidates = np.flatnonzero(scores >= _least(some, count))
        candidates = candidates[scores[candidates] >= _least(scores[candidates], count)]
    rounded = np.round(scores[candidates], SCORE_DIGITS)
    days = dates[docs[candidates]]
    if len(candidates) > max(count, _MANY):  # many papers with one score: only the newest of them can be on the page
        last = np.partition(rounded, len(rounded) - count)[len(rounded) - count]
        above = int(np.count_nonzero(rounded > last))
        newest = np.partition(days[rounded == last], above - count)[above - count]
        first = np.flatnonzero((rounded > last) | ((rounded == last) & (days >= newest)))
        candidates, rounded, days = candidates[first], rounded[first], days[first]
    order = np.lexsort((identifiers[docs[candidates]], -days, -rounded))
    return candidates[order[:count]]


def _least(scores: Floats, count: int) -> float:
    """The lowest of the best ``count`` scores, or slightly less, to include scores that are equal to it after rounding."""
    return float(np.partition(scores, len(scores) - count)[len(scores) - count]) - 10.0**-SCORE_DIGITS
