"""The hits of a page as it shows them: the versions of one paper folded into one hit, and what is told of each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.paper.identifier import Identifier
from indexer.paper.model import SUPERSEDED, VERSIONS, Person, RelationKind
from search.document import SearchDocument, Version, families
from search.fields import VersionKind, version_kinds
from search.plan import MatchKind
from search.snippets import AnsweredHit, Snippet
from web import strings
from web.addresses import paper_address, person_of
from web.references import authors_among

SNIPPETS = 3
_LACKING = 6
"""Words that a hit tells to be without; of more, the others are only told to be there."""
_PEOPLE = 2
"""Names in a hit; of more, the others are only told to be there."""


def fold_versions(hits: Sequence[AnsweredHit]) -> Iterator[tuple[AnsweredHit, ...]]:
    """The hits of one page with the versions of each paper together, the newest in front, where the best of them stands.

    Versions belong together also through one that is not among the hits. One that stands on another page of results is left
    there: pages, totals and facets count papers, each once, so that they are the same folded and unfolded, in feeds, tables and
    the API. Were it shown here, it would be seen twice; were it left out there, a page would lose hits that it counts.
    """
    by_name = {hit.document.identifier: hit for hit in hits}
    versions = {name: _version(hit.document) for name, hit in by_name.items()}
    others = {target: Version(target, 0, ()) for version in versions.values() for target in version.replaces}
    together = families({**others, **versions}.values())
    seen: set[str] = set()
    for name in by_name:
        if name not in seen:
            family = [by_name[one] for one in together.get(name, (name,)) if one in by_name]
            seen.update(one.document.identifier for one in family)
            newest = _newest(family)
            yield newest, *(one for one in family if one is not newest)


def _version(document: SearchDocument) -> Version:
    """With every other version that it names, older or newer."""
    day = document.date.toordinal() if document.date else 0
    return Version(document.identifier, day, document.related(*VERSIONS))


def _newest(family: Sequence[AnsweredHit]) -> AnsweredHit:
    """The first that no other takes the place of; an erratum does not take the place of what it corrects."""
    here = {hit.document.identifier for hit in family}
    lasting = (hit for hit in family if here.isdisjoint(hit.document.related(*SUPERSEDED, RelationKind.CORRECTS)))
    return next(lasting, family[0])


def marks_of(document: SearchDocument) -> tuple[str, ...]:
    """What a reader must know of a paper before reading it: that it is no longer in force, a reprint, or only a correction."""
    kinds = (kind.value for kind in version_kinds(document) if kind in (VersionKind.REPLACED, VersionKind.REPRINT))
    return *kinds, *((strings.ERRATUM,) if document.related(RelationKind.CORRECTS) else ())


def _mark(document: SearchDocument) -> str:
    """What tells a version best from the others that stand below the same hit."""
    if document.related(RelationKind.CORRECTS):
        return strings.ERRATUM
    kind = version_kinds(document)[-1]
    return "" if kind is VersionKind.IN_FORCE else kind.value


@dataclass(frozen=True, slots=True)
class VersionView:
    """Another version below a hit: what it is to the others, its number, and the way to it with the words marked."""

    mark: str
    number: str
    date: datetime.date | None
    match: str
    href: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit; ``href`` leads to the paper with the words marked. ``after_full`` tells that partial matches begin here."""

    hit: AnsweredHit
    document: SearchDocument
    printed: str
    """What the paper is called in print, where no dossier says it."""
    href: str
    subtitle: str
    """That of the paper; empty where a snippet says the same."""
    people: tuple[tuple[str, str], ...]
    """Whom it is by, the first of them, with the ways to their pages."""
    more_people: bool
    snippets: tuple[tuple[Snippet, str], ...]
    match: str
    match_title: str
    marks: tuple[str, ...]
    """See ``marks_of``."""
    versions: tuple[VersionView, ...]
    after_full: bool


def hit_views(hits: Sequence[AnsweredHit], query: str, *, fold: bool) -> tuple[HitView, ...]:
    """The views of a page of hits, in their order."""
    rank = {hit.document.identifier: i for i, hit in enumerate(hits)}
    views: list[HitView] = []
    was_partial = False
    for newest, *others in fold_versions(hits) if fold else zip(hits):
        first = min((newest, *others), key=lambda hit: rank[hit.document.identifier])
        # Only where full matches end, or where a page begins with partial ones.
        is_partial = first.match in (MatchKind.PARTIAL, MatchKind.ALIKE, MatchKind.MEANING)
        views.append(_view(newest, others, query, after_full=is_partial and not was_partial))
        was_partial = is_partial
    return tuple(views)


def _view(hit: AnsweredHit, others: Sequence[AnsweredHit], query: str, *, after_full: bool) -> HitView:
    document = hit.document
    snippets = tuple((s, paper_address(document.identifier, query, s.anchor)) for s in hit.snippets[:SNIPPETS])
    said = document.subtitle.strip("… ")
    people = authors_among(document.people)
    return HitView(
        hit,
        document,
        "" if document.dossiers or document.attached_to else Identifier(document.identifier).printed,
        paper_address(document.identifier, query),
        "" if any(said in snippet.text for snippet, _ in snippets) else document.subtitle,
        tuple((one.known_as or one.office, person_of(Person(one.known_as, one.office))) for one in people[:_PEOPLE]),
        len(people) > _PEOPLE,
        snippets,
        _match(hit),
        strings.MATCH_TITLES.get(hit.match, ""),
        marks_of(document),
        tuple(_below(other, hit, query) for other in others),
        after_full,
    )


def _match(hit: AnsweredHit) -> str:
    """How the words were found, or which were not."""
    if hit.alike:
        return strings.in_other_words(hit.alike)
    if hit.lacking:
        return strings.lacking(hit.lacking[:_LACKING], more=len(hit.lacking) > _LACKING)
    return strings.MATCHES.get(hit.match, "")


def _below(version: AnsweredHit, newest: AnsweredHit, query: str) -> VersionView:
    """How its words were found is told where that is not as for the newest."""
    document = version.document
    beside = document.number and {d.key for d in document.dossiers} & {d.key for d in newest.document.dossiers}
    return VersionView(
        _mark(document),
        strings.numbered(document.number) if beside else Identifier(document.identifier).printed,
        document.date,
        _match(version) if _match(version) != _match(newest) else "",
        paper_address(document.identifier, query),
    )
