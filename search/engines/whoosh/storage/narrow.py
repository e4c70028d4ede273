"""Columns of numbers that are nearly all small, stored in one or two bytes each. The few larger numbers are stored in columns
beside them.

``Narrow`` columns are read in long stretches (papers, positions). ``Bytes`` columns are too, and hold no larger numbers at all.
``Small`` columns are also read one number at a time (in how many papers a term is). ``Runs`` columns hold the lengths of pieces
that lie one after another, and tell from these where each piece begins.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.storage.columnfile import Column, ColumnFile, ColumnWriter

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

_FULL = 255
"""In a ``Small`` column this value means that the number is 255 or more and is stored elsewhere."""
_BLOCK = 16
"""The file tells where every 16th run begins; from there the lengths of the runs between are added up."""
_MANY = 8
"""From this many numbers on, reading all of them at once is faster than reading them one by one."""


def pieces(starts: Numbers, lengths: Numbers) -> Numbers:
    """The indices of the values in pieces of an array: ``lengths[0]`` indices from ``starts[0]`` on, and so on for each piece."""
    return np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))


class Narrow:
    """A column of numbers that nearly all fit in one or two bytes.

    ``<name>`` holds the low bits of every number. For each number that does not fit, ``<name>.wide`` holds its index and
    ``<name>.high`` its higher bits.
    """

    def __init__(self, file: ColumnFile, name: str) -> None:
        self._file, self._name = file, name
        self._bits = 8 * file.kind(name).itemsize

    @cached_property
    def _wide(self) -> Column:
        return self._file.read(f"{self._name}.wide")

    def read(self, start: int, stop: int) -> Numbers:
        """The numbers from ``start`` to ``stop``."""
        values = self._file.read(self._name, start, stop).astype(np.int64)
        if len(self._wide):
            first, last = np.searchsorted(self._wide, np.array((start, stop), np.uint64)).tolist()
            if first < last:
                high = self._file.read(f"{self._name}.high", first, last).astype(np.int64)
                values[self._wide[first:last].astype(np.int64) - start] += high << self._bits
        return values

    def as_is(self, start: int, stop: int) -> Column:
        """The numbers from ``start`` to ``stop``, in the type of the file when none of them is large."""
        first, last = np.searchsorted(self._wide, np.array((start, stop), np.uint64)).tolist()
        return self._file.read(self._name, start, stop) if first == last else self.read(start, stop)

    def totals(self, start: int, stop: int) -> Numbers:
        """The running totals of the numbers from ``start`` to ``stop``."""
        totals: Numbers = np.cumsum(self._file.read(self._name, start, stop), dtype=np.int64)
        first, last = np.searchsorted(self._wide, np.array((start, stop), np.uint64)).tolist()
        if first < last:
            added = np.zeros(len(totals), np.int64)
            high = self._file.read(f"{self._name}.high", first, last).astype(np.int64)
            added[self._wide[first:last].astype(np.int64) - start] = high << self._bits
            totals += np.cumsum(added)
        return totals

    def read_at(self, places: Numbers) -> Numbers:
        """The numbers at these indices."""
        if not len(places):
            return np.empty(0, np.int64)
        first, end = int(places.min()), int(places.max()) + 1
        places = places - first
        values = self._file.read(self._name, first, end)[places].astype(np.int64)
        one, last = np.searchsorted(self._wide, np.array((first, end), np.uint64)).tolist()
        if one < last:
            wide = self._wide[one:last].astype(np.int64) - first
            is_wide = np.zeros(end - first, np.bool_)
            is_wide[wide] = True
            at = np.flatnonzero(is_wide[places])
            high = self._file.read(f"{self._name}.high", one, last)[np.searchsorted(wide, places[at])]
            values[at] += high.astype(np.int64) << self._bits
        return values

    @staticmethod
    def write(writer: ColumnWriter, name: str, kind: type[np.unsignedinteger], values: Column, before: int) -> None:
        """Append numbers to a column that already holds ``before`` numbers."""
        bits = 8 * np.dtype(kind).itemsize
        high = values >> bits
        wide = np.flatnonzero(high)
        writer.append(name, values.astype(kind))
        writer.append(f"{name}.wide", (wide + before).astype(np.uint64))
        writer.append(f"{name}.high", high[wide].astype(np.uint32))


class Bytes:
    """A column of numbers that all fit in one byte. They are read in long stretches and stay bytes."""

    def __init__(self, file: ColumnFile, name: str) -> None:
        self._file, self._name = file, name

    def read(self, start: int, stop: int) -> Column:
        """The numbers from ``start`` to ``stop``."""
        return self._file.read(self._name, start, stop)

    def read_at(self, places: Numbers) -> Column:
        """The numbers at these indices."""
        if not len(places):
            return np.empty(0, np.uint8)
        first = int(places.min())
        some: Column = self.read(first, int(places.max()) + 1)[places - first]
        return some


class Small:
    """A column of numbers that nearly all fit in one byte.

    The value 255 stands for a number of 255 or more. ``<name>.wide`` holds the indices of these numbers, and ``<name>.full`` the
    numbers themselves.
    """

    def __init__(self, file: ColumnFile, name: str) -> None:
        self._file, self._name = file, name
        self._cells = file.cells(name)

    def __len__(self) -> int:
        return len(self._cells)

    @cached_property
    def _wide(self) -> Column:
        return self._file.read(f"{self._name}.wide")

    @cached_property
    def _full(self) -> Column:
        return self._file.read(f"{self._name}.full")

    def __getitem__(self, i: int) -> int:
        value = self._cells[i]
        return value if value < _FULL else int(self._full[bisect_left(self._wide.data, i)])

    def read(self, start: int, stop: int) -> Numbers:
        """The numbers from ``start`` to ``stop``."""
        values = self._file.read(self._name, start, stop).astype(np.int64)
        full = np.flatnonzero(values == _FULL)
        if len(full):
            values[full] = self._full[np.searchsorted(self._wide, full + start)].astype(np.int64)
        return values

    def read_at(self, places: Numbers) -> Numbers:
        """The numbers at these indices."""
        if len(places) < _MANY:
            return np.array([self[i] for i in places.tolist()], np.int64)
        values = self._cells.take(places)
        full = np.flatnonzero(values == _FULL)
        if len(full):
            values[full] = self._full[np.searchsorted(self._wide, places[full])].astype(np.int64)
        return values


class Runs(Small):
    """The lengths of runs that lie one after another in another column. ``<name>.at`` tells where every 16th run begins."""

    def __init__(self, file: ColumnFile, name: str) -> None:
        super().__init__(file, name)
        self._at = file.cells(f"{name}.at")

    def begin(self, i: int) -> int:
        """Where run ``i`` begins. The number of runs is allowed too: there the last run ends."""
        block = i - i % _BLOCK
        before = self._cells.bytes(block, i)
        total = self._at[i // _BLOCK] + sum(before)
        if _FULL in before:
            total += sum(self[block + j] - _FULL for j, value in enumerate(before) if value == _FULL)
        return total

    def begins(self, start: int, stop: int) -> Numbers:
        """Where the runs from ``start`` to ``stop`` begin, followed by where the last of them ends."""
        return self.begin(start) + np.concatenate(([0], np.cumsum(self.read(start, stop))))

    def begins_at(self, places: Numbers) -> Numbers:
        """Where the runs at these indices begin."""
        if len(places) < _MANY:
            return np.array([self.begin(i) for i in places.tolist()], np.int64)
        first, last = int(places.min()), int(places.max()) + 1
        if last - first < len(places) * _BLOCK // 2:  # reads about as many numbers, but in one piece
            return self.begins(first, last)[places - first]
        before = places % _BLOCK
        # The lengths of the runs before each one in its block, joined into one array; differences of its running total are their
        # sums.
        totals = np.concatenate(([0], np.cumsum(self.read_at(pieces(places - before, before)))))
        ends = np.cumsum(before)
        begins: Numbers = self._at.take(places // _BLOCK) + totals[ends] - totals[ends - before]
        return begins


class SmallWriter:
    """Writes a ``Small`` column."""

    def __init__(self, writer: ColumnWriter, name: str) -> None:
        self._writer, self._name = writer, name
        self.count = 0
        self.append(np.empty(0, np.int64))

    def append(self, values: Numbers) -> None:
        """Append the next numbers."""
        full = np.flatnonzero(values >= _FULL)
        self._writer.append(self._name, np.minimum(values, _FULL).astype(np.uint8))
        self._writer.append(f"{self._name}.wide", (full + self.count).astype(np.uint32))
        self._writer.append(f"{self._name}.full", values[full].astype(np.uint64))
        self.count += len(values)


class RunsWriter(SmallWriter):
    """Writes a ``Runs`` column."""

    def __init__(self, writer: ColumnWriter, name: str) -> None:
        self.total = 0
        writer.append(f"{name}.at", np.zeros(1, np.uint64))
        super().__init__(writer, name)

    def append(self, values: Numbers) -> None:
        """Append the next lengths."""
        ends = self.total + np.cumsum(values)
        self._writer.append(f"{self._name}.at", ends[-(self.count + 1) % _BLOCK :: _BLOCK].astype(np.uint64))
        self.total = int(ends[-1]) if len(ends) else self.total
        super().append(values)
