"""A paper as its page shows it: facts, contents, sections, notes, citations. Values for the template, no markup but inline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from markupsafe import Markup

from indexer.identifier import Identifier
from indexer.model import Citation, Dossier, Footnote, Kamerstuk, Part, Person, Source, Where
from indexer.persons import person_name
from web import register_state, strings
from web.annotate import Anchors, Annotator, paper_address, reference_anchor
from web.blocks import Block, blocks_of
from web.inline import render
from web.meta_tags import Tag, meta_tags
from web.ports import Highlighter, PaperReference
from web.quoting import quoting
from web.reference import reference_of

OWN_ANCHORS = ("inhoud", "q", "kop", "stuk", "voetnoten", "verwijzingen", "aangehaald")
"""Anchors that the page itself uses."""

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; ``tag`` is that of its heading, empty when it has none."""

    tag: str
    level: int
    heading: Markup
    anchor: str
    opens_annexes: bool
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note with the ways back to where it is referred to."""

    number: str
    anchor: str
    html: Markup
    back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    level: int
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper that this one cites: its name, if known, the sentence that first does it, the way there, and how many times."""

    printed: str
    name: str
    href: str
    outside: bool
    quote: str
    place: str
    times: int


@dataclass(frozen=True, slots=True)
class Related:
    """A paper that this one is an attachment of, or one of its attachments."""

    text: str
    href: str
    outside: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """Everything the page of a paper shows."""

    paper: Kamerstuk
    citation: str
    body: tuple[SectionView, ...]
    annexes: tuple[SectionView, ...]
    notes: tuple[NoteView, ...]
    contents: tuple[Entry, ...]
    cites: tuple[Cited, ...]
    cited_by: tuple[PaperReference, ...]
    official: tuple[tuple[str, str], ...]
    """Labels and addresses of the official files, PDF first."""
    kind_line: Markup
    title: Markup
    marks: int
    tags: tuple[Tag, ...]
    """What the head of the page tells programs."""
    attached_to: Related | None
    attachments: tuple[Related, ...]

    @property
    def from_pdf(self) -> bool:
        """Whether the text was read from a PDF."""
        return self.paper.source is Source.PDF


def paper_view(
    paper: Kamerstuk,
    names: Mapping[Identifier, str],
    cited_by: Sequence[PaperReference],
    highlighter: Highlighter | None,
    attachments: Mapping[Identifier, str],
) -> PaperView:
    """Build the view.

    ``names`` are those of the papers in the archive that this one cites or belongs to, ``attachments`` those of its attachments
    (empty for one outside the archive); ``highlighter`` marks the words searched for.
    """
    annotator = Annotator(paper, names, highlighter)
    # The notes' anchors are spoken for, so that no paragraph takes one first.
    anchors = Anchors((*OWN_ANCHORS, *(note.anchor for note in paper.footnotes)))
    title = render(paper.name, annotator.plain(paper.name))
    kind_line = render(paper.kind_line, annotator.plain(paper.kind_line))
    sections = _sections(paper, annotator, anchors)
    notes = tuple(_note(i, note, annotator) for i, note in enumerate(paper.footnotes))
    body = tuple(view for view, section in zip(sections, paper.sections, strict=True) if section.part is Part.BODY)
    annexes = tuple(view for view, section in zip(sections, paper.sections, strict=True) if section.part is Part.ANNEX)
    return PaperView(
        paper,
        _citation(paper),
        body,
        annexes,
        notes,
        _contents(paper, sections),
        _cites(paper, names),
        tuple(cited_by),
        official_links(paper),
        kind_line,
        title,
        annotator.marks,
        meta_tags(reference_of(paper)),
        _related(paper.attached_to, paper.attached_to.printed, paper.attached_to in names) if paper.attached_to else None,
        tuple(_related(identifier, name or identifier.printed, bool(name)) for identifier, name in attachments.items()),
    )


def _citation(paper: Kamerstuk) -> str:
    """How to cite the paper; an attachment by the paper it belongs to."""
    cited = (paper.attached_to or paper.identifier).citation(paper.chamber, paper.session_year)
    return strings.cite_attachment(cited, str(paper.identifier)) if paper.attached_to else cited


def _related(identifier: Identifier, text: str, here: bool) -> Related:
    return Related(text, paper_address(identifier, {identifier} if here else ()), not here)


def _sections(paper: Kamerstuk, annotator: Annotator, anchors: Anchors) -> list[SectionView]:
    views: list[SectionView] = []
    in_annexes = False
    for i, section in enumerate(paper.sections):
        opens = section.part is Part.ANNEX and not in_annexes
        in_annexes = in_annexes or opens
        heading = render(section.heading, annotator.heading(section.heading, section.heading_refs))
        tag = f"h{min(max(section.level, 1) + 1, _DEEPEST)}" if section.heading else ""
        anchor = anchors.once(section.anchor)
        views.append(SectionView(tag, section.level, heading, anchor, opens, blocks_of(section, i, annotator, anchors)))
    return views


def _note(index: int, note: Footnote, annotator: Annotator) -> NoteView:
    back = tuple(f"#{quote(reference_anchor(note, i + 1))}" for i in range(annotator.references(note)))
    return NoteView(note.number or "*", note.anchor, render(note.text, annotator.note(index, note)), back)


def _contents(paper: Kamerstuk, views: Sequence[SectionView]) -> tuple[Entry, ...]:
    pairs = zip(paper.sections, views, strict=True)
    return tuple(Entry(max(s.level, 1), s.heading, f"#{quote(v.anchor)}") for s, v in pairs if s.heading and v.anchor)


def _cites(paper: Kamerstuk, names: Mapping[Identifier, str]) -> tuple[Cited, ...]:
    by_target: dict[Identifier, list[Citation]] = {}
    for citation in paper.citations:
        by_target.setdefault(citation.target, []).append(citation)
    return tuple(
        Cited(
            target.printed,
            names.get(target, ""),
            paper_address(target, names),
            target not in names,
            quoting(paper, citations[0].where, citations[0].container, citations[0].start),
            f"#{quote(place)}" if (place := _place(paper, citations[0])) else "",
            len(citations),
        )
        for target, citations in by_target.items()
    )


def _place(paper: Kamerstuk, citation: Citation) -> str:
    """The anchor of the note or the paragraph a citation stands in."""
    if citation.where is Where.FOOTNOTE:
        return paper.footnotes[citation.container].anchor
    offset = 0
    for paragraph in paper.sections[citation.container].paragraphs:
        offset += len(paragraph.text) + 1
        if citation.start < offset:
            return paragraph.anchor
    return ""


def official_links(paper: Kamerstuk) -> tuple[tuple[str, str], ...]:
    """The official files, PDF first; an address given twice is shown once."""
    links = paper.links
    pairs = (
        (strings.PDF, links.pdf),
        (strings.LINK_PAGE, links.page or links.html),
        (strings.LINK_XML, links.xml),
        (strings.LINK_CHAMBER, links.tweedekamer),
    )
    return tuple((label, href) for label, href in pairs if href.startswith(("https://", "http://")))


def search_for(field: str, value: str) -> str:
    """The address of a search for one property, newest first."""
    quoted = f'"{value}"' if " " in value else value
    return f"/zoeken?{urlencode([('q', f'{field}:{quoted}'), ('sort', 'newest')], errors='replace')}"


def dossier_address(dossier: Dossier) -> str:
    """The page of a dossier; of one without a number, a search for its title."""
    return register_state.dossier_address(dossier.key) if dossier.number else search_for("titel", dossier.title)


def person_address(person: Person) -> str:
    """The page of a person; of an office without a name, a search for the office."""
    return name_address(person.name) if person.name else search_for("ambt", person.office)


def name_address(name: str) -> str:
    """The page of a person, however the name is printed."""
    return register_state.person_address(person_name(name))
