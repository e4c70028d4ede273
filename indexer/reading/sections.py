"""Lays out what was read: sections under their headings, each thing with a stable anchor, notes and images where they stand.

Anchors of the official page are kept; others are made of the text, so that the same words keep the same anchor whatever changes
around them. Nothing here knows what a field of the paper is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.paper.model import Footnote, Image, NoteRef, Paragraph, Part, Section, TextPlace
from indexer.reading.pieces import FinishedLine, LinkSpan, ReadHeading, ReadImage, ReadNote, ReadParagraph

BEGIN = "broodtekst"
"""The anchor of the text before the first heading: on the official page it leads to the begin of the paper."""


class Anchors:
    """Hands out anchors, each once: those of the official page where free, else made of the text itself.

    The same words keep the same anchor whatever changes around them; repeats get a number.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter((BEGIN,))

    def official(self, anchor: str) -> bool:
        """Takes an anchor of the page; False when it is empty or was given out before."""
        if not anchor or self._given[anchor]:
            return False
        self._given[anchor] += 1
        return True

    def of(self, prefix: str, text: str) -> str:
        """An anchor made of the text."""
        stem = f"{prefix}-{hashlib.blake2s(' '.join(text.split()).encode(), digest_size=4).hexdigest()}"
        self._given[stem] += 1
        return stem if self._given[stem] == 1 else f"{stem}-{self._given[stem]}"


@dataclass(slots=True)
class _Open:
    """A section being filled; ``length`` is that of its text so far."""

    level: int
    heading: str
    anchor: str
    part: Part
    heading_refs: tuple[NoteRef, ...] = ()
    paragraphs: list[Paragraph] = field(default_factory=list)
    links: list[LinkSpan] = field(default_factory=list)
    length: int = 0

    def add(self, paragraph: Paragraph, line: FinishedLine) -> None:
        if self.paragraphs:
            self.length += 1
        self.links += line.shifted(self.length)[1]
        self.length += len(paragraph.text)
        self.paragraphs.append(paragraph)

    def finish(self) -> tuple[Section, list[LinkSpan]]:
        section = Section(self.level, self.heading, self.anchor, self.part, tuple(self.paragraphs), self.heading_refs)
        return section, self.links


class ParagraphPlace(NamedTuple):
    """Before a paragraph of a section; before one past the last at its end."""

    section: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The sections, the links in the text of each (offsets count in ``Section.text``), and where the blocks came to stand."""

    sections: tuple[Section, ...]
    links: tuple[list[LinkSpan], ...]
    places: tuple[ParagraphPlace, ...]
    """By block; that of a heading is the end of the section before it."""

    def place(self, block: int) -> ParagraphPlace:
        """What stands before this block; what comes after all of them stands at the end."""
        if block < len(self.places):
            return self.places[block]
        return (
            ParagraphPlace(len(self.sections) - 1, len(self.sections[-1].paragraphs)) if self.sections else ParagraphPlace(0, 0)
        )


def laid_out(blocks: Iterable[ReadHeading | ReadParagraph], head_refs: Iterable[str], anchors: Anchors) -> Layout:
    """The sections of a paper.

    Notes referred to above the text (``head_refs``) are taken as referred to at the begin of the first section.
    """
    sections: list[_Open] = []
    places: list[ParagraphPlace] = []
    for block in blocks:
        if isinstance(block, ReadHeading):
            text = block.line.text
            places.append(ParagraphPlace(len(sections) - 1, len(sections[-1].paragraphs)) if sections else ParagraphPlace(0, 0))
            anchor = block.anchor if anchors.official(block.anchor) else anchors.of("kop", text)
            sections.append(_Open(block.level, text, anchor, block.part, _refs(block.line)))
            continue
        if not sections or block.opens or block.part != sections[-1].part:
            anchor = anchors.of("deel", block.line.text) if sections else BEGIN
            sections.append(_Open(block.level, "", anchor, block.part))
        text = block.line.text
        rows = block.table.rows if block.table else ()
        places.append(ParagraphPlace(len(sections) - 1, len(sections[-1].paragraphs)))
        sections[-1].add(Paragraph(anchors.of("al", text), text, block.form, block.depth, rows, _refs(block.line)), block.line)
    if sections:
        sections[0].heading_refs = (*(NoteRef(0, note) for note in head_refs), *sections[0].heading_refs)
    finished = [section.finish() for section in sections]
    return Layout(tuple(section for section, _ in finished), tuple(links for _, links in finished), tuple(places))


def _refs(line: FinishedLine) -> tuple[NoteRef, ...]:
    return tuple(NoteRef(offset, note) for offset, note in line.note_refs)


def in_reading_order(
    notes: Sequence[ReadNote], blocks: Iterable[ReadHeading | ReadParagraph], head_refs: Iterable[str]
) -> list[ReadNote]:
    """The notes in the order in which they are first referred to; one that nobody refers to follows the note before it.

    A page prints the notes of a table below the table, before those of the text above it; in XML each stands in its place.
    """
    referred = (*head_refs, *(note for block in blocks for _, note in block.line.note_refs))
    order: dict[str, int] = {}
    for i, note_id in enumerate(referred):
        order.setdefault(note_id, i)
    keys: list[int] = []
    for note in notes:
        keys.append(order.get(note.id, keys[-1] if keys else -1))
    return [note for _, note in sorted(zip(keys, notes, strict=True), key=lambda pair: pair[0])]


def note_anchors(notes: Iterable[ReadNote], anchors: Anchors) -> list[str]:
    """The anchor of each footnote: its id on the page, or one made of its text when it has no id of its own."""
    return [note.id if anchors.official(note.id) else anchors.of("noot", note.line.text) for note in notes]


def footnotes_of(notes: Iterable[ReadNote], given: Iterable[str], sections: Iterable[Section]) -> tuple[Footnote, ...]:
    """The footnotes under the anchors given, with the place where each is first referred to."""
    places = _places(sections)
    pairs = zip(notes, given, strict=True)
    return tuple(
        Footnote(note.number, anchor, note.line.text, places[anchor][0] if anchor in places else None) for note, anchor in pairs
    )


def _places(sections: Iterable[Section]) -> dict[str, tuple[TextPlace, ParagraphPlace]]:
    """Where each note is first referred to."""
    places: dict[str, tuple[TextPlace, ParagraphPlace]] = {}
    for i, section in enumerate(sections):
        for ref in section.heading_refs:
            places.setdefault(ref.note, (TextPlace(i, 0), ParagraphPlace(i, 0)))
        offset = 0
        for number, paragraph in enumerate(section.paragraphs):
            for ref in paragraph.note_refs:
                places.setdefault(ref.note, (TextPlace(i, offset + ref.offset), ParagraphPlace(i, number)))
            offset += len(paragraph.text) + 1
    return places


def images_of(images: Sequence[ReadImage], layout: Layout, anchors: Anchors) -> tuple[Image, ...]:
    """The images where they stand; one in a note stands before the paragraph that refers to the note."""
    notes = _places(layout.sections) if any(image.note for image in images) else {}
    found: list[Image] = []
    for image in images:
        place = notes[image.note][1] if image.note in notes else layout.place(image.block)
        anchor = anchors.of("beeld", f"{image.alt} {image.caption} {image.name}")
        found.append(Image(image.alt, image.caption, place.section, place.paragraph, anchor, image.official))
    return tuple(found)
