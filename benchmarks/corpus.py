"""Real-looking papers of any number: the same for the same seed, made one after another, as values or as pages.

What is true of real papers is true of these: few dossiers have most of the papers, kinds and lengths differ as in the archive,
papers cite earlier ones of their dossier and of others, and most words are rare. A longer run begins with the papers of a
shorter one. ``python -m benchmarks.corpus --papers 1000 --seed 1 OUT`` writes pages that ``kamerstukken index OUT`` reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks.drafting import SHORTEST, Counts, Drafting
from benchmarks.draws import Draws
from benchmarks.pages import file_name, page
from indexer.paper.model import Kamerstuk

BYTES = 12_000
"""Of text in the average paper, unless told otherwise: about what real ones have."""
SMALL = 1_500
"""Of text in the average paper of a small collection."""


def papers(count: int, *, seed: int = 1, mean_bytes: int = BYTES) -> Iterator[Kamerstuk]:
    """So many papers with ``mean_bytes`` of text on average, one after another."""
    counts = Counts()
    for i in range(count):
        yield Drafting(Draws(seed, i), counts, mean_bytes).paper()


@click.command("corpus")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--papers", "count", type=click.IntRange(min=0), default=1000, show_default=True, help="How many papers.")
@click.option(
    "--bytes",
    "mean_bytes",
    type=click.IntRange(min=SHORTEST),
    default=BYTES,
    show_default=True,
    help="Bytes of text in the average paper.",
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same seed gives the same papers.")
def main(out: Path, count: int, mean_bytes: int, seed: int) -> None:
    """Write so many generated papers into the folder OUT, as the repository's pages."""
    out.mkdir(parents=True, exist_ok=True)
    written = 0
    for paper in papers(count, seed=seed, mean_bytes=mean_bytes):
        content = page(paper).encode()
        (out / file_name(paper.identifier)).write_bytes(content)
        written += len(content)
    click.echo(f"{count:,} papers, {written:,} bytes, in {out}", err=True)


if __name__ == "__main__":
    main()
