"""Lines on pages → paragraphs: what a PDF lacks, told from places, sizes and signs. Running heads and page numbers are left out.

A page becomes a section "Pagina 3" (of a PDF of several pages), so that a passage can be found again on paper; a paragraph that
runs on stays with the page it began on. The printed head of a paper is read in ``pdf_head``. Nothing here opens files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.line import FinishedLine, Line
from indexer.model import Form, Part
from indexer.pdf_head import PdfPaper, take_head
from indexer.pdf_margins import PdfLine, without_margins
from indexer.pieces import ReadHeading, ReadParagraph
from indexer.signature import plain_signature

_SIGN = re.compile(r"[–—•▪◦·\uf0b7\uf0a7-]\s")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[a-z][.)]|\([a-z0-9]{1,2}\)|[ivx]{1,4}[.)])\s")
_CLOSING = (".", ":", ";", "!", "?", "”", '"', "’")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_UNPRINTED = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0xFFFD), " ")
_CHARACTERS = _LIGATURES | _UNPRINTED

_INDENT = 4.0
"""Points further to the right that mean something."""
_LEADING = (0.9, 2.0)
"""Distances between lines of one paragraph, in heights of their letters; double spacing is the widest."""
_GAP = 1.25
"""Of the usual distance between lines: more is a gap between paragraphs."""
_OTHER_SIZE = 0.12
"""Share by which letters differ that are of another size."""
_FULL = 0.75
"""Of the length of long lines of a column: what is shorter had room for more."""
_SIGNED_WITHIN = 8
"""Paragraphs at the end of a letter among which the signatures are."""

_COLUMN = 10.0
"""Points within which lines begin at the same place."""

_HYPHENS = "-\u2010\u00ad"
_GOES_ON_AFTER_HYPHEN = frozenset(("en", "of", "als", "dan", "noch", "tot", "c.q.", "resp.", "respectievelijk", "alsmede"))
"""Words before which a hyphen stands for the rest of a compound: "zorg- en huurtoeslag"."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def read_lines(pages: list[list[PdfLine]]) -> PdfPaper:
    """The paper in pieces."""
    cleaned = [[line for line in map(_cleaned, page) if line.text] for page in pages]
    paper, cleaned = take_head(without_margins(cleaned))
    layout = _Layout(cleaned)
    paper.read.blocks += layout.blocks()
    _take_signature(paper)
    return paper


def _cleaned(line: PdfLine) -> PdfLine:
    return PdfLine(line.x, line.y, line.size, line.text.translate(_CHARACTERS).strip())


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together; ``page`` is that of the first."""

    page: int
    lines: list[PdfLine] = field(default_factory=list)

    @property
    def item(self) -> bool:
        return bool(_SIGN.match(self.lines[0].text) or _NUMBERED.match(self.lines[0].text))

    @property
    def broken(self) -> bool:
        """Whether the last line ends within a word."""
        return self.lines[-1].text[-1] in _HYPHENS and self.lines[-1].text[-2:-1].isalpha()


class _Layout:
    """What the lines of one PDF are like, and the paragraphs they make."""

    def __init__(self, pages: list[list[PdfLine]]) -> None:
        self._pages = pages
        low, high = _LEADING
        distances = [
            (before.y - line.y) / before.size
            for page in pages
            for before, line in pairwise(page)
            if before.size > 0 and low <= (before.y - line.y) / before.size <= high
        ]
        self._leading = median(distances) if distances else low
        columns: dict[tuple[int, int], list[int]] = defaultdict(list)
        for page in pages:
            for line in page:
                columns[_column(line)].append(len(line.text))
        self._long = {column: sorted(lengths)[len(lengths) * 9 // 10] for column, lengths in columns.items()}
        self._words = frozenset(word.lower() for page in pages for line in page for word in _WORD.findall(line.text))

    def blocks(self) -> list[ReadHeading | ReadParagraph]:
        """The paragraphs, below a heading for each page when there are several pages."""
        blocks: list[ReadHeading | ReadParagraph] = []
        said = 0
        for paragraph in self._paragraphs():
            if len(self._pages) > 1 and paragraph.page != said:
                said = paragraph.page
                blocks.append(ReadHeading(FinishedLine(f"Pagina {said}"), 1, f"pagina-{said}", Part.BODY))
            line = Line()
            line.add(self._joined(paragraph.lines))
            form, depth = (Form.ITEM, 1) if paragraph.item else (Form.TEXT, 0)
            blocks.append(ReadParagraph(line.finish(), Part.BODY, form, depth))
        return blocks

    def _paragraphs(self) -> Iterator[_Paragraph]:
        current: _Paragraph | None = None
        for number, page in enumerate(self._pages, start=1):
            for i, line in enumerate(page):
                if current and (self._follows(current, line) if i else self._runs_on(current, line)):
                    current.lines.append(line)
                    continue
                if current:
                    yield current
                current = _Paragraph(number, [line])
        if current:
            yield current

    def _runs_on(self, paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether a paragraph goes on at the top of the next page or column."""
        last = paragraph.lines[-1]
        if _another_size(last, line) or not line.text[0].islower() or _NUMBERED.match(line.text):
            return False
        return paragraph.broken or not (last.text.endswith(_CLOSING) or self._had_room(last, line))

    def _follows(self, paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether a line goes on with the paragraph above it."""
        last = paragraph.lines[-1]
        down = last.y - line.y
        if down < -last.size / 2:
            return self._runs_on(paragraph, line)
        if _another_size(last, line) or down > _GAP * self._leading * last.size or _SIGN.match(line.text):
            return False
        if paragraph.broken and line.text[0].islower():
            return True
        if last.text.endswith(_CLOSING) and _NUMBERED.match(line.text):
            return False
        return not (self._had_room(last, line) or self._indented(paragraph, line))

    def _had_room(self, last: PdfLine, line: PdfLine) -> bool:
        """Whether the next word would have stood on the last line, were it the same paragraph; counted in letters."""
        word = 0 if last.text.endswith(_CLOSING) else len(line.text.split(maxsplit=1)[0]) + 1
        return len(last.text) + word < _FULL * self._long[_column(last)]

    @staticmethod
    def _indented(paragraph: _Paragraph, line: PdfLine) -> bool:
        """Whether a line begins where a new paragraph does: further right, but for items, whose lines hang."""
        if paragraph.item:
            return len(paragraph.lines) > 1 and abs(line.x - paragraph.lines[-1].x) > _INDENT
        return line.x > paragraph.lines[-1].x + _INDENT

    # Words

    def _joined(self, lines: list[PdfLine]) -> str:
        text = lines[0].text
        for line in lines[1:]:
            text = self._mended(text, line.text)
        return text.replace("\u00ad", "")

    def _mended(self, text: str, following: str) -> str:
        """Two lines as one; a word that was divided between them is whole again."""
        if text[-1] not in _HYPHENS or not text[-2:-1].isalnum():
            return f"{text} {following}"
        if text[-1] == "\u00ad":
            return text[:-1] + following
        first = following.split(maxsplit=1)[0]
        if first.lower() in _GOES_ON_AFTER_HYPHEN:
            return f"{text} {following}"
        before, after = _WORD.findall(text[:-1])[-1:], _WORD.match(following)
        if before and after and self._keeps_hyphen(before[0], after.group()):
            return text + following
        return text[:-1] + following

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether a word is written with the hyphen: the PDF itself tells, else capitals and digits do."""
        whole, hyphened = (before + after).lower(), f"{before}-{after}".lower()
        if (whole in self._words) != (hyphened in self._words):
            return hyphened in self._words
        last = before.rpartition("-")[2]
        return not after[0].islower() or not last[1:].islower() or any(map(str.isdigit, last))


def _column(line: PdfLine) -> tuple[int, int]:
    """The lines that begin at the same place from the left, in letters of one size: as wide as each other when full."""
    return round(line.x / _COLUMN), round(line.size)


def _another_size(one: PdfLine, other: PdfLine) -> bool:
    return abs(one.size - other.size) > _OTHER_SIZE * max(one.size, other.size)


def _take_signature(paper: PdfPaper) -> None:
    """The signatures of a letter, which a PDF prints as plain lines at its end: office and name on one line or on two."""
    blocks = paper.read.blocks
    for i in range(len(blocks) - 1, max(len(blocks) - _SIGNED_WITHIN, 0) - 1, -1):
        for lines in (1, 2):
            signed = plain_signature(" ".join(block.line.text for block in blocks[i : i + lines]))
            if signed:
                del blocks[i : i + lines]
                paper.read.signatures.insert(0, signed)
                break
