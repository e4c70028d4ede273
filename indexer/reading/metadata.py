"""The metadata of a paper: from the head of a page, from the XML itself, or from the record beside it.

Four notations, one value: ``<meta>`` in HTML and XML, ``metadata.xml``, ``metadata_owms.xml`` and the record of PLOOI. Names are
those of the HTML head; ``scheme`` and ``data-scheme`` mean the same. Nothing is interpreted here beyond what belongs to which
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from indexer.reading.trees import local_name

_OWMS_PREFIXES = {
    "identifier": "DC.identifier", "title": "DC.title", "type": "DC.type", "creator": "DC.creator",
    "available": "DCTERMS.available", "issued": "DCTERMS.issued", "category": "OVERHEID.category", "subject": "OVERHEID.category",
}  # fmt: skip

_PLOOI_PATHS = {
    ".//{*}bronmeta/{*}identifier": "DC.identifier", ".//{*}bronmeta/{*}creator": "DC.creator",
    ".//{*}owmsmantel/{*}issued": "DCTERMS.issued",
}  # fmt: skip


PUBLICATION_TYPE = "kamerwrk.publtype"
"""The name under which the code stands that XML of 1995–2009 has for the kind."""
_PUBLICATION_TYPES = {"meto": "Memorie van toelichting"}
_RECORD_ADDRESS = re.compile(r"/([A-Za-z0-9-]+)/metadata(?:_owms)?\.xml$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Name, scheme and content of each entry, in the order of the file."""

    entries: tuple[tuple[str, str, str], ...] = ()
    _named: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """What ``all`` gives, by the name in lower case: a paper is asked for some twenty names, most of them more than once."""

    def __post_init__(self) -> None:
        named: dict[str, dict[str, None]] = {}
        for name, _, content in self.entries:
            if content:
                named.setdefault(name.lower(), {})[content] = None
        object.__setattr__(self, "_named", {name: tuple(contents) for name, contents in named.items()})

    def all(self, name: str) -> tuple[str, ...]:
        """Every content under the name (case does not matter), without repeats and empty ones."""
        return self._named.get(name.lower(), ())

    def first(self, name: str) -> str:
        """The first content under the name, or an empty string."""
        return next(iter(self.all(name)), "")

    def day(self, name: str) -> date | None:
        """The first content that is an ISO date; other contents are passed over."""
        for content in self.all(name):
            try:
                return date.fromisoformat(content[:10])
            except ValueError:
                continue
        return None

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What the publication is called: by name, else in the address of the record that the file points to."""
        pointed = (_RECORD_ADDRESS.search(address) for address in self.all("OVERHEIDop.externMetadataRecord"))
        return (*self.all("DC.identifier"), *(found.group(1) for found in pointed if found))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that the metadata names (DC.type), those of the schemes KamerstukTypen and AanhangselTypen first.

        "officiële publicatie" is no kind but what everything here is.
        """
        of_all = "officiële publicatie"
        types = [
            (scheme, kind)
            for name, scheme, kind in self.entries
            if name.lower() == "dc.type" and kind.lower() not in ("", of_all)
        ]
        types.sort(key=lambda one: (not one[0].endswith(("KamerstukTypen", "AanhangselTypen")), bool(one[0])))
        return tuple(dict.fromkeys(content for _, content in types))

    @property
    def kind_lines(self) -> tuple[str, ...]:
        """What else tells the kind in words: the second part of DC.title ("dossier; kind; title"), and the word of old XML."""
        second = (part for title in self.all("DC.title") for part in title.split("; ")[1:2])
        return (*second, *(_PUBLICATION_TYPES.get(code, "") for code in self.all(PUBLICATION_TYPE)))

    def extended(self, other: Metadata) -> Metadata:
        """This metadata, with the names it lacks taken from another record."""
        own = {name.lower() for name, _, content in self.entries if content}
        return Metadata(self.entries + tuple(entry for entry in other.entries if entry[0].lower() not in own))


def from_meta(elements: Iterable[etree._Element]) -> Metadata:
    """The metadata in ``<meta name scheme|data-scheme content>`` elements."""
    entries = []
    for element in elements:
        name = element.get("name") or element.get("property") or ""
        scheme = element.get("scheme") or element.get("data-scheme") or ""
        entries.append((name.strip(), scheme.strip(), " ".join((element.get("content") or "").split())))
    return Metadata(tuple(entry for entry in entries if entry[0]))


def from_record(root: etree._Element) -> Metadata | None:
    """The metadata in a record; None when the element is no record that is known."""
    match local_name(root):
        case "metadata_gegevens":
            return from_meta(root.iterfind("{*}metadata"))
        case "owms-metadata":
            return Metadata(tuple(_of_owms(root)))
        case "plooi":
            return Metadata(tuple(_of_plooi(root)))
    return None


def _of_owms(root: etree._Element) -> Iterable[tuple[str, str, str]]:
    for element in root.iter(etree.Element):
        name = local_name(element)
        content = _content(element)
        if len(element) == 0 and content:
            full = _OWMS_PREFIXES.get(name, f"OVERHEIDop.{name}")
            # The record gives the chamber of many Tweede Kamer papers as "overige", which says nothing.
            if not (full == "DC.creator" and content == "overige"):
                yield full, (element.get("scheme") or "").strip(), content


def _of_plooi(root: etree._Element) -> Iterable[tuple[str, str, str]]:
    """The record of the Platform open overheidsinformatie, which keeps what the publisher said as extra metadata."""
    for path, name in _PLOOI_PATHS.items():
        yield from ((name, "", _content(element)) for element in root.iterfind(path))
    kind = ""
    for extra in root.iterfind(".//{*}extrametadata"):
        field = (extra.get("name") or "").removeprefix("plooi.displayfield.")
        if field == "documentsubsoort":
            kind = _content(extra)
            yield "DC.type", "OVERHEIDop.KamerstukTypen", kind
        elif field in ("vergaderjaar", "indiener"):
            yield f"OVERHEIDop.{field}", "", _content(extra)
    for description in root.iterfind(".//{*}owmsmantel/{*}description"):
        dossier, separator, title = _content(description).partition(f"; {kind}; ")
        if separator:
            yield from (("OVERHEIDop.dossiertitel", "", dossier), ("OVERHEIDop.documenttitel", "", title))


def _content(element: etree._Element) -> str:
    return " ".join((element.text or "").split())
