"""A plan → whether a paper matches it and what it scores, in plain Python: what plans and the formula of ``ranking`` mean.

Nothing here is fast, on purpose: each number is worked out where it is needed, paper by paper.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from search.document import Place, SearchDocument, facets_of
from search.engines.occurrences import occurrences, term
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
from search.ranking import CITING_SCORE, NEAR_PLACES, Weights
from search.values import matches_value

_OWN = (MatchKind.EXACT, MatchKind.STEM)
_STRONGEST_FIRST = list(MatchKind)


class Paper:
    """One paper, analysed."""

    def __init__(self, document: SearchDocument) -> None:
        self.document = document
        self.identifier = document.identifier
        self.places = occurrences(document)
        self.values = facets_of(document)
        self.newest_first = (-document.date.toordinal() if document.date else 0, document.identifier)

    def positions(self, text: str, place: Place, *, stem: bool) -> list[int]:
        """Where a term stands."""
        return self.places.get(place, ({}, 0, []))[0].get(term(text, stem=stem), [])

    def occurrences(self, item: Form | Sequence, place: Place) -> list[int]:
        """Where a form or a sequence begins."""
        if isinstance(item, Form):
            return self.positions(item.text, place, stem=item.stem)
        words = [(self.positions(text, place, stem=stem), offset) for text, offset, stem in item.words]
        if item.slop:
            return [at for at in sorted({at for word, _ in words for at in word}) if self._all_from(at, item, place)]
        first, skipped = words[0]
        return [at - skipped for at in first if all(at - skipped + offset in word for word, offset in words)]

    def _all_from(self, start: int, sequence: Sequence, place: Place) -> bool:
        """Whether all words stand from ``start`` to ``slop`` further on, at as many positions as there are words."""
        asked = Counter((text, stem) for text, _, stem in sequence.words)
        inside = {
            (text, stem): {at for at in self.positions(text, place, stem=stem) if start <= at <= start + sequence.slop}
            for text, stem in asked
        }
        return (
            all(len(inside[word]) >= count for word, count in asked.items())
            and len(set().union(*inside.values())) >= asked.total()
        )


@dataclass(frozen=True, slots=True)
class Match:
    """What a paper scores and by what it was found."""

    score: float = 0.0
    kind: MatchKind = MatchKind.EXACT


Matches = dict[str, Match]
"""By identifier."""


@dataclass
class Scorer:
    """Matches and scores papers among ``papers``; ``_known`` keeps what would else be worked out for each paper anew."""

    papers: list[Paper]
    weights: Weights
    _known: dict[object, float] = field(default_factory=dict)

    def all(self, plan: Plan) -> Matches:
        """Every paper that matches."""
        found = {paper.identifier: self.match(plan, paper) for paper in self.papers}
        return {identifier: match for identifier, match in found.items() if match is not None}

    def match(self, plan: Plan, paper: Paper) -> Match | None:  # noqa: PLR0911 - one line a kind of node
        """Whether a paper matches, and how: of what must all be there the weakest way, of alternatives the strongest."""
        match plan:
            case Concept():
                return self._concept(plan, paper)
            case Both(children):
                return _both([self.match(child, paper) for child in children])
            case Wanted(concepts, strict):
                return _both([self.match(child, paper) for child in (*concepts, *([strict] if strict else []))])
            case Either(children):
                found = [match for child in children if (match := self.match(child, paper))]
                return Match(sum(m.score for m in found), min((m.kind for m in found), key=strength)) if found else None
            case Without(child):
                return None if self.match(child, paper) else Match()
            case HasValue(name):
                return Match(plan.score) if any(matches_value(value, plan) for value in paper.values[name]) else None
            case Within(start, end):
                date = paper.document.date
                return Match() if date and (not start or start <= date) and (not end or date <= end) else None
            case Citing(target):
                return Match(CITING_SCORE) if target in paper.document.cites else None
            case Named(identifier, score):
                return Match(score) if identifier == paper.identifier else None
            case Empty():
                return None

    # Scores

    def _concept(self, concept: Concept, paper: Paper) -> Match | None:
        """Exact and stem together, or the best of what else it may stand for."""
        scores = {}
        ceiling = self._own_idf(concept)
        for kind, items in _ways(concept).items():
            frequency = self._frequency(items, concept.places, paper)
            if frequency:
                weight = max(item.weight for item in items)
                idf = self._idf(items, concept.places)
                idf = idf if kind in _OWN else min(idf, ceiling)
                scores[kind] = weight * idf * frequency / (self.weights.k1 + frequency)
        if not scores:
            return None
        best = max(sum(scores.get(kind, 0) for kind in _OWN), *(score for kind, score in scores.items() if kind not in _OWN), 0)
        return Match(best * concept.weight, min(scores, key=strength))

    def _frequency(self, items: list[Form | Sequence], places: tuple[Place, ...], paper: Paper) -> float:
        weight, b = max(item.weight for item in items), self.weights.b
        frequency = 0.0
        for place in places:
            if place in paper.places:
                norm = 1 - b + b * paper.places[place][1] / self._average(place)
                counts = sum(item.weight / weight * len(paper.occurrences(item, place)) for item in items)
                frequency += self.weights.places[place] * counts / norm
        return frequency

    def _average(self, place: Place) -> float:
        if place not in self._known:
            self._known[place] = sum(p.places[place][1] for p in self.papers if place in p.places) / len(self.papers) or 1.0
        return self._known[place]

    def _idf(self, items: list[Form | Sequence], places: tuple[Place, ...]) -> float:
        key = (tuple(items), places)
        if key not in self._known:
            self._known[key] = self._rarity(sum(self._frequency(items, places, paper) > 0 for paper in self.papers))
        return self._known[key]

    def _own_idf(self, concept: Concept) -> float:
        """The lowest idf of a word's own ways that occur: nothing it stands for tells more than the word itself."""
        own = [items for kind, items in _ways(concept).items() if kind in _OWN]
        present = [items for items in own if any(self._frequency(items, concept.places, p) for p in self.papers)]
        return min((self._idf(items, concept.places) for items in present), default=math.inf)

    def _rarity(self, matching: int) -> float:
        return math.log1p((len(self.papers) - matching + 0.5) / (matching + 0.5))

    def telling(self, plan: Plan) -> float:
        """The idf of the rarest of a word's own ways that occur, or of the strongest other; of what is no word, its own."""
        if not isinstance(plan, Concept):
            return self._rarity(len(self.all(plan)))
        found = {
            kind: items for kind, items in _ways(plan).items() if any(self._frequency(items, plan.places, p) for p in self.papers)
        }
        own = [self._idf(items, plan.places) for kind, items in found.items() if kind in _OWN]
        return max(own) if own else self._idf(found[min(found, key=strength)], plan.places) if found else 0.0

    def nearness(self, concepts: list[Concept], paper: Paper) -> float:
        """What the words of a query add that stand near the next word of the query, in each place."""
        added = 0.0
        for left, right in pairwise(concepts):
            telling = (self.telling(left) + self.telling(right)) / 2
            for place in NEAR_PLACES:
                distances = [abs(a - b) for a in _own(left, paper, place) for b in _own(right, paper, place) if a != b]
                if distances and min(distances) <= self.weights.near_window:
                    added += self.weights.near * telling / min(distances)
        return added


def _both(matches: list[Match | None]) -> Match | None:
    found = [match for match in matches if match]
    if not found or len(found) < len(matches):
        return None
    return Match(sum(match.score for match in found), max((match.kind for match in found), key=strength))


def strength(kind: MatchKind) -> int:
    """0 for the strongest."""
    return _STRONGEST_FIRST.index(kind)


def _ways(concept: Concept) -> dict[MatchKind, list[Form | Sequence]]:
    every: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
    items = [item for item in every if item.weight > 0]
    return {kind: [item for item in items if item.match is kind] for kind in dict.fromkeys(item.match for item in items)}


def _own(concept: Concept, paper: Paper, place: Place) -> list[int]:
    """Where a word itself stands, apart from what else it may stand for."""
    own = [item for kind in _OWN for item in _ways(concept).get(kind, [])] if place in concept.places else []
    return [at for item in own for at in paper.occurrences(item, place)]
