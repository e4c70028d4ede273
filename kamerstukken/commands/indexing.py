"""``kamerstukken index`` and ``reindex``: official files → archive, catalogue and index, and the index anew from these."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.keeping import describe_former, lacks_some, mark_withdrawn
from indexer.catalogue.replacement import carry_over_harvests, former_catalogues, made_anew
from indexer.catalogue.seals import damages
from indexer.data_folder import UNFINISHED, is_there, mind_lost, missing, writing
from indexer.errors import ArchiveError, CatalogueDamaged
from indexer.reading.official_file import PARSER_VERSION, find_files
from indexer.rebuilding import archive_at, bring_back
from indexer.take_in import Summary, former_files, run
from kamerstukken.engines import kept_index
from kamerstukken.long_work import long_work
from kamerstukken.settings import Settings, data_option, effort_options, engine_option, paths_argument, settings
from kamerstukken.terminal import progress
from search.engines.whoosh.writer import Effort
from search.ports import KeptIndex
from search.sync import fewest, rebuild, update

_SHOWN_FAILURES = 50
_PUT_BACK = "the catalogue is behind: the archive has papers, versions or withdrawals that it lacks"


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
    archives = {path: archive for path in paths if path.is_dir() and (archive := archive_at(path))}
    with writing(where.data, "kamerstukken index"), long_work():
        summaries = []
        own = [path for path, archive in archives.items() if archive.folder.resolve() == where.archive.resolve()]
        if own and not is_there(where.catalogue):
            summaries.append(from_archive(where, index, effort, allow_fewer=False))
            archives = {path: archive for path, archive in archives.items() if path not in own}
        mind_lost(where.catalogue)
        with open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
            kept = Archive(where.archive)
            if lacks_some(catalogue, kept):
                click.echo(f"{_PUT_BACK}; bring that back with: kamerstukken reindex", err=True)
            with progress("reading", None) as advance:
                for archive in archives.values():
                    some = bring_back(archive, catalogue, kept, lambda _: advance(), again=False, processes=effort.workers)
                    summaries.append(some)
                files = find_files(path for path in paths if path not in archives and path not in own)
                summaries.append(run("index", files, catalogue, kept, lambda _: advance(), processes=effort.workers))
            summary = Summary.of(summaries)
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
    name_failures(summary.failures, "the catalogue holds them all")


def name_failures(failures: Sequence[tuple[str, str]], rest: str) -> None:
    """Name what failed, and end with exit status 1 if anything did; ``rest`` says where those are told that are too many."""
    for place, reason in failures[:_SHOWN_FAILURES]:
        click.echo(f"  {place}: {reason}", err=True)
    if len(failures) > _SHOWN_FAILURES:
        click.echo(f"  … and {len(failures) - _SHOWN_FAILURES:,} more; {rest}", err=True)
    if failures:
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
@click.option("--allow-fewer", is_flag=True, help="Also when the index will have far fewer papers than the one in use.")
@effort_options
@engine_option
@data_option
def reindex_command(source: str, allow_fewer: bool, data: Path | None, engine: str | None, memory: int, processes: int) -> None:
    """Make the index anew, beside the one in use, and swap it in.

    Needed when this program says that the index was made by another version; searching goes on meanwhile. Papers that another
    version read are read again first, from the official files as received. Where the catalogue was put back to an earlier state,
    what the archive has beyond that is brought back first.

    With --from archive everything is made from the official files and what lies beside them, whether there is a catalogue or
    not. Papers that were taken back stay out. A catalogue that is damaged is put aside, not removed. How far harvests were is
    taken over from it if it can be read; else the next harvest lists all again.

    \b
    Examples:
        kamerstukken reindex
        kamerstukken reindex --from archive
    """
    where, effort = settings(data, engine=engine), Effort(memory, processes)
    index = kept_index(where, effort)
    with writing(where.data, "kamerstukken reindex"), long_work():
        summaries = []
        if source == "archive":
            summaries.append(from_archive(where, index, effort, allow_fewer=allow_fewer))
        elif not is_there(where.catalogue):
            raise missing(where.catalogue)
        with open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
            archive = Archive(where.archive)
            archive.clear()
            faults = describe_former(catalogue, archive)
            if not summaries and lacks_some(catalogue, archive):
                summaries.append(_caught_up(catalogue, archive, effort))
            if source == "catalogue" and catalogue.count_former():
                files = former_files(catalogue, archive)
                with progress("reading", None) as advance:
                    summaries.append(run("reindex", files, catalogue, archive, lambda _: advance(), processes=effort.workers))
            with progress("indexing", catalogue.counts().papers) as advance:
                rebuild(catalogue, index, lambda _: advance(), allow_fewer=allow_fewer)
    click.echo(f"{index.count() or 0:,} papers indexed", err=True)
    if summaries:
        summary = Summary.of(summaries)
        report(replace(summary, failures=(*faults, *summary.failures)))
    else:
        name_failures(faults, "to see them all: kamerstukken check")


def from_archive(where: Settings, index: KeptIndex, effort: Effort, *, allow_fewer: bool) -> Summary:
    """Bring back all that the archive holds: into the catalogue, or into a new one where that is lost or damaged.

    Raises:
        FewerPapers: the new one would have far fewer papers than the index, and that is not allowed; nothing was changed.
        ArchiveError: there is no archive.
    """
    archive = Archive(where.archive)
    if is_there(where.catalogue):
        try:
            with open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
                for damage in damages(catalogue.connection):
                    raise damage
                summary = _brought_back(catalogue, archive, effort)
                catalogue.history.begin_anew()
                return summary
        except CatalogueDamaged as error:
            click.echo(f"{error}; everything is read anew from the archive", err=True)
            _salvage(where, archive)
    if not is_there(where.catalogue) and (where.data / UNFINISHED).exists():
        raise missing(where.catalogue)
    if not archive.exists():
        raise ArchiveError(f"{archive.folder}: there is no archive to read anything from; put it back from a backup")
    with made_anew(where.catalogue, PARSER_VERSION) as catalogue:
        summary = _brought_back(catalogue, archive, effort)
        if not allow_fewer:
            fewest(catalogue, index)
        if is_there(where.catalogue) and not carry_over_harvests(where.catalogue, catalogue):
            click.echo("what was harvested cannot be told any more; the next harvest lists and fetches it again", err=True)
    for former in former_catalogues(where.catalogue)[-1:]:
        click.echo(f"the former catalogue is kept as {former}", err=True)
    return summary


def _salvage(where: Settings, archive: Archive) -> None:
    """Have the archive told what only a damaged catalogue knows, as far as that can be read."""
    with suppress(ArchiveError), open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
        mark_withdrawn(catalogue, archive)
        describe_former(catalogue, archive)


def _caught_up(catalogue: Catalogue, archive: Archive, effort: Effort) -> Summary:
    """Bring back what a catalogue that was put back lacks, so that nothing is public that was taken back since."""
    click.echo(f"{_PUT_BACK}; that is brought back", err=True)
    return _brought_back(catalogue, archive, effort, again=False)


def _brought_back(catalogue: Catalogue, archive: Archive, effort: Effort, *, again: bool = True) -> Summary:
    with progress("reading", None) as advance:
        return bring_back(archive, catalogue, archive, lambda _: advance(), again=again, processes=effort.workers)
