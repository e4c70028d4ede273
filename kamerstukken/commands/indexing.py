"""``kamerstukken index`` and ``reindex``: official files → archive, catalogue and index, and the index anew from these."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.catalogue.archive import Archive, writing
from indexer.catalogue.catalogue import open_catalogue
from indexer.reading.official_file import PARSER_VERSION, find_files
from indexer.take_in import Summary, former_files, kept_files, run
from kamerstukken.settings import data_option, effort_options, engine_option, paths_argument, settings
from kamerstukken.terminal import progress
from kamerstukken.wiring import kept_index
from search.engines.whoosh.writer import Effort
from search.sync import rebuild, update

_SHOWN_FAILURES = 50


@click.command("index")
@paths_argument
@effort_options
@engine_option
@data_option
def index_command(paths: tuple[Path, ...], data: Path | None, engine: str | None, memory: int, processes: int) -> None:
    """Read official papers and make them searchable.

    Files, folders and zip archives of official HTML, XML or PDF, and of records of the Tweede Kamer in JSON (OData), which tell
    the numbers of papers there. Only what is new or changed is read again; nothing is removed. What cannot be read is reported at
    the end, the rest is indexed; the exit status is then 1.

    \b
    Examples:
        kamerstukken index data/sample
        kamerstukken index papers.zip ~/downloads/kst --data /srv/kamerstukken
    """
    where, effort = settings(data, engine=engine), Effort(memory, processes)
    index = kept_index(where, effort)
    with writing(where.data, "kamerstukken index"), open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
        with progress("reading", None) as advance:
            summary = run(
                "index",
                find_files(paths),
                catalogue,
                Archive(where.archive),
                lambda _: advance(),
                processes=effort.workers,
            )
        with progress("indexing", summary.added + summary.changed + summary.numbered) as advance:
            update(catalogue, index, lambda _: advance())
    report(summary)


def report(summary: Summary) -> None:
    """Say what a run did; failures end it with exit status 1."""
    numbered = f"{summary.numbered:,} numbered, " if summary.numbered else ""
    click.echo(
        f"{summary.read:,} read, {summary.added:,} added, {summary.changed:,} changed, "
        f"{summary.unchanged:,} unchanged, {numbered}{summary.failed:,} failed",
        err=True,
    )
    for place, reason in summary.failures[:_SHOWN_FAILURES]:
        click.echo(f"  {place}: {reason}", err=True)
    if summary.failed > _SHOWN_FAILURES:
        click.echo(f"  … and {summary.failed - _SHOWN_FAILURES:,} more; the catalogue holds them all", err=True)
    if summary.failed:
        raise SystemExit(1)


@click.command("reindex")
@click.option(
    "--from",
    "source",
    type=click.Choice(["catalogue", "archive"]),
    default="catalogue",
    show_default=True,
    help="What to start from: the papers as read, or the official files as received (reads them all again).",
)
@effort_options
@engine_option
@data_option
def reindex_command(source: str, data: Path | None, engine: str | None, memory: int, processes: int) -> None:
    """Make the index anew, beside the one in use, and swap it in.

    Needed when this program says that the index was made by another version; searching goes on meanwhile. Papers that another
    version read are read again first, from the official files as received.

    \b
    Examples:
        kamerstukken reindex
        kamerstukken reindex --from archive
    """
    where, effort = settings(data, engine=engine), Effort(memory, processes)
    index = kept_index(where, effort)
    with writing(where.data, "kamerstukken reindex"), open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
        summary = None
        every = source == "archive"
        if every or catalogue.count_former():
            archive = Archive(where.archive)
            files = kept_files(archive, catalogue) if every else former_files(catalogue, archive)
            with progress("reading", None) as advance:
                summary = run("reindex", files, catalogue, archive, lambda _: advance(), again=every, processes=effort.workers)
        with progress("indexing", catalogue.counts().papers) as advance:
            done = rebuild(catalogue, index, lambda _: advance())
    click.echo(f"{done:,} papers indexed", err=True)
    if summary:
        report(summary)
