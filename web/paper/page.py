"""The page of a paper: people, facts, contents, text, notes, citations both ways, and its neighbours in each of its dossiers.

Values for the template; no markup but what ``text`` makes of the words of the paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote, urlsplit

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from indexer.catalogue.dossiers import Neighbours
from indexer.catalogue.overview import PaperLine
from indexer.collections import citation_of
from indexer.errors import EngineError, IndexMissing, IndexOutdated, QueryTooCostly
from indexer.paper.identifier import Identifier, address_of
from indexer.paper.model import Footnote, Kamerstuk, PaperPerson, Part, Source
from indexer.paper.naming import shown_title, subtitle
from search.document import document_of
from search.fields import facets
from web import formats, strings
from web.addresses import dossier_address, paper_address, person_address, search_address, search_for
from web.http import by_content
from web.inline import render
from web.paper.received import OwnCopy, received_of
from web.paper.relations import (
    Cited,
    Related,
    RelationLine,
    attached_to,
    attachments_of,
    cited_papers,
    cited_publications,
    relation_lines,
)
from web.paper.text import Annotator, Block, PageAnchors, blocks_of, reference_anchor
from web.parameters import QUERY, read
from web.ports import Answers, Highlighter, Look, PaperReference, Withdrawal
from web.references import Tag, meta_tags, reference_of


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone who put a name to the paper; ``details`` are the office, the party, and that it cannot be told who this is."""

    name: str
    href: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """People of one role who follow each other."""

    label: str
    people: tuple[PersonLine, ...]


def groups_of_people(people: Iterable[PaperPerson]) -> tuple[PeopleGroup, ...]:
    """The people of a paper, in groups; the order is the printed one, so a role can come back."""
    found = []
    for role, group in groupby(people, lambda one: one.role):
        lines = tuple(dict.fromkeys(_line(one) for one in group))
        found.append(PeopleGroup(strings.named(strings.PERSON_ROLES[role], lines), lines))
    return tuple(found)


def _line(one: PaperPerson) -> PersonLine:
    """The person; of an office without a name, a search for the office."""
    if not one.known_as:
        return PersonLine(one.office, search_for("ambt", one.office), ())
    unknown = "" if one.person else strings.PERSON_UNKNOWN
    return PersonLine(one.known_as, person_address(one.known_as), tuple(filter(None, (one.office, one.party, unknown))))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The paper before or after: its full number, what it is called, and its page."""

    number: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class NeighboursView:
    """A dossier with the papers before and after; None at either end. ``ways`` says whether number or date decides."""

    dossier: str
    href: str
    ways: tuple[str, str]
    previous: Neighbour | None
    following: Neighbour | None


def neighbours_view(found: Iterable[Neighbours]) -> tuple[NeighboursView, ...]:
    """Build the views, one a dossier."""
    return tuple(
        NeighboursView(
            formats.dossier_key(one.key),
            dossier_address(one.key),
            strings.BY_DATE if one.by_date else strings.BY_NUMBER,
            _neighbour(one.previous),
            _neighbour(one.following),
        )
        for one in found
    )


def _neighbour(paper: PaperLine | None) -> Neighbour | None:
    return Neighbour(paper.identifier.printed, paper.name, paper_address(paper.identifier)) if paper else None


OWN_ANCHORS = ("inhoud", "q", "kop", "stuk", "voetnoten", "verwijzingen", "andere-verwijzingen", "aangehaald")
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
class ContentsLine:
    """A line of the table of contents."""

    level: int
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of the paper that the table of fields declares: its label, and its values with the searches for them."""

    label: str
    values: tuple[tuple[str, str], ...]


_TOLD_OTHERWISE = frozenset(("dossier", "year", "minister", "kind", "person", "session_year", "office", "chamber", "version"))
"""Facets that the page tells in a form of its own: with titles, offices or days beside them."""


def facts_of(paper: Kamerstuk) -> tuple[Fact, ...]:
    """The facets of a paper that the page has no form of its own for."""
    document = document_of(paper)
    told = [(field, tuple(field.values(document))) for field in facets() if field.name not in _TOLD_OTHERWISE]
    return tuple(
        Fact(
            field.label if len(values) == 1 else field.plural,
            tuple(
                (field.shown(value), search_address((QUERY.name, ""), (field.name, value), ("sort", "newest")))
                for value in values
            ),
        )
        for field, values in told
        if values
    )


@dataclass(frozen=True, slots=True)
class PaperView:
    """Everything the page of a paper shows."""

    paper: Kamerstuk
    name: str
    citation: str
    body: tuple[SectionView, ...]
    annexes: tuple[SectionView, ...]
    notes: tuple[NoteView, ...]
    contents: tuple[ContentsLine, ...]
    cites: tuple[Cited, ...]
    cites_also: tuple[Cited, ...]
    """What is cited and is no paper of a dossier."""
    cited_by: tuple[PaperReference, ...]
    files: tuple[tuple[str, str], ...]
    """Labels and addresses of the official files, PDF first; of an invented paper, of the file in the archive."""
    received: OwnCopy | None
    kind_line: Markup
    title: Markup
    subtitle: str
    marks: int
    tags: tuple[Tag, ...]
    """What the head of the page tells programs."""
    people: tuple[PeopleGroup, ...]
    relations: tuple[RelationLine, ...]
    attached_to: Related | None
    attachments: tuple[Related, ...]
    facts: tuple[Fact, ...]

    @property
    def from_pdf(self) -> bool:
        """Whether the text was read from a PDF."""
        return self.paper.source is Source.PDF


def paper_view(
    paper: Kamerstuk,
    names: Mapping[Identifier, str],
    cited_by: Sequence[PaperReference],
    highlighter: Highlighter | None,
    received: OwnCopy | None,
) -> PaperView:
    """Build the view.

    ``names`` are those of the papers in the archive that this one cites; ``highlighter`` marks the words searched for.
    """
    annotator = Annotator(paper, names, highlighter)
    # The notes' anchors are spoken for, so that no paragraph takes one first.
    anchors = PageAnchors((*OWN_ANCHORS, *(note.anchor for note in paper.footnotes)))
    name = shown_title(paper)
    title = render(name, annotator.plain(name))
    kind_line = render(paper.kind_line, annotator.plain(paper.kind_line))
    sections = _sections(paper, annotator, anchors)
    if sections and not sections[0].tag:
        kind_line += sections[0].heading  # the notes of the lines above a text that has no heading
    notes = tuple(_note(i, note, annotator) for i, note in enumerate(paper.footnotes))
    body = tuple(view for view, section in zip(sections, paper.sections, strict=True) if section.part is Part.BODY)
    annexes = tuple(view for view, section in zip(sections, paper.sections, strict=True) if section.part is Part.ANNEX)
    return PaperView(
        paper,
        name,
        strings.as_example(citation_of(paper), fictional=paper.fictional),
        body,
        annexes,
        notes,
        _contents(paper, sections),
        cited_papers(paper, names),
        cited_publications(paper, names),
        tuple(cited_by),
        _files(paper, received),
        received,
        kind_line,
        title,
        subtitle(paper).text,
        annotator.marks,
        meta_tags(reference_of(paper)),
        groups_of_people(paper.people),
        relation_lines(paper),
        attached_to(paper),
        attachments_of(paper),
        facts_of(paper),
    )


def _sections(paper: Kamerstuk, annotator: Annotator, anchors: PageAnchors) -> list[SectionView]:
    views: list[SectionView] = []
    images = paper.images_by_place()
    in_annexes = False
    for i, section in enumerate(paper.sections):
        opens = section.part is Part.ANNEX and not in_annexes
        in_annexes = in_annexes or opens
        heading = render(section.heading, annotator.heading(section.heading, section.heading_refs))
        tag = f"h{min(max(section.level, 1) + 1, _DEEPEST)}" if section.heading else ""
        anchor = anchors.once(section.anchor)
        blocks = blocks_of(section, i, annotator, anchors, images)
        views.append(SectionView(tag, section.level, heading, anchor, opens, blocks))
    return views


def _note(index: int, note: Footnote, annotator: Annotator) -> NoteView:
    back = tuple(f"#{quote(reference_anchor(note, i + 1))}" for i in range(annotator.references(note)))
    return NoteView(note.number or "*", note.anchor, render(note.text, annotator.note(index, note)), back)


def _contents(paper: Kamerstuk, views: Sequence[SectionView]) -> tuple[ContentsLine, ...]:
    pairs = zip(paper.sections, views, strict=True)
    return tuple(ContentsLine(max(s.level, 1), s.heading, f"#{quote(v.anchor)}") for s, v in pairs if s.heading and v.anchor)


def _files(paper: Kamerstuk, received: OwnCopy | None) -> tuple[tuple[str, str], ...]:
    """Where the file of the paper can be opened: at its publisher, and that of an invented paper in the archive."""
    if not paper.fictional:
        return official_links(paper)
    return ((received.form, received.href),) if received and received.href else ()


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


def paper_pages(answers: Answers, look: Look) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("paper", __name__)

    @pages.get("/<identifier:identifier>")
    def paper(identifier: Identifier) -> ResponseReturnValue:
        if request.path != f"/{identifier}":
            return redirect(paper_address(identifier), 301)
        query = read((QUERY,), request.args)[QUERY]
        found = look().papers.get(identifier)
        if found is None:
            withdrawal = look().papers.withdrawal(identifier)
            if withdrawal is not None:
                return make_response(_withdrawn(identifier, withdrawal), 410)
            return make_response(_missing(identifier), 404)
        received = received_of(look().papers, identifier)
        beside = neighbours_view(look().listings.neighbours(identifier))
        page = render_template(
            "paper.html", view=_view(found, query, received), neighbours=beside, query=query, back=_back(query), empty=False
        )
        return by_content(make_response(page))

    def _view(found: Kamerstuk, query: str, received: OwnCopy | None) -> PaperView:
        names = look().papers.names({citation.target for citation in found.citations})
        cited_by = look().papers.cited_by(found.identifier)
        with suppress(QueryTooCostly):
            return paper_view(found, names, cited_by, _highlighter(query), received)
        return paper_view(found, names, cited_by, None, received)  # rather no marks than some of them

    def _highlighter(query: str) -> Highlighter | None:
        """Marks for a query; a paper can be read without an index, and then simply has none."""
        try:
            return answers.highlighter(query) if query.strip() else None
        except (IndexMissing, IndexOutdated, EngineError):
            return None

    def _back(query: str) -> str:
        """The results the reader comes from, in the state they were left; else those of the query, if there is one."""
        came_from = urlsplit(request.referrer or "")
        if came_from.netloc == request.host and came_from.path == "/zoeken":
            return f"/zoeken?{came_from.query}"
        return search_address((QUERY.name, query)) if query.strip() else ""

    def _withdrawn(identifier: Identifier, withdrawal: Withdrawal) -> str:
        """Only that it existed, and when that changed."""
        text = strings.withdrawn(withdrawal.noticed)
        return render_template("withdrawn.html", identifier=identifier, text=text, query="", empty=False)

    def _missing(identifier: Identifier) -> str:
        invented = look().listings.invented(identifier.dossier)
        official = "" if invented else address_of(identifier)
        empty = not look().papers.count()
        return render_template("missing.html", identifier=identifier, official=official, query="", empty=empty)

    return pages
