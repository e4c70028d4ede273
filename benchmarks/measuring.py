"""What several benchmarks share: a collection of papers to ask, a folder to keep it in, and a table of figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.reading.official_file import PARSER_VERSION, find_files
from indexer.take_in import run
from search.engines.whoosh.index import WhooshIndex
from search.sync import update


def index_papers(papers: Path, data: Path) -> Path:
    """Read every official file under ``papers`` into a data folder and index it; gives the folder of the index.

    What is in the data folder already is not read again.

    Raises:
        ValueError: a file could not be read.
    """
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        summary = run("relevance", find_files([papers]), catalogue, Archive(data / "archive"))
        if summary.failed:
            where, reason = summary.failures[0]
            raise ValueError(f"{summary.failed} files could not be read; the first is {where}: {reason}")
        update(catalogue, WhooshIndex(data / "index"))
    return data / "index"


@contextmanager
def data_folder(kept: Path | None) -> Iterator[Path]:
    """A folder to keep an index in: the one given, which stays, or one that goes afterwards."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with TemporaryDirectory(prefix="kamerstukken-relevance-") as folder:
        yield Path(folder)


def table(columns: Sequence[str], rows: Mapping[str, Sequence[str]], first: str = "") -> str:
    """A Markdown table whose columns line up in a terminal too."""
    lines = [[first, *columns], *([name, *cells] for name, cells in rows.items())]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    printed = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([printed[0], rule, *printed[1:]])
