"""Where the index lives: generations in folders of their own, one of them current, swapped in at once.

``index/current`` is a link to the folder of the generation in use. A rebuild makes another folder and moves the link; a folder
that no link leads to is litter of a process that was killed, and is cleared away by the next writer. ``made_by.json`` in a folder
names the versions of schema and analysis that made it and the last change of the catalogue it holds.

Which segments make up a commit, and what is gone from each: ``contents-<n>.json``, written in one move.

A commit is there when its table of contents has its name, and not before: whoever is killed earlier has changed nothing, and what
he wrote is named by no table and cleared away by the next writer. What a table names is on the disk before it has its name, and
it has its name there before anything of the former commit goes: a machine that stops leaves one of the two.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.errors import ArchiveError, IndexDamaged, IndexMissing, IndexOutdated
from search.analysis.chain import ANALYSIS_VERSION
from search.engines.whoosh.storage.columnfile import REBUILD
from search.engines.whoosh.storage.segment import SCHEMA_VERSION, LiveSegment, Segment

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


_CURRENT, _MADE_BY = "current", "made_by.json"


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What made an index, and up to which change of the catalogue."""

    schema: str = SCHEMA_VERSION
    analysis: str = ANALYSIS_VERSION
    change: int = 0

    @property
    def outdated(self) -> bool:
        """Whether this program would make another index of the same papers."""
        return (self.schema, self.analysis) != (SCHEMA_VERSION, ANALYSIS_VERSION)


class Store:
    """The folder that holds the generations."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path:
        """The folder of the generation in use.

        Raises:
            IndexMissing: there is none.
        """
        try:
            return self.folder / (self.folder / _CURRENT).readlink()
        except OSError as error:
            raise IndexMissing(f"{self.folder}: there is no index yet; make one with: kamerstukken index PATH…") from error

    def made_by(self, generation: Path) -> MadeBy:
        """What made a generation.

        Raises:
            IndexOutdated: the file that tells is missing or unreadable.
        """
        try:
            return MadeBy(**json.loads((generation / _MADE_BY).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexOutdated(f"{generation}: it cannot be told what made this index; {REBUILD}") from error

    def check(self, generation: Path) -> MadeBy:
        """What made a generation, if this program can read it.

        Raises:
            IndexOutdated: it was made by another version; the message names the command that rebuilds it.
        """
        made_by = self.made_by(generation)
        if made_by.outdated:
            raise IndexOutdated(
                f"{generation}: made with schema {made_by.schema} and analysis {made_by.analysis}, "
                f"this program has {SCHEMA_VERSION} and {ANALYSIS_VERSION}; {REBUILD}"
            )
        return made_by

    def commit(self, generation: Path) -> int:
        """The number of the last commit.

        Raises:
            IndexMissing: there is none.
            IndexOutdated: another version made the index, in its own way.
        """
        try:
            return last_commit(generation)
        except IndexMissing:
            if (generation / _MADE_BY).exists():
                self.check(generation)
            raise

    def committed(self, generation: Path, commit: int) -> int:
        """When a commit was made, in the smallest unit the file system knows."""
        return committed(generation, commit)

    def note(self, generation: Path, change: int) -> None:
        """Record up to which change a generation goes."""
        write_in_place(generation / _MADE_BY, json.dumps(asdict(MadeBy(change=change))))

    def new_generation(self) -> Path:
        """An empty generation beside the current one; what earlier writers left unfinished is cleared away."""
        self.clear()
        numbers = [int(p.name) for p in self.folder.glob("[0-9]*") if p.name.isdigit()] if self.folder.exists() else []
        made = self.folder / f"{max(numbers, default=0) + 1:06d}"
        try:
            made.mkdir(parents=True)
            write_contents(made, Contents(0), Contents(0))
        except OSError as error:
            raise ArchiveError(f"{made}: the index cannot be written: {error.strerror or error}") from error
        self.note(made, 0)
        return made

    def swap(self, generation: Path) -> None:
        """Make a generation the current one, at once for every reader that opens from now on; the former goes."""
        link = self.folder / f".{_CURRENT}.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(generation.name)
        settle(self.folder)
        link.replace(self.folder / _CURRENT)
        settle(self.folder)
        self.clear()

    def clear(self) -> None:
        """Remove what killed writers left: generations that are not in use, and files that were not yet in place.

        Readers that still have a generation open keep their open files.
        """
        try:
            keep = self.current().name
        except IndexMissing:
            keep = ""
        for found in self.folder.glob("[0-9]*"):
            if found.name != keep:
                shutil.rmtree(found, ignore_errors=True)
        for found in self.folder.glob(f".{_CURRENT}.*"):
            found.unlink(missing_ok=True)
        if keep:
            generation = self.folder / keep
            # What another version made, or what is damaged, is left to the rebuild.
            with suppress(IndexMissing, IndexOutdated):
                clear(generation, read_contents(generation, last_commit(generation)))
