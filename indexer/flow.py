"""The reading of a paper as a flow: the readers of HTML and XML tell what they meet, this keeps what was read.

One mechanism for both formats: runs of text between block boundaries become paragraphs, and whatever a reader does not know
becomes text too, so that nothing readable is lost. Levels of headings and the parts of a paper (body, annex) are decided here,
once, so that HTML and XML of one paper agree. Nothing here knows of tags, classes or metadata.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.line import FinishedLine, Line
from indexer.model import Form, Part
from indexer.table import ReadTable, TableBuilder

TUSSENKOP_RANKS = {
    "vet": 1, "halfvet": 1, "kap": 1, "klkap": 1, "vetcur": 2, "cur": 2, "ondlijn": 3, "rom": 3, "nonprop": 3,
}  # fmt: skip
"""How far below the division it stands in an unnumbered subheading is, by its typography; vet outranks cur."""

_STRUCTURE_LEVELS = {
    "bijlage": 1, "nota-toelichting": 1, "algemeen": 1, "boek": 1, "deel": 1, "titeldeel": 1, "hoofdstuk": 1, "kamervraagomschrijving": 1,
    "afdeling": 2, "paragraaf": 3, "sub-paragraaf": 4,
}  # fmt: skip
_ARTICLES = ("artikel", "wijzig-artikel", "wijzig-lid-groep")


@dataclass(frozen=True, slots=True)
class ReadHeading:
    """A heading as read."""

    line: FinishedLine
    level: int
    anchor: str
    part: Part


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph, list item or table as read; ``opens`` says that the heading before it does not cover it."""

    line: FinishedLine
    part: Part
    form: Form = Form.TEXT
    depth: int = 0
    table: ReadTable | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A footnote as read, with the id by which it is referred to."""

    id: str
    number: str
    line: FinishedLine


@dataclass(slots=True)
class ReadPaper:
    """All that was read of one file, in the order of the page; ``assemble`` makes the paper of it."""

    dossiers: list[tuple[str, str]] = field(default_factory=list)
    """Printed number and title of each dossier."""
    number: str = ""
    kind_line: FinishedLine | None = None
    date_lines: list[str] = field(default_factory=list)
    date: str = ""
    """What the file itself gives as the date: ISO from an attribute, else as printed."""
    signatures: list[tuple[str, str]] = field(default_factory=list)
    """Function and name as printed."""
    blocks: list[ReadHeading | ReadParagraph] = field(default_factory=list)
    notes: list[ReadNote] = field(default_factory=list)


class Flow:
    """Takes what a reader meets, in reading order."""

    def __init__(self) -> None:
        self.read = ReadPaper()
        self._lines: list[Line] = [Line()]
        self._part = Part.BODY
        self._containers = 0
        self._container_empty = True
        self._opens = False
        self._base_level = 0
        self._structure_level = 0
        self._list_depth = 0
        self._marker = 0
        self._tables: list[TableBuilder] = []

    @property
    def line(self) -> Line:
        """The line that text goes to now."""
        return self._lines[-1]

    @property
    def capturing(self) -> bool:
        """Whether text goes to something other than a paragraph (a heading, a note, a name)."""
        return len(self._lines) > 1

    def boundary(self) -> None:
        """A block begins or ends here: the running paragraph is complete; within a heading or note only a space."""
        if self.capturing or (self._tables and self._tables[-1].in_cell) or (self._marker and self.line.length == self._marker):
            self.line.space()
        else:
            if not self.line.blank:
                self._paragraph(self.line.finish())
            self._lines[0] = Line()
            self._marker = 0

    def push(self) -> None:
        """Send text elsewhere from here on, up to ``pop``."""
        if not self.capturing:
            self._flush_outside_cell()
        self._lines.append(Line())

    def push_inline(self) -> None:
        """As ``push``, from within a running paragraph that goes on afterwards."""
        self._lines.append(Line())

    def pop(self) -> FinishedLine:
        """The text since the last ``push``."""
        return self._lines.pop().finish()

    def _flush_outside_cell(self) -> None:
        if not (self._tables and self._tables[-1].in_cell):
            self.boundary()

    def _paragraph(self, line: FinishedLine, table: ReadTable | None = None) -> None:
        form = Form.TABLE if table else Form.ITEM if self._list_depth else Form.TEXT
        self.read.blocks.append(ReadParagraph(line, self._part, form, self._list_depth if not table else 0, table, self._opens))
        self._opens = self._container_empty = False

    # Parts of the paper

    def begin_container(self, *, annex: bool) -> tuple[Part, int, int]:
        """An ``algemeen`` or ``bijlage`` begins; gives what ``end_container`` wants back.

        A further ``algemeen`` after a signature is an annex: the letter is over when it is signed.
        """
        self.boundary()
        before = (self._part, self._base_level, self._structure_level)
        self._containers += 1
        if annex or (self._containers > 1 and self.read.signatures):
            self._part = Part.ANNEX
        self._opens = self._container_empty = True
        self._base_level = self._structure_level = 0
        return before

    def end_container(self, before: tuple[Part, int, int]) -> None:
        """The container ends."""
        self.boundary()
        self._part, self._base_level, self._structure_level = before
        self._opens = True

    # Headings

    def heading(self, line: FinishedLine, level: int, anchor: str) -> None:
        """A heading of known level; one without words is passed over."""
        if not line.text:
            return
        if self._container_empty and self._containers > 1 and line.text.lower().startswith("bijlage"):
            self._part = Part.ANNEX
        self.read.blocks.append(ReadHeading(line, level, anchor, self._part))
        self._opens = self._container_empty = False

    def division_level(self, number: int) -> int:
        """The level of a numbered division: its own number."""
        self._base_level = self._structure_level = number
        return number

    def tussenkop_level(self, style: str) -> int:
        """The level of an unnumbered subheading: below the division before it, by its typography."""
        return self._base_level + TUSSENKOP_RANKS.get(style, 1)

    def structure_level(self, name: str) -> int:
        """The level of a structural heading: hoofdstuk, paragraaf, artikel, bijlage; an annex begins with its heading."""
        if name == "bijlage":
            self._part = Part.ANNEX
        if name in _ARTICLES:
            self._base_level = self._structure_level + 1
        else:
            self._base_level = self._structure_level = _STRUCTURE_LEVELS.get(name, 1)
        return self._base_level

    # Lists and tables

    def begin_list(self) -> None:
        """A list begins; lists nest."""
        self.end_item()
        self._list_depth += 1

    def end_list(self) -> None:
        """The list ends."""
        self.end_item()
        self._list_depth -= 1

    def marker(self) -> None:
        """What stands in the line is the marker of an item ("a.", "1°"); the paragraph that follows goes on the same line."""
        self.line.space()
        self._marker = 0 if self.capturing else self.line.length

    def end_item(self) -> None:
        """An item ends, with or without words after its marker."""
        self._marker = 0
        self.boundary()

    @property
    def table(self) -> TableBuilder | None:
        """The table being read."""
        return self._tables[-1] if self._tables else None

    def begin_table(self) -> bool:
        """A table begins; False for one within a cell, whose text becomes text of that cell."""
        if self.capturing or self._tables:
            self.line.space()
            return False
        self.boundary()
        self._tables.append(TableBuilder())
        return True

    def end_table(self) -> None:
        """The table ends."""
        self.end_cell()
        self.boundary()
        built = self._tables.pop().finish()
        if built:
            self._paragraph(built.line, built)

    def begin_cell(self, *, header: bool, colspan: int, rowspan: int) -> None:
        """A cell begins: text goes into it."""
        if self._tables and not self.capturing:
            self.end_cell()
            self.boundary()
            self._tables[-1].begin_cell(header=header, colspan=colspan, rowspan=rowspan)
            self._lines[0] = self._tables[-1].cell_line

    def end_cell(self) -> None:
        """The cell ends."""
        if self._tables and self._tables[-1].in_cell and not self.capturing:
            self._tables[-1].end_cell()
            self._lines[0] = Line()
