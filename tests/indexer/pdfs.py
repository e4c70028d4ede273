"""Small PDFs for tests, written by hand: lines of text at places on pages, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

TextLine = tuple[float, float, float, str]
"""Distance from the left and from below, height of the letters, text."""


def pdf(*pages: Sequence[TextLine], contents: bytes = b"", filters: str = "") -> bytes:
    """A PDF with a page for each sequence of lines; ``contents`` stands in place of those of the first page."""
    streams = [contents or b"\n".join(map(_shown, page)) for page in pages[:1]] + [
        b"\n".join(map(_shown, page)) for page in pages[1:]
    ]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for i, stream in enumerate(streams):
        page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"{page}/Contents {5 + 2 * i} 0 R>>".encode())
        named = filters if filters and not i else ""
        objects.append(f"<</Length {len(stream)}{named}>>stream\n".encode() + stream + b"\nendstream")
    return assembled(objects)


def _shown(line: TextLine) -> bytes:
    x, y, size, text = line
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET".encode("cp1252")


def assembled(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    content = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        content += b"%010d 00000 n \n" % place
    content += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(content)


def column(*texts: str, x: float = 72, top: float = 760, size: float = 10, leading: float = 12) -> list[TextLine]:
    """Lines below one another; an empty text leaves a gap."""
    return [(x, top - i * leading, size, text) for i, text in enumerate(texts) if text]
