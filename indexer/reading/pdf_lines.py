"""The lines of a PDF, as a program of its own: PDF on stdin, JSON on stdout, within bounds of memory and time.

``python -m indexer.reading.pdf_lines PAGES SECONDS BYTES CHARACTERS``. PDFs come from anyone; a process can be bounded and
thrown away, which a library within ours cannot. It prints either ``{"pages": [[[x, y, size, text], …], …]}``, in points from
the lower left corner, or ``{"error": "…"}``. ``pdf`` starts this program and says what the lines mean.
"""

from __future__ import annotations

import json
import logging
import math
import sys
from contextlib import suppress
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


class _Refused(Exception):
    """The PDF is not read; the message says why."""


def _bound(seconds: int, memory: int) -> None:
    """Let the system end or refuse what goes beyond; where it knows no such limit (macOS none of memory) the others remain."""
    import resource  # noqa: PLC0415 - not on every system; there the caller's own limit on time remains

    for kind, limit in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def lines_of(content: bytes, max_pages: int, max_characters: int) -> list[list[PlacedLine]]:
    """The lines of each page in the order of the file.

    Raises:
        _Refused: the PDF is encrypted, or holds more than it may.
        Exception: whatever the library raises on a broken file.
    """
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


def main() -> None:
    """Read the PDF on stdin; every outcome but being ended by the system is printed as JSON."""
    logging.disable()
    max_pages, seconds, memory, max_characters = map(int, sys.argv[1:])
    content = sys.stdin.buffer.read()
    with suppress(ImportError):
        _bound(seconds, memory)
    try:
        told = json.dumps({"pages": lines_of(content, max_pages, max_characters)})
    except _Refused as refused:
        told = json.dumps({"error": str(refused)})
    except MemoryError:
        told = json.dumps({"error": f"reading the PDF takes more than {memory // 2**20:,} MiB"})
    except Exception as error:  # noqa: BLE001 - the library raises nearly anything on broken files
        reason = " ".join(str(error).split())[:160]
        told = json.dumps({"error": f"the PDF is broken ({type(error).__name__}: {reason})"})
    sys.stdout.write(told)


if __name__ == "__main__":
    main()
