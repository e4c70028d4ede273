"""One engine in a process of its own: ``python -m benchmarks.speed.measure ENGINE build|ask PAPERS FOLDER`` prints JSON.

Run by ``benchmarks.speed``. Nothing is kept from one question to the next but what an engine keeps by itself, and every repeat
is a fresh process; files are in the page cache after the first.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.speed.fts5 import Fts5
from benchmarks.speed.memory import Watched
from benchmarks.speed.on_opensearch import started
from benchmarks.speed.ours import Full, Plain
from benchmarks.speed.questions import questions
from benchmarks.speed.tantivy_peer import Tantivy
from benchmarks.speed.work import Engine
from indexer.paper.model import Kamerstuk
from kamerstukken.commands.serve import few_pauses

ENGINES: Mapping[str, Callable[[], Engine]] = {
    "kamerstukken": Plain,
    "kamerstukken_full": Full,
    "fts5": Fts5,
    "tantivy": Tantivy,
}
ON_OPENSEARCH = "opensearch"
"""The engine that needs nodes."""


def read_papers(file: Path) -> Iterator[Kamerstuk]:
    """The papers of a run, which ``benchmarks.speed`` itself has just written."""
    with file.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)  # noqa: S301 - of this run's own making
            except EOFError:
                return


def build(engine: Engine, papers: Path, folder: Path) -> dict[str, Any]:
    """Index and tell how fast: from papers as they are parsed, reading them back included."""
    folder.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    with Watched() as watched:
        engine.build(read_papers(papers), folder)
    seconds = time.perf_counter() - started
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "seconds": seconds,
        "cpu_seconds": sum(used.ru_utime + used.ru_stime for used in (own, children)),
        "index_bytes": _bytes(folder),
        "peak_mb": {
            "first": own.ru_maxrss / 1024,
            "largest_other": children.ru_maxrss / 1024,
            "together": watched.peak_mb,
        },
    }


def ask(engine: Engine, papers: Path, folder: Path) -> dict[str, Any]:
    """Ask every question twice, and tell how long the first and the second time took."""
    every = [question for question in questions(read_papers(papers)) if engine.fuzzy or question.kind != "fuzzy"]
    started = time.perf_counter()
    engine.open(folder)
    opened = time.perf_counter() - started
    answers: list[dict[str, Any]] = []
    for question in every:
        times, cpu, snippets = [], [], 0.0
        for _ in range(2):
            started, used = time.perf_counter(), time.process_time()
            snippets = engine.ask(question).snippets_ms
            times.append((time.perf_counter() - started) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        outcome = engine.ask(question, every=True)
        facets = {name: outcome.facets[name] for name in outcome.facets if name != "dossier" or not question.dossier}
        took = {"ms": times, "cpu_ms": cpu, "snippets_ms": snippets}
        answers.append({"kind": question.kind, "text": question.text, **took, "total": outcome.total, "facets": facets})
    return {"open_ms": opened * 1000, "private_mb": _private_mb(), "answers": answers}


def _private_mb() -> float | None:
    """Memory that this process shares with no other and no file; None where the system does not tell."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def build_on_opensearch(papers: Path, folder: Path) -> dict[str, Any]:
    """The same on a cluster; it is started before the clock is, and what its nodes use is told too. Bytes are of both copies."""
    with started(folder) as engine:
        before = engine.cpu_seconds()
        told = build(engine, papers, folder)
        told["cpu_seconds"] += engine.cpu_seconds() - before
    return told | {"index_bytes": _bytes(folder)}


def ask_on_opensearch(papers: Path, folder: Path) -> dict[str, Any]:
    """The same on a cluster that has worked for a while; ``cpu_ms`` is this process's alone, ``nodes_cpu_ms`` theirs, a mean."""
    with started(folder) as engine:
        engine.warm(questions(read_papers(papers)))
        before = engine.cpu_seconds()
        told = ask(engine, papers, folder)
        return told | {"nodes_cpu_ms": (engine.cpu_seconds() - before) * 1000 / (3 * len(told["answers"]))}


def main() -> None:
    """See the module."""
    name, what, papers, folder = sys.argv[1:]
    if what == "ask":
        few_pauses()  # as in a process that serves; for every engine
    if name == ON_OPENSEARCH:
        on_opensearch = build_on_opensearch if what == "build" else ask_on_opensearch
        told = on_opensearch(Path(papers), Path(folder))
    else:
        work = build if what == "build" else ask
        told = work(ENGINES[name](), Path(papers), Path(folder))
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
