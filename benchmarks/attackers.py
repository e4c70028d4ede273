"""``python -m benchmarks.attackers``: what a reader notices of two attackers, for a minute.

One attacker sends four requests a byte at a time, the other has four clients who ask for the costliest queries and exports
without a pause. Beside them one reader searches, opens papers and thinks for a moment in between; how long the reader waits is
printed, beside the same without attackers. All come from one address unless told otherwise: then no share tells them apart.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit

import click
import numpy as np

from benchmarks.corpus import SMALL, papers
from benchmarks.measuring import data_folder, table
from benchmarks.web import WORKERS, fill, free_port, questions, served
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import Weights

CLIENTS = 4
_BETWEEN_BYTES, _BETWEEN_PAGES = 1.0, 0.2
_PATIENCE = 60.0
_WANTED_MS = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a reader waited for pages, in milliseconds, and what statuses there were."""

    pages: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    statuses: dict[int, int]


class Asker:
    """Asks one address after another until told to stop, and keeps how long each took."""

    def __init__(self, port: int, paths: Sequence[str], source: str, pause: float = 0.0) -> None:
        self.took: list[float] = []
        self.statuses: Counter[int] = Counter()
        self._port = port
        self._paths = paths
        self._source = source
        self._pause = pause

    def run(self, ended: threading.Event) -> None:
        """Ask; 0 stands for a connection that was closed or gave no answer in time."""
        for path in cycle(self._paths):
            if ended.is_set():
                return
            began = time.perf_counter()
            self.statuses[self._status(path)] += 1
            self.took.append(time.perf_counter() - began)
            ended.wait(self._pause)

    def _status(self, path: str) -> int:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE, source_address=(self._source, 0))
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()
        return response.status

    def waiting(self) -> Waiting:
        """What was noticed."""
        took = np.array(self.took or [0.0]) * 1000
        p50, p95 = np.percentile(took, (50, 95))
        return Waiting(len(self.took), float(p50), float(p95), float(took.max()), dict(self.statuses))


def drip(port: int, source: str, ended: threading.Event) -> None:
    """Send a request a byte at a time, and another when the connection is closed."""
    while not ended.is_set():
        try:
            with socket.create_connection(("127.0.0.1", port), _PATIENCE, (source, 0)) as slow:
                slow.sendall(b"GET /zoeken?q=kamer HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
                while not ended.wait(_BETWEEN_BYTES):
                    slow.sendall(b"a")
        except OSError:
            ended.wait(_BETWEEN_BYTES)


def costliest(data: Path) -> list[str]:
    """Addresses of what costs most: phrases and nearness of the commonest words, many words at once, exports and a term."""
    words = WhooshSearcher(data / "index", Weights()).vocabulary
    texts = (p.text for paper in papers(50) for section in paper.sections for p in section.paragraphs)
    seen = Counter(word.lower() for text in texts for word in text.split() if word.isalpha())
    common = sorted(seen, key=lambda word: -words.count(word))[:40]
    queries = (
        f'"{common[0]} {common[1]}"~50 "{common[2]} {common[3]}"~50',
        " OF ".join(f'"{common[i]} {common[i + 1]}"~50' for i in range(0, 16, 2)),
        " OF ".join(common),
        " ".join(f"{word[:3]}*" for word in common[8:20]),
        " ".join(f"{word}x" for word in common[10:20]),
    )
    pages = [f"/zoeken?q={quote(query)}" for query in queries]
    exports = [f"/zoeken.csv?q={quote(common[0])}", f"/zoeken.bib?q={quote(common[1])}"]
    return [*pages, exports[0], f"/term?q={quote(common[12])}", exports[1], f"/term?q={quote(queries[0])}"]


@contextmanager
def beside(workers: Sequence[Callable[[threading.Event], None]]) -> Iterator[None]:
    """While these go on."""
    ended = threading.Event()
    threads = [threading.Thread(target=worker, args=(ended,), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join(_PATIENCE)


def read_for(seconds: float, port: int, paths: Sequence[str]) -> Waiting:
    """What one reader notices in this time."""
    reader, ended = Asker(port, paths, "127.0.0.1", _BETWEEN_PAGES), threading.Event()
    threading.Timer(seconds, ended.set).start()
    reader.run(ended)
    return reader.waiting()


@click.command("attackers")
@click.option("--papers", "count", default=50_000, show_default=True, type=click.IntRange(min=100), help="How many papers.")
@click.option("--bytes", "mean_bytes", default=SMALL, show_default=True, help="Bytes of text in the average paper.")
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(min=1), help="Of each of both rounds.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the index here; else it goes afterwards.")
@click.option("--apart", is_flag=True, help="The attackers come from addresses of their own (127.0.0.2 and 127.0.0.3).")
@click.option("--address", help="Ask this server, which has these papers (http://127.0.0.1:8000), instead of starting one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def main(count: int, mean_bytes: int, seconds: int, data: Path | None, apart: bool, address: str | None, as_json: bool) -> None:
    """One reader alone, and the same reader beside two attackers."""
    sample = list(papers(200, mean_bytes=mean_bytes))
    slow, greedy = ("127.0.0.2", "127.0.0.3") if apart else ("127.0.0.1", "127.0.0.1")
    with data_folder(data) as folder, TemporaryDirectory(prefix="kamerstukken-attackers-") as scratch:
        fill(folder, count, mean_bytes)
        asked = [f"/zoeken?{query}" for query in questions(folder, sample)]
        pages = [page for pair in zip(asked, (f"/{paper.identifier}" for paper in sample), strict=False) for page in pair]
        costly = costliest(folder)
        port = (urlsplit(address).port or 80) if address else free_port()
        serve = [str(Path(sys.executable).with_name("kamerstukken")), "serve", "--data", str(folder.resolve())]
        serve += ["--port", str(port), "--workers", str(WORKERS)]
        with served(serve, port, "/healthz", Path(scratch), start=address is None):
            read_for(max(2, seconds / 6), port, pages)  # warm caches
            alone = read_for(seconds, port, pages)
            clients = [Asker(port, costly[i:] + costly[:i], greedy) for i in range(0, 2 * CLIENTS, 2)]
            drips = [lambda ended: drip(port, slow, ended)] * CLIENTS
            with beside([*drips, *(client.run for client in clients)]):
                attacked = read_for(seconds, port, pages)
    statuses: Counter[int] = sum((client.statuses for client in clients), Counter())
    if as_json:
        click.echo(
            json.dumps({"papers": count, "alone": asdict(alone), "attacked": asdict(attacked), "attackers": dict(statuses)})
        )
        return
    rows = {
        name: (str(one.pages), f"{one.p50_ms:.0f}", f"{one.p95_ms:.0f}", f"{one.max_ms:.0f}", _told(one.statuses))
        for name, one in {"reader alone": alone, "beside attackers": attacked}.items()
    }
    click.echo(f"{count:,} papers of {mean_bytes:,} bytes, {WORKERS} workers, {seconds} s; wanted: p95 ≤ {_WANTED_MS} ms\n")
    click.echo(table(("pages", "p50 ms", "p95 ms", "max ms", "statuses"), rows))
    click.echo(f"\nThe four greedy clients got: {_told(statuses)}")


def _told(statuses: dict[int, int]) -> str:
    return ", ".join(f"{number} × {status or 'closed'}" for status, number in sorted(statuses.items()))


if __name__ == "__main__":
    main()
