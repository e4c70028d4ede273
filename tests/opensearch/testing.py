"""Indexes for tests on one cluster, used again and again: making one takes longer than most tests."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.identifier import Identifier
from indexer.model import Kamerstuk
from search.document import document_of
from search.engines.opensearch import schema
from search.engines.opensearch.address import Access, Address
from search.engines.opensearch.client import Cluster
from search.engines.opensearch.documents import indexed, json_lines, word_body, word_id
from search.engines.opensearch.schema import Json

_free: list[Index] = []
_made: list[Index] = []


@dataclass
class Index:
    cluster: Cluster
    commits: int = 0
    papers: set[str] = field(default_factory=set)


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
        writer.write()
    else:
        name = f"contract-{os.getpid()}-{len(_made)}"
        one = Index(Cluster(Address(tuple(_nodes), name), Access(shards=3, replicas=0)))
        _made.append(one)
        papers = schema.papers_index(3, 0)
        papers["settings"]["translog.durability"] = "async"
        one.cluster.ask("PUT", f"/{name}", papers)
        one.cluster.ask("PUT", f"/{schema.words_of(name)}", schema.words_index(0))
    handle = Index.__new__(Index)
    handle.__dict__ = one.__dict__
    weakref.finalize(handle, _free.append, one)
    return handle


def _meta(index: Index) -> None:
    index.commits += 1
    index.cluster.ask("PUT", f"/{index.cluster.address.index}/_mapping", {"_meta": schema.meta(index.commits, 0)})


class Writer:
    def __init__(self, index: Index) -> None:
        self.index = index
        self.changes: dict[str, Json | None] = {}
        self.words: set[str] = set()

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        for paper in papers:
            one = indexed(document_of(paper))
            self.changes[one.identifier] = one.body
            self.words |= one.words

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        self.changes.update(dict.fromkeys(map(str, identifiers)))

    def commit(self) -> None:
        self.write()
        _meta(self.index)

    def write(self) -> None:
        name = self.index.cluster.address.index
        self.index.papers |= self.changes.keys()
        lines: list[Json] = []
        for word in self.words:
            lines += [{"index": {"_index": schema.words_of(name), "_id": word_id(word)}}, word_body(word)]
        for identifier, body in self.changes.items():
            lines += [{"delete": {"_index": name, "_id": identifier}}] if body is None else [{"index": {"_index": name, "_id": identifier}}, body]
        if lines:
            answer = self.index.cluster.ask("POST", "/_bulk", json_lines(lines), {"refresh": "true"}).body
            for item in answer["items"]:
                [(_, told)] = item.items()
                assert told["status"] in (200, 201, 404), told
        self.changes, self.words = {}, set()
