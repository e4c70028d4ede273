"""The paragraphs of a section as blocks to lay out: paragraphs, nested lists, tables.

Decides the structure; the tags around blocks are the template's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from indexer.model import Cell, Form, Paragraph, Section
from web.annotate import Anchors, Annotator
from web.inline import Layers, render

_MARKER = re.compile(r"(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)°º]{1,2}|[–—•*·○▪-])(?=\s)")
"""What an item of a list begins with: 1. a) 2°. – • (iv)"""

_AMOUNT = re.compile(r"[€$]?\s*[-–+]?\s*\d[\d\s.,]*\s*[%€]?|[-–]")
"""1.200, € 44,9, –3%, and the dash that stands for nothing."""

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    anchor: str
    html: Markup
    form: str = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its marker, its text and the lists within it."""

    anchor: str
    marker: Markup
    html: Markup
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; ``items`` hold the deeper lists."""

    items: list[Item]
    form: str = "list"


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell; ``scope`` is that of a heading cell, empty for others and for headings that say nothing."""

    html: Markup
    scope: str
    colspan: int
    rowspan: int
    amount: bool
    """Whether its column holds amounts."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the rows of heading cells it begins with are its head."""

    anchor: str
    head: tuple[tuple[TableCell, ...], ...]
    rows: tuple[tuple[TableCell, ...], ...]
    form: str = "table"


Block = Text | ItemList | Table


def blocks_of(section: Section, index: int, annotator: Annotator, anchors: Anchors) -> list[Block]:
    """The blocks of one section, in order; items that follow each other form one list."""
    blocks: list[Block] = []
    branch: list[list[Item]] = []
    offset = 0
    for paragraph in section.paragraphs:
        is_table = paragraph.form is Form.TABLE and bool(paragraph.rows)
        layers = annotator.body(paragraph.text, index, offset, paragraph.note_refs, aside=not is_table)
        anchor = anchors.once(paragraph.anchor)
        offset += len(paragraph.text) + 1
        if paragraph.form is Form.ITEM:
            if not branch:
                branch.append([])
                blocks.append(ItemList(branch[0]))
            _hang(_item(paragraph, layers, anchor), paragraph.depth, branch)
            continue
        branch = []
        blocks.append(_table(paragraph, layers, anchor) if is_table else Text(anchor, render(paragraph.text, layers)))
    return blocks


def _item(paragraph: Paragraph, layers: Layers, anchor: str) -> Item:
    found = _MARKER.match(paragraph.text)
    if not found:
        return Item(anchor, Markup(""), render(paragraph.text, layers))
    marker = render(paragraph.text, layers, 0, found.end(), closed=False)
    return Item(anchor, marker, render(paragraph.text, layers, found.end()))


def _hang(item: Item, depth: int, branch: list[list[Item]]) -> None:
    """Put the item in the list of its depth; ``branch`` holds the open lists from the outer one in. No depth is skipped."""
    depth = max(1, min(depth, len(branch) + 1))
    del branch[depth:]
    if depth > len(branch):
        parent = branch[-1]
        if not parent:
            parent.append(item)
            return
        branch.append(parent[-1].items)
    branch[-1].append(item)


def _table(paragraph: Paragraph, layers: Layers, anchor: str) -> Table:
    heads = 0
    while heads < len(paragraph.rows) and paragraph.rows[heads] and all(cell.header for cell in paragraph.rows[heads]):
        heads += 1
    amounts = _amounts(paragraph.text, paragraph.rows, heads)
    rows = [_row(paragraph.text, row, layers, amounts, in_head=i < heads) for i, row in enumerate(paragraph.rows)]
    return Table(anchor, tuple(rows[:heads]), tuple(rows[heads:]))


def _row(text: str, row: Sequence[Cell], layers: Layers, amounts: set[int], *, in_head: bool) -> tuple[TableCell, ...]:
    header = "col" if in_head else "row"
    return tuple(
        TableCell(
            render(text, layers, cell.start, cell.end),
            header if cell.header and text[cell.start : cell.end].strip() else "",
            cell.colspan,
            cell.rowspan,
            column in amounts,
        )
        for column, cell in enumerate(row)
    )


def _amounts(text: str, rows: Sequence[Sequence[Cell]], heads: int) -> set[int]:
    """The columns to set to the right: those of nothing but amounts.

    Not the first, which names the rows, and none in a table with merged cells, where columns cannot be told.
    """
    body = rows[heads:]
    if any(cell.colspan > 1 or cell.rowspan > 1 for row in rows for cell in row) or not body:
        return set()
    columns: dict[int, list[str]] = defaultdict(list)
    for row in body:
        for column, cell in enumerate(row):
            columns[column].append(text[cell.start : cell.end].strip())
    return {
        column
        for column, texts in columns.items()
        if column and any(texts) and all(not t or (_AMOUNT.fullmatch(t) and not _YEAR.fullmatch(t)) for t in texts)
    }
