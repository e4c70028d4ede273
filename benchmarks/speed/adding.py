"""``python -m benchmarks.speed.adding PAPERS FOLDER``: how long a hundred new papers take until they are found.

Writes into a copy of the index of this project that shares its files, in which nothing is ever changed, while a searcher that was
opened before goes on answering. Prints JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.measure import read_papers
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.storage.store import Store
from search.engines.whoosh.writer import WhooshWriter
from search.plan import Weights
from search.service import SearchService

MORE = 100
_DOSSIER = "99999"
"""A dossier that no generated paper has."""

_EVERY = "datum:1900..2100"
"""Finds every paper."""


def adding(papers: Iterable[Kamerstuk], folder: Path) -> dict[str, float]:
    """Seconds until the papers are committed, with what is merged for them, and until the searcher has them among its answers."""
    more = [replace(paper, identifier=Identifier(f"kst-{_DOSSIER}-{i}")) for i, paper in enumerate(islice(papers, MORE), 1)]
    with TemporaryDirectory(dir=folder.parent) as beside:
        shutil.copytree(folder, copy := Path(beside) / "index", copy_function=os.link, symlinks=True)
        service = SearchService(WhooshSearcher(copy, Weights()))
        before = service.answer(_EVERY).total
        if not before:
            raise ValueError(f"{folder}: the index has no papers")
        started = time.perf_counter()
        store = Store(copy)
        writer = WhooshWriter(store, store.current())
        writer.replace(more)
        writer.commit()
        committed = time.perf_counter()
        while service.answer(_EVERY).total == before:  # a commit is seen whole or not at all
            time.sleep(0.01)
        return {"committed_s": committed - started, "found_s": time.perf_counter() - started}


def main() -> None:
    """See the module."""
    papers, folder = sys.argv[1:]
    json.dump(adding(read_papers(Path(papers)), Path(folder)), sys.stdout)


if __name__ == "__main__":
    main()
