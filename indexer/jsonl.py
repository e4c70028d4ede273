"""A paper as the JSON object that ``kamerstukken parse`` prints: for other programs, stable, no word lost.

The catalogue keeps papers in a form of its own (``indexer.paper.codec``), which also holds what this one leaves out: cells and
note marks.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from indexer.collections import citation_of, collection_of
from indexer.paper.identifier import address_of
from indexer.paper.model import (
    Dossier,
    Kamerstuk,
    Links,
    PaperPerson,
    Part,
    Person,
    PersonRole,
    ReadIn,
    Relation,
    RelationKind,
    Source,
    Where,
)
from indexer.paper.naming import shown_title, subtitle

Date = Annotated[str, ("format", "date")]
"""2024-06-18; the pair is a keyword of JSON Schema."""


class DossierJson(TypedDict):
    """A dossier: 31066 or 21501-02; the addition is a budget chapter (XVI) or the number of a Kingdom act (R2188)."""

    number: str
    addition: str
    title: str


class PersonJson(TypedDict):
    """Someone who signed: name as printed, office without article; either may be empty."""

    name: str
    office: str


class PaperPersonJson(TypedDict):
    """Someone who put a name to the paper, in printed order; the name is empty where only the office of a minister is known."""

    name: Annotated[str, "The fullest form that the file has, in ordinary spelling."]
    as_printed: str
    role: PersonRole
    office: str
    party: str
    read_in: Annotated[list[ReadIn], "Where in the file the name was read."]
    person: Annotated[str | None, "Whom the archive knows by this name; null where it cannot tell, and in what one file says."]


class RelationJson(TypedDict):
    """What the paper is to another one, also to one that is not in the archive."""

    kind: RelationKind
    target: str
    date: Date | None
    title: str
    here: Annotated[bool | None, "Whether the target is in the archive; null in what one file says."]


class ImageJson(TypedDict):
    """An image: the text that stands for it, its caption, the index of the section it stands in, and the way to it."""

    alt: str
    caption: str
    section: int
    anchor: str


class LinksJson(TypedDict):
    """Addresses of the paper at its publishers; empty where unknown."""

    html: str
    pdf: str
    xml: str
    page: str
    tweedekamer: str


class ParagraphJson(TypedDict):
    """A paragraph, list item or table; the anchor leads to it on the paper's page."""

    anchor: str
    text: str


class SectionJson(TypedDict):
    """A heading with the paragraphs below it; level 0 is the text before the first heading."""

    level: int
    heading: str
    anchor: str
    part: Literal["body", "annex"]
    text: str
    paragraphs: list[ParagraphJson]


class PlaceJson(TypedDict):
    """A place in the text: index into sections, and offset in characters into the text of that section."""

    section: int
    offset: int


class NoteJson(TypedDict):
    """A footnote; ref is where it is first referred to."""

    number: str
    anchor: str
    text: str
    ref: PlaceJson | None


class CitationJson(TypedDict):
    """Another publication named in the text: its identifier, the words that name it, what it is, and its official address."""

    target: str
    text: str
    where: Literal["body", "footnote"]
    kind: Annotated[str, "The series it is of: Kamerstukken, Handelingen, Staatsblad."]
    link: Annotated[str, "Its page at the publisher; empty where that has none, and for what a fictional paper cites."]


class PaperJson(TypedDict):
    """A paper with all its words; dates in ISO form."""

    identifier: str
    collection: Annotated[str, "What it is: kst (kamerstuk), blg (bijlage), ah (answers to questions)."]
    citation: Annotated[str, "The way to cite it."]
    title: Annotated[str, "As printed; not every file has one."]
    shown_title: Annotated[str, "What to call the paper; always says something."]
    subtitle: Annotated[str, "What it asks for, where the title does not say it; chosen by this program."]
    subtitle_from: Annotated[str, "What the subtitle was taken from: dictum, explanation or opening; empty without one."]
    kind: str
    kind_line: str
    chamber: str
    session_year: str
    date: Date | None
    date_doubt: Annotated[str, "Why the date cannot be right; empty when nothing speaks against it."]
    date_line: str
    published: Date | None
    number: str
    edition: Annotated[str, "As printed: Herdruk; empty for a first printing."]
    fictional: Annotated[bool, "Whether the paper is invented."]
    dossiers: list[DossierJson]
    people: list[PaperPersonJson]
    ministers: list[PersonJson]
    signatories: list[PersonJson]
    submitters: list[str]
    categories: list[str]
    sections: list[SectionJson]
    footnotes: list[NoteJson]
    citations: list[CitationJson]
    images: list[ImageJson]
    relations: list[RelationJson]
    links: LinksJson
    source: Annotated[Source, "The form of the official file it was read from."]
    attached_to: Annotated[str | None, "The paper it is an attachment of."]
    attachments: Annotated[list[str], "The attachments that its metadata names."]
    zaken: Annotated[list[str], "The Tweede Kamer's numbers of the matters it belongs to."]
    documents: Annotated[list[str], "The Tweede Kamer's numbers of the paper itself."]


def paper_json(paper: Kamerstuk) -> PaperJson:
    """The paper as JSON values; dates in ISO form or null, texts complete."""
    return {
        "identifier": str(paper.identifier),
        "collection": paper.identifier.collection,
        "citation": citation_of(paper),
        "title": paper.title,
        "shown_title": shown_title(paper),
        "subtitle": (below := subtitle(paper)).text,
        "subtitle_from": below.taken_from,
        "kind": paper.kind,
        "kind_line": paper.kind_line,
        "chamber": paper.chamber,
        "session_year": paper.session_year,
        "date": paper.date.isoformat() if paper.date else None,
        "date_doubt": paper.date_doubt,
        "date_line": paper.date_line,
        "published": paper.published.isoformat() if paper.published else None,
        "number": paper.number,
        "edition": paper.edition,
        "fictional": paper.fictional,
        "dossiers": [dossier_json(dossier) for dossier in paper.dossiers],
        "people": [paper_person_json(one) for one in paper.people],
        "ministers": [person_json(person) for person in paper.ministers],
        "signatories": [person_json(person) for person in paper.signatories],
        "submitters": list(paper.submitters),
        "categories": list(paper.categories),
        "sections": [
            {
                "level": section.level,
                "heading": section.heading,
                "anchor": section.anchor,
                "part": "annex" if section.part is Part.ANNEX else "body",
                "text": section.text,
                "paragraphs": [{"anchor": p.anchor, "text": p.text} for p in section.paragraphs],
            }
            for section in paper.sections
        ],
        "footnotes": [
            {
                "number": note.number,
                "anchor": note.anchor,
                "text": note.text,
                "ref": {"section": note.ref.section, "offset": note.ref.offset} if note.ref else None,
            }
            for note in paper.footnotes
        ],
        "citations": [
            {
                "target": str(c.target),
                "text": c.text,
                "where": "footnote" if c.where is Where.FOOTNOTE else "body",
                "kind": collection_of(c.target).title,
                "link": "" if paper.fictional else address_of(c.target),
            }
            for c in paper.citations
        ],
        "images": [
            {"alt": image.alt, "caption": image.caption, "section": image.section, "anchor": image.anchor}
            for image in paper.images
        ],
        "relations": [relation_json(relation) for relation in paper.relations],
        "links": links_json(paper.links),
        "source": paper.source,
        "attached_to": str(paper.attached_to) if paper.attached_to else None,
        "attachments": [str(identifier) for identifier in paper.attachments],
        "zaken": list(paper.zaken),
        "documents": list(paper.documents),
    }


def dossier_json(dossier: Dossier) -> DossierJson:
    """A dossier as JSON values."""
    return {"number": dossier.number, "addition": dossier.addition, "title": dossier.title}


def person_json(person: Person) -> PersonJson:
    """A signatory as JSON values."""
    return {"name": person.name, "office": person.office}


def paper_person_json(one: PaperPerson) -> PaperPersonJson:
    """Someone who put a name to a paper, as JSON values."""
    return {
        "name": one.name,
        "as_printed": one.as_printed,
        "role": one.role,
        "office": one.office,
        "party": one.party,
        "read_in": list(one.read_in),
        "person": one.person,
    }


def relation_json(relation: Relation) -> RelationJson:
    """A relation as JSON values."""
    return {
        "kind": relation.kind,
        "target": str(relation.target),
        "date": relation.date.isoformat() if relation.date else None,
        "title": relation.title,
        "here": relation.here,
    }


def links_json(links: Links) -> LinksJson:
    """The addresses as JSON values."""
    return {"html": links.html, "pdf": links.pdf, "xml": links.xml, "page": links.page, "tweedekamer": links.tweedekamer}
