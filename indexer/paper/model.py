"""The paper as data: frozen values, with no behaviour beyond what follows from them.

Here stands what a field means and where it comes from; how it is read stands in ``indexer.reading``. Offsets count characters
of the text they point into. Text is collapsed: one space between words, no line breaks within a paragraph (but between the rows
of a table).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from indexer.paper.identifier import Identifier
from indexer.paper.people import person_name


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
    CAPTION = "caption"
    """The caption of the table that follows, or of the image that stands before or after it (``Image.caption``)."""


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


class PersonRole(StrEnum):
    """What someone who put a name to a paper is to it."""

    FIRST_SUBMITTER = "first_submitter"
    CO_SIGNER = "co_signer"
    MINISTER = "minister"
    RAPPORTEUR = "rapporteur"
    CHAIR = "chair"
    CLERK = "clerk"
    SIGNATORY = "signatory"
    """Signed in none of the other roles."""


class ReadIn(StrEnum):
    """Where in a file a name was read."""

    METADATA = "metadata"
    KIND_LINE = "kind_line"
    OPENING = "opening"
    """A line above the text, where a collection has such lines."""
    SIGNATURE = "signature"
    """Marked as a signature, or a name on a line of its own below the text."""


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """Someone who put a name to a paper.

    ``name`` is the fullest form that the file has ("M. van Nispen"), in ordinary spelling; ``as_printed`` is how the paper
    itself prints it ("Van Nispen"), or the metadata where the paper does not. The name is empty where a paper only tells which
    minister sent it; then the office is not. ``person`` is whom the register of persons knows by this name, and None in what was
    read from a file, or where the register cannot tell which of several persons it is.
    """

    name: str
    role: PersonRole
    as_printed: str = ""
    office: str = ""
    party: str = ""
    read_in: tuple[ReadIn, ...] = ()
    person: str | None = None

    @property
    def known_as(self) -> str:
        """The value that facets, lists and addresses of persons have: the person, else the name; empty without both."""
        return self.person or (person_name(self.name) if self.name else "")


def ministers_among(people: Iterable[PaperPerson]) -> tuple[Person, ...]:
    """Those who sent the paper as a minister or state secretary; the name is empty where only the office is known."""
    found = (p for p in people if p.role is PersonRole.MINISTER)
    return tuple(dict.fromkeys(Person(p.as_printed if ReadIn.SIGNATURE in p.read_in else p.name, p.office) for p in found))


def signatories_among(people: Iterable[PaperPerson]) -> tuple[Person, ...]:
    """Those whose name stands below the paper, as printed there."""
    return tuple(Person(p.as_printed or p.name, p.office) for p in people if p.name and ReadIn.SIGNATURE in p.read_in)


def submitters_among(people: Iterable[PaperPerson]) -> tuple[str, ...]:
    """The names of those who submitted the paper (see ``submitting``).

    Someone with a first name in brackets ("I. (Inge) van Dijk") is called as the paper does ("Inge van Dijk").
    """
    return tuple(dict.fromkeys(_called(p) for p in submitting(people)))


def _called(one: PaperPerson) -> str:
    first_name = one.name.partition("(")[2].partition(")")[0]
    return one.as_printed if first_name and one.as_printed.startswith(first_name) else one.name


_SUBMITTERS = (PersonRole.FIRST_SUBMITTER, PersonRole.CO_SIGNER)


def submitting(people: Iterable[PaperPerson]) -> tuple[PaperPerson, ...]:
    """Those who submitted the paper rather than only signed it, without who is not named.

    They are its submitters and whom the metadata names as such; where no member submitted it, the ministers who sent it.
    """
    named = tuple(one for one in people if one.name)
    roles = _SUBMITTERS if any(one.role in _SUBMITTERS for one in named) else (PersonRole.MINISTER,)
    return tuple(one for one in named if one.role in roles or ReadIn.METADATA in one.read_in)


class RelationKind(StrEnum):
    """What one paper is to another, read from the paper to its target."""

    REPLACES = "replaces"
    REPLACED_BY = "replaced_by"
    CHANGES = "changes"
    CHANGED_BY = "changed_by"
    REPRINT_OF = "reprint_of"
    REPRINTED_AS = "reprinted_as"
    CORRECTS = "corrects"
    CORRECTED_BY = "corrected_by"
    ATTACHMENT_OF = "attachment_of"
    HAS_ATTACHMENT = "has_attachment"
    ANSWERS = "answers"
    ANSWERED_BY = "answered_by"

    @property
    def inverse(self) -> RelationKind:
        """What the target is to the paper."""
        return _INVERSE[self]


_PAIRS = (
    (RelationKind.REPLACES, RelationKind.REPLACED_BY),
    (RelationKind.CHANGES, RelationKind.CHANGED_BY),
    (RelationKind.REPRINT_OF, RelationKind.REPRINTED_AS),
    (RelationKind.CORRECTS, RelationKind.CORRECTED_BY),
    (RelationKind.ATTACHMENT_OF, RelationKind.HAS_ATTACHMENT),
    (RelationKind.ANSWERS, RelationKind.ANSWERED_BY),
)
VERSIONS = frozenset(kind for pair in _PAIRS[:4] for kind in pair)
"""The relations between versions of one paper."""
TO_OLDER_VERSIONS = frozenset(kind for kind, _ in _PAIRS[:4])
"""Those of a version to one that came before it."""
SUPERSEDED = frozenset((RelationKind.REPLACED_BY, RelationKind.CHANGED_BY, RelationKind.REPRINTED_AS))
"""Those of a version to one that stands in its place; an erratum does not."""
_INVERSE = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


@dataclass(frozen=True, slots=True)
class Relation:
    """What the paper is to another one.

    ``date``, ``title`` (``naming.shown_title``) and ``here`` (whether it is in the archive) are what the catalogue knows of the
    target; in what was read from a file ``here`` is None.
    """

    kind: RelationKind
    target: Identifier
    date: dt.date | None = None
    title: str = ""
    here: bool | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """An image of the paper, which stands before a paragraph of a section (``paragraph`` may be one past the last).

    ``alt`` is the text that stands for it, which no page shows; the ``caption`` is a paragraph too. ``anchor`` leads to it on our
    page; ``official`` to the place on the official page, empty where that has none.
    """

    alt: str
    caption: str
    section: int
    paragraph: int
    anchor: str
    official: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``start`` and ``end`` delimit its text within the text of the table's paragraph."""

    start: int
    end: int
    header: bool = False
    colspan: int = 1
    rowspan: int = 1
    bold: bool = False
    """Whether all of its text is in bold print, as totals are."""


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

    A section with an empty heading holds text that the heading before it does not cover: of level 0 before the first heading of
    a part and after the last article of a law, else of the level of the article that goes on. No level is ever skipped: that of
    a heading is at most one more than that of the section before it. ``anchor`` is that of the official page where it has one.
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
    """Another publication named in the text: ``text`` is the span as printed, ``start`` its offset.

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
    people: tuple[PaperPerson, ...] = ()
    """Everyone who put a name to the paper, in printed order, each once for every office."""
    categories: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: Links = field(default_factory=Links)
    source: Source = Source.HTML
    relations: tuple[Relation, ...] = ()
    """What the paper is to others; the catalogue adds what others say that they are to it."""
    images: tuple[Image, ...] = ()
    edition: str = ""
    """As printed beside the number: "Herdruk"; empty for a first printing."""
    date_doubt: str = ""
    """Why the date cannot be right ("far from session year 2023-2024"); empty when nothing speaks against it."""
    fictional: bool = False
    """Whether the file declares that the paper is invented."""
    zaken: tuple[str, ...] = ()
    """The Tweede Kamer's numbers of the matters the paper belongs to ("2024Z10799"), from its records and never from the file."""
    documents: tuple[str, ...] = ()
    """The Tweede Kamer's numbers of the paper itself ("2024D25613"); they too come from its records."""

    @property
    def certain_date(self) -> dt.date | None:
        """The date, unless it is in doubt."""
        return None if self.date_doubt else self.date

    @property
    def ministers(self) -> tuple[Person, ...]:
        """See ``ministers_among``."""
        return ministers_among(self.people)

    @property
    def signatories(self) -> tuple[Person, ...]:
        """See ``signatories_among``."""
        return signatories_among(self.people)

    @property
    def submitters(self) -> tuple[str, ...]:
        """See ``submitters_among``."""
        return submitters_among(self.people)

    def related(self, kind: RelationKind) -> tuple[Identifier, ...]:
        """The papers that stand in this relation to it."""
        return tuple(relation.target for relation in self.relations if relation.kind is kind)

    @property
    def attached_to(self) -> Identifier | None:
        """The paper that this one is an attachment of; None for papers in their own right."""
        return next(iter(self.related(RelationKind.ATTACHMENT_OF)), None)

    @property
    def attachments(self) -> tuple[Identifier, ...]:
        """The attachments of the paper."""
        return self.related(RelationKind.HAS_ATTACHMENT)

    @property
    def is_attachment(self) -> bool:
        """Whether this is an attachment of a paper, even when that paper is not known."""
        return self.attached_to is not None or self.identifier.is_attachment

    def images_by_place(self) -> Mapping[tuple[int, int], Sequence[Image]]:
        """The images by section and by the paragraph that they stand before."""
        places: dict[tuple[int, int], list[Image]] = defaultdict(list)
        for image in self.images:
            places[image.section, image.paragraph].append(image)
        return dict(places)

    def texts(self) -> Iterator[str]:
        """Every readable text of the paper once, in the order of the page; footnotes last."""
        yield self.kind_line
        yield self.date_line
        for section in self.sections:
            yield section.heading
            yield section.text
        for note in self.footnotes:
            yield note.text


CARRIED = tuple(one.name for one in fields(Kamerstuk) if one.metadata.get("carried"))
"""The names of the attributes declared with ``carried``."""


def carried_by(paper: Kamerstuk) -> dict[str, tuple[str, ...]]:
    """Those of a paper that are not empty."""
    return {name: texts for name in CARRIED if (texts := tuple(getattr(paper, name)))}


def carrying(paper: Kamerstuk, texts: Mapping[str, tuple[str, ...]]) -> Kamerstuk:
    """The paper with these texts in attributes declared with ``carried``, by their names."""
    values: dict[str, Any] = dict(texts)
    return replace(paper, **values)
