"""``make bench-web``: how fast pages and JSON are served to several clients at once, beside a bare Flask page in the same run.

Serves generated papers by ``kamerstukken serve`` and loads it with wrk from the same machine, over the loopback address only; so
the client's own work counts as ours. Ratios say more than milliseconds, which differ from machine to machine.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import click

from benchmarks.corpus import SMALL, papers
from benchmarks.draws import Draws
from benchmarks.measuring import data_folder, table
from indexer.catalogue.catalogue import open_catalogue
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import PARSER_VERSION
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import Weights
from search.sync import update

CLIENTS = 8
WORKERS = 2
QUERIES = 64
_BATCH = 500
_ROUNDS = 5
_BARE = """
from flask import Flask
app = Flask("bare")
@app.get("/")
def page():
    return "<!DOCTYPE html><title>bare</title><p>bare"
"""
_WRK = """
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %%d %%d %%d %%f %%f %%f\\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect,
    latency:percentile(50), latency:percentile(95), latency.max))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What one kind of page stood: requests a second, and milliseconds of the median, the 95th percentile and the slowest."""

    requests: int
    errors: int
    per_second: float
    p50_ms: float
    p95_ms: float
    max_ms: float


def fill(data: Path, count: int, mean_bytes: int) -> None:
    """Catalogue and index the papers, unless they are there already."""
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        waiting = iter(papers(count, mean_bytes=mean_bytes)) if catalogue.counts().papers < count else iter(())
        while batch := list(islice(waiting, _BATCH)):
            with catalogue.transaction():
                for paper in batch:
                    catalogue.put(paper, f"generated-{paper.identifier}", "html")
        update(catalogue, WhooshIndex(data / "index"))


def questions(data: Path, sample: Sequence[Kamerstuk]) -> list[str]:
    """Queries of the kinds people ask: a rare or common word, two or three, a phrase, a prefix, a filter, another order."""
    words = WhooshSearcher(data / "index", Weights()).vocabulary
    texts = [p.text.split() for paper in sample for s in paper.sections for p in s.paragraphs if len(p.text.split()) > 12]
    draws = Draws(7, 7)
    asked: list[str] = []
    for i in range(QUERIES):
        text = texts[int(draws.bits(1)[0] % len(texts))]
        at = int(draws.bits(1)[0] % (len(text) - 6))
        plain = [word for word in (re.sub(r"\W", "", word) for word in text) if len(word) > 3] or ["kamer"]
        plain.sort(key=lambda word: words.count(word.lower()))
        rare, common = plain[0], plain[-1]
        kinds: tuple[list[tuple[str, str]], ...] = (
            [("q", rare)],
            [("q", common)],
            [("q", f"{rare} {common}")],
            [("q", " ".join(plain[:3]))],
            [("q", f'"{" ".join(text[at : at + 2])}"')],
            [("q", f"{common[:4]}*")],
            [("q", common), ("year", "2005..2015")],
            [("q", common), ("sort", "newest")],
        )
        asked.append(urlencode(kinds[i % len(kinds)]))
    return asked


@contextmanager
def served(command: Sequence[str], port: int, path: str, folder: Path, *, start: bool = True) -> Iterator[str]:
    """A server that answers, ended with its workers afterwards; or one that runs already, which is left alone."""
    if not start:
        yield f"http://127.0.0.1:{port}"
        return
    process = subprocess.Popen(command, cwd=folder, start_new_session=True, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                with urllib.request.urlopen(address + path, timeout=30):  # noqa: S310 - the loopback address
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def load(address: str, paths: Sequence[str], seconds: int, folder: Path) -> Load:
    """Ask for the paths, over and over, from ``CLIENTS`` connections.

    Raises:
        click.ClickException: wrk is missing or gives no result.
    """
    script = folder / "paths.lua"
    script.write_text(_WRK % ", ".join(json.dumps(path) for path in paths), encoding="utf-8")
    wrk = shutil.which("wrk")
    if wrk is None:
        raise click.ClickException("wrk is not installed; on Debian: apt-get install wrk")
    arguments = [wrk, "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), address]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)  # noqa: S603 - our own script
    found = re.search(r"RESULT (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+) ([\d.]+)", done.stdout)
    if not found:
        raise click.ClickException(f"wrk gave no result: {done.stdout[-300:]}")
    requests, micros, errors = (int(found[i]) for i in (1, 2, 3))
    p50, p95, most = (float(found[i]) / 1000 for i in (4, 5, 6))
    return Load(requests, errors, requests / (micros / 1e6), p50, p95, most)


def usual_load(address: str, paths: Sequence[str], seconds: int, folder: Path) -> Load:
    """The round in the middle of five: how the connections of a round fall to the workers is chance, and much depends on it."""
    rounds = [load(address, paths, seconds, folder) for _ in range(_ROUNDS)]
    return sorted(rounds, key=lambda one: one.per_second)[_ROUNDS // 2]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@click.command("web")
@click.option("--papers", "count", default=50_000, show_default=True, type=click.IntRange(min=100), help="How many papers.")
@click.option("--bytes", "mean_bytes", default=SMALL, show_default=True, help="Bytes of text in the average paper.")
@click.option("--seconds", default=8, show_default=True, type=click.IntRange(min=1), help="Of each of five rounds of load.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the index here; else it goes afterwards.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def main(count: int, mean_bytes: int, seconds: int, data: Path | None, as_json: bool) -> None:
    """Serve generated papers to eight clients at once, and a bare Flask page by the same server."""
    sample = list(papers(200, mean_bytes=mean_bytes))
    with data_folder(data) as folder, TemporaryDirectory(prefix="kamerstukken-web-") as scratch:
        fill(folder, count, mean_bytes)
        asked = questions(folder, sample)
        port = free_port()
        serve = [str(Path(sys.executable).with_name("kamerstukken")), "serve", "--data", str(folder.resolve())]
        serve += ["--port", str(port), "--workers", str(WORKERS)]
        kinds = {
            "search page": [f"/zoeken?{query}" for query in asked],
            "search, JSON": [f"/api/v1/search?{query}" for query in asked],
            "paper page": [f"/{paper.identifier}" for paper in sample[:QUERIES]],
        }
        results: dict[str, Load] = {}
        (Path(scratch) / "kamerstukken.toml").write_text("[serving]\nrate = 0\n", encoding="utf-8")  # all load is one visitor's
        with served(serve, port, "/zoeken?q=kamer", Path(scratch)) as address:
            for name, paths in kinds.items():
                load(address, paths, max(2, seconds // 4), Path(scratch))  # warm caches of the system, and both workers
                results[name] = usual_load(address, paths, seconds, Path(scratch))
        (Path(scratch) / "bare.py").write_text(_BARE, encoding="utf-8")
        bare = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "-w", str(WORKERS), "-k", "gthread"]
        bare += ["--threads", "2", "--keep-alive", "0"]
        with served([*bare, "--log-level", "error", "bare:app"], port, "/", Path(scratch)) as address:
            results["bare Flask page"] = usual_load(address, ["/"], seconds, Path(scratch))
    if as_json:
        click.echo(json.dumps({"papers": count, "bytes": mean_bytes, **{name: asdict(r) for name, r in results.items()}}))
        return
    base = results["bare Flask page"]
    columns = ("requests/s", "p50 ms", "p95 ms", "max ms", "errors", "p95 / bare", "bare / requests/s")
    rows = {
        name: (
            f"{r.per_second:,.0f}",
            f"{r.p50_ms:.1f}",
            f"{r.p95_ms:.1f}",
            f"{r.max_ms:.0f}",
            str(r.errors),
            f"{r.p95_ms / base.p95_ms:.1f}",
            f"{base.per_second / r.per_second:.1f}",
        )
        for name, r in results.items()
    }
    click.echo(
        f"{count:,} papers of {mean_bytes:,} bytes, {CLIENTS} clients, {WORKERS} workers, "
        f"the middle of {_ROUNDS} rounds of {seconds} s\n"
    )
    click.echo(table(columns, rows))


if __name__ == "__main__":
    main()
