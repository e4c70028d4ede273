"""A plan → the query that finds and scores the papers that match it: the formula of ``memory``, each number of it exact.

What is counted over all papers (how many have a word, how long places are) is asked beforehand and goes into the query; what is
counted in a paper the cluster works out. Scores there have seven digits.

A query has at most some thousand clauses. Words that would exceed that are scored by a script instead, the rarest first: in few
papers it is quick.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.coverage import NOISE, OWN, PERCENTS, Counts, Shares, idf_of_ways, least_level, shares, telling
from search.document import Place, term
from search.engines.opensearch.client import Json
from search.engines.opensearch.queries import (
    FREQUENCY,
    LEVEL,
    LOGARITHM,
    NEARNESS,
    NO_PAPER,
    NORMED,
    PRODUCT,
    SATURATED,
    SHARED,
    Items,
    any_of,
    every_of,
    for_scripts,
    having,
    matching,
    phrase,
    ways,
    with_all,
)
from search.engines.opensearch.schema import TERMS, TOGETHER, length_field, place_field, positions_field
from search.engines.opensearch.view import View
from search.plan import (
    CITING_SCORE,
    NEAR_PLACES,
    Both,
    Citing,
    Concept,
    Either,
    Form,
    HasValue,
    MatchKind,
    Named,
    Plan,
    Wanted,
    Weights,
    Within,
    concepts_of,
)
from search.plan import Sequence as Words

_CLAUSES = 600
"""Clauses for scores; a query with partial matches has some for each word besides. OpenSearch takes 1,024."""
_ABOVE = 30.0
"""Added to logarithms, since no query may score below 0."""
_ANY = 1e-9
"""Less than any frequency."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of a concept: how many papers have it in each way, the idf of each way, and how telling it is; 0 when it is nowhere."""

    counts: Counts
    idf: Mapping[MatchKind, float]
    telling: float

    @classmethod
    def of(cls, papers: int, counts: Counts) -> Numbers:
        """The numbers that follow from the counts."""
        return cls(counts, idf_of_ways(papers, counts), telling(papers, counts))


@dataclass(frozen=True, slots=True)
class Scoring:
    """The scores of one plan in one view."""

    view: View
    weights: Weights
    plan: Plan
    numbers: Mapping[Plan, Numbers]
    scripted: frozenset[Concept]
    """The concepts for which there are no clauses left."""
    full: int
    """How many papers match, of ``Wanted`` those with all words."""

    @classmethod
    def of(cls, view: View, weights: Weights, plan: Plan) -> Scoring:
        """Count what the formula asks for, in one request."""
        welcome = plan.welcome if isinstance(plan, Wanted) else ()
        sentence = plan.sentence if isinstance(plan, Wanted) else ()
        asked = (*concepts_of(plan, excluded=False), *(one for other in welcome for one in concepts_of(other)), *sentence)
        concepts = list(dict.fromkeys(asked))
        others = [child for child in plan.concepts if not isinstance(child, Concept)] if isinstance(plan, Wanted) else []
        each = [(concept, kind, items) for concept in concepts for kind, items in ways(concept).items()]
        filters = [having(items, concept.places) for concept, _, items in each] + [matching(other) for other in others]
        full, *counts = view.counts([matching(plan), *filters])
        numbers: dict[Plan, Numbers] = {
            other: Numbers.of(view.papers, {MatchKind.EXACT: count} if count else {})
            for other, count in zip(others, counts[len(each) :], strict=True)
        }
        papers: dict[Concept, int] = dict.fromkeys(concepts, 0)
        found: dict[Concept, dict[MatchKind, int]] = {concept: {} for concept in concepts}
        for (concept, kind, _), count in zip(each, counts, strict=False):
            if count:
                found[concept][kind] = count
                papers[concept] += count
        numbers |= {concept: Numbers.of(view.papers, found[concept]) for concept in concepts}
        scripted: set[Concept] = set()
        left = _CLAUSES
        for concept in sorted(concepts, key=lambda one: -papers[one]):
            left -= _clauses(concept, numbers[concept])
            if left < 0:
                scripted.add(concept)
        return cls(view, weights, plan, numbers, frozenset(scripted), full)

    def scored(self, plan: Plan) -> Json:
        """The papers that a plan matches, with their scores."""
        match plan:
            case Concept():
                return self._concept(plan)
            case Both(children):
                return self._all(children)
            case Wanted(concepts, strict):
                return self._welcoming(plan, self._all(concepts if strict is None else (*concepts, strict)))
            case Either(children):
                return any_of([self.scored(child) for child in children])
            case HasValue() | Named() | Within():
                return _flat(matching(plan), plan.score)
            case Citing():
                return _flat(matching(plan), CITING_SCORE)
            case _:
                return _flat(matching(plan), 0.0)

    def _all(self, children: Sequence[Plan]) -> Json:
        return {"bool": {"must": [self.scored(child) for child in children]}} if children else NO_PAPER

    def _welcoming(self, plan: Wanted, query: Json) -> Json:
        """The same papers with what they score for what is welcome."""
        welcome = [one for one in plan.welcome if not isinstance(one, Concept) or one.weight]
        return {"bool": {"must": [query], "should": [self.scored(one) for one in welcome]}} if welcome else query

    # Partial matches

    def partly(self, plan: Wanted) -> Json:
        """The papers that cover enough of the query, those with all of it too; how much they cover tells in their score."""
        return self._partly(plan, plan.concepts)

    def in_other_words(self, plan: Wanted) -> Json:
        """The same when the other words are wanted as well."""
        return self._partly(plan, (*plan.concepts, *plan.alike))

    def _partly(self, plan: Wanted, wanted: Sequence[Plan]) -> Json:
        covered = self._covered(wanted)
        if covered == NO_PAPER:
            return NO_PAPER
        some: Json = any_of([self.scored(one) for one in wanted])
        if plan.strict is not None:
            some = {"bool": {"must": [some, self.scored(plan.strict)]}}
        enough = _script(covered, "_score", {}, (self._least_level(plan, covered) - NOISE) / 100)
        power = {"power": self.weights.coordination, "above": _ABOVE}
        product = [_script(self._welcoming(plan, some), LOGARITHM, {"above": _ABOVE}), _script(enough, SHARED, power)]
        return _script({"bool": {"must": product}}, PRODUCT, {"above": 2 * _ABOVE})

    def _covered(self, wanted: Sequence[Plan]) -> Json:
        """The papers that cover something of what is wanted, with how much that is as their score."""
        each = shares([self.numbers[concept].counts for concept in wanted], self.view.papers, self.weights)
        parts = [self._covering(concept, share) for concept, share in zip(wanted, each, strict=True) if share]
        return any_of(parts)

    def _covering(self, concept: Plan, share: Shares) -> Json:
        """What a paper covers by one concept: as much as the best of the ways in which it has this."""
        if not isinstance(concept, Concept):
            return _flat(matching(concept), share[MatchKind.EXACT])
        alike: dict[float, list[Words | Form]] = {}
        for kind, items in ways(concept).items():
            if kind in share:
                alike.setdefault(share[kind], []).extend(items)
        best = [_flat(having(tuple(items), concept.places), covers) for covers, items in alike.items()]
        return best[0] if len(best) == 1 else {"dis_max": {"queries": best, "tie_breaker": 0.0}}

    def _least_level(self, plan: Wanted, covered: Json) -> int:
        """The lowest percentage of coverage from which on papers are shown."""
        strict = [] if plan.strict is None else [matching(plan.strict)]
        body = {
            "query": {"bool": {"must": [covered], "filter": strict, "must_not": [matching(plan)]}},
            "size": 0,
            "aggs": {"levels": {"terms": {"script": {"source": LEVEL, "params": {"noise": NOISE}}, "size": PERCENTS}}},
        }
        buckets = self.view.search(body)["aggregations"]["levels"]["buckets"]
        having_level = {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}
        counted = [having_level.get(at, 0) for at in range(PERCENTS)]
        return least_level(counted, self.full, self.view.papers, self.weights)

    # Concepts

    def _concept(self, concept: Concept) -> Json:
        """Exact and stem together, or the best of what else it may stand for."""
        idf = self.numbers[concept].idf
        parts = {kind: self._way(concept, items, idf[kind]) for kind, items in ways(concept).items() if kind in idf}
        own = [parts[kind] for kind in OWN if kind in parts]
        best = [any_of(own)] if own else []
        best += [part for kind, part in parts.items() if kind not in OWN]
        if len(best) == 1:
            return best[0]
        return {"dis_max": {"queries": best, "tie_breaker": 0.0}} if best else NO_PAPER

    def _way(self, concept: Concept, items: Items, idf: float) -> Json:
        """The items of one kind as one term: frequencies add up before they saturate."""
        weight = max(item.weight for item in items)
        shares = [(item, item.weight / weight) for item in items]
        by_script = [(item, share) for item, share in shares if concept in self.scripted or not _is_lucenes(item)]
        parts = [self._in_place(place, [pair for pair in shares if pair not in by_script]) for place in concept.places]
        frequency = any_of([part for part in parts if part] + ([self._by_script(by_script, concept.places)] if by_script else []))
        return _script(frequency, SATURATED, {"weight": weight * idf * concept.weight, "k1": self.weights.k1})

    def _in_place(self, place: Place, shares: Sequence[tuple[Form | Words, float]]) -> Json:
        """The weighted and normalised frequency of items in a place; empty without items."""
        importance = self.weights.places[place]
        forms: dict[float, list[str]] = {}
        queries: list[Json] = []
        for item, share in shares:
            if isinstance(item, Form):
                forms.setdefault(share, []).append(term(item.text, stem=item.stem))
            else:
                # The frequency of a phrase is counted once for each of its words.
                boost = importance * share / len(set(item.words))
                queries.append({"match_phrase": {place_field(place): {"query": phrase(item), "boost": boost}}})
        for share, names in forms.items():
            match = {"query": TOGETHER.join(names), "analyzer": "forms", "boost": importance * share}
            queries.append({"match": {place_field(place): match}})
        return _script(any_of(queries), NORMED, self._norm(place)) if queries else {}

    def _norm(self, place: Place) -> Json:
        b = self.weights.b
        return {"length": length_field(place), "base": 1 - b, "slope": b / self.view.mean_lengths[place]}

    def _by_script(self, shares: Sequence[tuple[Form | Words, float]], places: Sequence[Place]) -> Json:
        """The same of items over all places, read from the positions of each paper that may have one."""
        weights = self.weights.places
        there = [self._norm(place) | {"positions": positions_field(place), "weight": weights[place]} for place in places]
        names = sorted({term(item.text, stem=item.stem) for item, _ in shares if isinstance(item, Form)})
        possible: list[Json] = [{"terms": {TERMS: names}}] if names else []
        possible += [every_of(with_all(item)) for item, _ in shares if isinstance(item, Words)]
        params = {"places": there, "items": [for_scripts(item, share) for item, share in shares]}
        return _script(every_of([any_of(possible)]), FREQUENCY, params, _ANY)

    # Nearness

    def near(self, plan: Plan) -> Json:
        """The script that tells what the nearness of the query's words adds to a paper; empty when there are no such words."""
        concepts = plan.sentence if isinstance(plan, Wanted) else ()
        if len(concepts) < 2 or not self.weights.near:
            return {}
        tell = [self.numbers[concept].telling for concept in concepts]
        pairs = [0.0, *(self.weights.near * (a + b) / 2 for a, b in pairwise(tell))]
        own = [[for_scripts(item) for kind in OWN for item in ways(concept).get(kind, ())] for concept in concepts]
        places = [
            {
                "positions": positions_field(place),
                "concepts": [items if place in one.places else [] for one, items in zip(concepts, own, strict=True)],
            }
            for place in NEAR_PLACES
        ]
        params = {"places": places, "telling": pairs, "window": self.weights.near_window}
        return {"near": {"script": {"source": NEARNESS, "params": params}}}


def _is_lucenes(item: Form | Words) -> bool:
    return isinstance(item, Form) or bool(phrase(item))


def _clauses(concept: Concept, numbers: Numbers) -> int:
    """Clauses of a concept's scores."""
    clauses = 0
    for kind, items in ways(concept).items():
        if kind in numbers.idf:
            weights = len({item.weight for item in items if isinstance(item, Form)})
            sequences = [item for item in items if isinstance(item, Words)]
            clauses += len(concept.places) * (weights + sum(map(_is_lucenes, sequences)))
            clauses += sum(len(item.words) for item in sequences if not _is_lucenes(item))
    return clauses


def _flat(query: Json, score: float) -> Json:
    """The papers of a query, each with the same score."""
    return {"constant_score": {"filter": query, "boost": score}}


def _script(query: Json, source: str, params: Json, least: float | None = None) -> Json:
    """The papers of a query with the score that a script makes of theirs, those that score less than ``least`` left out."""
    scored: Json = {"query": query, "script": {"source": source, "params": params}}
    return {"script_score": scored if least is None else scored | {"min_score": least}}
