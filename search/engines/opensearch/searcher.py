"""The searching side of the port on a cluster: notices new generations, and answers from the newest as it was at one moment.

The cluster keeps that moment for every searcher that looks at it; the one before is let go of as soon as there are two newer, so
that another thread may finish. A moment that the cluster lost, with the node that kept it, is opened anew.

An answer takes few requests. The papers with all words and those that follow them are two searches in one request; what nearness
adds to the best of each, and the versions that belong beside them, come from a second; the papers of the page, and by what they
were found, from a third.
"""

from __future__ import annotations

import base64
import copy
import datetime
import weakref
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVar

from indexer.errors import EngineError
from search.advice import completions
from search.analysis.chain import tokenize
from search.budget import Budget, unlimited
from search.document import SearchDocument, read_document, term
from search.engines.memory import strength
from search.engines.opensearch.client import Cluster, Json, PointLost
from search.engines.opensearch.index import OpenSearchIndex
from search.engines.opensearch.queries import ROUNDED, any_of, every_of, having, matching, selecting, ways
from search.engines.opensearch.schema import DATE, IDENTIFIER, STORED, value_field
from search.engines.opensearch.scoring import Scoring
from search.engines.opensearch.view import EVERY_VALUE, ClusterWords, View
from search.fields import FACETS
from search.metered import MeteredWords
from search.plan import Both, Concept, Either, MatchKind, Plan, Wanted, Weights, labels_of, words_of
from search.planning import Plans
from search.ports import FacetValue, Hit, Period, SearchRequest, SearchResult, Sort, Suggestion, Vocabulary
from search.query.tree import Node, Word, leaves
from search.snippets import Highlighter
from search.values import Selection, selection

Part = tuple[Plan, MatchKind]
"""A part of a plan that has no parts of its own, and a way in which it may match."""

_STRONGEST_FIRST = list(MatchKind)
_NOT = len(_STRONGEST_FIRST)


def named_ways(plan: Plan) -> dict[Part, Json]:
    """The queries that tell which parts of a plan match a paper."""
    match plan:
        case Concept():
            return {(plan, kind): having(items, plan.places) for kind, items in ways(plan).items()}
        case Both() | Either() | Wanted():
            return {part: query for child in _children(plan) for part, query in named_ways(child).items()}
        case _:
            return {(plan, MatchKind.EXACT): matching(plan)}


def found_by(plan: Plan, matched: AbstractSet[Part]) -> MatchKind:
    """By what a paper was found that matches the plan, of which these parts match."""
    return _STRONGEST_FIRST[min(_rank(plan, matched), _NOT - 1)]


def _rank(plan: Plan, matched: AbstractSet[Part]) -> int:
    match plan:
        case Both() | Wanted():
            return max((_rank(child, matched) for child in _children(plan)), default=_NOT)
        case Either():
            return min((_rank(child, matched) for child in _children(plan)), default=_NOT)
        case _:
            return min((strength(kind) for part, kind in matched if part == plan), default=_NOT)


def _children(plan: Both | Either | Wanted) -> tuple[Plan, ...]:
    if isinstance(plan, Wanted):
        return plan.concepts if plan.strict is None else (*plan.concepts, plan.strict)
    return plan.children


DIGITS = 6
"""Scores that agree in so many digits after the first are equal: as many as the cluster has, which adds them up in numbers of
seven digits. With fewer, papers that ``memory`` tells apart would be equal and go by their dates."""

_MOST_VALUES = 50_000
"""Values of a facet that are told. An answer holds 65,535 of all facets together, of which only dossiers have thousands."""
_MOST_PERIODS = 20_000
_BY_WORDS = "by the words"
_AMONG = "among"
"""Which papers are let through at all; no facet has this name."""
_UNDATED = 0


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A paper in the order, with its score."""

    identifier: str
    score: float
    date: int

    @property
    def best_first(self) -> tuple[float, int, str]:
        """The best first, then the newest, then by identifier."""
        return -float(f"{self.score:.{DIGITS}e}"), -self.date, self.identifier


@dataclass(frozen=True, slots=True)
class _Search:
    """Papers to be put in order: those with all words, or those that follow them."""

    query: Json
    kept: list[Json]
    excluded: list[Json]
    partial: bool

    @property
    def chosen(self) -> Json:
        """What filters let through, after the facets are counted."""
        return {"bool": {"filter": self.kept or [{"match_all": {}}], "must_not": self.excluded}}

    def body(self, sort: Sort, size: int) -> Json:
        """The first papers in an order."""
        dated = {DATE: {"order": "asc" if sort is Sort.OLDEST else "desc", "missing": "_last"}}
        orders: list[Json] = [dated, {IDENTIFIER: "asc"}]
        return {
            "query": self.query,
            "post_filter": self.chosen,
            "sort": [{"_score": "desc"}, *orders] if sort is Sort.RELEVANCE else orders,
            "track_scores": True,
            "docvalue_fields": [DATE],
            "size": size,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Answers one request with one plan."""

    view: View
    weights: Weights
    plan: Plan
    request: SearchRequest
    budget: Budget

    def answer(self) -> SearchResult:
        scoring = Scoring.of(self.view, self.weights, self.plan)
        chosen = {name: selection(name, values) for name, values in self.request.filters.items() if values}
        selected = {name: selecting(name, choice) for name, choice in chosen.items()}
        if self.request.among is not None:
            selected[_AMONG] = {"terms": {IDENTIFIER: sorted(self.request.among)}}
        searches = self._searches(scoring, list(selected.values()))
        wanted = self.request.offset + self.request.limit if self.request.limit > 0 else 0
        near = scoring.near(self.plan) if self.request.sort is Sort.RELEVANCE else {}
        size = max(wanted, self.weights.near_candidates if near else 0) if wanted else 0
        bodies = [search.body(self.request.sort, size) for search in searches]
        bodies[-1] |= {"aggs": self._counting(selected, chosen)}
        answers = self.view.searches(bodies)
        totals = [answer["hits"]["total"]["value"] for answer in answers]
        ranked = [[_ranked(hit) for hit in answer["hits"]["hits"]] for answer in answers]
        if self.request.sort is Sort.RELEVANCE and size:
            ranked = self._put_near(searches, ranked, near)
        page = [(one, search.partial) for search, those in zip(searches, ranked, strict=True) for one in those]
        counted = answers[-1].get("aggregations", {})
        total = counted[_BY_WORDS]["doc_count"]
        return SearchResult(
            hits=self._hits(page[self.request.offset : wanted], searches[-1].query),
            total=total,
            total_all_words=totals[0],
            facets=self._facets(counted, chosen),
            plan=self.plan,
            periods={name: _periods(name, counted) for name in self.request.periods},
            nowhere=labels_of(one for one in self._wanted if not scoring.numbers[one].counts),
            total_alike=sum(totals) - total,
        )

    @property
    def _wanted(self) -> tuple[Plan, ...]:
        return self.plan.concepts if isinstance(self.plan, Wanted) else ()

    def _searches(self, scoring: Scoring, kept: list[Json]) -> list[_Search]:
        """Partial matches follow when few papers have all words; decided without filters, and only when sorting by relevance."""
        plan, request = self.plan, self.request
        full = _Search(_rounded(scoring.scored(plan)), kept, [], partial=False)
        if not isinstance(plan, Wanted) or len(plan.concepts + plan.alike) < 2 or scoring.full >= self.weights.enough:
            return [full]
        if request.verbatim or request.sort is not Sort.RELEVANCE:
            return [full]
        having_all = matching(plan)
        partly = scoring.partly(plan)
        every = any_of([every_of([having_all]), _rounded(partly)])
        if not plan.alike:
            return [full, _Search(every, kept, [having_all], partial=True)]
        first = scoring.in_other_words(plan)
        return [
            full,
            _Search(_rounded(first), kept, [having_all], partial=True),
            _Search(every, kept, [having_all, first], partial=True),
        ]

    # Order

    def _put_near(self, searches: Sequence[_Search], ranked: list[list[_Ranked]], near: Json) -> list[list[_Ranked]]:
        """The best papers by score and nearness, and right after the best version of each the others, the newest first."""
        families = self.view.families
        candidates = [{one.identifier for one in those[: self.weights.near_candidates]} if near else set() for those in ranked]
        bodies: list[Json] = []
        for search, those, best in zip(searches, ranked, candidates, strict=True):
            here = {one.identifier for one in those}
            asked = best | {version for one in here for version in families.get(one, ()) if version not in here}
            query = {"bool": {"must": [search.query], "filter": [{"terms": {IDENTIFIER: sorted(asked)}}]}}
            body = replace(search, query=query).body(Sort.RELEVANCE, len(asked))
            bodies += [body | ({"script_fields": near} if near else {})] if asked else []
        answers = iter(self.view.searches(bodies))
        result: list[list[_Ranked]] = []
        for those, best in zip(ranked, candidates, strict=True):
            known = {one.identifier: one for one in those}
            if best or any(version not in known for one in known for version in families.get(one, ())):
                for hit in next(answers)["hits"]["hits"]:
                    one = _ranked(hit)
                    added = hit["fields"]["near"][0] if one.identifier in best else 0.0
                    known[one.identifier] = replace(one, score=one.score + added)
            first = sorted((known[one.identifier] for one in those), key=lambda one: one.best_first)
            ordered = dict.fromkeys(name for one in first for name in (one.identifier, *families.get(one.identifier, ())))
            result.append([known[name] for name in ordered if name in known])
        return result

    def _hits(self, page: Sequence[tuple[_Ranked, bool]], by_words: Json) -> tuple[Hit, ...]:
        """The papers of a page, with by what they were found; ``by_words`` finds those that the words do."""
        if not page:
            return ()
        others = self.plan.alike if isinstance(self.plan, Wanted) else ()
        names = named_ways(self.plan) | {part: query for one in others for part, query in named_ways(one).items()}
        query = {
            "bool": {
                "filter": [{"terms": {IDENTIFIER: [one.identifier for one, _ in page]}}],
                "should": [
                    *({"bool": {"filter": [one], "_name": str(i)}} for i, one in enumerate(names.values())),
                    *([{"bool": {"filter": [by_words], "_name": _BY_WORDS}}] if others else []),
                ],
            }
        }
        answer = self.view.search({"query": query, "size": len(page), "_source": [STORED]})
        found = {hit["_id"]: hit for hit in answer["hits"]["hits"]}
        highlighter = Highlighter(self.plan, self.budget)
        hits: list[Hit] = []
        for one, partial in page:
            hit = found[one.identifier]
            document = read_document(base64.b64decode(hit["_source"][STORED]))
            matched = {way for i, way in enumerate(names) if str(i) in hit.get("matched_queries", ())}
            beside = bool(others) and partial and _BY_WORDS not in hit.get("matched_queries", ())
            kind = MatchKind.ALIKE if beside else MatchKind.PARTIAL if partial else found_by(self.plan, matched)
            passages = _told(document, highlighter) if self.request.passages else None
            lacking = labels_of(part for part in self._wanted if _rank(part, matched) == _NOT) if partial else ()
            alike = words_of(part for part in others if _rank(part, matched) != _NOT) if beside else ()
            hits.append(Hit(document, one.score, kind, passages, lacking, alike))
        return tuple(hits)

    # Counts

    def _counting(self, selected: Mapping[str, Json], chosen: Mapping[str, Selection]) -> Json:
        """Each facet counted over the matches with all selections but its own, and the periods over the papers kept."""
        limit = min(self.request.facet_limit, _MOST_VALUES)
        aggregations: Json = {_BY_WORDS: {"filter": _passing(list(selected.values()))}}
        for name in self.request.facets:
            inner: Json = {}
            values = {"field": value_field(name), "shard_size": EVERY_VALUE}
            if limit > 0:
                inner["most"] = {"terms": values | {"size": limit}}
            if name in chosen and chosen[name].values:
                some = sorted(chosen[name].values)
                inner["chosen"] = {"terms": values | {"size": len(some), "include": some}}
            if inner:
                others = [one for other, one in selected.items() if other != name]
                aggregations[f"facet {name}"] = {"filter": _passing(others), "aggs": inner}
        days = {"first": {"min": {"field": DATE}}, "last": {"max": {"field": DATE}}}
        for name in self.request.periods:
            if name in FACETS:
                values = {"field": value_field(name), "shard_size": EVERY_VALUE, "size": _MOST_PERIODS}
                inner = {"values": {"terms": values, "aggs": days}}
                aggregations[f"periods {name}"] = {"filter": _passing(list(selected.values())), "aggs": inner}
        return aggregations

    def _facets(self, counted: Json, chosen: Mapping[str, Selection]) -> dict[str, tuple[FacetValue, ...]]:
        facets: dict[str, tuple[FacetValue, ...]] = {}
        for name in self.request.facets:
            found = counted.get(f"facet {name}", {})
            most = {bucket["key"]: bucket["doc_count"] for bucket in found.get("most", {}).get("buckets", ())}
            more = dict.fromkeys(chosen[name].values, 0) if name in chosen else {}
            more |= {bucket["key"]: bucket["doc_count"] for bucket in found.get("chosen", {}).get("buckets", ())}
            further = sorted(more.keys() - most.keys(), key=lambda value: (-more[value], value))
            counts = most | {value: more[value] for value in further}
            labels = self.view.labels(counts) if name == "dossier" else {}
            facets[name] = tuple(FacetValue(value, labels.get(value, value), count) for value, count in counts.items())
        return facets


def _told(document: SearchDocument, highlighter: Highlighter) -> dict[int, int]:
    """The passages with something to mark, and of how many concepts."""
    told = {i: highlighter.marks(passage.text, passage.place) for i, passage in enumerate(document.passages)}
    return {i: concepts for i, (marks, concepts) in told.items() if marks}


def _rounded(query: Json) -> Json:
    script = {"source": ROUNDED, "params": {"digits": DIGITS}}
    return {"script_score": {"query": query, "script": script}}


def _passing(filters: list[Json]) -> Json:
    return every_of(filters) if filters else {"match_all": {}}


def _ranked(hit: Json) -> _Ranked:
    return _Ranked(hit["_id"], hit["_score"], hit.get("fields", {}).get(DATE, [_UNDATED])[0])


def _periods(name: str, counted: Json) -> tuple[Period, ...]:
    """Every value of the papers found with the days between which it occurs; what is no facet has none."""
    buckets = counted.get(f"periods {name}", {}).get("values", {}).get("buckets", ())
    days = [(bucket, _day(bucket["first"]["value"]), _day(bucket["last"]["value"])) for bucket in buckets]
    return tuple(Period(bucket["key"], bucket["doc_count"], first, last) for bucket, first, last in days)


def _day(ordinal: float | None) -> datetime.date | None:
    return None if ordinal is None else datetime.date.fromordinal(int(ordinal))


_T = TypeVar("_T")

_TRIES = 3
"""Times that a lost moment is opened anew for one question."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A view and its words; ``kept`` is what is kept of them for all answers, where these are for one."""

    view: View
    words: ClusterWords
    kept: _Open | None = None


class OpenSearchSearcher:
    """Answers from the current generation; looks at every question whether there is a newer one (one short request)."""

    def __init__(self, cluster: Cluster, weights: Weights) -> None:
        self._cluster = cluster
        self._index = OpenSearchIndex(cluster)
        self._weights = weights
        self._lock = Lock()
        self._views: list[_Open] = []
        self._budget = unlimited()
        weakref.finalize(self, _let_go, cluster, self._views)

    def within(self, budget: Budget) -> OpenSearchSearcher:
        limited = copy.copy(self)  # which looks at the same views
        limited._budget, limited._cluster = budget, self._cluster.within(budget)
        limited._index = OpenSearchIndex(limited._cluster)
        return limited

    def prepare(self) -> None:
        """The dictionary; what is asked of the cluster belongs to the budget of an answer."""
        tokenize("de")

    @property
    def generation(self) -> str:
        return self._index.current().name

    def _newest(self) -> _Open:
        newest = self._newest_kept()
        return _Open(newest.view.asking(self._cluster), newest.words.asking(self._cluster), newest)

    def _newest_kept(self) -> _Open:
        current = self._index.current()
        with self._lock:
            if not self._views or self._views[-1].view.generation != current.name:
                point = self._cluster.open_point(current.index, View.keep_alive)
                view = View(self._cluster, current.index, current.name, point)
                self._views.append(_Open(view, ClusterWords(view)))
                _let_go(self._cluster, self._views[:-2])
                del self._views[:-2]
            elif self._views[-1].words.many:
                self._views[-1] = _Open(self._views[-1].view, ClusterWords(self._views[-1].view))
            return self._views[-1]

    def _asked(self, ask: Callable[[_Open], _T]) -> _T:
        """What ``ask`` gives of the newest generation."""
        for _ in range(_TRIES - 1):
            with suppress(PointLost):
                return self._once(ask)
        return self._once(ask)

    def _once(self, ask: Callable[[_Open], _T]) -> _T:
        newest = self._newest()
        try:
            return ask(newest)
        except PointLost:
            with self._lock:
                self._views[:] = [one for one in self._views if one is not newest.kept]
            raise

    @property
    def vocabulary(self) -> Vocabulary:
        return MeteredWords(self._newest().words, self._budget)

    def search(self, request: SearchRequest) -> SearchResult:
        return self._asked(lambda newest: self._answer(newest, request))

    def _answer(self, newest: _Open, request: SearchRequest) -> SearchResult:
        plan = newest.words.settled(
            lambda words: self._plan(MeteredWords(words, self._budget), request), _first_words(request.query)
        )
        return Finding(newest.view, self._weights, plan, request, self._budget).answer()

    def _plan(self, words: Vocabulary, request: SearchRequest) -> Plan:
        return Plans(words, self._weights).of(request)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return self._asked(lambda newest: completions(prefix, limit, newest.view.values, newest.words))


def _let_go(cluster: Cluster, views: list[_Open]) -> None:
    """Close what is open and not wanted any more; what cannot be closed now closes by itself, after minutes."""
    with suppress(EngineError):
        cluster.close_points(one.view.point for one in views)


def _first_words(query: Node) -> list[str]:
    """The terms that a plan asks for first: whether there are the words of the query."""
    tokens = [token for leaf in leaves(query) if isinstance(leaf, Word) for token in tokenize(leaf.text)]
    return [name for token in tokens for name in (term(token.text, stem=False), term(token.stem, stem=True))]
