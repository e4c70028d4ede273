"""A paper as the engines hold it: what a hit shows, its passages and index terms, and which papers are versions of one another.

A ``SearchDocument`` is made of a ``Kamerstuk`` and stored as JSON. Index terms are strings with a mark in front: ``=toeslagen``
(an exact form) and ``~toeslag`` (a stem); ``occurrences`` finds where each stands, the same for every engine.

Versions follow one another: a motion is replaced by a changed one, and that one by another. Which paper replaces which is one of
its relations. What belongs together is decided here; engines put versions next to each other in an answer.
"""

from __future__ import annotations

import datetime
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from indexer.paper.codec import people_from, people_values
from indexer.paper.identifier import Identifier
from indexer.paper.model import (
    Dossier,
    Kamerstuk,
    Links,
    PaperPerson,
    Part,
    Person,
    RelationKind,
    Source,
    carried_by,
    ministers_among,
    submitters_among,
)
from indexer.paper.naming import dictum_paragraphs, shown_title, subtitle
from search.analysis.chain import tokenize
from search.names import spellings_of


@dataclass(frozen=True, slots=True)
class Version:
    """A paper among its versions: its date as an ordinal (0 where there is none), and the papers it replaces."""

    identifier: str
    date: int
    replaces: tuple[str, ...]


def families(papers: Iterable[Version]) -> Mapping[str, tuple[str, ...]]:
    """For each paper that has other versions all of them, the newest first; only those among ``papers`` count."""
    known = {paper.identifier: paper for paper in papers}
    neighbours: dict[str, set[str]] = defaultdict(set)
    for paper in known.values():
        for other in paper.replaces:
            if other in known and other != paper.identifier:
                neighbours[paper.identifier].add(other)
                neighbours[other].add(paper.identifier)
    result: dict[str, tuple[str, ...]] = {}
    for identifier in neighbours:
        if identifier not in result:
            family = tuple(sorted(_connected(identifier, neighbours), key=lambda one: _newest_first(known[one])))
            result.update(dict.fromkeys(family, family))
    return result


def _connected(start: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for other in neighbours[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found


def _newest_first(version: Version) -> tuple[int, int, str]:
    """By date; versions of one day by their number."""
    number = Identifier(version.identifier).number
    return -version.date, -int(number) if number.isdigit() else 0, version.identifier


_LEVEL = 4
"""Of compression: a paper takes 7% less than at 1; at 6 it would be 2% less again, for twice the time."""


class Place(StrEnum):
    """Where a passage stands; every place is an index field of its own with its own weight."""

    TITLE = "title"
    DOSSIER = "dossier"
    HEADING = "heading"
    KIND = "kind"
    BODY = "body"
    DICTUM = "dictum"
    FOOTNOTE = "footnote"
    ANNEX = "annex"
    NAMES = "names"


MEASURED_TOGETHER = (Place.BODY, Place.DICTUM)
"""The dictum is part of the running text: each of the two is as long as both, so that a short dictum gains nothing by itself."""


def measured_with(place: Place) -> tuple[Place, ...]:
    """The places whose lengths together are the length of this one in the ranking."""
    return MEASURED_TOGETHER if place in MEASURED_TOGETHER else (place,)


_PLACES = {place.value: place for place in Place}
"""For papers of hundreds of passages: looking up is several times quicker than asking the enumeration."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that can become a snippet: a paragraph, a note, a title.

    ``heading`` is that of its section ("Voetnoot 3" for notes); ``anchor`` leads to it on the paper's page.
    """

    place: Place
    text: str
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What the index keeps of a paper."""

    identifier: str
    title: str
    """What to call the paper (``naming.shown_title``)."""
    subtitle: str
    """See ``naming.subtitle``."""
    kind: str
    kind_line: str
    date: datetime.date | None
    """The day that is sorted and counted by; None where it is in doubt."""
    doubtful_date: datetime.date | None
    edition: str
    fictional: bool
    session_year: str
    chamber: str
    number: str
    dossiers: tuple[Dossier, ...]
    people: tuple[PaperPerson, ...]
    categories: tuple[str, ...]
    cites: tuple[str, ...]
    relations: tuple[tuple[RelationKind, str], ...]
    """What the paper is to which others, in both directions."""
    links: Links
    source: Source
    zaken: tuple[str, ...]
    documents: tuple[str, ...]
    passages: tuple[Passage, ...]
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the paper carries besides, by name (``indexer.paper.model.carried``)."""
    starts: Mapping[Place, Sequence[int]] = field(default_factory=dict, compare=False)
    """Per place the positions at which its passages begin in the index, in order; empty where no index was read."""

    @property
    def ministers(self) -> tuple[Person, ...]:
        """See ``model.ministers_among``."""
        return ministers_among(self.people)

    @property
    def submitters(self) -> tuple[str, ...]:
        """See ``model.submitters_among``."""
        return submitters_among(self.people)

    def related(self, *kinds: RelationKind) -> tuple[str, ...]:
        """The papers that stand in one of these relations to it."""
        return tuple(target for kind, target in self.relations if kind in kinds)

    @property
    def attached_to(self) -> str:
        """The paper that this one is an attachment of, or empty."""
        return next(iter(self.related(RelationKind.ATTACHMENT_OF)), "")


def dossier_titles(document: SearchDocument) -> dict[str, str]:
    """What the document calls its dossiers, by key; the first title where it gives several, none where it gives none."""
    titles: dict[str, str] = {}
    for dossier in document.dossiers:
        if dossier.number and dossier.title:
            titles.setdefault(dossier.key, dossier.title)
    return titles


def document_of(paper: Kamerstuk) -> SearchDocument:
    """What the index keeps of a paper: its passages in reading order, then its footnotes."""
    passages = [Passage(Place.TITLE, paper.title)] if paper.title else []
    passages += [Passage(Place.KIND, text) for text in (paper.kind_line, paper.kind) if text]
    passages += [
        Passage(Place.DOSSIER, " ".join(filter(None, (d.number, d.addition, d.title))), "Dossier") for d in paper.dossiers
    ]
    passages += [Passage(Place.NAMES, name) for name in dict.fromkeys(_names(paper))]
    images = paper.images_by_place()
    dictum = dictum_paragraphs(paper)
    for number, section in enumerate(paper.sections):
        place = Place.ANNEX if section.part is Part.ANNEX else Place.BODY
        if section.heading and paper.source is not Source.PDF:  # there headings are the numbers of pages
            passages.append(Passage(Place.HEADING, section.heading, section.heading, section.anchor))
        for i, paragraph in enumerate((*section.paragraphs, None)):
            shown = (image for image in images.get((number, i), ()) if image.alt)
            passages += [Passage(place, image.alt, section.heading, image.anchor) for image in shown]
            if paragraph:
                here = Place.DICTUM if (number, i) in dictum else place
                passages.append(Passage(here, paragraph.text, section.heading, paragraph.anchor))
    passages += [Passage(Place.FOOTNOTE, n.text, f"Voetnoot {n.number}".strip(), n.anchor) for n in paper.footnotes]
    return SearchDocument(
        identifier=str(paper.identifier),
        title=shown_title(paper),
        subtitle=subtitle(paper).text,
        kind=paper.kind,
        kind_line=paper.kind_line,
        date=paper.certain_date,
        doubtful_date=paper.date if paper.date_doubt else None,
        edition=paper.edition,
        fictional=paper.fictional,
        session_year=paper.session_year,
        chamber=paper.chamber,
        number=paper.number,
        dossiers=paper.dossiers,
        people=paper.people,
        categories=paper.categories,
        cites=tuple(dict.fromkeys(str(c.target) for c in paper.citations)),
        relations=tuple((relation.kind, str(relation.target)) for relation in paper.relations),
        links=paper.links,
        source=paper.source,
        zaken=paper.zaken,
        documents=paper.documents,
        passages=tuple(passages),
        more=carried_by(paper),
    )


def _names(paper: Kamerstuk) -> Iterator[str]:
    """Everyone with their office, each other spelling of a name on its own."""
    for one in paper.people:
        name, *others = spellings_of(one) or ("",)
        if named := f"{one.office} {name}".strip():
            yield named
        yield from others


def document_values(document: SearchDocument, starts: Mapping[Place, Sequence[int]] = MappingProxyType({})) -> list[Any]:
    """The document, with its ``starts``, as lists, texts and numbers; ``document_from`` gives an equal one."""
    return [
        document.identifier,
        document.title,
        document.subtitle,
        document.kind,
        document.kind_line,
        document.date.isoformat() if document.date else None,
        document.doubtful_date.isoformat() if document.doubtful_date else None,
        document.edition,
        int(document.fictional),
        document.session_year,
        document.chamber,
        document.number,
        [[d.number, d.addition, d.title] for d in document.dossiers],
        people_values(document.people),
        document.categories,
        document.cites,
        [[kind.value, target] for kind, target in document.relations],
        [document.links.html, document.links.pdf, document.links.xml, document.links.page, document.links.tweedekamer],
        document.source.value,
        document.zaken,
        document.documents,
        [[p.place._value_, p.text, p.heading, p.anchor] for p in document.passages],
        {place.value: list(positions) for place, positions in starts.items()},
        *([document.more] if document.more else []),
    ]


def document_bytes(document: SearchDocument, starts: Mapping[Place, Sequence[int]] = MappingProxyType({})) -> bytes:
    """The document as an engine stores it, with its ``starts``; ``read_document`` gives an equal one."""
    values = document_values(document, starts)
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _LEVEL)


def read_document(content: bytes) -> SearchDocument:
    """The document that ``document_bytes`` made bytes of."""
    return document_from(json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass")))


def document_from(values: Sequence[Any]) -> SearchDocument:
    """The document that ``document_values`` gave the values of."""
    identifier, title, below, kind, kind_line, day, doubtful, edition, fictional, session_year, chamber, number, *lists = values
    dossiers, people, categories, cites, relations, links, source, *rest = lists
    zaken, documents, passages, starts, *more = rest
    return SearchDocument(
        identifier=identifier,
        title=title,
        subtitle=below,
        kind=kind,
        kind_line=kind_line,
        date=datetime.date.fromisoformat(day) if day else None,
        doubtful_date=datetime.date.fromisoformat(doubtful) if doubtful else None,
        edition=edition,
        fictional=bool(fictional),
        session_year=session_year,
        chamber=chamber,
        number=number,
        dossiers=tuple(Dossier(*d) for d in dossiers),
        people=people_from(people),
        categories=tuple(categories),
        cites=tuple(cites),
        relations=tuple((RelationKind(kind), target) for kind, target in relations),
        links=Links(*links),
        source=Source(source),
        zaken=tuple(zaken),
        documents=tuple(documents),
        passages=tuple(Passage(_PLACES[place], text, heading, anchor) for place, text, heading, anchor in passages),
        starts={_PLACES[place]: positions for place, positions in starts.items()},
        more={name: tuple(values) for name, values in (more[0] if more else {}).items()},
    )


EXACT, STEM = "=", "~"

PASSAGE_GAP = 100
"""Positions left between passages, so that no phrase or nearness reaches from one into the next."""


TermsByPlace = dict[Place, tuple[dict[str, list[int]], int, list[int]]]
"""Per place: the positions of each index term (ascending, each once), the number of words, and where each passage begins."""


def term(text: str, *, stem: bool) -> str:
    """The index term of an exact form or a stem."""
    return (STEM if stem else EXACT) + text


def occurrences(document: SearchDocument) -> TermsByPlace:
    """The index terms of a document."""
    found: TermsByPlace = {}
    bases: dict[Place, int] = {}
    for passage in document.passages:
        terms, length, starts = found.get(passage.place, ({}, 0, []))
        base = bases.get(passage.place, 0)
        starts.append(base)
        end = 0
        for token in tokenize(passage.text):
            at = base + token.position
            end = max(end, token.position + token.width)
            for name in (EXACT + token.text, STEM + token.stem):
                positions = terms.setdefault(name, [])
                if not positions or positions[-1] < at:
                    positions.append(at)
                elif positions[-1] > at:  # a wide form (a citation) may come after the words it spans
                    terms[name] = sorted({*positions, at})
        found[passage.place] = (terms, length + end, starts)
        bases[passage.place] = base + end + PASSAGE_GAP
    return found


def measured(place: Place, found: TermsByPlace) -> int:
    """The number of words by which a place is measured."""
    return sum(found[one][1] for one in measured_with(place) if one in found)


def terms_of(found: TermsByPlace) -> set[str]:
    """The index terms, whatever the place."""
    return set().union(*(terms for terms, *_ in found.values()))
