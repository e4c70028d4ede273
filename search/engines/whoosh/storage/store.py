"""Where the index is stored: its generations, and the commits of each generation.

A generation is a numbered folder with a whole index. ``index/current`` is a symbolic link to the generation in use. A rebuild
makes another folder and then moves the link in one step. A folder that the link does not name was left by a process that was
killed, and the next writer removes it. ``made_by.json`` in a generation names the versions of the schema and the analysis that
made it.

A commit is a table of contents, ``contents-<n>.json``: it names the segments, for each segment the note of deleted papers
(``segment``), the number of papers, and the moment in the history of the catalogue up to which the index goes. The commit with
the highest number counts. It exists from the moment at which its table of contents has its name. A writer that is killed earlier
has changed nothing; no table names the files that it wrote, and the next writer removes them. All files that a table names are
flushed to the disk before the table gets its name, and the table is flushed before files of the former commit are removed. So
when the machine stops, one of the two commits is intact.

This module writes only these small files and moves; it does not write segments, and it does not lock. One writer at a time is the
caller's affair.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from indexer.catalogue.history import BEGINNING, Moment
from indexer.durable import make_folder, settle, settle_all
from indexer.errors import ArchiveError, IndexDamaged, IndexMissing, IndexOutdated
from search.analysis.chain import ANALYSIS_VERSION
from search.engines.whoosh.storage.columnfile import REBUILD
from search.engines.whoosh.storage.segment import SCHEMA_VERSION, LiveSegment, Segment

SEGMENT, GONE = ".segment", ".gone"
Files = tuple[tuple[str, str], ...]
"""For each segment of a commit the name of its file, and the name of its note of deleted papers ("" if it has none)."""

_NAME = re.compile(r"contents-(\d+)\.json")


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents of a commit: its number, its files, how many papers are in them, and up to which moment it goes."""

    number: int
    files: Files = ()
    papers: int = 0
    moment: Moment = BEGINNING

    def names(self) -> set[str]:
        """The names of all files of the commit, its table of contents included."""
        return {name for pair in self.files for name in pair if name} | {_file_name(self.number)}

    def open(self, folder: Path, known: Sequence[LiveSegment] = ()) -> list[LiveSegment]:
        """Open the segments. Segments among ``known`` are reused, not opened and checked again.

        Raises:
            FileNotFoundError: a writer has replaced the commit.
            IndexDamaged: a file is not as it was written.
        """
        return open_files(folder, self.files, known)


def open_files(folder: Path, files: Files, known: Sequence[LiveSegment] = ()) -> list[LiveSegment]:
    """Open the segments with these files; segments among ``known`` are reused."""
    segments = {one.segment.columns.file: one.segment for one in known}
    return [
        LiveSegment(segments.get(folder / name) or Segment(folder / name), folder / gone if gone else None)
        for name, gone in files
    ]


@contextmanager
def telling(folder: Path) -> Iterator[None]:
    """Around whatever writes an index: an error of the system is told as one of the user's folder.

    Raises:
        ArchiveError: the index cannot be written.
    """
    try:
        yield
    except OSError as error:
        where, reason = error.filename or folder, error.strerror or error
        raise ArchiveError(
            f"{where}: the index cannot be written: {reason}; what was found before still is: when this is mended, "
            "run the command again"
        ) from error


def _file_name(number: int) -> str:
    return f"contents-{number}.json"


def last_commit(folder: Path) -> int:
    """The number of the last commit.

    Raises:
        IndexMissing: there is no commit.
        IndexDamaged: the folder cannot be read.
        MemoryError: there is too little to look.
    """
    try:
        found = [_NAME.fullmatch(path.name) for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        found = []
    except OSError as error:
        if error.errno == errno.ENOMEM:
            raise MemoryError from error
        raise IndexDamaged(f"{folder}: the index is damaged: {error.strerror or error}; {REBUILD}") from error
    numbers = [int(match[1]) for match in found if match]
    if not numbers:
        raise IndexMissing(f"{folder}: the index is gone; make one with: kamerstukken reindex")
    return max(numbers)


def committed(folder: Path, number: int) -> int:
    """When a commit was made, in nanoseconds since 1970."""
    return (folder / _file_name(number)).stat().st_mtime_ns


def read_contents(folder: Path, number: int) -> Contents:
    """Read the table of contents of a commit.

    Raises:
        FileNotFoundError: a writer has replaced the commit.
        IndexDamaged: the table is not as it was written.
    """
    file = folder / _file_name(number)
    try:
        checksum, _, told = file.read_text(encoding="ascii").partition("\n")
        if int(checksum, 16) != zlib.crc32(told.encode("ascii")):
            raise ValueError("its checksum is wrong")
        files, papers, moment = json.loads(told)
        return Contents(number, tuple((name, gone) for name, gone in files), papers, Moment(*moment))
    except (ValueError, TypeError) as error:
        raise IndexDamaged(f"{file}: the index is damaged: {error}; {REBUILD}") from error


def write_contents(folder: Path, contents: Contents, before: Contents) -> None:
    """Make a commit, which is the last one from now on. The files that the commit ``before`` names are on the disk already."""
    file = folder / _file_name(contents.number)
    for name in contents.names() - before.names() - {file.name}:
        settle(folder / name)
    settle(folder)
    told = json.dumps([contents.files, contents.papers, astuple(contents.moment)])
    write_in_place(file, f"{zlib.crc32(told.encode('ascii')):08x}\n{told}")


def write_in_place(file: Path, text: str) -> None:
    """Write a small file and move it into place in one step. The file is on the disk when this returns."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    settle(beside)
    beside.replace(file)
    settle(file.parent)


def files_of(segments: Sequence[LiveSegment]) -> Files:
    """The files of segments, as a table of contents names them."""
    return tuple((one.segment.columns.file.name, one.note.name if one.note else "") for one in segments)


def clear(folder: Path, keep: Contents) -> None:
    """Remove the files of other commits and the files that a killed writer left."""
    names = keep.names()
    for found in folder.iterdir():
        ours = found.suffix in (SEGMENT, GONE) or _NAME.fullmatch(found.name) or found.name.startswith(".")
        if ours and found.name not in names:
            found.unlink(missing_ok=True)


_CURRENT, _MADE_BY = "current", "made_by.json"


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The versions that made an index."""

    schema: str = SCHEMA_VERSION
    analysis: str = ANALYSIS_VERSION

    @property
    def outdated(self) -> bool:
        """Whether this program would make a different index of the same papers."""
        return (self.schema, self.analysis) != (SCHEMA_VERSION, ANALYSIS_VERSION)


class Store:
    """The folder with the generations of the index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path:
        """The folder of the generation in use.

        Raises:
            IndexMissing: there is no generation yet.
            IndexDamaged: what should tell it is something else, or cannot be read.
        """
        link = self.folder / _CURRENT
        try:
            return self.folder / link.readlink()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissing(
                f"{self.folder}: there is no index yet; make one with: kamerstukken index PATH…, or of the papers that are here "
                "with: kamerstukken reindex"
            ) from error
        except OSError as error:
            raise IndexDamaged(f"{link}: the index is damaged: {error.strerror or error}; {REBUILD}") from error

    def made_by(self, generation: Path) -> MadeBy:
        """Read what made a generation.

        Raises:
            IndexDamaged: the file that tells it is missing or unreadable.
        """
        try:
            told = json.loads((generation / _MADE_BY).read_text(encoding="utf-8"))
            told.pop("change", None)  # earlier versions kept here what the table of contents tells now
            return MadeBy(**told)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise IndexDamaged(f"{generation}: the index is damaged: it cannot be told what made it; {REBUILD}") from error

    def check(self, generation: Path) -> MadeBy:
        """Read what made a generation, and refuse a generation that this program cannot read.

        Raises:
            IndexOutdated: another version made the generation; the message names the command that rebuilds it.
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
            IndexMissing: there is no commit.
            IndexOutdated: another version made the index, in another format.
        """
        try:
            return last_commit(generation)
        except IndexMissing:
            if (generation / _MADE_BY).exists():
                self.check(generation)
            raise

    def committed(self, generation: Path, commit: int) -> int:
        """When a commit was made, in nanoseconds since 1970."""
        return committed(generation, commit)

    def new_generation(self) -> Path:
        """Make an empty generation beside the current one, after removing what earlier writers left unfinished."""
        self.clear()
        numbers = [int(p.name) for p in self.folder.glob("[0-9]*") if p.name.isdigit()] if self.folder.exists() else []
        made = self.folder / f"{max(numbers, default=0) + 1:06d}"
        with telling(made):
            settle_all(make_folder(made))
            write_contents(made, Contents(0), Contents(0))
            write_in_place(made / _MADE_BY, json.dumps(asdict(MadeBy())))
        return made

    def swap(self, generation: Path) -> None:
        """Make a generation the current one and remove the former one.

        Every reader that opens from now on gets the new generation.
        """
        current = self.folder / _CURRENT
        if current.is_dir() and not current.is_symlink():  # a copy that followed the link made a folder of it
            shutil.rmtree(current)
        link = self.folder / f".{_CURRENT}.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(generation.name)
        settle(self.folder)
        link.replace(current)
        settle(self.folder)
        self.clear()

    def clear(self) -> None:
        """Remove what killed writers left: generations that are not in use, and files that belong to no commit.

        Readers that still use a removed generation keep their open files.
        """
        try:
            keep = self.current().name
        except IndexMissing:
            keep = ""
        except IndexDamaged:
            return  # which generation is in use cannot be told, so each of them may be
        with telling(self.folder):
            for found in self.folder.glob("[0-9]*"):
                if found.name != keep:
                    shutil.rmtree(found, ignore_errors=True)
            for found in self.folder.glob(f".{_CURRENT}.*"):
                found.unlink(missing_ok=True)
            if keep:
                generation = self.folder / keep
                # The rebuild takes care of a generation that another version made or that is damaged.
                with suppress(IndexMissing, IndexOutdated):
                    clear(generation, read_contents(generation, last_commit(generation)))
