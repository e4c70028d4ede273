"""The papers that the stand-in publishes, and what happens to them: added, changed, withdrawn."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from threading import RLock

from lxml import etree

BEGIN = datetime(2021, 5, 27, 11, 8, 55, tzinfo=UTC)
"""When the papers were last changed, unless it is said: long before any harvest."""


@dataclass(frozen=True, slots=True)
class Published:
    """One paper at the source: what its record says, and its files by manifestation."""

    identifier: str
    title: str = ""
    type: str = "Kamerstuk"
    type_scheme: str = "OVERHEIDop.Parlementair"
    creator: str = "Tweede Kamer der Staten-Generaal"
    available: str = ""
    date: str = ""
    issued: str = ""
    subjects: tuple[str, ...] = ()
    content_area: str = ""
    rvs: str = ""
    status: str = "Opgemaakt"
    document_title: str = ""
    dossier_title: str = ""
    submitters: tuple[str, ...] = ()
    main_document: str = ""
    number: str = ""
    session_year: str = ""
    dossiers: tuple[str, ...] = ()
    kind: str = ""
    publication: str = "Kamerstuk"
    changed: str = BEGIN.isoformat()
    """The instant of the last change, as records give it."""
    stamped: str = BEGIN.isoformat()
    """The instant of the last change of the record itself."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    gone: bool = False
    """Withdrawn, but the record is still listed: its files answer 410."""

    @property
    def modified(self) -> str:
        """The day of the last change."""
        return self.changed[:10]

    def path(self, manifestation: str) -> str:
        """Where the repository keeps a file."""
        names = {"metadata": "metadata.xml", "metadataowms": "metadata_owms.xml"}
        name = names.get(manifestation, f"{self.identifier}.{manifestation}")
        return f"/frbr/{self.content_area}/{self.identifier}/1/{manifestation}/{name}"

    def etag(self, manifestation: str) -> str:
        """The entity tag of a file."""
        return f'"{hashlib.sha256(self.files[manifestation]).hexdigest()[:20]}"'

    @property
    def last_modified(self) -> str:
        """The instant of the last change, as HTTP gives it."""
        return format_datetime(datetime.fromisoformat(self.changed[:19]).replace(tzinfo=UTC), usegmt=True)


def of_page(content: bytes, *, others: Mapping[str, bytes] | None = None) -> Published:
    """A paper of the metadata in the head of its page."""
    tree = etree.fromstring(re.sub(rb"^\s*<\?xml[^>]*\?>", b"", content), etree.HTMLParser(encoding="utf-8"))
    entries = [(m.get("name", ""), m.get("scheme", ""), m.get("content", "")) for m in tree.iter("meta")]

    def every(name: str, scheme: str = "") -> tuple[str, ...]:
        return tuple(content for key, of, content in entries if key == name and (not scheme or of == scheme))

    def first(name: str, scheme: str = "") -> str:
        return next(iter(every(name, scheme)), "")

    dossiers = tuple(number.replace(" ", "-") for number in every("OVERHEIDop.dossiernummer"))
    kind = first("DC.type", "OVERHEIDop.KamerstukTypen")
    titles = (first("OVERHEIDop.dossiertitel"), kind, first("OVERHEIDop.documenttitel"))
    issued = first("DCTERMS.issued")
    available = first("DCTERMS.available") or issued
    return Published(
        identifier=first("DC.identifier"),
        title="; ".join(title for title in titles if title),
        creator=first("DC.creator"),
        available=available,
        date=issued or available,
        issued=issued,
        subjects=every("OVERHEID.category"),
        content_area=f"officielepublicaties/kst/{dossiers[0] if dossiers else 'onopgemaakt'}",
        document_title=first("OVERHEIDop.documenttitel"),
        dossier_title=first("OVERHEIDop.dossiertitel"),
        submitters=every("OVERHEIDop.indiener"),
        number=first("OVERHEIDop.ondernummer"),
        session_year=first("OVERHEIDop.vergaderjaar"),
        dossiers=dossiers,
        kind=kind,
        files={"html": content, "metadata": _record(entries), **(others or {})},
    )


def _record(entries: Iterable[tuple[str, str, str]]) -> bytes:
    """The metadata record that the repository keeps beside a page."""
    root = etree.Element("metadata_gegevens")
    for name, scheme, content in entries:
        etree.SubElement(root, "metadata", {"name": name, "scheme": scheme, "content": content})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


class Shelf:
    """All papers, in a fixed order; may be changed while the server runs."""

    def __init__(self, papers: Iterable[Published] = ()) -> None:
        self._papers = {paper.identifier: paper for paper in papers}
        self._lock = RLock()

    @classmethod
    def of_folder(cls, folder: Path) -> Shelf:
        """The pages in a folder, each with the XML of the same name, if any."""
        papers = []
        for path in sorted(folder.rglob("*.html")):
            beside = path.with_suffix(".xml")
            papers.append(of_page(path.read_bytes(), others={"xml": beside.read_bytes()} if beside.exists() else None))
        return cls(papers)

    def papers(self) -> list[Published]:
        """Those whose records are listed."""
        with self._lock:
            return list(self._papers.values())

    def get(self, identifier: str) -> Published | None:
        """One paper, or None."""
        with self._lock:
            return self._papers.get(identifier)

    def put(self, paper: Published, at: datetime | None = None) -> None:
        """Add a paper or replace it by a changed one; ``at`` is when, else now."""
        instant = (at or datetime.now(UTC)).isoformat()
        with self._lock:
            self._papers[paper.identifier] = replace(paper, changed=instant, stamped=instant)

    def withdraw(self, identifier: str) -> None:
        """Take a paper away as if it never was: neither record nor files remain."""
        with self._lock:
            del self._papers[identifier]

    def mark_withdrawn(self, identifier: str, *, status: str = "") -> None:
        """Withdraw a paper whose record stays: its files answer 410; ``status`` is what the record then says."""
        with self._lock:
            paper = self._papers[identifier]
            self.put(replace(paper, gone=True, status=status or paper.status))


def today() -> date:
    """The day in UTC, as the stand-in stamps changes."""
    return datetime.now(UTC).date()
