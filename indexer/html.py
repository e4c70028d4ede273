"""Reads an official page: every wrapper, every era; ``#broodtekst`` is the paper, all around it is not.

Translates tags and classes, by what ``html_marks`` says they mean, into calls of ``Flow``; what is not known becomes text where
it stands. Nothing here decides what a field of the paper is; ``assemble`` does.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from indexer import html_marks as marks
from indexer.flow import Flow
from indexer.line import FinishedLine
from indexer.metadata import Metadata, from_meta
from indexer.pieces import ReadNote, ReadPaper
from indexer.walk import Leave, text_of, walk

_ROOTS = etree.XPath(
    "//*[@id='broodtekst'][not(ancestor::*[@id='broodtekst'])]"
    "| //*[@id='noten'][not(ancestor::*[@id='broodtekst' or @id='noten'])]"
)
_METAS = etree.XPath("//meta[@name or @property]")

_SKIP: tuple[bool, Leave] = (False, None)
_THROUGH: tuple[bool, Leave] = (True, None)


def roots_of(tree: etree._Element) -> list[etree._Element]:
    """The elements that hold the paper: ``#broodtekst``, and ``#noten`` where it stands beside it; none without the former."""
    roots = marks.elements(_ROOTS(tree))
    return roots if any(root.get("id") == "broodtekst" for root in roots) else []


def metadata_of(tree: etree._Element) -> Metadata:
    """The metadata in the page's head."""
    return from_meta(marks.elements(_METAS(tree)))


def read_html(roots: list[etree._Element]) -> ReadPaper:
    """Read the paper on a page, of the elements that ``roots_of`` gives."""
    reader = _HtmlReader(roots)
    for root in roots:
        walk(root, reader.enter, reader.flow.text)
        reader.flow.end_item()
    return reader.flow.read


class _HtmlReader:
    """Holds what is open while the page is walked."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self.flow = Flow()
        self._notes = marks.NoteMarks(roots)
        self._marks_of_refs: dict[str, str] = {}
        self._in_note = False
        self._note_number = ""
        self._field = ""
        """The class of the block that is a field of its own, while it is open."""
        self._number = ""

    def enter(self, element: etree._Element) -> tuple[bool, Leave]:
        tag = str(element.tag).lower()
        classes = (element.get("class") or "").split()
        if tag in marks.UNSEEN or "note-close" in classes:
            return _SKIP
        if tag == "br":
            self.flow.line.space()
            return _THROUGH
        note = self._notes.reference(element, tag, classes)
        if note is not None:
            return self._note_reference(element, note)
        if not self._in_note and self._notes.note(element):
            return True, self._note(element)
        return (True, self._block(element, tag, classes)) if tag in marks.BLOCKS else (True, self._inline(element, tag, classes))

    # Footnotes

    def _note(self, element: etree._Element) -> Leave:
        self.flow.boundary()
        note_id, self._note_number = self._notes.note(element) or ("", "")
        self._in_note = True

        def take(line: FinishedLine) -> ReadNote:
            return ReadNote(note_id, self._note_number or self._marks_of_refs.get(note_id, ""), line)

        end = self.flow.open_note(take)

        def leave() -> None:
            end()
            self._in_note = False
            self.flow.boundary()

        return leave

    def _note_reference(self, element: etree._Element, note: str) -> tuple[bool, Leave]:
        """The number is not text: in the running text it marks a place, in the note it is the note's number."""
        if self._in_note:
            self._note_number = self._note_number or text_of(element)
        elif note:
            self._marks_of_refs.setdefault(note, text_of(element).strip("()[]"))
            self.flow.line.note(note)
        return _SKIP

    # Inline elements

    def _inline(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        for name in () if self._in_note else classes:
            field = self._open_field(name)
            if field:
                return field
        if "ol" in classes or "lidnr" in classes:
            return self.flow.marker
        if marks.SIGNATURE_PARTS.intersection(classes):
            self.flow.line.space()
            return self.flow.line.space
        cited = marks.cited_paper(element) if tag == "a" else ""
        if not cited:
            return None
        line = self.flow.line
        line.open_link(cited)
        return lambda: line.close_link() if line is self.flow.line else None

    def _open_field(self, name: str) -> Leave:
        """Inline classes whose text is a field of its own within the block that holds them."""
        if (self._field, name) in (("dossiertitel", "dossiernummer"), ("stuktitel", "stuknummer")) and not self._number:
            return self.flow.open_inline(self._take_number)
        if (self._field, name) == ("kamerstukdatum", "datum") and not self.flow.read.date:
            # The words stay in the line of the date, so they are read off it rather than sent elsewhere.
            line, before = self.flow.line, self.flow.line.length
            return lambda: self._take_date(line.since(before)) if line.length > before else None
        if self.flow.in_signature and name == "functie":
            return self.flow.open_function()
        if self.flow.in_signature and name == "naam":
            return self.flow.open_name()
        return None

    def _take_number(self, text: str) -> None:
        self._number = text

    def _take_date(self, text: str) -> None:
        self.flow.read.date = text

    # Blocks

    def _block(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        flow = self.flow
        flow.boundary()
        if not flow.capturing:
            special = self._special_block(element, tag, classes)
            if special:
                return special
        if tag in marks.LISTS:
            return flow.open_list()
        if tag == "li":
            return flow.end_item
        if tag == "table":
            return flow.open_table()
        if tag == "tr":
            return flow.open_row()
        if tag in ("td", "th"):
            spans = marks.int_of(element, "colspan"), marks.int_of(element, "rowspan")
            return flow.open_cell(header=tag == "th", colspan=spans[0], rowspan=spans[1])
        return flow.boundary

    def _special_block(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        """Blocks that are a field, a part or a heading; None for others. A heading within a table is text of its cell."""
        flow, read = self.flow, self.flow.read
        if "dossiertitel" in classes:
            return self._head("dossiertitel", lambda text: read.dossiers.append((self._number, text)))
        if "stuktitel" in classes and self._is_kind_line(element, tag):
            return self._head("stuktitel", self._take_kind_line)
        if "kamerstukdatum" in classes:
            return self._head("kamerstukdatum", read.date_lines.append)
        if "ondertekening" in classes:
            return flow.open_signature()
        if flow.in_cell:
            return None
        level = marks.level_of(element, tag, classes, flow)
        if level is not None:
            return flow.open_heading(level, marks.anchor_of(element))
        if "algemeen" in classes or marks.ANNEXES.intersection(classes):
            return flow.open_container(annex="algemeen" not in classes)
        return None

    def _head(self, field: str, use: Callable[[str], None]) -> Leave:
        self._field, self._number = field, ""
        end = self.flow.open_head(use)

        def leave() -> None:
            end()
            self._field = ""

        return leave

    def _take_kind_line(self, text: str) -> None:
        self.flow.read.kind_line = text
        self.flow.read.number = self._number

    def _is_kind_line(self, element: etree._Element, tag: str) -> bool:
        """``stuktitel`` heads the paper when it holds its number, or is the first of rank one; else it heads a question."""
        if self.flow.read.kind_line is not None:
            return False
        if any("stuknummer" in (span.get("class") or "").split() for span in element.iter("span")):
            return True
        parent = element.getparent()
        within = (parent.get("class") or "").split() if parent is not None else []
        return tag == "h1" and not {"vraag", "antwoord"}.intersection(within)
