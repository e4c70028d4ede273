"""Files of named columns: what a segment, or a note beside it, is kept in.

A column is an array of numbers of one width, read where it lies: the file is mapped into memory, so that processes share what
the system has read of it, and a slice of a column is a view and no copy. All numbers are little-endian.

    0    magic ``KSTUKCOL``, version, bytes in a block, where the table begins, its bytes, its CRC-32, the CRC-32 of all this
    64   the columns, each beginning at a multiple of 64
    …    the table: a line of JSON with the kind, offset and number of values of each column, and then the CRC-32 of each block
         of the file from byte 64 to the table

The head is written last: a file without one was never finished. Head and table are checked on opening; a block is checked when
something in it is read for the first time, so that opening takes as long for ten gigabytes as for ten kilobytes, and damage is
still noticed before it is believed. Nothing read from a file is run or unpickled.
"""

from __future__ import annotations

import json
import mmap
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged

REBUILD = "rebuild it with: kamerstukken reindex"

_MAGIC, _VERSION = b"KSTUKCOL", 1
_HEAD = struct.Struct("<8sIIQQII")
_START = 64
_BLOCK = 1 << 16
_PENDING = 1 << 20
"""Bytes of a column that is being written that are kept in memory."""

Column = NDArray[Any]


class ColumnFile:
    """A file of columns, open for reading. Threads may share it; it is let go of when nothing refers to its columns any more."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with file.open("rb") as stream:
            try:
                self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise self._damaged("it is empty") from error
        self._columns, self._sums = self._table()
        self._checked = bytearray(len(self._sums))

    def _damaged(self, reason: str) -> IndexDamaged:
        return IndexDamaged(f"{self.file}: the index is damaged: {reason}; {REBUILD}")

    def _table(self) -> tuple[dict[str, tuple[np.dtype[Any], int, int]], Column]:
        head = self._map[: _HEAD.size]
        if len(head) < _HEAD.size or head[:8] != _MAGIC or zlib.crc32(head[:-4]) != int.from_bytes(head[-4:], "little"):
            raise self._damaged("the head of the file is not whole")
        _, version, block, start, length, checksum, _ = _HEAD.unpack(head)
        table = self._map[start : start + length]
        if (version, block) != (_VERSION, _BLOCK):
            raise self._damaged(f"the file has version {version}, this program reads {_VERSION}")
        if len(table) != length or zlib.crc32(table) != checksum:
            raise self._damaged("the table of the file is not whole")
        columns, _, sums = table.partition(b"\n")
        self._end = start
        named = {name: (np.dtype(kind), at, count) for name, (kind, at, count) in json.loads(columns).items()}
        return named, np.frombuffer(sums, "<u4")

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def count(self, name: str) -> int:
        """How many values a column has."""
        return self._columns[name][2]

    def kind(self, name: str) -> np.dtype[Any]:
        """What kind of numbers they are."""
        return self._columns[name][0]

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Column:
        """The values of a column from ``start`` to ``stop``: a view of the file.

        Raises:
            IndexDamaged: the file is not as it was written.
        """
        kind, at, count = self._columns[name]
        stop = count if stop is None else stop
        if not 0 <= start <= stop <= count:
            raise self._damaged(f"column {name} does not have values {start} to {stop}")
        if start == stop:
            return np.empty(0, kind)
        first = at + start * kind.itemsize
        self._check(first, at + stop * kind.itemsize)
        return np.frombuffer(self._map, kind, stop - start, first)

    def cells(self, name: str) -> Cells:
        """A column to read number by number."""
        kind, at, count = self._columns[name]
        view = np.frombuffer(self._map, kind, count, at).data if count else memoryview(b"")
        return Cells(view, at, kind.itemsize, self._checked, self._check)

    def _check(self, first: int, end: int) -> None:
        """Check the blocks with these bytes, those that were not checked before."""
        one, last = (first - _START) // _BLOCK, (end - 1 - _START) // _BLOCK
        block = self._checked.find(0, one, last + 1)
        while block >= 0:
            start = _START + block * _BLOCK
            if zlib.crc32(self._map[start : min(start + _BLOCK, self._end)]) != self._sums[block]:
                raise self._damaged(f"a checksum is wrong at byte {start}")
            self._checked[block] = 1
            block = self._checked.find(0, block + 1, last + 1)

    def let_go(self) -> None:
        """Give back the memory that what was read of the file takes; the system keeps it, so that it is soon read again."""
        if hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def check(self) -> None:
        """Check the whole file.

        Raises:
            IndexDamaged: the file is not as it was written.
        """
        if self._end > _START:
            self._check(_START, self._end)


class Cells:
    """A column to read number by number: for looking things up, where a view for each number would cost too much."""

    __slots__ = ("_at", "_check", "_checked", "_view", "_width")

    def __init__(self, view: memoryview, at: int, width: int, checked: bytearray, check: Callable[[int, int], None]) -> None:
        self._view, self._at, self._width, self._checked, self._check = view, at, width, checked, check

    def __len__(self) -> int:
        return len(self._view)

    def __getitem__(self, i: int) -> int:
        at = self._at + i * self._width
        if not self._checked[(at - _START) // _BLOCK]:
            self._check(at, at + self._width)
        return self._view[i]

    def take(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers at some places."""
        if not len(places):
            return np.empty(0, np.int64)
        blocks = (self._at - _START + places * self._width) // _BLOCK
        unchecked = np.frombuffer(self._checked, np.uint8)[blocks] == 0
        for block in set(blocks[unchecked].tolist()) if unchecked.any() else ():
            self._check(_START + block * _BLOCK, _START + block * _BLOCK + 1)
        taken: NDArray[np.int64] = np.asarray(self._view)[places].astype(np.int64)
        return taken

    def bytes(self, start: int, stop: int) -> bytes:
        """So many bytes of a column of bytes."""
        first, last = (self._at + start - _START) // _BLOCK, (self._at + stop - 1 - _START) // _BLOCK
        if self._checked.find(0, first, last + 1) >= 0:
            self._check(self._at + start, self._at + stop)
        return self._view[start:stop].tobytes()


class _Growing:
    """A column being written: the last of it in memory, the rest in a file without a name, which cannot be left behind."""

    def __init__(self, kind: np.dtype[Any], folder: Path) -> None:
        self.kind, self.count = kind, 0
        self._folder = folder
        self._pending: list[Column] = []
        self._bytes = 0
        self._spool: IO[bytes] | None = None

    def append(self, values: Column) -> None:
        self.count += len(values)
        self._pending.append(values)
        self._bytes += values.nbytes
        if self._bytes > _PENDING:
            if self._spool is None:
                self._spool = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by ``chunks``
            for one in self._pending:
                self._spool.write(_bytes(one))
            self._pending, self._bytes = [], 0

    def chunks(self) -> Iterator[memoryview]:
        """All of the column; it is gone afterwards."""
        if self._spool is not None:
            self._spool.seek(0)
            while content := self._spool.read(_PENDING):
                yield memoryview(content)
            self._spool.close()
        for one in self._pending:
            yield _bytes(one)
        self._pending = []


def _bytes(values: Column) -> memoryview:
    return values.view(np.uint8).data


class ColumnWriter:
    """Writes a file of columns, however large, with a few megabytes of memory for each; it is whole after ``close``."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._columns: dict[str, _Growing] = {}

    def append(self, name: str, values: Column) -> None:
        """Add values to a column; the first ones tell its kind."""
        values = np.ascontiguousarray(values)
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = _Growing(values.dtype.newbyteorder("<"), self.file.parent)
        if len(values):
            column.append(values.astype(column.kind, copy=False))

    def close(self) -> None:
        """Write the file."""
        table: dict[str, tuple[str, int, int]] = {}
        with self.file.open("wb") as stream:
            stream.seek(_START)
            sums = _Sums()
            at = _START
            for name, column in self._columns.items():
                gap = -at % _START
                for chunk in chain((memoryview(bytes(gap)),), column.chunks()):
                    stream.write(chunk)
                    sums.add(chunk)
                at += gap
                table[name] = (column.kind.str, at, column.count)
                at += column.count * column.kind.itemsize
            content = json.dumps(table).encode("ascii") + b"\n" + sums.finished()
            stream.write(content)
            head = _HEAD.pack(_MAGIC, _VERSION, _BLOCK, at, len(content), zlib.crc32(content), 0)[:-4]
            stream.seek(0)
            stream.write(head + struct.pack("<I", zlib.crc32(head)))


class _Sums:
    """The checksums of blocks, of bytes as they come."""

    def __init__(self) -> None:
        self._sums: list[int] = []
        self._sum = self._in_block = 0

    def add(self, content: memoryview) -> None:
        while content:
            piece, content = content[: _BLOCK - self._in_block], content[_BLOCK - self._in_block :]
            self._sum = zlib.crc32(piece, self._sum)
            self._in_block += len(piece)
            if self._in_block == _BLOCK:
                self._close_block()

    def _close_block(self) -> None:
        self._sums.append(self._sum)
        self._sum = self._in_block = 0

    def finished(self) -> bytes:
        if self._in_block:
            self._close_block()
        return struct.pack(f"<{len(self._sums)}I", *self._sums)
