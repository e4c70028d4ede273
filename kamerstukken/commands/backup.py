"""``kamerstukken backup`` and ``restore``: a copy of the data folder from which all can be found again on another machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from indexer.backup import is_free, make_backup, open_backup, take_over
from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.data_folder import UNFINISHED, writing
from indexer.errors import ArchiveError
from indexer.reading.official_file import PARSER_VERSION
from indexer.rebuilding import bring_back
from indexer.take_in import former_files, run
from kamerstukken.commands.indexing import name_failures
from kamerstukken.engines import kept_index
from kamerstukken.settings import SETTINGS_FILE, data_option, effort_options, engine_option, settings
from kamerstukken.terminal import progress
from search.engines.whoosh.writer import Effort
from search.sync import rebuild

_REST = "to see them all: kamerstukken check"
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@data_option
def backup_command(folder: Path, data: Path | None) -> None:
    """Copy the catalogue, the archive and the settings file to DIR, every byte compared with its hash.

    Harvesting and searching may go on meanwhile. Into a DIR that holds a backup already only what is new is copied. The index
    is not copied: restore makes it anew. What of the archive is gone or damaged is named; the exit status is then 1.

    \b
    Examples:
        kamerstukken backup /mnt/backup/kamerstukken
        kamerstukken backup ~/backup --data /srv/kamerstukken
    """
    where = settings(data)
    here, there = where.data.resolve(), folder.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise ArchiveError(f"{folder}: lies in the data folder, or this in it; choose a folder elsewhere, better on another disk")
    if not is_free(folder):
        raise ArchiveError(f"{folder}: holds something else than a backup; choose an empty folder")
    with writing(folder, "kamerstukken backup"), progress("copying", None) as advance:
        made, failures = make_backup(where.catalogue, Archive(where.archive), folder, PARSER_VERSION, advance)
    if Path(SETTINGS_FILE).is_file():
        shutil.copy2(SETTINGS_FILE, folder / SETTINGS_FILE)
    click.echo(f"{folder}: {made.papers:,} papers, {made.files:,} files", err=True)
    name_failures(failures, _REST)


@click.command("restore")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@effort_options
@engine_option
@data_option
def restore_command(folder: Path, data: Path | None, engine: str | None, memory: int, processes: int) -> None:
    """Make a data folder of the backup in DIR: catalogue and archive are copied, compared with their hashes, and indexed.

    The data folder that --data names must be empty, or not be there yet; a restore that was broken off goes on there. The
    settings file of the backup is put into it; move it to where the commands are run. What of the backup is gone or damaged is
    named, the rest restored; the exit status is then 1.

    \b
    Examples:
        kamerstukken restore /mnt/backup/kamerstukken --data /srv/kamerstukken
    """
    where, effort = settings(data, engine=engine), Effort(memory, processes)
    there = {path.name for path in where.data.iterdir()} if where.data.exists() else set()
    if not there <= {"lock"} and UNFINISHED not in there:
        raise ArchiveError(f"{where.data}: is not empty; name an empty folder, or one that is not there yet, with --data")
    backup = open_backup(folder)
    index, archive = kept_index(where, effort), Archive(where.archive)
    with writing(where.data, "kamerstukken restore"):
        with progress("copying", backup.files) as advance:
            failures = take_over(folder, where.catalogue, archive, PARSER_VERSION, advance)
        with open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
            with progress("reading", None) as advance:
                former = former_files(catalogue, archive) if catalogue.count_former() else ()
                again = run("reindex", former, catalogue, archive, lambda _: advance(), processes=effort.workers)
                beyond = bring_back(archive, catalogue, archive, lambda _: advance(), again=False, processes=effort.workers)
            with progress("indexing", catalogue.counts().papers) as advance:
                rebuild(catalogue, index, lambda _: advance())
            papers = catalogue.counts().papers
    if (folder / SETTINGS_FILE).is_file():
        shutil.copy2(folder / SETTINGS_FILE, where.data / SETTINGS_FILE)
    click.echo(f"{where.data}: {papers:,} papers, as they were at {backup.made}", err=True)
    name_failures(list(dict([*failures, *again.failures, *beyond.failures]).items()), _REST)
