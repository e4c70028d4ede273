"""Which lane a request goes by in a server that keeps them apart: what is answered at once, pages, and what costs more."""

from __future__ import annotations

from enum import StrEnum

from flask import Flask
from werkzeug.exceptions import HTTPException

CANCELLED = "kamerstukken.cancelled"
"""Where a server that can tell whether anybody still waits for a request puts a function that does (in the WSGI environment)."""


class Lane(StrEnum):
    """A lane; each has threads of its own in the server."""

    AT_ONCE = "at-once"
    PAGES = "pages"
    COSTLY = "costly"


LANES = {
    "static": Lane.AT_ONCE,
    "site.health": Lane.AT_ONCE,
    "site.ready": Lane.AT_ONCE,
    "exports.table": Lane.COSTLY,
    "exports.lines": Lane.COSTLY,
    "exports.hits_bib": Lane.COSTLY,
    "exports.hits_ris": Lane.COSTLY,
    "feeds.search": Lane.COSTLY,
    "feeds.dossier": Lane.COSTLY,
    "term.term": Lane.COSTLY,
    "search_api.term": Lane.COSTLY,
    "crawling.part": Lane.COSTLY,
}
"""The lanes of routes; all others are pages."""


class LaneFinder:
    """Tells the lane of a request by its address; what there is no page for is a page too, and soon made."""

    def __init__(self, app: Flask) -> None:
        self._addresses = app.url_map.bind("localhost")

    def lane_of(self, path: str, method: str) -> Lane:
        """The lane of a request for this path."""
        try:
            endpoint = self._addresses.match(path, method)[0]
        except (HTTPException, ValueError):
            return Lane.PAGES
        return LANES.get(endpoint, Lane.PAGES)
