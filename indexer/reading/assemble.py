"""Makes a ``Kamerstuk`` of the pieces that were read and of the metadata: here it is decided what each field of the paper is.

Where text and metadata both tell something, the text decides what is printed (dossiers, number, date) and the metadata what is
not (title, kind, submitters). Pieces become sections, each under its heading and with stable anchors. Nothing here knows of HTML,
XML or PDF.

Several places tell the date, and each may be misprinted: the attribute and the text of the printed line, the record, a dateline
further on. The first in this order counts of those that are near session year and publication, one that two places tell before
others; else the first that nothing speaks against. Only when there is none is the date in doubt: then it is the first that was
told, or none at all where that is no day ("30 februari 2024").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from indexer.collections import collection_of
from indexer.collections.collection import Collection
from indexer.paper.conventions import (
    DateBounds,
    impossible_date,
    is_date_line,
    printed_date,
    read_dossier,
    session_year,
    session_year_of,
    without_edition,
)
from indexer.paper.identifier import PUBLISHER, Identifier
from indexer.paper.model import Citation, Dossier, Kamerstuk, Links, Part, Section, Where
from indexer.reading.metadata import Metadata
from indexer.reading.outline import outlined
from indexer.reading.people import people_of
from indexer.reading.pieces import ReadHeading, ReadImage, ReadPaper, ReadParagraph
from indexer.reading.relations import citations_in, main_of, relations_of
from indexer.reading.sections import BEGIN, Anchors, footnotes_of, images_of, in_reading_order, laid_out, note_anchors

_OPENING_WITHIN = 6
"""Where no lines are marked as those above the text, they are among so many first ones."""
_DATE_LINE_WITHIN = 5
"""The dateline of a letter is among its first paragraphs; later ones belong to quoted letters."""
_DOSSIER_IN_TITLE = re.compile(r"(?P<number>\d{2}\s?\d{3}(?:-\d\d)?(?:\s[IVXLC]+[AB]?\b)?(?:\s\(R\d{3,4}\))?)[\s,.:–-]+(?=\D)")
_LABEL = re.compile(r"(?:nrs?|no)(?:\.\s*|\s+|(?=\d))", re.IGNORECASE)
_Blocks = list[ReadHeading | ReadParagraph]
FICTIONAL = "kamerstukken.fictional"
"""The name in the metadata by which a file declares, with the content "yes", that its paper is invented."""
_REPRINT = re.compile(r"-h\d{1,3}$")
"""How the identifier of a reprint ends."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the file tells beside its body: its metadata, and chamber and session as the head of the XML prints them."""

    metadata: Metadata
    chamber: str = ""
    session: str = ""


def assemble(
    read: ReadPaper, head: Head, identifier: Identifier, collection: Collection, *, today: date | None = None
) -> Kamerstuk:
    """The paper, of a publication that was recognised before; dates of after ``today`` may be in doubt."""
    meta = head.metadata
    facts = collection.facts(read.openings or _first_lines(read.blocks))
    date_line, blocks, read_images = _date_line_of(read)
    blocks = outlined(blocks)
    anchors = Anchors()
    notes = in_reading_order(read.notes, blocks, read.head_refs)
    given = note_anchors(notes, anchors)
    layout = laid_out(blocks, read.head_refs, anchors)
    images = images_of(read_images, layout, anchors)
    # An image may be all there is.
    sections = layout.sections or ((Section(0, "", BEGIN),) if images else ())
    title = facts.title or next((title for name in collection.titles if (title := meta.first(name))), "")
    attached_to = main_of(meta, identifier)
    fictional = meta.first(FICTIONAL).lower() in ("yes", "true", "1")
    # The record of an attachment gives the number of the paper it belongs to.
    own_number = "" if collection.attachments else meta.first("OVERHEIDop.ondernummer") or identifier.number
    number, edition = _number(read.number)
    kind_line, beside_kind = _kind_line(read.kind_line or "")
    session = session_year(meta.first("OVERHEIDop.vergaderjaar")) or session_year(head.session) or identifier.session_year
    published = meta.day("DCTERMS.available")
    told = [*([facts.date.isoformat()] if facts.date else []), *_told_dates(read, date_line, meta)]
    others = [*_lower_dates(blocks), *([published.isoformat()] if published and attached_to else [])]
    # What is attached to a paper may be much older than that.
    now = today or datetime.now(UTC).date()
    bounds = DateBounds("", None, now) if collection.attachments or attached_to else DateBounds(session, published, now)
    day, doubt = _decided(told, others, bounds)
    dossiers = _dossiers(read, meta, identifier)
    own_dossier = dossiers[0] if dossiers else None
    citations: list[Citation] = []
    for i, (section, links) in enumerate(zip(layout.sections, layout.links, strict=True)):
        citations += citations_in(section.text, links, identifier, own_dossier, Where.BODY, i)
    for i, note in enumerate(notes):
        citations += citations_in(note.line.text, note.line.links, identifier, own_dossier, Where.FOOTNOTE, i)
    return Kamerstuk(
        identifier=identifier,
        title=title,
        kind=facts.kind
        or collection.kind(meta.kinds, (kind_line, *meta.kind_lines))
        or ("Bijlage" if identifier.is_attachment else ""),
        kind_line=kind_line,
        chamber=_chamber(meta.first("DC.creator") or head.chamber or identifier.chamber, number),
        session_year=session or (session_year_of(day) if day and not doubt else ""),
        date=day,
        date_line=date_line,
        date_doubt=doubt,
        published=published,
        number=number or own_number,
        edition=read.edition or edition or beside_kind or ("Herdruk" if _REPRINT.search(str(identifier)) else ""),
        dossiers=dossiers,
        people=people_of(read, kind_line, meta.all("OVERHEIDop.indiener"), facts),
        categories=meta.all("OVERHEID.category"),
        sections=sections,
        footnotes=footnotes_of(notes, given, sections),
        citations=tuple(citations),
        links=Links() if fictional else links_of(identifier),
        relations=relations_of(meta, identifier, kind_line, title, dossiers),
        images=images,
        fictional=fictional,
    )


def links_of(identifier: Identifier) -> Links:
    """The addresses of a paper at its publisher; they follow from the identifier. Attachments are not published as XML."""
    base = f"{PUBLISHER}/{identifier}"
    xml = "" if collection_of(identifier).attachments else f"{base}.xml"
    return Links(html=f"{base}.html", pdf=f"{base}.pdf", xml=xml, page=f"{base}.html")


def _first_lines(blocks: _Blocks) -> list[str]:
    """The lines above the text of a file that does not mark them, as no PDF does."""
    return [block.line.text for block in blocks[:_OPENING_WITHIN]]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _number(printed: str) -> tuple[str, str]:
    """The ondernummer of "Nr. 143", and the edition that "Nr. 5 HERDRUK" tells beside it."""
    line, edition = without_edition(_one_line(printed))
    label = _LABEL.match(line)
    return (line[label.end() :] if label else line), edition


def _kind_line(printed: str) -> tuple[str, str]:
    """The kind line, and the edition where it is printed before or after that ("HERDRUK BRIEF VAN DE MINISTER")."""
    line = _one_line(printed)
    rest, edition = without_edition(line)
    beside = rest and edition.lower().endswith("herdruk") and (line.startswith(edition) or line.rstrip(")").endswith(edition))
    return (rest, edition) if beside else (line, "")


def _chamber(creator: str, number: str) -> str:
    """The chamber that the publisher names; else numbers are those of the Tweede Kamer and letters those of the Eerste Kamer."""
    for chamber in ("Eerste Kamer", "Tweede Kamer"):
        if creator.startswith(chamber):
            return chamber
    if not number:
        return ""
    return "Tweede Kamer" if number[0].isdigit() else "Eerste Kamer"


def _dossiers(read: ReadPaper, meta: Metadata, identifier: Identifier) -> tuple[Dossier, ...]:
    """The dossiers printed above the paper; numbers that are not printed come from the metadata, else from the identifier."""
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


def _date_line_of(read: ReadPaper) -> tuple[str, _Blocks, list[ReadImage]]:
    """The line of the date, and the blocks and images without it when it was a plain paragraph of a letter."""
    if read.date_lines:
        return " ".join(" ".join(read.date_lines).split()), read.blocks, read.images
    for i, block in enumerate(read.blocks[:_DATE_LINE_WITHIN]):
        if isinstance(block, ReadParagraph) and _is_date_line(block) and not block.line.note_refs:
            rest = read.blocks[:i] + read.blocks[i + 1 :]
            if block.opens and i < len(rest) and isinstance(following := rest[i], ReadParagraph):
                rest[i] = replace(following, opens=True)
            images = [replace(image, block=image.block - 1) if image.block > i else image for image in read.images]
            return " ".join(block.line.text.split()), rest, images
    return "", read.blocks, read.images


def _is_date_line(block: ReadHeading | ReadParagraph) -> bool:
    return isinstance(block, ReadParagraph) and block.part is Part.BODY and block.table is None and is_date_line(block.line.text)


def _told_dates(read: ReadPaper, date_line: str, meta: Metadata) -> list[str]:
    """What a file gives as the date, in ISO form or as printed, what counts first coming first."""
    return [text for text in (read.date, date_line, *meta.all("DCTERMS.issued")) if text]


def _lower_dates(blocks: _Blocks) -> list[str]:
    """Datelines further on in a paper, which may be of what it quotes."""
    return [block.line.text for block in blocks if _is_date_line(block)]


def _decided(told: Sequence[str], others: Sequence[str], bounds: DateBounds) -> tuple[date | None, str]:
    """The day of the paper and why it cannot be right; what ``others`` tell counts last.

    Told nothing but what is no day, the paper has none, and the doubt says so.
    """
    first = [day for day in map(_day, told) if day]
    days = [*first, *(day for day in map(_day, others) if day)]
    near = [day for day in days if bounds.near(day)]
    sound = [day for day in near if first.count(day) > 1] or near or [day for day in days if not bounds.doubt(day)]
    if sound:
        return sound[0], ""
    if days:
        return days[0], bounds.doubt(days[0])
    wrong = next((found for found in map(impossible_date, (*told, *others)) if found), "")
    return None, f"there is no {wrong}" if wrong else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return printed_date(text)
