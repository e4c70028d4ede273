"""Whether a body is whole and of the kind that was asked for. Networks cut, and servers apologise with status 200.

Says nothing of what a paper means; ``read`` does.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from indexer.encoding import decode
from indexer.pdf import is_pdf
from indexer.trees import root_name, xml_tree
from indexer.xml_front import ROOT_NAMES

Soundness = Callable[[bytes], object]
"""Raises ``ValueError`` with the reason when a body is not sound."""

_PDF_END = 2_048
"""Bytes in which the end mark of a PDF stands."""
_END = 400
"""Bytes in which the end of a page stands; comments and white space may follow it."""


def sound_page(content: bytes) -> None:
    """The page of a paper: it has the paper's text in it, and its end tag."""
    if b"broodtekst" not in content:
        raise ValueError("not the page of a paper: there is no #broodtekst in it")
    if b"</html>" not in content[-_END:].lower():
        raise ValueError("the page ends before its end tag; it was cut off")


def sound_pdf(content: bytes) -> None:
    """A PDF, with its end."""
    if not is_pdf(content):
        raise ValueError("not a PDF")
    if b"%%EOF" not in content[-_PDF_END:]:
        raise ValueError("the PDF ends before its end mark; it was cut off")


def sound_paper(content: bytes) -> None:
    """The XML of a paper."""
    _sound_xml(content, frozenset(ROOT_NAMES))


def sound_metadata(content: bytes) -> None:
    """A metadata record."""
    _sound_xml(content, frozenset(("metadata_gegevens", "owms-metadata")))


def _sound_xml(content: bytes, roots: frozenset[str]) -> None:
    text = decode(content)
    if root_name(text) not in roots:
        expected = " or ".join(f"<{name}>" for name in sorted(roots))
        raise ValueError(f"the body begins with <{root_name(text) or text[:20].strip()}>, expected {expected}")
    if etree.QName(xml_tree(text)).localname not in roots:
        raise ValueError("not the XML that was asked for")
