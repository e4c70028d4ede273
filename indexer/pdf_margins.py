"""What stands on every page of a PDF around the text: running heads and feet, page numbers. Told by place and repetition.

A line that is left out stands at the top or bottom of its page, and either has a form that only margins have or recurs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import product

_TOP, _BOTTOM = 3, 4
"""Lines at the top and the bottom of a page that may be margins."""
_RECURS = 3
"""Pages on which a running head stands at least, and at least one of three pages."""

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
"""Numbers in a running head at most: "Pagina 3 van 12"."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a PDF: where it begins (points from the lower left corner), the height of its letters, its text."""

    x: float
    y: float
    size: float
    text: str


def without_margins(pages: list[list[PdfLine]]) -> list[list[PdfLine]]:
    """The lines of each page that are its text, in the order of the file."""
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
    """A line as it may recur: at its height, each number the same everywhere or running along with the pages."""
    numbers = _DIGITS.findall(line.text)
    if len(numbers) > _NUMBERS or not any(map(str.isalpha, line.text)):
        return set()
    ways = product(*([number, f"+{int(number) - page}"] for number in numbers))
    return {(round(line.y), _DIGITS.sub("{}", line.text.replace("{", "").replace("}", "")).format(*way)) for way in ways}


def _number(line: PdfLine) -> int:
    """The page number that a line is; 0: none."""
    found = _PAGE.fullmatch(line.text)
    return int(found["number"]) if found else 0
