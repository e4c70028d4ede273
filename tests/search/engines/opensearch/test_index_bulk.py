"""Operations reach the cluster, whatever it takes: what it does not take now is sent again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.errors import EngineError, EngineUnavailable
from search.engines.opensearch.index import BATCH_BYTES, Bulk, add_word, put_paper, remove_paper
from tests.search.engines.opensearch.fake_node import Asked, FakeNode, Reply, fake_node

_OK = {"index": 200, "create": 201, "delete": 200}


def items(asked: Asked) -> list[tuple[str, str]]:
    """Kind and name of each operation of a request."""
    return [(kind, told["_id"]) for line in asked.lines for kind, told in line.items() if kind in _OK]


def answering(status: Callable[[str, str], int]) -> Callable[[Asked], Reply]:
    """Answers each operation with a status."""

    def reply(asked: Asked) -> Reply:
        told = [
            {
                kind: {"_id": name, "status": (code := status(kind, name) or _OK[kind])}
                | ({"error": {"reason": "so"}} if code > 299 else {})
            }
            for kind, name in items(asked)
        ]
        return 200, {"errors": True, "items": told}

    return reply


def bulk(node: FakeNode) -> Bulk:
    return Bulk(node.client(), node.pauses.append)


def test_all_is_sent_in_one_request_when_it_fits() -> None:
    with fake_node(answering(lambda kind, name: 0)) as node:
        bulk(node).send([add_word("kst-words", "zorg"), put_paper("kst", "a", {"x": 1}), remove_paper("kst", "b")])

    [asked] = node.asked
    assert asked.path == "/_bulk?timeout=5s", "a shard that is away is told of soon"
    assert asked.lines == [
        {"create": {"_index": "kst-words", "_id": "zorg"}},
        {"word": "zorg", "backwards": "groz", "stem": "zorg"},
        {"index": {"_index": "kst", "_id": "a"}},
        {"x": 1},
        {"delete": {"_index": "kst", "_id": "b"}},
    ]


def test_a_known_word_and_an_unknown_paper_are_as_they_should_be() -> None:
    with fake_node(answering(lambda kind, name: {"create": 409, "delete": 404}[kind])) as node:
        bulk(node).send([add_word("w", "zorg"), remove_paper("kst", "b")])

    assert len(node.asked) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_only_what_was_not_done_is_sent_again(status: int) -> None:
    refused = {"b": 2, "c": 1}

    def sometimes(kind: str, name: str) -> int:
        if refused.get(name):
            refused[name] -= 1
            return status
        return 0

    with fake_node(answering(sometimes)) as node:
        bulk(node).send([put_paper("kst", name, {}) for name in "abc"])

    assert [[name for _, name in items(asked)] for asked in node.asked] == [["a", "b", "c"], ["b", "c"], ["b"]]
    assert len(node.pauses) == 2


def test_what_was_not_done_comes_before_what_follows() -> None:
    calls = 0

    def first_not(kind: str, name: str) -> int:
        nonlocal calls
        calls += 1
        return 429 if calls == 1 else 0

    with fake_node(answering(first_not)) as node:
        sender = bulk(node)
        sender.size = 64 << 10
        sender.send([put_paper("kst", name, {"x": "y" * 60_000}) for name in "ab"])

    assert [items(asked) for asked in node.asked] == [[("index", "a")], [("index", "a")], [("index", "b")]]


def test_an_overloaded_cluster_gets_smaller_requests_and_larger_ones_again() -> None:
    calls = 0

    def reply(asked: Asked) -> Reply:
        nonlocal calls
        calls += 1
        return (429, {}) if calls < 4 else answering(lambda kind, name: 0)(asked)

    with fake_node(reply) as node:
        sender = bulk(node)
        sender.send([put_paper("kst", str(i), {"x": "y" * 500_000}) for i in range(20)])
        sizes = [len(asked.body) for asked in node.asked]
        assert sizes[0] > 7_000_000
        assert sizes[3] <= BATCH_BYTES // 8
        assert sizes[-2] > sizes[3]
        done = [name for asked in node.asked[3:] for _, name in items(asked)]
        assert done == [str(i) for i in range(20)]


def test_a_request_that_is_too_large_is_cut_and_one_paper_that_is_too_large_is_told() -> None:
    with fake_node(lambda asked: (413, {}) if len(asked.body) > 1000 else answering(lambda kind, name: 0)(asked)) as node:
        bulk(node).send([put_paper("kst", str(i), {"x": "y" * 200}) for i in range(20)])
        with pytest.raises(EngineError, match="413"):
            bulk(node).send([put_paper("kst", "large", {"x": "y" * 2000})])


def test_a_refused_paper_is_named() -> None:
    with (
        fake_node(answering(lambda kind, name: 400 if name == "kst-1-2" else 0)) as node,
        pytest.raises(EngineError, match=r"^kst-1-2: .*400 so"),
    ):
        bulk(node).send([put_paper("kst", f"kst-1-{i}", {}) for i in range(4)])


def test_a_cluster_that_does_nothing_is_given_up_after_some_time() -> None:
    with fake_node(lambda asked: (503, {})) as node:
        with pytest.raises(EngineUnavailable, match="run the command again"):
            bulk(node).send([put_paper("kst", "a", {})])
        assert 20 < sum(node.pauses) < 80


def test_the_rate_counts_not_the_tries_as_long_as_something_is_done() -> None:
    """One of each request is done: more requests than are made in vain, and none in vain."""
    with fake_node(lambda asked: answering(lambda kind, name: 0 if name == items(asked)[0][1] else 429)(asked)) as node:
        bulk(node).send([put_paper("kst", str(i), {}) for i in range(40)])

    assert len(node.asked) == 40
