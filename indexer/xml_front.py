"""The head of an official XML file, of either dialect: what it tells of the paper beside its text.

Two of three files hold no metadata but a pointer to it; chamber and session year are then only printed here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from indexer.metadata import Metadata, from_meta
from indexer.walk import text_of

ROOT_NAMES = frozenset(("officiele-publicatie", "kamerwrk", "kamerstuk", "aanhangsel", "vraagdocument"))
"""The elements an official XML file of a paper begins with."""

_CHAMBERS = {"1": "Eerste Kamer", "2": "Tweede Kamer", "ek": "Eerste Kamer", "tk": "Tweede Kamer"}


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """What the head of the XML itself tells of the paper (the metadata may be a mere pointer)."""

    chamber: str = ""
    session: str = ""
    metadata: Metadata = field(default_factory=Metadata)


def frontmatter_of(root: etree._Element) -> Frontmatter:
    """Read the head of either dialect."""
    lines = {line.get("inhoud"): text_of(line) for line in root.iter("{*}tekstregel")}
    session = lines.get("vergaderjaar", "") or next((text_of(e) for e in root.iterfind("{*}frontm/{*}vergjaar")), "")
    titles = [text_of(title) for name in ("titel", "subtitel") for title in root.iterfind(f"{{*}}kop/{{*}}{name}")]
    printed = (title for title in titles if title.startswith(("Tweede Kamer", "Eerste Kamer")))
    coded = _CHAMBERS.get(lines.get("kamernummer", ""), "") or _CHAMBERS.get(root.get("kamer") or "", "")
    chamber = lines.get("kameraanduiding", "") or next(printed, "") or coded
    return Frontmatter(chamber, session, from_meta(root.iterfind("{*}metadata/{*}meta")))
