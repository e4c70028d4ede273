"""Bytes of an official file → its text: by byte order mark, by its own declaration, else UTF-8.

Nothing is replaced or dropped: bytes that do not fit the encoding are an error. Knows nothing of papers.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip
"""The last two are no marks, but the first character of any file of ours."""
_DECLARATIONS = (
    re.compile(rb"^\s*<\?xml\b[^<>]*?\bencoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]+)"),
    re.compile(rb"<meta\b[^<>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE),
)
_HEAD = 65_536
_TEXT_ENCODINGS = re.compile(r"utf-(?:8|16|32)(?:-[lb]e)?|ascii|iso8859-\d+|cp(?:125\d|437|85\d)|mac-roman|koi8-[ru]")
"""What a file may declare: Python knows encodings too that unpack or execute their input."""
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def decode(content: bytes) -> str:
    """The text of a file.

    Raises:
        ValueError: the file is empty, the encoding is unknown, or the bytes do not fit it.
    """
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ValueError("the file is empty; fetch it again")
    declared = next((name for start, name in _BOMS if content.startswith(start)), "") or _declared(content[:_HEAD])
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if not _TEXT_ENCODINGS.fullmatch(name):
        raise ValueError(f"the encoding {declared[:40]!r} it declares is unknown; convert the file to UTF-8")
    if name in ("iso8859-1", "cp1252"):
        # Browsers read Latin-1 as Windows-1252 (WHATWG Encoding), and so did those who made the pages.
        return content.decode("latin-1").translate(_WINDOWS)
    try:
        return content.decode("utf-8" if name == "ascii" else name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError(f"the text is not valid {declared.upper()} at byte {error.start:,}; fetch the file again") from error


def _declared(head: bytes) -> str:
    """The encoding a file declares. What could be read as ASCII is not UTF-16 or UTF-32, whatever it says."""
    found = next((found for pattern in _DECLARATIONS if (found := pattern.search(head))), None)
    name = found.group(1).decode("ascii") if found else "utf-8"
    return "utf-8" if name.lower().startswith(("utf-16", "utf16", "utf-32", "utf32")) else name
