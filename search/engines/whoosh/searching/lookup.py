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

import numpy as np
from whoosh.searching import Searcher

from search.coverage import OWN, Counts, Shares, rarity
from search.document import Place
from search.engines.whoosh.searching.amounts import Amounts, Found, added_up, combined, flat
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
)
from search.engines.whoosh.searching.spread import Counted, Spread, counted, near, within
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

_STRONGEST_FIRST = list(MatchKind)

_BATCH = 1024
"""The number of forms that are looked up together."""

_LITTLE = 1 << 18
"""Fewer spots than this are read at once, and kept until the answer is made, since they may be needed again."""

_FEW = 16
"""A word counts as common when more than one in this many papers has it."""

_SEVERAL = 3
"""Words that stand in so many phrases are read for all these phrases together."""

_KEPT = 1 << 23
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
    _expected: tuple[Concept, ...] = ()
    """What the question at hand asks for."""
    _crowds: dict[_Places, tuple[Spread, ...]] = field(default_factory=dict)
    """The phrases in it that are looked for together."""
    _crowded: dict[_Places, dict[Spread, Counted]] = field(default_factory=dict)
    """Where these stand, and how often, once one of them was asked for."""
    _kept: int = 0
    """The number of spots in ``_postings``, and of keys in ``_begun``."""
    _spots: tuple[Docs, dict[_Places, Spots]] | None = None
    """The spots of the papers that were asked about last, by places."""
    _here: tuple[Docs, dict[tuple[tuple[str, bool], _Places], Postings]] | None = None
    """The occurrences in these papers of words of sequences."""
    _last: tuple[Hashable, Amounts] | None = None
    """The last gains, by the identity of their occurrences. A stem is often asked for just after its only exact form."""

    def idf(self, matching: int) -> float:
        """The idf of something that this many papers have."""
        return rarity(self.arrays.papers, matching)

    def expect(self, concepts: Iterable[Concept]) -> None:
        """Say what another question asks for. What was looked up for those before it is forgotten where it takes much room."""
        expected = tuple(concepts)
        if expected != self._expected:
            self._expected, self._crowds, self._crowded = expected, {}, {}
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
            spots, counts = self._counted(sequence, places)
            if len(spots):
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

    def _counted(self, sequence: Sequence, places: _Places) -> Counted:
        """The spots at which a sequence stands, and how often at each."""
        phrase, crowd = _spread(sequence), self._crowd(places)
        if phrase in crowd:
            if places not in self._crowded:
                terms = dict.fromkeys(term for one in crowd for term in one.terms)
                self._crowded[places] = counted({term: self._word(term, places, None) for term in terms}, crowd)
            spots, counts = self._crowded[places][phrase]
            return spots.astype(np.int64), counts
        begun = self.keys(sequence, places) >> POSITION_BITS
        first = np.flatnonzero(np.diff(begun, prepend=-1))
        return begun[first], np.diff(first, append=len(begun))

    def _crowd(self, places: _Places) -> tuple[Spread, ...]:
        """The expected phrases whose words are near each other and common, and stand in several of these phrases each."""
        if places not in self._crowds:
            least = self.arrays.papers / _FEW
            common = dict.fromkeys(
                _spread(sequence)
                for concept in self._expected
                if concept.places == places
                for sequence in concept.sequences
                if sequence.slop
                and all(self._occurrences(((text, stem),), places).size > least for text, _, stem in sequence.words)
            )
            uses = Counter(term for phrase in common for term in phrase.terms)
            shared = (phrase for phrase in common if all(uses[term] >= _SEVERAL for term in phrase.terms))
            self._crowds[places] = tuple(shared)
        return self._crowds[places]

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
        if docs is None:
            return self._few_postings(occurrences) or occurrences.postings()
        if self._here is None or self._here[0] is not docs:
            self._here = docs, {}
        known = self._here[1]
        if (word, places) not in known:
            known[word, places] = occurrences.postings(docs)
        return known[word, places]

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


def _spread(sequence: Sequence) -> Spread:
    return Spread(frozenset(Counter((text, stem) for text, _, stem in sequence.words).items()), sequence.slop)


def _terms(forms: tuple[Form, ...]) -> _Terms:
    return tuple((form.text, form.stem) for form in forms)
