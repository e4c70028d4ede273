"""Where the index lives: generations in folders of their own, one of them current, swapped in at once.

``index/current`` is a link to the folder of the generation in use. A rebuild makes another folder and moves the link; a folder
that no link leads to is litter of a process that was killed, and is cleared away by the next writer. ``made_by.json`` in a folder
names the versions of schema and analysis that made it and the last change of the catalogue it holds.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.errors import ArchiveError, IndexMissing, IndexOutdated
from search.analysis.chain import ANALYSIS_VERSION
from search.engines.whoosh.columnfile import REBUILD
from search.engines.whoosh.contents import (
    Contents,
    clear,
    committed,
    last_commit,
    read_contents,
    settle,
    write_contents,
    write_in_place,
)
from search.engines.whoosh.segment import SCHEMA_VERSION

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
