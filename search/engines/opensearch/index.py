"""The index on a cluster: its generations behind an alias, and what writes papers into one of them.

The alias ``kst`` stands for one of ``kst-000001``, ``kst-000002`` …, each with an index of its words beside it. A rebuild makes
another generation and moves the alias at once; a generation that the alias does not stand for is left of a run that was killed,
and the next run removes it. Only indexes that say that this program made them are ever removed.

A writer holds operations back until there are many, so that a small run that is broken off has changed nothing; a larger one is
sent while the next papers are analysed. Nothing is found before ``commit`` refreshes the index; what a broken-off run has sent is
sent again by the next, which begins at the same change of the catalogue. Operations are sent in batches, and a batch is done
before the next begins, so that the last word on a paper is the last to arrive. What the cluster does not take now is sent again,
alone and later; when it has too much to do, batches become smaller. Every operation may be done twice without harm.
"""

from __future__ import annotations

import base64
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.catalogue.history import BEGINNING, Moment
from indexer.errors import (
    ArchiveError,
    EngineError,
    EngineUnavailable,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    KamerstukkenError,
)
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.analysis.chain import ANALYSIS_VERSION
from search.document import SearchDocument, document_of, read_document
from search.engines.opensearch.client import Busy, Cluster, Json, json_lines, pause_before
from search.engines.opensearch.schema import (
    IDENTIFIER,
    SCHEMA_VERSION,
    STORED,
    indexed,
    meta,
    papers_index,
    word_body,
    word_id,
    words_index,
    words_of,
)
from search.ports import Made

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
_LISTED = 200
"""Papers that are given with one request."""


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


_HELD_BACK = 64 << 20
"""Bytes of operations that wait for the commit; with more than these, all are sent as they come."""
_KNOWN_WORDS = 2_000_000
"""Words remembered as sent; sending one again does no harm."""


@dataclass(frozen=True, slots=True)
class Target:
    """The index that is written: the number of its last commit, and the moment of the catalogue up to which it goes."""

    index: str
    commit: int = 0
    moment: Moment = BEGINNING


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
        self._moment = target.moment
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
        for paper in papers:
            made = indexed(document_of(paper))
            self._take(put_paper(self._target.index, made.identifier, made.body))
            self._learn(made.words)
            self._flow()

    def remove(self, identifiers: Iterable[Identifier]) -> None:
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

    def up_to(self, moment: Moment) -> None:
        self._moment = moment

    def commit(self) -> None:
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
        told = meta(self._target.commit + 1, self._moment, datetime.now(UTC).isoformat(timespec="microseconds"))
        self._cluster.ask("PUT", f"/{index}/_mapping", {"_meta": told})
        self._after()

    def abort(self) -> None:
        """Leave the index as it was: what was sent already is not found, and put right by the next run."""
        self._sender.shutdown(cancel_futures=True)
        self._papers, self._words = {}, {}
        with suppress(KamerstukkenError):  # what remains is removed by the next run
            self._undo()


def _all_there(body: Json) -> str:
    return "not every shard is there" if body.get("timed_out") is not False else ""


def _all_refreshed(body: Json) -> str:
    shards = body.get("_shards") or {}
    return "not every shard was refreshed" if shards.get("failed", 1) else ""


REBUILD = "make it anew with: kamerstukken reindex"
_WANTED = "*.mappings._meta,*.settings.index.uuid,error,status"
"""Of what an index tells: the second is there for every index."""
_SECONDS = 60.0
"""For making and removing indexes, of which all nodes must be told."""
_STARTING = 30
"""Seconds in which the copies of a new shard begin; it takes one or two."""


@dataclass(frozen=True, slots=True)
class Generation:
    """An index and what it says of itself."""

    index: str
    meta: Json

    @property
    def name(self) -> str:
        """Names its state: an index that was thrown away and made anew has the same numbers, but not the same moment."""
        return f"{self.index}-{self.meta.get('commit')}-{self.meta.get('committed')}"


def _moment(told: Json) -> Moment:
    """The moment in what an index says of itself."""
    return Moment(str(told.get("epoch", "")), int(told["change"]), str(told.get("mark", "")))


def _stored(hit: Json) -> SearchDocument | None:
    """The paper that a hit tells of; None where that is none that this program wrote."""
    try:
        return read_document(base64.b64decode(hit["_source"][STORED]))
    except (LookupError, TypeError, ValueError, zlib.error):
        return None


class OpenSearchIndex:
    """The generations behind the alias that the cluster's address names."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._alias = cluster.address.index

    def current(self) -> Generation:
        """The generation in use.

        Raises:
            IndexMissing: there is none.
            IndexOutdated: it was made by another version.
            ArchiveError: the name is that of an index of someone else.
        """
        [generation] = self._in_use()
        made = generation.meta.get("schema"), generation.meta.get("analysis")
        if made != (SCHEMA_VERSION, ANALYSIS_VERSION):
            raise IndexOutdated(
                f"{self._cluster.address}: made with schema {made[0]} and analysis {made[1]}, "
                f"this program has {SCHEMA_VERSION} and {ANALYSIS_VERSION}; {REBUILD}"
            )
        return generation

    def _in_use(self) -> list[Generation]:
        """The one generation that the alias stands for.

        Raises:
            IndexMissing: there is none.
        """
        found = self._generations(self._alias)
        if not found:
            raise self._cluster.missing()
        if len(found) > 1:
            names = ", ".join(one.index for one in found)
            raise ArchiveError(f"{self._cluster.address}: stands for several indexes ({names}); leave it one of them")
        if found[0].index == self._alias or found[0].meta.get("made_by") != "kamerstukken":
            raise ArchiveError(f"{self._cluster.address}: is an index of something else; choose another name")
        return found

    def _generations(self, pattern: str) -> list[Generation]:
        """The indexes of this name or pattern."""
        # Closed ones too: their names are taken.
        wanted = {"filter_path": _WANTED, "expand_wildcards": "open,closed"}
        answer = self._cluster.ask("GET", f"/{pattern}", params=wanted, allow=(404,))
        if answer.status == 404:
            return []
        found = [Generation(index, (told.get("mappings") or {}).get("_meta") or {}) for index, told in answer.body.items()]
        return sorted(found, key=lambda one: one.index)

    def made(self) -> Made:
        told = self.current().meta
        committed = str(told.get("committed") or "")
        return Made(
            str(told["schema"]),
            str(told["analysis"]),
            _moment(told),
            datetime.fromisoformat(committed) if committed else None,
        )

    def verify(self) -> None:
        """The cluster compares what it reads with checksums of its own; whether both indexes are there is asked."""
        for place, fault in self.faults():
            raise IndexDamaged(f"{place}: {fault}; {REBUILD}")

    def faults(self) -> Iterator[tuple[str, str]]:
        """The cluster checks its files itself; what it cannot know is that two indexes belong together."""
        words = words_of(self.current().index)
        if not self._generations(words):
            yield words, "the index of the words is gone"

    def documents(self) -> Iterator[tuple[str, SearchDocument | None]]:
        """The papers, as they are stored."""
        index = self.current().index
        after: list[object] = []
        while True:
            asked: Json = {"size": _LISTED, "_source": [STORED], "sort": [{IDENTIFIER: "asc"}]}
            hits = self._cluster.search(asked | ({"search_after": after} if after else {}), index)["hits"]["hits"]
            yield from ((str(hit["_id"]), _stored(hit)) for hit in hits)
            if len(hits) < _LISTED:
                return
            after = hits[-1]["sort"]

    def count(self) -> int | None:
        answer = self._cluster.ask("GET", f"/{self._alias}/_count", allow=(400, 404))
        if answer.status == 400:  # it is closed
            return None
        return 0 if answer.status == 404 else int(answer.body["count"])

    def changing(self, expected: int = 0) -> OpenSearchWriter:
        generation = self.current()
        return OpenSearchWriter(self._cluster, Target(generation.index, int(generation.meta["commit"]), _moment(generation.meta)))

    def anew(self, expected: int = 0) -> OpenSearchWriter:
        self.clear()
        with suppress(IndexMissing):
            self._in_use()  # a name that is someone else's is told before the work
        numbers = [int(one.index.rpartition("-")[2]) for one in self._ours()]
        index = f"{self._alias}-{max(numbers, default=0) + 1:06d}"
        access = self._cluster.access
        self._make(words_of(index), words_index(access.replicas))
        self._make(index, papers_index(access.shards, access.replicas))
        self._let_copies_start(index)
        # Nothing is held back: nobody finds what is in it.
        return OpenSearchWriter(self._cluster, Target(index), after=lambda: self._swap(index), undo=self.clear, held_back=0)

    def _make(self, index: str, body: Json) -> None:
        answer = self._cluster.ask("PUT", f"/{index}", body, seconds=_SECONDS, allow=(400,))
        # A second try finds what the first has made when only its answer was lost.
        if answer.status == 400 and "resource_already_exists_exception" not in str(answer.body):
            raise EngineError(f"{self._cluster.address}: the index cannot be made: {answer.body.get('error')}")

    def _let_copies_start(self, index: str) -> None:
        """Wait for the replicas that there are nodes for: with a shard of which only one copy has begun, a lost node loses all.

        Copies that stay away are no error: one machine keeps no replicas, whatever is asked of it.
        """
        wanted = {"wait_for_no_initializing_shards": "true", "wait_for_events": "languid", "timeout": f"{_STARTING}s"}
        path = f"/_cluster/health/{index},{words_of(index)}"
        self._cluster.ask("GET", path, None, wanted, allow=(408,), seconds=2 * _STARTING)

    def _swap(self, index: str) -> None:
        """Let the alias stand for this generation, at once for everyone; the former goes."""
        former = [one.index for one in self._generations(self._alias) if one.index != index]
        actions: list[Json] = [{"remove": {"index": one, "alias": self._alias}} for one in former]
        actions.append({"add": {"index": index, "alias": self._alias}})
        self._cluster.ask("POST", "/_aliases", {"actions": actions}, seconds=_SECONDS)
        self.clear()

    def clear(self) -> None:
        """Remove the generations that are not in use."""
        used = {one.index for one in self._generations(self._alias)}
        for one in self._ours():
            if one.index not in used:
                self._remove(one.index)

    def _ours(self) -> list[Generation]:
        """All generations, in use or not."""
        named = re.compile(rf"{re.escape(self._alias)}-\d{{6}}")
        every = self._generations(f"{self._alias}-*")
        return [one for one in every if named.fullmatch(one.index) and one.meta.get("made_by") == "kamerstukken"]

    def _remove(self, index: str) -> None:
        for name in (index, words_of(index)):
            self._cluster.ask("DELETE", f"/{name}", params={"ignore_unavailable": "true"}, allow=(404,), seconds=_SECONDS)
