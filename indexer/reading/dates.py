"""Which day a paper is of: by its line of the date, its metadata or a dateline below it, and whether that can be.

Several places in a file tell the date, and each may be misprinted: the attribute and the text of the printed line, the record,
a dateline further on. The first in this order counts of those that are near session year and publication, one that two places
tell before others; else the first that nothing speaks against. Only when there is none is the date in doubt: then it is the
first that was told, or none at all where that is no day ("30 februari 2024").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from indexer.paper.conventions import DateBounds, impossible_date, is_date_line, printed_date
from indexer.paper.model import Part
from indexer.reading.metadata import Metadata
from indexer.reading.pieces import ReadHeading, ReadImage, ReadPaper, ReadParagraph

_DATE_LINE_WITHIN = 5
"""The dateline of a letter is among its first paragraphs; later ones belong to quoted letters."""

Blocks = list[ReadHeading | ReadParagraph]


def date_line_of(read: ReadPaper) -> tuple[str, Blocks, list[ReadImage]]:
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


def told_dates(read: ReadPaper, date_line: str, meta: Metadata) -> list[str]:
    """What a file gives as the date, in ISO form or as printed, what counts first coming first."""
    return [text for text in (read.date, date_line, *meta.all("DCTERMS.issued")) if text]


def lower_dates(blocks: Blocks) -> list[str]:
    """Datelines further on in a paper, which may be of what it quotes."""
    return [block.line.text for block in blocks if _is_date_line(block)]


def decided(told: Sequence[str], others: Sequence[str], bounds: DateBounds) -> tuple[date | None, str]:
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
