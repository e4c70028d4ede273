"""The text of a paper as its page lays it out: blocks of paragraphs, lists, tables and images, with links, marks and notes.

An ``Annotator`` goes through the paper once, in reading order, and counts as it goes; what it gives is laid over the texts by
``inline``. The tags around blocks are the template's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from urllib.parse import quote

from markupsafe import Markup

from indexer.paper.identifier import Identifier
from indexer.paper.model import Cell, Citation, Footnote, Image, Kamerstuk, NoteRef, Paragraph, ParagraphForm, Section, Where
from indexer.paper.tables import amount_columns, grid_of, is_amount, stands_for_none
from web import strings
from web.addresses import readable_at
from web.inline import Insert, Layers, Link, Mark, render
from web.ports import Highlighter

MARK = "vindplaats"
"""Anchors of marks: vindplaats-1, vindplaats-2, …"""


class PageAnchors:
    """Makes sure that every anchor of the page is given once; a second one of the same name is left out."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def once(self, anchor: str) -> str:
        """The anchor, or nothing when it is empty, cannot stand in an address or was given before."""
        if not anchor or anchor in self._taken or any(c.isspace() for c in anchor):
            return ""
        self._taken.add(anchor)
        return anchor


class Annotator:
    """The layers of one paper's texts."""

    def __init__(self, paper: Kamerstuk, known: Container[Identifier], highlighter: Highlighter | None) -> None:
        self._known = known
        self._fictional = paper.fictional
        self._official = paper.links.page
        self._highlighter = highlighter
        self._notes = {note.anchor: (i, note) for i, note in enumerate(paper.footnotes)}
        self._citations: dict[tuple[Where, int], list[Citation]] = defaultdict(list)
        for citation in paper.citations:
            self._citations[citation.where, citation.container].append(citation)
        for found in self._citations.values():
            found.sort(key=attrgetter("start"))
        self._references: dict[str, int] = defaultdict(int)
        self.marks = 0
        """How many marks were laid so far."""

    def plain(self, text: str, *, counted: bool = True) -> Layers:
        """Only marks."""
        return Layers(marks=self._marks(text, counted=counted))

    def body(self, text: str, section: int, offset: int, refs: Sequence[NoteRef], *, aside: bool = True) -> Layers:
        """A paragraph that begins at ``offset`` of its section's text; ``aside`` puts the notes' texts beside their numbers."""
        marks = self._marks(text)
        return Layers(self._links(Where.BODY, section, offset, len(text)), marks, self._inserts(refs, aside=aside))

    def heading(self, text: str, refs: Sequence[NoteRef]) -> Layers:
        """A heading: marks and the numbers of notes."""
        return Layers(marks=self._marks(text), inserts=self._inserts(refs, aside=False))

    def note(self, index: int, note: Footnote, *, copy: bool = False) -> Layers:
        """A note at the end of the paper; of a ``copy`` beside the text nothing is counted, and the tab key passes it."""
        links = self._links(Where.FOOTNOTE, index, 0, len(note.text), in_order=not copy)
        return Layers(links, self._marks(note.text, counted=not copy))

    def place_of(self, image: Image) -> str:
        """The address of an image on the official page; that page where it has no place to lead to, empty where there is none."""
        return f"{self._official}#{quote(image.official)}" if self._official and image.official else self._official

    def references(self, note: Footnote) -> int:
        """How many times a note was referred to so far."""
        return self._references[note.anchor]

    def _marks(self, text: str, *, counted: bool = True) -> list[Mark]:
        marks: list[Mark] = []
        for start, end in self._highlighter(text) if self._highlighter else ():
            if counted:
                self.marks += 1
            marks.append(Mark(start, end, f"{MARK}-{self.marks}" if counted else ""))
        return marks

    def _links(self, where: Where, container: int, offset: int, length: int, *, in_order: bool = True) -> list[Link]:
        links: list[Link] = []
        found = self._citations.get((where, container), [])
        first, after = (bisect_left(found, place, key=attrgetter("start")) for place in (offset, offset + length))
        for citation in found[first:after]:
            start = citation.start - offset
            end = start + len(citation.text)
            href = readable_at(citation.target, self._known, fictional=self._fictional)
            if href and end <= length and (not links or links[-1].end <= start):
                outside = citation.target not in self._known
                links.append(Link(start, end, href, outside, strings.EXTERNAL if outside else "", in_order))
        return links

    def _inserts(self, refs: Sequence[NoteRef], *, aside: bool) -> list[Insert]:
        here = sorted(refs, key=attrgetter("offset"))
        return [Insert(ref.offset, self._number(ref, aside=aside)) for ref in here if ref.note in self._notes]

    def _number(self, ref: NoteRef, *, aside: bool) -> Markup:
        """The number as a link to the note, and the note's text for reading in place (hidden from those who are read to)."""
        index, note = self._notes[ref.note]
        self._references[note.anchor] += 1
        number = note.number or "*"
        link = Markup('<a class="noteref" id="{}" href="#{}" aria-label="{} {}">{}</a>').format(
            reference_anchor(note, self._references[note.anchor]), quote(note.anchor), strings.NOTE, number, number
        )
        if not aside:
            return link
        text = render(note.text, self.note(index, note, copy=True))
        return Markup('<span class="note">{}<span class="aside" aria-hidden="true"><b>{}</b> {}</span></span>').format(
            link, number, text
        )


def reference_anchor(note: Footnote, count: int) -> str:
    """Where in the text the note is referred to for the first, second, … time."""
    return f"noot-{note.anchor}-{count}"


_MARKER = re.compile(r"(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)°º]{1,2}|[–—•*·○▪-])(?=\s)")
"""What an item of a list begins with: 1. a) 2°. – • (iv)"""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or the caption of an image."""

    anchor: str
    html: Markup
    form: str = "text"


@dataclass(frozen=True, slots=True)
class Picture:
    """Stands where the paper has an image: the text that stands for it, and the way to its place on the official page."""

    anchor: str
    alt: Markup
    official: str
    form: str = "image"


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
    style: str
    """Classes: ``num`` for amounts and what stands above them, ``over`` for a heading of several columns of amounts, ``bold``."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the rows of heading cells it begins with are its head."""

    anchor: str
    head: tuple[tuple[TableCell, ...], ...]
    rows: tuple[tuple[TableCell, ...], ...]
    caption: Text | None = None
    form: str = "table"


Block = Text | Picture | ItemList | Table


def blocks_of(
    section: Section, index: int, annotator: Annotator, anchors: PageAnchors, images: Mapping[tuple[int, int], Sequence[Image]]
) -> list[Block]:
    """The blocks of one section, in order; items that follow each other form one list, a caption belongs to its table.

    ``images`` are those of the paper by their place (``Kamerstuk.images_by_place``).
    """
    blocks: list[Block] = []
    branch: list[list[Item]] = []
    offset = 0
    for i, paragraph in enumerate(section.paragraphs):
        pictures = _pictures(images.get((index, i), ()), annotator, anchors)
        branch = [] if pictures else branch
        blocks += pictures
        is_table = paragraph.form is ParagraphForm.TABLE and bool(paragraph.rows)
        layers = annotator.body(paragraph.text, index, offset, paragraph.note_refs, aside=not is_table)
        anchor = anchors.once(paragraph.anchor)
        offset += len(paragraph.text) + 1
        if paragraph.form is ParagraphForm.ITEM:
            if not branch:
                branch.append([])
                blocks.append(ItemList(branch[0]))
            _hang(_item(paragraph, layers, anchor), paragraph.depth, branch)
            continue
        branch = []
        if not is_table:
            form = "caption" if paragraph.form is ParagraphForm.CAPTION else "text"
            blocks.append(Text(anchor, render(paragraph.text, layers), form))
            continue
        last = blocks[-1] if blocks else None
        caption = last if isinstance(last, Text) and last.form == "caption" else None
        if caption:
            blocks.pop()
        blocks.append(_table(paragraph, layers, anchor, caption))
    return blocks + _pictures(images.get((index, len(section.paragraphs)), ()), annotator, anchors)


def _pictures(images: Iterable[Image], annotator: Annotator, anchors: PageAnchors) -> list[Block]:
    return [
        Picture(anchors.once(one.anchor), render(one.alt, annotator.plain(one.alt)), annotator.place_of(one)) for one in images
    ]


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


def _table(paragraph: Paragraph, layers: Layers, anchor: str, caption: Text | None) -> Table:
    heads = 0
    while heads < len(paragraph.rows) and paragraph.rows[heads] and all(cell.header for cell in paragraph.rows[heads]):
        heads += 1
    amounts = amount_columns(paragraph.text, paragraph.rows)
    grid = zip(paragraph.rows, grid_of(paragraph.rows), strict=True)
    rows = [_row(paragraph.text, row, columns, layers, amounts, in_head=i < heads) for i, (row, columns) in enumerate(grid)]
    return Table(anchor, tuple(rows[:heads]), tuple(rows[heads:]), caption)


def _row(
    text: str, row: Sequence[Cell], columns: Sequence[int], layers: Layers, amounts: Container[int], *, in_head: bool
) -> tuple[TableCell, ...]:
    header = "col" if in_head else "row"
    return tuple(
        TableCell(
            render(text, layers, cell.start, cell.end),
            header if cell.header and text[cell.start : cell.end].strip() else "",
            cell.colspan,
            cell.rowspan,
            " ".join(filter(None, (_setting(text, cell, column, amounts), "bold" if cell.bold else ""))),
        )
        for cell, column in zip(row, columns, strict=True)
    )


def _setting(text: str, cell: Cell, column: int, amounts: Container[int]) -> str:
    """How a cell is set: amounts to the right, and the heading above them with them."""
    printed = text[cell.start : cell.end]
    if cell.colspan > 1:
        return "over" if cell.header and all(column + i in amounts for i in range(cell.colspan)) else ""
    return "num" if column in amounts and (cell.header or is_amount(printed) or stands_for_none(printed)) else ""


_LONGEST = 240
"""Characters of a quotation, at most."""

_BARE = 20
"""Characters beside those of the citation up to which a sentence of a note says nothing but what it cites."""

_BOUNDARY = re.compile(r"\n|(?<=[.?!:;])\s+(?=[A-Z\u00c0-\u00de‘“«\"'(–•])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:nrs?|blz|art|artt|p|pp|dhr|mw|mr|drs|dr|ir|ing|prof|bijv|vgl|cf|resp|jo|lid|st|sub|ca|evt|incl|excl|Kamerst)|\b[A-Z])\.$",
    re.IGNORECASE,
)
"""A full stop after these ends no sentence."""


def quoting(paper: Kamerstuk, where: Where, container: int, start: int) -> str:
    """The sentence that cites another paper; of a note that is but a reference, the sentence the note belongs to."""
    if where is Where.BODY:
        return sentence(paper.sections[container].text, start)
    note = paper.footnotes[container]
    cited = next((c.text for c in paper.citations if c.where is where and (c.container, c.start) == (container, start)), "")
    quote = sentence(note.text, start)
    if note.ref is not None and len(quote) - len(cited) <= _BARE:
        return sentence(paper.sections[note.ref.section].text, max(0, note.ref.offset - 1)) or quote
    return quote


def sentence(text: str, at: int) -> str:
    """The sentence that stands at an offset of the text, cut to a readable length between words.

    >>> sentence("Eerst dit. Zie 31 066, nr. 12 en verder. Dan dat.", 15)
    'Zie 31 066, nr. 12 en verder.'
    """
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at + 1)
    end = len(text) if end < 0 else end
    for found in _BOUNDARY.finditer(text, begin, end):
        if text[found.start()] != "\n" and _ABBREVIATED.search(text, max(0, found.start() - 8), found.start()):
            continue
        if found.end() <= at:
            begin = found.end()
        elif found.start() > at:
            end = found.start()
            break
    return _shortened(text[begin:end].strip(), at - begin)


def _shortened(text: str, at: int) -> str:
    if len(text) <= _LONGEST:
        return text
    start = max(0, min(at - _LONGEST // 3, len(text) - _LONGEST))
    cut = text[start : start + _LONGEST]
    if start:
        cut = "… " + cut.split(" ", 1)[-1]
    return cut if start + _LONGEST >= len(text) else cut.rsplit(" ", 1)[0] + " …"
