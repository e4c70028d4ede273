"""Which files of a paper are fetched, in which order, and what makes each sound."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.harvest.soundness import Soundness, sound_metadata, sound_page, sound_paper, sound_pdf

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
