"""The paper as data: frozen values, with no behaviour beyond what follows from them.

Here stands what a field means and where it comes from; how it is read stands in ``indexer.reading``. Offsets count characters
of the text they point into. Text is collapsed: one space between words, no line breaks within a paragraph (but between the rows
of a table).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from indexer.paper.identifier import Identifier


class Source(StrEnum):
    """The form of the official file that a paper was read from."""

    HTML = "html"
    XML = "xml"
    PDF = "pdf"
    """The words are those of the PDF; which of them make a paragraph is guessed from where they stand."""


class Part(StrEnum):
    """Where in the paper a section stands."""

    BODY = "body"
    ANNEX = "annex"


class Where(StrEnum):
    """Where in the paper a citation stands."""

    BODY = "body"
    FOOTNOTE = "footnote"


class ParagraphForm(StrEnum):
    """How a paragraph was set on the page."""

    TEXT = "text"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier a paper belongs to: ``31066`` or ``21501-02``; addition ``XVI`` (budget chapter) or ``R2188`` (Kingdom act)."""

    number: str
    addition: str = ""
    title: str = ""

    @property
    def key(self) -> str:
        """The dossier as it stands in identifiers and addresses: ``31066``, ``21501-02``, ``36410-XVI``.

        An R-number only doubles the number in the numbering of Kingdom acts, so it is no part of the key.
        """
        if not self.addition or self.addition.startswith("R"):
            return self.number
        return f"{self.number}-{self.addition}"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who signed: name as printed ("M.L.A. van Rij"), office without article ("Staatssecretaris van Financiën")."""

    name: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``start`` and ``end`` delimit its text within the text of the table's paragraph."""

    start: int
    end: int
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A footnote's number stood here: before the character at ``offset`` of the paragraph's text."""

    offset: int
    note: str
    """The anchor of the footnote (``Footnote.anchor``)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item (its marker is part of the text) or table (rows on lines, cells between bars).

    ``anchor`` is derived from the text, so it stays the same while the words do, whatever changes around them.
    """

    anchor: str
    text: str
    form: ParagraphForm = ParagraphForm.TEXT
    depth: int = 0
    """For list items: 1 for the outer list, 2 for a list within it, …"""
    rows: tuple[tuple[Cell, ...], ...] = ()
    note_refs: tuple[NoteRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the paragraphs below it, up to the next heading of any level.

    Level 0 with an empty heading is the text before the first heading of a part. ``anchor`` is that of the official page
    where it has one.
    """

    level: int
    heading: str
    anchor: str
    part: Part = Part.BODY
    paragraphs: tuple[Paragraph, ...] = ()
    heading_refs: tuple[NoteRef, ...] = ()

    @property
    def text(self) -> str:
        """The section's own paragraphs, one a line, without its heading and its subsections."""
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place in the text: index into ``Kamerstuk.sections`` and offset into that section's ``text``."""

    section: int
    offset: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note; ``ref`` is where it is first referred to (None: nowhere in the sections)."""

    number: str
    anchor: str
    text: str
    ref: TextPlace | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Another paper named in the text: ``text`` is the span as printed, ``start`` its offset.

    ``container`` is the index of the section (``start`` counts in its ``text``) or of the footnote it stands in.
    """

    target: Identifier
    text: str
    where: Where
    container: int
    start: int


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the paper at its publishers; empty where unknown."""

    html: str = ""
    pdf: str = ""
    xml: str = ""
    page: str = ""
    tweedekamer: str = ""


def carried() -> tuple[str, ...]:
    """Texts that catalogue and index carry under the attribute's name without knowing what they mean: the default of none.

    An attribute declared so needs no other place than the reader that fills it and the field that tells what it is for.
    """
    texts: tuple[str, ...] = field(default=(), metadata={"carried": True})
    return texts


@dataclass(frozen=True, slots=True)
class Kamerstuk:
    """One paper of the Dutch parliament, as read from an official file."""

    identifier: Identifier
    title: str = ""
    """The official document title, or empty: not every file carries one."""
    kind: str = ""
    """"Brief regering", "Motie": from the metadata, else what its collection tells of the kind line."""
    kind_line: str = ""
    """As printed: "BRIEF VAN DE STAATSSECRETARIS VAN FINANCIËN"."""
    chamber: str = ""
    """"Tweede Kamer" or "Eerste Kamer"."""
    session_year: str = ""
    """"2023-2024"."""
    date: dt.date | None = None
    date_line: str = ""
    """As printed: "Voorgesteld 6 juli 2021", "Den Haag, 18 juni 2024"."""
    published: dt.date | None = None
    number: str = ""
    """The ondernummer without "Nr.": "1412", "A"."""
    dossiers: tuple[Dossier, ...] = ()
    ministers: tuple[Person, ...] = ()
    signatories: tuple[Person, ...] = ()
    submitters: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: Links = field(default_factory=Links)
    source: Source = Source.HTML
    attached_to: Identifier | None = None
    """The paper that this one is an attachment of; None for papers in their own right."""
    attachments: tuple[Identifier, ...] = ()
    """The attachments that the paper's own metadata names."""
    zaken: tuple[str, ...] = ()
    """The Tweede Kamer's numbers of the matters the paper belongs to ("2024Z10799"), from its records and never from the file."""
    documents: tuple[str, ...] = ()
    """The Tweede Kamer's numbers of the paper itself ("2024D25613"); they too come from its records."""

    @property
    def is_attachment(self) -> bool:
        """Whether this is an attachment of a paper, even when that paper is not known."""
        return self.attached_to is not None or self.identifier.is_attachment

    @property
    def name(self) -> str:
        """What to call the paper on a page: its title, else kind line and dossier title, else its identifier."""
        if self.title:
            return self.title
        dossier = self.dossiers[0].title if self.dossiers else ""
        return " – ".join(part for part in (readable(self.kind_line), dossier) if part) or str(self.identifier)

    def texts(self) -> Iterator[str]:
        """Every readable text of the paper once, in the order of the page; footnotes last."""
        yield self.kind_line
        yield self.date_line
        for section in self.sections:
            yield section.heading
            yield section.text
        for note in self.footnotes:
            yield note.text


_NAMES_FOLLOW = frozenset(("LID", "LEDEN", "MINISTER", "MINISTERS", "STAATSSECRETARIS", "STAATSSECRETARISSEN"))
_NEVER_NAMES = frozenset(
    (
        *("VAN", "VOOR", "DE", "HET", "DEN", "DER", "TE", "TER", "EN", "IN", "OP", "MET", "OVER", "TOT", "'T", "C.S."),
        *("VERVANGING", "DIE", "GEDRUKT", "ONDER", "NR.", "LID", "LEDEN"),
    )
)


CARRIED = tuple(one.name for one in fields(Kamerstuk) if one.metadata.get("carried"))
"""The names of the attributes declared with ``carried``."""


def carried_by(paper: Kamerstuk) -> dict[str, tuple[str, ...]]:
    """Those of a paper that are not empty."""
    return {name: texts for name in CARRIED if (texts := tuple(getattr(paper, name)))}


def carrying(paper: Kamerstuk, texts: Mapping[str, tuple[str, ...]]) -> Kamerstuk:
    """The paper with these texts in attributes declared with ``carried``, by their names."""
    values: dict[str, Any] = dict(texts)
    return replace(paper, **values)


def readable(kind_line: str) -> str:
    """A kind line in ordinary spelling: "Motie van de leden Inge van Dijk en Grinwis"; only names and offices keep capitals."""
    words = []
    names = False
    for i, word in enumerate(kind_line.split()):
        upper = word.upper()
        if upper == "VERVANGING":
            names = False
        if names and upper not in _NEVER_NAMES:
            words.append("-".join("/".join(part.capitalize() for part in piece.split("/")) for piece in word.split("-")))
        else:
            words.append(word.capitalize() if i == 0 else word.lower())
        names = names or upper in _NAMES_FOLLOW
    return " ".join(words)
