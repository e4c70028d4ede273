"""A paper as bytes and back, without loss: the form in which the catalogue keeps it.

JSON arrays in the order of the model's fields, compressed. The form is private to the catalogue and carries a version; other
programs get ``indexer.jsonl``. What other papers and the Tweede Kamer's records tell of a paper is no part of it; the catalogue
adds that.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from indexer.paper.identifier import Identifier
from indexer.paper.model import (
    CARRIED,
    Cell,
    Citation,
    Dossier,
    Footnote,
    Image,
    Kamerstuk,
    Links,
    NoteRef,
    PaperPerson,
    Paragraph,
    ParagraphForm,
    Part,
    Person,
    PersonRole,
    ReadIn,
    Relation,
    RelationKind,
    Section,
    Source,
    TextPlace,
    Where,
    carried_by,
)
from indexer.paper.offices import is_government

_VERSION = 3
"""Version 1 ended with the links, version 2 had people by role; what they lack is read from the file again."""
_LEVEL = 3
"""This level of compression takes half the time of the usual one and a twentieth more room."""


def encode(paper: Kamerstuk) -> bytes:
    """The paper as bytes; ``decode`` gives an equal one."""
    values = [
        _VERSION,
        paper.identifier.official,
        paper.title,
        paper.kind,
        paper.kind_line,
        paper.chamber,
        paper.session_year,
        paper.date.isoformat() if paper.date else None,
        paper.date_line,
        paper.published.isoformat() if paper.published else None,
        paper.number,
        [[d.number, d.addition, d.title] for d in paper.dossiers],
        people_values(paper.people),
        paper.categories,
        [_section(section) for section in paper.sections],
        [[n.number, n.anchor, n.text, [n.ref.section, n.ref.offset] if n.ref else None] for n in paper.footnotes],
        [[c.target.official, c.text, c.where.value, c.container, c.start] for c in paper.citations],
        [paper.links.html, paper.links.pdf, paper.links.xml, paper.links.page, paper.links.tweedekamer],
        paper.source.value,
        [[relation.kind.value, relation.target.official] for relation in paper.relations],
        [[i.alt, i.caption, i.section, i.paragraph, i.anchor, i.official] for i in paper.images],
        paper.edition,
        paper.date_doubt,
        int(paper.fictional),
        *([more] if (more := carried_by(paper)) else []),
    ]
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _LEVEL)


def _section(section: Section) -> list[object]:
    paragraphs = [
        [
            p.anchor,
            p.text,
            p.form.value,
            p.depth,
            [[_cell(cell) for cell in row] for row in p.rows],
            _refs(p.note_refs),
        ]
        for p in section.paragraphs
    ]
    return [section.level, section.heading, section.anchor, section.part.value, paragraphs, _refs(section.heading_refs)]


def _cell(cell: Cell) -> list[object]:
    return [cell.start, cell.end, int(cell.header), cell.colspan, cell.rowspan, *([1] if cell.bold else [])]


def _refs(refs: tuple[NoteRef, ...]) -> list[list[object]]:
    return [[ref.offset, ref.note] for ref in refs]


def decode(content: bytes) -> Kamerstuk:
    """The paper that ``encode`` made bytes of.

    Raises:
        ValueError: the bytes are of another version of this form.
    """
    values = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
    if values[0] == 1:
        values = [2, *values[1:], Source.HTML.value, None, []]
    if values[0] == 2:
        values = _of_version_2(values)
    if values[0] != _VERSION:
        raise ValueError(f"a paper in the catalogue is stored in form {values[0]}, this program reads form {_VERSION}")
    (_, official, title, kind, kind_line, chamber, session_year, day, date_line, published, number, *lists) = values
    dossiers, people, categories, sections, footnotes, citations, links, source, *rest = lists
    relations, images, edition, date_doubt, fictional, *more = rest
    return Kamerstuk(
        identifier=Identifier(official),
        title=title,
        kind=kind,
        kind_line=kind_line,
        chamber=chamber,
        session_year=session_year,
        date=date.fromisoformat(day) if day else None,
        date_line=date_line,
        published=date.fromisoformat(published) if published else None,
        number=number,
        dossiers=tuple(Dossier(*d) for d in dossiers),
        people=people_from(people),
        categories=tuple(categories),
        sections=tuple(_read_section(section) for section in sections),
        footnotes=tuple(Footnote(n, anchor, text, TextPlace(*ref) if ref else None) for n, anchor, text, ref in footnotes),
        citations=tuple(Citation(Identifier(target), text, Where(where), *place) for target, text, where, *place in citations),
        links=Links(*links),
        source=Source(source),
        relations=tuple(Relation(RelationKind(kind), Identifier(target)) for kind, target in relations),
        images=tuple(Image(*image) for image in images),
        edition=edition,
        date_doubt=date_doubt,
        fictional=bool(fictional),
        **{name: tuple(texts) for name, texts in (more[0] if more else {}).items() if name in CARRIED},
    )


def _read_section(values: list[Any]) -> Section:
    level, heading, anchor, part, paragraphs, refs = values
    return Section(level, heading, anchor, Part(part), tuple(_read_paragraph(p) for p in paragraphs), _read_refs(refs))


def _read_paragraph(values: list[Any]) -> Paragraph:
    anchor, text, form, depth, rows, refs = values
    cells = tuple(tuple(_read_cell(*cell) for cell in row) for row in rows)
    return Paragraph(anchor, text, ParagraphForm(form), depth, cells, _read_refs(refs))


def _read_cell(start: int, end: int, header: int, colspan: int, rowspan: int, bold: int = 0) -> Cell:
    return Cell(start, end, bool(header), colspan, rowspan, bool(bold))


def _read_refs(values: list[Any]) -> tuple[NoteRef, ...]:
    return tuple(NoteRef(offset, note) for offset, note in values)


def people_values(people: Iterable[PaperPerson]) -> list[list[object]]:
    """People as lists and texts; ``people_from`` gives equal ones."""
    return [
        [p.name, p.role.value, p.as_printed, p.office, p.party, [place.value for place in p.read_in], p.person] for p in people
    ]


def people_from(values: Iterable[Sequence[Any]]) -> tuple[PaperPerson, ...]:
    """The people that ``people_values`` gave the values of."""
    return tuple(
        PaperPerson(name, PersonRole(role), as_printed, office, party, tuple(map(ReadIn, read_in)), person)
        for name, role, as_printed, office, party, read_in, person in values
    )


def people_by_role(
    ministers: Iterable[Person] = (), signatories: Iterable[Person] = (), submitters: Iterable[str] = ()
) -> tuple[PaperPerson, ...]:
    """People of whom only this is known, each once for every office: what papers were kept with before version 3."""
    sent, entered = dict.fromkeys(ministers), dict.fromkeys(submitters)
    found: list[PaperPerson] = []
    for person in dict.fromkeys((*signatories, *sent)):
        minister = person in sent or is_government(person.office)
        places: tuple[ReadIn, ...] = (ReadIn.SIGNATURE,) if person in signatories else (ReadIn.KIND_LINE,)
        if person.name in entered:
            places = (*places, ReadIn.METADATA)
        role = PersonRole.MINISTER if minister else PersonRole.SIGNATORY
        found.append(PaperPerson(person.name, role, person.name, person.office, "", places))
    known = {one.name for one in found}
    others = [name for name in entered if name not in known]
    for i, name in enumerate(others):
        role = PersonRole.CO_SIGNER if i else PersonRole.FIRST_SUBMITTER
        found.append(PaperPerson(name, role, name, "", "", (ReadIn.METADATA,)))
    return tuple(found)


def _of_version_2(values: list[Any]) -> list[Any]:
    head, (dossiers, ministers, signatories, submitters, *lists) = values[1:11], values[11:]
    categories, sections, footnotes, citations, links, source, attached_to, attachments, *more = lists
    people = people_by_role([Person(*p) for p in ministers], [Person(*p) for p in signatories], submitters)
    relations = [[RelationKind.ATTACHMENT_OF.value, attached_to]] if attached_to else []
    relations += [[RelationKind.HAS_ATTACHMENT.value, target] for target in attachments]
    rest = [categories, sections, footnotes, citations, links, source, relations, [], "", "", 0, *more]
    return [_VERSION, *head, dossiers, people_values(people), *rest]
