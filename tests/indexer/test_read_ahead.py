"""Files that are read ahead in other processes give what they give here, in their order; and nothing is left of the processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.tweede_kamer import is_record
from indexer.errors import PaperError
from indexer.paper.codec import encode
from indexer.read_ahead import File, read_ahead
from indexer.reading.official_file import OfficialFile, find_files, read_paper
from indexer.take_in import run
from indexer.worker.reader import EncodedPaper, Reader, Reading

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def files() -> list[File]:
    """The sample with a file that cannot be read among it, and one that could not be opened."""
    found: list[File] = [file for file in find_files([SAMPLE]) if isinstance(file, PaperError) or not is_record(file)]
    unreadable = OfficialFile("here/kst-1-1.html", "kst-1-1.html", b"<html>none")
    return [*found[:20], unreadable, PaperError("gone", "it is gone"), *found[20:]]


def here(file: File) -> Reading | None:
    if isinstance(file, PaperError):
        return None
    try:
        paper = read_paper(file)
    except PaperError as error:
        return error
    return EncodedPaper(paper, encode(paper))


def same(one: Reading | None, other: Reading | None) -> bool:
    return str(one) == str(other) if isinstance(one, PaperError) else one == other


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were started."""
    numbers: list[int] = []
    start = Reader.start

    def noted(reader: Reader) -> None:
        start(reader)
        numbers.append(reader.process or 0)

    monkeypatch.setattr(Reader, "start", noted)
    return numbers


def test_files_are_read_as_they_are_here_and_in_their_order(started: list[int]) -> None:
    given = files()
    ahead = list(read_ahead(given, lambda file: True, 2))
    assert [file for file, _ in ahead] == given
    assert all(same(reading, here(file)) for file, reading in ahead)
    assert any(isinstance(reading, PaperError) for _, reading in ahead)
    assert len(set(started)) == 2


def test_what_is_not_wanted_is_not_read() -> None:
    ahead = list(read_ahead(files(), lambda file: file.stem.endswith("1"), 1))
    assert {file.stem.endswith("1") for file, reading in ahead if reading and isinstance(file, OfficialFile)} == {True}
    assert {file.stem.endswith("1") for file, reading in ahead if not reading and isinstance(file, OfficialFile)} == {False}


def test_no_more_processes_are_started_than_there_is_something_for(started: list[int]) -> None:
    assert [reading for _, reading in read_ahead(files(), lambda file: False, 2)] == [None] * len(files())
    assert started == []
    assert len(list(read_ahead(files()[:3], lambda file: True, 8))) == 3
    assert len(set(started)) == 1


def test_files_of_many_bytes_are_not_gathered() -> None:
    """No more is held than what the processes have to do."""
    taken = 0

    def large() -> Iterator[File]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield OfficialFile(f"{number}.html", f"{number}.html", bytes(5 * 2**20))

    with closing(read_ahead(large(), lambda file: False, 2)) as ahead:
        next(ahead)
        assert taken <= 3


def test_processes_end_when_reading_stops(started: list[int]) -> None:
    with closing(read_ahead(files(), lambda file: True, 2)) as ahead:
        next(ahead)
    for number in started:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_a_run_is_the_same_with_other_processes(tmp_path: Path) -> None:
    summaries = []
    bodies = []
    for processes in (0, 1, 2):
        folder = tmp_path / str(processes)
        with open_catalogue(folder / "catalogue.db", "1") as catalogue:
            summaries.append(run("index", [*files(), *files()], catalogue, Archive(folder / "archive"), processes=processes))
            bodies.append([change.paper for change in catalogue.changes_since(0)])
    assert summaries[0] == summaries[1] == summaries[2]
    assert bodies[0] == bodies[1] == bodies[2]
