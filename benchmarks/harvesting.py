"""``python -m benchmarks.harvesting``: harvests from a source that does what it likes, and what is missing without being told.

The stand-in puts papers of one date in another order in every answer, repeats and leaves out papers, counts wrongly, gives fewer
records at once than it is asked for, and fails in every way on top of it. A harvest must have all papers or say that it may not;
then the source behaves, and the next run must have them all. Time is not what is measured.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.corpus import papers
from benchmarks.measuring import table
from benchmarks.pages import page
from indexer.errors import SourceError
from indexer.harvest.loop import HarvestPlan
from indexer.harvest.progress import Fate, Listed, Settled
from tests.indexer.harvest.bench import EVERYTHING, Bench, bench
from tests.official_source.faults import Faults
from tests.official_source.published import Published, of_page
from tests.official_source.whims import Whims

_BEGIN = date(2020, 1, 1)
_BYTES = 300


@dataclass(frozen=True, slots=True)
class Manner:
    """A way in which the source behaves."""

    name: str
    days: int
    """Over so many days the papers are spread."""
    at_once: int
    """Records in one answer at most."""
    whim: float
    """How probable it is that an answer repeats a paper, leaves one out, or counts wrongly; each of them."""
    fault: float = 0.0
    """How probable each fault of the connection is."""
    unsorted: frozenset[str] = frozenset()
    """Indexes by which it does not sort."""


MANNERS = (
    Manner("order of equals changes", 20, 1_000, 0.0),
    Manner("and a hundred records at once", 20, 100, 0.0, unsorted=frozenset(("dt.identifier",))),
    Manner("repeats, omits, miscounts, each 1 in 5", 20, 1_000, 0.2),
    Manner("all on three days, each 1 in 10, faults 1 in 50", 3, 500, 0.1, 0.02, frozenset(("dt.identifier",))),
)


@click.command()
@click.option("--papers", "number", default=5_000, show_default=True, help="Papers at the source.")
@click.option("--seeds", default=1, show_default=True, help="How often each manner is tried.")
def main(number: int, seeds: int) -> None:
    """Print, for each manner of the source, what came, what was told, and what was missing untold (which must be 0)."""
    published = [of_page(page(paper).encode()) for paper in papers(number, seed=5, mean_bytes=_BYTES)]
    rows: dict[str, tuple[str, ...]] = {}
    untold = 0
    for manner in MANNERS:
        for seed in range(1, seeds + 1):
            row = _try(manner, published, seed)
            untold += int(row[3])
            rows[f"{manner.name} ({seed})"] = row
            click.echo(f"{manner.name}: {row[1]} of {row[0]}, told {row[2]}, missing untold {row[3]}", err=True)
    heads = ("papers", "first run", "told", "missing untold", "second run", "searches", "seconds")
    click.echo(table(heads, rows, "the source"))
    sys.exit(1 if untold else 0)


def _try(manner: Manner, published: list[Published], seed: int) -> tuple[str, ...]:
    begun = time.monotonic()
    with _harvest_from(manner, published, seed) as made:
        told = _told(made)
        here = made.catalogue.counts().papers
        missing = len(published) - here
        searches = len(made.official.searches())
        made.official.whims, made.official.faults = Whims(shuffle=True), Faults()
        _told(made)
        second = made.catalogue.counts().papers
        untold = (0 if told else missing) + len(published) - second
    seconds = f"{time.monotonic() - begun:.0f}"
    return (f"{len(published)}", f"{here}", f"{told}", f"{untold}", f"{second}", f"{searches}", seconds)


@contextmanager
def _harvest_from(manner: Manner, published: list[Published], seed: int) -> Iterator[Bench]:
    dated = [replace(paper, date=str(_BEGIN + timedelta(days=i % manner.days))) for i, paper in enumerate(published)]
    with TemporaryDirectory() as folder, bench(Path(folder), dated) as made:
        made.official.whims = Whims(True, manner.whim, manner.whim, manner.whim, seed=seed)
        made.official.most_records, made.official.unsorted = manner.at_once, manner.unsorted
        made.official.faults = replace(Faults.all(manner.fault, seed), delay=0.0)
        yield made


def _told(made: Bench) -> int:
    """Run a harvest; gives how many things it told that a user must know of."""
    told = 0
    try:
        for event in made.harvester.run(HarvestPlan(EVERYTHING)):
            told += isinstance(event, Listed) and bool(event.short or event.problems)
            told += isinstance(event, Settled) and event.fate in (Fate.FAILED, Fate.ASIDE)
    except SourceError as error:
        click.echo(f"the run ended: {error}", err=True)
        told += 1
    return told


if __name__ == "__main__":
    main()
