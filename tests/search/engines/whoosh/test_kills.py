"""Whenever a writer is killed, the index is as it was before or as it should become, and the next writer clears up."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from random import Random

from indexer.paper.identifier import Identifier
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.storage.store import Store, read_contents
from search.engines.whoosh.writer import Effort, WhooshWriter
from search.plan import Weights
from search.ports import SearchRequest
from search.query.tree import Not, Word
from tests.search.papers import paper

KILLS = 60
PAPERS = 6
EVERYTHING = SearchRequest(Not(Word("komtnergensvoor")), limit=100)


def _write(store: Store, state: int) -> None:
    """Bring the index to a state: every paper says which, and one is there in every other state only."""
    writer = WhooshWriter(store, store.current(), Effort(memory_mb=0))
    writer.replace([paper(f"1-{i}", f"toeslag keer{state}") for i in range(PAPERS)])
    if state % 2:
        writer.replace([paper("1-99", f"toeslag keer{state}")])
    else:
        writer.remove([Identifier("kst-1-99")])
    writer.commit()


def _state(store: Store) -> int:
    """The state the index is in, if it is in one."""
    found = WhooshSearcher(store.folder, Weights()).search(EVERYTHING)
    states = {hit.document.passages[-1].text.rpartition("keer")[2] for hit in found.hits}
    assert len(states) == 1
    state = int(states.pop())
    assert found.total == PAPERS + state % 2
    return state


def _killed(store: Store, state: int, after: float) -> bool:
    """Whether a writer that was to be killed after so many seconds was not done by then."""
    child = os.fork()
    if not child:
        status = 1
        try:
            _write(store, state)
            status = 0
        finally:
            os._exit(status)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code != 0


def test_a_writer_killed_at_any_moment_leaves_a_whole_index(tmp_path: Path) -> None:
    store = Store(tmp_path / "index")
    store.swap(store.new_generation())
    started = time.perf_counter()
    _write(store, 0)
    _write(store, 1)
    took = time.perf_counter() - started
    random = Random(6)  # noqa: S311 - moments need no secrecy
    state, kills = 1, 0
    while kills < KILLS:
        kills += _killed(store, state + 1, random.uniform(0, took))
        assert _state(store) in (state, state + 1)
        state = _state(store)

    _write(store, state + 1)
    generation = store.current()
    contents = read_contents(generation, store.commit(generation))
    assert {path.name for path in generation.iterdir()} == contents.names() | {"made_by.json"}
    for one in contents.open(generation):
        one.segment.columns.check()
