"""Looks up concepts and properties in a ``Collection``: which papers have them, and what they score, as arrays.

The formula stands in ``plan.Weights``; ``engines.memory`` has the same in plain Python. How queries go together is told in
``query``, and ``collector`` decides on order, filters and pages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from collections.abc import Sequence as Several
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.searching import Searcher

from search.document import Place
from search.engines.whoosh.searching.postings import (
    POSITION_BITS,
    Collection,
    Docs,
    Floats,
    Keys,
    Lead,
    Occurrences,
    Postings,
    Spots,
    adjacent,
    among,
    each_once,
    places_among,
    within,
)
from search.engines.whoosh.storage.narrow import Mask
from search.engines.whoosh.storage.segment import Led, Word, codes_of, led
from search.plan import (
    CITING_SCORE,
    Citing,
    Concept,
    Form,
    HasValue,
    MatchKind,
    Named,
    Sequence,
    Weights,
    Within,
)
from search.values import matches_value

_FEW = 16
"""How many times more papers there must be than those that have something, for these to be few."""


@dataclass(frozen=True, slots=True)
class Found:
    """Papers that match, with a score each, which may be nothing."""

    docs: Docs
    scores: Floats


NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.float64))


@dataclass(frozen=True)
class Amounts:
    """What papers have: ``docs`` of them, each more than nothing; or, when that is None, all papers, most of them nothing."""

    docs: Docs | None
    values: Floats

    @cached_property
    def papers(self) -> int:
        """How many papers have something."""
        return int(np.count_nonzero(self.values)) if self.docs is None else len(self.docs)

    @cached_property
    def found(self) -> Found:
        """The papers that have something."""
        if self.docs is not None:
            return Found(self.docs, self.values)
        docs = np.flatnonzero(self.values > 0)
        return Found(docs, self.values[docs])

    def having(self, docs: Docs) -> Mask:
        """Which of a few papers have something."""
        return self.values[docs] > 0 if self.docs is None else among(self.docs, docs)

    def times(self, factor: float) -> Amounts:
        """So many times as much."""
        return self if factor == 1 else Amounts(self.docs, self.values * factor)

    def saturated(self, k1: float, factor: float) -> Amounts:
        """What frequencies score: ``factor`` · tf / (k1 + tf), see ``ranking``."""
        scores = self.values + k1
        np.divide(self.values, scores, out=scores)
        scores *= factor
        return Amounts(self.docs, scores)


_NO_AMOUNTS = Amounts(NOTHING.docs, NOTHING.scores)


def added_up(docs: NDArray[np.int64], gained: Floats, size: int) -> Amounts:
    """Of each paper what it gained together, ``docs`` being that of each gain; ``size`` is the number of all papers."""
    if len(docs) * _FEW >= size:
        return Amounts(None, np.bincount(docs, gained, size).astype(np.float64, copy=False))
    order = np.argsort(docs, kind="stable")
    docs = docs[order]
    first = np.flatnonzero(np.diff(docs, prepend=-1))
    total = np.bincount(np.repeat(np.arange(len(first)), np.diff(first, append=len(order))), gained[order])
    gaining = np.flatnonzero(total)
    return Amounts(docs[first][gaining], total[gaining].astype(np.float64, copy=False))


def combined(added: Several[Amounts], best: Several[Amounts], size: int) -> Amounts:
    """Papers that have something in any: the sum of that in ``added``, or the greatest in ``best`` when that is more."""
    every = [*added, *best]
    if len(every) < 2:
        return every[0] if every else _NO_AMOUNTS
    by_number = [one.docs for one in every if one.docs is not None]
    # A column over all papers is quickest to add to, but for a few papers of many it would be mostly zeros.
    if len(by_number) == len(every) and sum(map(len, by_number)) * _FEW < size:
        docs = np.unique(np.concatenate(by_number))
        total = np.zeros(len(docs))
        places: list[Docs | slice] = [np.searchsorted(docs, each) for each in by_number]
    else:
        docs, total = None, np.zeros(size)
        places = [slice(None) if one.docs is None else one.docs for one in every]
    for place, one in zip(places, added, strict=False):
        total[place] += one.values
    for place, one in zip(places[len(added) :], best, strict=True):
        total[place] = np.maximum(total[place], one.values)
    return Amounts(docs, total)


def all_of(found: Iterable[Found]) -> Found:
    """Papers in every one, scores added."""
    result: Found | None = None
    for one in found:
        if result is None:
            result = one
            continue
        few, many = (result, one) if len(result.docs) <= len(one.docs) else (one, result)
        at = places_among(many.docs, few.docs)
        docs = many.docs[at]
        result = Found(docs, few.scores[places_among(few.docs, docs)] + many.scores[at])
    return result if result is not None else NOTHING


def any_of(found: Several[Found | Amounts], size: int) -> Found:
    """Papers in at least one, scores added."""
    if len(found) == 1:
        return found[0].found if isinstance(found[0], Amounts) else found[0]
    scores = np.zeros(size)
    mask = np.zeros(size, np.bool_)
    for one in found:
        if isinstance(one, Amounts) and one.docs is None:
            scores += one.values
            mask |= one.values > 0
            continue
        few = one.found if isinstance(one, Amounts) else one
        scores[few.docs] += few.scores
        mask[few.docs] = True
    docs = np.flatnonzero(mask)
    return Found(docs, scores[docs])


def flat(mask: Mask, score: float = 0.0) -> Found:
    """Papers that have a property, each with the same score: having most scores nothing."""
    docs = np.flatnonzero(mask)
    return Found(docs, np.full(len(docs), score))


OWN = (MatchKind.EXACT, MatchKind.STEM)
"""The word itself, apart from what else it may stand for."""

_STRONGEST_FIRST = list(MatchKind)

_BATCH = 1024
"""Forms that are looked up together."""

_LITTLE = 1 << 18
"""Fewer spots than these are read at once, and kept for the length of a question, in which they may be asked for again."""

_KEPT = 1 << 22
"""So many spots are kept in all."""


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """Of one concept: the papers and scores, by what they were found, and how telling it is."""

    amounts: Amounts
    kinds: tuple[tuple[MatchKind, Amounts], ...]
    idf: float

    @property
    def found(self) -> Found:
        """The papers and scores."""
        return self.amounts.found


_NOWHERE: Keys = np.empty(0, np.int64)


Property = HasValue | Within | Citing | Named
"""A condition of a plan that is not about words."""

_Asked = tuple[tuple[Form, ...], tuple[Place, ...]]


@dataclass
class Lookup:
    """Looks things up for one question, and keeps what it worked out until the question is answered."""

    collection: Collection
    weights: Weights
    searcher: Searcher | None = None
    """Who steps through queries of Whoosh among the project's own."""
    _concepts: dict[Concept, ConceptMatch] = field(default_factory=dict)
    _looked_up: dict[_Asked, Occurrences] = field(default_factory=dict)
    _postings: dict[Hashable, Postings] = field(default_factory=dict)
    _kept: int = 0
    """Spots in ``_postings``."""
    _last: tuple[Hashable, Amounts] | None = None
    """What gained last: a stem is asked for after the exact form that it stands for as often as not."""

    def idf(self, matching: int) -> float:
        """How telling something is that so many papers have."""
        return float(np.log1p((self.collection.papers - matching + 0.5) / (matching + 0.5)))

    # Concepts

    def concept(self, concept: Concept) -> ConceptMatch:
        """Every paper with one of the concept's forms, scored by BM25F per kind of match."""
        known = self._concepts.get(concept)
        if known is None:
            known = self._concepts[concept] = self._match_concept(concept)
        return known

    def _match_concept(self, concept: Concept) -> ConceptMatch:
        groups: dict[MatchKind, list[Form | Sequence]] = {}
        items: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
        for item in (item for item in items if item.weight > 0):
            groups.setdefault(item.match, []).append(item)
        own: list[Amounts] = []
        others: list[Amounts] = []
        kinds: list[tuple[MatchKind, Amounts]] = []
        telling = 0.0
        ceiling = math.inf
        for kind in sorted(groups, key=_STRONGEST_FIRST.index):
            found, idf = self._group(groups[kind], concept.places, math.inf if kind in OWN else ceiling)
            if not found.papers:
                continue
            kinds.append((kind, found))
            telling = max(telling, idf) if kind in OWN else telling or idf
            (own if kind in OWN else others).append(found)
            if kind in OWN:
                ceiling = min(ceiling, idf)
        total = combined(own, others, self.collection.size)
        return ConceptMatch(total.times(concept.weight), tuple(kinds), telling)

    def _group(self, items: list[Form | Sequence], places: tuple[Place, ...], ceiling: float) -> tuple[Amounts, float]:
        """The forms of one kind as one term, of at most this idf: frequencies add up before they saturate."""
        weight = max(item.weight for item in items)
        gains = self.collection.gains(self.weights.b, self.weights.places)
        frequencies = [self._gained(forms, places, gains).times(forms[0].weight / weight) for forms in _batches(items)]
        for item in items:
            if isinstance(item, Sequence):
                begun = self.keys(item, places) >> POSITION_BITS
                first = np.flatnonzero(np.diff(begun, prepend=-1))
                spots, counts = begun[first], np.diff(first, append=len(begun))
                gained = counts * gains[spots] * (item.weight / weight)
                frequencies.append(self._summed(spots, gained))
        found = combined(frequencies, [], self.collection.size)
        idf = min(self.idf(found.papers), ceiling)
        return found.saturated(self.weights.k1, weight * idf), idf

    def _summed(self, spots: Spots, gained: Floats) -> Amounts:
        """Of each paper what its spots gained together."""
        return added_up(self.collection.paper_of[spots], gained, self.collection.size)

    def _occurrences(self, forms: tuple[Form, ...], places: tuple[Place, ...]) -> Occurrences:
        """The occurrences of any of these forms, looked up once a question."""
        key = forms, places
        found = self._looked_up.get(key)
        if found is None:
            found = self._looked_up[key] = self.collection.occurrences([(form.text, form.stem) for form in forms], places)
        return found

    def _gained(self, forms: tuple[Form, ...], places: tuple[Place, ...], gains: Floats) -> Amounts:
        """Of each paper what the occurrences of these forms gain together."""
        found = self._occurrences(forms, places)
        if self._last is None or self._last[0] != found.identity:
            postings = self._few_postings(found)
            if postings is None:
                amounts = Amounts(None, found.frequencies(gains))
            else:
                amounts = self._summed(postings.spots, postings.counts * gains[postings.spots])
            self._last = found.identity, amounts
        return self._last[1]

    def _few_postings(self, found: Occurrences) -> Postings | None:
        """The postings of these occurrences, read once a question; None where they are so many that they are not read at once."""
        postings = self._postings.get(found.identity)
        if postings is None and found.size < _LITTLE:
            postings = found.postings()
            if self._kept + found.size < _KEPT:
                self._kept += found.size
                self._postings[found.identity] = postings
        return postings

    def marked(self, concept: Concept, docs: Docs) -> Keys:
        """Where in these papers anything of a concept begins."""
        return self._beginnings((*concept.forms, *concept.sequences), concept.places, docs)

    def own(self, concept: Concept, places: tuple[Place, ...], docs: Docs) -> Keys:
        """Where in these places of papers a word itself stands, apart from what else it may stand for."""
        items: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
        own = tuple(item for item in items if item.match in OWN and item.weight > 0)
        keys = self._beginnings(own, concept.places, docs)
        spots = self.collection.spots(docs, tuple(place for place in places if place in concept.places))
        return keys[among(spots, keys >> POSITION_BITS)]

    def _beginnings(self, items: tuple[Form | Sequence, ...], places: tuple[Place, ...], docs: Docs) -> Keys:
        """Where in these places of papers any of the forms and sequences begins, in order, each once."""
        found: list[Keys] = []
        spots = self.collection.spots(docs, places)
        seen: set[Hashable] = set()
        for forms in _batches(items):
            occurrences = self._occurrences(forms, places)
            if occurrences.identity in seen:
                continue
            seen.add(occurrences.identity)
            postings = self._few_postings(occurrences)
            if postings is None:
                postings = occurrences.postings(docs)
            else:
                postings = postings.only(spots) if len(forms) == 1 else postings.among(spots)
            found.append(postings.keys())
        found += [self.keys(item, places, docs) for item in items if isinstance(item, Sequence)]
        return each_once(np.concatenate([_NOWHERE, *found]))

    def keys(self, sequence: Sequence, places: tuple[Place, ...], docs: Docs | None = None) -> Keys:
        """Where a sequence begins in these places, of all papers or of ``docs``."""
        looked_for = [Led(word, None) for word in sequence.words] if sequence.slop else led(sequence.words)
        times = Counter((text, stem) for (text, _, stem), _ in looked_for)
        found = {word: self.collection.occurrences([word], places).postings(docs) for word in times}
        if any(not len(postings.spots) for postings in found.values()):
            return _NOWHERE
        if sequence.slop:
            return within([(found[word], count) for word, count in times.items()], sequence.slop)
        return adjacent(
            [(found[text, stem], offset, self._lead(lead, places, docs)) for (text, offset, stem), lead in looked_for]
        )

    def _lead(self, word: Word | None, places: tuple[Place, ...], docs: Docs | None) -> Lead | None:
        if word is None:
            return None
        text, _, stem = word
        return Lead(codes_of(text, stem=stem), lambda: self.collection.occurrences([(text, stem)], places).postings(docs))

    # Properties

    def having(self, plan: Property) -> Found:
        """The papers with a property."""
        collection = self.collection
        if isinstance(plan, HasValue):
            column = collection.column(plan.name)
            accepted = np.fromiter((matches_value(value, plan) for value in column.values), np.bool_, len(column.values))
            return flat(column.having(accepted, collection.size) & collection.live, plan.score)
        if isinstance(plan, Within):
            first = plan.start.toordinal() if plan.start else 1
            last = plan.end.toordinal() if plan.end else np.iinfo(np.int64).max
            return flat((collection.dates >= first) & (collection.dates <= last) & collection.live)
        if isinstance(plan, Citing):
            docs = collection.citing(plan.target)
            return Found(docs, np.full(len(docs), CITING_SCORE))
        docs = collection.named(plan.identifier)
        return Found(docs, np.full(len(docs), plan.score))


def _batches(items: Iterable[Form | Sequence]) -> Iterator[tuple[Form, ...]]:
    """The forms among these, some at a time, those of a kind and a weight together."""
    groups: dict[tuple[MatchKind, float], list[Form]] = {}
    for item in items:
        if isinstance(item, Form):
            groups.setdefault((item.match, item.weight), []).append(item)
    for forms in groups.values():
        for first in range(0, len(forms), _BATCH):
            yield tuple(forms[first : first + _BATCH])
