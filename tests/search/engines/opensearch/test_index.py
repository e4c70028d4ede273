"""A commit is told only when it is whole: every shard there, every shard refreshed, and then the number of the commit."""

from __future__ import annotations

import pytest

from indexer.catalogue.history import Moment
from indexer.errors import EngineUnavailable
from indexer.paper.identifier import Identifier
from search.engines.opensearch.client import Json
from search.engines.opensearch.index import OpenSearchWriter, Target
from tests.search.engines.opensearch.fake_node import Asked, FakeNode, Reply, fake_node
from tests.search.papers import paper

_DONE = {"index": 201, "create": 201, "delete": 200}
_HEALTHY: Json = {"timed_out": False}
_REFRESHED: Json = {"_shards": {"total": 4, "successful": 4, "failed": 0}}


def _answering(health: Reply = (200, _HEALTHY), refresh: Reply = (200, _REFRESHED)) -> FakeNode:
    def reply(asked: Asked) -> Reply:
        if asked.path.startswith("/_bulk"):
            kinds = [kind for line in asked.lines for kind in line if kind in _DONE]
            return 200, {"items": [{kind: {"status": _DONE[kind]}} for kind in kinds]}
        if "/_cluster/health/" in asked.path:
            return health
        return refresh if "/_refresh" in asked.path else (200, {"acknowledged": True})

    return FakeNode(reply)


def _steps(node: FakeNode) -> list[str]:
    names = ("_bulk", "health", "_refresh", "_mapping")
    return [next(name for name in names if name in asked.path) for asked in node.asked]


def _commit(node: FakeNode, undone: list[str]) -> None:
    writer = OpenSearchWriter(
        node.client(), Target("kst-000001", 4, Moment("this", 10, "ten")), undo=lambda: undone.append("undone")
    )
    writer.replace([paper("1-1", "toeslag"), paper("1-1", "toeslagen")])
    writer.remove([Identifier("kst-1-2")])
    writer.up_to(Moment("this", 12, "twelve"))
    writer.commit()


def test_a_commit_is_sent_seen_to_be_whole_and_then_told() -> None:
    undone: list[str] = []
    with fake_node(_answering().reply) as node:
        _commit(node, undone)

    assert _steps(node) == ["_bulk", "health", "_refresh", "_mapping"]
    papers = [line["index"]["_id"] for line in node.asked[0].lines if "index" in line]
    assert papers == ["kst-1-1"], "the last word on a paper is the only one that is sent"
    [told] = node.asked[-1].lines
    assert [told["_meta"][name] for name in ("commit", "epoch", "change", "mark")] == [5, "this", 12, "twelve"]
    assert not undone


@pytest.mark.parametrize(
    ("health", "refresh"),
    [
        ((408, {"timed_out": True}), (200, _REFRESHED)),
        ((200, {"timed_out": True}), (200, _REFRESHED)),
        ((200, _HEALTHY), (200, {"_shards": {"total": 4, "successful": 3, "failed": 1}})),
        ((200, _HEALTHY), (200, {})),
    ],
)
def test_a_commit_without_a_shard_is_none(health: Reply, refresh: Reply) -> None:
    undone: list[str] = []
    with fake_node(_answering(health, refresh).reply) as node, pytest.raises(EngineUnavailable):
        _commit(node, undone)

    assert "_mapping" not in _steps(node)
    assert undone == ["undone"]


def test_an_abort_sends_nothing() -> None:
    with fake_node(_answering().reply) as node:
        writer = OpenSearchWriter(node.client(), Target("kst-000001", 4, Moment("this", 10, "ten")))
        writer.replace([paper("1-1", "toeslag")])
        writer.abort()

    assert not node.asked
