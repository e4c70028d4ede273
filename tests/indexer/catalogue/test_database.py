"""The file of the catalogue is copied as it is at one moment, and what goes wrong is told as ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.database import copy_catalogue
from indexer.errors import ArchiveError, CatalogueDamaged, CatalogueMissing
from tests.search.papers import paper


def test_a_copy_is_of_one_moment_and_one_file(tmp_path: Path) -> None:
    path = tmp_path / "kamerstukken.db"
    with open_catalogue(path, "1") as writing:
        writing.put(paper("1-1", "een"), "f1", "html")
        copy_catalogue(path, tmp_path / "copy.db")
        writing.put(paper("1-2", "twee"), "f2", "html")
    assert {one.name for one in tmp_path.iterdir()} == {"kamerstukken.db", "copy.db"}
    with open_catalogue(tmp_path / "copy.db", "1") as copied:
        assert copied.counts().papers == 1
    with pytest.raises(CatalogueMissing):
        copy_catalogue(tmp_path / "none.db", tmp_path / "other.db")


def test_a_copy_that_cannot_be_made_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "kamerstukken.db"
    with open_catalogue(path, "1") as writing:
        writing.put(paper("1-1", "een"), "f1", "html")
    nowhere = tmp_path / "nowhere" / "copy.db"
    with pytest.raises(ArchiveError, match=re.escape(f"{nowhere}: cannot be opened")):
        copy_catalogue(path, nowhere)


def test_what_is_damaged_is_not_copied_as_if_it_were_whole(tmp_path: Path) -> None:
    path = tmp_path / "kamerstukken.db"
    path.write_bytes(b"no catalogue at all " * 500)
    with pytest.raises(CatalogueDamaged, match="check --mend"):
        copy_catalogue(path, tmp_path / "copy.db")
