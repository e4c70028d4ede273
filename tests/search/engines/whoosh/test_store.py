"""Generations of the index: made beside each other, swapped in at once, refused when another version made them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from indexer.catalogue.history import Moment
from indexer.errors import ArchiveError, IndexMissing, IndexOutdated
from indexer.paper.identifier import Identifier
from search.engines.whoosh import writer as writing
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.storage.store import MadeBy, Store
from search.engines.whoosh.writer import WhooshWriter
from search.plan import Weights
from search.ports import SearchRequest
from search.query.tree import Word
from tests.search.papers import paper


def _write(store: Store, generation: Path, *names: str, change: int = 0) -> None:
    writer = WhooshWriter(store, generation)
    writer.up_to(Moment("this", change, "mark"))
    writer.replace([paper(name, "toeslag") for name in names])
    writer.commit()


def _moment(store: Store) -> Moment:
    return WhooshIndex(store.folder).made().moment


def _found(searcher: WhooshSearcher) -> set[str]:
    return {hit.document.identifier for hit in searcher.search(SearchRequest(Word("toeslag"))).hits}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one paper."""
    made = Store(tmp_path / "index")
    generation = made.new_generation()
    _write(made, generation, "1-1", change=5)
    made.swap(generation)
    return made


@pytest.fixture
def searcher(store: Store) -> WhooshSearcher:
    """A searcher that has answered once."""
    found = WhooshSearcher(store.folder, Weights())
    assert _found(found) == {"kst-1-1"}
    return found


@pytest.mark.parametrize("made", [False, True])
def test_without_an_index_the_error_says_how_to_make_one(tmp_path: Path, made: bool) -> None:
    if made:
        Store(tmp_path).new_generation()
    searcher = WhooshSearcher(tmp_path, Weights())

    for ask in (
        lambda: _found(searcher),
        lambda: searcher.generation,
        lambda: searcher.vocabulary,
        lambda: searcher.suggest("to", 3),
    ):
        with pytest.raises(IndexMissing, match="kamerstukken index"):
            ask()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda made_by: {**made_by, "schema": "0"},
        lambda made_by: {**made_by, "analysis": "0"},
        lambda made_by: {**made_by, "more": 1},
        lambda made_by: [],
        lambda made_by: None,
    ],
    ids=["schema", "analysis", "unknown", "other shape", "gone"],
)
def test_an_index_of_another_version_is_refused_with_the_command_that_rebuilds_it(
    store: Store, spoil: Callable[[dict[str, object]], object]
) -> None:
    file = store.current() / "made_by.json"
    spoilt = spoil(json.loads(file.read_text(encoding="utf-8")))
    file.write_text(json.dumps(spoilt), encoding="utf-8") if spoilt is not None else file.unlink()

    with pytest.raises(IndexOutdated, match="kamerstukken reindex"):
        _found(WhooshSearcher(store.folder, Weights()))


def test_what_made_an_index_is_remembered_with_its_last_change(store: Store) -> None:
    assert store.check(store.current()) == MadeBy()
    assert (_moment(store), WhooshIndex(store.folder).count()) == (Moment("this", 5, "mark"), 1)


def test_a_searcher_notices_commits_and_swaps(store: Store, searcher: WhooshSearcher) -> None:
    _write(store, store.current(), "1-2")
    assert _found(searcher) == {"kst-1-1", "kst-1-2"}

    beside = store.new_generation()
    _write(store, beside, "1-3")
    assert _found(searcher) == {"kst-1-1", "kst-1-2"}

    store.swap(beside)
    assert _found(searcher) == {"kst-1-3"}


def test_who_searches_while_others_write_always_gets_a_whole_answer(store: Store, searcher: WhooshSearcher) -> None:
    allowed = [{"kst-1-1"}, {"kst-1-1", "kst-1-2"}]
    wrong: list[object] = []
    done = Event()

    def search() -> None:
        while not done.is_set():
            try:
                found = _found(searcher)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told below
                wrong.append(error)
            else:
                wrong.extend([found] if found not in allowed else [])

    threads = [Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for i in range(12):
        beside = store.new_generation() if i % 3 == 0 else store.current()
        _write(store, beside, "1-1", *(["1-2"] if i % 2 else []))
        store.swap(beside)
    done.set()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_an_index_that_was_thrown_away_and_made_anew_is_another_generation(store: Store, searcher: WhooshSearcher) -> None:
    before = searcher.generation
    (store.folder / "current").unlink()
    store.clear()
    generation = store.new_generation()
    _write(store, generation, "1-9")
    store.swap(generation)

    assert generation.name == "000001"
    assert searcher.generation != before
    assert _found(searcher) == {"kst-1-9"}


def test_a_swap_leaves_only_the_new_generation(store: Store) -> None:
    former = store.current()
    generation = store.new_generation()
    store.swap(generation)

    assert store.current() == generation
    assert not former.exists()
    assert {path.name for path in store.folder.iterdir()} == {"current", generation.name}


def test_unfinished_generations_are_cleared_by_the_next_writer(store: Store, searcher: WhooshSearcher) -> None:
    unfinished = store.new_generation()
    _write(store, unfinished, "1-7")
    (store.folder / ".current.1").symlink_to(unfinished.name)
    files = {path.name for path in store.current().iterdir()}
    for name in (".contents-7.json.1", ".made_by.json.1", "0123456789ab.segment", "0123456789ab.gone"):
        (store.current() / name).write_text("half", encoding="ascii")

    store.clear()

    assert {path.name for path in store.folder.iterdir()} == {"current", store.current().name}
    assert {path.name for path in store.current().iterdir()} == files
    assert _found(searcher) == {"kst-1-1"}


def test_a_vanished_generation_is_a_missing_index(store: Store, searcher: WhooshSearcher) -> None:
    for file in store.current().iterdir():
        file.unlink()

    with pytest.raises(IndexMissing, match="kamerstukken"):
        _found(searcher)


def test_an_index_that_cannot_be_written_is_an_error_of_the_archive(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file stands in the way", encoding="utf-8")

    with pytest.raises(ArchiveError, match="cannot be written"):
        Store(tmp_path / "index").new_generation()


def test_an_aborted_writer_leaves_everything_as_it_was(store: Store, searcher: WhooshSearcher) -> None:
    before = searcher.generation
    writer = WhooshWriter(store, store.current())
    writer.up_to(Moment("this", 9, "mark"))
    writer.replace([paper("1-2", "toeslag")])
    writer.remove([Identifier("kst-1-1")])
    writer.abort()

    assert (searcher.generation, _found(searcher), _moment(store).change) == (before, {"kst-1-1"}, 5)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells this way which file a number stands for")
def test_what_a_commit_names_is_on_the_disk_before_it_and_it_before_the_former_goes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = store.current().resolve()
    settled: list[tuple[Path, frozenset[str]]] = []
    fsync = os.fsync

    def told(handle: int) -> None:
        settled.append((Path(f"/proc/self/fd/{handle}").readlink(), frozenset(path.name for path in folder.iterdir())))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", told)
    _write(store, folder, "1-2")

    former, table = "contents-1.json", "contents-2.json"
    (new,) = (path.name for path in folder.glob("*.segment") if path.name in {file.name for file, _ in settled})
    names = [file.name if file != folder else "" for file, _ in settled]
    assert names == [new, "", f".{table}.{os.getpid()}", ""]
    assert [table in there for _, there in settled] == [False, False, False, True]
    assert [former in there for _, there in settled] == [True, True, True, True]


def test_papers_are_found_before_segments_are_merged(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2, 5):
        _write(store, store.current(), f"1-{number}")

    def fails(*of: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(writing, "merged", fails)
    with pytest.raises(ArchiveError, match="the disk is full"):
        _write(store, store.current(), "1-5", change=9)

    assert _found(WhooshSearcher(store.folder, Weights())) == {f"kst-1-{number}" for number in range(1, 6)}
    assert _moment(store).change == 9


def test_a_commit_leaves_segments_open_that_it_did_not_change(store: Store, searcher: WhooshSearcher) -> None:
    (before,) = searcher.arrays.segments
    _write(store, store.current(), "1-2")
    assert _found(searcher) == {"kst-1-1", "kst-1-2"}
    assert [one.segment is before.segment for one in searcher.arrays.segments] == [True, False]

    _write(store, store.current(), "1-1")
    assert _found(searcher) == {"kst-1-1", "kst-1-2"}
