"""A power cut: what a disk may hold when the power fails at some moment of a recorded run.

The shim records what a run does below a folder. ``Disk`` does the same again in memory, up to some moment, and knows what was
settled by then: the content of a file by its ``fsync``, the names in a folder by the ``fsync`` of that folder. What was not may
be on the disk or not, each piece of it for itself and in any order; of a write that was under way only a part may be. ``cut``
chooses that by chance and makes a folder of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from random import Random

_SECTOR = 512
"""A disk writes so many bytes whole or not at all."""
_CONTENT = frozenset(("write", "truncate"))


class Luck(StrEnum):
    """What becomes of that which was not settled."""

    NOTHING = "nothing of it"
    EVERYTHING = "everything"
    NAMES = "names without content"
    SOME = "some of it"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done: what, to which file or folder (``node``), where in it, under which names, with which bytes."""

    what: str
    node: int
    at: int
    path: str
    other: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for: a file with a content, a folder, or a link to something."""

    content: int | None = None
    target: str = ""


_FOLDER = Entry()


def recorded(record: Path, folder: Path) -> Iterator[Deed]:
    """The deeds of a record, with paths relative to the folder."""
    content, base, at = record.read_bytes(), str(folder.resolve()), 0

    def relative(path: str) -> str:
        return path[len(base) + 1 :] if path == base or path.startswith(f"{base}/") else path

    while at < len(content):
        end = content.index(b"\n", at)
        what, node, where, size, path, other = content[at:end].decode().split("\t")
        at = end + 1 + int(size)
        data = content[end + 1 : at]
        yield Deed(what, int(node), int(where), relative(path), other if what == "symlink" else relative(other), data)


@dataclass(slots=True)
class _Change:
    """A deed, with what it is about: the number of a content, or what its name stands for."""

    deed: Deed
    content: int | None = None
    entry: Entry | None = None
    settled: bool = False


class Disk:
    """What was done to a folder, and what of it is settled."""

    def __init__(self, begin: Path, nodes: Mapping[int, str]) -> None:
        """``begin`` is the folder as it was, all of it settled; ``nodes`` has the name of each file in the recorded folder."""
        self._begin: dict[str, Entry] = {}
        self._contents: list[bytes] = []
        for path in sorted(begin.rglob("*")):
            name = str(path.relative_to(begin))
            if path.is_symlink():
                self._begin[name] = Entry(target=str(path.readlink()))
            elif path.is_dir():
                self._begin[name] = _FOLDER
            else:
                self._begin[name] = Entry(self._content(path.read_bytes()))
        self._now = dict(self._begin)
        self._of_node = {node: self._begin[name].content for node, name in nodes.items()}
        self._changes: list[_Change] = []
        self.told: list[str] = []
        """What users were told so far."""

    def _content(self, first: bytes = b"") -> int:
        self._contents.append(first)
        return len(self._contents) - 1

    def did(self, deed: Deed) -> None:
        """Take a deed over."""
        change = _Change(deed)
        match deed.what:
            case "told":
                self.told.append(deed.path or deed.data.decode(errors="replace"))
                return
            case "sync":
                for one in self._changes:
                    one.settled = True
                return
            case "fsync":
                self._settle(deed)
                return
            case "write" | "truncate":
                change.content = self._of_node.get(deed.node)
                if change.content is None:  # a file without a name, which no cut leaves behind
                    return
            case "create":
                change.content = self._of_node[deed.node] = self._content()
                change.entry = Entry(change.content)
            case "mkdir":
                change.entry = _FOLDER
            case "symlink":
                change.entry = Entry(target=deed.other)
            case "rename" | "link":
                change.entry = self._now.get(deed.path)
            case _:
                pass
        _apply(change, self._now, {})
        self._changes.append(change)

    def _settle(self, deed: Deed) -> None:
        content = self._of_node.get(deed.node) if deed.path in self._now and self._now[deed.path].content is not None else None
        for one in self._changes:
            if one.deed.what in _CONTENT:
                one.settled |= content is not None and one.content == content
            elif content is None:
                one.settled |= deed.path in {_above(one.deed.path), _above(one.deed.other)}

    def cut(self, folder: Path, luck: Luck, chance: Random) -> None:
        """Make a folder of what is on the disk after a cut of the power now."""
        entries, contents = dict(self._begin), {i: bytearray(content) for i, content in enumerate(self._contents)}
        for change in self._changes:
            content = change.deed.what in _CONTENT
            kept = (
                luck is Luck.EVERYTHING or (luck is Luck.NAMES and not content) or (luck is Luck.SOME and chance.random() < 0.5)
            )
            if change.settled or kept:
                torn = luck is Luck.SOME and change.deed.what == "write" and not change.settled and chance.random() < 0.3
                _apply(_torn(change, chance) if torn else change, entries, contents)
        for name, entry in sorted(entries.items()):
            path = folder / name
            if entry.target:
                path.symlink_to(entry.target)
            elif entry.content is None:
                path.mkdir()
            else:
                path.write_bytes(contents[entry.content])


def _apply(change: _Change, entries: dict[str, Entry], contents: dict[int, bytearray]) -> None:
    """Do a deed again. A name in a folder that is not there is lost."""
    deed = change.deed
    match deed.what:
        case "write" if change.content in contents:
            content = contents[change.content]
            content.extend(bytes(max(0, deed.at - len(content))))
            content[deed.at : deed.at + len(deed.data)] = deed.data
        case "truncate" if change.content in contents:
            content = contents[change.content]
            content[deed.at :] = bytes(max(0, deed.at - len(content)))
        case "unlink":
            entries.pop(deed.path, None)
        case "rmdir":
            for name in [one for one in entries if one == deed.path or one.startswith(f"{deed.path}/")]:
                del entries[name]
        case "rename":
            below = {name: entries.pop(name) for name in [one for one in entries if one.startswith(f"{deed.path}/")]}
            entries.pop(deed.path, None)
            _name(deed.other, change.entry, entries)
            for name, entry in below.items():
                _name(deed.other + name[len(deed.path) :], entry, entries)
        case "link":
            _name(deed.other, change.entry, entries)
        case _:
            _name(deed.path, change.entry, entries)


def _name(name: str, entry: Entry | None, entries: dict[str, Entry]) -> None:
    if entry is not None and (not _above(name) or _above(name) in entries):
        entries[name] = entry


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def _torn(change: _Change, chance: Random) -> _Change:
    """Of a write only the sectors up to some place."""
    deed = change.deed
    end = (deed.at + chance.randrange(len(deed.data) + 1)) // _SECTOR * _SECTOR
    return replace(change, deed=replace(deed, data=deed.data[: max(0, end - deed.at)]))
