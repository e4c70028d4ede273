"""Addresses that are none here, as people paste and write them, and where they lead: the publisher's names of files, a number as
it is printed, a slash at the end."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from search.query.references import read_address
from web.addresses import paper_address
from web.http import moved_to

_NAME = "pasted"


def pasted_addresses() -> Blueprint:
    """The route of every address that no other route has."""
    routes = Blueprint(_NAME, __name__)

    @routes.get("/<path:address>")
    def pasted(address: str) -> ResponseReturnValue:
        return moved_to(found) if (found := _leads_to(address)) else abort(404)

    return routes


def _leads_to(address: str) -> str:
    """The address that is meant; empty when none is."""
    path = f"/{quote(address.strip('/'), errors='replace')}"
    if address.endswith("/") and _is_here(path):
        return path
    reference = read_address(f"/{address.strip('/').rpartition('/')[2]}")
    return paper_address(reference.papers[0]) if reference and reference.papers else ""


def _is_here(path: str) -> bool:
    """Whether another route has the address."""
    try:
        endpoint: str = current_app.url_map.bind("").match(path)[0]
    except (HTTPException, RequestRedirect):
        return False
    return endpoint.partition(".")[0] != _NAME
