"""What holds for every test of the whole program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from kamerstukken.differences import Checked, Kind, differences
from kamerstukken.engines import kept_index
from kamerstukken.settings import Settings
from tests.kamerstukken.running import says
from tests.web.archive import SAMPLE

THREE = (76, 79, 83)
"""The numbers of the papers in ``data``, which are of dossier 91066."""


@pytest.fixture(scope="session")
def three_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of three papers of the sample."""
    folder = tmp_path_factory.mktemp("three")
    files = [SAMPLE / f"kst-91066-{number}.html" for number in THREE]
    says("index", *files, "--data", folder / "data")
    return folder / "data"


@pytest.fixture
def data(three_papers: Path, tmp_path: Path) -> Path:
    """A copy of it to do harm to."""
    return shutil.copytree(three_papers, tmp_path / "data", symlinks=True)


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
