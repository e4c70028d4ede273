"""The SQLite file of the catalogue: how it is opened, to write or only to read, and its errors told as ours.

SQLite tells of a damaged file when it comes upon the damage, which may be with any row. So each statement and each row goes
through a connection of this module, which tells what is wrong as an error of the project with the command that mends it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from indexer.catalogue.seals import MEND, with_sums
from indexer.data_folder import is_there, missing
from indexer.durable import make_folder, settle, settle_all
from indexer.errors import ArchiveError, CatalogueDamaged

_WAIT = 30
"""Seconds that a writer waits for another one."""

_UNUSABLE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_ABORT, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_AUTH,
})  # fmt: skip
"""What the machine or another process is to blame for. All other errors come of what stands in the file."""


def told(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> ArchiveError:
    """The error as ours: the catalogue is damaged, or it cannot be used for a reason outside it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in _UNUSABLE:
        return ArchiveError(f"{path}: the catalogue cannot be used: {error}")
    return CatalogueDamaged(f"{path}: the catalogue is damaged: {error}; {MEND}")


_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite raises; the second where what it would tell of the damage is damaged too."""


class Cursor(sqlite3.Cursor):
    """A cursor whose errors are ours."""

    connection: Connection

    def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        try:
            super().execute(sql, parameters)
        except _ERRORS as error:
            raise told(self.connection.path, error) from error
        return self

    def executemany(self, sql: str, parameters: Any) -> Cursor:
        try:
            super().executemany(sql, parameters)
        except _ERRORS as error:
            raise told(self.connection.path, error) from error
        return self

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except _ERRORS as error:
            raise told(self.connection.path, error) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except _ERRORS as error:
            raise told(self.connection.path, error) from error

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except _ERRORS as error:
            raise told(self.connection.path, error) from error


class Connection(sqlite3.Connection):
    """A connection whose errors are ours; ``path`` is what they name."""

    path: Path

    def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        return self.cursor(Cursor).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> Cursor:
        return self.cursor(Cursor).executemany(sql, parameters)


@contextmanager
def opened_to_write(path: Path) -> Iterator[Connection]:
    """Open the file, made if need be, to read and to write.

    Raises:
        ArchiveError: it cannot be opened, or is damaged.
    """
    try:
        settle_all(make_folder(path.parent))
        new = not path.exists()
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be opened: {error.strerror or error}") from error
    with closing(_connected(path, str(path))) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        if new:
            _settle_name(path)
        connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk: no cut of power takes back what was told
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")  # what a row takes the place of is taken out of its seals too
        yield connection


def _settle_name(path: Path) -> None:
    """Wait until the name of a new file is on the disk; SQLite sees to its content only."""
    try:
        settle(path.parent)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be made: {error.strerror or error}") from error


@contextmanager
def in_memory() -> Iterator[Connection]:
    """A database that is gone afterwards."""
    with closing(_connected(Path(":memory:"), ":memory:")) as connection:
        yield connection


@contextmanager
def opened_to_read(path: Path) -> Iterator[Connection]:
    """Open the file to read only. It asks no permission to write: not of the file, and not of its folder.

    Raises:
        CatalogueMissing: there is no such file.
        ArchiveError: it cannot be opened, or is damaged.
    """
    with closing(_readable(path)) as connection:
        yield connection


def copy_catalogue(path: Path, copy: Path) -> None:
    """Copy the file as it is at one moment, whoever writes it in the meantime.

    Raises:
        CatalogueMissing: there is no such file.
        CatalogueDamaged: it is damaged.
        ArchiveError: it cannot be read, or the copy cannot be written.
    """
    with opened_to_read(path) as source, closing(_connected(copy, str(copy))) as target:
        try:
            source.backup(target)
        except sqlite3.Error as error:
            ours = told(path, error)
            if isinstance(ours, CatalogueDamaged):
                raise ours from error
            raise ArchiveError(f"{path}: cannot be copied to {copy}: {error}") from error  # which of both, SQLite does not say
        target.execute("PRAGMA journal_mode = DELETE")  # one file holds all of it


def _readable(path: Path) -> Connection:
    if not is_there(path):
        raise missing(path)
    address = f"file:{_quoted(path)}?mode=ro"
    connection = _connected(path, address)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except CatalogueDamaged:
        connection.close()
        raise
    except ArchiveError:
        connection.close()
        # Beside a file in this mode SQLite makes two more. Where it may not, the file is read as it is; nobody writes it then,
        # unless what was written last still stands in the log beside it.
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _connected(path, f"{address}&immutable=1")
    return connection


def _quoted(path: Path) -> str:
    """The path as it stands in an address."""
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _connected(path: Path, address: str) -> Connection:
    try:
        connection = sqlite3.connect(
            address,
            timeout=_WAIT,
            isolation_level=None,
            check_same_thread=False,
            factory=Connection,
            uri=address.startswith("file:"),
        )
    except sqlite3.Error as error:
        raise ArchiveError(f"{path}: cannot be opened: {error}") from error
    connection.path = path
    with_sums(connection)
    return connection
