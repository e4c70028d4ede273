"""What a received file is: by what it is known again, and its form."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache

from indexer.reading.official_file import OfficialFile
from indexer.reading.pdf import is_pdf

FORMS = ("html", "xml", "pdf")
"""The forms of a file, the preferred one first: pages carry anchors and metadata that XML often lacks, PDFs have only lines."""
FINGERPRINT_LENGTH = 32


@lru_cache(maxsize=1)  # asked of one file several times in a row
def fingerprint(file: OfficialFile) -> str:
    """Two received files are the same when this is: a hash of the bytes and of the record's bytes, 32 hexadecimal digits.

    For a PDF the name counts too, since it may be all that tells which paper it is.
    """
    digest = hashlib.sha256(file.content)
    if is_pdf(file.content):
        digest.update(b"\0name\0" + file.stem.encode("utf-8", "surrogateescape"))
    if file.record is not None:
        digest.update(b"\0metadata\0" + file.record)
    return digest.hexdigest()[:FINGERPRINT_LENGTH]


def as_received(file: OfficialFile, mark: str, origin: str) -> OfficialFile | None:
    """A kept file under the name that it came with from ``origin``; None when it has not its fingerprint any more.

    A kept file is named after its paper, and for the fingerprint of a PDF the name counts.
    """
    name = origin.rpartition("/")[2]
    named = (replace(file, name=one) for one in (file.name, name, name.rpartition("!")[2]))
    return next((one for one in named if fingerprint(one) == mark), None)


@lru_cache(maxsize=1)  # asked of one file several times in a row
def form_of(file: OfficialFile) -> str:
    """``html``, ``xml`` or ``pdf``, by what the file holds."""
    if is_pdf(file.content):
        return "pdf"
    head = file.content[:4096].lower()
    return "html" if b"<html" in head or b"<!doctype html" in head or b"broodtekst" in head else "xml"
