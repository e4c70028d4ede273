"""Small papers for the tests of searching: what a test does not name is left empty."""

from __future__ import annotations

import datetime

from indexer.paper.codec import people_by_role
from indexer.paper.identifier import Identifier
from indexer.paper.model import (
    Citation,
    Dossier,
    Footnote,
    Image,
    Kamerstuk,
    PaperPerson,
    Paragraph,
    Part,
    Person,
    Relation,
    RelationKind,
    Section,
    Where,
)


def paper(
    name: str,
    *texts: str,
    title: str = "",
    heading: str = "",
    notes: tuple[str, ...] = (),
    annex: str = "",
    date: str = "",
    kind: str = "",
    kind_line: str = "",
    chamber: str = "",
    session_year: str = "",
    dossiers: tuple[Dossier, ...] = (),
    ministers: tuple[Person, ...] = (),
    submitters: tuple[str, ...] = (),
    people: tuple[PaperPerson, ...] = (),
    relations: tuple[tuple[RelationKind, str], ...] = (),
    edition: str = "",
    images: tuple[Image, ...] = (),
    date_doubt: str = "",
    categories: tuple[str, ...] = (),
    cites: tuple[str, ...] = (),
    zaken: tuple[str, ...] = (),
    documents: tuple[str, ...] = (),
) -> Kamerstuk:
    """A paper called ``kst-<name>`` with each of ``texts`` as a paragraph below ``heading``."""
    identifier = Identifier(f"kst-{name}")
    paragraphs = tuple(Paragraph(f"p{i}", text) for i, text in enumerate(texts))
    sections = [Section(1 if heading else 0, heading, "s0", paragraphs=paragraphs)]
    if annex:
        sections.append(Section(0, "", "s1", Part.ANNEX, (Paragraph("b0", annex),)))
    return Kamerstuk(
        identifier,
        title=title,
        kind=kind,
        kind_line=kind_line,
        chamber=chamber,
        session_year=session_year,
        date=datetime.date.fromisoformat(date) if date else None,
        number=identifier.number,
        dossiers=dossiers,
        people=people or people_by_role(ministers=ministers, submitters=submitters),
        categories=categories,
        sections=tuple(sections),
        footnotes=tuple(Footnote(str(i), f"n{i}", text) for i, text in enumerate(notes, 1)),
        citations=tuple(Citation(Identifier(target), target, Where.BODY, 0, 0) for target in cites),
        relations=tuple(Relation(kind, Identifier(f"kst-{target}")) for kind, target in relations),
        edition=edition,
        images=images,
        date_doubt=date_doubt,
        zaken=zaken,
        documents=documents,
    )
