"""What the archive itself tells of a kept file, so that all can be made anew from it: the manifest beside the file.

A manifest is one small JSON object that carries a checksum of the rest of it. That a paper was withdrawn is told twice, by the
manifest of its file and by a mark of its own in the folder of the paper, which counts whatever it holds: neither damage nor the
loss of one of them makes a withdrawn paper public.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar


class FileState(StrEnum):
    """What a kept file is to its paper."""

    CURRENT = "current"
    """The paper is read from it. Of several that say so, the one that came last is meant."""
    REPLACED = "replaced"
    """The paper was read from it, until another came."""
    BESIDE = "beside"
    """It was kept, and another form of the paper counts."""
    WITHDRAWN = "withdrawn"
    """The paper was read from it, and was taken back."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A kept file: whose it is, where it came from and when, what it holds, and its place among arrivals and changes."""

    identifier: str
    """Empty for records of the Tweede Kamer, which are of many papers."""
    form: str
    origin: str
    received: str
    """An instant in UTC; empty where that is not known."""
    size: int
    sha256: str
    """Of the content."""
    record_sha256: str
    """Of the metadata record beside it; empty where there is none."""
    state: FileState
    change: int
    """The number of the catalogue's last change when the file had been taken in."""
    epoch: str
    """The history in which that number counts."""

    def to_bytes(self) -> bytes:
        """As it stands in the archive."""
        return _sealed(self)

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """Read a manifest.

        Raises:
            ValueError: it is not as it was written.
        """
        told = _opened(content)
        try:
            return _of_types(cls(**{**told, "state": FileState(told["state"])}))
        except (TypeError, KeyError) as error:
            raise ValueError(f"it is no manifest: {error}") from error


@dataclass(frozen=True, slots=True)
class Written:
    """How far an archive was written: the number of the catalogue's last change then, and the mark of that transaction."""

    change: int
    mark: str

    def to_bytes(self) -> bytes:
        """As it stands in the archive."""
        return _sealed(self)

    @classmethod
    def from_bytes(cls, content: bytes) -> Written:
        """Read what was noted.

        Raises:
            ValueError: it is not as it was written.
        """
        try:
            return _of_types(cls(**_opened(content)))
        except TypeError as error:
            raise ValueError(f"it is no note: {error}") from error


@dataclass(frozen=True, slots=True)
class WithdrawnMark:
    """That the paper of a folder was taken back: when that was noticed (an instant in UTC), and its place among the changes."""

    identifier: str
    at: str = ""
    change: int = 0
    epoch: str = ""

    def to_bytes(self) -> bytes:
        """As it stands in the archive."""
        return _sealed(self)

    @classmethod
    def from_bytes(cls, identifier: str, content: bytes) -> WithdrawnMark:
        """Read the mark of a paper; one that cannot be read still tells that the paper was withdrawn."""
        try:
            return _of_types(cls(**_opened(content)))
        except (ValueError, TypeError):
            return cls(identifier)


_Told = TypeVar("_Told", Manifest, Written, WithdrawnMark)


def sha256_of(content: bytes | None) -> str:
    """The hash as other programs compute it; empty for what is not there."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _sealed(what: Manifest | Written | WithdrawnMark) -> bytes:
    told = {one.name: getattr(what, one.name) for one in fields(what)}
    # A field on each line; json's own way to do so takes several times as long, and one is written for every file.
    lines = json.dumps({**told, "checksum": _checksum(told)}, ensure_ascii=True, separators=(",\n ", ": "))
    return f"{{\n {lines[1:-1]}\n}}\n".encode("ascii")


def _opened(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except RecursionError as error:
        raise ValueError("it is nested without end") from error
    if not isinstance(told, dict) or told.pop("checksum", None) != _checksum(told):
        raise ValueError("its checksum is wrong")
    return told


_NUMBERS = frozenset({"size", "change"})


def _of_types(told: _Told) -> _Told:
    """What was told, when each of it is a number or a text as it should be; a checksum alone does not say so.

    Raises:
        TypeError: something is not.
    """
    for field in fields(told):
        if not isinstance(getattr(told, field.name), int if field.name in _NUMBERS else str):
            raise TypeError(f"{field.name} is of another type")
    return told


def _checksum(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=True, sort_keys=True).encode("ascii")).hexdigest()[:32]
