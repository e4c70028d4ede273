"""Writing over a real cluster: generations behind an alias, switched while searches go on; what is left when it goes wrong."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.history import BEGINNING
from indexer.errors import ArchiveError, EngineError, IndexMissing, IndexOutdated
from indexer.paper.identifier import Identifier
from search.engines.opensearch import index as kept
from search.engines.opensearch import schema
from search.engines.opensearch.client import Access, Address, Cluster
from search.engines.opensearch.index import OpenSearchIndex
from search.engines.opensearch.searcher import OpenSearchSearcher
from search.plan import Weights
from search.ports import KeptIndex, SearchRequest
from search.query.parser import parse
from search.sync import rebuild, update
from tests.search.papers import paper


class _Stop(Exception):
    """Stands for anything that goes wrong halfway."""


def _stop(done: int) -> None:
    raise _Stop


@pytest.fixture
def cluster(opensearch_nodes: tuple[str, ...]) -> Iterator[Cluster]:
    """A client with a name of its own for an index."""
    made = Cluster(Address(opensearch_nodes, f"writing-{uuid.uuid4().hex[:8]}"), Access(shards=2, replicas=0))
    yield made
    for name in _indexes(made):
        made.ask("DELETE", f"/{name}")


@pytest.fixture
def index(cluster: Cluster) -> OpenSearchIndex:
    """The index of that name, which is not made yet."""
    return OpenSearchIndex(cluster)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue with three papers."""
    with open_catalogue(tmp_path / "catalogue.db", "1") as opened:
        _put(opened, "een", "1-1", "1-2", "1-3")
        yield opened


def _put(catalogue: Catalogue, text: str, *names: str) -> None:
    for name in names:
        catalogue.put(paper(name, text), f"{name} {text}", "html")


def _found(cluster: Cluster, query: str) -> int:
    return OpenSearchSearcher(cluster, Weights()).search(SearchRequest(parse(query).node)).total


def _indexes(cluster: Cluster) -> set[str]:
    return set(cluster.ask("GET", f"/{cluster.address.index}*", params={"expand_wildcards": "open"}).body)


def _generation(cluster: Cluster, number: int) -> set[str]:
    name = f"{cluster.address.index}-{number:06d}"
    return {name, schema.words_of(name)}


def test_without_an_index_it_is_said_how_to_make_one(index: OpenSearchIndex) -> None:
    with pytest.raises(IndexMissing, match="kamerstukken index"):
        index.made()
    index.clear()


def test_an_index_is_made_changed_and_told_of(cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue) -> None:
    _put(catalogue, "drie", "1-4", "1-5", "1-6")
    assert update(catalogue, index) == 6
    first = index.made()
    _put(catalogue, "twee", "1-1")
    catalogue.remove(Identifier("kst-1-2"))
    assert update(catalogue, index) == 2
    second = index.made()

    assert (first.moment.change, second.moment.change) == (6, 8)
    assert first.committed is not None
    assert second.committed is not None
    assert first.committed < second.committed
    assert [_found(cluster, word) for word in ("een", "twee", "drie")] == [1, 1, 3]
    assert _indexes(cluster) == _generation(cluster, 1)
    assert update(catalogue, index) == 0


def test_a_rebuild_takes_the_place_of_the_former(cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue) -> None:
    update(catalogue, index)
    searcher = OpenSearchSearcher(cluster, Weights())
    before = searcher.generation
    assert rebuild(catalogue, index) == 3

    assert _indexes(cluster) == _generation(cluster, 2)
    assert searcher.generation != before
    assert searcher.search(SearchRequest(parse("een").node)).total == 3


def test_every_copy_has_begun_before_the_first_paper_is_written(opensearch_nodes: tuple[str, ...]) -> None:
    cluster = Cluster(Address(opensearch_nodes, f"writing-{uuid.uuid4().hex[:8]}"), Access(shards=3, replicas=1))
    written = OpenSearchIndex(cluster).anew()
    health = cluster.ask("GET", f"/_cluster/health/{cluster.address.index}*").body
    written.abort()

    assert (health["status"], health["active_primary_shards"]) == ("green", 4)
    assert not _indexes(cluster)


def test_searches_go_on_while_an_index_takes_the_place_of_another(
    cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue
) -> None:
    update(catalogue, index)
    searcher = OpenSearchSearcher(cluster, Weights())
    done = threading.Event()
    totals: list[int] = []
    failures: list[BaseException] = []

    def search() -> None:
        while not done.is_set():
            try:
                totals.append(searcher.search(SearchRequest(parse("een").node)).total)
            except Exception as error:  # noqa: BLE001 - told by the test
                failures.append(error)

    thread = threading.Thread(target=search)
    thread.start()
    for _ in range(4):
        rebuild(catalogue, index)
    done.set()
    thread.join()

    assert not failures
    assert set(totals) == {3}


@pytest.mark.parametrize("bring", [update, rebuild])
def test_what_goes_wrong_halfway_changes_nothing(
    cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue, bring: Callable[..., int]
) -> None:
    update(catalogue, index)
    _put(catalogue, "anders", "1-1")
    with pytest.raises(_Stop):
        bring(catalogue, index, _stop)
    cluster.ask("POST", f"/{cluster.address.index}/_refresh")

    assert (_found(cluster, "een"), _found(cluster, "anders")) == (3, 0)
    assert _indexes(cluster) == _generation(cluster, 1)
    update(catalogue, index)
    assert (_found(cluster, "een"), _found(cluster, "anders")) == (2, 1)


def test_what_a_killed_rebuild_leaves_is_removed_by_the_next_run(
    cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue
) -> None:
    update(catalogue, index)
    index.anew().replace([paper("1-9", "nooit")])  # and is heard of no more
    assert _indexes(cluster) == _generation(cluster, 1) | _generation(cluster, 2)
    assert (_found(cluster, "een"), _found(cluster, "nooit")) == (3, 0)

    update(catalogue, index)
    assert _indexes(cluster) == _generation(cluster, 1)


def test_a_large_run_is_sent_as_it_comes_and_still_found_at_the_commit_only(
    cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(catalogue, index)
    monkeypatch.setattr(kept, "BATCH_BYTES", 1000)
    target = kept.Target(f"{cluster.address.index}-000001", 1)
    streaming = kept.OpenSearchWriter(cluster, target, held_back=0)
    streaming.replace(paper(f"2-{i}", f"nieuw woord{i}") for i in range(30))
    streaming.remove([Identifier("kst-2-0")])
    assert _found(cluster, "nieuw") == 0

    streaming.commit()
    assert _found(cluster, "nieuw") == 29
    assert len(OpenSearchSearcher(cluster, Weights()).vocabulary.beginning("woord")) == 29


def test_writing_the_same_again_changes_nothing(cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue) -> None:
    update(catalogue, index)
    for _ in range(2):
        again = index.changing()
        again.replace([paper("1-1", "een")])
        again.commit()

    assert _found(cluster, "een") == 3


def test_an_index_of_another_version_is_told_and_made_anew(
    cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue
) -> None:
    update(catalogue, index)
    name = f"{cluster.address.index}-000001"
    cluster.ask("PUT", f"/{name}/_mapping", {"_meta": dict(schema.meta(1, BEGINNING)) | {"schema": "0"}})
    with pytest.raises(IndexOutdated, match=r"schema 0 .*kamerstukken reindex"):
        index.made()

    assert update(catalogue, index) == 3
    assert _indexes(cluster) == _generation(cluster, 2)


def test_an_index_of_something_else_is_left_alone(cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue) -> None:
    name = cluster.address.index
    cluster.ask("PUT", f"/{name}-000007", {"settings": {"number_of_replicas": 0}})
    cluster.ask("PUT", f"/{name}", {"settings": {"number_of_replicas": 0}})
    kept: KeptIndex = index
    for bring in (update, rebuild):
        with pytest.raises(ArchiveError, match="something else"):
            bring(catalogue, kept)

    assert _indexes(cluster) == {name, f"{name}-000007"}


def test_a_paper_that_is_refused_is_named_and_the_former_state_stays(
    cluster: Cluster, index: OpenSearchIndex, catalogue: Catalogue
) -> None:
    update(catalogue, index)
    changing = index.changing()
    changing.replace([paper("1-" + "9" * 600, "een")])  # longer than a name may be
    with pytest.raises(EngineError, match="kst-1-999"):
        changing.commit()

    assert _found(cluster, "een") == 3
