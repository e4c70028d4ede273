"""On papers as they are, OpenSearch finds what Whoosh finds: the same papers and counts, in the same order but for noise.

A cluster adds up scores in numbers of seven digits. Two papers with scores closer than that tells apart may change places, with
the versions that stand beside them. Everything else must be equal.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pytest

from indexer.errors import PaperError
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import OfficialFile, find_files, read_paper
from search.document import SearchDocument, Version, document_of, families
from search.fields import FACETS, facets_of
from search.plan import Weights
from search.ports import SearchRequest, SearchResult, Sort
from search.query.parser import parse
from tests.opensearch.random_queries import queries
from tests.opensearch.telling import Tell
from tests.search.engines_under_test import EngineUnderTest, OpenSearchUnderTest, WhooshUnderTest, write

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
ASKED = 250
EVERY = 5_000
FILTERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {},
    {},
    {"year": ("2019..2022",)},
    {"kind": ("Motie", "Brief regering")},
    {"chamber": ("Tweede Kamer",)},
)
CLOSE = 1e-4
"""How far two scores of a paper may be apart: the formula is long."""
NOISE = 1e-5
"""How far apart the scores of two papers that change places may be."""
AT_ONCE = 4
"""Questions asked at one time, as in use; the cluster has idle moments in each."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """The same papers in both engines."""

    documents: list[SearchDocument]
    whoosh: EngineUnderTest
    opensearch: EngineUnderTest
    versions: Mapping[str, tuple[str, ...]]
    """What belongs together, the newest first."""


def _filled(source: Path, folder: Path) -> _Filled:
    papers: dict[str, Kamerstuk] = {}
    for file in find_files([source]):
        try:
            assert isinstance(file, OfficialFile)
            one = read_paper(file)
        except PaperError:
            continue
        papers.setdefault(str(one.identifier), one)
    engines = WhooshUnderTest(folder / "index", Weights()), OpenSearchUnderTest(folder, Weights())
    for engine in engines:
        for start in range(0, len(papers), 100):
            write(engine, *list(papers.values())[start : start + 100])
    documents = [document_of(paper) for paper in papers.values()]
    versions = families(Version(one.identifier, _day(one), facets_of(one)["replaces"]) for one in documents)
    return _Filled(documents, *engines, versions)


def _day(document: SearchDocument) -> int:
    return document.date.toordinal() if document.date else 0


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, opensearch_nodes: tuple[str, ...]) -> _Filled:
    return _filled(SAMPLE, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def real_papers(real: Path, tmp_path_factory: pytest.TempPathFactory, opensearch_nodes: tuple[str, ...]) -> _Filled:
    return _filled(real, tmp_path_factory.mktemp("real"))


def test_the_sample_is_found_alike(sample: _Filled, told: Tell) -> None:
    _compare(sample, told)


def test_real_papers_are_found_alike(real_papers: _Filled, told: Tell) -> None:
    _compare(real_papers, told)


@dataclass(frozen=True, slots=True)
class _Question:
    """One thing to ask of both."""

    text: str
    request: SearchRequest
    plain: bool

    @classmethod
    def of(cls, text: str, plain: bool, chance: random.Random) -> _Question:
        sort = chance.choice((Sort.RELEVANCE, Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST))
        filters = chance.choice(FILTERS)
        request = SearchRequest(parse(text).node, filters, sort, limit=EVERY, facet_limit=chance.choice((100, 5)))
        return cls(text, request, plain and sort is Sort.RELEVANCE)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Whether the order was another one, and how much of the first ten was shared, when plain words found any."""

    moved: bool
    overlap: float | None


def _compare(filled: _Filled, told: Tell) -> None:
    """All that is asked of both; how much of the first ten of plain words is the same is told."""
    chance = random.Random(4)  # noqa: S311 - no secret
    asked = [_Question.of(text, plain, chance) for text, plain in islice(queries(filled.documents, 7), ASKED)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        outcomes = list(threads.map(lambda question: _compared(filled, question), asked))
    overlaps = [one.overlap for one in outcomes if one.overlap is not None]
    told(
        f"{len(filled.documents)} papers, {ASKED} queries: papers, counts and facets alike in all, "
        f"another order within noise in {sum(one.moved for one in outcomes)}; "
        f"{len(overlaps)} of plain words: top-10 overlap {sum(overlaps) / len(overlaps):.4f}, "
        f"least {min(overlaps)}, not whole in {sum(overlap < 1 for overlap in overlaps)}"
    )
    assert sum(overlaps) / len(overlaps) >= 0.99


def _compared(filled: _Filled, question: _Question) -> _Outcome:
    one, other = (engine.searcher.search(question.request) for engine in (filled.opensearch, filled.whoosh))
    _assert_alike(question.text, one, other)
    names, same = ([hit.document.identifier for hit in result.hits] for result in (one, other))
    if question.request.sort is not Sort.RELEVANCE:
        assert names == same, question
        return _Outcome(moved=False, overlap=None)
    scores = {hit.document.identifier: hit.score for hit in other.hits}
    full = one.total_all_words
    for part in (names[:full], names[full:]):
        _assert_in_order(question, part, scores, filled.versions)
    if not question.plain or not names:
        return _Outcome(names != same, overlap=None)
    page = filled.opensearch.searcher.search(replace(question.request, limit=10, facets=()))
    assert [hit.document.identifier for hit in page.hits] == names[:10], question
    return _Outcome(names != same, len(set(names[:10]) & set(same[:10])) / len(same[:10]))


def _assert_alike(text: str, one: SearchResult, other: SearchResult) -> None:
    assert one.plan == other.plan, text
    assert (one.total, one.total_all_words) == (other.total, other.total_all_words), text
    for name in FACETS:
        assert one.facets[name] == other.facets[name], (text, name)
    hits = {hit.document.identifier: hit for hit in other.hits}
    assert {hit.document.identifier for hit in one.hits} == hits.keys(), text
    for hit in one.hits:
        same = hits[hit.document.identifier]
        assert hit.match is same.match, text
        assert math.isclose(hit.score, same.score, rel_tol=CLOSE), (text, hit.score, same.score)


def _assert_in_order(
    question: _Question, names: Sequence[str], scores: Mapping[str, float], versions: Mapping[str, tuple[str, ...]]
) -> None:
    """The best first but for noise, and right after the best version of a paper the others."""
    there, told = set(names), set[str]()
    leading = []
    for name in names:
        if name not in told:
            leading.append(name)
            told.update((name, *versions.get(name, ())))
    families = dict.fromkeys(one for name in leading for one in (name, *versions.get(name, ())) if one in there)
    assert list(names) == list(families), question
    best, first = 0.0, set(leading)
    for name in reversed(names):
        best = max(best, scores[name])
        assert name not in first or scores[name] >= best * (1 - NOISE), (question, name, scores[name], best)
