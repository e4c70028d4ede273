"""Papers become the same index whatever memory and processes there are, and nothing is left of processes that go wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import ArchiveError
from indexer.paper.identifier import Identifier
from search.document import document_of
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.storage.store import GONE, SEGMENT, Store, read_contents
from search.engines.whoosh.writer import Effort, WhooshWriter
from search.engines.whoosh.writing.collecting import Collecting, Workers
from search.plan import Weights
from search.ports import SearchRequest
from search.query.tree import Not, Word
from tests.search.papers import paper

EVERYTHING = SearchRequest(Not(Word("komtnergensvoor")), limit=1000)


def _names(collecting: Collecting | Workers) -> list[str]:
    """The papers in the segments, and that their words are counted rightly."""
    found: list[str] = []
    for one in collecting.close():
        found += [name.decode() for name in one.segment.columns.read("identifiers")[one.live].tolist()]
        assert one.papers_with(one.segment.find(b"=toeslag")) == one.papers
    return found


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=30), st.sampled_from((0, 5_000, 20_000, 10_000_000)))
def test_papers_that_are_dropped_again_are_not_in_the_segment(steps: list[tuple[bool, int]], memory: int) -> None:
    with TemporaryDirectory() as folder:
        collecting = Collecting(Path(folder), memory)
        left: list[int] = []
        for added, (drop, which) in enumerate(steps):
            assert collecting.add(document_of(paper(f"1-{added}", f"toeslag woord{added}"))) == added
            left.append(added)
            if drop:
                collecting.drop(left.pop(which % len(left)))
        assert sorted(_names(collecting)) == sorted(f"kst-1-{number}" for number in left)
        assert len(list(Path(folder).glob(f"*{SEGMENT}"))) == bool(left)  # nothing of what was spilled
        assert len(list(Path(folder).glob(f"*{GONE}"))) <= 1


def _store(folder: Path, papers: int) -> Store:
    store = Store(folder / "index")
    store.swap(store.new_generation())
    writer = WhooshWriter(store, store.current())
    writer.replace(paper(f"1-{i}", "toeslag oud") for i in range(papers))
    writer.commit()
    return store


def _found(store: Store) -> dict[str, str]:
    hits = WhooshSearcher(store.folder, Weights()).search(EVERYTHING).hits
    return {hit.document.identifier.removeprefix("kst-"): hit.document.passages[-1].text for hit in hits}


def test_several_processes_make_the_same_index(tmp_path: Path) -> None:
    store = _store(tmp_path, 10)
    expected = {f"1-{i}": "toeslag oud" for i in range(10)}
    writer = WhooshWriter(store, store.current(), Effort(memory_mb=1, processes=2, alone=5))
    for i in range(5, 300):
        writer.replace([paper(f"1-{i}", f"toeslag nieuw{i}")])
        expected[f"1-{i}"] = f"toeslag nieuw{i}"
        if i % 7 == 0:
            writer.remove([Identifier(f"kst-1-{i // 2}")])
            expected.pop(f"1-{i // 2}", None)
        if i % 11 == 0:
            writer.replace([paper(f"1-{i - 3}", "toeslag nogmaals")])
            expected[f"1-{i - 3}"] = "toeslag nogmaals"
    writer.commit()

    assert _found(store) == expected
    words = WhooshSearcher(store.folder, Weights()).vocabulary
    assert words.count("toeslag") == len(expected)
    assert words.count("nogmaals") == sum(text.endswith("nogmaals") for text in expected.values())
    assert {path.name for path in store.current().iterdir()} == _own(store)


def _own(store: Store) -> set[str]:
    return read_contents(store.current(), store.commit(store.current())).names() | {"made_by.json"}


def test_where_many_papers_are_expected_other_processes_make_them_all() -> None:
    effort = Effort(processes=2, alone=5)

    assert effort.for_papers(5) == effort
    assert effort.for_papers(6) == Effort(processes=2, alone=0)


@pytest.fixture
def writer(tmp_path: Path) -> WhooshWriter:
    """A writer that has just started two processes, on an index of three papers."""
    store = _store(tmp_path, 3)
    made = WhooshWriter(store, store.current(), Effort(processes=2, alone=0))
    made.replace([paper("1-1", "toeslag nieuw")])
    return made


def test_a_process_that_is_killed_is_told_and_changes_nothing(tmp_path: Path, writer: WhooshWriter) -> None:
    store = Store(tmp_path / "index")
    assert writer._workers
    os.kill(writer._workers._workers[0].process.pid or 0, signal.SIGKILL)

    with pytest.raises(ArchiveError, match="index again"):
        writer.commit()
    assert _found(store) == dict.fromkeys(("1-0", "1-1", "1-2"), "toeslag oud")
    assert {path.name for path in store.current().iterdir()} == _own(store)
    assert not any(worker.process.is_alive() for worker in writer._workers._workers)


def test_what_goes_wrong_in_a_process_is_raised_where_the_papers_come_from(tmp_path: Path) -> None:
    workers = Workers(tmp_path / "nowhere", 1 << 20, 1)
    workers.add(document_of(paper("1-1", "toeslag")))

    with pytest.raises(FileNotFoundError, match="nowhere"):
        workers.close()
    workers.abort()


def test_an_aborted_writer_ends_its_processes(tmp_path: Path, writer: WhooshWriter) -> None:
    store = Store(tmp_path / "index")
    writer.abort()

    assert writer._workers
    assert not any(worker.process.is_alive() for worker in writer._workers._workers)
    assert _found(store)["1-1"] == "toeslag oud"


_STARTS_WORKERS = """
import sys
from pathlib import Path
from search.engines.whoosh.writing.collecting import Workers
if __name__ == "__main__":
    workers = Workers(Path(sys.argv[1]), 1 << 20, 2)
    print(*(worker.process.pid for worker in workers._workers), flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells of other processes this way")
def test_processes_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(_STARTS_WORKERS, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout
        workers = [int(pid) for pid in starter.stdout.readline().split()]
        starter.kill()
    deadline = time.monotonic() + 60
    while any(_alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert len(workers) == 2
    assert not any(map(_alive, workers))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
