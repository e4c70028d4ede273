"""The cluster of the tests itself: three nodes, scripts, and nodes that end with their parent."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.opensearch.cluster import Cluster

_PARENT = """
import sys, time
from pathlib import Path
from tests.opensearch.jars import classpath
from tests.opensearch.node import Node, Place
place = Place("orphan", Path(sys.argv[1]) / "orphan", 0, 0)
node = Node(place, [place], ["-XX:TieredStopAtLevel=1"])
node.start(classpath())
print(node._process.pid, flush=True)
time.sleep(600)
"""


def test_three_nodes_with_one_manager(cluster: Cluster) -> None:
    """All see one another, and scripts are understood, which the ranking needs."""
    assert cluster.manager() in cluster.nodes
    name = "/cluster-test"
    similarity = {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}
    text = {"type": "text", "similarity": "frequency"}
    cluster.request(
        "PUT",
        name,
        {
            "settings": {"similarity": {"frequency": similarity}, "number_of_replicas": 1},
            "mappings": {"properties": {"words": text}},
        },
    )
    try:
        cluster.request("PUT", f"{name}/_doc/1?refresh=true", {"words": "toeslag toeslag motie"})
        answer = cluster.request("POST", f"{name}/_search", {"query": {"term": {"words": {"value": "toeslag", "boost": 3}}}})
        assert isinstance(answer, dict)
        assert [hit["_score"] for hit in answer["hits"]["hits"]] == [6.0]
    finally:
        cluster.request("DELETE", name)


def test_a_node_ends_with_its_parent(cluster: Cluster, tmp_path: Path) -> None:
    """Nothing is left running, even when the tests are killed."""
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        node = int(parent.stdout.readline())
        assert _running(node)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while _running(node):
        assert time.monotonic() < deadline, f"process {node} outlives its parent"
        time.sleep(0.1)


def _running(process: int) -> bool:
    status = Path(f"/proc/{process}/status")
    try:
        return "State:\tZ" not in status.read_text(encoding="utf-8")
    except OSError:
        return False
