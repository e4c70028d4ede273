"""One writes in a data folder at a time, and no catalogue is begun where one is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.data_folder import mind_lost, writing
from indexer.errors import ArchiveError, BusyError, CatalogueMissing


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with writing(tmp_path, "the first"), pytest.raises(BusyError, match="the first"), writing(tmp_path, "the second"):
        pass
    with writing(tmp_path, "the third"):
        pass


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ArchiveError, match="cannot be used"), writing(tmp_path / "file", "x"):
        pass


def test_no_other_is_begun_where_one_is_lost(tmp_path: Path) -> None:
    mind_lost(tmp_path / "kamerstukken.db")
    (tmp_path / "archive").mkdir()
    with pytest.raises(CatalogueMissing, match="reindex --from archive"):
        mind_lost(tmp_path / "kamerstukken.db")
