"""Two of three nodes are lost with SIGKILL: who asks within a budget is told so within it, and answered once they are back.

Every answer is held against one that was given before, whole. How long things take is told, and bounded so widely that only a
client that waits in vain fails.
"""

from __future__ import annotations

import time
import uuid
from pathlib import Path

from indexer.catalogue.catalogue import open_catalogue
from indexer.errors import EngineUnavailable
from search.budget import Allowance, Budget
from search.engines.opensearch.client import Access, Address, Cluster
from search.engines.opensearch.index import OpenSearchIndex
from search.engines.opensearch.searcher import OpenSearchSearcher
from search.plan import Weights
from search.ports import SearchRequest
from search.query.parser import parse
from search.sync import rebuild
from tests.opensearch.cluster import Cluster as Nodes
from tests.opensearch.telling import Tell
from tests.search.papers import paper

_ASKED = 8
_LATEST = 10.0
"""Seconds, on a machine that does much else; without a budget it was some forty."""
_BACK = 60.0


def test_without_a_majority_nobody_waits_longer_than_the_budget(cluster: Nodes, told: Tell, tmp_path: Path) -> None:
    client = Cluster(Address(cluster.addresses, f"majority-{uuid.uuid4().hex[:8]}"), Access(shards=3, replicas=1))
    with open_catalogue(tmp_path / "catalogue.db", "1") as catalogue:
        with catalogue.transaction():
            for number in range(20):
                catalogue.put(paper(f"90001-{number + 1}", "De toeslag is een motie waard"), str(number), "html")
        rebuild(catalogue, OpenSearchIndex(client))
    cluster.wait_green()
    searcher, request = OpenSearchSearcher(client, Weights()), SearchRequest(parse("toeslag").node)
    right = searcher.search(request)

    lost = (cluster.kill_manager(), next(node for node in cluster.nodes if node.alive))
    lost[1].kill()
    took: list[float] = []
    for _ in range(_ASKED):
        started = time.monotonic()
        try:
            assert searcher.within(Budget(Allowance())).search(request).hits == right.hits
        except EngineUnavailable:
            took.append(time.monotonic() - started)
    assert took
    assert max(took) < _LATEST

    cluster.heal()
    started = time.monotonic()
    while True:
        try:
            assert searcher.within(Budget(Allowance(seconds=_LATEST))).search(request).hits == right.hits
            break
        except EngineUnavailable:
            assert time.monotonic() - started < _BACK
            time.sleep(0.2)
    told(
        f"without a majority: {len(took)} of {_ASKED} questions refused, after {max(took):.1f} s at most and {min(took):.2f} s "
        f"at least; answered {time.monotonic() - started:.1f} s after the nodes were back"
    )
    cluster.wait_green()
    for name in client.ask("GET", f"/{client.address.index}*", params={"expand_wildcards": "open"}).body:
        client.ask("DELETE", f"/{name}", seconds=60)
