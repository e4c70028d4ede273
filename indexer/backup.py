"""A backup of a data folder: the catalogue as it was at one moment, and the archive, each file compared with its hash.

The catalogue is copied first and the archive after it. What a catalogue names was put in the archive before, so whoever writes
meanwhile, the copied archive has all that the copied catalogue names. What it has beyond that is brought into the catalogue when
the backup is restored. Files are copied, not linked: what damages one of them leaves the other whole. A backup that is made again
in the same folder copies only what is new, and the former one stays whole until the new one is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, open_catalogue, read_catalogue
from indexer.catalogue.database import copy_catalogue
from indexer.catalogue.keeping import lost_files
from indexer.catalogue.replacement import beside, put_in_place, remove_catalogue
from indexer.data_folder import ARCHIVE, CATALOGUE, UNFINISHED
from indexer.durable import make_folder, settle, settle_all
from indexer.errors import ArchiveError
from indexer.paper.identifier import Identifier
from indexer.reading.opening import content_of

TELLING = "backup.json"
_AT_ONCE = 200
"""Files that are copied between two waits for the disk."""

Failures = list[tuple[str, str]]
"""What could not be copied, and why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup tells of itself in ``backup.json``: that of the catalogue which has this hash."""

    made: str
    """An instant in UTC."""
    papers: int
    files: int
    sha256: str
    """Of the catalogue."""


def make_backup(
    catalogue: Path, archive: Archive, folder: Path, parser_version: str, advance: Callable[[], None] = lambda: None
) -> tuple[Backup, Failures]:
    """Copy a catalogue and its archive into a folder, which is empty or holds an earlier backup; others may write meanwhile.

    Gives with the backup what of the archive is gone or not as it was received, and could not be copied.

    Raises:
        ArchiveError: the folder cannot be written, or there is nothing to copy.
    """
    try:
        settle_all(make_folder(folder))
        if not (folder / TELLING).exists():
            _tell(folder, [])  # so that this folder is known for that of a backup, whenever it is broken off
        new = beside(folder / CATALOGUE)
        remove_catalogue(new)
        copy_catalogue(catalogue, new)
        with read_catalogue(new, parser_version) as copied:
            target = Archive(folder / ARCHIVE)
            target.clear()
            failures = _copy(archive, target, copied, advance)
            named = {where for where, _ in failures}
            failures += [one for one in lost_files(copied, target) if one[0] not in named]
            counts = copied.counts()
        told = Backup(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), counts.papers, counts.files, _sha256(new))
        _tell(folder, [told, *_told(folder)])  # so that it tells of the catalogue that is there, whenever it is broken off
        put_in_place(new, folder / CATALOGUE, keep=False)
        _tell(folder, [told])
    except OSError as error:
        raise ArchiveError(f"{error.filename or folder}: cannot be written: {error.strerror or error}") from error
    return told, failures


def is_free(folder: Path) -> bool:
    """Whether a backup may be made in a folder: it is empty, or not there yet, or was used for that before.

    A data folder is not: its catalogue would be lost.
    """
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return names <= {"lock", f"{TELLING}.new"} or TELLING in names


def open_backup(folder: Path) -> Backup:
    """What a backup tells of itself.

    Raises:
        ArchiveError: there is none, or its catalogue is not as it was copied.
    """
    told, catalogue = _told(folder), folder / CATALOGUE
    if not told or not catalogue.is_file():
        raise ArchiveError(f"{folder}: holds no backup that was made to its end; make one with: kamerstukken backup DIR")
    try:
        found = _sha256(catalogue)
    except OSError as error:
        raise ArchiveError(f"{catalogue}: cannot be read: {error.strerror or error}") from error
    for one in told:
        if one.sha256 == found:
            return one
    raise ArchiveError(
        f"{catalogue}: is not as it was copied; put the backup's {ARCHIVE} in an empty data folder, and make all anew from it "
        "with: kamerstukken reindex --from archive"
    )


def _told(folder: Path) -> list[Backup]:
    """What stands in ``backup.json``; nothing where that cannot be read."""
    try:
        return [Backup(**one) for one in json.loads(content_of(folder / TELLING))]
    except (OSError, ValueError, TypeError, RecursionError):
        return []


def take_over(folder: Path, catalogue: Path, archive: Archive, parser_version: str, advance: Callable[[], None]) -> Failures:
    """Copy a backup to where a catalogue and its archive are to be; the catalogue comes last, and begins a history of its own.

    Until then the folder is marked as unfinished; broken off, it may be begun again and goes on.

    Gives what of the backup's archive is gone or not as it was received, and was not copied.

    Raises:
        ArchiveError: they cannot be written.
    """
    new, unfinished = beside(catalogue), catalogue.with_name(UNFINISHED)
    try:
        unfinished.touch()
        settle(unfinished.parent)
        remove_catalogue(new)
    except OSError as error:
        raise ArchiveError(f"{unfinished}: cannot be written: {error.strerror or error}") from error
    archive.clear()
    copy_catalogue(folder / CATALOGUE, new)
    with open_catalogue(new, parser_version) as copied:
        failures = _copy(Archive(folder / ARCHIVE), archive, copied, advance)
        copied.history.begin_anew()
    try:
        put_in_place(new, catalogue)
        unfinished.unlink()
        settle(unfinished.parent)
    except OSError as error:
        raise ArchiveError(f"{catalogue}: cannot be written: {error.strerror or error}") from error
    return failures


def _copy(source: Archive, target: Archive, catalogue: Catalogue, advance: Callable[[], None]) -> Failures:
    """Copy every file with its manifest that is not there yet, and the marks of papers that were taken back."""
    failures: Failures = []
    for number, kept in enumerate(source.survey(), start=1):
        if not target.has(kept):
            known = catalogue.kept(kept.fingerprint)
            try:
                target.keep(kept.identifier, kept.fingerprint, source.read(kept, known.origin if known else ""))
            except ArchiveError as error:
                failures.append((str(kept.identifier or kept.path.name), str(error)))
            else:
                if kept.manifest:
                    target.describe(kept.identifier, kept.fingerprint, kept.manifest)
        if number % _AT_ONCE == 0:
            target.settle()
        advance()
    marked = set()
    for mark in source.withdrawn():
        target.withdraw(Identifier(mark.identifier), mark)
        marked.add(mark.identifier)
    for mark in target.withdrawn():
        if mark.identifier not in marked:
            target.unmark(Identifier(mark.identifier))
    target.settle()
    if written := source.written():
        target.note(written)
    return failures


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _tell(folder: Path, backups: list[Backup]) -> None:
    new = folder / f"{TELLING}.new"
    new.write_text(json.dumps([asdict(one) for one in backups]) + "\n", encoding="utf-8")
    settle(new)
    new.replace(folder / TELLING)
    settle(folder)
