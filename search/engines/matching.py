"""A plan → the papers that match it, with scores; array operations over a ``Collection``.

The formula stands in ``ranking``; the same in plain Python in ``memory``. Order, filters and pages are ``answering``'s.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.document import Place
from search.engines.postings import POSITION_BITS, Collection, Docs, Floats, Mask, Postings
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

Keys = NDArray[np.int64]
"""Papers and positions within them as one number, ascending."""

OWN = (MatchKind.EXACT, MatchKind.STEM)
"""The word itself, apart from what else it may stand for."""

_STRONGEST_FIRST = list(MatchKind)


@dataclass(frozen=True, slots=True)
class Found:
    """Papers that match, with a score each."""

    docs: Docs
    scores: Floats


@dataclass(frozen=True, slots=True)
class FoundWanted:
    """Of an ordinary query: the papers with all words, and those with some that may follow."""

    full: Found
    partial: Found


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
    _averages: dict[Place, float] = field(default_factory=dict)

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
                return self.wanted(plan).full
            case HasValue() | Within() | Citing() | Named():
                return self._property(plan)
            case Empty():
                return _NOTHING

    def wanted(self, plan: Wanted) -> FoundWanted:
        """The papers with all words, and the others that have enough of the query (by idf) to follow them."""
        found = [self.concept(c) if isinstance(c, Concept) else self._other(c) for c in plan.concepts]
        full = _all(match.found for match in found)
        possible = [match for match in found if len(match.found.docs)]
        some = _any([match.found for match in possible], self.collection.size)
        if plan.strict is not None:
            strict = self.match(plan.strict)
            full, some = _all((full, strict)), _all((some, strict))
        covered = np.zeros(self.collection.size)
        for match in possible:
            covered[match.found.docs] += match.idf
        share = covered[some.docs] / (sum(match.idf for match in possible) or 1.0)
        enough = (share >= self.weights.coverage - 1e-9) & ~np.isin(some.docs, full.docs, assume_unique=True)
        scores = some.scores * share**self.weights.coordination
        return FoundWanted(full, Found(some.docs[enough], scores[enough]))

    def _other(self, plan: Plan) -> ConceptMatch:
        """Something wanted that is no word: as telling as it is rare."""
        found = self.match(plan)
        return ConceptMatch(found, (), self._idf(len(found.docs)))

    def _idf(self, matching: int) -> float:
        return float(np.log1p((self._papers - matching + 0.5) / (matching + 0.5)))

    # Concepts

    def concept(self, concept: Concept) -> ConceptMatch:
        """Every paper with one of the concept's forms, scored by BM25F per kind of match."""
        known = self._concepts.get(concept)
        if known is None:
            known = self._concepts[concept] = self._match_concept(concept)
        return known

    def _match_concept(self, concept: Concept) -> ConceptMatch:
        size = self.collection.size
        groups: dict[MatchKind, list[Form | Sequence]] = {}
        items: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
        for item in (item for item in items if item.weight > 0):
            groups.setdefault(item.match, []).append(item)
        best = np.zeros(size)
        own = np.zeros(size)
        kinds: list[tuple[MatchKind, Docs]] = []
        telling = 0.0
        ceiling = math.inf
        for kind in sorted(groups, key=_STRONGEST_FIRST.index):
            scores, idf = self._group(groups[kind], concept.places, math.inf if kind in OWN else ceiling)
            docs = np.flatnonzero(scores)
            if not len(docs):
                continue
            kinds.append((kind, docs))
            telling = max(telling, idf) if kind in OWN else telling or idf
            if kind in OWN:
                own += scores
                ceiling = min(ceiling, idf)
            else:
                np.maximum(best, scores, out=best)
        total = np.maximum(best, own) * concept.weight
        docs = np.flatnonzero(total)
        return ConceptMatch(Found(docs, total[docs]), tuple(kinds), telling)

    def _group(self, items: list[Form | Sequence], places: tuple[Place, ...], ceiling: float) -> tuple[Floats, float]:
        """The forms of one kind as one term, of at most this idf: frequencies add up before they saturate."""
        frequency = np.zeros(self.collection.size)
        weight = max(item.weight for item in items)
        for place in places:
            importance = self.weights.places[place]
            for item in items:
                docs, counts = self._occurrences(item, place)
                if len(docs):
                    frequency[docs] += importance * (item.weight / weight if weight else 0.0) * counts / self._norms(place, docs)
        idf = min(self._idf(int(np.count_nonzero(frequency))), ceiling)
        return weight * idf * frequency / (self.weights.k1 + frequency), idf

    @cached_property
    def _papers(self) -> int:
        return int(np.count_nonzero(self.collection.live))

    def _norms(self, place: Place, docs: Docs) -> Floats:
        lengths = self.collection.lengths(place)
        average = self._averages.get(place)
        if average is None:
            total = float(lengths[self.collection.live].sum())
            average = self._averages[place] = total / max(self._papers, 1) or 1.0
        norms: Floats = 1 - self.weights.b + self.weights.b * lengths[docs] / average
        return norms

    def _occurrences(self, item: Form | Sequence, place: Place) -> tuple[Docs, Floats]:
        if isinstance(item, Form):
            postings = self.collection.postings(place, item.text, stem=item.stem)
            return postings.docs, postings.frequencies
        docs, counts = np.unique(self.keys(item, place) >> POSITION_BITS, return_counts=True)
        return docs, counts.astype(np.float64)

    def keys(self, item: Form | Sequence, place: Place, only: Docs | None = None) -> Keys:
        """Where a form or a sequence begins, in all papers or in ``only`` these."""
        words = [(item.text, 0, item.stem)] if isinstance(item, Form) else item.words
        found = {(text, stem): self.collection.postings(place, text, stem=stem) for text, _, stem in words}
        if any(not len(postings.docs) for postings in found.values()):
            return _NOWHERE
        if only is not None:
            found = {word: postings.only(only) for word, postings in found.items()}
        if isinstance(item, Sequence) and item.slop:
            times = Counter((text, stem) for text, _, stem in words)
            return within([(found[word], count) for word, count in times.items()], item.slop)
        return adjacent([(found[text, stem], offset) for text, offset, stem in words])

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
        docs = np.flatnonzero((collection.identifiers == plan.identifier) & collection.live)
        return Found(docs, np.full(len(docs), plan.score))


def adjacent(terms: list[tuple[Postings, int]]) -> Keys:
    """Where the terms stand at their offsets."""
    (rarest, skipped), *others = sorted(terms, key=lambda term: len(term[0].positions))
    keys = rarest.keys() - skipped
    for postings, offset in others:  # one after the other, so that a long phrase takes no more memory than its longest term
        if not len(keys):
            break
        keys = keys[np.isin(keys, postings.keys() - offset, assume_unique=True)]
    return keys


def within(terms: list[tuple[Postings, int]], slop: int) -> Keys:
    """The occurrences from which to ``slop`` words further on all terms stand, at as many positions as there are words.

    Each term comes with how many times it must stand there.
    """
    keys = [postings.keys() for postings, _ in terms]
    times = [count for _, count in terms]
    # Whatever is found lies around occurrences of the rarest term that have the others near; only those are looked at closely.
    near = min(keys, key=len)
    for term, count in zip(keys, times, strict=True):
        near = near[_count(term, near - slop, near + slop) >= count]
    keys = [term[_count(near, term - slop, term + slop) > 0] for term in keys]
    places = np.unique(np.concatenate(keys))
    starts = places
    for term, count in zip(keys, times, strict=True):
        starts = starts[_count(term, starts, starts + slop) >= count]
    return starts[_count(places, starts, starts + slop) >= sum(times)]


def _count(keys: Keys, first: Keys, last: Keys) -> NDArray[np.int64]:
    """How many keys there are from each of ``first`` to the same of ``last``."""
    return np.searchsorted(keys, last, "right") - np.searchsorted(keys, first, "left")


def _all(found: Iterable[Found]) -> Found:
    """Papers in every one, scores added."""
    result: Found | None = None
    for one in found:
        if result is None:
            result = one
            continue
        docs, left, right = np.intersect1d(result.docs, one.docs, assume_unique=True, return_indices=True)
        result = Found(docs, result.scores[left] + one.scores[right])
    return result if result is not None else _NOTHING


def _any(found: list[Found], size: int) -> Found:
    """Papers in at least one, scores added."""
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
