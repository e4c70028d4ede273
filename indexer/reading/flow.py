"""The reading of a paper as a flow: the readers of HTML and XML tell what they meet, and ``Flow`` keeps what was read.

One mechanism serves both formats. Runs of text between block boundaries become paragraphs, and what a reader does not know
becomes text too, so that nothing readable is lost. The parts of a paper (body, annex), signatures and tables are decided here,
once, so that the HTML and the XML of one paper agree. Nothing here knows of tags, classes or metadata.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from indexer.collections.kamerstukken import kind_of
from indexer.paper.model import ParagraphForm, Part
from indexer.paper.offices import is_government, office_of, on_behalf
from indexer.paper.personal_name import is_name
from indexer.reading.pieces import (
    FinishedLine,
    HeadingSort,
    ReadHeading,
    ReadImage,
    ReadNote,
    ReadPaper,
    ReadParagraph,
    ReadTable,
    TextLine,
)
from indexer.reading.ranks import Rank, Ranks
from indexer.reading.tables import TableBuilder
from indexer.reading.trees import Leave

_PLURAL = re.compile(
    r"(?:de\s+)?(?:ministers|staatssecretarissen|leden|voorzitters|griffiers|rapporteurs|ondergetekenden)\b", re.IGNORECASE
)
_PLAIN = re.compile(r"(?P<function>.{5,200}),\s*(?P<name>(?:(?:[A-Z][a-z]?\.)+\s?(?:\([^()]{1,30}\)\s)?)[^,;:]{2,60})")
"""An office, a comma and a name with initials. The last comma divides, because offices hold commas too."""
_LETTERS = ("Brief", "Geleidende brief")
_ANNEX_HEADING = re.compile(r"bijlagen?\b", re.IGNORECASE)
_MERE_NUMBER = re.compile(r"(?:\d{1,3}|[IVXLC]+)[A-Za-z]{0,2}[.):]?|[A-Za-z]{1,2}[.):]?")
_DASH = "– "
"""Before 2010 the items of a list were set as plain paragraphs that begin like this."""


class Flow:
    """Takes what a reader meets, in reading order. Methods that begin something give what to do at its end."""

    def __init__(self) -> None:
        self.read = ReadPaper()
        self.ranks = Ranks()
        self._lines: list[TextLine] = [TextLine()]
        self._part = Part.BODY
        self._containers = 0
        self._headings = 0
        self._signed_before = 0
        """How many signatures there were before this container."""
        self._container_empty = True
        self._change_begins = False
        """Whether nothing stood yet in the innermost change: its number, however it is marked, stands before its text."""
        self._opens: int | None = None
        """The level of the heading that covers what follows, where that is not the last one."""
        self._list_depth = 0
        self._marker = 0
        self._table: TableBuilder | None = None
        self._inner_tables = 0
        self._signature: Signature | None = None
        self._signed: set[tuple[str, str]] = set()
        self._unsigned: ReadHeading | ReadParagraph | None = None
        self._captions: list[str] | None = None
        """Those of the figure that is open."""

    def text(self, text: str | None) -> None:
        """A run of the source's text."""
        self._lines[-1].add(text)

    @property
    def line(self) -> TextLine:
        """The line that text goes to now."""
        return self._lines[-1]

    @property
    def capturing(self) -> bool:
        """Whether text goes to something other than a paragraph (a heading, a note, a name)."""
        return len(self._lines) > 1

    @property
    def in_cell(self) -> bool:
        """Whether paragraphs are those of a table's cell."""
        return self._table is not None and self._table.in_cell

    @property
    def in_signature(self) -> bool:
        """Whether a block of signatures is open."""
        return self._signature is not None

    def boundary(self) -> None:
        """A block begins or ends here: the running paragraph is complete; in a heading, note or cell only a word ends."""
        line = self._lines[-1]
        if len(self._lines) > 1 or self.in_cell or (self._marker and line.length == self._marker):
            line.space()
            return
        self._marker = 0
        if line.untouched:
            return
        if not line.blank:
            finished = line.finish()
            if self._change_begins and _MERE_NUMBER.fullmatch(finished.text):
                self._change_begins = False
                self.marker()
                return
            self._paragraph(finished)
        self._lines[0] = line.successor()

    def _paragraph(self, line: FinishedLine, form: ParagraphForm | None = None, table: ReadTable | None = None) -> None:
        depth = 0 if form else self._list_depth or int(line.text.startswith(_DASH))
        form = form or (ParagraphForm.ITEM if depth else ParagraphForm.TEXT)
        opens, level = self._opens is not None, self._opens or 0
        self.read.blocks.append(ReadParagraph(line, self._part, form, depth, table, opens, level))
        self._opens = None
        self._container_empty = self._change_begins = False

    # Text that is a field of its own

    def open_block(self, use: Callable[[FinishedLine], None]) -> Callable[[], None]:
        """A block whose text goes to ``use`` at its end."""
        if not self.capturing:
            self.end_item()
        self._lines.append(TextLine())
        return lambda: use(self._lines.pop().finish())

    def open_inline(self, use: Callable[[str], None]) -> Callable[[], None]:
        """Words within a block that are a field of their own; note references among them stay with the block."""
        self.line.space()
        self._lines.append(TextLine())

        def end() -> None:
            finished = self._lines.pop().finish()
            self.line.space()
            for _, note in finished.note_refs:
                self.line.note(note)
            use(finished.text)

        return end

    def open_note(self, use: Callable[[FinishedLine], ReadNote]) -> Callable[[], None]:
        """A footnote, wherever it stands: the running paragraph goes on after it."""
        self._lines.append(TextLine())
        images = len(self.read.images)

        def end() -> None:
            note = use(self._lines.pop().finish())
            self.read.notes.append(note)
            self.read.images[images:] = [replace(image, note=note.id) for image in self.read.images[images:]]

        return end

    def open_head(self, use: Callable[[str], None]) -> Callable[[], None]:
        """A block above the text of the paper: a dossier, the kind line, the line of the date."""

        def take(line: FinishedLine) -> None:
            self.read.head_refs += [note for _, note in line.note_refs]
            use(line.text)

        return self.open_block(take)

    def open_opening(self) -> Callable[[], None]:
        """A line above the text that says what the paper is: a paragraph, and kept beside it."""

        def take(line: FinishedLine) -> None:
            if line.text:
                self._paragraph(line)
                self.read.openings.append(line.text)

        return self.open_block(take)

    # Parts of the paper

    def open_container(self, *, annex: bool) -> Callable[[], None]:
        """An ``algemeen``, ``amendement`` or ``bijlage`` begins. A letter is over when signed: a further one is an annex."""
        self.boundary()
        if self.ranks.in_change:
            # An annex that an article inserts into another law is no annex of this paper.
            return self.end_item
        part, signed, restore = self._part, self._signed_before, self.ranks.open_whole()
        self._containers += 1
        if annex or (self._containers > 1 and self.read.signatures and kind_of(self.read.kind_line or "") in _LETTERS):
            self._part = Part.ANNEX
        self._opens, self._container_empty = 0, True
        self._signed_before = len(self.read.signatures)

        def end() -> None:
            self.end_item()
            restore()
            self._part, self._signed_before, self._opens = part, signed, 0

        return end

    def open_closing(self) -> Callable[[], None]:
        """The closing formula of a law begins, which belongs to none of its articles."""
        self.boundary()
        self.ranks.open_whole()
        self._opens = 0
        return self.end_item

    def open_change(self) -> Callable[[], None]:
        """What an article or amendment changes begins; after a text that it inserts the article itself goes on."""
        self.boundary()
        restore = self.ranks.open_change()
        headings = self._headings
        self._change_begins = True

        def end() -> None:
            self.end_item()
            restore()
            self._change_begins = False
            if self._headings > headings:
                self._opens = self.ranks.level

        return end

    # Headings

    def open_heading(self, rank: Rank, anchor: str) -> Callable[[], None]:
        """A heading of known rank; one without words is passed over, and the mere number of a change stands before its text."""

        images = len(self.read.images)

        def take(line: FinishedLine) -> None:
            if not line.text:
                return
            if rank.sort is HeadingSort.CHANGE and _MERE_NUMBER.fullmatch(line.text):
                self.line.add_line(line)
                self.marker()
                return
            signed = len(self.read.signatures) > self._signed_before
            may_be_annex = signed or (self._container_empty and self._containers > 1)
            annex = rank.sort is HeadingSort.ANNEX or (may_be_annex and _ANNEX_HEADING.match(line.text))
            if annex and not self.ranks.in_change:
                self._part = Part.ANNEX
            self.read.blocks.append(ReadHeading(line, rank.level, anchor, self._part, rank.sort, self._opens == 0))
            below = len(self.read.blocks)
            self.read.images[images:] = [replace(image, block=below) for image in self.read.images[images:]]
            self._headings += 1
            self._opens = None
            self._container_empty = self._change_begins = False

        return self.open_block(take)

    # Signatures

    def open_signature(self) -> Callable[[], None]:
        """A block of signatures begins; what it says beyond functions and names ("namens deze,") becomes a paragraph."""
        signature = self._signature = Signature()

        def take(rest: FinishedLine) -> None:
            self._signature = None
            signed = signature.finish()
            plain = None if signed or rest.note_refs else plain_signature(rest.text)
            if plain:
                signed = [plain]
            else:
                signed = self._name_of_office_above(signed)
                # An office that nobody's name stands with is a line of the text, and so is who signs again.
                unsigned = [FinishedLine(function) for function, name in signed if not name]
                unsigned += [FinishedLine(" ".join(filter(None, one))) for one in signed if one[1] and one in self._signed]
                more = any(c.isalnum() for c in rest.text)
                before = len(self.read.blocks)
                for line in (*unsigned, *([rest] if more else [])):
                    self.line.add_line(line)
                    self.boundary()
                if unsigned and not more and not signed[-1][1] and len(self.read.blocks) > before:
                    self._unsigned = self.read.blocks[-1]
            for named in (on_behalf(function) for function, name in signed if name):
                self.line.add_line(FinishedLine(named))
                self.boundary()
            self.read.signatures += signed
            self._signed.update(signed)

        return self.open_block(take)

    def _name_of_office_above(self, signed: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The pairs of a block; the office that ends the block right above goes with the name that this one begins with."""
        above, self._unsigned = self._unsigned, None
        if not (above and signed and self.read.blocks and self.read.blocks[-1] is above) or signed[0][0]:
            return signed
        self.read.blocks.pop()
        function, _ = self.read.signatures.pop()
        return [(function, signed[0][1]), *signed[1:]]

    def open_function(self) -> Callable[[], None]:
        """A function within a block of signatures."""
        return self.open_inline(self._signature.function if self._signature else self.text)

    def open_name(self) -> Callable[[], None]:
        """A name within a block of signatures."""
        return self.open_inline(self._signature.name if self._signature else self.text)

    def open_deputy(self) -> Callable[[], None]:
        """Who signs, within a block of signatures, or words to that effect ("namens deze,")."""

        def use(text: str) -> None:
            if self._signature and is_government(office_of(text)):
                self._signature.function(text)
            elif self._signature and is_name(text.strip(" ,")):
                self._signature.name(text.strip(" ,"))
            else:
                self.text(text)
                self.line.space()

        return self.open_inline(use)

    # Lists

    def open_list(self) -> Leave:
        """A list begins; lists nest. In a note or heading it is text."""
        if self.capturing:
            self.line.space()
            return self.boundary
        self.end_item()
        self._list_depth += 1

        def end() -> None:
            self.end_item()
            self._list_depth -= 1

        return end

    def marker(self) -> None:
        """What stands in the line is the marker of an item ("a.", "1°"); the paragraph that follows goes on the same line."""
        self.line.space()
        if not self.capturing:
            self._marker = self.line.length

    def end_item(self) -> None:
        """An item ends, with or without words after its marker."""
        if not self.capturing:
            self._marker, self._change_begins = 0, False
        self.boundary()

    # Figures and captions

    def image(self, alt: str, name: str, official: str) -> None:
        """An image stands here: the text that stands for it, the name of its file, its anchor on the official page."""
        described = "" if alt == name else alt
        self.read.images.append(ReadImage(len(self.read.blocks), described, name, official))

    def open_figure(self) -> Callable[[], bool]:
        """An image with its caption, or several, begin; the end tells whether there was one."""
        self.boundary()
        images, outer = len(self.read.images), self._captions
        captions = self._captions = []

        def end() -> bool:
            self.boundary()
            self._captions = outer
            if captions:
                self._caption_images(images, " ".join(captions))
            return len(self.read.images) > images

        return end

    def _caption_images(self, first: int, caption: str) -> None:
        images = self.read.images
        images[first:] = [image if image.caption else replace(image, caption=caption) for image in images[first:]]

    def open_caption(self) -> Leave:
        """The caption of a table or figure: a paragraph; within a cell, a note or a heading words of that.

        One outside a figure belongs to the image right before it.
        """
        if self.capturing or self.in_cell:
            self.boundary()
            line, before = self.line, self.line.length

            def end() -> None:
                self._take_caption(line.since(before) if line.length > before else "")
                self.boundary()

            return end

        def take(line: FinishedLine) -> None:
            self._take_caption(line.text)
            if line.text:
                self._paragraph(line, ParagraphForm.CAPTION)
            else:
                self.line.add_line(line)

        return self.open_block(take)

    def _take_caption(self, text: str) -> None:
        images = self.read.images
        if self._captions is not None:
            self._captions += [text] if text else []
        elif images and images[-1].block == len(self.read.blocks) and self._table is None:
            self._caption_images(len(images) - 1, text)

    # Tables

    def open_table(self) -> Leave:
        """A table begins; one within a cell or note becomes text of that."""
        if self.capturing or self._table:
            self.boundary()
            self._inner_tables += 1
            return self._end_inner_table
        self.end_item()
        self._table = TableBuilder()
        return self._end_table

    def _end_inner_table(self) -> None:
        self._inner_tables -= 1
        self.boundary()

    def _end_table(self) -> None:
        self._end_cell()
        built = self._table.finish() if self._table else None
        self._table = None
        if built:
            self._paragraph(built.line, ParagraphForm.TABLE, built)

    def open_bold(self) -> Leave:
        """Words in bold print, which only a cell remembers."""
        if not self.in_cell:
            return None
        line = self.line
        line.open_bold()
        return line.close_bold

    def open_row(self, *, foot: bool = False) -> Leave:
        """A row begins; one of the foot stands below all others."""
        if self._table is None or self.capturing or self._inner_tables:
            self.boundary()
            return self.boundary
        self._end_cell()
        self._table.begin_row(foot=foot)
        return self._end_cell

    def open_cell(self, *, header: bool, colspan: int, rowspan: int, column: int | None = None) -> Leave:
        """A cell begins: text goes into it. ``column`` is where the file says that it stands."""
        if self._table is None or self.capturing or self._inner_tables:
            self.boundary()
            return self.boundary
        self._end_cell()
        self._lines[0] = self._table.begin_cell(header=header, colspan=colspan, rowspan=rowspan, column=column)
        return self._end_cell

    def _end_cell(self) -> None:
        if self._table and self._table.in_cell:
            self._table.end_cell()
            self._lines[0] = TextLine()
            self._marker = 0
        else:
            self.end_item()


@dataclass(slots=True)
class Signature:
    """Takes functions and names in the order of the page; ``finish`` gives the pairs."""

    _pairs: list[tuple[str, str]] = field(default_factory=list)
    _function: str = ""
    _pending: bool = False

    def function(self, text: str) -> None:
        """Take a function as printed; the one before it that has no name yet gets none."""
        if not text:
            return
        if self._pending:
            self._pairs.append((self._function, ""))
        self._function, self._pending = text, True

    def name(self, text: str) -> None:
        """Take a name as printed; a further name shares the function only when that is in the plural."""
        if not text:
            return
        shared = self._pending or _PLURAL.match(self._function)
        self._pairs.append((self._function if shared else "", text))
        self._pending = False

    def finish(self) -> list[tuple[str, str]]:
        """Function and name of each signatory; either may be empty."""
        if self._pending and len(self._pairs) == 1 and not self._pairs[0][0]:
            return [(self._function, self._pairs[0][1])]
        return [*self._pairs, (self._function, "")] if self._pending else self._pairs


def plain_signature(text: str) -> tuple[str, str] | None:
    """Function and name of a government's signature without mark-up; None when it is not plainly one."""
    found = _PLAIN.fullmatch(text)
    if found and is_government(office_of(found["function"])):
        return found["function"], found["name"]
    return None
