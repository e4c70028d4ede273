"""Start the stand-in by hand: ``python -m tests.official_source data/sample --port 8099``."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from tests.official_source.faults import Faults
from tests.official_source.published import Shelf
from tests.official_source.server import OfficialSource


@click.command("official_source")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--port", default=8099, show_default=True, type=click.IntRange(1, 65535))
@click.option("--faults", default=0.0, show_default=True, type=click.FloatRange(0, 0.12), help="How probable each fault is.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same faults.")
@click.option("--pause", default=0.0, show_default=True, type=click.FloatRange(0, 60), help="Seconds every answer takes.")
def main(folder: Path, port: int, faults: float, seed: int, pause: float) -> None:
    """Serve the pages in FOLDER as the official source would."""
    source = OfficialSource(Shelf.of_folder(folder), Faults.all(faults, seed), pause=pause)
    with source.running(port=port):
        click.echo(f"{len(source.shelf.papers()):,} papers at {source.sru} (stop with Ctrl+C)")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo(f"{len(source.log):,} requests answered")


if __name__ == "__main__":
    main()
