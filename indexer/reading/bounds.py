"""How much a paper may hold: several times what the largest do, so that no file can keep the reader or whoever reads it busy.

What is beyond is refused as a whole and said; nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.reading.metadata import Metadata
from indexer.reading.pieces import ReadPaper, ReadParagraph

MAX_CHARACTERS = 20_000_000
_MAX_BLOCKS = 200_000
_MAX_NOTES = 50_000
_MAX_CELLS = 1_000_000
_MAX_PLACES = 5_000_000
"""Places in the grids of tables, which merged cells take several of."""
_MAX_IMAGES = 50_000
_MAX_PEOPLE = 25_000
_MAX_DOSSIERS = 25_000
_MAX_ENTRIES = 20_000
_LONGEST = 200_000
"""Characters of a title, a name, an office or an entry of metadata; the longest titles of bills have a thousand."""


def bounded(read: ReadPaper) -> ReadPaper:
    """What was read of a paper.

    Raises:
        ValueError: it holds more than any paper does.
    """
    tables = [block.table.rows for block in read.blocks if isinstance(block, ReadParagraph) and block.table]
    cells = [cell for rows in tables for row in rows for cell in row]
    for most, count, what in (
        (MAX_CHARACTERS, sum(len(one.line.text) for one in (*read.blocks, *read.notes)), "characters of text"),
        (_MAX_BLOCKS, len(read.blocks), "paragraphs and headings"),
        (_MAX_NOTES, len(read.notes), "footnotes"),
        (_MAX_CELLS, len(cells), "cells of tables"),
        (_MAX_PLACES, sum(cell.colspan * cell.rowspan for cell in cells), "places in tables that merged cells take"),
        (_MAX_IMAGES, len(read.images), "images"),
        (_MAX_PEOPLE, len(read.signatures), "signatures"),
        (_MAX_DOSSIERS, len(read.dossiers), "dossiers"),
        (_LONGEST, max(map(len, _lines(read)), default=0), "characters in the kind line, a dossier or a signature"),
    ):
        _refuse(most, count, what)
    return read


def bounded_metadata(metadata: Metadata) -> Metadata:
    """The metadata of a paper.

    Raises:
        ValueError: it holds more than that of any paper does.
    """
    _refuse(_MAX_ENTRIES, len(metadata.entries), "entries of metadata")
    _refuse(
        _LONGEST, max((len(text) for entry in metadata.entries for text in entry), default=0), "characters in a metadata entry"
    )
    _refuse(_MAX_PEOPLE, len(metadata.all("OVERHEIDop.indiener")), "submitters")
    return metadata


def _lines(read: ReadPaper) -> Iterator[str]:
    yield from (read.number, read.edition, read.kind_line or "", *read.openings)
    for pair in (*read.dossiers, *read.signatures):
        yield from pair


def _refuse(most: int, count: int, what: str) -> None:
    if count > most:
        raise ValueError(f"the paper holds {count:,} {what}, where no paper has more than {most:,}; look for a sound copy")
