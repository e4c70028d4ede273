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
from indexer.durable import settle
from indexer.errors import ArchiveError, CatalogueMissing

_LOGS = ("-wal", "-shm")
"""What SQLite keeps beside a file that is in use."""


@contextmanager
def made_anew(path: Path, parser_version: str) -> Iterator[Catalogue]:
    """An empty catalogue, which stands in the place of the one at ``path`` when all that is done with it went well.

    Raises:
        ArchiveError: it cannot be written.
    """
    beside = path.with_name(f"{path.name}.anew")
    _remove(beside)
    try:
        with open_catalogue(beside, parser_version) as catalogue:
            yield catalogue
    except BaseException:
        _remove(beside)
        raise
    try:
        put_in_place(beside, path)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be replaced: {error.strerror or error}") from error


def put_in_place(new: Path, path: Path) -> None:
    """Give a closed catalogue the name ``path``; one that has that name already keeps its content under ``former_name``."""
    settle(new)
    if path.exists():
        former = former_name(path)
        for ending in _LOGS:  # a log beside another catalogue than its own would spoil that
            with suppress(FileNotFoundError):
                Path(f"{path}{ending}").replace(f"{former}{ending}")
        os.link(path, former)
    new.replace(path)
    settle(path.parent)


def mind_lost(path: Path) -> None:
    """Refuse to begin another catalogue where one is lost: the archive holds what was in it.

    Raises:
        CatalogueMissing: one is.
    """
    missing = CatalogueMissing(path)
    if not path.exists() and missing.lost:
        raise missing


def former_name(path: Path) -> Path:
    """A name that nothing has yet, for a catalogue that another takes the place of."""
    stem = f"{path.name}.former-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stem}{number}") for number in ("", *(f"-{i}" for i in range(2, 1000))))
    return next(name for name in names if not name.exists())


def former_catalogues(path: Path) -> list[Path]:
    """The catalogues whose place another took, the last one last."""
    found = path.parent.glob(f"{path.name}.former-*")
    return sorted(one for one in found if not one.name.endswith(_LOGS))


def _remove(path: Path) -> None:
    for ending in ("", *_LOGS):
        Path(f"{path}{ending}").unlink(missing_ok=True)
