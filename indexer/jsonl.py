"""A paper as the JSON object that ``kamerstukken parse`` prints: for other programs, stable, no word lost.

The catalogue keeps papers in a form of its own (``codec``), which also holds what this one leaves out: cells and note marks.
"""

from __future__ import annotations

from indexer.model import Dossier, Kamerstuk, Links, Person


def paper_json(paper: Kamerstuk) -> dict[str, object]:
    """The paper as JSON values; dates in ISO form or null, texts complete."""
    return {
        "identifier": str(paper.identifier),
        "title": paper.title,
        "kind": paper.kind,
        "kind_line": paper.kind_line,
        "chamber": paper.chamber,
        "session_year": paper.session_year,
        "date": paper.date.isoformat() if paper.date else None,
        "date_line": paper.date_line,
        "published": paper.published.isoformat() if paper.published else None,
        "number": paper.number,
        "dossiers": [dossier_json(dossier) for dossier in paper.dossiers],
        "ministers": [person_json(person) for person in paper.ministers],
        "signatories": [person_json(person) for person in paper.signatories],
        "submitters": list(paper.submitters),
        "categories": list(paper.categories),
        "sections": [
            {
                "level": section.level,
                "heading": section.heading,
                "anchor": section.anchor,
                "part": section.part.value,
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
        "citations": [{"target": str(c.target), "text": c.text, "where": c.where.value} for c in paper.citations],
        "links": links_json(paper.links),
        "source": paper.source.value,
        "attached_to": str(paper.attached_to) if paper.attached_to else None,
        "attachments": [str(identifier) for identifier in paper.attachments],
        "zaken": list(paper.zaken),
        "documents": list(paper.documents),
    }


def dossier_json(dossier: Dossier) -> dict[str, str]:
    """A dossier as JSON values."""
    return {"number": dossier.number, "addition": dossier.addition, "title": dossier.title}


def person_json(person: Person) -> dict[str, str]:
    """A signatory as JSON values."""
    return {"name": person.name, "office": person.office}


def links_json(links: Links) -> dict[str, str]:
    """The addresses as JSON values."""
    return {"html": links.html, "pdf": links.pdf, "xml": links.xml, "page": links.page, "tweedekamer": links.tweedekamer}
