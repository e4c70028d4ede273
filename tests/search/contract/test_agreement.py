"""Every engine answers as the one in memory does, whatever is written to it and asked of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.analysis.chain import stem
from search.engines.memory import MemoryEngine
from search.engines.whoosh.searching import lookup, runs
from search.engines.whoosh.searching import runs as entry
from search.plan import Weights
from search.ports import IndexWriter, SearchRequest, SearchResult, Sort
from search.query.parser import parse
from tests.search.engines_under_test import ENGINES, EngineUnderTest
from tests.search.papers import paper
from tests.search.strategies import NAMES, changes, requests

WEIGHTS = Weights(enough=2, few=2, near_candidates=3)
"""Limits that a handful of papers can reach."""

Changes = list[tuple[list[Kamerstuk], list[str]]]
others = pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
thorough = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

turns = st.integers(0, 3)


def _passed_over(name: str, turn: int) -> bool:
    """A cluster takes a second or more to make each collection, so it is given a quarter of them."""
    return name == "opensearch" and turn > 0


@contextmanager
def _engine(name: str) -> Iterator[EngineUnderTest]:
    with TemporaryDirectory() as folder:
        yield ENGINES[name](Path(folder) / "index", WEIGHTS)


def _apply(writer: IndexWriter, put: list[Kamerstuk], taken: list[str]) -> None:
    writer.replace(put)
    writer.remove([Identifier(f"kst-{name}") for name in taken])
    writer.commit()


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-4, abs_tol=2e-5)


def _assert_alike(result: SearchResult, expected: SearchResult) -> None:
    assert (result.total, result.total_all_words) == (expected.total, expected.total_all_words)
    assert result.plan == expected.plan
    assert result.facets == expected.facets
    assert result.periods == expected.periods
    found = {hit.document.identifier: hit for hit in result.hits}
    assert found.keys() == {hit.document.identifier for hit in expected.hits}
    for wanted in expected.hits:
        hit = found[wanted.document.identifier]
        assert (hit.document, hit.match, hit.passages) == (wanted.document, wanted.match, wanted.passages)
        assert _close(hit.score, wanted.score)
    for hit, wanted in zip(result.hits, expected.hits, strict=True):
        # Scores that are equal but for rounding noise may have tipped either way.
        assert hit.document.identifier == wanted.document.identifier or _close(hit.score, wanted.score)


@others
@thorough
@given(history=changes, asked=st.lists(requests, min_size=1, max_size=6), turn=turns)
def test_answers_are_those_of_the_specification(name: str, history: Changes, asked: list[SearchRequest], turn: int) -> None:
    if _passed_over(name, turn):
        return
    memory = MemoryEngine(WEIGHTS)
    with _engine(name) as engine:
        for put, taken in history:
            _apply(engine.writer(), put, taken)
            _apply(memory, put, taken)
            assert engine.searcher.vocabulary.beginning("") == memory.vocabulary.beginning("")
        for request in asked:
            _assert_alike(engine.searcher.search(request), memory.search(request))


_COMMON = ("toeslag", "toeslagen", "huurtoeslag", "belasting", "dienst", "de", "van de")
_ASKED = (
    *(*_COMMON, "toeslag dienst", "toeslag OF huur*", "belasting NIET dienst", "titel:toeslag belasting", "in:voetnoot dienst"),
    *('"toeslag belasting"', '"dienst van de toeslag"', '"de dienst"', '"toeslag dienst"~3', "huur* toeslga~"),
)


@settings(max_examples=40)
@given(seed=st.integers(0, 1 << 32), large=st.integers(0, 3), gap=st.integers(0, 1))
def test_words_of_very_many_papers_are_read_another_way_and_answered_alike(seed: int, large: int, gap: int) -> None:
    draws = Random(seed)  # noqa: S311 - to have many papers at once
    names = [f"90001-{i}" for i in range(1, 61)]

    def text() -> str:
        return " ".join(draws.choices(_COMMON, (5, 2, 1, 2, 2, 2, 1), k=draws.randint(1, 9)))

    memory = MemoryEngine(WEIGHTS)
    with _engine("whoosh") as engine, pytest.MonkeyPatch.context() as patch:
        for size in (40, 20, 6):
            some = draws.sample(names, size)
            put = [paper(name, *([text()] if draws.random() < 0.4 else []), title=text(), notes=(text(),)) for name in some]
            taken = draws.sample(names, 5)
            _apply(engine.writer(), put, taken)
            _apply(memory, put, taken)
        patch.setattr(lookup, "_LITTLE", 0)
        patch.setattr(runs, "_LARGE", large)
        patch.setattr(runs, "_GAP", gap)
        patch.setattr(entry, "_BLOCK", 2)
        patch.setattr(entry, "_FEW", 1)
        for asked in draws.sample(_ASKED, 6):
            request = SearchRequest(parse(asked).node, limit=draws.choice((1, 5, 100)))
            _assert_alike(engine.searcher.search(request), memory.search(request))


@others
@thorough
@given(history=changes, asked=st.lists(requests, min_size=1, max_size=4), turn=turns)
def test_incremental_and_full_builds_answer_alike(name: str, history: Changes, asked: list[SearchRequest], turn: int) -> None:
    if _passed_over(name, turn):
        return
    left: dict[str, Kamerstuk] = {}
    with _engine(name) as grown, _engine(name) as built:
        for put, taken in history:
            _apply(grown.writer(), put, taken)
            left |= {str(paper.identifier).removeprefix("kst-"): paper for paper in put}
            left = {key: paper for key, paper in left.items() if key not in taken}
        _apply(built.writer(), [left[key] for key in sorted(left, key=NAMES.index)], [])
        one, other = grown.searcher.vocabulary, built.searcher.vocabulary
        words = one.beginning("")
        assert words == other.beginning("")
        assert [one.count(word) for word in words] == [other.count(word) for word in words]
        assert one.ending("") == other.ending("")
        assert [one.stem_count(stem(word)) for word in words] == [other.stem_count(stem(word)) for word in words]
        assert [one.with_stem(stem(word)) for word in words] == [other.with_stem(stem(word)) for word in words]
        plain = [word for word in words if word.isascii() and word.isalpha()]
        assert [one.near_twice(word) for word in plain] == [other.near_twice(word) for word in plain]
        for request in asked:
            _assert_alike(grown.searcher.search(request), built.searcher.search(request))


@others
@thorough
@given(history=changes, request=requests, turn=turns)
def test_a_facets_count_is_the_total_after_choosing_the_value(
    name: str, history: Changes, request: SearchRequest, turn: int
) -> None:
    if _passed_over(name, turn):
        return
    with _engine(name) as engine:
        for put, taken in history:
            _apply(engine.writer(), put, taken)
        for facet, values in engine.searcher.search(request).facets.items():
            for value in values:
                chosen = replace(request, filters={**request.filters, facet: (value.value,)}, limit=0)
                assert engine.searcher.search(chosen).total == value.count


@others
@thorough
@given(history=changes, request=requests, size=st.integers(1, 4), turn=turns)
def test_pages_are_pieces_of_the_whole(name: str, history: Changes, request: SearchRequest, size: int, turn: int) -> None:
    if _passed_over(name, turn):
        return
    with _engine(name) as engine:
        for put, taken in history:
            _apply(engine.writer(), put, taken)
        whole = engine.searcher.search(request)
        pages = [engine.searcher.search(replace(request, offset=at, limit=size)) for at in range(0, whole.total, size)]
        assert [hit for page in pages for hit in page.hits] == list(whole.hits)
        assert len(whole.hits) == whole.total
        if request.sort is not Sort.RELEVANCE:
            assert whole.total == whole.total_all_words


@others
@settings(thorough, max_examples=30)
@given(
    history=changes,
    prefix=st.sampled_from(("31", "310", "be", "belas", "van r", "financ", "toe", "TAX", "é", "mi")),
    limit=st.integers(0, 6),
    turn=turns,
)
def test_completions_are_those_of_the_specification(name: str, history: Changes, prefix: str, limit: int, turn: int) -> None:
    if _passed_over(name, turn):
        return
    memory = MemoryEngine(WEIGHTS)
    with _engine(name) as engine:
        for put, taken in history:
            _apply(engine.writer(), put, taken)
            _apply(memory, put, taken)
        assert engine.searcher.suggest(prefix, limit) == memory.suggest(prefix, limit)
