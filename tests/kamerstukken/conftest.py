"""What holds for every test of the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from kamerstukken.differences import Checked, Kind, differences
from kamerstukken.settings import Settings
from kamerstukken.wiring import kept_index


@pytest.fixture(autouse=True)
def whole_afterwards(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever data folder a test has written is whole when it ends, unless the test says that it ``harms`` its folders."""
    folder: Path | None = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is None or request.node.get_closest_marker("harms"):
        return
    for catalogue in (*folder.glob("kamerstukken.db"), *folder.glob("*/kamerstukken.db")):
        where = Settings(catalogue.parent)
        if where.archive.is_dir() and where.index.is_dir():
            checked = Checked(where.catalogue, Archive(where.archive), kept_index(where))
            assert [one for one in differences(checked) if one.kind is not Kind.INDEX_BEHIND] == []
