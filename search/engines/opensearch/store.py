"""Where the index lives: generations behind an alias, one of them in use, the alias moved at once.

The alias ``kst`` stands for one of ``kst-000001``, ``kst-000002`` …, each with an index of its words beside it. A rebuild makes
another generation and moves the alias; one that it does not stand for is litter of a run that was killed, and is removed by the
next. Only indexes that say that this program made them are ever removed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from indexer.errors import ArchiveError, EngineError, IndexMissing, IndexOutdated
from search.analysis.chain import ANALYSIS_VERSION
from search.engines.opensearch.client import Cluster
from search.engines.opensearch.schema import SCHEMA_VERSION, Json, papers_index, words_index, words_of
from search.engines.opensearch.writer import OpenSearchWriter, Target
from search.ports import Made

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


class OpenSearchIndex:
    """The generations behind the alias that the cluster's address names; see ``ports.KeptIndex``."""

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
        answer = self._cluster.ask("GET", f"/{pattern}", params={"filter_path": _WANTED}, allow=(404,))
        if answer.status == 404:
            return []
        found = [Generation(index, (told.get("mappings") or {}).get("_meta") or {}) for index, told in answer.body.items()]
        return sorted(found, key=lambda one: one.index)

    def made(self) -> Made:
        """See ``ports.KeptIndex``."""
        told = self.current().meta
        committed = str(told.get("committed") or "")
        return Made(
            str(told["schema"]),
            str(told["analysis"]),
            int(told["change"]),
            datetime.fromisoformat(committed) if committed else None,
        )

    def changing(self) -> OpenSearchWriter:
        """See ``ports.KeptIndex``."""
        generation = self.current()
        return OpenSearchWriter(
            self._cluster, Target(generation.index, int(generation.meta["commit"]), int(generation.meta["change"]))
        )

    def anew(self) -> OpenSearchWriter:
        """See ``ports.KeptIndex``."""
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
        return OpenSearchWriter(self._cluster, Target(index, 0, 0), after=lambda: self._swap(index), undo=self.clear, held_back=0)

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
