"""Operations on papers and words → the cluster, many in a request, until each of them is done.

A batch is done before the next begins, so that the last word on a paper is the last to arrive. What the cluster does not take now
is sent again, alone and later; when it has too much to do batches become smaller. Every operation may be done twice without harm:
papers and words have names of their own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.errors import EngineError, EngineUnavailable
from search.engines.opensearch.client import Busy, Cluster, pause_before
from search.engines.opensearch.documents import json_lines, word_body, word_id
from search.engines.opensearch.schema import Json

BATCH_BYTES = 8 << 20
"""Of a request, about: OpenSearch's own advice is 5 to 15 MB."""
_SMALLEST_BATCH = 64 << 10
_TRIES = 14
"""Requests in a row of which nothing was done: half a minute or more, in which a cluster gets over the loss of a node."""
_SECONDS = 60.0
_SHARD_SECONDS = "5s"
"""How long a request waits for a shard of which no copy is there, before it says so: by default a minute, in each try."""
_DONE = {"index": {200, 201}, "create": {201, 409}, "delete": {200, 404}}
"""A word that is there already, and a paper that is gone already, are as they should be."""
_LATER = {429, 502, 503, 504}
_TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to be done: ``name`` is that of the paper or word, ``lines`` say what as a bulk request does."""

    name: str
    lines: bytes


def put_paper(index: str, identifier: str, body: Json) -> Operation:
    """Put a paper in place of the one of that name."""
    return Operation(identifier, json_lines(({"index": {"_index": index, "_id": identifier}}, body)))


def remove_paper(index: str, identifier: str) -> Operation:
    """Take a paper out."""
    return Operation(identifier, json_lines(({"delete": {"_index": index, "_id": identifier}},)))


def add_word(index: str, word: str) -> Operation:
    """Add a word to the index of words, if it is not there."""
    return Operation(word, json_lines(({"create": {"_index": index, "_id": word_id(word)}}, word_body(word))))


class Bulk:
    """Sends operations; ``size`` is how many bytes the cluster takes at once at present."""

    def __init__(self, cluster: Cluster, pause: Callable[[float], None] = time.sleep) -> None:
        self._cluster = cluster
        self._pause = pause
        self.size = BATCH_BYTES

    def send(self, operations: Sequence[Operation]) -> None:
        """Have all of them done.

        Raises:
            EngineUnavailable: the cluster did nothing of it for a minute or two.
            EngineError: it refuses one of them.
        """
        waiting = list(operations)
        idle = 0
        while waiting:
            some = self._first(waiting)
            try:
                left = self._once(some)
            except Busy as error:
                left, reason = some, str(error)
                if error.status == 429:
                    self._adapt(overloaded=True)
            except EngineError as error:
                if error.status != _TOO_LARGE or len(some) == 1:
                    raise
                self.size = max(sum(len(one.lines) for one in some) // 2, 1)
                continue
            else:
                reason = f"{self._cluster.address}: the search engine is too busy"
                self._adapt(overloaded=bool(left))
            idle = 0 if len(left) < len(some) else idle + 1
            if idle >= _TRIES:
                raise EngineUnavailable(f"{reason}; what was sent before is not lost: run the command again")
            waiting = [*left, *waiting[len(some) :]]
            if left:
                self._pause(pause_before(idle))

    def _first(self, waiting: list[Operation]) -> list[Operation]:
        """As many as go into a request, and at least one."""
        total = 0
        for i, one in enumerate(waiting):
            total += len(one.lines)
            if total > self.size and i:
                return waiting[:i]
        return waiting

    def _adapt(self, *, overloaded: bool) -> None:
        self.size = max(self.size // 2, _SMALLEST_BATCH) if overloaded else min(self.size * 5 // 4, BATCH_BYTES)

    def _once(self, some: list[Operation]) -> list[Operation]:
        """Those that were not done now."""
        lines = b"".join(one.lines for one in some)
        answered = self._cluster.ask("POST", "/_bulk", lines, {"timeout": _SHARD_SECONDS}, seconds=_SECONDS, tries=1).body
        items = answered.get("items")
        if not isinstance(items, list) or len(items) != len(some):
            raise Busy(f"{self._cluster.address}: the search engine's answer is not complete", 200)
        return [one for one, item in zip(some, items, strict=True) if not self._done(one, item)]

    def _done(self, one: Operation, item: Json) -> bool:
        [(kind, told)] = item.items()
        status = int(told["status"])
        if status in _LATER:
            return False
        if status in _DONE[kind] and (told.get("error") or {}).get("type") != "index_not_found_exception":
            return True
        reason = (told.get("error") or {}).get("reason", "")
        raise EngineError(f"{one.name}: the search engine at {self._cluster.address} refuses it ({status} {reason})".strip())
