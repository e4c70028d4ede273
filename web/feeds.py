"""Atom feeds: of any search and of any dossier. They follow what comes here, whatever the dates of the papers.

An entry is ``updated`` when the text of its paper came, and ``published`` on the day that the paper has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, render_template, request

from indexer.paper.identifier import Identifier
from search.ports import Sort
from search.snippets import Answer, AnsweredHit
from web import strings
from web.addresses import dossier_address, paper_address
from web.formats import dossier_key, for_xml, one_line
from web.http import dated, site_root, state_tag, tagged, unchanged, unchanged_since
from web.ports import Answers, Ledger, Look
from web.references import author_names
from web.search.state import SearchState, read_state

MOST_ENTRIES = 50
MIMETYPE = "application/atom+xml"
_ALL = {"year": ("0001..",)}
"""A search without words finds nothing; its feed tells of all papers that have a date."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A paper in a feed; ``updated`` is when its present text was received, ``published`` the day of the paper."""

    address: str
    title: str
    updated: datetime
    published: datetime | None
    authors: tuple[str, ...]
    kind: str
    summary: str
    pdf: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; its own address names it, so it never changes."""

    title: str
    address: str
    page: str
    updated: datetime
    entries: tuple[FeedEntry, ...]


def feeds(answers: Answers, look: Look, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("feeds", __name__)

    @routes.get("/zoeken.atom")
    def search() -> Response:
        state = read_state(request.args).sorted_by(Sort.NEWEST)
        title = one_line(state.query) or strings.FEED_ALL
        return _feed(state, title, state.feed, state.address)

    @routes.get("/dossier/<key>.atom")
    def dossier(key: str) -> Response:
        address = dossier_address(key)
        return _feed(SearchState("", {"dossier": (key,)}, Sort.NEWEST), key, f"{address}.atom", address, dossier=key)

    def _feed(state: SearchState, title: str, address: str, page: str, dossier: str = "") -> Response:
        root = site_root()
        tag, changed = state_tag(answers.generation, look().papers.state, version, root), look().ledger.changed()
        if (same := unchanged(tag)) is not None:
            return same
        if unchanged_since(changed):
            return tagged(Response(status=304), tag)
        filters = state.filters or (_ALL if not state.query.strip() else {})
        if dossier:
            answer = answers.answer(state.query, filters=filters, sort=state.sort, offset=0, limit=0, facet_limit=1)
            if not answer.total:
                abort(404)
            title = _dossier_title(answer, dossier)
        arrivals = map(str, look().ledger.arrivals())
        found = answers.latest(state.query, filters=filters, arrivals=arrivals, limit=MOST_ENTRIES)
        entries = _entries(found, look().ledger, root)
        updated = max((entry.updated for entry in entries), default=changed or _NEVER)
        feed = Feed(f"{title} – {strings.SITE}", f"{root}{address}", f"{root}{page}", updated, entries)
        text = for_xml(render_template("feed.xml", feed=feed, root=root))
        return dated(tagged(Response(text, content_type=f"{MIMETYPE}; charset=utf-8"), tag), changed)

    return routes


def _entries(hits: Sequence[AnsweredHit], ledger: Ledger, root: str) -> tuple[FeedEntry, ...]:
    """The papers that came last first; of those that came together, in the order of ``hits``."""
    received = ledger.received(Identifier(hit.document.identifier) for hit in hits)
    entries = []
    for hit in hits:
        document = hit.document
        day = document.date
        published = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
        # A paper that has just left the catalogue has its own day; its entry goes with the next commit of the index.
        updated = received.get(Identifier(document.identifier), published or _NEVER)
        entries.append(
            FeedEntry(
                root + paper_address(document.identifier),
                strings.as_example(one_line(document.title) or document.identifier, fictional=document.fictional),
                updated,
                published,
                tuple(dict.fromkeys(name for person in author_names(document.people) if (name := one_line(person)))),
                one_line(document.kind),
                summary_of(hit),
                document.links.pdf if document.links.pdf.startswith(("https://", "http://")) else "",
            )
        )
    return tuple(sorted(entries, key=lambda entry: entry.updated, reverse=True))


def summary_of(hit: AnsweredHit) -> str:
    """What the paper asks for, told to be taken from its text, and the passage that was found."""
    passage = one_line(hit.snippets[0].text) if hit.snippets else ""
    below = one_line(hit.document.subtitle)
    asks = f"{strings.FROM_TEXT}: {below}" if below and below.strip("… ") not in passage else ""
    return " – ".join(filter(None, (asks, passage)))


def _dossier_title(answer: Answer, key: str) -> str:
    label = next((value.label for value in answer.facets.get("dossier", ()) if value.value == key), "")
    return " ".join((strings.DOSSIER, dossier_key(key), one_line(label) if label != key else "")).strip()
