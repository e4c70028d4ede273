"""Which files of a paper are fetched, in which order, and what makes each sound."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.harvest.soundness import Soundness, sound_metadata, sound_page, sound_paper

SOUND: dict[str, Soundness] = {"metadata": sound_metadata, "xml": sound_paper, "html": sound_page}
"""The forms that are fetched, in this order: the last one that there is, is the one that is read."""


def forms_of(addresses: Mapping[str, str], wish: frozenset[str]) -> tuple[str, ...]:
    """Which files of a paper to fetch, the one that is read last; none when the source has neither page nor XML.

    ``wish`` are forms to have beside the page. Without a page it is the XML, with the metadata that XML often lacks.
    """
    read = next((form for form in ("html", "xml") if form in addresses), "")
    if not read:
        return ()
    wanted = wish | {read} | ({"metadata"} if read == "xml" else set())
    return tuple(form for form in SOUND if form in wanted and form in addresses)
