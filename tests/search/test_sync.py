"""The index follows the catalogue, whatever happens in between."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.errors import CatalogueDamaged, FewerPapers, IndexDamaged, IndexOutdated
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.storage.store import Store, read_contents
from search.plan import Weights
from search.ports import SearchRequest
from search.query.tree import Not, Word
from search.sync import behind, rebuild, update
from tests.search.papers import paper

EVERYTHING = SearchRequest(Not(Word("komtnergensvoor")), limit=100)


@contextmanager
def _catalogue(folder: Path) -> Iterator[Catalogue]:
    with open_catalogue(folder / "kamerstukken.db", "test") as opened:
        yield opened


def _put(catalogue: Catalogue, *papers: Kamerstuk) -> None:
    with catalogue.transaction():
        for kamerstuk in papers:
            catalogue.put(kamerstuk, f"{kamerstuk.identifier}", "html")


def _take(catalogue: Catalogue, *names: str) -> None:
    with catalogue.transaction():
        for name in names:
            catalogue.remove(Identifier(f"kst-{name}"))


def _found(folder: Path) -> dict[str, str]:
    """The text of every paper in the index."""
    hits = WhooshSearcher(folder / "index", Weights()).search(EVERYTHING).hits
    return {hit.document.identifier.removeprefix("kst-"): hit.document.passages[-1].text for hit in hits}


def _litter(folder: Path) -> set[str]:
    """What lies in the folder of the index beside one generation and its own files."""
    index = folder / "index"
    generation = Store(index).current()
    own = read_contents(generation, Store(index).commit(generation)).names() | {"made_by.json"}
    beside = {path.name for path in index.iterdir()} - {"current", generation.name}
    return beside | {path.name for path in generation.iterdir()} - own


def test_an_index_is_made_when_there_is_none(tmp_path: Path) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, paper("1-1", "een"), paper("1-2", "twee"))
        assert update(catalogue, WhooshIndex(tmp_path / "index")) == 2

    assert _found(tmp_path) == {"1-1": "een", "1-2": "twee"}
    assert not _litter(tmp_path)


def test_an_empty_catalogue_makes_an_empty_index(tmp_path: Path) -> None:
    with _catalogue(tmp_path) as catalogue:
        assert update(catalogue, WhooshIndex(tmp_path / "index")) == 0
        assert _found(tmp_path) == {}
        assert update(catalogue, WhooshIndex(tmp_path / "index")) == 0


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, *(paper(f"1-{i}", "een") for i in range(6)))
        update(catalogue, WhooshIndex(tmp_path / "index"))
        generation = WhooshSearcher(tmp_path / "index", Weights()).generation
        assert update(catalogue, WhooshIndex(tmp_path / "index")) == 0
        assert WhooshSearcher(tmp_path / "index", Weights()).generation == generation

        _put(catalogue, paper("1-0", "anders"), paper("1-9", "nieuw"))
        _take(catalogue, "1-1")
        told: list[int] = []
        assert update(catalogue, WhooshIndex(tmp_path / "index"), told.append) == 3
        assert told == [1, 1, 1]

    assert _found(tmp_path) == {"1-0": "anders", "1-2": "een", "1-3": "een", "1-4": "een", "1-5": "een", "1-9": "nieuw"}
    assert Store(tmp_path / "index").current().name == generation.split("-")[0]


def test_many_changes_make_the_index_anew(tmp_path: Path) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, *(paper(f"1-{i}", "een") for i in range(4)))
        update(catalogue, WhooshIndex(tmp_path / "index"))
        former = Store(tmp_path / "index").current()
        _put(catalogue, *(paper(f"1-{i}", "anders") for i in range(3)))
        update(catalogue, WhooshIndex(tmp_path / "index"))

    assert _found(tmp_path) == {"1-0": "anders", "1-1": "anders", "1-2": "anders", "1-3": "een"}
    assert Store(tmp_path / "index").current() != former
    assert not _litter(tmp_path)


def test_all_papers_can_leave(tmp_path: Path) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, paper("1-1", "een"), paper("1-2", "twee"))
        update(catalogue, WhooshIndex(tmp_path / "index"))
        _take(catalogue, "1-1", "1-2")
        update(catalogue, WhooshIndex(tmp_path / "index"))

    assert _found(tmp_path) == {}


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, paper("1-1", "een"))
        update(catalogue, WhooshIndex(tmp_path / "index"))
        made_by = Store(tmp_path / "index").current() / "made_by.json"
        made_by.write_text(made_by.read_text(encoding="utf-8").replace('"analysis": "', '"analysis": "0'), encoding="utf-8")
        assert update(catalogue, WhooshIndex(tmp_path / "index")) == 1

    assert _found(tmp_path) == {"1-1": "een"}


def test_an_index_of_another_catalogue_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    index = WhooshIndex(tmp_path / "index")
    with _catalogue(tmp_path) as catalogue, _catalogue(tmp_path / "other") as other:
        _put(catalogue, paper("1-1", "een"), paper("1-2", "twee"))
        update(catalogue, index)
        _put(other, paper("1-8", "anders"), paper("1-9", "anders"))
        assert behind(other, index.made().moment) is None
        assert update(other, index) == 2
        assert _found(tmp_path) == {"1-8": "anders", "1-9": "anders"}
        assert update(other, index) == 0
        assert index.made().moment == other.history.moment()


def test_a_catalogue_that_went_back_and_on_by_another_way_is_noticed(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, *(paper(f"1-{i}", "een") for i in range(5)))
        update(catalogue, index)
    shutil.copy(tmp_path / "kamerstukken.db", tmp_path / "earlier.db")
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, paper("1-5", "verloren"))
        update(catalogue, index)
    (tmp_path / "earlier.db").replace(tmp_path / "kamerstukken.db")
    with _catalogue(tmp_path) as catalogue:
        assert behind(catalogue, index.made().moment) is None
        _put(catalogue, paper("1-6", "anders"), paper("1-7", "anders"))
        assert behind(catalogue, index.made().moment) is None
        update(catalogue, index)
        assert behind(catalogue, index.made().moment) == 0
    assert _found(tmp_path).keys() == {*(f"1-{i}" for i in range(5)), "1-6", "1-7"}


def test_a_restore_begins_another_history(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, paper("1-1", "een"))
        update(catalogue, index)
        catalogue.history.begin_anew()
        assert behind(catalogue, index.made().moment) is None
        assert update(catalogue, index) == 1
        assert update(catalogue, index) == 0


@pytest.mark.parametrize(
    ("here", "left", "refused"),
    [(30, 26, True), (30, 27, False), (4, 1, True), (4, 2, False), (3, 1, True), (2, 1, False), (1, 0, True), (0, 0, False)],
)
def test_no_index_is_replaced_by_one_with_far_fewer_papers_unasked(tmp_path: Path, here: int, left: int, refused: bool) -> None:
    (tmp_path / "other").mkdir()
    index = WhooshIndex(tmp_path / "index")
    with _catalogue(tmp_path) as catalogue, _catalogue(tmp_path / "other") as other:
        _put(catalogue, *(paper(f"1-{i}", "een") for i in range(here)))
        _put(other, *(paper(f"1-{i}", "twee") for i in range(left)))
        update(catalogue, index)
        for bring in (update, rebuild):
            if refused:
                with pytest.raises(FewerPapers, match=rf"index of {here} papers .* {left}, .*--from archive.*--allow-fewer"):
                    bring(other, index)
                assert (index.count(), len(_found(tmp_path)), _litter(tmp_path)) == (here, here, set())
            else:
                bring(other, index)
                assert index.count() == left
        assert rebuild(other, index, allow_fewer=True) == left
        assert index.count() == left


def test_an_index_that_cannot_tell_how_many_papers_it_has_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, paper("1-1", "een"))
        update(catalogue, index)
    (contents,) = Store(tmp_path / "index").current().glob("contents-*.json")
    contents.write_text("onleesbaar", encoding="utf-8")
    (tmp_path / "kamerstukken.db").rename(tmp_path / "weg.db")
    with _catalogue(tmp_path) as empty, pytest.raises(FewerPapers):
        rebuild(empty, index)


class _Stop(Exception):
    """Stands for anything that goes wrong halfway."""


def _stop(done: int) -> None:
    raise _Stop


@pytest.mark.parametrize("bring", [update, rebuild])
def test_what_goes_wrong_halfway_changes_nothing(
    tmp_path: Path, bring: Callable[[Catalogue, WhooshIndex, Callable[[int], None]], int]
) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, paper("1-1", "een"), paper("1-2", "twee"), paper("1-3", "drie"))
        update(catalogue, WhooshIndex(tmp_path / "index"))
        _put(catalogue, paper("1-1", "anders"))
        with pytest.raises(_Stop):
            bring(catalogue, WhooshIndex(tmp_path / "index"), _stop)
        assert _found(tmp_path)["1-1"] == "een"

        update(catalogue, WhooshIndex(tmp_path / "index"))
        assert _found(tmp_path)["1-1"] == "anders"
        assert not _litter(tmp_path)


_WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink"}
_FINISHED, _KILLED = 0, 9


def _killed_at(step: int, folder: Path, bring: Callable[[Catalogue, WhooshIndex], int]) -> int:
    """Bring the index up to date in a process that dies just before its ``step``-th change of the file system."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps = 0

    def count(event: str, args: tuple[object, ...]) -> None:
        nonlocal steps
        writes = event in _WRITES or (event == "open" and set(str(args[1])) & set("wax+"))
        if writes and str(args[1] if event == "os.symlink" else args[0]).startswith(str(folder)):
            steps += 1
            if steps > step:
                os._exit(_KILLED)

    status = 1
    try:
        with _catalogue(folder) as catalogue:
            sys.addaudithook(count)
            bring(catalogue, WhooshIndex(folder / "index"))
        status = _FINISHED
    finally:
        os._exit(status)


@pytest.mark.parametrize("bring", [update, rebuild])
def test_a_kill_at_any_moment_leaves_a_whole_index_and_no_litter_after_the_next_run(
    tmp_path: Path, bring: Callable[[Catalogue, WhooshIndex], int]
) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, *(paper(f"1-{i}", "een") for i in range(4)))
        update(catalogue, WhooshIndex(tmp_path / "index"))
    text = "een"
    step = 0
    status = _KILLED
    while status == _KILLED:
        before, text = text, f"keer{step}"
        with _catalogue(tmp_path) as catalogue:
            _put(catalogue, paper("1-0", text))
        status = _killed_at(step, tmp_path, bring)
        assert _found(tmp_path) in [{"1-0": now, "1-1": "een", "1-2": "een", "1-3": "een"} for now in (before, text)]
        with _catalogue(tmp_path) as catalogue:
            update(catalogue, WhooshIndex(tmp_path / "index"))
        assert _found(tmp_path)["1-0"] == text
        assert not _litter(tmp_path)
        step += 1

    assert status == _FINISHED
    assert step > 8


def test_an_index_made_by_another_kind_of_engine_is_made_anew(tmp_path: Path) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, paper("1-1", "een"))
        update(catalogue, WhooshIndex(tmp_path / "index"))
        generation = Store(tmp_path / "index").current()
        for file in generation.iterdir():
            file.unlink()
        (generation / "made_by.json").write_text('{"schema": "1", "analysis": "1", "change": 1}', encoding="utf-8")
        (generation / "_MAIN_1.toc").write_bytes(b"what Whoosh itself writes")
        with pytest.raises(IndexOutdated, match="kamerstukken reindex"):
            _found(tmp_path)
        assert update(catalogue, WhooshIndex(tmp_path / "index")) == 1

    assert _found(tmp_path) == {"1-1": "een"}
    assert not _litter(tmp_path)


@pytest.mark.parametrize("pattern", ["contents-*.json", "*.segment", "*.gone"])
def test_a_damaged_index_is_refused_and_made_anew(tmp_path: Path, pattern: str) -> None:
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, *(paper(f"1-{i}", "een") for i in range(6)))
        update(catalogue, WhooshIndex(tmp_path / "index"))
        _take(catalogue, "1-5")
        update(catalogue, WhooshIndex(tmp_path / "index"))
        (file,) = Store(tmp_path / "index").current().glob(pattern)
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        content[3] ^= 1
        file.write_bytes(content)
        with pytest.raises(IndexDamaged, match="kamerstukken reindex"):
            _found(tmp_path)
        _put(catalogue, paper("1-0", "anders"))
        update(catalogue, WhooshIndex(tmp_path / "index"))

    assert _found(tmp_path) == {"1-0": "anders", "1-1": "een", "1-2": "een", "1-3": "een", "1-4": "een"}
    assert not _litter(tmp_path)


def test_a_paper_that_could_not_be_read_is_not_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = WhooshIndex(tmp_path / "index")
    with _catalogue(tmp_path) as catalogue:
        _put(catalogue, *(paper(f"1-{number}", "een") for number in range(1, 6)))
        update(catalogue, index)
        _put(catalogue, paper("1-6", "zes"), paper("1-2", "twee"), paper("1-7", "zeven"))
        read = catalogue.as_read

        def unreadable(identifier: Identifier) -> Kamerstuk | None:
            if str(identifier) == "kst-1-2":
                raise CatalogueDamaged("kst-1-2: cannot be read", "kst-1-2")
            return read(identifier)

        monkeypatch.setattr(catalogue, "as_read", unreadable)
        with pytest.raises(CatalogueDamaged, match=r"1 papers were left out.*\n.*kst-1-2"):
            update(catalogue, index)
        assert (_found(tmp_path)["1-2"], _found(tmp_path)["1-7"]) == ("een", "zeven")
        assert behind(catalogue, index.made().moment) == 2

        monkeypatch.undo()
        update(catalogue, index)
        assert (_found(tmp_path)["1-2"], behind(catalogue, index.made().moment)) == ("twee", 0)
