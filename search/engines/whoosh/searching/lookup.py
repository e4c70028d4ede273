"""Looks up concepts and properties in a ``PaperArrays``: which papers have them and what these score, as arrays.

``search.plan`` explains the formula, and ``engines.memory`` computes the same in plain Python. How a query combines what is
looked up is told in ``query``; ``collector`` decides on order, filters and pages.
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

from search.coverage import OWN, Counts, Shares, rarity
from search.document import Place
from search.engines.whoosh.searching.postings import (
    POSITION_BITS,
    Docs,
    Floats,
    Keys,
    Lead,
    Occurrences,
    PaperArrays,
    Postings,
    Spots,
    adjacent,
    among,
    each_once,
    near,
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
"""The papers with something count as few when there are more than this many times as many papers in all."""


@dataclass(frozen=True, slots=True)
class Found:
    """The papers that match, each with a score, which may be 0."""

    docs: Docs
    scores: Floats


NOTHING = Found(np.empty(0, np.int64), np.empty(0, np.float64))


@dataclass(frozen=True)
class Amounts:
    """What papers have of something (frequencies or scores).

    When ``docs`` is given, these papers have the ``values``, which are above 0. When it is None, ``values`` has an element for
    every paper, and most of them are 0.
    """

    docs: Docs | None
    values: Floats

    @cached_property
    def papers(self) -> int:
        """The number of papers that have something."""
        return int(np.count_nonzero(self.values)) if self.docs is None else len(self.docs)

    @cached_property
    def found(self) -> Found:
        """The papers that have something, with their amounts as scores."""
        if self.docs is not None:
            return Found(self.docs, self.values)
        docs = np.flatnonzero(self.values > 0)
        return Found(docs, self.values[docs])

    def having(self, docs: Docs) -> Mask:
        """A mask over a few papers: True for those that have something."""
        return self.values[docs] > 0 if self.docs is None else among(self.docs, docs)

    def of(self, docs: Docs) -> Floats:
        """What each of these papers has, 0 for those that have nothing."""
        if self.docs is None:
            return self.values[docs]
        amounts = np.zeros(len(docs))
        having = among(self.docs, docs)
        amounts[having] = self.values[np.searchsorted(self.docs, docs[having])]
        return amounts

    def times(self, factor: float) -> Amounts:
        """The amounts multiplied by ``factor``."""
        return self if factor == 1 else Amounts(self.docs, self.values * factor)

    def saturated(self, k1: float, factor: float) -> Amounts:
        """The scores of these frequencies: ``factor`` · tf / (k1 + tf), explained in ``search.plan``."""
        scores = self.values + k1
        np.divide(self.values, scores, out=scores)
        scores *= factor
        return Amounts(self.docs, scores)


_NO_AMOUNTS = Amounts(NOTHING.docs, NOTHING.scores)


def added_up(docs: NDArray[np.int64], gained: Floats, size: int) -> Amounts:
    """The sum of the gains of each paper; ``docs`` holds the paper of each gain, and ``size`` is the number of all papers."""
    if len(docs) * _FEW >= size:
        return Amounts(None, np.bincount(docs, gained, size).astype(np.float64, copy=False))
    order = np.argsort(docs, kind="stable")
    docs = docs[order]
    first = np.flatnonzero(np.diff(docs, prepend=-1))
    total = np.bincount(np.repeat(np.arange(len(first)), np.diff(first, append=len(order))), gained[order])
    gaining = np.flatnonzero(total)
    return Amounts(docs[first][gaining], total[gaining].astype(np.float64, copy=False))


def combined(added: Several[Amounts], best: Several[Amounts], size: int) -> Amounts:
    """The papers that have something in any of these: the sum over ``added``, or the highest in ``best`` where that is more."""
    every = [*added, *best]
    if len(every) < 2:
        return every[0] if every else _NO_AMOUNTS
    by_number = [one.docs for one in every if one.docs is not None]
    # Adding to a column over all papers is fastest, but with few papers among many it would consist mostly of zeros.
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
    """The papers that are in all of these, with their scores added up."""
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
    """The papers that are in at least one of these, with their scores added up."""
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
    """The papers for which the mask is True, each with the same score. Most properties score 0."""
    docs = np.flatnonzero(mask)
    return Found(docs, np.full(len(docs), score))


_STRONGEST_FIRST = list(MatchKind)

_BATCH = 1024
"""The number of forms that are looked up together."""

_LITTLE = 1 << 18
"""Fewer spots than this are read at once, and kept until the answer is made, since they may be needed again."""

_KEPT = 1 << 22
"""The most spots, keys and amounts that are kept in all."""


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """What a concept matches: the papers with their scores, the amounts of each kind of match, and the idf of the concept."""

    amounts: Amounts
    kinds: tuple[tuple[MatchKind, Amounts], ...]
    idf: float

    @property
    def found(self) -> Found:
        """The papers with their scores."""
        return self.amounts.found

    @property
    def size(self) -> int:
        """How many amounts there are."""
        return sum(len(amounts.values) for amounts in (self.amounts, *(of_kind for _, of_kind in self.kinds)))

    @property
    def counts(self) -> Counts:
        """How many papers have the concept in each way."""
        return {kind: amounts.papers for kind, amounts in self.kinds}

    def covering(self, share: Shares, size: int) -> Floats:
        """How much of the query each paper covers by what it has of the concept; ``size`` is the number of all papers."""
        covered = np.zeros(size)
        for kind, amounts in sorted(self.kinds, key=lambda one: share.get(one[0], 0.0)):
            covered[amounts.found.docs] = share.get(kind, 0.0)
        return covered


_NOWHERE: Keys = np.empty(0, np.int64)


Property = HasValue | Within | Citing | Named
"""A condition of a plan that is not about words."""

_Places = tuple[Place, ...]
_Terms = tuple[tuple[str, bool], ...]
"""Exact forms, and stems where True."""


@dataclass
class Lookup:
    """Looks up what the questions of one answer need, and keeps the results until they are answered."""

    arrays: PaperArrays
    weights: Weights
    searcher: Searcher | None = None
    """The searcher that makes matchers for queries of Whoosh among the project's own queries."""
    _concepts: dict[Concept, ConceptMatch] = field(default_factory=dict)
    _looked_up: dict[tuple[_Terms, _Places], Occurrences] = field(default_factory=dict)
    _postings: dict[Hashable, Postings] = field(default_factory=dict)
    _begun: dict[tuple[Sequence, _Places], Keys] = field(default_factory=dict)
    """Where sequences begin, in all papers."""
    _kept: int = 0
    """The number of spots in ``_postings``, and of keys in ``_begun``."""
    _spots: tuple[Docs, dict[_Places, Spots]] | None = None
    """The spots of the papers that were asked about last, by places."""
    _last: tuple[Hashable, Amounts] | None = None
    """The last gains, by the identity of their occurrences. A stem is often asked for just after its only exact form."""

    def idf(self, matching: int) -> float:
        """The idf of something that this many papers have."""
        return rarity(self.arrays.papers, matching)

    def make_room(self) -> None:
        """Before another question forget what was looked up for those before it, where that takes much room."""
        if self._kept + sum(match.size for match in self._concepts.values()) > _KEPT:
            for kept in (self._concepts, self._looked_up, self._postings, self._begun):
                kept.clear()
            self._kept, self._last = 0, None

    # Concepts

    def concept(self, concept: Concept) -> ConceptMatch:
        """The papers with one of the concept's forms, scored by BM25F for each kind of match."""
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
        total = combined(own, others, self.arrays.size)
        return ConceptMatch(total.times(concept.weight), tuple(kinds), telling)

    def reads(self, concept: Concept) -> int:
        """About how many postings its phrases have whose positions are read: of each phrase those of its rarest word."""
        words = (
            [self._occurrences(((text, stem),), concept.places).size for text, _, stem in sequence.words]
            for sequence in concept.sequences
        )
        return sum(map(min, words))

    def _group(self, items: list[Form | Sequence], places: _Places, ceiling: float) -> tuple[Amounts, float]:
        """The frequencies of the forms of one kind, added up and then saturated as one term whose idf is at most ``ceiling``."""
        weight = max(item.weight for item in items)
        gains = self.arrays.gains(self.weights.b, self.weights.places)
        frequencies = [self._gained(forms, places, gains).times(forms[0].weight / weight) for forms in _batches(items)]
        sequences = [item for item in items if isinstance(item, Sequence)]
        self._rule_out(sequences, places)
        for sequence in sequences:
            begun = self.keys(sequence, places) >> POSITION_BITS
            if len(begun):
                first = np.flatnonzero(np.diff(begun, prepend=-1))
                spots, counts = begun[first], np.diff(first, append=len(begun))
                gained = counts.astype(np.float64) * gains[spots] * (sequence.weight / weight)
                frequencies.append(self._summed(spots, gained))
        found = combined(frequencies, [], self.arrays.size)
        idf = min(self.idf(found.papers), ceiling)
        return found.saturated(self.weights.k1, weight * idf), idf

    def _summed(self, spots: Spots, gained: Floats) -> Amounts:
        """The sum of the gains at the spots of each paper."""
        return added_up(self.arrays.paper_of[spots], gained, self.arrays.size)

    def _occurrences(self, terms: _Terms, places: _Places) -> Occurrences:
        """The occurrences of any of these terms, looked up once for each answer."""
        key = terms, places
        found = self._looked_up.get(key)
        if found is None:
            found = self._looked_up[key] = self.arrays.occurrences(terms, places)
        return found

    def _gained(self, forms: tuple[Form, ...], places: _Places, gains: Floats) -> Amounts:
        """The sum, for each paper, of what the occurrences of these forms gain."""
        found = self._occurrences(_terms(forms), places)
        if self._last is None or self._last[0] != found.identity:
            postings = self._few_postings(found)
            if postings is None:
                amounts = Amounts(None, found.frequencies(gains))
            else:
                amounts = self._summed(postings.spots, postings.counts.astype(np.float64) * gains[postings.spots])
            self._last = found.identity, amounts
        return self._last[1]

    def _few_postings(self, found: Occurrences) -> Postings | None:
        """The postings of these occurrences, read once for each answer; None when there are too many to be read at once."""
        postings = self._postings.get(found.identity)
        if postings is None and found.size < _LITTLE:
            postings = found.postings()
            if self._kept + found.size < _KEPT:
                self._kept += found.size
                self._postings[found.identity] = postings
        return postings

    def _spots_of(self, docs: Docs, places: _Places) -> Spots:
        """The spots of papers: all concepts are looked for in the same ones."""
        if self._spots is None or self._spots[0] is not docs:
            self._spots = docs, {}
        known = self._spots[1]
        if places not in known:
            known[places] = self.arrays.spots(docs, places)
        return known[places]

    def marked(self, concept: Concept, docs: Docs) -> Keys:
        """The keys in these papers at which a form or a sequence of a concept begins."""
        return self._beginnings((*concept.forms, *concept.sequences), concept.places, docs)

    def own(self, concept: Concept, places: _Places, docs: Docs) -> Keys:
        """The keys in these places of papers at which the word itself stands, not something else that it may stand for."""
        items: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
        own = tuple(item for item in items if item.match in OWN and item.weight > 0)
        keys = self._beginnings(own, concept.places, docs)
        spots = self._spots_of(docs, tuple(place for place in places if place in concept.places))
        return keys[among(spots, keys >> POSITION_BITS)]

    def _beginnings(self, items: tuple[Form | Sequence, ...], places: _Places, docs: Docs) -> Keys:
        """The keys in these places of papers at which a form or a sequence begins, in order and each once."""
        found: list[Keys] = []
        spots = self._spots_of(docs, places)
        seen: set[Hashable] = set()
        for forms in _batches(items):
            occurrences = self._occurrences(_terms(forms), places)
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

    def keys(self, sequence: Sequence, places: _Places, docs: Docs | None = None) -> Keys:
        """The keys in these places at which a sequence begins, in all papers or in ``docs``."""
        known = self._begun.get((sequence, places))
        if known is not None:
            return known if docs is None else known[among(self._spots_of(docs, places), known >> POSITION_BITS)]
        found = self._keys(sequence, places, docs)
        if docs is None:
            self._keep(sequence, places, found)
        return found

    def _keep(self, sequence: Sequence, places: _Places, keys: Keys) -> None:
        """Keep where a sequence begins until the answer is made, unless that takes too much room."""
        if self._kept + len(keys) < _KEPT:
            self._kept += len(keys)
            self._begun[sequence, places] = keys

    def _keys(self, sequence: Sequence, places: _Places, docs: Docs | None) -> Keys:
        looked_for = [Led(word, None) for word in sequence.words] if sequence.slop else led(sequence.words)
        times = Counter((text, stem) for (text, _, stem), _ in looked_for)
        found = {word: self._word(word, places, docs) for word in times}
        if any(not len(postings.spots) for postings in found.values()):
            return _NOWHERE
        if sequence.slop:
            return within([(found[word], count) for word, count in times.items()], sequence.slop)
        return adjacent(
            [(found[text, stem], offset, self._lead(lead, places, docs)) for (text, offset, stem), lead in looked_for]
        )

    def _word(self, word: tuple[str, bool], places: _Places, docs: Docs | None) -> Postings:
        occurrences = self._occurrences((word,), places)
        return (self._few_postings(occurrences) if docs is None else None) or occurrences.postings(docs)

    def _rule_out(self, sequences: Several[Sequence], places: _Places) -> None:
        """Note which pairs of words stand near each other nowhere.

        Of the pairs with the same first word the last words are looked up together, since there are often many such pairs, and
        mostly none of them stands anywhere.
        """
        pairs: dict[tuple[Word, int], list[Sequence]] = {}
        for sequence in sequences:
            if sequence.slop and len(sequence.words) == 2:
                pairs.setdefault((sequence.words[0], sequence.slop), []).append(sequence)
        for (word, slop), alike in pairs.items():
            first, last = (
                self._few_postings(self._occurrences(tuple((text, stem) for text, _, stem in words), places))
                for words in ([word], [sequence.words[1] for sequence in alike])
            )
            if not (first and last) or first.occurrences + last.occurrences > _LITTLE:
                continue  # words that are so common do stand near each other
            if not near(first.keys(), each_once(last.among(first.spots).keys()), slop):
                for sequence in alike:
                    self._keep(sequence, places, _NOWHERE)

    def _lead(self, word: Word | None, places: _Places, docs: Docs | None) -> Lead | None:
        if word is None:
            return None
        text, _, stem = word
        return Lead(codes_of(text, stem=stem), lambda: self._word((text, stem), places, docs))

    # Properties

    def having(self, plan: Property) -> Found:
        """The papers with a property."""
        arrays = self.arrays
        if isinstance(plan, HasValue):
            column = arrays.column(plan.name)
            accepted = np.fromiter((matches_value(value, plan) for value in column.values), np.bool_, len(column.values))
            return flat(column.having(accepted, arrays.size) & arrays.live, plan.score)
        if isinstance(plan, Within):
            first = plan.start.toordinal() if plan.start else 1
            last = plan.end.toordinal() if plan.end else np.iinfo(np.int64).max
            return flat((arrays.dates >= first) & (arrays.dates <= last) & arrays.live, plan.score)
        if isinstance(plan, Citing):
            docs = arrays.citing(plan.target)
            return Found(docs, np.full(len(docs), CITING_SCORE))
        docs = arrays.named(plan.identifier)
        return Found(docs, np.full(len(docs), plan.score))


def _batches(items: Iterable[Form | Sequence]) -> Iterator[tuple[Form, ...]]:
    """The forms among these items, in batches of one kind and one weight."""
    groups: dict[tuple[MatchKind, float], list[Form]] = {}
    for item in items:
        if isinstance(item, Form):
            groups.setdefault((item.match, item.weight), []).append(item)
    for forms in groups.values():
        for first in range(0, len(forms), _BATCH):
            yield tuple(forms[first : first + _BATCH])


def _terms(forms: tuple[Form, ...]) -> _Terms:
    return tuple((form.text, form.stem) for form in forms)
