"""Builds a table while a file is read: rows and cells as they are met, then one text with the cells as spans into it.

Budget tables hold rows without a word, which only make distance in print. They are left out: a cell that reaches down over one
takes a row less, and where one that begins in it reaches further, the rows below get an empty cell in its place.

``CalsColumns`` tells which columns the entries of a CALS table take, as official XML has them: they name their columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from indexer.paper.model import Cell
from indexer.paper.tables import columns_of
from indexer.reading.pieces import FinishedLine, LinkSpan, ReadTable, TextLine

_SEPARATOR = " | "
_MAX_SPAN = 100
"""No table in print has a cell wider or higher than this; more is a slip or malice."""
_MAX_COLUMNS = 1_000
"""Nor has any so many columns."""


@dataclass(slots=True)
class _OpenCell:
    line: TextLine
    header: bool
    colspan: int
    rowspan: int
    column: int | None = None
    """Where the file says that it stands."""

    @property
    def empty(self) -> bool:
        """Whether there is neither a word nor a reference to a note."""
        return self.line.untouched or (self.line.blank and not self.line.finish().note_refs)


@dataclass(slots=True)
class TableBuilder:
    """Collects rows and cells; ``finish`` gives the table."""

    _rows: list[list[_OpenCell]] = field(default_factory=list)
    _row: list[_OpenCell] = field(default_factory=list)
    _foot: list[list[_OpenCell]] = field(default_factory=list)
    """The rows that stand below all others, wherever they are met."""
    _cell: _OpenCell | None = None

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return self._cell is not None

    def begin_row(self, *, foot: bool = False) -> None:
        """A row begins."""
        self._row = []
        (self._foot if foot else self._rows).append(self._row)

    def begin_cell(self, *, header: bool, colspan: int, rowspan: int, column: int | None = None) -> TextLine:
        """A cell begins; gives the line its text goes to. A missing row is supplied."""
        if not self._rows and not self._foot:
            self.begin_row()
        width, height = (min(max(span, 1), _MAX_SPAN) for span in (colspan, rowspan))
        self._cell = _OpenCell(TextLine(), header, width, height, column)
        self._row.append(self._cell)
        return self._cell.line

    def end_cell(self) -> None:
        """The open cell is complete."""
        self._cell = None

    def finish(self) -> ReadTable | None:
        """The table, or None when no cell has text."""
        texts: list[str] = []
        length = 0
        rows: list[tuple[Cell, ...]] = []
        refs: list[tuple[int, str]] = []
        links: list[LinkSpan] = []
        for row in _without_empty(_with_all([*self._rows, *self._foot])):
            cells: list[Cell] = []
            for cell in row:
                line = cell.line.finish()
                separator = _SEPARATOR if cells else "\n" if rows else ""
                texts += (separator, line.text)
                start = length + len(separator)
                length = start + len(line.text)
                shifted_refs, shifted_links = line.shifted(start)
                refs += shifted_refs
                links += shifted_links
                cells.append(Cell(start, length, cell.header, cell.colspan, cell.rowspan, cell.line.bold))
            rows.append(tuple(cells))
        if not any(cell.end > cell.start for row in rows for cell in row):
            return None
        return ReadTable(FinishedLine("".join(texts), tuple(refs), tuple(links)), tuple(rows))


def _with_all(rows: list[list[_OpenCell]]) -> list[list[_OpenCell]]:
    """The rows with the cells that the file passes over, which are empty: an entry may say in which column it stands."""
    if not any(cell.column for row in rows for cell in row):
        return rows
    room = _MAX_COLUMNS + 2 * sum(map(len, rows))
    """How many may be passed over; a table with more of them than this is none in print."""
    filled: list[list[_OpenCell]] = []
    free_from: dict[int, int] = {}
    """By column, the first row that no cell from above reaches."""
    for i, row in enumerate(rows):
        cells: list[_OpenCell] = []
        column = 0
        for cell in row:
            wanted = cell.column or 0
            while column < wanted or free_from.get(column, 0) > i:
                if free_from.get(column, 0) <= i:
                    cells.append(_OpenCell(TextLine(), cell.header, 1, 1))
                    room -= 1
                column += 1
            cells.append(cell)
            if cell.rowspan > 1:
                free_from.update(dict.fromkeys(range(column, column + cell.colspan), i + cell.rowspan))
            column += cell.colspan
            if column > _MAX_COLUMNS or room < 0:
                return rows
        filled.append(cells)
    return filled


def _without_empty(rows: list[list[_OpenCell]]) -> list[list[_OpenCell]]:
    """The rows that hold something, with cells that take as many of these as they did of all."""
    full = [any(not cell.empty for cell in row) for row in rows]
    if all(full):
        return rows
    before = [0]
    """How many rows that hold something come before each row."""
    for holds in full:
        before.append(before[-1] + holds)
    columns = columns_of([(cell.colspan, cell.rowspan) for cell in row] for row in rows)
    kept: list[list[_OpenCell]] = []
    reaching: list[tuple[int, int, int]] = []
    """First row no longer taken, column and width of the cells that began in rows that are left out."""
    for i, row in enumerate(rows):
        cells = list(zip(columns[i], row, strict=True))
        if not full[i]:
            reaching += [(i + cell.rowspan, column, cell.colspan) for column, cell in cells if cell.rowspan > 1]
            continue
        for cell in row:
            cell.rowspan = before[min(i + cell.rowspan, len(rows))] - before[i]
        reaching = [span for span in reaching if span[0] > i]
        cells += [(column, _OpenCell(TextLine(), False, width, 1)) for _, column, width in reaching if column < cells[-1][0]]
        kept.append([cell for _, cell in sorted(cells, key=lambda placed: placed[0])])
    return kept


_NUMBERED = re.compile(r"\D*(\d{1,3})")
"""The names of columns that a table does not declare: col1, c2."""


@dataclass(frozen=True, slots=True)
class _ColumnNames:
    order: dict[str, int]
    spans: dict[str, tuple[str, str]]
    """First and last column of each named span."""

    def number(self, name: str) -> int | None:
        """Which column this is, from 0 on; None when the table knows none of this name."""
        found = None if self.order else _NUMBERED.fullmatch(name)
        return int(found.group(1)) - 1 if found else self.order.get(name)


class CalsColumns:
    """Remembers the columns of each table, so that a table with many entries is looked through only once."""

    def __init__(self) -> None:
        self._groups: dict[etree._Element, _ColumnNames] = {}

    def taken(self, entry: etree._Element) -> tuple[int | None, int]:
        """The first column of an entry, None when it names none or an unknown one, and how many it takes."""
        alone, first, last = (entry.get(name) or "" for name in ("colname", "namest", "nameend"))
        name = entry.get("spanname") or ""
        group = next(entry.iterancestors("{*}tgroup"), None) if alone or first or name else None
        if group is None:
            return None, 1
        columns = self._groups.get(group) or self._read(group)
        first, last = columns.spans.get(name, (first, last))
        begin, end = columns.number(first), columns.number(last)
        if begin is None or end is None:
            return columns.number(alone or first), 1
        return begin, max(end - begin + 1, 1)

    def _read(self, group: etree._Element) -> _ColumnNames:
        declared = [spec.get("colname") or "" for spec in group.findall("{*}colspec")]
        order = {name: number for number, name in enumerate(declared) if name}
        spans = {s.get("spanname") or "": (s.get("namest") or "", s.get("nameend") or "") for s in group.findall("{*}spanspec")}
        self._groups[group] = _ColumnNames(order, spans)
        return self._groups[group]
