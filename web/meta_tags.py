"""What the page of a paper tells programs in its head: Zotero, search engines for scholars, archives.

Highwire tags and Dublin Core. Zotero takes a page for a report by ``citation_technical_report_institution``, whatever the other
tags are (its translator "Embedded Metadata").
"""

from __future__ import annotations

from dataclasses import dataclass

from web.reference import Author, Reference

SCHEMAS = {"DC": "http://purl.org/dc/elements/1.1/", "DCTERMS": "http://purl.org/dc/terms/"}
"""The vocabularies by the prefix of their tags, for links in the head."""

_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Tag:
    """A meta element."""

    name: str
    content: str


def meta_tags(reference: Reference) -> tuple[Tag, ...]:
    """The tags of a paper's page, those without a value left out."""
    day = reference.date
    iso = day.isoformat() if day else ""
    pairs = [
        ("citation_title", reference.title),
        *(("citation_author", _citation_author(author)) for author in reference.authors),
        ("citation_publication_date", iso.replace("-", "/")),
        ("citation_technical_report_institution", reference.institution),
        ("citation_technical_report_number", reference.number),
        ("citation_language", "nl"),
        ("citation_public_url", reference.address),
        ("citation_pdf_url", reference.pdf),
        *(("citation_keywords", subject.replace(";", ",")) for subject in reference.subjects),
        ("DC.identifier", str(reference.identifier)),
        ("DC.title", reference.title),
        *(("DC.creator", author.inverted) for author in reference.authors),
        ("DC.publisher", reference.institution),
        ("DC.date", iso),
        ("DC.type", reference.kind),
        ("DC.language", "nl"),
        ("DC.source", reference.address),
        *(("DC.subject", subject) for subject in reference.subjects),
        ("DCTERMS.issued", iso),
        ("DCTERMS.bibliographicCitation", reference.citation),
    ]
    return tuple(Tag(name, content) for name, content in pairs if content)


def _citation_author(author: Author) -> str:
    """Family name, comma, the rest; Zotero would divide "Haersma Buma, S. van" at its comma for the spaces on either side."""
    return f"{author.family}, {author.given.replace(' ', _NO_BREAK)}" if author.given else author.family
