"""Makes a ``Kamerstuk`` of what was read and of the metadata: the one place that decides what a field of the paper is.

Where body and metadata both tell something, the body decides what stands in print (dossiers, number, date) and the metadata what
does not (title, kind, submitters). Nothing here knows of HTML or XML.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from indexer.citations import find_citations, find_own
from indexer.dates import is_date_line, printed_date, session_year, session_year_of
from indexer.flow import ReadHeading, ReadNote, ReadPaper, ReadParagraph
from indexer.identifier import Identifier
from indexer.kinds import kind_of
from indexer.line import LinkSpan
from indexer.metadata import Metadata
from indexer.model import Citation, Dossier, Footnote, Kamerstuk, Links, NoteRef, Paragraph, Part, Person, Place, Section, Where
from indexer.offices import is_government, office_of, offices_in

PUBLISHER = "https://zoek.officielebekendmakingen.nl"
_DATE_LINE_WITHIN = 5
"""The dateline of a letter is among its first paragraphs; later ones belong to quoted letters."""

_DOSSIER = re.compile(
    r"^(?P<number>\d{2}\s?\d{3}|[IVXLC]+)(?:\s*[-–]\s*(?P<sub>\d{2,4}))?\s*[-–]?\s*(?:\(?(?P<addition>[A-Za-z][\w\s]*?)\)?)?\s*[-–,.]?$"
)
_NUMBER = re.compile(r"^(?:nrs?\.?|no\.?)\s*", re.IGNORECASE)
_VOICE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """What the file tells beside its body: its metadata, and chamber and session as the head of the XML prints them."""

    metadata: Metadata
    chamber: str = ""
    session: str = ""
    name: str = ""
    """The file's name without its ending: the identifier when the metadata has none."""


def assemble(read: ReadPaper, head: Head) -> Kamerstuk:
    """The paper.

    Raises:
        ValueError: neither the metadata nor the file name gives an identifier.
    """
    meta = head.metadata
    identifier = _identifier(meta, head.name)
    date_line, blocks = _date_line(read)
    anchors = _Anchors()
    sections, links = _sections(blocks, read, anchors)
    kind_line = _one_line(read.kind_line.text if read.kind_line else "")
    number = _NUMBER.sub("", _one_line(read.number)) or meta.first("OVERHEIDop.ondernummer") or identifier.number
    day = _day(read, date_line, meta)
    signatories = tuple(Person(_one_line(name), office_of(_one_line(function))) for function, name in read.signatures)
    submitters = meta.all("OVERHEIDop.indiener")
    own = meta.first("OVERHEIDop.vergaderjaar")
    places = _places(sections)
    footnotes = tuple(Footnote(note.number, note.id, note.line.text, places.get(note.id)) for note in read.notes)
    dossiers = _dossiers(read, meta)
    return Kamerstuk(
        identifier=identifier,
        title=meta.first("OVERHEIDop.documenttitel"),
        kind=meta.kind or kind_of(kind_line),
        kind_line=kind_line,
        chamber=_chamber(meta.first("DC.creator") or head.chamber, number),
        session_year=session_year(own) or session_year(head.session) or (session_year_of(day) if day else ""),
        date=day,
        date_line=date_line,
        published=meta.day("DCTERMS.available"),
        number=number,
        dossiers=dossiers,
        ministers=_ministers(signatories, kind_line, submitters),
        signatories=signatories,
        submitters=submitters,
        categories=meta.all("OVERHEID.category"),
        sections=sections,
        footnotes=footnotes,
        citations=tuple(_citations(identifier, dossiers, sections, links, read.notes)),
        links=links_of(identifier),
    )


def links_of(identifier: Identifier, tweedekamer: str = "") -> Links:
    """The addresses of a paper at its publisher; they follow from the identifier."""
    base = f"{PUBLISHER}/{identifier}"
    return Links(html=f"{base}.html", pdf=f"{base}.pdf", xml=f"{base}.xml", page=f"{base}.html", tweedekamer=tweedekamer)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _identifier(meta: Metadata, name: str) -> Identifier:
    for text in (*meta.all("DC.identifier"), name):
        try:
            return Identifier.parse(text)
        except ValueError:
            continue
    raise ValueError(f"no identifier: neither the metadata nor the file name {name!r} has the form kst-31066-1412")


def _chamber(creator: str, number: str) -> str:
    """Of the metadata or the head of the XML; else numbers are the Tweede Kamer's and letters the Eerste Kamer's."""
    for chamber in ("Eerste Kamer", "Tweede Kamer"):
        if creator.startswith(chamber):
            return chamber
    if not number:
        return ""
    return "Tweede Kamer" if number[0].isdigit() else "Eerste Kamer"


def _date_line(read: ReadPaper) -> tuple[str, list[ReadHeading | ReadParagraph]]:
    """The line of the date, and the blocks without it when it was a plain paragraph of a letter."""
    if read.date_lines:
        return _one_line(" ".join(read.date_lines)), read.blocks
    for i, block in enumerate(read.blocks[:_DATE_LINE_WITHIN]):
        if (
            isinstance(block, ReadParagraph)
            and block.table is None
            and is_date_line(block.line.text)
            and not block.line.note_refs
        ):
            rest = read.blocks[:i] + read.blocks[i + 1 :]
            if block.opens and i < len(rest) and isinstance(following := rest[i], ReadParagraph):
                rest[i] = _opening(following)
            return _one_line(block.line.text), rest
    return "", read.blocks


def _opening(block: ReadParagraph) -> ReadParagraph:
    return ReadParagraph(block.line, block.part, block.form, block.depth, block.table, opens=True)


def _day(read: ReadPaper, date_line: str, meta: Metadata) -> date | None:
    try:
        printed = date.fromisoformat(read.date[:10])
    except ValueError:
        printed = printed_date(read.date)
    return printed or printed_date(date_line) or meta.day("DCTERMS.issued")


class _Anchors:
    """Hands out anchors made of the text itself: the same words keep the same anchor, repeats get a number."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, prefix: str, text: str) -> str:
        anchor = f"{prefix}-{hashlib.blake2s(_one_line(text).encode(), digest_size=4).hexdigest()}"
        self._given[anchor] += 1
        return anchor if self._given[anchor] == 1 else f"{anchor}-{self._given[anchor]}"


def _sections(
    blocks: Iterable[ReadHeading | ReadParagraph], read: ReadPaper, anchors: _Anchors
) -> tuple[tuple[Section, ...], list[list[LinkSpan]]]:
    """The sections, and per section the links in its text (offsets count in ``Section.text``)."""
    sections: list[Section] = []
    links: list[list[LinkSpan]] = []
    paragraphs: list[Paragraph] = []
    spans: list[LinkSpan] = []
    length = 0
    head: tuple[int, str, str, Part, tuple[NoteRef, ...]] | None = None

    def finish() -> None:
        nonlocal head, length
        if head:
            level, heading, anchor, part, refs = head
            sections.append(Section(level, heading, anchor, part, tuple(paragraphs), refs))
            links.append(list(spans))
        paragraphs.clear()
        spans.clear()
        head, length = None, 0

    head_refs = tuple(NoteRef(0, note) for _, note in read.kind_line.note_refs) if read.kind_line else ()
    for block in blocks:
        if isinstance(block, ReadHeading):
            finish()
            text = block.line.text
            refs = tuple(NoteRef(offset, note) for offset, note in block.line.note_refs)
            head = (block.level, text, block.anchor or anchors.of("kop", text), block.part, refs)
            continue
        if head is None or block.opens or block.part != head[3]:
            finish()
            anchor = "broodtekst" if not sections else anchors.of("deel", block.line.text)
            head = (0, "", anchor, block.part, head_refs if not sections else ())
        if paragraphs:
            length += 1
        refs = tuple(NoteRef(offset, note) for offset, note in block.line.note_refs)
        rows = block.table.rows if block.table else ()
        paragraphs.append(Paragraph(anchors.of("al", block.line.text), block.line.text, block.form, block.depth, rows, refs))
        spans += block.line.shifted(length)[1]
        length += len(block.line.text)
    finish()
    return tuple(sections), links


def _places(sections: tuple[Section, ...]) -> dict[str, Place]:
    """Where each note is first referred to."""
    places: dict[str, Place] = {}
    for i, section in enumerate(sections):
        for ref in section.heading_refs:
            places.setdefault(ref.note, Place(i, 0))
        offset = 0
        for paragraph in section.paragraphs:
            for ref in paragraph.note_refs:
                places.setdefault(ref.note, Place(i, offset + ref.offset))
            offset += len(paragraph.text) + 1
    return places


def _dossiers(read: ReadPaper, meta: Metadata) -> tuple[Dossier, ...]:
    """As printed above the paper; else from the metadata."""
    printed = [
        _dossier(_one_line(number), _one_line(title)) for number, title in read.dossiers if number.strip() or title.strip()
    ]
    if not any(dossier.number for dossier in printed):
        title = meta.first("OVERHEIDop.dossiertitel")
        printed = [_dossier(number, title) for number in meta.all("OVERHEIDop.dossiernummer")]
    return tuple(dict.fromkeys(printed))


def _dossier(number: str, title: str) -> Dossier:
    found = _DOSSIER.match(number)
    if not found:
        return Dossier(number, "", title)
    digits = re.sub(r"\s", "", found["number"])
    addition = re.sub(r"\s", "", found["addition"] or "")
    return Dossier(f"{digits}-{found['sub']}" if found["sub"] else digits, addition, title)


def _ministers(signatories: tuple[Person, ...], kind_line: str, submitters: tuple[str, ...]) -> tuple[Person, ...]:
    """The signatories with a government office; the kind line fills in what the signatures do not tell."""
    named = offices_in(kind_line)
    signed = [person for person in signatories if is_government(person.office)]
    if signed:
        if len(signed) == 1 and not signed[0].name and len(submitters) == 1:
            return (Person(submitters[0], signed[0].office),)
        return tuple(dict.fromkeys(signed))
    unofficial = [person for person in signatories if person.name and not person.office]
    if len(named) == 1:
        names = [person.name for person in unofficial] or list(submitters)
        return (Person(names[0] if len(names) == 1 else "", named[0]),)
    if named and len(submitters) == len(named):
        # Who holds which office cannot be told: the metadata lists persons in no particular order.
        return tuple(Person(name) for name in submitters)
    return tuple(Person("", office) for office in named)


def _citations(
    own: Identifier,
    dossiers: tuple[Dossier, ...],
    sections: tuple[Section, ...],
    links: list[list[LinkSpan]],
    notes: list[ReadNote],
) -> Iterable[Citation]:
    dossier = dossiers[0] if dossiers else None
    for i, section in enumerate(sections):
        yield from _citations_in(section.text, links[i], own, dossier, Where.BODY, i)
    for i, note in enumerate(notes):
        yield from _citations_in(note.line.text, list(note.line.links), own, dossier, Where.FOOTNOTE, i)


def _citations_in(
    text: str, links: list[LinkSpan], own: Identifier, dossier: Dossier | None, where: Where, container: int
) -> list[Citation]:
    """The citations in one text: links lead, then complete citations, then short ones of the own dossier."""
    spans: list[tuple[int, int, Identifier]] = []
    for link in links:
        try:
            spans.append((link.start, link.end, Identifier.parse(link.target)))
        except ValueError:
            continue
    linked = list(spans)
    for found in find_citations(text):
        covered = [span for span in linked if span[0] < found.end and found.start < span[1]]
        if not covered:
            spans.append((found.start, found.end, found.identifier))
        for span in covered:
            if span[2] == found.identifier and span in spans:
                spans[spans.index(span)] = (min(span[0], found.start), max(span[1], found.end), span[2])
    for start, end, number in find_own(text) if dossier and dossier.number else ():
        if not any(start < b and a < end for a, b, _ in spans):
            sub_dossier, _, sub = dossier.number.partition("-") if dossier else ("", "", "")
            spans.append((start, end, Identifier.of(sub_dossier, number, sub=sub, addition=dossier.addition if dossier else "")))
    return [Citation(target, text[start:end], where, container, start) for start, end, target in sorted(spans) if target != own]
