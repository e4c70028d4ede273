"""Reads an official page: every wrapper, every era; ``#broodtekst`` is the paper, all around it is not.

Translates tags and classes into calls of ``Flow``. The classes are those of the official style sheet; what is not known becomes
text where it stands. Nothing here decides what a field of the paper is; ``assemble`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from indexer.flow import TUSSENKOP_RANKS, Flow, ReadNote, ReadPaper
from indexer.line import FinishedLine
from indexer.metadata import Metadata, from_meta
from indexer.walk import Leave, walk

_ROOTS = etree.XPath(
    "//*[@id='broodtekst'][not(ancestor::*[@id='broodtekst'])] | //*[@id='noten'][not(ancestor::*[@id='broodtekst' or @id='noten'])]"
)
_METAS = etree.XPath("//meta[@name or @property]")
_FOOTNOTE_LISTS = etree.XPath(".//ol[contains(concat(' ', @class, ' '), ' footnotes ')]/li")

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_SKIP = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "img",
        "svg",
        "input",
        "button",
        "select",
        "textarea",
        "hr",
        "col",
        "colgroup",
    ]
)
_DIVISION = re.compile(r"divisiekop(\d)")
_KOP = re.compile(r"([a-z-]+)_kop")
_RENDERER_KOP = re.compile(r"_p_kop_level(\d)")
_TUSSENKOP = re.compile(r"tussenkop(?:_([a-z]+))?|_p_tussenkop([a-z]+)")
_PAPER_LINK = re.compile(r"(?:^|/)(kst-[A-Za-z0-9-]+)(?:\.html|\.pdf|\.xml|\.odt)?(?:[?#].*)?$")
_NOTE_ID = re.compile(r"supernote-note-(.+)")
_ANNEX_CLASSES = frozenset(("bijlage", "kamervraagbijlage"))


def roots_of(tree: etree._Element) -> list[etree._Element]:
    """The elements that hold the paper: ``#broodtekst``, and ``#noten`` where it stands beside it."""
    return [element for element in _ROOTS(tree) if isinstance(element, etree._Element)]


def metadata_of(tree: etree._Element) -> Metadata:
    """The metadata in the page's head."""
    return from_meta(element for element in _METAS(tree) if isinstance(element, etree._Element))


def read_html(roots: list[etree._Element]) -> ReadPaper:
    """Read the paper on a page, of the elements that ``roots_of`` gives."""
    reader = _HtmlReader(roots)
    for root in roots:
        walk(root, reader.enter, reader.flow_text)
    reader.flow.boundary()
    return reader.flow.read


class _HtmlReader:
    """Holds what is open while the page is walked."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self.flow = Flow()
        self._date_open = False
        self._listed_notes = {li: str(i) for root in roots for i, li in enumerate(_elements(_FOOTNOTE_LISTS(root)), start=1)}
        self._note_ids = {li.get("id", "") for li in self._listed_notes} - {""}
        self._note_number = ""
        self._note_depth = 0
        self._function = ""
        self._dossier_number = ""
        self._stuk_number = ""

    def flow_text(self, text: str | None) -> None:
        self.flow.line.add(text)

    def enter(self, element: etree._Element) -> tuple[bool, Leave]:
        tag = str(element.tag).lower()
        classes = (element.get("class") or "").split()
        if tag in _SKIP or "note-close" in classes:
            if tag == "hr":
                self.flow.boundary()
            return False, None
        if tag == "br":
            self.flow.line.space()
            return True, None
        if "nootnum" in classes or (tag == "a" and (element.get("href") or "")[1:] in self._note_ids and self._note_ids):
            return self._note_number_or_ref(element)
        if self._is_note(element, classes):
            return self._note(element)
        if tag in _INLINE:
            return self._inline(element, tag, classes)
        return self._block(element, tag, classes)

    # Footnotes

    def _is_note(self, element: etree._Element, classes: list[str]) -> bool:
        if self._note_depth:
            return False
        return (
            element in self._listed_notes
            or bool(_NOTE_ID.match(element.get("id") or ""))
            or ("noot" in classes and bool(element.get("id")))
        )

    def _note(self, element: etree._Element) -> tuple[bool, Leave]:
        self.flow.push()
        self._note_depth += 1
        self._note_number = self._listed_notes.get(element, "")
        own_id = element.get("id") or ""
        matched = _NOTE_ID.match(own_id)
        note_id = matched.group(1) if matched else own_id

        def leave() -> None:
            self._note_depth -= 1
            self.flow.read.notes.append(ReadNote(note_id, self._note_number, self.flow.pop()))

        return True, leave

    def _note_number_or_ref(self, element: etree._Element) -> tuple[bool, Leave]:
        if self._note_depth:
            if not self._note_number:
                self._note_number = "".join(text for text in element.itertext() if isinstance(text, str)).strip()
            return False, None
        href = element.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            self.flow.line.note(href[1:])
        return False, None

    # Inline elements

    def _inline(self, element: etree._Element, tag: str, classes: list[str]) -> tuple[bool, Leave]:
        for name in classes:
            capture = self._captures(name)
            if capture:
                return True, capture
        if "ol" in classes or "lidnr" in classes:
            return True, self.flow.marker
        if tag == "a":
            linked = _PAPER_LINK.search(element.get("href") or "")
            if linked:
                line = self.flow.line
                line.open_link(linked.group(1))
                return True, lambda: line.close_link() if line is self.flow.line else None
        return True, None

    def _captures(self, name: str) -> Leave:
        """Inline classes whose text is a field of its own: begins capturing and gives what to do at the end, or None."""
        flow = self.flow
        if not flow.capturing:
            return None
        if name in ("dossiernummer", "stuknummer"):
            flow.push_inline()

            def number() -> None:
                text = flow.pop().text
                if name == "dossiernummer":
                    self._dossier_number = text
                else:
                    self._stuk_number = text

            return number
        if name == "functie":
            flow.push_inline()

            def function() -> None:
                if self._function:
                    flow.read.signatures.append((self._function, ""))
                self._function = flow.pop().text

            return function
        if name == "naam":
            flow.push_inline()

            def person() -> None:
                flow.read.signatures.append((self._function, flow.pop().text))
                self._function = ""

            return person
        if name == "datum" and self._date_open:
            line = flow.line
            before = line.length

            def dated() -> None:
                flow.read.date = flow.read.date or line.since(before)

            return dated
        return flow.line.space if name in ("voornaam", "achternaam") else None

    # Blocks

    def _block(self, element: etree._Element, tag: str, classes: list[str]) -> tuple[bool, Leave]:
        flow = self.flow
        flow.boundary()
        if not flow.capturing:
            special = self._special_block(element, tag, classes)
            if special:
                return True, special
        if tag in ("ul", "ol", "dl") and not flow.capturing:
            flow.begin_list()
            return True, flow.end_list
        if tag == "li":
            return True, flow.end_item
        if tag == "table":
            return (True, flow.end_table) if flow.begin_table() else (True, flow.boundary)
        if tag == "tr" and flow.table and not flow.capturing:
            if not _nested_in_cell(element):
                flow.end_cell()
                flow.table.begin_row()
            return True, None
        if tag in ("td", "th") and flow.table and not flow.capturing and not _nested_in_cell(element):
            flow.begin_cell(header=tag == "th", colspan=_span(element, "colspan"), rowspan=_span(element, "rowspan"))
            return True, flow.end_cell
        return True, flow.boundary

    def _special_block(self, element: etree._Element, tag: str, classes: list[str]) -> Leave:
        """Blocks that are a field or a heading: begins them and gives what to do at the end, or None."""
        flow = self.flow
        if "dossiertitel" in classes:
            return self._dossier()
        if "stuktitel" in classes and self._is_kind_line(element, tag):
            return self._kind_line()
        if "kamerstukdatum" in classes:
            return self._date_line()
        if "ondertekening" in classes:
            return self._signature()
        level = self._heading_level(element, tag, classes)
        if level is not None:
            return self._heading(element, level)
        if "algemeen" in classes or _ANNEX_CLASSES.intersection(classes):
            before = flow.begin_container(annex=bool(_ANNEX_CLASSES.intersection(classes)))
            return lambda: flow.end_container(before)
        return None

    def _dossier(self) -> Leave:
        self.flow.push()
        self._dossier_number = ""

        def leave() -> None:
            title = self.flow.pop().text
            self.flow.read.dossiers.append((self._dossier_number, title))

        return leave

    def _is_kind_line(self, element: etree._Element, tag: str) -> bool:
        """``stuktitel`` heads the paper when it holds its number, or is the first of rank one; else it heads a question."""
        if self.flow.read.kind_line is not None:
            return False
        if any("stuknummer" in (span.get("class") or "") for span in element.iter("span")):
            return True
        parent = element.getparent()
        return tag == "h1" and not (
            parent is not None and {"vraag", "antwoord"}.intersection((parent.get("class") or "").split())
        )

    def _kind_line(self) -> Leave:
        self.flow.push()
        self._stuk_number = ""

        def leave() -> None:
            self.flow.read.kind_line = self.flow.pop()
            self.flow.read.number = self._stuk_number

        return leave

    def _date_line(self) -> Leave:
        self.flow.push()
        self._date_open = True

        def leave() -> None:
            self._date_open = False
            self.flow.read.date_lines.append(self.flow.pop().text)

        return leave

    def _signature(self) -> Leave:
        self.flow.push()
        self._function = ""

        def leave() -> None:
            if self._function:
                self.flow.read.signatures.append((self._function, ""))
                self._function = ""
            self._rest_of_signature(self.flow.pop())

        return leave

    def _rest_of_signature(self, rest: FinishedLine) -> None:
        """What a signature says beyond functions and names ("namens deze,") is a paragraph."""
        if any(c.isalnum() for c in rest.text):
            self.flow.line.add(rest.text)
            self.flow.boundary()

    def _heading_level(self, element: etree._Element, tag: str, classes: list[str]) -> int | None:
        """The level of the heading this element is, or None when it is none."""
        for name in classes:
            if found := _DIVISION.fullmatch(name) or _RENDERER_KOP.fullmatch(name):
                return self.flow.division_level(max(int(found.group(1)), 1))
        for name in classes:
            if found := _KOP.fullmatch(name):
                return self.flow.structure_level(found.group(1))
        style = _tussenkop_style(element, tag, classes)
        if style:
            return self.flow.tussenkop_level(style)
        if "stuktitel" in classes:
            return self.flow.structure_level("vraag")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            return self.flow.division_level(max(int(tag[1]) - 1, 1))
        return None

    def _heading(self, element: etree._Element, level: int) -> Leave:
        self.flow.push()
        anchor = next((a.get("id") or a.get("name") or "" for a in element.iter("a") if a.get("id") or a.get("name")), "")

        def leave() -> None:
            self.flow.heading(self.flow.pop(), level, anchor or element.get("id") or "")

        return leave


def _tussenkop_style(element: etree._Element, tag: str, classes: list[str]) -> str:
    """The typography of a subheading by the classes on it and on its spans; vet outranks cur; empty when it is none.

    In a paragraph a span counts only when it holds all of the text, or it is emphasis within a sentence.
    """
    names = list(classes)
    spans = element.iter("span", "strong", "em") if tag[0] == "h" else _whole_span(element) if tag == "p" else ()
    for span in spans:
        names += (span.get("class") or "").split()
    found = [m.group(1) or m.group(2) or "" for name in names if (m := _TUSSENKOP.fullmatch(name))]
    styles = [style for style in found if style]
    return min(styles, key=lambda style: TUSSENKOP_RANKS.get(style, 9)) if styles else "vet" if found else ""


def _whole_span(element: etree._Element) -> Iterable[etree._Element]:
    """The span that holds all of a paragraph's text, with those in it; nothing when there is none."""
    if (element.text or "").strip():
        return ()
    children = [child for child in element if isinstance(child.tag, str) and not (child.tag == "a" and not _text(child))]
    if len(children) != 1 or children[0].tag != "span" or any((child.tail or "").strip() for child in element):
        return ()
    return children[0].iter("span")


def _text(element: etree._Element) -> str:
    return "".join(text for text in element.itertext() if isinstance(text, str)).strip()


def _elements(found: object) -> list[etree._Element]:
    return [element for element in found if isinstance(element, etree._Element)] if isinstance(found, list) else []


def _nested_in_cell(element: etree._Element) -> bool:
    """Whether a row or cell belongs to a table within a cell."""
    tables = sum(1 for _ in element.iterancestors("table"))
    return tables > 1


def _span(element: etree._Element, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 1
