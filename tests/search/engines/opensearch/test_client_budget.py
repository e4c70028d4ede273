"""Within a budget a cluster is not waited for in vain: no second try when time runs out, and none at all just after a failure."""

from __future__ import annotations

import socket

import pytest

from indexer.errors import EngineUnavailable, QueryTooCostly
from search.budget import Allowance, Budget
from search.engines.opensearch.client import Access, Address, Cluster
from tests.search.engines.opensearch.fake_node import FakeNode, fake_node, in_turn
from tests.search.engines.opensearch.test_client import LATE, TORN, WHOLE, problem

BLOCKED = (503, problem("cluster_block_exception", "no manager"))


class Clock:
    """Tells a time that only passes while somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def _client(node: FakeNode, clock: Clock) -> Cluster:
    return Cluster(Address((node.address,), "kst"), Access(seconds=5), clock.wait, clock)


def test_a_cluster_without_a_manager_is_told_within_the_budget_and_then_left_alone_for_a_moment() -> None:
    clock = Clock()
    with fake_node(in_turn(BLOCKED)) as node:
        cluster = _client(node, clock)
        with pytest.raises(EngineUnavailable, match="503 no manager"):
            cluster.within(Budget(Allowance(), clock)).search({}, "kst")
        assert clock.now - 100 < 1
        asked = len(node.asked)
        assert asked > 1  # a manager may be elected in a moment
        with pytest.raises(EngineUnavailable, match="503 no manager"):
            cluster.within(Budget(Allowance(), clock)).search({}, "kst")
        assert len(node.asked) == asked


def test_a_cluster_that_is_back_is_asked_again_within_a_second() -> None:
    clock = Clock()
    with fake_node(in_turn(*[BLOCKED] * 5, (200, WHOLE))) as node:
        cluster = _client(node, clock)
        for _ in range(20):
            try:
                assert cluster.within(Budget(Allowance(), clock)).search({}, "kst") == WHOLE
                break
            except EngineUnavailable:
                clock.wait(0.25)
        assert clock.now - 100 < 3
        assert cluster.within(Budget(Allowance(), clock)).search({}, "kst") == WHOLE


def test_while_one_tries_the_others_do_not_wait_with_it() -> None:
    clock = Clock()
    with fake_node(in_turn(BLOCKED)) as node:
        cluster = _client(node, clock)
        with pytest.raises(EngineUnavailable):
            cluster.within(Budget(Allowance(), clock)).search({}, "kst")
        clock.wait(1.1)
        assert not cluster._breaker.reason_to_wait()
        assert cluster._breaker.reason_to_wait()
        assert node.asked


def test_who_writes_is_not_turned_away() -> None:
    clock = Clock()
    with fake_node(in_turn(*[BLOCKED] * 6, (200, WHOLE))) as node:
        cluster = _client(node, clock)
        with pytest.raises(EngineUnavailable):
            cluster.within(Budget(Allowance(), clock)).search({}, "kst")
        assert cluster.search({}, "kst") == WHOLE


def test_a_search_that_takes_the_cluster_too_long_is_too_costly() -> None:
    clock = Clock()
    with fake_node(in_turn((200, LATE), (200, {"responses": [WHOLE, LATE]}), (400, problem("task_cancelled_exception")))) as node:
        cluster = _client(node, clock)
        with pytest.raises(QueryTooCostly):
            cluster.within(Budget(Allowance(), clock)).search({}, "kst")
        with pytest.raises(QueryTooCostly):
            cluster.within(Budget(Allowance(), clock)).searches([{}, {}], "kst")
        with pytest.raises(QueryTooCostly):
            cluster.within(Budget(Allowance(), clock)).search({}, "kst")
        assert [line.get("timeout") for line in node.asked[1].lines] == [None, "1700ms"] * 2
        assert "cancel_after_time_interval=1700ms" in node.asked[0].path
        assert len(node.asked) == 3


def test_a_part_of_an_answer_is_no_answer_within_a_budget_either() -> None:
    clock = Clock()
    with fake_node(in_turn((200, TORN))) as node, pytest.raises(EngineUnavailable, match="2 of 3 shards took part"):
        _client(node, clock).within(Budget(Allowance(), clock)).search({}, "kst")


def test_a_node_that_says_nothing_is_not_waited_for_longer_than_the_budget() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        cluster = Cluster(Address((f"http://127.0.0.1:{silent.getsockname()[1]}",), "kst"), Access(seconds=60))
        budget = Budget(Allowance(seconds=0.3))
        with pytest.raises(EngineUnavailable, match="no answer in time"):
            cluster.within(budget).search({})
        with pytest.raises(EngineUnavailable, match="no answer in time"):
            cluster.within(Budget(Allowance())).search({})


@pytest.mark.parametrize(
    "beginning",
    ["", "HTTP/1.1 200 OK\r\nx-", "HTTP/1.1 200 OK\r\ncontent-length: 9000\r\n\r\n{", "HTTP/1.1 200 OK\r\n\r\n{"],
    ids=["nothing yet", "headers", "a body", "a body without end"],
)
def test_a_node_that_drips_is_not_waited_for_longer_than_the_budget(beginning: str) -> None:
    with fake_node(in_turn((1, beginning))) as node:
        cluster = Cluster(Address((node.address,), "kst"), Access(seconds=60), node.pauses.append)
        with pytest.raises(EngineUnavailable):
            cluster.within(Budget(Allowance(seconds=0.5))).search({}, "kst")
