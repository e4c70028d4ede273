"""One node of OpenSearch: a process on the loopback address with its data in a temporary folder."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SMALL_HEAP = "448m"
"""Enough for what tests index."""
_PATIENCE = 20
"""Seconds that a node may take to stop in an orderly way."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node lives."""

    name: str
    home: Path
    http: int
    transport: int

    @property
    def address(self) -> str:
        """What a client is given."""
        return f"http://127.0.0.1:{self.http}"

    @property
    def log(self) -> Path:
        """What the node printed, over all its lives."""
        return self.home / "printed"


class Node:
    """A node that can be started, stopped, killed and started again over the same data.

    The process lives as long as its standard input is open (see ``TestNode.java``), so it ends with the tests however they end.
    """

    def __init__(self, place: Place, fellows: Sequence[Place], flags: Sequence[str], heap: str = SMALL_HEAP) -> None:
        self.place = place
        self._heap = heap
        self._flags = flags
        self._process: subprocess.Popen[bytes] | None = None
        config = place.home / "config"
        for folder in (config, place.home / "modules", place.home / "plugins"):
            folder.mkdir(parents=True, exist_ok=True)
        (config / "opensearch.yml").write_text(_settings(place, fellows), encoding="utf-8")

    @property
    def alive(self) -> bool:
        """The process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self, classpath: str) -> None:
        """Start the process; does not wait until it answers."""
        assert not self.alive, f"{self.place.name} runs already"
        command = [
            "java",
            f"-Xms{self._heap}",
            f"-Xmx{self._heap}",
            "-XX:+UseSerialGC",
            *self._flags,
            "-Dlog4j2.disable.jmx=true",
            "-Djava.locale.providers=SPI,COMPAT",
            "-cp",
            classpath,
            "TestNode",
            str(self.place.home),
        ]
        with self.place.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self.place.home)

    def kill(self) -> None:
        """SIGKILL: as when a machine is lost."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._ended()

    def stop(self) -> None:
        """An orderly stop, or a kill when that takes too long."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"\n")
            self._process.stdin.flush()
            self._process.wait(_PATIENCE)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self._process.kill()
        self._ended()

    def _ended(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.wait()
        self._process.stdin.close()
        self._process = None


def _settings(place: Place, fellows: Sequence[Place]) -> str:
    return "\n".join(
        (
            "cluster.name: kamerstukken-tests",
            f"node.name: {place.name}",
            "node.roles: [cluster_manager, data, ingest]",
            "node.processors: 2",
            "network.host: 127.0.0.1",
            f"http.port: {place.http}",
            f"transport.port: {place.transport}",
            "discovery.seed_hosts: [{}]".format(", ".join(f'"127.0.0.1:{fellow.transport}"' for fellow in fellows)),
            "cluster.initial_cluster_manager_nodes: [{}]".format(", ".join(fellow.name for fellow in fellows)),
            "discovery.find_peers_interval: 250ms",  # all start at once; a second between attempts is long here
            "cluster.routing.allocation.disk.threshold_enabled: false",
            "",
        )
    )
