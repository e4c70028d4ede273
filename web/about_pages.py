"""Pages about the archive itself: its state, and how programs use it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from web.api import OPERATIONS
from web.caching import by_content
from web.ports import Ledger
from web.standing import WIDTH, year_rows


def about_pages(ledger: Ledger) -> Blueprint:
    """Routes over the port."""
    pages = Blueprint("about", __name__)

    @pages.get("/status")
    def status() -> Response:
        standing = ledger.standing()
        page = render_template("status.html", standing=standing, rows=year_rows(standing.years), width=WIDTH, query="")
        return by_content(make_response(page))

    @pages.get("/api")
    def api() -> Response:
        root = request.url_root.rstrip("/")
        return by_content(make_response(render_template("api.html", root=root, operations=OPERATIONS, query="")))

    return pages
