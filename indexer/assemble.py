"""Makes a ``Kamerstuk`` of what was read and of the metadata: the one place that decides what a field of the paper is.

Where body and metadata both tell something, the body decides what stands in print (dossiers, number, date) and the metadata what
does not (title, kind, submitters). Nothing here knows of HTML or XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from indexer.crossrefs import citations_in
from indexer.dates import is_date_line, printed_date, session_year, session_year_of
from indexer.dossiers import read_dossier
from indexer.identifier import Identifier
from indexer.kinds import kind_of
from indexer.metadata import Metadata
from indexer.model import Citation, Dossier, Kamerstuk, Links, Part, Person, Where
from indexer.offices import is_government, office_of, offices_in
from indexer.pieces import ReadHeading, ReadPaper, ReadParagraph
from indexer.sections import Anchors, footnotes_of, note_anchors, sections_of

PUBLISHER = "https://zoek.officielebekendmakingen.nl"
_DATE_LINE_WITHIN = 5
"""The dateline of a letter is among its first paragraphs; later ones belong to quoted letters."""

_DOSSIER_IN_TITLE = re.compile(r"(?P<number>\d{2}\s?\d{3}(?:-\d\d)?(?:\s[IVXLC]+[AB]?\b)?(?:\s\(R\d{3,4}\))?)[\s,.:–-]+(?=\D)")
_LABEL = re.compile(r"(?:nrs?|no)(?:\.\s*|\s+|(?=\d))", re.IGNORECASE)
_REPRINT = re.compile(r"\s+(?:GERECTIFICEERD )?HERDRUK\W*\d*$", re.IGNORECASE)


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
    anchors = Anchors()
    notes = note_anchors(read.notes, anchors)
    sections = sections_of(blocks, read.head_refs, anchors)
    footnotes = footnotes_of(read.notes, notes, (section for section, _ in sections))
    kind_line = _one_line(read.kind_line or "")
    attached_to = _attached_to(meta, identifier)
    # The record of an attachment gives the number of the paper it belongs to.
    own_number = "" if identifier.collection == "blg" else meta.first("OVERHEIDop.ondernummer") or identifier.number
    number = _number(read.number) or own_number
    published = meta.day("DCTERMS.available")
    day = _day(read, date_line, meta, blocks) or (published if attached_to else None)
    signatories = tuple(Person(_one_line(name), office_of(_one_line(function))) for function, name in read.signatures)
    submitters = meta.all("OVERHEIDop.indiener")
    session = session_year(meta.first("OVERHEIDop.vergaderjaar")) or session_year(head.session) or identifier.session_year
    dossiers = _dossiers(read, meta, identifier)
    own_dossier = dossiers[0] if dossiers else None
    citations: list[Citation] = []
    for i, (section, links) in enumerate(sections):
        citations += citations_in(section.text, links, identifier, own_dossier, Where.BODY, i)
    for i, note in enumerate(read.notes):
        citations += citations_in(note.line.text, note.line.links, identifier, own_dossier, Where.FOOTNOTE, i)
    return Kamerstuk(
        identifier=identifier,
        title=meta.first("OVERHEIDop.documenttitel") or (meta.first("DC.title") if identifier.collection != "kst" else ""),
        kind=meta.kind or kind_of(kind_line) or ("Bijlage" if identifier.is_attachment else ""),
        kind_line=kind_line,
        chamber=_chamber(meta.first("DC.creator") or head.chamber, number),
        session_year=session or (session_year_of(day) if day else ""),
        date=day,
        date_line=date_line,
        published=published,
        number=number,
        dossiers=dossiers,
        ministers=_ministers(signatories, kind_line, submitters),
        signatories=signatories,
        submitters=submitters,
        categories=meta.all("OVERHEID.category"),
        sections=tuple(section for section, _ in sections),
        footnotes=footnotes,
        citations=tuple(citations),
        links=links_of(identifier),
        attached_to=attached_to,
        attachments=_identifiers(meta.all("OVERHEIDop.bijlage")),
    )


def links_of(identifier: Identifier, tweedekamer: str = "") -> Links:
    """The addresses of a paper at its publisher; they follow from the identifier. Attachments are not published as XML."""
    base = f"{PUBLISHER}/{identifier}"
    xml = "" if identifier.collection == "blg" else f"{base}.xml"
    return Links(html=f"{base}.html", pdf=f"{base}.pdf", xml=xml, page=f"{base}.html", tweedekamer=tweedekamer)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _number(printed: str) -> str:
    """The ondernummer of "Nr. 143" or "Nr. 5 HERDRUK"."""
    line = _one_line(printed)
    label = _LABEL.match(line)
    return _REPRINT.sub("", line[label.end() :] if label else line)


def _identifier(meta: Metadata, name: str) -> Identifier:
    for identifier in _identifiers((*meta.all("DC.identifier"), name)):
        return identifier
    raise ValueError(f"no identifier: neither the metadata nor the file name {name!r} has the form kst-31066-1412")


def _identifiers(texts: Iterable[str]) -> tuple[Identifier, ...]:
    """The identifiers among some texts."""
    found = []
    for text in texts:
        try:
            found.append(Identifier.parse(text))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


def _attached_to(meta: Metadata, identifier: Identifier) -> Identifier | None:
    """The paper that an attachment belongs to: the metadata tells, else an identifier such as ``kst-28844-269-b1``."""
    main = next(iter(_identifiers(meta.all("OVERHEIDop.hoofddocument"))), None)
    if main is None and identifier.collection == "kst" and identifier.is_attachment:
        main = Identifier(str(identifier).rpartition("-")[0])
    return main if main != identifier else None


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
        if isinstance(block, ReadParagraph) and _is_date_line(block) and not block.line.note_refs:
            rest = read.blocks[:i] + read.blocks[i + 1 :]
            if block.opens and i < len(rest) and isinstance(following := rest[i], ReadParagraph):
                rest[i] = replace(following, opens=True)
            return _one_line(block.line.text), rest
    return "", read.blocks


def _is_date_line(block: ReadParagraph) -> bool:
    return block.part is Part.BODY and block.table is None and is_date_line(block.line.text)


def _day(read: ReadPaper, date_line: str, meta: Metadata, blocks: list[ReadHeading | ReadParagraph]) -> date | None:
    """Of the line of the date, else of the metadata, else of a dateline elsewhere in the paper (below it, mostly)."""
    try:
        printed: date | None = date.fromisoformat(read.date[:10])
    except ValueError:
        printed = printed_date(read.date)
    known = printed or printed_date(date_line) or meta.day("DCTERMS.issued")
    later = (printed_date(b.line.text) for b in blocks if isinstance(b, ReadParagraph) and _is_date_line(b))
    return known or next(later, None)


def _dossiers(read: ReadPaper, meta: Metadata, identifier: Identifier) -> tuple[Dossier, ...]:
    """As printed above the paper; numbers that are not printed come from the metadata, else from the identifier."""
    own = "-".join(part for part in (identifier.dossier, identifier.addition) if part)
    numbers = list(meta.all("OVERHEIDop.dossiernummer")) or ([own] if own else [])
    titles = list(meta.all("OVERHEIDop.dossiertitel"))
    printed = [(_one_line(number), _one_line(title)) for number, title in read.dossiers if number.strip() or title.strip()]
    if not printed:
        if len(titles) != len(numbers):
            titles = titles[:1] * len(numbers) or [""] * len(numbers)
        return tuple(dict.fromkeys(read_dossier(number, title) for number, title in zip(numbers, titles, strict=True)))
    dossiers = []
    for i, (number, title) in enumerate(printed):
        inline = None if number else _DOSSIER_IN_TITLE.match(title)
        if inline:
            dossiers.append(read_dossier(inline["number"], title[inline.end() :]))
        else:
            dossiers.append(read_dossier(number or (numbers[i] if i < len(numbers) else ""), title))
    return tuple(dict.fromkeys(dossiers))


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
