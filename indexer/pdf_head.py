"""The head that the state printer sets above a paper, in the lines of a PDF: chamber, session, dossiers, number and kind line.

"Tweede Kamer der Staten-Generaal / Vergaderjaar 2020–2021 / 32 545 Wet- en regelgeving … / Nr. 143 MOTIE VAN …". Other PDFs
have none, and then nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.pdf_margins import PdfLine
from indexer.pieces import ReadPaper

_WITHIN = 5
"""Lines within which a paper says which chamber and session it is of."""
_CHAMBER = re.compile(r"(?P<chamber>Tweede Kamer|Eerste Kamer) der Staten-Generaal(?:\s+[12])?")
_SESSION = re.compile(r"(?:Zitting|Vergaderjaar) (?P<session>\d{4}\s?[–-]\s?\d{2,4})(?:\s+[12])?")
_DOSSIER = re.compile(r"(?P<number>\d\d\s?\d{3}(?:-\d\d)?(?:\s[IVXLC]+[AB]?\b)?(?:\s\(R\s?\d{3,4}\))?)(?:\s+(?P<title>\D.*))?")
_NUMBER = re.compile(r"(?P<number>Nrs?\.\s?\d+\w?|[A-Z]{1,2}(?=\s\s|$))(?:\s+(?P<kind>.*))?")
_DATED = re.compile(r"(?:Voorgesteld|Ontvangen|Vastgesteld|Ter griffie ontvangen).{1,40}\d{4}\.?")


@dataclass(frozen=True, slots=True)
class PdfPaper:
    """What was read of a PDF: the pieces, and chamber and session as its head prints them."""

    read: ReadPaper = field(default_factory=ReadPaper)
    chamber: str = ""
    session: str = ""


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
    """Whether a line can be more of a dossier's title."""
    return not (_DOSSIER.fullmatch(text) or _NUMBER.fullmatch(text) or text.isupper())


def _run_on(text: str, lines: list[PdfLine], at: int, goes_on: Callable[[str], bool]) -> tuple[str, int]:
    """A text with what it goes on with in the lines from ``at``, and where it ends."""
    parts = [text] if text else []
    while at < len(lines) and goes_on(lines[at].text):
        if parts and lines[at - 1].y - lines[at].y > 2 * lines[at].size:
            break
        parts.append(lines[at].text)
        at += 1
    return " ".join(parts), at
