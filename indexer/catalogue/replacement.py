"""A catalogue that is made anew beside the one in use, or lost, and takes its place when it is whole.

Who asks meanwhile gets answers of the former one. That is never deleted: it stays beside under another name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.database import opened_to_read
from indexer.catalogue.harvested import take_over
from indexer.durable import settle
from indexer.errors import ArchiveError

_LOGS = ("-wal", "-shm")
"""What SQLite keeps beside a file that is in use."""


@contextmanager
def made_anew(path: Path, parser_version: str) -> Iterator[Catalogue]:
    """An empty catalogue, which stands in the place of the one at ``path`` when all that is done with it went well.

    Raises:
        ArchiveError: it cannot be written.
    """
    new = beside(path)
    remove_catalogue(new)
    try:
        with open_catalogue(new, parser_version) as catalogue:
            yield catalogue
    except BaseException:
        remove_catalogue(new)
        raise
    try:
        put_in_place(new, path)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be replaced: {error.strerror or error}") from error


def beside(path: Path) -> Path:
    """Where a catalogue is made that is to be the one at ``path``."""
    return path.with_name(f"{path.name}.anew")


def put_in_place(new: Path, path: Path, *, keep: bool = True) -> None:
    """Give a closed catalogue the name ``path``; to ``keep`` one that has that name already, it is given ``former_name``.

    Raises:
        ArchiveError: SQLite could not write it to its end when it was closed, and does not say so: its log is still there.
        OSError: the folder cannot be written.
    """
    log = Path(f"{new}-wal")
    if log.exists() and log.stat().st_size:
        raise ArchiveError(f"{new}: cannot be written to its end; when there is room on the disk, run the command again")
    settle(new)
    if path.exists() and keep:
        former = former_name(path)
        for ending in _LOGS:  # a log beside another catalogue than its own would spoil that
            with suppress(FileNotFoundError):
                Path(f"{path}{ending}").replace(f"{former}{ending}")
        os.link(path, former)
    new.replace(path)
    settle(path.parent)


def carry_over_harvests(former: Path, catalogue: Catalogue) -> bool:
    """Take over what was harvested from a catalogue that is damaged, so that not all of it is fetched again.

    Gives False, and takes nothing over, when it cannot be read.
    """
    try:
        with opened_to_read(former) as source, catalogue.transaction():
            take_over(source, catalogue.connection)
    except ArchiveError:
        return False
    return True


def former_name(path: Path) -> Path:
    """A name that nothing has yet, for a catalogue that another takes the place of."""
    stem = f"{path.name}.former-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stem}{number}") for number in ("", *(f"-{i}" for i in range(2, 1000))))
    return next(name for name in names if not name.exists())


def former_catalogues(path: Path) -> list[Path]:
    """The catalogues whose place another took, the last one last."""
    found = path.parent.glob(f"{path.name}.former-*")
    return sorted(one for one in found if not one.name.endswith(_LOGS))


def remove_catalogue(path: Path) -> None:
    """Remove a catalogue that was not finished, with what SQLite keeps beside it."""
    for ending in ("", *_LOGS):
        Path(f"{path}{ending}").unlink(missing_ok=True)
