"""Reads an official page, of every era: ``#broodtekst`` is the paper, and what stands around it is not.

``_HtmlReader`` walks the page and tells ``Flow`` what it meets; what is not known becomes text where it stands. The functions
below it say what the tags and classes of official pages mean, after the style sheets of the repository and the site; a tag that
is named nowhere is an inline one, as in a browser. What a field of the paper is, ``assemble`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from indexer.collections.collection import Marks
from indexer.paper.identifier import published_at
from indexer.reading.flow import Flow
from indexer.reading.metadata import Metadata, from_meta
from indexer.reading.pieces import FinishedLine, ReadNote, ReadPaper
from indexer.reading.ranks import CHANGES, INSERTING, TUSSENKOP_RANKS, Rank, Ranks
from indexer.reading.trees import Leave, is_element, text_of, walk

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
UNSEEN = frozenset(("script", "style", "template"))
"""Elements whose text no browser shows."""
ANNEXES = frozenset(("bijlage", "kamervraagbijlage"))
_BODIES = frozenset(("algemeen", "amendement", "voorstel-wet"))
_CLOSINGS = frozenset(("voorstel-sluiting", "wetsluiting"))
SIGNATURE_PARTS = frozenset(("voornaam", "achternaam", "deze", "voor", "organisatie"))
"""Inline classes that are words of their own, whether or not there is space around them."""
BOLD = frozenset(("b", "strong", "vet", "halfvet", "vetcur", "_p_nadrukvet", "_p_nadrukvetcur", "_p_nadrukhalfvet"))
"""Inline elements, and classes of them, in bold print."""
CAPTIONS = frozenset(("caption", "figcaption", "bijschrift", "_p_bijschrift", "_p_bijschrift_boven"))
"""Elements, and classes of blocks, that are the caption of a table or an image."""
LISTS = frozenset(("ul", "ol", "dl", "dir", "menu"))
_ITEMS = ("li", "dt", "dd")
_DIVISION = re.compile(r"divisiekop(\d)|_p_kop_level(\d)(?:plus)?")
_STRUCTURE = re.compile(r"(?:_p_)?([a-z-]+)_kop")
_TUSSENKOP = re.compile(r"tussenkop(?:_([a-z]+))?|_p_tussenkop([a-z]+)")
_HEADING_TAGS = {f"h{level}": level for level in range(1, 7)}
_WHOLE = frozenset(("span", "strong", "em", "b", "i"))
_DRESSING = re.compile(r"(?:^|/)static/", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\W{0,2}(?:\d{1,4}|[a-z]|\*{1,4})\W{0,2}")
_NOTE_REFS = etree.XPath(".//*[contains(concat(' ', @class, ' '), ' nootnum ')]")
_NOTES = etree.XPath(
    ".//*[self::div or self::p or self::li or self::dd or self::aside][not(@id = 'noten')]"
    "[contains(concat(' ', @class, ' '), ' noot ') or starts-with(@id, 'supernote-note-')]"
)
_NOTE_LISTS = etree.XPath(".//ol[contains(concat(' ', @class, ' '), ' footnotes ')]")
_TARGETS = etree.XPath(".//*[self::li or self::p or self::dd][@id]")
_BELOW = etree.XPath("descendant-or-self::*[@id = 'noten']")
_ROOTS = etree.XPath("//*[@id = 'broodtekst' or @id = 'noten']")
_METAS = etree.XPath("//meta[@name or @property]")
_SKIP: tuple[bool, Leave] = (False, None)
_THROUGH: tuple[bool, Leave] = (True, None)


def roots_of(tree: etree._Element) -> list[etree._Element]:
    """The elements that hold the paper: ``#broodtekst``, and ``#noten`` where it stands beside it; none without the former."""
    roots = _outermost(elements(_ROOTS(tree)))
    return roots if any(root.get("id") == "broodtekst" for root in roots) else []


def _outermost(found: list[etree._Element]) -> list[etree._Element]:
    """Those that stand in no other of the same kind; notes within the text are of it."""
    texts = {element for element in found if element.get("id") == "broodtekst"}
    among = set(found)
    return [one for one in found if (texts if one in texts else among).isdisjoint(one.iterancestors())]


def metadata_of(tree: etree._Element) -> Metadata:
    """The metadata in the page's head."""
    return from_meta(elements(_METAS(tree)))


def read_html(roots: list[etree._Element], marks: Marks) -> ReadPaper:
    """Read the paper on a page, of the elements that ``roots_of`` gives; ``marks`` are those of its collection."""
    reader = _HtmlReader(roots, marks)
    for root in roots:
        walk(root, reader.enter, reader.flow.text)
        reader.flow.end_item()
    return reader.flow.read


class _HtmlReader:
    """Holds what is open while the page is walked."""

    def __init__(self, roots: list[etree._Element], marks: Marks) -> None:
        self.flow = Flow()
        self._marks = marks
        self._notes = NoteMarks(roots)
        self._marks_of_refs: dict[str, str] = {}
        self._in_note = False
        self._note_number = ""
        self._field = ""
        """The class of the block that is a field of its own, while it is open."""
        self._number = ""
        self._figures: dict[etree._Element, str] = {}
        """The anchors of those that hold images, which may be many."""

    def enter(self, element: etree._Element) -> tuple[bool, Leave]:
        tag = str(element.tag).lower()
        classes = (element.get("class") or "").split()
        if tag in UNSEEN or "note-close" in classes:
            return _SKIP
        if tag == "img":
            self._image(element)
            return _SKIP
        if tag == "br":
            self.flow.line.space()
            return _THROUGH
        if tag == "sup" and self._in_note and not self._note_number and self.flow.line.blank and is_note_mark(element):
            self._note_number = text_of(element)
            return _SKIP
        note = self._notes.reference(element, tag, classes)
        if note is not None:
            return self._note_reference(element, note)
        if not self._in_note and self._notes.note(element):
            return True, self._note(element)
        return (True, self._block(element, tag, classes)) if tag in BLOCKS else (True, self._inline(element, tag, classes))

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
        """The number is not text: in the running text it marks a place, in the note it is the note's number.

        A number of another note, in a note, is a word of it.
        """
        if self._in_note:
            if self._note_number and self._note_number != text_of(element):
                self.flow.line.space()
                return True, None
            self._note_number = text_of(element)
        elif note:
            self._marks_of_refs.setdefault(note, text_of(element).strip("()[]"))
            self.flow.line.note(note)
        return _SKIP

    # Images

    def _figure(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        """A caption, or what holds an image with its caption; None for other blocks. A ``plaatje`` without an image is one."""
        if tag in CAPTIONS or not CAPTIONS.isdisjoint(classes):
            return self.flow.open_caption()
        if not is_figure(element):
            return None
        end = self.flow.open_figure()

        def leave() -> None:
            if not end() and tag != "figure":
                self._image(element)

        return leave

    def _image(self, element: etree._Element) -> None:
        """An image, unless it is one that the site itself is dressed with."""
        source = element.get("src") or ""
        if _DRESSING.search(source):
            return
        alt = " ".join((element.get("alt") or element.get("title") or "").split())
        figure = next(element.iterancestors("div", "figure", "p", "td"), None)
        official = element.get("id") or (self._anchor_of(figure) if figure is not None and is_figure(figure) else "")
        self.flow.image(alt, source.rsplit("/", 1)[-1], official)

    def _anchor_of(self, figure: etree._Element) -> str:
        if figure not in self._figures:
            self._figures[figure] = anchor_of(figure)
        return self._figures[figure]

    # Inline elements

    def _inline(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        for name in () if self._in_note else classes:
            field = self._open_field(name)
            if field:
                return field
        if "ol" in classes or "lidnr" in classes or ("nr" in classes and self.flow.ranks.in_change):
            return self.flow.marker
        if SIGNATURE_PARTS.intersection(classes):
            self.flow.line.space()
            return self.flow.line.space
        if tag in BOLD or not BOLD.isdisjoint(classes):
            return self.flow.open_bold()
        cited = published_at(element.get("href") or "") if tag == "a" else None
        if not cited:
            return None
        line = self.flow.line
        line.open_link(cited)
        return lambda: line.close_link() if line is self.flow.line else None

    def _open_field(self, name: str) -> Leave:
        """Inline classes whose text is a field of its own within the block that holds them."""
        if (self._field, name) in (("dossiertitel", "dossiernummer"), ("stuktitel", "stuknummer")) and not self._number:
            return self.flow.open_inline(self._take_number)
        if (self._field, name) == ("stuktitel", "herdruk") and not self.flow.read.edition:
            return self.flow.open_inline(self._take_edition)
        if (self._field, name) == ("kamerstukdatum", "datum") and not self.flow.read.date:
            # The words stay in the line of the date, so they are read off it rather than sent elsewhere.
            line, before = self.flow.line, self.flow.line.length
            return lambda: self._take_date(line.since(before)) if line.length > before else None
        if self.flow.in_signature and name == "functie":
            return self.flow.open_function()
        if self.flow.in_signature and name == "naam":
            return self.flow.open_name()
        if self.flow.in_signature and name == "deze":
            return self.flow.open_deputy()
        return None

    def _take_number(self, text: str) -> None:
        self._number = text

    def _take_edition(self, text: str) -> None:
        self.flow.read.edition = text

    def _take_date(self, text: str) -> None:
        self.flow.read.date = text

    # Blocks

    def _block(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        flow = self.flow
        flow.boundary()
        special = self._figure(element, tag, classes) or (None if flow.capturing else self._special_block(element, tag, classes))
        if special:
            return special
        if tag in _ITEMS:
            # A term stands before its definition on one line, like the marker of an item.
            return flow.marker if tag == "dt" else flow.end_item
        if tag in LISTS:
            return flow.open_list()
        if tag == "table":
            return flow.open_table()
        if tag == "tr":
            above = element.getparent()
            return flow.open_row(foot=above is not None and above.tag == "tfoot")
        if tag in ("td", "th"):
            spans = int_of(element, "colspan"), int_of(element, "rowspan")
            header = tag == "th" or next(element.iterancestors("thead", "table"), element).tag == "thead"
            return flow.open_cell(header=header, colspan=spans[0], rowspan=spans[1])
        return flow.boundary

    def _special_block(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        """Blocks that are a field, a part or a heading; None for others. A heading within a table is text of its cell."""
        flow = self.flow
        head = self._head_block(element, tag, classes)
        if head:
            return head
        if "ondertekening" in classes:
            return flow.open_signature()
        if flow.in_cell:
            return None
        if self._marks.openings.intersection(classes):
            return flow.open_opening()
        rank = rank_of(element, tag, classes, flow.ranks)
        return self._part(classes) if rank is None else flow.open_heading(rank, anchor_of(element))

    def _part(self, classes: list[str]) -> Leave:
        """Blocks that hold a part of the paper; None for others."""
        flow = self.flow
        if INSERTING.intersection(classes):
            return flow.open_change()
        if _CLOSINGS.intersection(classes):
            return flow.open_closing()
        body = bool(_BODIES.intersection(classes))
        return flow.open_container(annex=not body) if body or ANNEXES.intersection(classes) else None

    def _head_block(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        """Blocks above the text that are a field; None for others."""
        read = self.flow.read
        if "dossiertitel" in classes:
            return self._head("dossiertitel", lambda text: read.dossiers.append((self._number, text)))
        if "stuktitel" in classes and self._is_kind_line(element, tag):
            return self._head("stuktitel", self._take_kind_line)
        if "herdruk" in classes and not (read.blocks or read.edition):
            return self._head("herdruk", self._take_edition)
        if "kamerstukdatum" in classes:
            return self._head("kamerstukdatum", read.date_lines.append)
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
        return _heads_a_paper(element, tag)


class _Heading(NamedTuple):
    """What a class says of the heading that has it."""

    division: str
    """The number of the division that it heads; empty when it heads none."""
    structure: str
    """The kind of structural heading; empty when it is none."""
    tussenkop: str | None
    """The typography of a subheading, which may be empty; None when it is none."""


@lru_cache(maxsize=1024)
def _heading_of(name: str) -> _Heading | None:
    """The heading that an element of this class is; None for most classes."""
    division, structure, tussenkop = (pattern.fullmatch(name) for pattern in (_DIVISION, _STRUCTURE, _TUSSENKOP))
    if not (division or structure or tussenkop):
        return None
    return _Heading(
        division=(division.group(1) or division.group(2)) if division else "",
        structure=structure.group(1) if structure else "",
        tussenkop=(tussenkop.group(1) or tussenkop.group(2) or "") if tussenkop else None,
    )


def rank_of(element: etree._Element, tag: str, classes: list[str], ranks: Ranks) -> Rank | None:
    """The rank of the heading this element is, or None when it is none; ``ranks`` knows what stands before it."""
    headings = [heading for heading in map(_heading_of, classes) if heading]
    for heading in headings:
        if heading.division:
            return ranks.division(int(heading.division))
    for heading in headings:
        if heading.structure:
            return ranks.structure(heading.structure)
    style = _tussenkop_style(element, tag, classes)
    if style:
        return ranks.tussenkop(style)
    if "stuktitel" in classes:
        return ranks.structure("stuk" if _heads_a_paper(element, tag) else "vraag")
    if tag not in _HEADING_TAGS:
        return None
    change = next(iter(CHANGES.intersection(_classes_of(element.getparent()))), "")
    return ranks.structure(change) if change else ranks.division(_HEADING_TAGS[tag] - 1)


def _tussenkop_style(element: etree._Element, tag: str, classes: list[str]) -> str:
    """The typography of a subheading by the classes on it and on its spans; vet outranks cur; empty when it is none.

    In a paragraph a span counts only when it holds all of the text, or it is emphasis within a sentence.
    """
    names = list(classes)
    spans = element.iter(*_WHOLE) if tag in _HEADING_TAGS else _whole_span(element) if tag == "p" else ()
    for span in spans:
        names += (span.get("class") or "").split()
    found = [heading.tussenkop for heading in map(_heading_of, names) if heading and heading.tussenkop is not None]
    styles = [style for style in found if style]
    return min(styles, key=lambda style: TUSSENKOP_RANKS.get(style, 9)) if styles else "vet" if found else ""


def _whole_span(element: etree._Element) -> Iterable[etree._Element]:
    """The span that holds all of a paragraph's text, with those in it; nothing when there is none."""
    if (element.text or "").strip():
        return ()
    whole: etree._Element | None = None
    for child in element:
        if (child.tail or "").strip():
            return ()
        if not is_element(child) or (child.tag == "a" and not text_of(child)):
            continue
        if whole is not None or child.tag not in _WHOLE:
            return ()
        whole = child
    return () if whole is None else whole.iter(*_WHOLE)


def is_figure(element: etree._Element) -> bool:
    """Whether an element holds an image with its caption."""
    return element.tag == "figure" or "plaatje" in (element.get("class") or "").split()


def _heads_a_paper(stuktitel: etree._Element, tag: str) -> bool:
    """Whether a ``stuktitel`` is of the rank of a paper, not of a question or its answer."""
    return tag == "h1" and not {"vraag", "antwoord"}.intersection(_classes_of(stuktitel.getparent()))


def _classes_of(element: etree._Element | None) -> list[str]:
    return [] if element is None else (element.get("class") or "").split()


def anchor_of(heading: etree._Element) -> str:
    """The deep link of a heading on the official page: the empty ``<a id name>`` at its begin, else its own id."""
    anchors = (a.get("id") or a.get("name") or "" for a in heading.iter("a"))
    return next((anchor for anchor in anchors if anchor), "") or heading.get("id") or ""


def is_note_mark(element: etree._Element) -> bool:
    """Whether an element holds nothing but the number of a note: 1, a), ***."""
    return bool(_NOTE_MARK.fullmatch(text_of(element)))


def int_of(element: etree._Element, name: str) -> int:
    """The value of a small counting attribute (``colspan``, ``start``); 1 when it has none."""
    value = (element.get(name) or "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 1


class NoteMarks:
    """Which elements of a page are footnotes, and which links refer to them.

    A note is an element of class ``noot`` or with the id of one, an item of ``ol.footnotes``, or what a link of class ``nootnum``
    leads to.
    """

    def __init__(self, roots: list[etree._Element]) -> None:
        self._notes: dict[etree._Element, tuple[str, str]] = {}
        for root in roots:
            for note in elements(_NOTES(root)):
                self._notes[note] = ((note.get("id") or "").removeprefix("supernote-note-") or anchor_of(note), "")
            for listed in elements(_NOTE_LISTS(root)):
                for number, item in enumerate(listed.iterchildren("li"), start=int_of(listed, "start")):
                    self._notes[item] = (item.get("id") or "", str(number))
        marks = (mark for root in roots for mark in elements(_NOTE_REFS(root)))
        referred = {_target(a.get("href") or "") for mark in marks for a in mark.iter("a")}
        for root in roots:
            below = (div for notes in elements(_BELOW(root)) for div in notes.iterdescendants("div"))
            for target in (*elements(_TARGETS(root)), *below):
                if target.get("id") in referred:
                    self._notes.setdefault(target, (target.get("id") or "", ""))
        self._ids = frozenset(note_id for note_id, _ in self._notes.values()) - {""}

    def note(self, element: etree._Element) -> tuple[str, str] | None:
        """Id and number of the footnote this element is; the number is empty where it is printed in the note itself."""
        return self._notes.get(element)

    def reference(self, element: etree._Element, tag: str, classes: list[str]) -> str | None:
        """The id of the note this element is a reference to, empty when it leads nowhere; None when it is no reference."""
        if "nootnum" in classes:
            links = (_target(a.get("href") or "") for a in element.iter("a"))
            return next((link for link in links if link), "")
        if tag != "a":
            return None
        target = _target(element.get("href") or "")
        return target if target in self._ids and is_note_mark(element) else None


def _target(reference: str) -> str:
    """The id of a note that a link leads to: ``n2`` of "#n2", also of "kst-31066-12.html#supernote-note-n2"."""
    return reference.partition("#")[2].removeprefix("supernote-note-")


def elements(found: object) -> list[etree._Element]:
    """The elements among what an XPath expression found."""
    return [element for element in found if isinstance(element, etree._Element)] if isinstance(found, list) else []
