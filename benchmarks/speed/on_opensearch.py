"""This project over OpenSearch: three nodes from jars on this machine, started for the measurement and stopped after it.

Papers are written and questions answered as users do it: with all of the ranking, three shards and a replica of each. What is
measured beside a reader's wait is what the nodes use, since most of the work is theirs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from benchmarks.speed.ours import answered
from benchmarks.speed.questions import Question
from benchmarks.speed.work import Outcome
from indexer.paper.model import Kamerstuk
from search.engines.opensearch.client import Access, Address, Cluster
from search.engines.opensearch.index import OpenSearchIndex
from search.engines.opensearch.searcher import OpenSearchSearcher
from search.plan import Weights
from search.service import SearchService
from tests.opensearch.cluster import FULL_SPEED
from tests.opensearch.cluster import Cluster as Nodes

HEAP = os.environ.get("KAMERSTUKKEN_BENCHMARK_HEAP", "2g")
"""Of each node: three of them leave a machine of 24 GB enough for its page cache and the program."""
_RECOVERY = 900.0
"""Seconds in which the nodes must have read again what they wrote."""
_ROUNDS = 3
"""Times that every question is asked before the measurement: nodes run for months, and are slow in their first minute."""


@dataclass
class OpenSearch:
    """The project on OpenSearch. The nodes run already and have their own folder, so ``folder`` is not used."""

    nodes: Nodes
    cluster: Cluster

    fuzzy: ClassVar[bool] = True

    def build(self, papers: Iterable[Kamerstuk], folder: Path) -> None:
        writer = OpenSearchIndex(self.cluster).anew()
        writer.replace(papers)
        writer.commit()

    def open(self, folder: Path) -> None:
        self.service = SearchService(OpenSearchSearcher(self.cluster, Weights()))
        self.service.answer("")

    def ask(self, question: Question, *, every: bool = False) -> Outcome:
        return answered(self.service, question, every=every)

    def warm(self, questions: Iterable[Question]) -> None:
        """Let the nodes work as they do after a while; what the searcher itself remembers is not kept."""
        service = SearchService(OpenSearchSearcher(self.cluster, Weights()))
        every = list(questions)
        for _ in range(_ROUNDS):
            for question in every:
                answered(service, question)

    def cpu_seconds(self) -> float:
        """What the nodes have used so far, their start not least."""
        stats = self.cluster.ask("GET", "/_nodes/stats/process").body
        return sum(float(node["process"]["cpu"]["total_in_millis"]) for node in stats["nodes"].values()) / 1000


@contextmanager
def started(folder: Path) -> Iterator[OpenSearch]:
    """Three nodes over the data in a folder, which may be empty yet."""
    nodes = Nodes(FULL_SPEED, heap=HEAP, kept=folder)
    try:
        nodes.start()
        cluster = Cluster(Address(nodes.addresses, "speed"), Access(seconds=60))
        if cluster.ask("GET", "/speed", allow=(404,)).status != 404:
            nodes.wait_green(_RECOVERY)
        yield OpenSearch(nodes, cluster)
    finally:
        nodes.stop()
