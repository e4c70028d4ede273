"""Plans as queries of Whoosh. Each finds all its papers at once, as arrays, and can be combined with any query of Whoosh.

``query_of`` makes the tree of queries for a plan. ``ConceptQuery`` and ``PropertyQuery`` are its leaves; ``AllOf``, ``AnyOf`` and
``NoneOf`` combine queries, and ``WantedQuery`` holds the words of an ordinary query. Each makes an ``ArrayMatcher``, which gives
its papers as arrays or one after another, so that queries of Whoosh can combine it. For a child that is a query of Whoosh, the
papers are read one after another from its own matcher (``taken``). ``lookup_of`` keeps what a search looks up in the context of
that search, so nothing is read twice.

Looking things up is the work of ``searching.lookup``; filters, order and pages are the work of ``collector``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TypeGuard

import numpy as np
from whoosh import query as stock
from whoosh.matching import Matcher, ReadTooFar
from whoosh.reading import IndexReader
from whoosh.scoring import BM25F, WeightingModel
from whoosh.searching import SearchContext, Searcher

from search.budget import Budget
from search.coverage import NOISE, PERCENTS, least_level, shares
from search.engines.whoosh.schema import field_of
from search.engines.whoosh.searching.amounts import NOTHING, Amounts, Found, all_of, any_of, flat
from search.engines.whoosh.searching.lookup import ConceptMatch, Lookup, Property
from search.engines.whoosh.searching.metered import MeteredArrays
from search.engines.whoosh.searching.postings import Docs, PaperArrays
from search.engines.whoosh.storage.narrow import Mask
from search.plan import Both, Citing, Concept, Either, Empty, HasValue, MatchKind, Named, Plan, Wanted, Weights, Within, Without


class Ranking(BM25F):  # type: ignore[misc] # whoosh is untyped
    """The weighting model of a searcher.

    ``weights`` score the project's own queries. Whoosh's BM25F, with the same b and k1, scores the terms of Whoosh's queries.
    """

    def __init__(self, weights: Weights) -> None:
        super().__init__(B=weights.b, K1=weights.k1)
        self.weights = weights


def lookup_of(searcher: Searcher, context: SearchContext, budget: Budget | None = None) -> Lookup:
    """The ``Lookup`` of one search, made to read within a budget where there is one.

    The queries and the collector of a search share it through their context.
    """
    known = getattr(context, "lookup", None)
    if isinstance(known, Lookup):
        return known
    arrays: PaperArrays = searcher.reader().arrays
    metered = MeteredArrays(arrays, budget) if budget else arrays
    made = Lookup(metered, _weights(context.weighting or searcher.weighting), searcher)
    context.lookup = made
    return made


def _weights(weighting: WeightingModel) -> Weights:
    return weighting.weights if isinstance(weighting, Ranking) else Weights()


class ArrayMatcher(Matcher):  # type: ignore[misc] # whoosh is untyped
    """A matcher over arrays: ``found`` has all papers with their scores."""

    def __init__(self, found: Found, at: int = 0) -> None:
        self.found = found
        self._at = at

    def is_active(self) -> bool:
        """Whether there is a current paper."""
        return self._at < len(self.found.docs)

    def id(self) -> int:
        """The number of the current paper; after the last paper still its number, as some matchers of Whoosh look again."""
        return int(self.found.docs[min(self._at, len(self.found.docs) - 1)])

    def next(self) -> None:
        """Go to the next paper."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Go to the first paper, from the current one on, whose number is at least ``id``."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self.found.docs[self._at :], id))

    def all_ids(self) -> Iterator[int]:
        """The numbers of all papers."""
        return iter(self.found.docs.tolist())

    def score(self) -> float:
        """The score of the current paper."""
        return float(self.found.scores[self._at])

    def weight(self) -> float:
        """The score: a concept has no other weight."""
        return self.score()

    def reset(self) -> None:
        """Go back to the first paper."""
        self._at = 0

    def copy(self) -> ArrayMatcher:
        """A matcher at the same paper, over the same arrays."""
        return ArrayMatcher(self.found, self._at)

    def supports(self, astype: str) -> bool:
        """Whether the matcher can tell this of each posting. It never can, because a concept joins many terms."""
        return False

    def supports_block_quality(self) -> bool:
        """Whether papers with low scores can be skipped: not where some score nothing, because those match all the same."""
        return self._all_score

    @cached_property
    def _all_score(self) -> bool:
        return bool((self.found.scores > 0).all())

    @cached_property
    def _most(self) -> float:
        return float(self.found.scores.max(initial=0))

    def max_quality(self) -> float:
        """The highest score of all papers."""
        return self._most

    def block_quality(self) -> float:
        """The highest score of all papers, since there are no blocks."""
        return self.max_quality()

    def skip_to_quality(self, minquality: float) -> int:
        """Go to the next paper that scores more than ``minquality``; return how many blocks were skipped."""
        left = np.flatnonzero(self.found.scores[self._at :] > minquality)
        self._at = self._at + int(left[0]) if len(left) else len(self.found.docs)
        return 1


def query_of(plan: Plan) -> stock.Query:
    """The query that finds what a plan asks for."""
    match plan:
        case Concept():
            return ConceptQuery(plan)
        case HasValue() | Within() | Citing() | Named():
            return PropertyQuery(plan)
        case Both(children):
            return AllOf(tuple(map(query_of, children)))
        case Either(children):
            return AnyOf(tuple(map(query_of, children)))
        case Without(child):
            return NoneOf(query_of(child))
        case Wanted(concepts, strict, welcome, sentence, alike):
            asked, others = tuple(map(query_of, concepts)), tuple(map(query_of, alike))
            conditions = None if strict is None else query_of(strict)
            return WantedQuery(asked, conditions, tuple(map(query_of, welcome)), sentence, others)
        case Empty():
            return stock.NullQuery


class PaperQuery(stock.Query):  # type: ignore[misc] # whoosh is untyped
    """A query that finds all its papers at once. Subclasses define ``found``; ``boost`` multiplies the scores."""

    boost: float

    def found(self, lookup: Lookup) -> Found:
        """The papers that match, with their scores."""
        raise NotImplementedError

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        """A matcher over the papers found."""
        found = self.found(lookup_of(searcher, context if context is not None else searcher.context()))
        return ArrayMatcher(found if self.boost == 1 else Found(found.docs, found.scores * self.boost))

    def children(self) -> Iterator[stock.Query]:
        """The queries that this one combines."""
        return iter(())

    def is_leaf(self) -> bool:
        """Whether this query combines no others."""
        return next(self.children(), None) is None

    def field(self) -> None:
        """The field that the query looks into: None, because there are always several."""

    def with_boost(self, boost: float) -> PaperQuery:
        """The same query with another boost."""
        return replace(self, boost=boost)

    def estimate_size(self, ixreader: IndexReader) -> int:
        """The most papers that can match."""
        return int(ixreader.doc_count())

    def estimate_min_size(self, ixreader: IndexReader) -> int:
        """The fewest papers that can match."""
        return 0


@dataclass(frozen=True, eq=True)
class ConceptQuery(PaperQuery):
    """Papers with any form of a concept, scored by BM25F over the places of a paper."""

    concept: Concept
    boost: float = 1.0

    def found(self, lookup: Lookup) -> Found:
        """The papers that match, with their scores."""
        return lookup.concept(self.concept).found

    def leaves(self) -> Iterator[stock.Query]:
        """The terms that are looked up, as queries of Whoosh, which its highlighter marks."""
        forms = [(form.text, form.stem) for form in self.concept.forms]
        forms += [(text, stem) for sequence in self.concept.sequences for text, _, stem in sequence.words]
        return (stock.Term(field_of(place, stem=stem), text) for text, stem in forms for place in self.concept.places)


@dataclass(frozen=True, eq=True)
class PropertyQuery(PaperQuery):
    """Papers with a property: a value, a date, a citation, a name."""

    wanted: Property
    boost: float = 1.0

    def found(self, lookup: Lookup) -> Found:
        """The papers that match, each with the score of the property."""
        return lookup.having(self.wanted)


@dataclass(frozen=True, eq=True)
class AllOf(PaperQuery):
    """Papers that match all of the queries; their scores are added up."""

    queries: tuple[stock.Query, ...]
    boost: float = 1.0

    def children(self) -> Iterator[stock.Query]:
        """The queries that this one combines."""
        return iter(self.queries)

    def found(self, lookup: Lookup) -> Found:
        """The papers that match, with their scores; once none can match any more, nothing else is read."""
        found: dict[int, Found] = {}
        left = lookup.arrays.live
        for i in sorted(range(len(self.queries)), key=lambda i: _reads(self.queries[i], lookup)):
            found[i] = found_by(self.queries[i], lookup)
            having = np.zeros(len(left), np.bool_)
            having[found[i].docs] = True
            left = left & having
            if not left.any():
                return NOTHING
        return all_of(found[i] for i in range(len(self.queries)))


@dataclass(frozen=True, eq=True)
class AnyOf(PaperQuery):
    """Papers that match any of the queries; their scores are added up."""

    queries: tuple[stock.Query, ...]
    boost: float = 1.0

    def children(self) -> Iterator[stock.Query]:
        """The queries that this one combines."""
        return iter(self.queries)

    def found(self, lookup: Lookup) -> Found:
        """The papers that match, with their scores."""
        return any_of([_amounts(child, lookup) for child in self.queries], lookup.arrays.size)


@dataclass(frozen=True, eq=True)
class NoneOf(PaperQuery):
    """Papers that a query does not match; they score 0."""

    query: stock.Query
    boost: float = 1.0

    def children(self) -> Iterator[stock.Query]:
        """The query whose papers are excluded."""
        return iter((self.query,))

    def found(self, lookup: Lookup) -> Found:
        """All other papers."""
        mask = lookup.arrays.live.copy()
        mask[found_by(self.query, lookup).docs] = False
        return flat(mask)


@dataclass(frozen=True, eq=True)
class WantedQuery(PaperQuery):
    """The words of an ordinary query: papers match that have all of them and match ``strict``.

    Papers that have what is ``welcome`` score for it. ``sentence`` holds the words in their order, for nearness. ``partly`` gives
    the papers that have enough of the words. When few papers match, the collector shows these after them, or where there is
    something ``alike`` first those that ``in_other_words`` gives.
    """

    wanted: tuple[stock.Query, ...]
    strict: stock.Query | None = None
    welcome: tuple[stock.Query, ...] = ()
    sentence: tuple[Concept, ...] = ()
    alike: tuple[stock.Query, ...] = ()
    boost: float = 1.0

    def children(self) -> Iterator[stock.Query]:
        """The queries that a paper must match."""
        return chain(self.wanted, () if self.strict is None else (self.strict,))

    def found(self, lookup: Lookup) -> Found:
        """The papers with all words, with their scores."""
        full = all_of(match.found for match in _matches(self.wanted, lookup))
        return self._welcoming(full if self.strict is None else all_of((full, found_by(self.strict, lookup))), lookup)

    def partly(self, lookup: Lookup, full: Found) -> Found:
        """The papers that have enough of the words but are not in ``full``, as ``search.coverage`` tells."""
        weights, size, papers = lookup.weights, lookup.arrays.size, lookup.arrays.papers
        matches = _matches(self.wanted, lookup)
        some = any_of([match.amounts for match in matches], size)
        if self.strict is not None:
            some = all_of((some, found_by(self.strict, lookup)))
        covered = np.zeros(size)
        for match, share in zip(matches, shares([match.counts for match in matches], papers, weights), strict=True):
            covered += match.covering(share, size)
        share_of = covered[some.docs]
        levels = np.floor(100 * share_of + NOISE).astype(np.int64)
        lacking = ~np.isin(some.docs, full.docs, assume_unique=True)
        having = np.bincount(levels[lacking], minlength=PERCENTS)
        enough = lacking & (levels >= least_level(having.tolist(), len(full.docs), papers, weights))
        shown = self._welcoming(Found(some.docs[enough], some.scores[enough]), lookup)
        return Found(shown.docs, shown.scores * share_of[enough] ** weights.coordination * self.boost)

    def in_other_words(self, lookup: Lookup, full: Found) -> Found:
        """The same when the other words are wanted as well."""
        return replace(self, wanted=(*self.wanted, *self.alike)).partly(lookup, full)

    def lacks(self, lookup: Lookup, docs: Docs) -> list[Mask]:
        """For each wanted query a mask over a few papers: True for those that do not match it."""
        return [~match.amounts.having(docs) for match in _matches(self.wanted, lookup)]

    def has_alike(self, lookup: Lookup, docs: Docs) -> list[Mask]:
        """For each query in other words a mask over a few papers: True for those that match it."""
        return [match.amounts.having(docs) for match in _matches(self.alike, lookup)]

    def nowhere(self, lookup: Lookup) -> list[bool]:
        """For each wanted query whether no paper matches it."""
        return [not match.amounts.papers for match in _matches(self.wanted, lookup)]

    def _welcoming(self, found: Found, lookup: Lookup) -> Found:
        """The same papers with what they score for what is welcome."""
        scores = found.scores
        for query in self.welcome:
            scores = scores + _match(query, lookup).amounts.of(found.docs)
        return Found(found.docs, scores)


def concepts_in(query: stock.Query) -> Iterator[Concept]:
    """Every concept that a query looks up to decide which papers match."""
    if isinstance(query, ConceptQuery):
        yield query.concept
    elif isinstance(query, PaperQuery):
        for child in query.children():
            yield from concepts_in(child)


def _matches(queries: tuple[stock.Query, ...], lookup: Lookup) -> list[ConceptMatch]:
    return [_match(one, lookup) for one in queries]


def _reads(query: stock.Query, lookup: Lookup) -> int:
    """About how much is read to find a query: what reads positions comes after what does not, and of it the rarest first."""
    if isinstance(query, ConceptQuery):
        return lookup.reads(query.concept)
    return sum(_reads(child, lookup) for child in query.children()) if isinstance(query, PaperQuery) else 0


def _match(query: stock.Query, lookup: Lookup) -> ConceptMatch:
    return lookup.concept(query.concept) if _as_it_is(query) else _other(query, lookup)


def _other(query: stock.Query, lookup: Lookup) -> ConceptMatch:
    """A wanted query that is not a word; what it finds, it finds exactly."""
    found = found_by(query, lookup)
    amounts = Amounts(found.docs, found.scores)
    return ConceptMatch(amounts, ((MatchKind.EXACT, amounts),) if amounts.papers else (), lookup.idf(len(found.docs)))


def _amounts(query: stock.Query, lookup: Lookup) -> Found | Amounts:
    return lookup.concept(query.concept).amounts if _as_it_is(query) else found_by(query, lookup)


def _as_it_is(query: stock.Query) -> TypeGuard[ConceptQuery]:
    """Whether a query is a concept whose scores no boost changes."""
    return isinstance(query, ConceptQuery) and query.boost == 1


def found_by(query: stock.Query, lookup: Lookup) -> Found:
    """The papers that any query, of the project or of Whoosh, finds, with their scores."""
    if isinstance(query, PaperQuery) and query.boost == 1:
        return query.found(lookup)
    if lookup.searcher is None:
        raise ValueError(f"{query!r} is a query of Whoosh, which needs a searcher")
    context = lookup.searcher.context()
    context.lookup = lookup
    return taken(query.matcher(lookup.searcher, context))


def taken(matcher: Matcher) -> Found:
    """All papers of a matcher: its arrays if it has them, otherwise paper after paper."""
    if type(matcher) is ArrayMatcher:
        return matcher.found
    docs: list[int] = []
    scores: list[float] = []
    while matcher.is_active():
        docs.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return Found(np.array(docs, np.int64), np.array(scores, np.float64)) if docs else NOTHING
