"""Which segments make up a commit, and what is gone from each: ``contents-<n>.json``, written in one move.

A commit is there when its table of contents has its name, and not before: whoever is killed earlier has changed nothing, and what
he wrote is named by no table and cleared away by the next writer. What a table names is on the disk before it has its name, and
it has its name there before anything of the former commit goes: a machine that stops leaves one of the two.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import IndexDamaged, IndexMissing
from search.engines.whoosh.columnfile import REBUILD
from search.engines.whoosh.live import LiveSegment
from search.engines.whoosh.segment import Segment

SEGMENT, GONE = ".segment", ".gone"
Files = tuple[tuple[str, str], ...]
"""Of each segment its own file, and the note of what is gone from it ("" when nothing is)."""

_NAME = re.compile(r"contents-(\d+)\.json")


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a commit."""

    number: int
    files: Files = ()

    def names(self) -> set[str]:
        """Every file of the commit."""
        return {name for pair in self.files for name in pair if name} | {_file_name(self.number)}

    def open(self, folder: Path, known: Sequence[LiveSegment] = ()) -> list[LiveSegment]:
        """The segments; those files that are ``known`` are not opened and checked again.

        Raises:
            FileNotFoundError: a writer has replaced the commit.
            IndexDamaged: a file is not as it was written.
        """
        return open_files(folder, self.files, known)


def open_files(folder: Path, files: Files, known: Sequence[LiveSegment] = ()) -> list[LiveSegment]:
    """The segments with these files, of which some may be known."""
    segments = {one.segment.columns.file: one.segment for one in known}
    return [
        LiveSegment(segments.get(folder / name) or Segment(folder / name), folder / gone if gone else None)
        for name, gone in files
    ]


def _file_name(number: int) -> str:
    return f"contents-{number}.json"


def last_commit(folder: Path) -> int:
    """The number of the last commit.

    Raises:
        IndexMissing: there is none.
    """
    try:
        found = [_NAME.fullmatch(path.name) for path in folder.iterdir()]
    except OSError:
        found = []
    numbers = [int(match[1]) for match in found if match]
    if not numbers:
        raise IndexMissing(f"{folder}: the index is gone; make one with: kamerstukken reindex")
    return max(numbers)


def committed(folder: Path, number: int) -> int:
    """When a commit was made, in the smallest unit the file system knows."""
    return (folder / _file_name(number)).stat().st_mtime_ns


def read_contents(folder: Path, number: int) -> Contents:
    """The table of contents of a commit.

    Raises:
        FileNotFoundError: a writer has replaced the commit.
        IndexDamaged: the table is not as it was written.
    """
    file = folder / _file_name(number)
    try:
        checksum, _, files = file.read_text(encoding="ascii").partition("\n")
        if int(checksum, 16) != zlib.crc32(files.encode("ascii")):
            raise ValueError("its checksum is wrong")
        return Contents(number, tuple((name, gone) for name, gone in json.loads(files)))
    except (ValueError, TypeError) as error:
        raise IndexDamaged(f"{file}: the index is damaged: {error}; {REBUILD}") from error


def write_contents(folder: Path, contents: Contents, before: Contents) -> None:
    """Make a commit: from now on it is the last one. The files of the one ``before`` are on the disk already."""
    file = folder / _file_name(contents.number)
    for name in contents.names() - before.names() - {file.name}:
        settle(folder / name)
    settle(folder)
    files = json.dumps(contents.files)
    write_in_place(file, f"{zlib.crc32(files.encode('ascii')):08x}\n{files}")


def write_in_place(file: Path, text: str) -> None:
    """Write a small file in one move; it is on the disk when this returns."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    settle(beside)
    beside.replace(file)
    settle(file.parent)


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def files_of(segments: Sequence[LiveSegment]) -> Files:
    """The files of segments as a table of contents names them."""
    return tuple((one.segment.columns.file.name, one.note.name if one.note else "") for one in segments)


def clear(folder: Path, keep: Contents) -> None:
    """Remove what belongs to other commits, and what a killed writer left."""
    names = keep.names()
    for found in folder.iterdir():
        ours = found.suffix in (SEGMENT, GONE) or _NAME.fullmatch(found.name) or found.name.startswith(".")
        if ours and found.name not in names:
            found.unlink(missing_ok=True)
