"""Files of named columns. A segment is such a file, and so is the note of the papers that were deleted from it.

A column is an array of numbers of one type. The file is mapped into memory, so a slice of a column is a view and not a copy, and
processes share the pages that the system has read. All numbers are little-endian. The file consists of:

    0    the head: magic ``KSTUKCOL``, version, bytes in a block, offset of the table, length of the table in bytes, CRC-32 of
         the table, CRC-32 of the head up to here
    64   the columns; each begins at a multiple of 64
    …    the table: a line of JSON with the type, offset and number of values of each column, followed by the CRC-32 of each
         block of the file from byte 64 up to the table

The head is written last, so a file without a head was never finished. Head and table are checked when the file is opened. A block
is checked when something in it is read for the first time. So opening takes as long for ten gigabytes as for ten kilobytes, and
damaged data is still noticed before it is used. Nothing that is read from a file is executed or unpickled.

This module does not know what the columns mean; ``segment`` does.
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
"""The most bytes of a column that are kept in memory while it is being written."""

Column = NDArray[Any]
"""Numbers of the type that a file has them in.

Where an operation mixes types or shapes, or an index is not of int64, numpy works through pieces of its own, and it ends the
process without a word when there is no memory for these. So columns are first made what they are computed with as a whole
(``astype``, ``repeat``), and indexed with ``take``. Some operations tell of it as they should, and may be given any type: sums,
``where``, ``searchsorted``, ``bincount``, ``ufunc.at``, and values that are assigned to a slice.
"""


class ColumnFile:
    """A file of columns, open for reading. Threads may share it.

    The file stays mapped into memory until nothing refers to it or to one of its columns.
    """

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
        """The number of values in a column."""
        return self._columns[name][2]

    def kind(self, name: str) -> np.dtype[Any]:
        """The type of the numbers in a column."""
        return self._columns[name][0]

    def read(self, name: str, start: int = 0, stop: int | None = None) -> Column:
        """The values of a column from ``start`` to ``stop``, as a view of the file.

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
        """A column to read one number at a time."""
        kind, at, count = self._columns[name]
        view = np.frombuffer(self._map, kind, count, at).data if count else memoryview(b"")
        return Cells(view, at, kind.itemsize, self._checked, self._check)

    def _check(self, first: int, end: int) -> None:
        """Check the blocks that hold these bytes, except blocks that were checked before."""
        one, last = (first - _START) // _BLOCK, (end - 1 - _START) // _BLOCK
        block = self._checked.find(0, one, last + 1)
        while block >= 0:
            start = _START + block * _BLOCK
            if zlib.crc32(self._map[start : min(start + _BLOCK, self._end)]) != self._sums[block]:
                raise self._damaged(f"a checksum is wrong at byte {start}")
            self._checked[block] = 1
            block = self._checked.find(0, block + 1, last + 1)

    def let_go(self) -> None:
        """Release the memory of this process that holds what was read of the file.

        The system still caches the file, so it can be read again quickly.
        """
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
    """A column that is read one number at a time.

    It serves look-ups, for which making a view for each number would cost too much.
    """

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
        """The numbers at these indices."""
        if not len(places):
            return np.empty(0, np.int64)
        blocks = (self._at - _START + places * self._width) // _BLOCK
        unchecked = np.frombuffer(self._checked, np.uint8)[blocks] == 0
        for block in set(blocks[unchecked].tolist()) if unchecked.any() else ():
            self._check(_START + block * _BLOCK, _START + block * _BLOCK + 1)
        taken: NDArray[np.int64] = np.asarray(self._view)[places].astype(np.int64)
        return taken

    def bytes(self, start: int, stop: int) -> bytes:
        """The bytes from ``start`` to ``stop`` of a column of bytes."""
        first, last = (self._at + start - _START) // _BLOCK, (self._at + stop - 1 - _START) // _BLOCK
        if self._checked.find(0, first, last + 1) >= 0:
            self._check(self._at + start, self._at + stop)
        return self._view[start:stop].tobytes()


class _Growing:
    """A column that is being written.

    Its last values are in memory. Those before are in a temporary file without a name, which disappears even when the process is
    killed.
    """

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
        """The whole column, piece by piece. It can be read only once."""
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
    """Writes a file of columns, however large, with a few megabytes of memory for each column.

    The file is complete after ``close``.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._columns: dict[str, _Growing] = {}

    def append(self, name: str, values: Column) -> None:
        """Add values to a column. The first values determine its type."""
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
    """Computes the checksums of the blocks while their bytes come in."""

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
