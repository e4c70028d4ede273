"""The files of a paper at the source: which are fetched, and when one is sound.

Networks cut and servers apologise with status 200, so a body is looked at before it counts: that it is of the kind that was asked
for, and that it has its end. What a file means is for ``indexer.reading`` to say.
"""

from __future__ import annotations

from collections.abc import Mapping

from indexer.harvest.source import Soundness
from indexer.reading.pdf import is_pdf
from indexer.reading.trees import decode, local_name, root_name, xml_tree
from indexer.reading.xml import ROOT_NAMES

_PDF_END = 2_048
"""The end mark of a PDF stands within so many last bytes."""
_END = 400
"""The end of a page stands within so many last bytes; comments and white space may follow it."""


def sound_page(content: bytes) -> None:
    """Raise unless it is the page of a paper, with the paper's text in it and its end tag."""
    if b"broodtekst" not in content:
        raise ValueError("not the page of a paper: there is no #broodtekst in it")
    if b"</html>" not in content[-_END:].lower():
        raise ValueError("the page ends before its end tag; it was cut off")


def sound_pdf(content: bytes) -> None:
    """Raise unless it is a PDF, with its end."""
    if not is_pdf(content):
        raise ValueError("not a PDF")
    if b"%%EOF" not in content[-_PDF_END:]:
        raise ValueError("the PDF ends before its end mark; it was cut off")


def sound_paper(content: bytes) -> None:
    """Raise unless it is the XML of a paper."""
    _sound_xml(content, frozenset(ROOT_NAMES))


def sound_metadata(content: bytes) -> None:
    """Raise unless it is a metadata record."""
    _sound_xml(content, frozenset(("metadata_gegevens", "owms-metadata")))


def _sound_xml(content: bytes, roots: frozenset[str]) -> None:
    text = decode(content)
    if root_name(text) not in roots:
        expected = " or ".join(f"<{name}>" for name in sorted(roots))
        raise ValueError(f"the body begins with <{root_name(text) or text[:20].strip()}>, expected {expected}")
    if local_name(xml_tree(text)) not in roots:
        raise ValueError("not the XML that was asked for")


SOUND: dict[str, Soundness] = {"metadata": sound_metadata, "pdf": sound_pdf, "xml": sound_paper, "html": sound_page}
"""The forms that are fetched, in this order: the last one that there is, is the one that is read."""


def forms_of(addresses: Mapping[str, str], wish: frozenset[str]) -> tuple[str, ...]:
    """Which files of a paper to fetch, the one that is read last; none when the source has none that can be read.

    ``wish`` are forms to have beside the page. Without a page it is the XML, and without that the PDF if ``wish`` has it; both
    with the metadata that they often lack.
    """
    readable = ("html", "xml", "pdf") if "pdf" in wish else ("html", "xml")
    read = next((form for form in readable if form in addresses), "")
    if not read:
        return ()
    wanted = (wish - {"pdf"}) | {read} | ({"metadata"} if read != "html" else set())
    return tuple(form for form in SOUND if form in wanted and form in addresses)
