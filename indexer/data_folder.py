"""The data folder: what lies where in it, and who may write there.

One process writes at a time. It holds a lock of the kernel, which goes with the process, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.durable import make_folder, settle_all
from indexer.errors import ArchiveError, BusyError, CatalogueMissing

CATALOGUE, ARCHIVE, INDEX, VECTORS = "kamerstukken.db", "archive", "index", "vectors"
"""What the catalogue, and the folders of received files, of the index and of the vectors for finding by meaning are called."""
UNFINISHED = "restore.unfinished"
"""The file that stands in a data folder while a backup is restored there, until its catalogue is in place."""


def is_there(catalogue: Path) -> bool:
    """Whether there is a catalogue; a file of no bytes, which SQLite would take for a new one, is what was lost of one.

    Raises:
        ArchiveError: something else than a file has its name.
    """
    if catalogue.exists() and not catalogue.is_file():
        raise ArchiveError(
            f"{catalogue}: is no file, so no catalogue; move it away, then run: kamerstukken reindex --from archive"
        )
    return catalogue.exists() and catalogue.stat().st_size > 0


def missing(catalogue: Path) -> CatalogueMissing:
    """That this catalogue is not there: ``lost`` when what it tells of still is."""
    archive, index, unfinished = ((catalogue.parent / name).exists() for name in (ARCHIVE, INDEX, UNFINISHED))
    remedy = "make it anew with: kamerstukken reindex --from archive"
    if unfinished:
        remedy = "a restore was broken off here; run it again: kamerstukken restore DIR"
    elif not archive:
        remedy = "so is the archive that it could be made from; restore both from a backup with: kamerstukken restore DIR"
    return CatalogueMissing(catalogue, lost=archive or index or unfinished, remedy=remedy)


def mind_lost(catalogue: Path) -> None:
    """Refuse to begin another catalogue where one is lost: the archive holds what was in it.

    Raises:
        CatalogueMissing: one is.
    """
    if not is_there(catalogue) and (error := missing(catalogue)).lost:
        raise error


@contextmanager
def writing(data: Path, what: str) -> Iterator[None]:
    """Hold the writing lock of ``data`` (made if need be); ``what`` tells others what is going on.

    Raises:
        BusyError: another process holds it; the message names that process and what it does.
        ArchiveError: the folder cannot be made or written.
    """
    path = data / "lock"
    try:
        settle_all(make_folder(data))
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ArchiveError(f"{data}: cannot be used as data folder: {error.strerror or error}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
            raise BusyError(f"{data}: {holder} is writing here; wait until it is done, or use another --data") from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} ({what})".encode(), 0)
        yield
    finally:
        os.close(handle)
