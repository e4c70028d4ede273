"""The elected manager is lost with SIGKILL, while papers are searched and while they are written: no answer is wrong or partial,
and no paper is lost.

Every answer is held against one that was given before, whole: hits, scores, totals and facets. How long it takes is told, and
bounded so widely that only a cluster that does not come back fails.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Event, Lock

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.errors import EngineUnavailable
from indexer.paper.model import Dossier, Kamerstuk
from search.engines.opensearch import index as kept
from search.engines.opensearch.client import Access, Address, Cluster
from search.engines.opensearch.index import OpenSearchIndex
from search.engines.opensearch.searcher import OpenSearchSearcher
from search.plan import Weights
from search.ports import SearchRequest, SearchResult
from search.query.parser import parse
from search.sync import rebuild
from tests.opensearch.cluster import Cluster as Nodes
from tests.opensearch.telling import Tell
from tests.search.papers import paper

_PATIENCE = 60.0
"""Seconds in which answers must come again; it takes a few."""
_THREADS = 4
_BEFORE, _AFTER = 40, 40
"""Answers before the manager is killed, and after another was elected."""
_QUERIES = ("toeslag", "motie kabinet", '"begroting van het rijk"', "kabinet OF begroting", "motie -toeslag", "begrot*")
_SENTENCES = ("De toeslag is een motie waard", "Het kabinet antwoordt op de motie", "De begroting van het Rijk", "Een motie")
_FEW, _MANY = 60, 600
"""Papers that are searched; papers that are written."""


def _paper(number: int) -> Kamerstuk:
    texts = [_SENTENCES[(number + i) % len(_SENTENCES)] for i in range(number % 3 + 1)]
    return paper(f"{90000 + number % 7}-{number + 1}", *texts, dossiers=(Dossier(str(90000 + number % 7)),))


@pytest.fixture
def retries() -> list[float]:
    """When requests were made again."""
    return []


@pytest.fixture
def client(cluster: Nodes, retries: list[float]) -> Iterator[Cluster]:
    """A client of all nodes as users have it: three shards, each with a replica."""

    def pause(seconds: float) -> None:
        retries.append(time.monotonic())
        time.sleep(seconds)

    made = Cluster(Address(cluster.addresses, f"failures-{uuid.uuid4().hex[:8]}"), Access(shards=3, replicas=1), pause)
    yield made
    cluster.heal()
    for name in made.ask("GET", f"/{made.address.index}*", params={"expand_wildcards": "open"}).body:
        made.ask("DELETE", f"/{name}", seconds=60)
    cluster.wait_green()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue with the papers that are searched."""
    with open_catalogue(tmp_path / "catalogue.db", "1") as opened:
        _put(opened, range(_FEW))
        yield opened


def _put(catalogue: Catalogue, numbers: range) -> None:
    with catalogue.transaction():
        for number in numbers:
            catalogue.put(_paper(number), str(number), "html")


def _ask(searcher: OpenSearchSearcher, query: str) -> SearchResult:
    return searcher.search(SearchRequest(parse(query).node, limit=20))


def _same(one: SearchResult, other: SearchResult) -> bool:
    """All but what single precision cannot tell."""
    names = [[hit.document.identifier for hit in result.hits] for result in (one, other)]
    scores = [[hit.score for hit in result.hits] for result in (one, other)]
    counts = [(result.total, result.total_all_words, result.facets) for result in (one, other)]
    return names[0] == names[1] and counts[0] == counts[1] and scores[0] == pytest.approx(scores[1], rel=1e-4)


@dataclass
class _Stream:
    """Searches from several threads, of which each answer is held against the right ones afterwards."""

    searcher: OpenSearchSearcher
    answers: list[tuple[float, str, SearchResult]] = field(default_factory=list)
    """With the moments at which they came and the queries."""
    unavailable: int = 0
    slowest: float = 0.0
    _asking: list[Future[None]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _over: Event = field(default_factory=Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        """The threads ask as long as this lasts."""
        with ThreadPoolExecutor(_THREADS) as threads:
            self._asking = [threads.submit(self._ask, number) for number in range(_THREADS)]
            try:
                yield
            finally:
                self._over.set()
            for one in self._asking:
                one.result()

    def wait_for(self, number: int) -> None:
        """Wait for so many more answers."""
        wanted = len(self.answers) + number
        _wait(lambda: len(self.answers) >= wanted or any(one.done() for one in self._asking), f"{number} answers")

    def longest_gap(self) -> float:
        """Seconds without an answer."""
        times = sorted(moment for moment, _, _ in self.answers)
        return max(after - before for before, after in pairwise(times))

    def wrong(self, *right: Mapping[str, SearchResult]) -> list[str]:
        """The answers that are none of the right ones, or one of before after one of those that follow."""
        told: list[str] = []
        state: dict[str, int] = {}
        for _, query, answer in sorted(self.answers, key=lambda one: one[0]):
            which = next((i for i, answers in enumerate(right) if _same(answer, answers[query])), -1)
            if which < state.get(query, 0):
                told.append(f"{query}: {answer.total} papers, {len(answer.hits)} hits, {answer.facets}")
            state[query] = max(which, state.get(query, 0))
        return told

    def told(self) -> str:
        """Figures."""
        return (
            f"longest time without an answer {self.longest_gap():.1f} s, slowest answer {self.slowest:.1f} s; "
            f"{len(self.answers)} right answers, 0 wrong, {self.unavailable} said unavailable"
        )

    def _ask(self, number: int) -> None:
        while not self._over.is_set():
            number += 1
            query = _QUERIES[number % len(_QUERIES)]
            started = time.monotonic()
            try:
                answer = _ask(self.searcher, query)
            except EngineUnavailable:
                with self._lock:
                    self.unavailable += 1
                continue
            now = time.monotonic()
            with self._lock:
                self.slowest = max(self.slowest, now - started)
                self.answers.append((now, query, answer))


def _wait(reached: Callable[[], bool], what: str) -> float:
    """Seconds until it was so."""
    started = time.monotonic()
    while not reached():
        assert time.monotonic() - started < _PATIENCE, f"{what} did not come in {_PATIENCE:.0f} s"
        time.sleep(0.02)
    return time.monotonic() - started


def _elected(cluster: Nodes, killed: str) -> bool:
    try:
        return cluster.manager().place.name != killed
    except OSError:
        return False  # none yet


def _answers(client: Cluster) -> dict[str, SearchResult]:
    searcher = OpenSearchSearcher(client, Weights())
    return {query: _ask(searcher, query) for query in _QUERIES}


def test_searches_stay_right_while_the_manager_is_lost(
    cluster: Nodes, client: Cluster, catalogue: Catalogue, retries: list[float], told: Tell
) -> None:
    rebuild(catalogue, OpenSearchIndex(client))
    cluster.wait_green()
    right = _answers(client)
    assert all(answer.total for answer in right.values())
    stream = _Stream(OpenSearchSearcher(client, Weights()))

    with stream.running():
        stream.wait_for(_BEFORE)
        killed = cluster.kill_manager()
        elected = _wait(lambda: _elected(cluster, killed.place.name), "another manager")
        stream.wait_for(_AFTER)

    assert stream.wrong(right) == []
    assert stream.longest_gap() < _PATIENCE
    told(
        f"manager killed during searches by {_THREADS} threads: another after {elected:.1f} s; {stream.told()}; "
        f"{len(retries)} requests made again"
    )


def test_no_paper_is_lost_while_the_manager_is_lost(
    cluster: Nodes, client: Cluster, catalogue: Catalogue, retries: list[float], told: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "BATCH_BYTES", 30_000)  # many requests for few papers
    index = OpenSearchIndex(client)
    rebuild(catalogue, index)
    cluster.wait_green()
    before = _answers(client)
    _put(catalogue, range(_FEW, _MANY))
    stream = _Stream(OpenSearchSearcher(client, Weights()))
    taken, runs = 0, 0

    def advance(done: int) -> None:
        nonlocal taken
        taken += done
        if taken == _MANY // 2:
            cluster.kill_manager()

    with stream.running():
        stream.wait_for(_BEFORE)
        started = time.monotonic()
        written = False
        while not written:
            assert runs < 5, f"the papers were not written in {time.monotonic() - started:.0f} s"
            runs += 1
            with suppress(EngineUnavailable):
                rebuild(catalogue, index, advance)
                written = True
        took = time.monotonic() - started
        stream.wait_for(_AFTER)

    assert _names(client) == {str(_paper(number).identifier) for number in range(_MANY)}
    assert stream.wrong(before, _answers(client)) == []
    assert stream.longest_gap() < _PATIENCE
    told(
        f"manager killed during bulk indexing: {_MANY} papers written in {took:.1f} s by {runs} run(s), none lost; "
        f"searches by {_THREADS} threads meanwhile: {stream.told()}; {len(retries)} requests made again"
    )


def _names(client: Cluster) -> set[str]:
    """Every paper that is in the index: each has one of these words."""
    everything = SearchRequest(parse("toeslag OF kabinet OF begroting OF motie").node, limit=2 * _MANY)
    found = OpenSearchSearcher(client, Weights()).search(everything)
    assert found.total == len(found.hits)
    return {hit.document.identifier for hit in found.hits}
