"""A plan → the papers that match it, with scores; array operations over a ``Collection``.

The formula stands in ``ranking``; the same in plain Python in ``memory``. Order, filters and pages are ``answering``'s.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from search.document import Place
from search.engines.leading import Led, Word, codes_of, led
from search.engines.postings import POSITION_BITS, Collection, Docs, Floats, Mask, Postings, Spots, places_among
from search.engines.sequences import Keys, Lead, adjacent, each_once, within
from search.plan import (
    Both,
    Citing,
    Concept,
    Either,
    Empty,
    Form,
    HasValue,
    MatchKind,
    Named,
    Plan,
    Sequence,
    Wanted,
    Within,
    Without,
)
from search.ranking import CITING_SCORE, Weights
from search.values import matches_value

OWN = (MatchKind.EXACT, MatchKind.STEM)
"""The word itself, apart from what else it may stand for."""

_STRONGEST_FIRST = list(MatchKind)

_BATCH = 256
"""Forms that are looked up together."""

_LITTLE = 1 << 16
"""Fewer spots than these are kept for the length of a question, in which they may be asked for again."""

_FEW = 16
"""How many times more papers there must be than those that are added up, for these to be few."""


@dataclass(frozen=True, slots=True)
class Found:
    """Papers that match, with a score each."""

    docs: Docs
    scores: Floats


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """Of one concept: the papers and scores, by what they were found, and how telling it is."""

    found: Found
    kinds: tuple[tuple[MatchKind, Docs], ...]
    idf: float


_NOWHERE: Keys = np.empty(0, np.int64)
_NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.float64))


@dataclass
class Matcher:
    """Matches plans against one generation; keeps what it worked out for the length of one question."""

    collection: Collection
    weights: Weights
    _concepts: dict[Concept, ConceptMatch] = field(default_factory=dict)
    _postings: dict[tuple[tuple[Form, ...], tuple[Place, ...]], Postings] = field(default_factory=dict)

    def match(self, plan: Plan) -> Found:
        """The papers a plan matches; of ``Wanted`` those with all words."""
        match plan:
            case Concept():
                return self.concept(plan).found
            case Both():
                return _all(self.match(child) for child in plan.children)
            case Either():
                return _any([self.match(child) for child in plan.children], self.collection.size)
            case Without():
                mask = self.collection.live.copy()
                mask[self.match(plan.child).docs] = False
                return _flat(mask)
            case Wanted():
                return self.wanted(plan)
            case HasValue() | Within() | Citing() | Named():
                return self._property(plan)
            case Empty():
                return _NOTHING

    def wanted(self, plan: Wanted) -> Found:
        """The papers with all words."""
        full = _all(match.found for match in self._concepts_of(plan))
        return full if plan.strict is None else _all((full, self.match(plan.strict)))

    def partly(self, plan: Wanted) -> Found:
        """The papers without all words that have enough of the query (by idf) to follow those that have."""
        possible = [match for match in self._concepts_of(plan) if len(match.found.docs)]
        some = _any([match.found for match in possible], self.collection.size)
        if plan.strict is not None:
            some = _all((some, self.match(plan.strict)))
        covered = np.zeros(self.collection.size)
        for match in possible:
            covered[match.found.docs] += match.idf
        share = covered[some.docs] / (sum(match.idf for match in possible) or 1.0)
        full = self.wanted(plan).docs
        enough = (share >= self.weights.coverage - 1e-9) & ~np.isin(some.docs, full, assume_unique=True)
        scores = some.scores * share**self.weights.coordination
        return Found(some.docs[enough], scores[enough])

    def _concepts_of(self, plan: Wanted) -> list[ConceptMatch]:
        return [self.concept(concept) if isinstance(concept, Concept) else self._other(concept) for concept in plan.concepts]

    def _other(self, plan: Plan) -> ConceptMatch:
        """Something wanted that is no word: as telling as it is rare."""
        found = self.match(plan)
        return ConceptMatch(found, (), self._idf(len(found.docs)))

    def _idf(self, matching: int) -> float:
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
        own: list[Found] = []
        others: list[Found] = []
        kinds: list[tuple[MatchKind, Docs]] = []
        telling = 0.0
        ceiling = math.inf
        for kind in sorted(groups, key=_STRONGEST_FIRST.index):
            found, idf = self._group(groups[kind], concept.places, math.inf if kind in OWN else ceiling)
            if not len(found.docs):
                continue
            kinds.append((kind, found.docs))
            telling = max(telling, idf) if kind in OWN else telling or idf
            (own if kind in OWN else others).append(found)
            if kind in OWN:
                ceiling = min(ceiling, idf)
        total = combined(own, others, self.collection.size)
        return ConceptMatch(Found(total.docs, total.scores * concept.weight), tuple(kinds), telling)

    def _group(self, items: list[Form | Sequence], places: tuple[Place, ...], ceiling: float) -> tuple[Found, float]:
        """The forms of one kind as one term, of at most this idf: frequencies add up before they saturate."""
        weight = max(item.weight for item in items)
        gains = self.collection.gains(self.weights.b, self.weights.places)
        frequencies: list[Found] = []
        for forms in _batches(items):
            postings = self.postings(forms, places)
            gained: Floats = postings.counts * gains[postings.spots] * (forms[0].weight / weight)
            frequencies.append(self._summed(postings.spots, gained))
        for item in items:
            if isinstance(item, Sequence):
                begun = self.keys(item, places) >> POSITION_BITS
                first = np.flatnonzero(np.diff(begun, prepend=-1))
                spots, counts = begun[first], np.diff(first, append=len(begun))
                gained = counts * gains[spots] * (item.weight / weight)
                frequencies.append(self._summed(spots, gained))
        found = combined(frequencies, [], self.collection.size)
        idf = min(self._idf(len(found.docs)), ceiling)
        return Found(found.docs, weight * idf * found.scores / (self.weights.k1 + found.scores)), idf

    def _summed(self, spots: Spots, gained: Floats) -> Found:
        """Of each paper what its spots gained together; papers that gained nothing are none."""
        docs, size = self.collection.paper_of[spots], self.collection.size
        if len(docs) * _FEW < size:
            order = np.argsort(docs, kind="stable")
            docs = docs[order]
            first = np.flatnonzero(np.diff(docs, prepend=-1))
            docs = docs[first]
            total = np.bincount(np.repeat(np.arange(len(first)), np.diff(first, append=len(order))), gained[order])
        else:
            docs, total = np.arange(size), np.bincount(docs, gained, size)
        gaining = np.flatnonzero(total)
        return Found(docs[gaining], total[gaining].astype(np.float64, copy=False))

    def postings(self, forms: tuple[Form, ...], places: tuple[Place, ...]) -> Postings:
        """Where any of these forms occurs; those of which little is to be read are read once a question."""
        key = forms, places
        known = self._postings.get(key)
        if known is None:
            known = self.collection.postings([(form.text, form.stem) for form in forms], places)
            if len(known.spots) < _LITTLE:
                self._postings[key] = known
        return known

    def marked(self, concept: Concept, docs: Docs) -> Keys:
        """Where in these papers anything of a concept begins."""
        items: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
        return self._beginnings(items, concept.places, self.collection.spots(docs, concept.places))

    def own(self, concept: Concept, places: tuple[Place, ...], docs: Docs) -> Keys:
        """Where in these places of papers a word itself stands, apart from what else it may stand for."""
        places = tuple(place for place in places if place in concept.places)
        items: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
        own = tuple(item for item in items if item.match in OWN and item.weight > 0)
        return self._beginnings(own, concept.places, self.collection.spots(docs, places))

    def _beginnings(self, items: tuple[Form | Sequence, ...], places: tuple[Place, ...], spots: Spots) -> Keys:
        """Where at these spots any of the forms and sequences begins, in order, each once."""
        found: list[Keys] = []
        for forms in _batches(items):
            postings = self.postings(forms, places)
            found.append((postings.only(spots) if len(forms) == 1 else postings.among(spots)).keys())
        found += [self.keys(item, places, spots) for item in items if isinstance(item, Sequence)]
        return each_once(np.concatenate([_NOWHERE, *found]))

    def keys(self, sequence: Sequence, places: tuple[Place, ...], only: Spots | None = None) -> Keys:
        """Where a sequence begins in these places, at all spots or at ``only`` these."""
        looked_for = [Led(word, None) for word in sequence.words] if sequence.slop else led(sequence.words)
        times = Counter((text, stem) for (text, _, stem), _ in looked_for)
        found = {word: self.collection.postings([word], places) for word in times}
        if any(not len(postings.spots) for postings in found.values()):
            return _NOWHERE
        if only is not None:
            found = {word: postings.only(only) for word, postings in found.items()}
        if sequence.slop:
            return within([(found[word], count) for word, count in times.items()], sequence.slop)
        return adjacent([(found[text, stem], offset, self._lead(lead, places)) for (text, offset, stem), lead in looked_for])

    def _lead(self, word: Word | None, places: tuple[Place, ...]) -> Lead | None:
        if word is None:
            return None
        text, _, stem = word
        return Lead(codes_of(text, stem=stem), lambda: self.collection.postings([(text, stem)], places))

    # Properties

    def _property(self, plan: HasValue | Within | Citing | Named) -> Found:
        collection = self.collection
        if isinstance(plan, HasValue):
            column = collection.column(plan.name)
            accepted = np.fromiter((matches_value(value, plan) for value in column.values), np.bool_, len(column.values))
            return _flat(column.having(accepted, collection.size) & collection.live, plan.score)
        if isinstance(plan, Within):
            first = plan.start.toordinal() if plan.start else 1
            last = plan.end.toordinal() if plan.end else np.iinfo(np.int64).max
            return _flat((collection.dates >= first) & (collection.dates <= last) & collection.live)
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


def combined(added: list[Found], best: list[Found], size: int) -> Found:
    """Papers in any that score: the sum of their scores in ``added``, or the greatest in ``best`` when that is more."""
    every = added + best
    if not every:
        return _NOTHING
    if len(every) == 1:
        return every[0]
    # A column over all papers is quickest to add to, but for a few papers of many it would be mostly zeros.
    few = sum(len(one.docs) for one in every) * _FEW < size
    docs = np.unique(np.concatenate([one.docs for one in every])) if few else np.empty(0, np.int64)
    total = np.zeros(len(docs) if few else size)
    for one in added:
        total[np.searchsorted(docs, one.docs) if few else one.docs] += one.scores
    for one in best:
        at = np.searchsorted(docs, one.docs) if few else one.docs
        total[at] = np.maximum(total[at], one.scores)
    scoring = np.flatnonzero(total)
    return Found(docs[scoring] if few else scoring, total[scoring])


def _all(found: Iterable[Found]) -> Found:
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
    return result if result is not None else _NOTHING


def _any(found: list[Found], size: int) -> Found:
    """Papers in at least one, scores added."""
    if len(found) == 1:
        return found[0]
    scores = np.zeros(size)
    mask = np.zeros(size, np.bool_)
    for one in found:
        scores[one.docs] += one.scores
        mask[one.docs] = True
    docs = np.flatnonzero(mask)
    return Found(docs, scores[docs])


def _flat(mask: Mask, score: float = 0.0) -> Found:
    """Papers that have a property, each with the same score: having most scores nothing."""
    docs = np.flatnonzero(mask)
    return Found(docs, np.full(len(docs), score))
