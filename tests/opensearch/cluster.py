"""A real cluster of three nodes for tests and measurements, all on the loopback address and on ports that were free at the start.

Speaks plain HTTP with the standard library only: what the project's client does is what the tests test.
"""

from __future__ import annotations

import atexit
import json
import shutil
import socket
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.opensearch.jars import classpath
from tests.opensearch.node import SMALL_HEAP, Node, Place

QUICK_START = ("-XX:TieredStopAtLevel=1",)
"""Flags for tests: the first compiler only, since nodes live too short for the second to pay."""
FULL_SPEED: tuple[str, ...] = ()
"""Flags for measurements."""
_PATIENCE = 90.0
"""Seconds in which the cluster must be whole."""
_POLL = 0.1

_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


class ClusterBroken(Exception):
    """The cluster did not become what was waited for; the message holds what the nodes printed last."""


class Cluster:
    """Nodes that know one another; ``start`` waits until all have joined.

    ``kept`` is a folder in which the data stay, for another cluster to begin with them; else they are temporary.
    """

    def __init__(
        self, flags: Sequence[str] = QUICK_START, size: int = 3, heap: str = SMALL_HEAP, kept: Path | None = None
    ) -> None:
        self._classpath = classpath()
        self._kept = kept is not None
        self._folder = kept or Path(tempfile.mkdtemp(prefix="kamerstukken-opensearch-"))
        ports = _free_ports(2 * size)
        places = [Place(f"node-{n + 1}", self._folder / f"node-{n + 1}", ports[2 * n], ports[2 * n + 1]) for n in range(size)]
        self.nodes = tuple(Node(place, places, flags, heap) for place in places)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Of all nodes, dead ones too: what a client is configured with."""
        return tuple(node.place.address for node in self.nodes)

    def start(self) -> None:
        """Start all nodes at once and wait until they are one cluster.

        Raises:
            ClusterBroken: they are not in time.
        """
        atexit.register(self.stop)
        for node in self.nodes:
            node.start(self._classpath)
        self.wait_whole()

    def stop(self) -> None:
        """End all nodes and remove their data, unless these are kept; without harm when called again."""
        for node in self.nodes:
            if self._kept:
                node.stop()
            else:
                node.kill()
        if not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)
        atexit.unregister(self.stop)

    def manager(self) -> Node:
        """The node that the others elected."""
        [row] = self._rows("/_cat/cluster_manager?format=json")
        return next(node for node in self.nodes if node.place.name == row["node"])

    def kill_manager(self) -> Node:
        """SIGKILL the elected manager; gives it, to be started again."""
        manager = self.manager()
        manager.kill()
        return manager

    def restart(self, node: Node) -> None:
        """Start a node that was killed or stopped, over its data; waits until all nodes are in the cluster and all shards too."""
        node.start(self._classpath)
        self.wait_whole()
        self.wait_green()

    def heal(self) -> None:
        """Start every node that does not run: for a test to begin with all of them."""
        for node in self.nodes:
            if not node.alive:
                node.start(self._classpath)
        self.wait_whole()

    def wait_whole(self) -> None:
        """Wait until every node answers and sees all the others."""
        self._wait(
            lambda: all(self._health(node).get("number_of_nodes") == len(self.nodes) for node in self.nodes), "not all joined"
        )

    def wait_green(self, seconds: float = _PATIENCE) -> None:
        """Wait until every shard and every replica is there; a large index takes minutes to read its log."""
        self._wait(lambda: self._health(self._any()).get("status") == "green", "not all shards came back", seconds)

    def request(self, method: str, path: str, body: object = None) -> object:
        """A request of a test's own to any node that lives; gives the JSON of the answer.

        Raises:
            OSError: it was refused (``urllib.error.HTTPError``) or not answered.
        """
        return _request(self._any(), method, path, body)

    def remove_indices(self) -> None:
        """Remove all that tests made."""
        for row in self._rows("/_cat/indices?format=json&h=index&expand_wildcards=open"):
            self.request("DELETE", f"/{row['index']}")

    def _any(self) -> Node:
        return next(node for node in self.nodes if node.alive)

    def _rows(self, path: str) -> list[dict[str, str]]:
        rows = self.request("GET", path)
        assert isinstance(rows, list)
        return rows

    def _health(self, node: Node) -> dict[str, object]:
        if not node.alive:
            raise ClusterBroken(f"{node.place.name} ended:\n{self._printed()}")
        answer = _request(node, "GET", "/_cluster/health")
        assert isinstance(answer, dict)
        return answer

    def _wait(self, reached: Callable[[], bool], otherwise: str, seconds: float = _PATIENCE) -> None:
        deadline = time.monotonic() + seconds
        while True:
            try:
                if reached():
                    return
            except OSError:
                pass  # not listening yet, or no manager yet
            if time.monotonic() > deadline:
                raise ClusterBroken(f"{otherwise} in {seconds:.0f} s:\n{self._printed()}")
            time.sleep(_POLL)

    def _printed(self) -> str:
        return "\n".join(
            f"{node.place.name}: {node.place.log.read_text(encoding='utf-8', errors='replace')[-1500:]}"
            for node in self.nodes
            if node.place.log.exists()
        )


def _request(node: Node, method: str, path: str, body: object = None) -> object:
    request = urllib.request.Request(  # noqa: S310 - the loopback address
        f"{node.place.address}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with _open(request, timeout=30) as answer:
        return json.load(answer)


def _free_ports(number: int) -> list[int]:
    """Different ports, since all are held while they are asked for."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
