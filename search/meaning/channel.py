"""When papers are found by meaning, and how they join those that were found by the words.

Only plain words are asked by meaning, with fields and filters as conditions: quotation marks and operators say that the words
themselves are meant. Unless it is asked for, the channel stays silent where a paper has all words, or the best one most of them.
Where it speaks, papers with all words stay in front. The others follow by nearness, to which the words that a paper does have are
added: their share of the query, squared, so that a paper with most words stands above what only means alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from indexer.paper.identifier import Identifier
from search.budget import Budget
from search.failing import ENOUGH, shares
from search.meaning.encoder import PaperEncoder, Reading
from search.meaning.store import Kept, Near, VectorStore, nearest
from search.plan import MatchKind
from search.ports import Hit, Searcher, SearchRequest, SearchResult, Sort
from search.query.tree import And, Cites, Dated, Match, Node, Not, Nothing, Or, Paper, Word

HEAD = 100
"""Papers of each channel that are put in one order; the rest of those found by the words follows."""
_WORDS = 6.0
"""What the words weigh against nearness: a paper with all of them would be so many standard deviations nearer."""
_FEW = 500
"""Papers that pass the filters where all of them are compared; of more only the nearest ones are tried."""
_TRIED = 200
"""Papers that the engine is asked about at once: whether they pass the filters."""


class Meaning(StrEnum):
    """Whether papers are found by meaning as well: where the words fail, always, or never."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Together:
    """What both channels found: the first hits in their common order, and how many of them were found by meaning alone.

    ``texts`` tells of each paper near to the query which of its texts is nearest (``embedding.texts_of``).
    """

    hits: tuple[Hit, ...]
    by_meaning: int
    texts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeaningChannel:
    """Finds papers by meaning in the vectors of one store."""

    store: VectorStore
    encoder: PaperEncoder

    @property
    def generation(self) -> str:
        """Names the state of the vectors; empty where there are none, so that nothing is found by meaning."""
        return self.store.generation

    def together(
        self, searcher: Searcher, budget: Budget, request: SearchRequest, found: SearchResult, meaning: Meaning
    ) -> Together | None:
        """What the words ``found``, with what is found by meaning; None where meaning has nothing to say.

        ``searcher`` works within ``budget``; ``meaning`` is ``AUTO`` or ``ON``.
        """
        asked = _asked(request.query)
        unneeded = meaning is Meaning.AUTO and found.total_all_words > 0
        if asked is None or unneeded or request.sort is not Sort.RELEVANCE or request.verbatim:
            return None
        words, conditions = asked
        kept = self.store.kept()
        head = searcher.search(replace(request, offset=0, limit=HEAD, facets=()))
        covered = shares(head, searcher.vocabulary, len(kept.places))
        if meaning is Meaning.AUTO and max(covered.values(), default=0.0) >= ENOUGH:
            return None
        with budget.uncharged():  # the first time the encoder is opened, which takes seconds
            readings = self.encoder.query(" ".join(words))
        near = self._near(searcher, request, conditions, kept, readings, list(covered))
        return _ordered(head, near, covered)

    def _near(
        self,
        searcher: Searcher,
        request: SearchRequest,
        conditions: tuple[Node, ...],
        kept: Kept,
        readings: Sequence[Reading],
        found: Sequence[str],
    ) -> list[tuple[Near, Hit | None]]:
        """The nearest papers that pass filters and conditions, ``HEAD`` at most, and besides how near those are that the words
        found, which need no asking again."""
        known = {near.identifier: near for near in nearest(kept, readings, found)}
        passing = _passing(searcher, request, conditions)
        near: list[tuple[Near, Hit | None]] = [(one, None) for one in known.values()]
        others = (one for one in nearest(kept, readings, passing.among) if one.identifier not in known)
        for one, hit in passing.of(others):
            near.append((one, hit))
            if len(near) == len(known) + HEAD:
                break
        return near


def _asked(query: Node) -> tuple[tuple[str, ...], tuple[Node, ...]] | None:
    """The words of a query and its other conditions; None where it has no plain words, or is meant as it stands."""
    children = query.children if isinstance(query, And) and not query.explicit else (query,)
    words = tuple(child.text for child in children if isinstance(child, Word))
    conditions = tuple(child for child in children if not isinstance(child, Word))
    if not words or not all(isinstance(one, Match | Dated | Cites) for one in conditions):
        return None
    return words, conditions


@dataclass(frozen=True, slots=True)
class _Passing:
    """Which papers pass filters and conditions: ``among`` these, where they are few, or else whom ``hits`` gives back."""

    among: frozenset[str] | None
    hits: Callable[[Sequence[str]], Mapping[str, Hit]]

    def of(self, near: Iterator[Near]) -> Iterator[tuple[Near, Hit]]:
        """Those of the papers that pass, each as a hit."""
        while some := [one for one, _ in zip(near, range(_TRIED), strict=False)]:
            hits = self.hits([one.identifier for one in some])
            yield from ((one, hits[one.identifier]) for one in some if one.identifier in hits)


def _passing(searcher: Searcher, request: SearchRequest, conditions: tuple[Node, ...]) -> _Passing:
    bare = replace(request, offset=0, facets=(), passages=False, periods=())

    def hits(identifiers: Sequence[str]) -> Mapping[str, Hit]:
        """The papers themselves: a paper that is named stands above those that name it."""
        named: tuple[Node, ...] = tuple(Paper(Identifier(one), Identifier(one).printed) for one in identifiers)
        query = _all((named[0] if len(named) == 1 else Or(named), *conditions))
        found = searcher.search(replace(bare, query=query, limit=len(identifiers)))
        wanted = frozenset(identifiers)
        return {hit.document.identifier: hit for hit in found.hits if hit.document.identifier in wanted}

    if not (conditions or request.filters):
        return _Passing(None, hits)
    every = searcher.search(replace(bare, query=_all(conditions or (Not(Nothing()),)), limit=_FEW, sort=Sort.NEWEST))
    return _Passing(frozenset(hit.document.identifier for hit in every.hits) if every.total <= _FEW else None, hits)


def _all(nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else And(nodes, explicit=True)


def _ordered(head: SearchResult, near: Sequence[tuple[Near, Hit | None]], covered: Mapping[str, float]) -> Together:
    """Papers with all words first, in their order; then all others by nearness and by the words that they have."""
    nearness = {one.identifier: one.nearness for one, _ in near}
    least = min(nearness.values(), default=0.0)
    full = [hit for hit in head.hits if hit.match is not MatchKind.PARTIAL]
    others = [hit for hit in head.hits if hit.match is MatchKind.PARTIAL]
    others += [replace(hit, match=MatchKind.MEANING, passages={}) for _, hit in near if hit is not None]

    def score(hit: Hit) -> float:
        name = hit.document.identifier
        return nearness.get(name, least) + _WORDS * covered.get(name, 0.0) ** 2

    scored = sorted((replace(hit, score=score(hit)) for hit in others), key=lambda hit: (-hit.score, hit.document.identifier))
    by_meaning = sum(hit.match is MatchKind.MEANING for hit in scored)
    return Together((*full, *scored), by_meaning, {one.identifier: one.text for one, _ in near})
