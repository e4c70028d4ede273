"""What a paper is to others, as its page tells it: lines above the paper, its attachments, and what it cites."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from indexer.paper.identifier import Identifier
from indexer.paper.model import Citation, Kamerstuk, Relation, RelationKind, Where
from web import strings
from web.addresses import readable_at
from web.paper.text import quoting

_PAPERS = frozenset(("kst", "blg"))
"""The collections of papers; others are told apart."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another paper: what to call it and the way there, empty where there is none; ``outside`` when it is not in the archive."""

    text: str
    href: str
    outside: bool
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A line above the paper: what it is to which others; ``outdated`` when one of these stands in its place."""

    label: str
    papers: tuple[Related, ...]
    outdated: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """A publication that this paper cites: its name, if known, the sentence that first does it, the way there, how many times."""

    printed: str
    name: str
    href: str
    outside: bool
    quote: str
    place: str
    times: int


def relation_lines(paper: Kamerstuk) -> tuple[RelationLine, ...]:
    """The lines above a paper: first what came in its place, then what it came in the place of."""
    lines = []
    for kind, label in strings.RELATIONS.items():
        papers = tuple(related(paper, one) for one in paper.relations if one.kind is kind)
        if papers:
            lines.append(RelationLine(label, papers, kind in strings.OUTDATED))
    return tuple(lines)


def related(paper: Kamerstuk, relation: Relation, *, titled: bool = False) -> Related:
    """The other side of a relation, by its number (of the same dossier the last part of it) or by its title."""
    target, here = relation.target, bool(relation.here)
    same = (target.dossier, target.addition) == (paper.identifier.dossier, paper.identifier.addition) and target.dossier
    number = target.printed.rpartition(", ")[2] if same else target.printed
    href = readable_at(target, (target,) if here else (), fictional=paper.fictional)
    return Related((relation.title if titled else "") or number, href, not here, relation.date)


def attachments_of(paper: Kamerstuk) -> tuple[Related, ...]:
    """The attachments of a paper, by their titles."""
    return tuple(related(paper, one, titled=True) for one in paper.relations if one.kind is RelationKind.HAS_ATTACHMENT)


def attached_to(paper: Kamerstuk) -> Related | None:
    """The paper that this one is an attachment of."""
    found = next((one for one in paper.relations if one.kind is RelationKind.ATTACHMENT_OF), None)
    return Related(found.target.printed, (one := related(paper, found)).href, one.outside, found.date) if found else None


def cited_papers(paper: Kamerstuk, names: Mapping[Identifier, str]) -> tuple[Cited, ...]:
    """The papers that are cited; ``names`` are those of the ones in the archive."""
    return _cited(paper, names, (one for one in paper.citations if one.target.collection in _PAPERS))


def cited_publications(paper: Kamerstuk, names: Mapping[Identifier, str]) -> tuple[Cited, ...]:
    """What is cited and is no paper of a dossier: Handelingen and their Aanhangsel, the gazettes."""
    return _cited(paper, names, (one for one in paper.citations if one.target.collection not in _PAPERS))


def _cited(paper: Kamerstuk, names: Mapping[Identifier, str], citations: Iterable[Citation]) -> tuple[Cited, ...]:
    by_target: dict[Identifier, list[Citation]] = {}
    for citation in citations:
        by_target.setdefault(citation.target, []).append(citation)
    return tuple(
        Cited(
            target.printed,
            names.get(target, ""),
            readable_at(target, names, fictional=paper.fictional),
            target not in names,
            quoting(paper, found[0].where, found[0].container, found[0].start),
            f"#{quote(place)}" if (place := _place(paper, found[0])) else "",
            len(found),
        )
        for target, found in by_target.items()
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
