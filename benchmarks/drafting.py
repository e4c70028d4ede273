"""One generated paper: how its parts come about, from the kind and the dossier down to footnotes and citations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from math import exp

from benchmarks import cast
from benchmarks.draws import Draws
from benchmarks.morphemes import OFFICES
from benchmarks.prose import Writer
from benchmarks.vocabulary import words
from indexer.paper.conventions import MONTHS, session_year_of
from indexer.paper.identifier import Identifier
from indexer.paper.model import (
    Cell,
    Citation,
    Dossier,
    Footnote,
    Kamerstuk,
    NoteRef,
    PaperPerson,
    Paragraph,
    ParagraphForm,
    Part,
    Person,
    PersonRole,
    ReadIn,
    Section,
    TextPlace,
    Where,
)
from indexer.reading.assemble import links_of
from indexer.reading.metadata import Metadata
from indexer.reading.relations import relations_of
from indexer.reading.sections import Anchors

_SPREAD = 0.8
"""Of the logarithm of lengths."""
SHORTEST = 60
"""Bytes of text in the shortest paper."""
_SECTION_BYTES, _NOTE_BYTES = 2_200, 1_600
_SECOND_DOSSIER, _ANNEX, _LIST, _TABLE, _CITING = 0.08, 0.1, 0.08, 0.03, 0.12
"""How many papers have a second dossier, how many letters an annex, how many paragraphs are a list, a table, or cite a paper."""
_REPLACING = 0.08
"""Of the motions."""
_CITING_NOTES, _OTHER_DOSSIER = 0.6, 0.3
"""How many footnotes cite a paper, and how many citations are of another dossier."""


@dataclass(frozen=True, slots=True)
class _Note:
    """A footnote: ``cited`` is how its text prints ``target``, the paper it cites, if any."""

    anchor: str
    text: str
    target: Identifier | None = None
    cited: str = ""


@dataclass(slots=True)
class Counts:
    """How many papers each dossier has so far."""

    papers: dict[int, int] = field(default_factory=dict)

    def next(self, rank: int) -> int:
        """The number of the dossier's next paper."""
        self.papers[rank] = self.papers.get(rank, 0) + 1
        return self.papers[rank]


class Drafting:
    """One paper in the making."""

    def __init__(self, draws: Draws, counts: Counts, mean_bytes: int) -> None:
        self.draws = draws
        self.counts = counts
        self.kind = cast.KINDS[int(cast.kinds_table().draw(draws.bits(1))[0])]
        self.rank = int(cast.dossiers_table().draw(draws.bits(1))[0])
        self.number = counts.next(self.rank)
        self.file = cast.casefile(self.rank)
        self.day = self.file.day(self.number)
        self.identifier = self.file.identifier(self.number)
        scale = mean_bytes * self.kind.length / cast.mean_length()
        self.length = max(int(scale * exp(_SPREAD * draws.normal() - _SPREAD**2 / 2)), SHORTEST)
        self.writer = Writer.of(draws, words(), self.file.topic, int(self.length / words().bytes_per_word) + 60)
        self.anchors = Anchors()
        self.sections: list[Section] = []
        self.notes: list[_Note] = []
        self.citations: list[Citation] = []
        self.written = 0

    def paper(self) -> Kamerstuk:
        """The whole paper."""
        office = self.draws.below(len(OFFICES))
        sender = cast.minister_on(office, self.day) if self.kind.sender == "minister" else None
        members = self._members() if self.kind.sender == "members" else ()
        title = self.writer.phrase(5, 14)
        self._sections()
        places = _places(self.sections)
        footnotes = [Footnote(str(i), note.anchor, note.text, places[note.anchor]) for i, note in enumerate(self.notes, 1)]
        for i, note in enumerate(self.notes):
            if note.target is not None:
                self.citations.append(Citation(note.target, note.cited, Where.FOOTNOTE, i, note.text.index(note.cited)))
        kind_line, dossiers = self._kind_line(sender, members), self._dossiers()
        return Kamerstuk(
            identifier=self.identifier,
            title=title,
            kind=self.kind.name,
            kind_line=kind_line,
            chamber="Tweede Kamer",
            session_year=session_year_of(self.day),
            date=self.day,
            date_line=_date_line(self.kind, self.day),
            published=self.day + dt.timedelta(days=self.draws.between(0, 9)),
            number=str(self.number),
            dossiers=dossiers,
            relations=relations_of(Metadata(), self.identifier, kind_line, title, dossiers),
            people=_people(sender, members),
            categories=(self.file.category,),
            sections=tuple(self.sections),
            footnotes=tuple(footnotes),
            citations=tuple(self.citations),
            links=links_of(self.identifier),
        )

    def _dossiers(self) -> tuple[Dossier, ...]:
        own = self.file.dossier
        if not self.draws.chance(_SECOND_DOSSIER):
            return (own,)
        return tuple(dict.fromkeys((own, cast.casefile(self.draws.below(cast.DOSSIERS)).dossier)))

    def _members(self) -> tuple[str, ...]:
        count = 1 + self.draws.chance(0.45) + self.draws.chance(0.2)
        return tuple(dict.fromkeys(cast.member(self.draws.below(cast.MEMBERS)) for _ in range(count)))

    def _kind_line(self, sender: Person | None, members: tuple[str, ...]) -> str:
        """The kind in capitals with its sender; some motions say that they replace the paper before them."""
        names = [name.split(" ", 1)[1].upper() for name in members]
        who = f"HET LID {names[0]}" if len(names) == 1 else f"DE LEDEN {', '.join(names[:-1])} EN {names[-1]}" if names else ""
        line = self.kind.kind_line.format(office=sender.office.upper() if sender else "", members=who)
        if self.kind.name == "Motie" and self.number > 1 and self.draws.chance(_REPLACING):
            return f"GEWIJZIGDE {line} TER VERVANGING VAN DIE GEDRUKT ONDER NR. {self.number - 1}"
        return line

    # Text

    def _sections(self) -> None:
        opening: tuple[str, ...] = ("De Kamer,", "gehoord de beraadslaging,") if self.kind.name == "Motie" else ()
        if self.kind.sender == "minister":
            opening = ("Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",)
        self._section(0, "", "broodtekst", Part.BODY, opening)
        while self.written < self.length:
            level = 2 if len(self.sections) > 1 and self.draws.chance(0.4) else 1
            self._section(level, self.writer.phrase(2, 6), self._heading_anchor(), Part.BODY)
        if self.kind.name == "Brief" and self.length > _SECTION_BYTES and self.draws.chance(_ANNEX):
            self._section(1, f"Bijlage {self.writer.phrase(2, 5)}", self._heading_anchor(), Part.ANNEX)

    def _heading_anchor(self) -> str:
        anchor = f"d17e{45 + 7 * len(self.sections)}"
        self.anchors.official(anchor)
        return anchor

    def _section(self, level: int, heading: str, anchor: str, part: Part, opening: tuple[str, ...] = ()) -> None:
        """A section of some paragraphs; the last of the paper is not longer than the paper is to be."""
        made = [Paragraph(self.anchors.of("al", text), text) for text in opening]
        start = sum(len(p.text) + 1 for p in made)
        enough = min(_SECTION_BYTES, max(self.length - self.written, 1))
        begun = self.written
        while self.written - begun < enough:
            for paragraph in self._block(start):
                made.append(paragraph)
                start += len(paragraph.text) + 1
                self.written += len(paragraph.text.encode())
        self.sections.append(Section(level, heading, anchor, part, tuple(made)))

    def _block(self, start: int) -> list[Paragraph]:
        """A paragraph, a list or a table, to begin at ``start`` in the section's text."""
        fate = self.draws.unit()
        if fate < _TABLE:
            caption = f"Tabel: {self.writer.phrase(2, 5)}"
            return [Paragraph(self.anchors.of("al", caption), caption, ParagraphForm.CAPTION), self._table()]
        if fate < _TABLE + _LIST:
            texts = [f"{i}. {self.writer.item()}" for i in range(1, self.draws.between(3, 6) + 1)]
            return [Paragraph(self.anchors.of("al", text), text, ParagraphForm.ITEM, 1) for text in texts]
        text = self.writer.paragraph() if self.length > 600 else self.writer.sentence()
        if fate > 1 - _CITING and (target := self._earlier()) is not None:
            cited = f"Kamerstuk {_printed(target)}"
            text = f"{text[:-1]} ({cited})."
            at = len(text) - len(cited) - 2
            self.citations.append(Citation(target, cited, Where.BODY, len(self.sections), start + at))
        refs: tuple[NoteRef, ...] = ()
        if len(self.notes) * _NOTE_BYTES + self.draws.below(_NOTE_BYTES) < self.written:
            refs = (NoteRef(len(text), self._note()),)
        return [Paragraph(self.anchors.of("al", text), text, note_refs=refs)]

    def _table(self) -> Paragraph:
        columns = self.draws.between(2, 5)
        rows = [[self.writer.phrase(1, 2) for _ in range(columns)]]
        rows += [
            [self.writer.phrase(1, 3), *(self.writer.amount() for _ in range(columns - 1))]
            for _ in range(self.draws.between(2, 7))
        ]
        text = ""
        cells: list[tuple[Cell, ...]] = []
        for i, row in enumerate(rows):
            line: list[Cell] = []
            for cell in row:
                text += " | " if line else "\n" if text else ""
                line.append(Cell(len(text), len(text) + len(cell), header=i == 0))
                text += cell
            cells.append(tuple(line))
        return Paragraph(self.anchors.of("al", text), text, ParagraphForm.TABLE, rows=tuple(cells))

    # Footnotes and citations

    def _note(self) -> str:
        """A new footnote; gives its anchor."""
        anchor = f"ID-{str(self.identifier)[4:]}-d36e{81 + 11 * len(self.notes)}"
        self.anchors.official(anchor)
        target = self._earlier() if self.draws.chance(_CITING_NOTES) else None
        text = self.writer.phrase(3, 12)
        if target is None:
            self.notes.append(_Note(anchor, f"{text}."))
            return anchor
        session = session_year_of(self.day)
        cited = f"Kamerstukken II {session[:4]}/{session[-2:]}, {_printed(target)}"
        self.notes.append(_Note(anchor, f"{text}; {cited}." if self.draws.chance(0.4) else f"{cited}.", target, cited))
        return anchor

    def _earlier(self) -> Identifier | None:
        """A paper made before this one and not dated after it."""
        rank = int(cast.dossiers_table().draw(self.draws.bits(1))[0]) if self.draws.chance(_OTHER_DOSSIER) else self.rank
        count = self.counts.papers.get(rank, 0) - (rank == self.rank)
        if not count:
            return None
        file = cast.casefile(rank)
        number = max(count - int(count * self.draws.unit() ** 2), 1)  # the newest are cited most
        return file.identifier(number) if file.day(number) <= self.day else None


def _printed(target: Identifier) -> str:
    """As papers print it, with a space in the number at which no line breaks."""
    return target.printed.replace(" ", "\u00a0", 1)


def _date_line(kind: cast.Kind, day: dt.date) -> str:
    printed = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    verb = {"Motie": "Voorgesteld", "Amendement": "Ontvangen", "Brief": "Den Haag,"}.get(kind.name, "Vastgesteld")
    return f"{verb} {printed}"


def _places(sections: list[Section]) -> dict[str, TextPlace]:
    """Where each footnote is referred to."""
    places: dict[str, TextPlace] = {}
    for i, section in enumerate(sections):
        offset = 0
        for paragraph in section.paragraphs:
            for ref in paragraph.note_refs:
                places.setdefault(ref.note, TextPlace(i, offset + ref.offset))
            offset += len(paragraph.text) + 1
    return places


def _people(sender: Person | None, members: tuple[str, ...]) -> tuple[PaperPerson, ...]:
    """The minister who sent it, or the members whom the kind line names and who signed with their surnames."""
    places = (ReadIn.SIGNATURE, ReadIn.METADATA)
    if sender:
        return (PaperPerson(sender.name, PersonRole.MINISTER, sender.name, sender.office, read_in=places),)
    roles = (PersonRole.FIRST_SUBMITTER, *(PersonRole.CO_SIGNER for _ in members[1:]))
    return tuple(
        PaperPerson(name, role, name.rsplit(" ", 1)[-1], read_in=(ReadIn.KIND_LINE, *places))
        for name, role in zip(members, roles, strict=False)
    )
