"""A table as lines of text no wider than the window: columns beside each other, amounts to the right, merged cells over theirs.

A table with too many columns for the window, or with cells that overlap, is told row by row instead, each cell with the heads
above it.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.text import Text

from indexer.paper.model import Cell
from indexer.paper.tables import amount_columns, grid_of, is_amount

_GAP = 2
"""Blanks between columns."""
_NARROW = 12
"""A column of words may become so narrow; then words are broken."""
_HEAD = "bold"
_TOTAL = "bold"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell in its place, with its text."""

    row: int
    column: int
    cell: Cell
    text: str

    @property
    def columns(self) -> range:
        """The columns it takes."""
        return range(self.column, self.column + self.cell.colspan)


def table_lines(text: str, rows: Sequence[Sequence[Cell]], printed: Sequence[Sequence[str]], width: int) -> list[Text]:
    """The lines of a table; ``printed`` are the texts of its cells, ``text`` is what their offsets count in."""
    placed = [
        _Placed(i, column, cell, shown)
        for i, (row, columns, texts) in enumerate(zip(rows, grid_of(rows), printed, strict=True))
        for cell, column, shown in zip(row, columns, texts, strict=True)
    ]
    heads = next((i for i, row in enumerate(rows) if not all(cell.header for cell in row)), len(rows))
    amounts = amount_columns(text, rows)
    count = max((one.columns.stop for one in placed), default=0)
    widths = _widths(placed, count, width)
    beside = _beside(placed, len(rows), heads, amounts, widths) if widths else None
    return list(_row_by_row(placed, heads, width)) if beside is None else beside


def _widths(placed: Sequence[_Placed], count: int, width: int) -> list[int] | None:
    """How wide each column is; None when the window is too narrow for all of them."""
    available = width - _GAP * (count - 1)
    if available < count:
        return None
    wanted, least = [1] * count, [1] * count
    for one in placed:
        if one.cell.colspan == 1:
            wanted[one.column] = max(wanted[one.column], cell_len(one.text))
            least[one.column] = max(least[one.column], _unbroken(one.text))
    for one in placed:
        if one.cell.colspan > 1:
            _widen(wanted, one.columns, cell_len(one.text))
            _widen(least, one.columns, _unbroken(one.text))
    if sum(least) > available:
        return None
    wanted = [max(pair) for pair in zip(wanted, least, strict=True)]
    # As much of every column as there is room for: all are cut at the same width.
    low, high = 0, max(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(_cut(wanted, least, middle)) <= available:
            low = middle
        else:
            high = middle - 1
    return _cut(wanted, least, low)


def _cut(wanted: Sequence[int], least: Sequence[int], at: int) -> list[int]:
    return [max(lower, min(upper, at)) for upper, lower in zip(wanted, least, strict=True)]


def _unbroken(text: str) -> int:
    """The width that a cell needs at least: an amount is never broken, a long word may be."""
    if is_amount(text):
        return cell_len(text)
    return min(max(map(cell_len, text.split()), default=0), _NARROW)


def _widen(widths: list[int], columns: range, wanted: int) -> None:
    """Make room for a merged cell, from its last column on."""
    lacking = wanted - sum(widths[column] for column in columns) - _GAP * (len(columns) - 1)
    if lacking > 0:
        share, rest = divmod(lacking, len(columns))
        for number, column in enumerate(reversed(columns)):
            widths[column] += share + (number < rest)


def _beside(
    placed: Sequence[_Placed], count: int, heads: int, amounts: frozenset[int], widths: Sequence[int]
) -> list[Text] | None:
    """Columns beside each other; a cell over several rows begins in the first of them. None when cells overlap."""
    starts = [sum(widths[:column]) + _GAP * column for column in range(len(widths))]
    wrapped: list[tuple[_Placed, int, list[str]]] = []
    heights = [0] * count
    for one in placed:
        room = sum(widths[column] for column in one.columns) + _GAP * (one.cell.colspan - 1)
        lines = _wrapped(one.text, room)
        wrapped.append((one, room, lines))
        if one.cell.rowspan == 1:
            heights[one.row] = max(heights[one.row], len(lines))
    for one, _, lines in wrapped:
        last = min(one.row + one.cell.rowspan, count) - 1
        heights[last] += max(len(lines) - sum(heights[one.row : last + 1]), 0)
    tops = [0]
    for height in heights:
        tops.append(tops[-1] + height)
    painted: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for one, room, lines in wrapped:
        style = _HEAD if one.cell.header else _TOTAL if one.cell.bold else ""
        for number, line in enumerate(lines):
            indent = _indent(one, line, room, amounts)
            painted[tops[one.row] + number].append((starts[one.column] + indent, line, style))
    if any(_overlap(pieces) for pieces in painted.values()):
        return None
    result = [_line(painted[number]) for number in range(tops[-1])]
    if 0 < heads < count:
        result.insert(tops[heads], Text("─" * (starts[-1] + widths[-1]), style="dim"))
    return result


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) if text else []


def _indent(one: _Placed, line: str, room: int, amounts: frozenset[int]) -> int:
    """Blanks before a line of a cell: amounts and their heads stand to the right, a head over several such in the middle."""
    if not all(column in amounts for column in one.columns):
        return 0
    rest = max(room - cell_len(line), 0)
    return rest if one.cell.colspan == 1 else rest // 2 if one.cell.header else 0


def _overlap(pieces: list[tuple[int, str, str]]) -> bool:
    pieces.sort()
    return any(start + cell_len(piece) >= following for (start, piece, _), (following, _, _) in pairwise(pieces))


def _line(pieces: list[tuple[int, str, str]]) -> Text:
    line = Text(no_wrap=True)
    for start, piece, style in pieces:
        line.append(" " * (start - line.cell_len))
        line.append(piece, style=style)
    return line


def _row_by_row(placed: Sequence[_Placed], heads: int, width: int) -> Iterator[Text]:
    above: dict[int, list[str]] = defaultdict(list)
    for one in placed:
        if one.row < heads and one.text:
            for column in one.columns:
                above[column].append(one.text)
    row = -1
    for one in placed:
        if one.row < heads or not one.text:
            continue
        begins, row = one.row != row, one.row
        head = ", ".join(dict.fromkeys(above[one.column]))
        told = f"{head}: {one.text}" if head else one.text
        style = _TOTAL if one.cell.bold or one.cell.header else ""
        for line in textwrap.wrap(told, max(width, 3), initial_indent="" if begins else "  ", subsequent_indent="  "):
            yield Text(line, style=style)
