"""Stock Whoosh is the oracle: on our segments it finds what it finds on its own, and the array engine finds the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query as stock
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import Searcher

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.document import Place, SearchDocument, document_of, read_document
from search.engines.occurrences import occurrences
from search.engines.whoosh.codec import ColumnIndex
from search.engines.whoosh.schema import CITES, DOCUMENT, IDENTIFIER, fields_of, place_field, schema
from search.engines.whoosh.searching.matching import Matcher
from search.engines.whoosh.searching.reader import WhooshCollection
from search.engines.whoosh.storage.store import Store, read_contents
from search.engines.whoosh.writer import WhooshWriter
from search.plan import Both, Citing, Concept, Either, Form, MatchKind, Named, Plan, Sequence, Weights, Without
from tests.search.papers import paper
from tests.search.strategies import NAMES, changes

K1, B = 0.8, 0.6
WEIGHTS = Weights(exact=1.0, k1=K1, b=B, places=dict.fromkeys(Place, 1.0))

Changes = list[tuple[list[Kamerstuk], list[str]]]
Lengths = Mapping[str, Mapping[str, int]]
"""Words by identifier and field."""


class PlainBM25(WeightingModel):  # type: ignore[misc] # whoosh is untyped
    """BM25 of each field by itself, summed; counts only papers that are there, as the array engine does."""

    def __init__(self, lengths: Lengths) -> None:
        self.lengths = lengths

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> PlainScorer:
        """See ``WeightingModel``."""
        with_term = sum(1 for _ in searcher.get_parent().reader().postings(fieldname, text).all_ids())
        papers = len(self.lengths)
        mean = sum(own.get(fieldname, 0) for own in self.lengths.values()) / papers or 1.0
        idf = math.log1p((papers - with_term + 0.5) / (with_term + 0.5))
        return PlainScorer(searcher, fieldname, idf, mean, self.lengths)


class PlainScorer(BaseScorer):  # type: ignore[misc] # whoosh is untyped
    """Scores one term."""

    def __init__(self, searcher: Searcher, field: str, idf: float, mean: float, lengths: Lengths) -> None:
        self.searcher, self.field, self.idf, self.mean, self.lengths = searcher, field, idf, mean, lengths

    def supports_block_quality(self) -> bool:
        """See ``BaseScorer``."""
        return False

    def score(self, matcher: Any) -> float:
        """See ``BaseScorer``."""
        document = read_document(self.searcher.stored_fields(matcher.id())[DOCUMENT])
        length = self.lengths[document.identifier].get(self.field, 0)
        frequency = float(matcher.weight())
        return self.idf * frequency / (frequency + K1 * (1 - B + B * length / self.mean))


@dataclass(frozen=True)
class Asked:
    """One question in the words of both."""

    ours: Plan
    theirs: stock.Query
    scored: bool = True


def _term(place: Place, text: str, *, stem: bool) -> Asked:
    form = Form(text, stem, 1.0, MatchKind.STEM if stem else MatchKind.EXACT)
    return Asked(Concept(text, (form,), (), (place,)), stock.Term(place_field(place), ("~" if stem else "=") + text))


def _phrase(place: Place, words: tuple[str, ...]) -> Asked:
    sequence = Sequence(tuple((word, i, False) for i, word in enumerate(words)), 1.0, MatchKind.EXACT)
    return Asked(
        Concept(" ".join(words), (), (sequence,), (place,)), stock.Phrase(place_field(place), [f"={w}" for w in words]), False
    )


def _joined(children: list[Asked], both: bool) -> Asked:
    ours, theirs = tuple(child.ours for child in children), [child.theirs for child in children]
    scored = all(child.scored for child in children)
    return Asked(Both(ours), stock.And(theirs), scored) if both else Asked(Either(ours), stock.Or(theirs), scored)


def _without(one: Asked, other: Asked) -> Asked:
    # Not ``AndNot``: Whoosh keeps its first paper when what is excluded has an earlier one too (``AndNotMatcher._find_first``).
    return Asked(Both((one.ours, Without(other.ours))), stock.Require(one.theirs, stock.Not(other.theirs)), one.scored)


_places = st.sampled_from((Place.BODY, Place.BODY, Place.TITLE, Place.FOOTNOTE, Place.KIND))
_texts = st.sampled_from(("toeslag", "toeslagen", "huur", "belasting", "motie", "de", "cool", "gen", "cool:gen", "31066", "é"))
_leaves: st.SearchStrategy[Asked] = st.one_of(
    st.builds(_term, _places, _texts, stem=st.booleans()),
    st.builds(_phrase, _places, st.lists(_texts, min_size=2, max_size=3, unique=True).map(tuple)),
    st.sampled_from(NAMES).map(lambda name: Asked(Citing(f"kst-{name}"), stock.Term(CITES, f">kst-{name}"), False)),
    st.sampled_from(NAMES).map(lambda name: Asked(Named(f"kst-{name}", 1.0), stock.Term(IDENTIFIER, f"kst-{name}"), False)),
)
_asked = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(_joined, st.lists(inner, min_size=2, max_size=3, unique_by=lambda one: one.theirs), st.booleans()),
        st.builds(_without, inner, inner),
    ),
    max_leaves=5,
)


def _write(folder: Path, history: Changes) -> dict[str, SearchDocument]:
    """Write commits; gives the papers that are left."""
    store = Store(folder)
    store.swap(store.new_generation())
    left: dict[str, SearchDocument] = {}
    for put, taken in history:
        writer = WhooshWriter(store, store.current(), 0)
        writer.replace(put)
        writer.remove([Identifier(f"kst-{name}") for name in taken])
        writer.commit()
        left |= {str(one.identifier): document_of(one) for one in put}
        left = {name: document for name, document in left.items() if name.removeprefix("kst-") not in taken}
    return left


def _stock_index(documents: dict[str, SearchDocument]) -> Any:
    made = RamStorage().create_index(schema())
    with made.writer() as writer:
        for document in documents.values():
            writer.add_document(**fields_of(document, occurrences(document)))
    return made


def _found(searcher: Searcher, query: stock.Query) -> dict[str, float]:
    hits = searcher.search(query, limit=None)
    return {read_document(hit[DOCUMENT]).identifier: float(hit.score) for hit in hits}


def _close(found: dict[str, float], expected: dict[str, float]) -> bool:
    return all(math.isclose(found[name], score, rel_tol=1e-4) for name, score in expected.items())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(history=changes, questions=st.lists(_asked, min_size=1, max_size=5))
def test_ours_and_stock_whoosh_on_either_codec_agree(history: Changes, questions: list[Asked]) -> None:
    with TemporaryDirectory() as name:
        left = _write(Path(name), history)
        lengths = {
            identifier: {place_field(place): length for place, (_, length, _) in occurrences(document).items()}
            for identifier, document in left.items()
        }
        folder = Store(Path(name)).current()
        commit = Store(Path(name)).commit(folder)
        matcher = Matcher(WhooshCollection(read_contents(folder, commit).open(folder)), WEIGHTS)
        weighting = PlainBM25(lengths)
        with (
            _stock_index(left).searcher(weighting=weighting) as oracle,
            ColumnIndex(folder).searcher(weighting=weighting) as on_columns,
        ):
            for asked in questions:
                expected, found = _found(oracle, asked.theirs), _found(on_columns, asked.theirs)
                match = matcher.match(asked.ours)
                ours = {
                    matcher.collection.document(doc).identifier: score
                    for doc, score in zip(match.docs.tolist(), match.scores.tolist(), strict=True)
                }
                assert expected.keys() == found.keys() == ours.keys()
                if asked.scored:
                    assert _close(found, expected)
                    assert _close(ours, expected)


@pytest.fixture
def opened(tmp_path: Path) -> ColumnIndex:
    """Two segments, one of which lost a paper."""
    _write(
        tmp_path,
        [
            ([paper("1-1", "huurtoeslag en zorgtoeslag"), paper("1-2", "huur"), paper("1-5", "motie"), paper("1-6")], []),
            ([paper("1-3", "huurtoeslagen"), paper("1-4", "toeslag", cites=("kst-1-1",))], ["1-2"]),
        ],
    )
    return ColumnIndex(Store(tmp_path).current())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (stock.Prefix("in_body", "=huur"), {"kst-1-1", "kst-1-3"}),
        (stock.Wildcard("in_body", "=*toeslag"), {"kst-1-1", "kst-1-4"}),
        (stock.FuzzyTerm("in_body", "=huurtoeslg"), {"kst-1-1"}),
        (stock.TermRange("in_body", "=h", "=i"), {"kst-1-1", "kst-1-3"}),
        (stock.Every(), {"kst-1-1", "kst-1-3", "kst-1-4", "kst-1-5", "kst-1-6"}),
        (stock.Term(CITES, ">kst-1-1"), {"kst-1-4"}),
        (stock.Term("in_title", "=huur"), set()),
    ],
    ids=["prefix", "wildcard", "fuzzy", "range", "every", "cites", "nowhere"],
)
def test_queries_of_whoosh_that_go_through_the_terms(opened: ColumnIndex, query: stock.Query, expected: set[str]) -> None:
    with opened.searcher() as searcher:
        assert set(_found(searcher, query)) == expected


def test_whooshs_reader_tells_of_fields_terms_and_papers(opened: ColumnIndex) -> None:
    with opened.reader() as reader:
        assert (reader.doc_count(), reader.doc_count_all(), reader.has_deletions()) == (5, 6, True)
        assert list(reader.expand_prefix("in_body", "=huur")) == [b"=huur", b"=huurtoeslag", b"=huurtoeslagen"]
        assert sorted(reader.lexicon(IDENTIFIER)) == [f"kst-1-{i}".encode() for i in range(1, 7)]
        info = reader.term_info("in_body", "=huurtoeslag")
        assert (info.weight(), info.doc_frequency(), info.min_length(), info.max_length()) == (1.0, 1, 3, 3)
        assert (reader.field_length("in_body"), reader.max_field_length("in_body")) == (7, 3)


def test_an_empty_index_is_an_empty_index_to_whoosh_too(tmp_path: Path) -> None:
    _write(tmp_path, [])
    with ColumnIndex(Store(tmp_path).current()).searcher() as searcher:
        assert searcher.doc_count() == 0
        assert _found(searcher, stock.Every()) == {}
