"""Indexes for tests on one cluster, used again and again: making one takes longer than most tests."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.engines.opensearch import schema
from search.engines.opensearch.client import Access, Address, Cluster
from search.engines.opensearch.index import OpenSearchWriter, Target

_free: list[Index] = []
_made: list[Index] = []


@dataclass
class Index:
    cluster: Cluster
    commits: int = 0
    papers: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What the alias stands for."""
        return f"{self.cluster.address.index}-000001"


_nodes: list[str] = []


def use(nodes: Iterable[str]) -> None:
    """Make indexes on this cluster from now on; those of another are forgotten."""
    if list(nodes) != _nodes:
        _nodes[:] = nodes
        _free.clear()


def empty_index() -> Index:
    if _free:
        one = _free.pop()
        writer = Writer(one)
        writer.remove(map(Identifier, one.papers))
        writer.commit()
    else:
        name = f"contract-{os.getpid()}-{len(_made)}"
        one = Index(Cluster(Address(tuple(_nodes), name), Access(shards=3, replicas=0)))
        _made.append(one)
        papers = schema.papers_index(3, 0)
        papers["settings"]["translog.durability"] = "async"
        one.cluster.ask("PUT", f"/{one.name}", papers | {"aliases": {name: {}}})
        one.cluster.ask("PUT", f"/{schema.words_of(one.name)}", schema.words_index(0))
    handle = Index.__new__(Index)
    handle.__dict__ = one.__dict__
    weakref.finalize(handle, _free.append, one)
    return handle


class Writer:
    """The writer of the engine, which remembers what is to be taken out again."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._writer = OpenSearchWriter(index.cluster, Target(index.name, index.commits))

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        for paper in papers:
            self.index.papers.add(str(paper.identifier))
            self._writer.replace([paper])

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        self._writer.remove(identifiers)

    def commit(self) -> None:
        self._writer.commit()
        self.index.commits += 1
