"""A PDF → the pieces of a paper: for attachments, and for papers that there is no page and no XML of.

The file is opened by a program of its own (``pdf_lines``), which is ended when it goes beyond its bounds, so that no PDF can
hang or fill this one. Needs the extra ``[pdf]``. A PDF has lines where a page has paragraphs; ``pdf_layout`` makes up for that.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec

from indexer.pdf_head import PdfPaper
from indexer.pdf_layout import read_lines
from indexer.pdf_margins import PdfLine

_LEGIBLE = 0.7
"""Share of letters and digits among what is no punctuation; below it the fonts of a PDF do not tell which letters they show."""
_PLAIN_SIGNS = frozenset(".,;:!?()[]{}'\"“”„‘’«»-–—_/\\|%€$£&+*=<>@#§°•·…^~`\u00ad\u2010\u2011\u2022\u25aa\uf0b7")
_GRACE = 30
"""Seconds of waiting on a busy machine, beyond the seconds of work."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one PDF may take: pages, seconds of work, bytes of memory, characters of text."""

    pages: int = 2_000
    seconds: int = 300
    memory: int = 1 << 30
    characters: int = 20_000_000


BOUNDS = Bounds()
"""Room for the longest reports; what goes beyond is refused whole, never cut."""


def is_pdf(content: bytes) -> bool:
    """Whether this is a PDF, by its first bytes; there may be others before them."""
    return b"%PDF-" in content[:1024]


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
    numbers = (bounds.pages, bounds.seconds, bounds.memory, bounds.characters)
    command = [sys.executable, "-P", "-m", "indexer.pdf_lines", *map(str, numbers)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module with numbers; the PDF goes to its stdin
            command, input=content, capture_output=True, timeout=bounds.seconds + _GRACE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"reading the PDF takes more than {bounds.seconds + _GRACE} seconds") from error
    if done.returncode < 0:  # ended by a signal: that of its limit on time, or for want of memory
        raise ValueError(f"reading the PDF takes more than {bounds.seconds} seconds or {bounds.memory // 2**20:,} MiB")
    if done.returncode:
        raise ValueError(f"reading the PDF failed: {done.stderr.decode(errors='replace').strip().rpartition(chr(10))[2][:200]}")
    told = json.loads(done.stdout)
    if "error" in told:
        raise ValueError(told["error"])
    return [[PdfLine(*line) for line in page] for page in told["pages"]]
