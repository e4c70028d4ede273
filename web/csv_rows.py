"""Rows as CSV that spreadsheets open rightly and cannot be made to run: RFC 4180 in UTF-8 with a byte order mark, streamed.

Knows no papers: what the columns are is decided by who gives the rows.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from flask import Response

from web.download import as_file

Cell = str | int | float | datetime.date | None

_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of the reader's country."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""

_CHUNK = 16 * 1024
"""Characters that are sent at once, more or less."""


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A download that is written while it is sent.

    ``rows`` are taken from it once the response has begun, so what may fail belongs before them. The filename may hold anything.
    """
    return as_file(Response(csv_chunks(header, rows), content_type="text/csv; charset=utf-8; header=present"), filename)


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The header and the rows as pieces of one file."""
    buffer = StringIO(newline="")
    buffer.write(_BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow([safe(cell) for cell in header])
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        if buffer.tell() >= _CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def safe(cell: Cell) -> str:
    """The cell as text; text that would be read as a formula gets an apostrophe in front, numbers and dates stay as they are.

    >>> safe("=SOM(A1:A9)"), safe("Cool:Gen"), safe(-3), safe(None)
    ("'=SOM(A1:A9)", 'Cool:Gen', '-3', '')
    """
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _taken(buffer: StringIO) -> bytes:
    """What the buffer holds, which is then empty; half characters that no encoding knows become question marks."""
    content = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return content
