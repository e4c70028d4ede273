"""``kamerstukken reindex``: the index anew, from the catalogue or from the files as received."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from indexer.catalogue.archive import Archive, writing
from indexer.catalogue.catalogue import open_catalogue
from indexer.reading.official_file import PARSER_VERSION
from indexer.take_in import run
from kamerstukken.commands.index import report
from kamerstukken.commands.options import data_option, effort_options, engine_option
from kamerstukken.settings import settings
from kamerstukken.terminal import progress
from kamerstukken.wiring import kept_index
from search.engines.whoosh.writer import Effort
from search.sync import rebuild


@click.command("reindex")
@click.option(
    "--from",
    "source",
    type=click.Choice(["catalogue", "archive"]),
    default="catalogue",
    show_default=True,
    help="What to start from: the papers as read, or the official files as received (reads them again).",
)
@effort_options
@engine_option
@data_option
def command(source: str, data: Path | None, engine: str | None, memory: int, processes: int) -> None:
    """Make the index anew, beside the one in use, and swap it in.

    Needed when this program says that the index was made by another version; searching goes on meanwhile.

    \b
    Examples:
        kamerstukken reindex
        kamerstukken reindex --from archive
    """
    where, effort = settings(data, engine=engine), Effort(memory, processes)
    index = kept_index(where, effort)
    with writing(where.data, "kamerstukken reindex"), open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
        summary = None
        if source == "archive":
            archive = Archive(where.archive, durable=False)
            with progress("reading", None) as advance:
                papers = (file for identifier, mark, file in archive.files() if catalogue.is_current(identifier, mark))
                summary = run(
                    "reindex",
                    chain(papers, archive.records()),
                    catalogue,
                    archive,
                    lambda _: advance(),
                    again=True,
                    processes=effort.workers,
                )
        with progress("indexing", catalogue.counts().papers) as advance:
            done = rebuild(catalogue, index, lambda _: advance())
    click.echo(f"{done:,} papers indexed", err=True)
    if summary:
        report(summary)
