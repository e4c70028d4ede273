"""A plan → the papers that match it, with scores; array operations over a ``Collection``.

The formula stands in ``ranking``; the same in plain Python in ``memory``. Order, filters and pages are ``answering``'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.document import Place
from search.engines.postings import NO_POSTINGS, POSITION_BITS, Collection, Docs, Floats, Mask, Postings
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
from search.ranking import Weights
from search.values import matches_value

NAMED_SCORE = 1000.0
"""The paper a query names comes before all others."""


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
        found = [self.concept(c) if isinstance(c, Concept) else ConceptMatch(self.match(c), (), 1.0) for c in plan.concepts]
        full = _all(match.found for match in found)
        possible = [match for match in found if len(match.found.docs)]
        some = _any([match.found for match in possible], self.collection.size)
        if plan.strict is not None:
            strict = self.match(plan.strict)
            full, some = _all((full, strict)), _all((some, strict))
        covered = np.zeros(self.collection.size)
        for match in possible:
            covered[match.found.docs] += match.idf
        enough = covered[some.docs] >= self.weights.coverage * sum(match.idf for match in possible) - 1e-9
        enough &= ~np.isin(some.docs, full.docs, assume_unique=True)
        return FoundWanted(full, Found(some.docs[enough], some.scores[enough]))

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
        for item in (*concept.forms, *concept.sequences):
            groups.setdefault(item.match, []).append(item)
        best = np.zeros(size)
        own = np.zeros(size)
        kinds: list[tuple[MatchKind, Docs]] = []
        telling = 0.0
        for kind, items in groups.items():
            scores, idf = self._group(items, concept.places)
            docs = np.flatnonzero(scores)
            if not len(docs):
                continue
            kinds.append((kind, docs))
            telling = max(telling, idf) if kind in (MatchKind.EXACT, MatchKind.STEM) else telling or idf
            if kind in (MatchKind.EXACT, MatchKind.STEM):
                own += scores
            else:
                np.maximum(best, scores, out=best)
        total = np.maximum(best, own) * concept.weight
        docs = np.flatnonzero(total)
        return ConceptMatch(Found(docs, total[docs]), tuple(kinds), telling)

    def _group(self, items: list[Form | Sequence], places: tuple[Place, ...]) -> tuple[Floats, float]:
        """The forms of one kind as one term: frequencies add up before they saturate."""
        frequency = np.zeros(self.collection.size)
        weight = max(item.weight for item in items)
        for place in places:
            importance = self.weights.places[place]
            for item in items:
                docs, counts = self._occurrences(item, place)
                if len(docs):
                    frequency[docs] += importance * (item.weight / weight) * counts / self._norms(place, docs)
        matching = int(np.count_nonzero(frequency))
        idf = float(np.log1p((self._papers - matching + 0.5) / (matching + 0.5)))
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
        return self.sequence(item, place)

    def sequence(self, sequence: Sequence, place: Place) -> tuple[Docs, Floats]:
        """The papers in which the terms stand at their offsets, or all within the slop, and how often."""
        terms = [(self.collection.postings(place, text, stem=stem), offset) for text, offset, stem in sequence.words]
        if any(not len(postings.docs) for postings, _ in terms):
            return NO_POSTINGS.docs, np.empty(0)
        keys = within(terms, sequence.slop) if sequence.slop else adjacent(terms)
        docs, counts = np.unique(keys >> POSITION_BITS, return_counts=True)
        return docs, counts.astype(np.float64)

    # Properties

    def _property(self, plan: HasValue | Within | Citing | Named) -> Found:
        collection = self.collection
        if isinstance(plan, HasValue):
            column = collection.column(plan.name)
            accepted = np.fromiter((matches_value(value, plan) for value in column.values), np.bool_, len(column.values))
            return _flat(column.having(accepted, collection.size) & collection.live)
        if isinstance(plan, Within):
            first = plan.start.toordinal() if plan.start else 1
            last = plan.end.toordinal() if plan.end else np.iinfo(np.int64).max
            return _flat((collection.dates >= first) & (collection.dates <= last) & collection.live)
        if isinstance(plan, Citing):
            docs = collection.citing(plan.target)
            return Found(docs, np.ones(len(docs)))
        docs = np.flatnonzero((collection.identifiers == plan.identifier) & collection.live)
        return Found(docs, np.full(len(docs), NAMED_SCORE))


def adjacent(terms: list[tuple[Postings, int]]) -> NDArray[np.int64]:
    """Paper and position of each place where the terms stand at their offsets."""
    rarest_first = sorted(terms, key=lambda term: len(term[0].positions))
    keys: NDArray[np.int64] | None = None
    for postings, offset in rarest_first:
        starts = postings.keys() - offset
        keys = starts if keys is None else keys[np.isin(keys, starts, assume_unique=True)]
    return keys if keys is not None else np.empty(0, np.int64)


def within(terms: list[tuple[Postings, int]], slop: int) -> NDArray[np.int64]:
    """Paper and position of each occurrence of the rarest term that has all others within ``slop`` words on either side.

    Each term needs an occurrence of its own: a word asked for twice must stand there twice.
    """
    anchor = min(range(len(terms)), key=lambda i: len(terms[i][0].positions))
    keys = terms[anchor][0].keys()
    for i, (postings, _) in enumerate(terms):
        if i == anchor:
            continue
        others = postings.keys()
        low = np.searchsorted(others, keys - slop, "left")
        high = np.searchsorted(others, keys + slop, "right")
        itself = np.isin(keys, others)
        keys = keys[(high - low - itself) > 0]
    return keys


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


def _flat(mask: Mask) -> Found:
    """Papers that have a property; having it scores nothing."""
    docs = np.flatnonzero(mask)
    return Found(docs, np.zeros(len(docs)))
