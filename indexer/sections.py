"""Pieces of a paper → its sections: which paragraphs stand below which heading, and under which stable anchors.

Nothing here knows of dossiers, signatures or citations.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.line import FinishedLine, LinkSpan
from indexer.model import Footnote, NoteRef, Paragraph, Part, Place, Section
from indexer.pieces import ReadHeading, ReadNote, ReadParagraph

_BEGIN = "broodtekst"
"""The anchor of the text before the first heading: on the official page it leads to the begin of the paper."""


class Anchors:
    """Hands out anchors, each once: those of the official page where free, else made of the text itself.

    The same words keep the same anchor whatever changes around them; repeats get a number.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter((_BEGIN,))

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


def sections_of(
    blocks: Iterable[ReadHeading | ReadParagraph], head_refs: Iterable[str], anchors: Anchors
) -> list[tuple[Section, list[LinkSpan]]]:
    """The sections, each with the links in its text (offsets count in ``Section.text``).

    Notes referred to above the text (``head_refs``) are taken as referred to at the begin of the first section.
    """
    sections: list[_Open] = []
    for block in blocks:
        if isinstance(block, ReadHeading):
            text = block.line.text
            anchor = block.anchor if anchors.official(block.anchor) else anchors.of("kop", text)
            sections.append(_Open(block.level, text, anchor, block.part, _refs(block.line)))
            continue
        if not sections or block.opens or block.part != sections[-1].part:
            anchor = anchors.of("deel", block.line.text) if sections else _BEGIN
            sections.append(_Open(0, "", anchor, block.part))
        text = block.line.text
        rows = block.table.rows if block.table else ()
        sections[-1].add(Paragraph(anchors.of("al", text), text, block.form, block.depth, rows, _refs(block.line)), block.line)
    if sections:
        sections[0].heading_refs = (*(NoteRef(0, note) for note in head_refs), *sections[0].heading_refs)
    return [section.finish() for section in sections]


def _refs(line: FinishedLine) -> tuple[NoteRef, ...]:
    return tuple(NoteRef(offset, note) for offset, note in line.note_refs)


def note_anchors(notes: Iterable[ReadNote], anchors: Anchors) -> list[str]:
    """The anchor of each footnote: its id on the page; of one without, or with that of an earlier note, made of its text."""
    return [note.id if anchors.official(note.id) else anchors.of("noot", note.line.text) for note in notes]


def footnotes_of(notes: Iterable[ReadNote], given: Iterable[str], sections: Iterable[Section]) -> tuple[Footnote, ...]:
    """The footnotes under the anchors given, with the place where each is first referred to."""
    places = _places(sections)
    pairs = zip(notes, given, strict=True)
    return tuple(Footnote(note.number, anchor, note.line.text, places.get(anchor)) for note, anchor in pairs)


def _places(sections: Iterable[Section]) -> dict[str, Place]:
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
