"""Stock Whoosh is the oracle: what it finds in its own index of the same papers, it finds in ours, and so do our queries.

Three ways to the same papers: queries of Whoosh over an index that Whoosh wrote (through the schema's analyzers), the same
queries over our index, and trees in which ours stand among Whoosh's.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import collectors
from whoosh import query as stock
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BaseScorer
from whoosh.searching import Searcher

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.document import Place, SearchDocument, document_of, occurrences
from search.engines.whoosh.collector import PaperCollector
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.query import AllOf, AnyOf, NoneOf, Ranking, query_of
from search.engines.whoosh.schema import (
    CITES,
    DATE,
    EXACT_SUFFIX,
    IDENTIFIER,
    TEXT_FIELDS,
    place_field,
    schema,
    stored_values,
)
from search.engines.whoosh.storage.store import Store
from search.engines.whoosh.writer import WhooshWriter
from search.fields import FACETS
from search.plan import Citing, Concept, Form, MatchKind, Named, Plan, Sequence, Weights, Within
from search.ports import SearchRequest
from tests.search.strategies import NAMES, changes

K1, B = 0.8, 0.6
WEIGHTS = Weights(exact=1.0, k1=K1, b=B, near=0.0, places=dict.fromkeys(Place, 1.0))

Changes = list[tuple[list[Kamerstuk], list[str]]]
Lengths = Mapping[str, Mapping[Place, int]]
"""Words by identifier and place."""

_FIELD_OF = {place: name for name, place in TEXT_FIELDS.items()}


class PlainBM25(Ranking):
    """BM25 of each field by itself, summed; counts only papers that are there, as our queries do."""

    def __init__(self, lengths: Lengths) -> None:
        super().__init__(WEIGHTS)
        self.lengths = lengths

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> PlainScorer:
        """A scorer of one term."""
        field = place_field(fieldname)
        with_term = sum(1 for _ in searcher.get_parent().reader().postings(fieldname, text).all_ids())
        papers = len(self.lengths)
        mean = sum(own.get(field.place, 0) for own in self.lengths.values()) / papers or 1.0 if field else 1.0
        idf = math.log1p((papers - with_term + 0.5) / (with_term + 0.5))
        return PlainScorer(searcher, field.place if field else None, idf, mean, self.lengths)


class PlainScorer(BaseScorer):  # type: ignore[misc] # whoosh is untyped
    """Scores one term."""

    def __init__(self, searcher: Searcher, place: Place | None, idf: float, mean: float, lengths: Lengths) -> None:
        self.searcher, self.place, self.idf, self.mean, self.lengths = searcher, place, idf, mean, lengths

    def supports_block_quality(self) -> bool:
        """Every paper is scored."""
        return False

    def score(self, matcher: Any) -> float:
        """The score of the present paper."""
        identifier = self.searcher.stored_fields(matcher.id())[IDENTIFIER]
        length = self.lengths[identifier].get(self.place, 0) if self.place else 0
        frequency = float(matcher.weight())
        return self.idf * frequency / (frequency + K1 * (1 - B + B * length / self.mean))


@dataclass(frozen=True)
class Asked:
    """One question: as Whoosh's query, and as a tree in which ours stand among Whoosh's."""

    theirs: stock.Query
    mixed: stock.Query
    scored: bool = True


def _either(theirs: stock.Query, ours: Plan, *, scored: bool, stays: bool) -> Asked:
    return Asked(theirs, theirs if stays else query_of(ours), scored)


def _term(place: Place, text: str, *, stem: bool, stays: bool) -> Asked:
    form = Form(text, stem, 1.0, MatchKind.STEM if stem else MatchKind.EXACT)
    field = _FIELD_OF[place] + ("" if stem else EXACT_SUFFIX)
    return _either(stock.Term(field, text), Concept(text, (form,), (), (place,)), scored=True, stays=stays)


def _phrase(place: Place, words: tuple[str, ...], *, stays: bool) -> Asked:
    sequence = Sequence(tuple((word, i, False) for i, word in enumerate(words)), 1.0, MatchKind.EXACT)
    ours = Concept(" ".join(words), (), (sequence,), (place,))
    return _either(stock.Phrase(_FIELD_OF[place] + EXACT_SUFFIX, list(words)), ours, scored=False, stays=stays)


def _dated(first: int, last: int, *, stays: bool) -> Asked:
    days = [datetime.date(2015 + year, 1, 1) for year in sorted((first, last))]
    moments = [datetime.datetime.combine(day, datetime.time()) for day in days]
    return _either(stock.DateRange(DATE, *moments), Within(days[0], days[1]), scored=False, stays=stays)


def _joined(children: list[Asked], *, both: bool, stays: bool) -> Asked:
    theirs, mixed = [child.theirs for child in children], [child.mixed for child in children]
    scored = all(child.scored for child in children)
    if both:
        return Asked(stock.And(theirs), stock.And(mixed) if stays else AllOf(tuple(mixed)), scored)
    return Asked(stock.Or(theirs), stock.Or(mixed) if stays else AnyOf(tuple(mixed)), scored)


def _without(one: Asked, other: Asked, *, stays: bool) -> Asked:
    # Not ``AndNot``: Whoosh keeps its first paper when what is excluded has an earlier one too (``AndNotMatcher._find_first``).
    # Whoosh's own ``Not`` scores as much as its child's first paper; ours scores nothing, so scores are not compared.
    theirs = stock.Require(one.theirs, stock.Not(other.theirs))
    mixed = stock.Require(one.mixed, stock.Not(other.mixed)) if stays else AllOf((one.mixed, NoneOf(other.mixed)))
    return Asked(theirs, mixed, False)


_stays = st.booleans()
_places = st.sampled_from((Place.BODY, Place.BODY, Place.TITLE, Place.FOOTNOTE, Place.KIND))
_texts = st.sampled_from(("toeslag", "toeslagen", "huur", "belasting", "motie", "de", "cool", "gen", "cool:gen", "31066", "é"))
_leaves: st.SearchStrategy[Asked] = st.one_of(
    st.builds(_term, _places, _texts, stem=st.booleans(), stays=_stays),
    st.builds(_phrase, _places, st.lists(_texts, min_size=2, max_size=3, unique=True).map(tuple), stays=_stays),
    st.builds(_dated, st.integers(0, 9), st.integers(0, 9), stays=_stays),
    st.sampled_from(("t", "hu", "be", "c")).map(
        lambda start: Asked(stock.Prefix("body", start), stock.Prefix("body", start), False)
    ),
    st.builds(
        lambda name, stays: _either(stock.Term(CITES, f"kst-{name}"), Citing(f"kst-{name}"), scored=False, stays=stays),
        st.sampled_from(NAMES),
        _stays,
    ),
    st.builds(
        lambda name, stays: _either(stock.Term(IDENTIFIER, f"kst-{name}"), Named(f"kst-{name}", 1.0), scored=False, stays=stays),
        st.sampled_from(NAMES),
        _stays,
    ),
)


def _several(inner: st.SearchStrategy[Asked]) -> st.SearchStrategy[list[Asked]]:
    return st.lists(inner, min_size=2, max_size=3, unique_by=lambda one: one.theirs)


_asked = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(
            _joined, st.lists(inner, min_size=2, max_size=3, unique_by=lambda one: one.theirs), both=st.booleans(), stays=_stays
        ),
        st.builds(_without, inner, inner, stays=_stays),
    ),
    max_leaves=5,
)


def _write(folder: Path, history: Changes) -> dict[str, SearchDocument]:
    """Write commits; gives the papers that are left."""
    store = Store(folder)
    store.swap(store.new_generation())
    left: dict[str, SearchDocument] = {}
    for put, taken in history:
        writer = WhooshWriter(store, store.current())
        writer.replace(put)
        writer.remove([Identifier(f"kst-{name}") for name in taken])
        writer.commit()
        left |= {str(one.identifier): document_of(one) for one in put}
        left = {name: document for name, document in left.items() if name.removeprefix("kst-") not in taken}
    return left


def _stock_index(documents: dict[str, SearchDocument]) -> Any:
    """An index that Whoosh writes by itself, from the stored texts and through the analyzers of the schema."""
    made = RamStorage().create_index(schema())
    with made.writer() as writer:
        for document in documents.values():
            values = stored_values(document)
            texts = {name + EXACT_SUFFIX: values[name] for name in TEXT_FIELDS if name in values}
            lists = {name: list(values[name]) for name in (*FACETS, CITES) if name in values}
            del values["document"]
            writer.add_document(**(values | texts | lists))
    return made


def _found(searcher: Searcher, query: stock.Query) -> dict[str, float]:
    return {hit[IDENTIFIER]: float(hit.score) for hit in searcher.search(query, limit=None)}


def _close(found: dict[str, float], expected: dict[str, float]) -> bool:
    return all(math.isclose(found[name], score, rel_tol=1e-4) for name, score in expected.items())


def _assert_best_first(searcher: Searcher, query: stock.Query) -> None:
    """The first page, for which Whoosh skips papers that cannot be on it, holds the best of all papers."""
    every = sorted((hit.score for hit in searcher.search(query, limit=None)), reverse=True)
    with suppress(AssertionError):  # matchers of Whoosh fail so for some trees, over its own index too (``binary.py``)
        first = [hit.score for hit in searcher.search(query, limit=3)]
        if any(not math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9) for one, other in zip(first, every, strict=False)):
            raise ValueError(f"{query!r} gives {first}, and not {every[:3]}")


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(history=changes, questions=st.lists(_asked, min_size=1, max_size=5))
def test_stock_whoosh_on_either_index_and_mixed_trees_agree(history: Changes, questions: list[Asked]) -> None:
    with TemporaryDirectory() as name:
        left = _write(Path(name), history)
        lengths = {
            identifier: {place: length for place, (_, length, _) in occurrences(document).items()}
            for identifier, document in left.items()
        }
        weighting = PlainBM25(lengths)
        with (
            _stock_index(left).searcher(weighting=weighting) as oracle,
            WhooshIndex(Path(name)).searcher(weighting=weighting) as ours,
            WhooshIndex(Path(name)).searcher(weighting=Ranking(WEIGHTS)) as ranked,
        ):
            for asked in questions:
                expected = _found(oracle, asked.theirs)
                on_ours, mixed = _found(ours, asked.theirs), _found(ours, asked.mixed)
                assert expected.keys() == on_ours.keys() == mixed.keys() == _found(ranked, asked.mixed).keys()
                if asked.scored:
                    assert _close(on_ours, expected)
                    assert _close(mixed, expected)

                top, collected = collectors.TopCollector(100, usequality=False), PaperCollector(SearchRequest(limit=100))
                ours.search_with_collector(asked.mixed, top)
                ours.search_with_collector(asked.mixed, collected)
                assert collected.count() == len(expected)
                _assert_best_first(ranked, asked.mixed)

                # Ours puts versions of a paper together, so only the scores are compared and not the order.
                scores = {hit[IDENTIFIER]: round(hit.score, 9) for hit in top.results()}
                assert scores == {hit[IDENTIFIER]: round(hit.score, 9) for hit in collected.results()}
