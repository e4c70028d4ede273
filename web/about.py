"""Pages about the archive itself, its state and its API, and what programs ask of any site.

Those are: how to search it and complete a query (OpenSearch), whether it is well, what to leave alone and the list of all papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from indexer.paper.identifier import Identifier
from web.addresses import paper_address
from web.api.answers import TOO_COSTLY
from web.api.routes import OPERATIONS
from web.formats import instant
from web.http import by_content, site_root, state_tag, tagged, unchanged
from web.parameters import QUERY, read
from web.ports import Answers, Look, Readiness
from web.years import WIDTH, year_rows


def about_pages(look: Look) -> Blueprint:
    """Routes over the port."""
    pages = Blueprint("about", __name__)

    @pages.get("/status")
    def status() -> Response:
        standing = look().ledger.standing()
        page = render_template("status.html", standing=standing, rows=year_rows(standing.years), width=WIDTH, query="")
        return by_content(make_response(page))

    @pages.get("/api")
    def api() -> Response:
        root = site_root()
        return by_content(make_response(render_template("api.html", root=root, operations=OPERATIONS, query="")))

    @pages.get(TOO_COSTLY)
    def too_costly() -> Response:
        """What the type of the problem leads to: what makes queries costly, and how to ask for less."""
        return by_content(make_response(render_template("too_costly.html", kind=TOO_COSTLY, query="")))

    return pages


_DISALLOWED = ("/zoeken", "/term", "/suggesties", "/api/", "/*.bib$", "/*.ris$", "/*.csv$", "/*?q=", "/*/bestand$")
"""Searches and terms have no end of addresses; a paper with marks is the paper without them."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LINES = 500
"""Lines that are sent at once."""


def crawling(look: Look, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("crawling", __name__)

    @routes.get("/robots.txt")
    def robots() -> Response:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in _DISALLOWED), "", f"Sitemap: {site_root()}/sitemap.xml", ""]
        return Response("\n".join(lines), content_type="text/plain; charset=utf-8")

    @routes.get("/sitemap.xml")
    def sitemap() -> Response:
        tag = state_tag(look().papers.state, version, site_root())
        if (same := unchanged(tag)) is not None:
            return same
        entries = [_entry("sitemap", f"{site_root()}/sitemap/{part.number}.xml", part.received) for part in look().ledger.parts()]
        return tagged(_xml("sitemapindex", entries), tag)

    @routes.get("/sitemap/<int:number>.xml")
    def part(number: int) -> Response:
        tag = state_tag(look().papers.state, version, site_root())
        if (same := unchanged(tag)) is not None:
            return same
        listed: Sequence[tuple[Identifier, datetime | None]] = look().ledger.part(number) if number < 2**31 else ()
        if not listed:
            abort(404)
        root = site_root()
        return tagged(_xml("urlset", [_entry("url", root + paper_address(one), received) for one, received in listed]), tag)

    return routes


def _entry(element: str, address: str, received: datetime | None) -> str:
    """An entry; addresses are quoted, so they hold nothing that XML would read."""
    changed = f"<lastmod>{instant(received)}</lastmod>" if received else ""
    return f"<{element}><loc>{address.replace('&', '&amp;')}</loc>{changed}</{element}>\n"


def _xml(element: str, entries: Sequence[str]) -> Response:
    def pieces() -> Iterator[str]:
        yield f'{_HEAD}<{element} xmlns="{_SCHEMA}">\n'
        for i in range(0, len(entries), _LINES):
            yield "".join(entries[i : i + _LINES])
        yield f"</{element}>\n"

    return Response(pieces(), content_type="application/xml; charset=utf-8")


_SUGGESTIONS = 8
_NO_STORE = {"Cache-Control": "no-store"}


def site(answers: Answers, readiness: Callable[[], Readiness], version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("site", __name__)

    @routes.get("/opensearch.xml")
    def opensearch() -> Response:
        text = render_template("opensearch.xml", root=site_root())
        return by_content(Response(text, content_type="application/opensearchdescription+xml; charset=utf-8"))

    @routes.get("/suggesties")
    def suggestions() -> Response:
        """Completions in the form that browsers ask for (OpenSearch Suggestions 1.1)."""
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        prefix = read((QUERY,), request.args)[QUERY]
        found = answers.suggest(prefix, _SUGGESTIONS)
        response = jsonify([prefix, [s.text for s in found], [s.label for s in found]])
        response.mimetype = "application/x-suggestions+json"
        return tagged(response, tag)

    @routes.get("/healthz")
    def health() -> ResponseReturnValue:
        """That the process lives; nothing is asked of anything."""
        return jsonify(status="ok", version=version), 200, _NO_STORE

    @routes.get("/readyz")
    def ready() -> ResponseReturnValue:
        """Whether requests can be answered, and which of what they are answered from is in what condition; why is in the log."""
        seen = readiness()
        told = jsonify(ready=seen.ready, catalogue=seen.catalogue, index=seen.index, archive=seen.archive)
        return told, 200 if seen.ready else 503, _NO_STORE

    return routes
