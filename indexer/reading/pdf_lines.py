"""The lines of a PDF, as a library finds them: where each begins, the height of its letters, its text.

The library is slow, raises nearly anything on broken files and does not promise to end: whoever opens PDFs of others does so in a
process that is bounded. ``pdf`` says what the lines mean.
"""

from __future__ import annotations

import math
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject


PlacedLine = tuple[float, float, float, str]

_SMALL, _RAISED = 0.85, 0.15
"""Raised numbers are smaller than the first share of the height of a line's letters, and higher by the second share."""
_APART = 0.6
"""Pieces of a line that differ by more than this share of the height of letters are not one word."""
_UNITS = frozenset(("m", "mm", "cm", "dm", "km", "hm"))


def lines_of(content: bytes, max_pages: int, max_characters: int) -> list[list[PlacedLine]]:
    """The lines of each page in the order of the file.

    Raises:
        ValueError: the PDF is broken or encrypted, or holds more than it may.
        MemoryError: it takes more than there is.
    """
    try:
        return _lines(content, max_pages, max_characters)
    except (_Refused, MemoryError):
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:160]
        raise ValueError(f"the PDF is broken ({type(error).__name__}: {reason})") from error


class _Refused(ValueError):
    """The PDF is not read; the message says why."""


def _lines(content: bytes, max_pages: int, max_characters: int) -> list[list[PlacedLine]]:
    from pypdf import PdfReader  # noqa: PLC0415 - an extra; ``pdf`` has seen to it that it is there
    from pypdf.errors import DependencyError  # noqa: PLC0415

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _Refused("the PDF is locked with a password")
    except DependencyError as error:  # the library has no means of its own for AES
        raise _Refused("the PDF is encrypted in a way that needs a further package: pip install cryptography") from error
    if len(reader.pages) > max_pages:
        raise _Refused(f"the PDF has {len(reader.pages):,} pages, more than the {max_pages:,} that are read")
    pages = []
    characters = 0
    for page in reader.pages:
        lines = _of_page(page)
        characters += sum(len(text) for *_, text in lines)
        if characters > max_characters:
            raise _Refused(f"the PDF holds more than the {max_characters:,} characters that are read")
        pages.append(lines)
        if len(pages) > max_pages:
            raise _Refused(f"the PDF has more pages than it says, and than the {max_pages:,} that are read")
    return pages


def _of_page(page: PageObject) -> list[PlacedLine]:
    """Text that the library puts on one line, where that begins."""
    lines: list[PlacedLine] = []
    pieces: list[str] = []
    place = last = (0.0, 0.0, 0.0)

    def end() -> None:
        text = "".join(pieces)
        pieces.clear()
        if not text.isspace() and text:
            lines.append((*place, text))

    def take(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        nonlocal place, last
        for i, piece in enumerate(text.split("\n")):
            if i:
                end()
            if not piece.strip():
                pieces.append(piece)
                continue
            here = _place(cm, tm, size)
            if not "".join(pieces).strip():
                place = here
            elif _is_note(piece, here, place, pieces) or _stands_apart(here, last):
                pieces.append(" ")
            pieces.append(piece)
            last = here

    _divide(page)
    page.extract_text(visitor_text=take)
    end()
    return lines


def _divide(page: PageObject) -> None:
    """Make text whose letters change in height two pieces: the library tells places by piece, and a raised number is one.

    A text object ends and another begins, in front of a matrix that sets everything anew; on the page nothing changes.
    """
    from pypdf.generic import ContentStream, NameObject  # noqa: PLC0415 - see above

    if page.get("/Contents") is None:
        return
    contents = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes")
    divided: list[tuple[Any, bytes]] = []
    height = 0.0
    for operands, operator in contents.operations:
        if operator == b"Tm" and len(operands) == 6:
            new = math.hypot(float(operands[2]), float(operands[3]))
            if abs(new - height) > (1 - _SMALL) * max(new, height) / 2:
                divided += [([], b"ET"), ([], b"BT")]
            height = new
        divided.append((operands, operator))
    contents.operations = divided
    page[NameObject("/Contents")] = contents


def _stands_apart(here: tuple[float, float, float], last: tuple[float, float, float]) -> bool:
    """Whether a piece is put on the line of another though it stands above, below or before it: the cells of a table do."""
    return abs(here[1] - last[1]) > _APART * max(here[2], last[2]) or here[0] < last[0] - 1


def _is_note(piece: str, here: tuple[float, float, float], line: tuple[float, float, float], before: list[str]) -> bool:
    """Whether a piece is the raised number of a footnote, which is no part of the word before it; that of m² is."""
    raised = here[2] < _SMALL * line[2] and here[1] > line[1] + _RAISED * line[2]
    word = "".join(before).rpartition(" ")[2]
    return raised and piece.strip().isdigit() and bool(word) and word not in _UNITS


def _place(cm: list[float], tm: list[float], size: float) -> tuple[float, float, float]:
    """Where a text begins on the page, and the height of its letters."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    height = abs(size) * math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
    return tuple(round(value, 2) if math.isfinite(value) else 0.0 for value in (x, y, height))  # type: ignore[return-value]
