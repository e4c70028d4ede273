"""Writes papers into an index on a cluster: the writing side of the port.

Operations are held back until there are many, so that a small run that is broken off has changed nothing; a larger one is sent
while the next papers are analysed. Nothing is found before ``commit`` refreshes the index; what a broken-off run has sent is sent
again by the next, which begins at the same change of the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.errors import KamerstukkenError
from indexer.identifier import Identifier
from indexer.model import Kamerstuk
from search.document import document_of
from search.engines.opensearch.bulk import BATCH_BYTES, Bulk, Operation, add_word, put_paper, remove_paper
from search.engines.opensearch.client import Cluster
from search.engines.opensearch.documents import indexed
from search.engines.opensearch.schema import Json, meta, words_of

_HELD_BACK = 64 << 20
"""Bytes of operations that wait for the commit; with more than these, all are sent as they come."""
_KNOWN_WORDS = 2_000_000
"""Words remembered as sent; sending one again does no harm."""


@dataclass(frozen=True, slots=True)
class Target:
    """The index that is written: ``commit`` is the number of its last one, ``change`` the last change of the catalogue in it."""

    index: str
    commit: int
    change: int


def _nothing() -> None:
    """What there is to do after most commits."""


class OpenSearchWriter:
    """Changes one index; ``after`` follows the commit, ``undo`` is what an abort has to do."""

    def __init__(
        self,
        cluster: Cluster,
        target: Target,
        after: Callable[[], None] = _nothing,
        undo: Callable[[], None] = _nothing,
        held_back: int = _HELD_BACK,
    ) -> None:
        self._cluster = cluster
        self._target = target
        self._change = target.change
        self._after, self._undo = after, undo
        self._held_back = held_back
        self._bulk = Bulk(cluster)
        self._sender = ThreadPoolExecutor(1, thread_name_prefix="bulk")
        self._sending: Future[None] | None = None
        self._papers: dict[str, Operation] = {}
        self._words: dict[str, Operation] = {}
        self._waiting = 0
        """Bytes of both."""
        self._streaming = False
        self._known: set[str] = set()

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        """See ``ports.IndexWriter``."""
        for paper in papers:
            made = indexed(document_of(paper))
            self._take(put_paper(self._target.index, made.identifier, made.body))
            self._learn(made.words)
            self._flow()

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        """See ``ports.IndexWriter``."""
        for identifier in identifiers:
            self._take(remove_paper(self._target.index, str(identifier)))
            self._flow()

    def _take(self, operation: Operation) -> None:
        """The last word on a paper counts."""
        former = self._papers.pop(operation.name, None)
        self._papers[operation.name] = operation
        self._waiting += len(operation.lines) - (len(former.lines) if former else 0)

    def _learn(self, words: Iterable[str]) -> None:
        new = [word for word in words if word not in self._known]
        if len(self._known) + len(new) > _KNOWN_WORDS:
            self._known.clear()
        self._known.update(new)
        index = words_of(self._target.index)
        for word in new:
            self._words[word] = operation = add_word(index, word)
            self._waiting += len(operation.lines)

    def _flow(self) -> None:
        self._streaming = self._streaming or self._waiting > self._held_back
        if self._streaming and self._waiting >= BATCH_BYTES:
            self._send()

    def _send(self) -> None:
        """Send what waits, after what was sent before."""
        self._settle()
        operations = [*self._words.values(), *self._papers.values()]
        self._papers, self._words, self._waiting = {}, {}, 0
        self._sending = self._sender.submit(self._bulk.send, operations)

    def _settle(self) -> None:
        """Wait for what is being sent."""
        if self._sending is not None:
            self._sending.result()
            self._sending = None

    def up_to(self, change: int) -> None:
        """See ``ports.ChangesWriter``."""
        self._change = change

    def commit(self) -> None:
        """See ``ports.IndexWriter``."""
        try:
            self._commit()
        except BaseException:
            self.abort()
            raise

    def _commit(self) -> None:
        self._send()
        self._settle()
        self._sender.shutdown()
        index, words = self._target.index, words_of(self._target.index)
        # A shard whose copies are all away would be passed over in silence: first all must be there.
        health = f"/_cluster/health/{index},{words}"
        self._cluster.ask("GET", health, None, {"wait_for_status": "yellow", "timeout": "15s"}, seconds=30, sound=_all_there)
        self._cluster.ask("POST", f"/{index},{words}/_refresh", sound=_all_refreshed, seconds=60)
        told = meta(self._target.commit + 1, self._change, datetime.now(UTC).isoformat(timespec="microseconds"))
        self._cluster.ask("PUT", f"/{index}/_mapping", {"_meta": told})
        self._after()

    def abort(self) -> None:
        """See ``ports.ChangesWriter``; what was sent already is not found, and put right by the next run."""
        self._sender.shutdown(cancel_futures=True)
        self._papers, self._words = {}, {}
        with suppress(KamerstukkenError):  # what remains is removed by the next run
            self._undo()


def _all_there(body: Json) -> str:
    return "not every shard is there" if body.get("timed_out") is not False else ""


def _all_refreshed(body: Json) -> str:
    shards = body.get("_shards") or {}
    return "not every shard was refreshed" if shards.get("failed", 1) else ""
