"""The fault layer: ``shim.c`` compiled and preloaded, and the page of memory by which it is told what to fail.

A program that wants faults calls ``preloaded`` first, which starts it again with the shim. Its children then share one page with
it: ``Control`` arms the shim, chooses what fails, and tells what was called how often.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

KINDS = ("write", "fsync", "rename", "mmap", "open", "truncate", "unlink", "link", "mkdir", "read", "allocate")
"""The kinds of calls, in the order of ``shim.c``."""
ERRORS: Mapping[str, int] = {
    "write": errno.ENOSPC,
    "fsync": errno.EIO,
    "rename": errno.EIO,
    "mmap": errno.ENOMEM,
    "open": errno.EIO,
    "truncate": errno.EIO,
    "unlink": errno.EIO,
    "link": errno.EIO,
    "mkdir": errno.ENOSPC,
    "read": errno.EIO,
    "allocate": errno.ENOMEM,
}
"""With what a call of each kind fails, unless something else is asked for."""
BIG = 16 << 10
"""Allocations of fewer bytes are left alone: those of the interpreter itself are, and it cannot do without them."""
NO_BOUND = (1 << 64) - 1

_NUMBERS = ("armed", "kind", "nth", "lasting", "half", "error", "room", "big", "written", "failed", "sqlite", *KINDS)
_TEXT = 1024
_SIZE = 8 * len(_NUMBERS) + 2 * _TEXT
_SOURCE = Path(__file__).with_name("shim.c")
_CONTROL = "FAULTS_CONTROL"


@dataclass(frozen=True, slots=True)
class Fault:
    """What fails: the ``nth`` call of a kind, or every call from there on (``lasting``).

    ``half``: a write writes half of what it should first. ``room``: so many bytes can be written before the disk is full.
    """

    kind: str = "write"
    nth: int = 0
    error: int = 0
    lasting: bool = False
    half: bool = False
    room: int = NO_BOUND

    def __str__(self) -> str:
        if self.room != NO_BOUND:
            return f"room for {self.room} bytes"
        how = " and all later" * self.lasting + " after half" * self.half
        return f"{self.kind} {self.nth}{how} {errno.errorcode[self.error or ERRORS[self.kind]]}"


NO_FAULT = Fault()


class Control:
    """The page that this process and its children share with the shim in each of them."""

    def __init__(self, file: Path) -> None:
        with file.open("r+b") as stream:
            self._page = mmap.mmap(stream.fileno(), _SIZE)

    def _set(self, name: str, value: int) -> None:
        struct.pack_into("=Q", self._page, 8 * _NUMBERS.index(name), value)

    def get(self, name: str) -> int:
        """A number of the page: how many calls there were of a kind, or one of ``failed``, ``sqlite`` and ``written``."""
        value: int = struct.unpack_from("=Q", self._page, 8 * _NUMBERS.index(name))[0]
        return value

    def _text(self, place: int, text: str) -> None:
        start = 8 * len(_NUMBERS) + place * _TEXT
        self._page[start : start + _TEXT] = os.fsencode(text).ljust(_TEXT, b"\0")

    def arm(self, folder: Path, fault: Fault = NO_FAULT, record: Path | None = None) -> None:
        """From now on calls below ``folder`` are counted, fail as told, and are recorded in a file."""
        self.disarm()
        for name in _NUMBERS:
            self._set(name, 0)
        self._text(0, str(folder.resolve()))
        self._text(1, str(record) if record else "")
        self._set("kind", KINDS.index(fault.kind))
        self._set("nth", fault.nth)
        self._set("lasting", int(fault.lasting))
        self._set("half", int(fault.half))
        self._set("error", fault.error or ERRORS[fault.kind])
        self._set("room", fault.room)
        self._set("big", BIG)
        self._set("armed", 1)

    def disarm(self) -> None:
        """Nothing fails, and nothing is counted, any more."""
        self._set("armed", 0)

    def counts(self) -> dict[str, int]:
        """How many calls there were of each kind."""
        return {kind: self.get(kind) for kind in KINDS}


def told(text: str) -> None:
    """Record that a user was told this."""
    ctypes.CDLL(None).fault_told(text.encode())


def compiled() -> Path:
    """The shim as a library, made by the compiler of the system when it is not there yet."""
    name = f"kamerstukken-faults-{sha256(_SOURCE.read_bytes()).hexdigest()[:16]}-{os.getuid()}.so"
    library = Path(tempfile.gettempdir()) / name
    if not library.exists():
        beside = library.with_suffix(f".{os.getpid()}")
        command = ["cc", "-O2", "-Wall", "-shared", "-fPIC", "-o", str(beside), str(_SOURCE), "-ldl"]
        subprocess.run(command, check=True)
        beside.replace(library)
    return library


def preloaded(module: str) -> Control:
    """The control page of this process, which is started again as ``python -m module`` when it has no shim yet."""
    file = os.environ.get(_CONTROL)
    if file is None:
        handle, file = tempfile.mkstemp(prefix="kamerstukken-faults-")
        os.ftruncate(handle, _SIZE)
        os.close(handle)
        changed = {**os.environ, _CONTROL: file, "LD_PRELOAD": str(compiled())}
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, "-m", module, *sys.argv[1:]], changed)  # noqa: S606 - itself
    return Control(Path(file))
