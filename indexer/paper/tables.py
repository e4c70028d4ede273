"""A table as columns: where each cell stands in the grid, and which columns hold amounts, to be set to the right.

A table of a paper is rows of cells, some of which are merged; a cell does not say which column it stands in, since that follows
from what stands before and above it. Pages and the terminal both ask here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.paper.model import Cell

_SIGN = r"[-+\u00ad\u2010-\u2015\u2212\u00b1]"
"""A hyphen, a plus, the dashes from the hyphen to the horizontal bar (the figure dash among them), the minus sign."""
_SPACE = r"[ \u00a0\u2007-\u200a\u202f]"
_NUMBER = rf"\d{{1,3}}(?:[.,'’]\d{{3}}|{_SPACE}\d{{3}})*(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_AMOUNT = re.compile(
    rf"[(\[]?{_SPACE}?(?:{_SIGN}{_SPACE}{{0,2}})?(?:(?:€|\$|£|EUR|f){_SPACE}{{0,2}})?(?:{_SIGN}{_SPACE}{{0,2}})?(?:{_NUMBER})"
    rf"(?:,{_SIGN}{{1,2}})?{_SPACE}{{0,2}}(?:%|‰|€|pp|mln\.?|mld\.?|miljoen|miljard)?{_SPACE}?[)\]]?[*¹²³]{{0,3}}",
    re.IGNORECASE,
)
"""1.200, € 44,9, – 3%, ‒ 9,3, (1 200), € 50,-, 1,2 mln."""
_NOTHING = re.compile(rf"{_SIGN}{{1,3}}|\.{{1,3}}|pm|p\.m\.|nb|n\.b\.|nvt|n\.v\.t\.|n/a|x|nihil|onbekend", re.IGNORECASE)
"""What is printed where there is no amount."""
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_LONGEST = 40
"""Characters of an amount, at most."""
_NEARLY_ALL = 0.8


def columns_of(rows: Iterable[Sequence[tuple[int, int]]]) -> list[list[int]]:
    """The first column of every cell, by row, of cells given as columns and rows that each takes.

    A cell takes the first columns that no cell from above reaches down into, as in HTML.
    """
    result: list[list[int]] = []
    reaching: list[tuple[int, int, int]] = []
    """First column, column after the last, and first row free again, in the order of columns."""
    for i, row in enumerate(rows):
        reaching = [span for span in reaching if span[2] > i]
        columns: list[int] = []
        placed: list[tuple[int, int, int]] = []
        column, above = 0, 0
        for width, height in row:
            while above < len(reaching) and reaching[above][0] <= column:
                column = max(column, reaching[above][1])
                above += 1
            columns.append(column)
            if height > 1:
                placed.append((column, column + width, i + height))
            column += width
        result.append(columns)
        if placed:
            reaching = sorted(reaching + placed)
    return result


def grid_of(rows: Sequence[Sequence[Cell]]) -> list[list[int]]:
    """The first column of every cell of a table, by row."""
    return columns_of([(cell.colspan, cell.rowspan) for cell in row] for row in rows)


def is_amount(text: str) -> bool:
    """Whether a cell holds an amount, with its sign, currency and unit, and nothing else.

    >>> is_amount("‒ 9,3"), is_amount("14.475"), is_amount("3 jaar")
    (True, True, False)
    """
    printed = text.strip()
    return len(printed) <= _LONGEST and bool(_AMOUNT.fullmatch(printed))


def stands_for_none(text: str) -> bool:
    """Whether a cell holds what is printed where there is no amount: a dash, "p.m.", "n.v.t."."""
    printed = text.strip()
    return len(printed) <= _LONGEST and bool(_NOTHING.fullmatch(printed))


def amount_columns(text: str, rows: Sequence[Sequence[Cell]]) -> frozenset[int]:
    """The columns of amounts: what nearly all their cells below the head are, but not of years only.

    Not the first column, which names the rows. Merged cells (a heading between the rows) tell nothing of a column; they may
    stand anywhere.
    """
    found: dict[int, list[str]] = defaultdict(list)
    for row, columns in zip(rows, grid_of(rows), strict=True):
        if all(cell.header for cell in row):
            continue
        for cell, column in zip(row, columns, strict=True):
            if column and cell.colspan == 1 and (printed := text[cell.start : cell.end].strip()):
                found[column].append(printed)
    return frozenset(column for column, texts in found.items() if _holds_amounts(texts))


def _holds_amounts(texts: Sequence[str]) -> bool:
    amounts = [text for text in texts if is_amount(text)]
    empty = sum(map(stands_for_none, texts))
    return len(amounts) + empty >= _NEARLY_ALL * len(texts) and not all(_YEAR.fullmatch(text) for text in amounts)
