"""On papers as they are, OpenSearch finds what Whoosh finds: the same papers and counts, in the same order but for noise."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from indexer.errors import PaperError
from indexer.files import find_files
from indexer.model import Kamerstuk
from indexer.read import OfficialFile, read_paper
from search.document import document_of
from search.ports import FACETS, Hit, SearchRequest, SearchResult, Sort
from search.query.parser import parse
from search.ranking import Weights
from tests.opensearch.random_queries import queries
from tests.opensearch.telling import Tell
from tests.search.engines_under_test import EngineUnderTest, OpenSearchUnderTest, WhooshUnderTest, write

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
ASKED = 500
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
"""Scores are added up in numbers of seven digits there."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """The same papers in both engines."""

    papers: list[Kamerstuk]
    whoosh: EngineUnderTest
    opensearch: EngineUnderTest


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
    return _Filled(list(papers.values()), *engines)


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


def _compare(filled: _Filled, told: Tell) -> None:
    """All that is asked of both; how much of the first ten of plain words is the same is told."""
    chance = random.Random(4)  # noqa: S311 - no secret
    documents = [document_of(paper) for paper in filled.papers]
    overlaps = []
    moved = order = 0
    for text, plain in islice(queries(documents, 7), ASKED):
        request = _request(text, chance)
        one, other = (engine.searcher.search(request) for engine in (filled.opensearch, filled.whoosh))
        _assert_alike(text, one, other)
        order += not all(map(_close, one.hits, other.hits))
        if plain and request.sort is Sort.RELEVANCE and other.total:
            first, second = ([hit.document.identifier for hit in result.hits[:10]] for result in (one, other))
            overlaps.append(len(set(first) & set(second)) / len(second))
            moved += first != second
    told(
        f"{len(filled.papers)} papers, {ASKED} queries alike but for the order, in which {order} differ by more than noise; "
        f"{len(overlaps)} of plain words: top-10 overlap {sum(overlaps) / len(overlaps):.4f}, {moved} in another order"
    )
    assert min(overlaps) >= 0.9
    assert order <= ASKED // 100, "a version stands beside another one only where two scores are equal but for noise"


def _request(text: str, chance: random.Random) -> SearchRequest:
    sort = chance.choice((Sort.RELEVANCE, Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST))
    filters = chance.choice(FILTERS)
    return SearchRequest(parse(text).node, filters, sort, limit=EVERY, facet_limit=chance.choice((100, 5)))


def _assert_alike(text: str, one: SearchResult, other: SearchResult) -> None:
    assert one.plan == other.plan, text
    assert (one.total, one.total_all_words) == (other.total, other.total_all_words), text
    for name in FACETS:
        assert one.facets[name] == other.facets[name], (text, name)
    scores = {hit.document.identifier: hit for hit in other.hits}
    assert {hit.document.identifier for hit in one.hits} == scores.keys(), text
    for hit in one.hits:
        same = scores[hit.document.identifier]
        assert hit.match is same.match, text
        assert _close(hit, same), (text, hit.score, same.score)


def _close(one: Hit, other: Hit) -> bool:
    return math.isclose(one.score, other.score, rel_tol=CLOSE)
