"""What the client makes of answers that are late, wrong, incomplete or none."""

from __future__ import annotations

import socket
import ssl
import sys
from pathlib import Path

import pytest

from indexer.errors import ArchiveError, EngineDenied, EngineError, EngineUnavailable, IndexMissing
from search.engines.opensearch.client import Access, Address, Busy, Cluster, Json, PointLost, pause_before
from tests.search.engines.opensearch.fake_node import Reply, fake_node, in_turn

WHOLE: Json = {"timed_out": False, "_shards": {"total": 3, "successful": 3, "skipped": 1, "failed": 0}, "hits": {"hits": []}}
LATE: Json = WHOLE | {"timed_out": True}
TORN: Json = WHOLE | {"_shards": {"total": 3, "successful": 2, "skipped": 0, "failed": 1}}
ODD: Json = {"timed_out": False, "_shards": {"total": "x"}, "hits": None}
GONE: Json = WHOLE | {"_shards": {"total": 3, "successful": 2, "skipped": 0, "failed": 0}}


def problem(kind: str, reason: str = "it is so") -> Json:
    return {"error": {"root_cause": [{"type": kind, "reason": reason}], "type": "search_phase_execution_exception"}}


@pytest.mark.parametrize("incomplete", [LATE, TORN, GONE, ODD, {}, {"timed_out": False}])
def test_an_incomplete_answer_is_asked_for_again(incomplete: Json) -> None:
    with fake_node(in_turn((200, incomplete), (200, incomplete), (200, WHOLE))) as node:
        assert node.client().search({}, "kst") == WHOLE
        assert len(node.asked) == 3
        assert "allow_partial_search_results=false" in node.asked[0].path


def test_an_answer_that_stays_incomplete_is_an_error() -> None:
    with fake_node(in_turn((200, TORN))) as node:
        with pytest.raises(EngineUnavailable, match="2 of 3 shards took part"):
            node.client(Access(tries=3)).search({}, "kst")
        assert len(node.asked) == 3


def test_one_incomplete_answer_of_several_spoils_them_all() -> None:
    with fake_node(
        in_turn((200, {"responses": [WHOLE, LATE]}), (200, {"responses": [WHOLE]}), (200, {"responses": [WHOLE] * 2}))
    ) as node:
        assert node.client().searches([{}, {"size": 0}], "kst") == [WHOLE, WHOLE]
        assert [asked.lines for asked in node.asked] == [
            [head := {"allow_partial_search_results": False, "index": "kst"}, {}, head, {"size": 0}]
        ] * 3
        assert node.client().searches([]) == []


def test_one_refused_search_of_several_is_an_error() -> None:
    refused = {"status": 400, **problem("parsing_exception")}
    with fake_node(in_turn((200, {"responses": [WHOLE, refused]}))) as node, pytest.raises(EngineError, match="400"):
        node.client().searches([{}, {}])


@pytest.mark.parametrize("kind", ["search_context_missing_exception", "index_not_found_exception"])
def test_what_is_read_may_go_while_it_is_read(kind: str) -> None:
    gone = {"status": 404, **problem(kind)}
    with fake_node(in_turn((200, {"responses": [WHOLE, gone]}), (404, gone), (404, gone))) as node:
        with pytest.raises(PointLost):
            node.client().searches([{}, {}])
        with pytest.raises(PointLost):
            node.client().search({"pit": {"id": "a point"}})
        with pytest.raises(PointLost):
            node.client().open_point("kst-000001")


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 0])
def test_what_may_go_better_later_is_tried_again_after_pauses(status: int) -> None:
    with fake_node(in_turn((status, "<html>busy"), (status, problem("x")), (200, WHOLE))) as node:
        assert node.client().search({}) == WHOLE
        assert len(node.asked) == 3
        assert len(node.pauses) == 2
        assert 0 < node.pauses[0] <= 0.2
        assert node.pauses[1] <= 0.4


def test_it_is_not_tried_for_ever() -> None:
    with fake_node(in_turn((503, problem("cluster_block_exception", "no manager")))) as node:
        with pytest.raises(EngineUnavailable, match="503 no manager") as told:
            node.client(Access(tries=4)).search({})
        assert len(node.asked) == 4
        assert node.address in str(told.value)


def test_pauses_grow_and_end() -> None:
    assert all(0 < pause_before(attempt) <= min(0.2 * 2**attempt, 5) for attempt in range(40))


def test_an_answer_that_does_not_come_in_time_is_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        cluster = Cluster(Address((f"http://127.0.0.1:{silent.getsockname()[1]}",), "kst"), Access(seconds=0.2, tries=1))
        with pytest.raises(EngineUnavailable, match="no answer in time"):
            cluster.search({})


def test_a_machine_that_is_gone_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []

    def connect(address: object, timeout: object, *rest: object, **more: object) -> socket.socket:
        told.append(timeout)
        raise TimeoutError("timed out")

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    with pytest.raises(EngineUnavailable, match="no answer in time"):
        Cluster(Address(("http://127.0.0.1:1",), "kst"), Access(seconds=60, tries=2), lambda seconds: None).search({})
    assert told == [3.0, 3.0]


def test_another_node_is_asked_when_one_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        dead = f"http://127.0.0.1:{unused.getsockname()[1]}"
    with fake_node(in_turn((200, WHOLE))) as node:
        cluster = Cluster(Address((dead, node.address), "kst"), Access(seconds=5), lambda seconds: None)
        assert [cluster.search({}) for _ in range(6)] == [WHOLE] * 6


def test_when_no_node_answers_the_message_says_where_and_why() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        dead = f"http://127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(EngineUnavailable, match=f"^{dead}/kst: the search engine does not answer: .*refused"):
        Cluster(Address((dead,), "kst"), Access(tries=2), lambda seconds: None).search({})


def test_a_certificate_that_is_not_trusted_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []

    def connect(address: object, *rest: object, **more: object) -> socket.socket:
        tried.append(address)
        raise ssl.SSLCertVerificationError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate")

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    with pytest.raises(EngineDenied, match=r"self-signed certificate.*KAMERSTUKKEN_OPENSEARCH_CA"):
        Cluster(Address(("https://127.0.0.1:1",), "kst"), Access()).search({})
    assert len(tried) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_user_is_told_at_once_without_the_password(status: int) -> None:
    with fake_node(in_turn((status, "Unauthorized"))) as node:
        with pytest.raises(EngineDenied, match="KAMERSTUKKEN_OPENSEARCH_USER") as told:
            node.client(Access("me", "geheim")).search({})
        assert len(node.asked) == 1
        assert node.asked[0].headers["authorization"].startswith("Basic ")
        assert "geheim" not in str(told.value)


@pytest.mark.parametrize(
    ("reply", "error", "said"),
    [
        ((404, problem("index_not_found_exception")), PointLost, "took the place"),
        ((404, problem("search_context_missing_exception")), PointLost, "lost the state"),
        ((400, problem("parsing_exception", "unknown query")), EngineError, "400 unknown query"),
        ((500, problem("illegal_argument_exception", "no node found for id: 7")), PointLost, "lost the state"),
    ],
)
def test_what_another_try_does_not_mend_is_told_at_once(reply: Reply, error: type[Exception], said: str) -> None:
    with fake_node(in_turn(reply)) as node:
        with pytest.raises(error, match=said):
            node.client().search({})
        assert len(node.asked) == 1


def test_an_index_that_is_not_there_is_told() -> None:
    with fake_node(in_turn((404, problem("index_not_found_exception")))) as node:
        with pytest.raises(IndexMissing, match="kamerstukken index"):
            node.client().ask("GET", "/kst/_mapping")
        assert len(node.asked) == 1


def test_what_is_no_opensearch_is_told() -> None:
    with fake_node(in_turn((200, "<html>hello"))) as node, pytest.raises(EngineUnavailable, match="no OpenSearch"):
        node.client(Access(tries=2)).search({})


def test_one_try_is_one_try() -> None:
    with fake_node(in_turn((429, problem("x")))) as node, pytest.raises(Busy) as told:
        node.client().ask("POST", "/_bulk", b"{}\n", tries=1)
    assert told.value.status == 429
    assert (node.asked[0].headers["content-type"], node.asked[0].body) == ("application/x-ndjson", b"{}\n")


def test_points_in_time_are_opened_whole_and_closed() -> None:
    opened = {"pit_id": "p1", "_shards": WHOLE["_shards"]}
    with fake_node(in_turn((200, opened | {"_shards": TORN["_shards"]}), (200, opened), (404, {}))) as node:
        client = node.client()
        assert client.open_point("kst") == "p1"
        client.close_points(["p1"])
        client.close_points([])
        assert [asked.method for asked in node.asked] == ["POST", "POST", "DELETE"]
        assert "allow_partial_pit_creation=false" in node.asked[0].path


def test_half_characters_do_no_harm() -> None:
    with fake_node(in_turn((200, WHOLE))) as node:
        node.client().search({"query": "\ud800"})
        assert node.asked[0].body == b'{"query":"?"}'


def test_a_missing_file_of_certificates_is_told() -> None:
    with pytest.raises(ArchiveError, match=r"nowhere\.pem"):
        Cluster(Address(("https://127.0.0.1:1",), "kst"), Access(ca=Path("/nowhere.pem")))


def test_without_the_package_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(ArchiveError, match=r"pip install 'kamerstukken\[opensearch\]'"):
        Cluster(Address(("https://127.0.0.1:1",), "kst"), Access())
