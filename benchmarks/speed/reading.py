"""``python -m benchmarks.speed.reading PAPERS FOLDER``: how many papers a second go all the way, from official HTML to the index.

Writes some of the papers as pages of the official repository in a folder beside FOLDER, which is not timed; then runs
``kamerstukken index`` on them, which reads them, keeps them in archive and catalogue, and indexes them. Prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import file_name, page
from benchmarks.speed.measure import read_papers
from indexer.paper.model import Kamerstuk
from kamerstukken.cli import group

PAGES = 20_000
"""Papers at most: so many that starting the processes is a small part of it, as it is of the whole archive."""


def reading(papers: Iterable[Kamerstuk], folder: Path) -> dict[str, float]:
    """Papers, bytes of their pages, and seconds from files to an index that is committed; ``folder`` is left as it is.

    Raises:
        SystemExit: a page could not be read.
    """
    with TemporaryDirectory(dir=folder.parent) as beside:
        pages, data = Path(beside) / "pages", Path(beside) / "data"
        pages.mkdir()
        sizes = [(pages / file_name(paper.identifier)).write_bytes(page(paper).encode()) for paper in islice(papers, PAGES)]
        started = time.perf_counter()
        group.main(["index", str(pages), "--data", str(data)], standalone_mode=False)
        return {"papers": len(sizes), "bytes": sum(sizes), "seconds": time.perf_counter() - started}


def main() -> None:
    """See the module."""
    papers, folder = sys.argv[1:]
    json.dump(reading(read_papers(Path(papers)), Path(folder)), sys.stdout)


if __name__ == "__main__":
    main()
