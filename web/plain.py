"""Text for formats that take less than any text: one line without control characters, and what XML can hold."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Control characters, half characters, marks that turn the direction of text, and what is no character."""

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference (production 2, Char)."""


def one_line(text: str) -> str:
    """The text on one line: white space of every kind is one space, what cannot be seen is left out."""
    return _CONTROLS.sub("", " ".join(text.split())).strip()


def for_xml(text: str) -> str:
    """The text, or a document in which texts were escaped, without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
