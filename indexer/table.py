"""A table being read: cells in rows, and the text they make together (rows on lines, cells between bars).

Structure is kept as spans into that text, so that a table can be searched and quoted like any paragraph and still be shown as a
table. Nothing here knows of HTML or CALS.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.line import FinishedLine, Line, LinkSpan
from indexer.model import Cell

_SEPARATOR = " | "
_MAX_SPAN = 100
"""No table in print has a cell wider or higher than this; more is a slip or malice."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The table's text as one line with its marks, and its cells as spans into it."""

    line: FinishedLine
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(slots=True)
class _OpenCell:
    line: Line
    header: bool
    colspan: int
    rowspan: int


@dataclass(slots=True)
class TableBuilder:
    """Collects rows and cells; ``finish`` gives the table."""

    _rows: list[list[_OpenCell]] = field(default_factory=list)
    _cell: _OpenCell | None = None

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return self._cell is not None

    def begin_row(self) -> None:
        """A row begins."""
        self._rows.append([])

    def begin_cell(self, *, header: bool, colspan: int, rowspan: int) -> Line:
        """A cell begins; gives the line its text goes to. A missing row is supplied."""
        if not self._rows:
            self.begin_row()
        self._cell = _OpenCell(Line(), header, min(max(colspan, 1), _MAX_SPAN), min(max(rowspan, 1), _MAX_SPAN))
        self._rows[-1].append(self._cell)
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
        for row in self._rows:
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
                cells.append(Cell(start, length, cell.header, cell.colspan, cell.rowspan))
            if cells:
                rows.append(tuple(cells))
        if not any(cell.end > cell.start for row in rows for cell in row):
            return None
        return ReadTable(FinishedLine("".join(texts), tuple(refs), tuple(links)), tuple(rows))
