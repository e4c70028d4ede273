"""What the readers hand over: a paper in pieces, as printed and in the order of the page.

``TextLine`` collects text while a file is read; the frozen values are what comes of it. White space of the source
is collapsed to single spaces (a line break in the file means nothing). U+00A0 is kept, since it is part of how numbers are
printed, but takes no other space before it. Nothing is ever inserted between two runs of text, so "CO" + "2" stays one word. A
table is a text (rows on lines, cells between bars) with its cells as spans, so that it can be searched and quoted
like any paragraph and still be shown as a table. Nothing here knows of HTML or XML.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from enum import Enum

from indexer.paper.identifier import Identifier
from indexer.paper.model import Cell, ParagraphForm, Part

_SPACES = " \t\r\n\f\v"
_BLANK = re.compile(f"[{_SPACES}]+")
_UNEVEN = re.compile(f"[{_SPACES[1:]}]|  ")
"""Most text has none of this, and is then taken as it is."""


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """A hyperlink: text[start:end] leads to the publication ``target``."""

    start: int
    end: int
    target: Identifier


@dataclass(frozen=True, slots=True)
class FinishedLine:
    """The text without surrounding space, and its marks by offset."""

    text: str
    note_refs: tuple[tuple[int, str], ...] = ()
    links: tuple[LinkSpan, ...] = ()

    def shifted(self, by: int) -> tuple[tuple[tuple[int, str], ...], tuple[LinkSpan, ...]]:
        """The marks as they stand when ``by`` characters come before this line."""
        if not self.note_refs and not self.links:
            return (), ()
        refs = tuple((offset + by, note) for offset, note in self.note_refs)
        return refs, tuple(LinkSpan(link.start + by, link.end + by, link.target) for link in self.links)


@dataclass(slots=True)
class TextLine:
    """Collects pieces; ``finish`` gives the text."""

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _space: bool = False
    _inked: bool = False
    _plain: bool = False
    """Whether something stands outside bold print."""
    _bold: int = 0
    """How many elements in bold print are open."""
    _refs: list[tuple[int, str]] = field(default_factory=list)
    _links: list[LinkSpan] = field(default_factory=list)
    _open_links: list[tuple[int, Identifier]] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        """Append a piece of the source, white space and all."""
        if not text:
            return
        if not text.strip(_SPACES):
            self._space = True
            return
        if _UNEVEN.search(text):
            text = _BLANK.sub(" ", text)
        text = text.replace(" \u00a0", "\u00a0")
        if text[0] == " ":
            self._space = True
            text = text[1:]
        trailing = text[-1] == " "
        if trailing:
            text = text[:-1]
        if self._space and self._length and text[0] != "\u00a0":
            text = " " + text
        self._pieces.append(text)
        self._length += len(text)
        self._space = trailing
        inked = not text.isspace()
        self._inked = self._inked or inked
        self._plain = self._plain or (inked and not self._bold)

    def add_line(self, line: FinishedLine) -> None:
        """Append another line as further words, with its marks."""
        self.space()
        start = self._length + bool(self._length)
        self.add(line.text)
        refs, links = line.shifted(start if line.text else self._length)
        self._refs += refs
        self._links += links

    def space(self) -> None:
        """What follows is another word."""
        self._space = True

    def note(self, note: str) -> None:
        """A footnote is referred to here."""
        # Before the first word it stands at the begin, whatever blanks there are.
        self._refs.append((self._length if self._inked else 0, note))

    def open_link(self, target: Identifier) -> None:
        """What follows leads to a publication, up to ``close_link``."""
        self._open_links.append((self._length, target))

    def close_link(self) -> None:
        """End of the innermost open link."""
        start, target = self._open_links.pop()
        if self._length > start:
            self._links.append(LinkSpan(start, self._length, target))

    def open_bold(self) -> None:
        """What follows is in bold print, up to ``close_bold``."""
        self._bold += 1

    def close_bold(self) -> None:
        """End of the innermost bold print."""
        self._bold -= 1

    @property
    def bold(self) -> bool:
        """Whether there is something to read, and all of it is in bold print."""
        return self._inked and not self._plain

    @property
    def length(self) -> int:
        """How many characters there are so far."""
        return self._length

    def since(self, start: int) -> str:
        """What was added after the first ``start`` characters."""
        before, pieces = self._length, deque[str]()
        for piece in reversed(self._pieces):
            if before <= start:
                break
            before -= len(piece)
            pieces.appendleft(piece)
        return "".join(pieces)[max(start - before, 0) :].strip()

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read yet."""
        return not self._inked

    @property
    def untouched(self) -> bool:
        """Whether nothing was met yet, not even a mark or a space that is kept."""
        return not (self._length or self._refs or self._open_links)

    def successor(self) -> TextLine:
        """The line that follows this one: empty, but for the note references of a line without words, which go with it."""
        following = TextLine()
        if self.blank:
            following._refs = self._refs
        return following

    def finish(self) -> FinishedLine:
        """The text built so far, without surrounding space."""
        raw = "".join(self._pieces)
        text = raw.strip()
        if not self._refs and not self._links:
            return FinishedLine(text)
        cut = _leading(raw)

        def clip(offset: int) -> int:
            return min(max(offset - cut, 0), len(text))

        refs = tuple((clip(offset), note) for offset, note in self._refs)
        spans = [LinkSpan(clip(a.start + _leading(raw[a.start : a.end])), clip(a.end), a.target) for a in self._links]
        return FinishedLine(text, refs, tuple(span for span in spans if span.start < span.end))


def _leading(text: str) -> int:
    """How many blanks a span begins with."""
    return len(text) - len(text.lstrip())


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The table's text as one line with its marks, and its cells as spans into it."""

    line: FinishedLine
    rows: tuple[tuple[Cell, ...], ...]


class HeadingSort(Enum):
    """What a file marks a heading as."""

    FIXED = "fixed"
    """A question, an answer, a page: its level is the one told, whatever is written."""
    DIVISION = "division"
    """The heading of a division of the text; the level told is how deep that stands in others."""
    STRUCTURE = "structure"
    """The heading of a part of a law or other paper: chapter, article."""
    ANNEX = "annex"
    """The heading of an annex."""
    SUBHEADING = "subheading"
    """A line between paragraphs that is set off by its type; the level told is by that type."""
    PLAIN = "plain"
    """A line between paragraphs in ordinary type."""
    CHANGE = "change"
    """What heads one change that an article or amendment makes, mostly a mere number."""


@dataclass(frozen=True, slots=True)
class ReadHeading:
    """A heading as read; ``level`` is the one that the mark-up tells, ``opens`` that it is the first of its container."""

    line: FinishedLine
    level: int
    anchor: str
    part: Part
    sort: HeadingSort = HeadingSort.FIXED
    opens: bool = False


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph, list item or table as read.

    ``opens`` says that the heading before it does not cover it, ``level`` which one then does, by the level that the mark-up
    tells; 0: none.
    """

    line: FinishedLine
    part: Part
    form: ParagraphForm = ParagraphForm.TEXT
    depth: int = 0
    table: ReadTable | None = None
    opens: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A footnote as read, with the id by which it is referred to."""

    id: str
    number: str
    line: FinishedLine


@dataclass(frozen=True, slots=True)
class ReadImage:
    """An image as read: it stands before the block of this number, or in a note."""

    block: int
    alt: str
    name: str
    """The name of its file."""
    official: str
    """Its anchor on the official page."""
    caption: str = ""
    note: str = ""
    """The id of the note it stands in."""


@dataclass(slots=True)
class ReadPaper:
    """All that was read of one file."""

    dossiers: list[tuple[str, str]] = field(default_factory=list)
    """Printed number and title of each dossier."""
    number: str = ""
    edition: str = ""
    """What is marked as the edition ("Herdruk"), beside the number or above the text."""
    openings: list[str] = field(default_factory=list)
    """Lines above the text that say what the paper is, where its collection has such lines; they are paragraphs too."""
    kind_line: str | None = None
    """None: no line was marked as the kind line."""
    date_lines: list[str] = field(default_factory=list)
    date: str = ""
    """What the file itself gives as the date: ISO from an attribute, else as printed."""
    signatures: list[tuple[str, str]] = field(default_factory=list)
    """Function and name as printed; either may be empty."""
    blocks: list[ReadHeading | ReadParagraph] = field(default_factory=list)
    notes: list[ReadNote] = field(default_factory=list)
    images: list[ReadImage] = field(default_factory=list)
    head_refs: list[str] = field(default_factory=list)
    """Ids of the notes referred to above the text: in dossier titles, the kind line and the line of the date."""
