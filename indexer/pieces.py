"""What the readers hand over: a paper in pieces, as printed and in the order of the page; ``assemble`` makes the paper of it.

Values only. How pieces come about stands in ``flow``, what they mean for the fields of a paper in ``assemble``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.line import FinishedLine
from indexer.model import Form, Part
from indexer.table import ReadTable


@dataclass(frozen=True, slots=True)
class ReadHeading:
    """A heading as read."""

    line: FinishedLine
    level: int
    anchor: str
    part: Part


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph, list item or table as read; ``opens`` says that the heading before it does not cover it."""

    line: FinishedLine
    part: Part
    form: Form = Form.TEXT
    depth: int = 0
    table: ReadTable | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A footnote as read, with the id by which it is referred to."""

    id: str
    number: str
    line: FinishedLine


@dataclass(slots=True)
class ReadPaper:
    """All that was read of one file."""

    dossiers: list[tuple[str, str]] = field(default_factory=list)
    """Printed number and title of each dossier."""
    number: str = ""
    kind_line: str | None = None
    """None: no line was marked as the kind line."""
    date_lines: list[str] = field(default_factory=list)
    date: str = ""
    """What the file itself gives as the date: ISO from an attribute, else as printed."""
    signatures: list[tuple[str, str]] = field(default_factory=list)
    """Function and name as printed; either may be empty."""
    blocks: list[ReadHeading | ReadParagraph] = field(default_factory=list)
    notes: list[ReadNote] = field(default_factory=list)
    head_refs: list[str] = field(default_factory=list)
    """Ids of the notes referred to above the text: in dossier titles, the kind line and the line of the date."""
