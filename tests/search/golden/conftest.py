"""The sample, taken in and indexed as ``kamerstukken index`` does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.reading.official_file import PARSER_VERSION, find_files
from indexer.take_in import run
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import Weights
from search.service import SearchService
from search.sync import rebuild

SAMPLE = Path(__file__).parents[3] / "data" / "sample"


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Catalogue, Path]]:
    """The catalogue of the sample, and the folder with its index."""
    folder = tmp_path_factory.mktemp("golden")
    with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
        run("test", find_files([SAMPLE]), catalogue, Archive(folder / "archive"))
        rebuild(catalogue, WhooshIndex(folder / "index"))
        yield catalogue, folder / "index"


@pytest.fixture(scope="session")
def service(taken_in: tuple[Catalogue, Path]) -> SearchService:
    """Answers from the sample."""
    return SearchService(WhooshSearcher(taken_in[1], Weights()))
