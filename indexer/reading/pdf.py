"""A PDF → the pieces of a paper: for attachments, and for papers of which there is no page and no XML.

``pdf_lines`` opens the file; that needs the extra ``[pdf]``. A PDF has lines where a page has paragraphs, so three things are
told from the places, sizes and signs of lines: what stands in the margins of every page (running heads, page numbers) and is left
out; the head that the state printer sets above a paper (chamber, session, dossiers, number and kind line); and where paragraphs
end. A page of a longer PDF becomes a section "Pagina 3", so that a passage can be found again on paper.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise, product
from statistics import median

from indexer.paper.model import ParagraphForm, Part
from indexer.reading.bounds import MAX_CHARACTERS
from indexer.reading.flow import plain_signature
from indexer.reading.pdf_lines import lines_of
from indexer.reading.pieces import FinishedLine, ReadHeading, ReadPaper, ReadParagraph, TextLine

_TOP, _BOTTOM = 3, 4
"""So many lines at the top and the bottom of a page may be margins."""
_RECURS = 3
"""A running head stands on at least so many pages, and on at least one page in three."""
_FOOT = re.compile(
    r"(?:.s-Gravenhage \d{4}\s*)?(?:Tweede|Eerste) Kamer, vergaderjaar \d{4}\s?[–-]\s?\d{2,4}, .{3,80}"
    r"|.s-Gravenhage \d{4}"
    r"|ISSN \d{4}\s?-\s?\d{3}[\dX]"
    r"|Sdu Uitgevers.{0,40}"
    r"|(?:kst|blg|\d{4}tkkst)-?\d[\w-]*",
    re.IGNORECASE,
)
"""What the state printer sets below a page: "Tweede Kamer, vergaderjaar 2020–2021, 32 545, nr. 143 2", "kst-32545-143"."""
_PAGE = re.compile(
    r"(?:(?:pagina|page|blad|p\.)\s*)?[-–]?\s*(?P<number>\d{1,4})\s*[-–]?(?:\s*(?:van|of|/)\s*\d{1,4})?", re.IGNORECASE
)
"""3, – 3 –, Pagina 3 van 12"""
_DIGITS = re.compile(r"[0-9]{1,9}")
_NUMBERS = 4
"""A running head has at most so many numbers: "Pagina 3 van 12"."""
_WITHIN = 5
"""A paper names its chamber and session within so many first lines."""
_CHAMBER = re.compile(r"(?P<chamber>Tweede Kamer|Eerste Kamer) der Staten-Generaal(?:\s+[12])?")
_SESSION = re.compile(r"(?:Zitting|Vergaderjaar) (?P<session>\d{4}\s?[–-]\s?\d{2,4})(?:\s+[12])?")
_DOSSIER = re.compile(r"(?P<number>\d\d\s?\d{3}(?:-\d\d)?(?:\s[IVXLC]+[AB]?\b)?(?:\s\(R\s?\d{3,4}\))?)(?:\s+(?P<title>\D.*))?")
_NUMBER = re.compile(r"(?P<number>Nrs?\.\s?\d+\w?|[A-Z]{1,2}(?=\s\s|$))(?:\s+(?P<kind>.*))?")
_DATED = re.compile(r"(?:Voorgesteld|Ontvangen|Vastgesteld|Ter griffie ontvangen).{1,40}\d{4}\.?")
_SIGN = re.compile(r"[–—•▪◦·\uf0b7\uf0a7-]\s")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[a-z][.)]|\([a-z0-9]{1,2}\)|[ivx]{1,4}[.)])\s")
_CLOSING = (".", ":", ";", "!", "?", "”", '"', "’")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_UNPRINTED = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0xFFFD), " ")
_CHARACTERS = _LIGATURES | _UNPRINTED
_INDENT = 4.0
"""A line that begins so many points further to the right is indented."""
_LEADING = (0.9, 2.0)
"""The least and the greatest distance between lines of one paragraph, in heights of letters; the greatest is double spacing."""
_GAP = 1.25
"""Lines that are further apart than this share of the usual distance are of two paragraphs."""
_OTHER_SIZE = 0.12
"""Letters that differ by more than this share are of another size."""
_FULL = 0.75
"""A line shorter than this share of the long lines of its column had room for more."""
_SIGNED_WITHIN = 8
"""The signatures of a letter are among so many last paragraphs."""
_COLUMN = 10.0
"""Lines begin at the same place when they differ by at most so many points."""
_HYPHENS = "-\u2010\u00ad"
_GOES_ON_AFTER_HYPHEN = frozenset(("en", "of", "als", "dan", "noch", "tot", "c.q.", "resp.", "respectievelijk", "alsmede"))
"""Words before which a hyphen stands for the rest of a compound: "zorg- en huurtoeslag"."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LEGIBLE = 0.7
"""With a smaller share of letters and digits than this, the fonts of a PDF do not tell which letters they show."""
_PLAIN_SIGNS = frozenset(".,;:!?()[]{}'\"“”„‘’«»-–—_/\\|%€$£&+*=<>@#§°•·…^~`\u00ad\u2010\u2011\u2022\u25aa\uf0b7")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one PDF may hold: pages, characters of text."""

    pages: int = 2_000
    characters: int = MAX_CHARACTERS


BOUNDS = Bounds()
"""These bounds leave room for the longest reports. A PDF beyond them is refused whole, never cut."""


def is_pdf(content: bytes) -> bool:
    """Whether this is a PDF, by its first bytes; there may be others before them."""
    return b"%PDF-" in content[:1024]


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a PDF: where it begins (points from the lower left corner), the height of its letters, its text."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """What was read of a PDF: the pieces, and chamber and session as its head prints them."""

    read: ReadPaper = field(default_factory=ReadPaper)
    chamber: str = ""
    session: str = ""


def read_pdf(content: bytes, bounds: Bounds = BOUNDS) -> PdfPaper:
    """What the PDF tells.

    Raises:
        ValueError: the PDF cannot be read whole and within bounds, has no text, or the extra is not installed.
    """
    pages = _lines(content, bounds)
    text = "".join(line.text for page in pages for line in page)
    letters = sum(map(str.isalnum, text))
    if not letters:
        raise ValueError(f"no text in the PDF ({len(pages):,} pages, scanned or empty); it needs text recognition (OCR) first")
    if letters < _LEGIBLE * sum(not (c.isspace() or c in _PLAIN_SIGNS) for c in text):
        raise ValueError("the fonts of the PDF do not tell which letters they show; it needs text recognition (OCR) first")
    return read_lines(pages)


def _lines(content: bytes, bounds: Bounds) -> list[list[PdfLine]]:
    if find_spec("pypdf") is None:
        raise ValueError("PDFs are read with a further package (the extra [pdf]); install it with: pip install pypdf")
    return [[PdfLine(*line) for line in page] for page in lines_of(content, bounds.pages, bounds.characters)]


def without_margins(pages: list[list[PdfLine]]) -> list[list[PdfLine]]:
    """The lines of each page without its margins, in the order of the file."""
    recurring = _recurring(pages)
    kept = [
        _without(page, {line for line in _zone(page) if _FOOT.fullmatch(line.text) or not recurring.isdisjoint(_forms(line, i))})
        for i, page in enumerate(pages)
    ]
    edges = [_edges(page) for page in kept]
    # The page's number, or one that runs along with it: a report may begin to count behind its cover.
    offsets = Counter(
        offset for i, lines in enumerate(edges) for offset in {_number(line) - i for line in lines if _number(line)}
    )
    running = {offset for offset, count in offsets.items() if offset == 1 or count > 1}
    return [
        _without(page, {line for line in lines if _number(line) and _number(line) - i in running})
        for i, (page, lines) in enumerate(zip(kept, edges, strict=True))
    ]


def _without(page: list[PdfLine], lines: set[PdfLine]) -> list[PdfLine]:
    return [line for line in page if line not in lines]


def _recurring(pages: list[list[PdfLine]]) -> set[tuple[int, str]]:
    """What recurs at the top and bottom of pages."""
    counts = Counter(form for i, page in enumerate(pages) for form in {form for line in _zone(page) for form in _forms(line, i)})
    least = max(_RECURS, len(pages) // 3)
    return {form for form, count in counts.items() if count >= least}


def _zone(page: list[PdfLine]) -> list[PdfLine]:
    down = sorted(page, key=lambda line: -line.y)
    return [*down[:_TOP], *down[-_BOTTOM:]]


def _edges(page: list[PdfLine]) -> list[PdfLine]:
    down = sorted(page, key=lambda line: -line.y)
    return [*down[:1], *down[-1:]]


def _forms(line: PdfLine, page: int) -> set[tuple[int, str]]:
    """What a line has in common with those on other pages: its height, and numbers that stay the same or count the pages."""
    numbers = _DIGITS.findall(line.text)
    if len(numbers) > _NUMBERS or not any(map(str.isalpha, line.text)):
        return set()
    ways = product(*([number, f"+{int(number) - page}"] for number in numbers))
    return {(round(line.y), _DIGITS.sub("{}", line.text.replace("{", "").replace("}", "")).format(*way)) for way in ways}


def _number(line: PdfLine) -> int:
    """The page number that a line consists of; 0 when it is no page number."""
    found = _PAGE.fullmatch(line.text)
    return int(found["number"]) if found else 0


def take_head(pages: list[list[PdfLine]]) -> tuple[PdfPaper, list[list[PdfLine]]]:
    """What the head of the first page tells, and the pages without it."""
    at = next((i for i, page in enumerate(pages) if page), 0)
    lines = pages[at] if pages else []
    texts = [line.text for line in lines]
    chamber = _first(_CHAMBER, texts[:_WITHIN])
    session = _first(_SESSION, texts[:_WITHIN])
    if chamber is None or session is None:
        return PdfPaper(), pages
    paper = PdfPaper(chamber=chamber[1]["chamber"], session=session[1]["session"])
    rest = _take_title(paper.read, lines, max(chamber[0], session[0]) + 1)
    return paper, [*pages[:at], lines[rest:], *pages[at + 1 :]]


def _first(pattern: re.Pattern[str], texts: list[str]) -> tuple[int, re.Match[str]] | None:
    return next(((i, found) for i, text in enumerate(texts) if (found := pattern.fullmatch(text))), None)


def _take_title(read: ReadPaper, lines: list[PdfLine], at: int) -> int:
    """Dossiers, number, kind line and date, from the line ``at``; gives where the text begins."""
    while at < len(lines) and (found := _DOSSIER.fullmatch(lines[at].text)):
        title, at = _run_on(found["title"] or "", lines, at + 1, _is_title)
        read.dossiers.append((found["number"], title))
    if at < len(lines) and (found := _NUMBER.fullmatch(lines[at].text)):
        kind, after = _run_on(found["kind"] or "", lines, at + 1, str.isupper)
        if kind.isupper():
            read.number, read.kind_line, at = found["number"], kind, after
    if at < len(lines) and _DATED.fullmatch(lines[at].text):
        read.date_lines.append(lines[at].text)
        at += 1
    return at


def _is_title(text: str) -> bool:
    """Whether a line can be the continuation of a dossier's title."""
    return not (_DOSSIER.fullmatch(text) or _NUMBER.fullmatch(text) or text.isupper())


def _run_on(text: str, lines: list[PdfLine], at: int, goes_on: Callable[[str], bool]) -> tuple[str, int]:
    """A text with its continuation in the lines from ``at`` on, and the line where it ends."""
    parts = [text] if text else []
    while at < len(lines) and goes_on(lines[at].text):
        if parts and lines[at - 1].y - lines[at].y > 2 * lines[at].size:
            break
        parts.append(lines[at].text)
        at += 1
    return " ".join(parts), at


def read_lines(pages: list[list[PdfLine]]) -> PdfPaper:
    """Make the pieces of a paper of its lines."""
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
    """Knows what the lines of one PDF are like, and makes paragraphs of them."""

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
            line = TextLine()
            line.add(self._joined(paragraph.lines))
            form, depth = (ParagraphForm.ITEM, 1) if paragraph.item else (ParagraphForm.TEXT, 0)
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
    """Lines that begin at the same place from the left, in letters of one size; when they are full they are equally wide."""
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
