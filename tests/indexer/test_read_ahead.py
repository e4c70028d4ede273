"""Files that are read ahead in other processes give what they give here, in their order; and nothing is left of the processes."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.errors import ArchiveError, PaperError
from indexer.read_ahead import File, ReadAhead, _readers, _spread, read_ahead, read_encoded
from indexer.reading.official_file import OfficialFile, find_files
from indexer.take_in import run

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def files() -> list[File]:
    """The sample with a file that cannot be read among it, and one that could not be opened."""
    found: list[File] = list(find_files([SAMPLE]))
    unreadable = OfficialFile("here/kst-1-1.html", "kst-1-1.html", b"<html>none")
    return [*found[:20], unreadable, PaperError("gone", "it is gone"), *found[20:]]


def here(file: File) -> ReadAhead:
    if isinstance(file, PaperError):
        return None
    try:
        return read_encoded(file)
    except PaperError as error:
        return error


def same(one: ReadAhead, other: ReadAhead) -> bool:
    return str(one) == str(other) if isinstance(one, PaperError) else one == other


def test_files_are_read_as_they_are_here_and_in_their_order() -> None:
    given = files()
    ahead = list(read_ahead(given, lambda file: True, 2, alone=5))
    assert [file for file, _ in ahead] == given
    assert [reading for _, reading in ahead[:5]] == [None] * 5
    assert all(same(reading, here(file)) for file, reading in ahead[5:])
    assert any(isinstance(reading, PaperError) for _, reading in ahead)


def test_what_is_not_wanted_is_not_read() -> None:
    ahead = list(read_ahead(files(), lambda file: file.stem.endswith("1"), 2, alone=0))
    assert {file.stem.endswith("1") for file, reading in ahead if reading and isinstance(file, OfficialFile)} == {True}
    assert {file.stem.endswith("1") for file, reading in ahead if not reading and isinstance(file, OfficialFile)} == {False}


def test_no_process_is_started_for_few_files() -> None:
    assert [reading for _, reading in read_ahead(files(), lambda file: True, 2, alone=1000)] == [None] * len(files())
    assert [reading for _, reading in read_ahead(files(), lambda file: True, 1, alone=0)] == [None] * len(files())


def test_processes_end_when_reading_stops() -> None:
    with _readers(2) as readers:
        numbers = [reader.process for reader in readers]
        next(_spread(files(), lambda file: True, readers))
    assert not any(process.is_alive() for process in numbers)


def test_a_process_that_ends_before_its_time_is_told() -> None:
    with _readers(2) as readers:
        os.kill(readers[0].process.pid or 0, signal.SIGKILL)
        readers[0].process.join()
        with pytest.raises(ArchiveError, match="run the command again"):
            list(_spread(files(), lambda file: True, readers))


def test_a_run_is_the_same_with_other_processes(tmp_path: Path) -> None:
    summaries = []
    bodies = []
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        with open_catalogue(folder / "catalogue.db", "1") as catalogue:
            summaries.append(run("index", [*files(), *files()], catalogue, Archive(folder / "archive"), processes=processes))
            bodies.append([change.paper for change in catalogue.changes_since(0)])
    assert summaries[0] == summaries[1]
    assert bodies[0] == bodies[1]
