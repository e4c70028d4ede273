"""Lays over the texts of one paper what belongs there: citations as links, the words of the query as marks, note numbers.

Goes through the paper once, in reading order, and counts as it goes; ``blocks`` and ``paper_view`` ask it text by text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from urllib.parse import quote

from markupsafe import Markup

from indexer.identifier import Identifier
from indexer.model import Citation, Footnote, Kamerstuk, NoteRef, Where
from web import strings
from web.inline import Insert, Layers, Link, Mark, render
from web.ports import Highlighter

MARK = "vindplaats"
"""Anchors of marks: vindplaats-1, vindplaats-2, …"""


def paper_address(identifier: Identifier, known: Container[Identifier]) -> str:
    """Where to read a paper: here when it is in the archive, else at its publisher."""
    if identifier in known:
        return f"/{quote(str(identifier))}"
    return f"{strings.SOURCE_ADDRESS}/{quote(str(identifier))}.html"


class Anchors:
    """Makes sure that every anchor of the page is given once; a second one of the same name is left out."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def once(self, anchor: str) -> str:
        """The anchor, or nothing when it is empty, cannot stand in an address or was given before."""
        if not anchor or anchor in self._taken or any(c.isspace() for c in anchor):
            return ""
        self._taken.add(anchor)
        return anchor


class Annotator:
    """The layers of one paper's texts."""

    def __init__(self, paper: Kamerstuk, known: Container[Identifier], highlighter: Highlighter | None) -> None:
        self._known = known
        self._highlighter = highlighter
        self._notes = {note.anchor: (i, note) for i, note in enumerate(paper.footnotes)}
        self._citations: dict[tuple[Where, int], list[Citation]] = defaultdict(list)
        for citation in paper.citations:
            self._citations[citation.where, citation.container].append(citation)
        self._references: dict[str, int] = defaultdict(int)
        self.marks = 0
        """How many marks were laid so far."""

    def plain(self, text: str, *, counted: bool = True) -> Layers:
        """Only marks."""
        return Layers(marks=self._marks(text, counted=counted))

    def body(self, text: str, section: int, offset: int, refs: Sequence[NoteRef], *, aside: bool = True) -> Layers:
        """A paragraph that begins at ``offset`` of its section's text; ``aside`` puts the notes' texts beside their numbers."""
        marks = self._marks(text)
        return Layers(self._links(Where.BODY, section, offset, len(text)), marks, self._inserts(refs, aside=aside))

    def heading(self, text: str, refs: Sequence[NoteRef]) -> Layers:
        """A heading: marks and the numbers of notes."""
        return Layers(marks=self._marks(text), inserts=self._inserts(refs, aside=False))

    def note(self, index: int, note: Footnote, *, copy: bool = False) -> Layers:
        """A note at the end of the paper; of a ``copy`` beside the text nothing is counted, and the tab key passes it."""
        links = self._links(Where.FOOTNOTE, index, 0, len(note.text), in_order=not copy)
        return Layers(links, self._marks(note.text, counted=not copy))

    def references(self, note: Footnote) -> int:
        """How many times a note was referred to so far."""
        return self._references[note.anchor]

    def _marks(self, text: str, *, counted: bool = True) -> list[Mark]:
        marks: list[Mark] = []
        for start, end in self._highlighter(text) if self._highlighter else ():
            if counted:
                self.marks += 1
            marks.append(Mark(start, end, f"{MARK}-{self.marks}" if counted else ""))
        return marks

    def _links(self, where: Where, container: int, offset: int, length: int, *, in_order: bool = True) -> list[Link]:
        links: list[Link] = []
        for citation in self._citations.get((where, container), ()):
            start = citation.start - offset
            end = start + len(citation.text)
            if start >= 0 and end <= length and (not links or links[-1].end <= start):
                outside = citation.target not in self._known
                label = strings.EXTERNAL if outside else ""
                links.append(Link(start, end, paper_address(citation.target, self._known), outside, label, in_order))
        return links

    def _inserts(self, refs: Sequence[NoteRef], *, aside: bool) -> list[Insert]:
        return [Insert(ref.offset, self._number(ref, aside=aside)) for ref in refs if ref.note in self._notes]

    def _number(self, ref: NoteRef, *, aside: bool) -> Markup:
        """The number as a link to the note, and the note's text for reading in place (hidden from those who are read to)."""
        index, note = self._notes[ref.note]
        self._references[note.anchor] += 1
        number = note.number or "*"
        link = Markup('<a class="noteref" id="{}" href="#{}" aria-label="{} {}">{}</a>').format(
            reference_anchor(note, self._references[note.anchor]), quote(note.anchor), strings.NOTE, number, number
        )
        if not aside:
            return link
        text = render(note.text, self.note(index, note, copy=True))
        return Markup('<span class="note">{}<span class="aside" aria-hidden="true"><b>{}</b> {}</span></span>').format(
            link, number, text
        )


def reference_anchor(note: Footnote, count: int) -> str:
    """Where in the text the note is referred to for the first, second, … time."""
    return f"noot-{note.anchor}-{count}"
