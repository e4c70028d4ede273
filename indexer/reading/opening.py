"""The bytes of files and of members of zip archives, safely: only regular files are opened, and nothing is read without a bound.

A pipe, a socket or a device could hang or never end, a zip archive can unpack to any size; each is refused with what it is. What
the files are, ``official_file`` knows.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

MAX_BYTES = 100 * 2**20
"""No official paper comes near this; larger files (and zip members that unpack to more) are refused."""
MAX_MEMBERS = 1_000_000
"""More than there are papers."""
MAX_UNPACKED, MAX_RATIO = 2**30, 200
"""Beyond the first a zip archive is refused that unpacks to more than so many times its size; text packs to a tenth."""
_MEMBER = b"PK\x01\x02"
"""What each member begins with in the directory of an archive."""
_DIRECTORY = 256 * 2**20
_CHUNK = 2**16
_ENCRYPTED = 0x1
_KINDS = (
    (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"),
)  # fmt: skip


def content_of(path: Path, most: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file.

    Raises:
        OSError: it cannot be opened or read.
        ValueError: it is no regular file, is larger than ``most``, or changes while it is read.
    """
    with opened(path) as file:
        before = os.fstat(file.fileno())
        if before.st_size > most:
            raise ValueError(f"larger than {most // 2**20} MiB, which no official paper is")
        content = bytearray()
        while len(content) <= before.st_size and (more := file.read(before.st_size + 1 - len(content))):
            content += more
        after = os.fstat(file.fileno())
        if len(content) != before.st_size or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise ValueError("it changes while it is read; index it again when it is whole")
    return bytes(content)


@contextmanager
def opened(path: Path) -> Iterator[FileIO]:
    """A regular file, open for reading.

    Raises:
        OSError: it cannot be opened.
        ValueError: it is no regular file.
    """
    _refuse_irregular(path.stat().st_mode)  # opening a device may already do something
    # Whatever has come in its place since then, this neither waits for it nor takes it for our terminal.
    with FileIO(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)) as file:
        _refuse_irregular(os.fstat(file.fileno()).st_mode)
        yield file


def _refuse_irregular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise ValueError(f"it is {next((kind for is_one, kind in _KINDS if is_one(mode)), 'something else')}, not a file")


class SwollenArchive(ValueError):
    """A zip archive unpacks to so much that it was made to do harm; the rest of it is not read."""


class ZipMembers:
    """The members of a zip archive, each of which is unpacked within bounds, and all of them together too."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self._archive = archive
        self._left = max(MAX_UNPACKED, MAX_RATIO * size)
        self.members = [info for info in archive.infolist() if not info.is_dir()]

    def find(self, name: str) -> zipfile.ZipInfo | None:
        """The member of that name, the last one where there are several."""
        return self._archive.NameToInfo.get(name)

    def content_of(self, member: zipfile.ZipInfo, most: int = MAX_BYTES) -> bytes:
        """The bytes of a member.

        Raises:
            SwollenArchive: with this member the archive unpacks to too much.
            ValueError: it is locked or broken, or larger than ``most``.
        """
        if member.file_size > most:
            raise ValueError(f"unpacks to more than {most // 2**20} MiB, which no official paper does")
        if member.flag_bits & _ENCRYPTED:
            raise ValueError("it is locked with a password")
        self._left -= member.file_size
        if self._left < 0:
            raise SwollenArchive(f"it unpacks to more than {MAX_RATIO} times its size; what is left of it is not read")
        try:
            with self._archive.open(member) as packed:
                # In pieces, since what a member says of its size may be wrong; no more is ever taken than it says.
                return b"".join(iter(lambda: packed.read(_CHUNK), b""))
        except (MemoryError, KeyboardInterrupt):
            raise
        except Exception as error:
            raise ValueError(f"it is broken: {error or type(error).__name__}") from error


class _Measured:
    """A file as ``zipfile`` reads it, which reads the directory of an archive at once, however large."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable, self.close = file.seek, file.tell, file.seekable, file.close

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY:
            raise ValueError(f"its list of files is longer than {_DIRECTORY // 2**20} MiB")
        content = self._file.read(size if size >= 0 else _DIRECTORY) or b""
        while len(content) < size and (more := self._file.read(size - len(content))):
            content += more
        if size > MAX_MEMBERS * len(_MEMBER) and content.count(_MEMBER) > MAX_MEMBERS:
            raise ValueError(f"it holds more than {MAX_MEMBERS:,} files")
        return content


@contextmanager
def unpacked(path: Path) -> Iterator[ZipMembers]:
    """The members of a zip archive.

    Raises:
        OSError: it cannot be opened.
        ValueError: it is no regular file, or no zip archive that can be read.
    """
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        try:
            archive = zipfile.ZipFile(_Measured(file))
            members = ZipMembers(archive, size)
        except (MemoryError, KeyboardInterrupt):
            raise
        except Exception as error:
            raise ValueError(f"not a readable zip archive: {error or type(error).__name__}") from error
        yield members
