"""The JSON twins of the pages of dossiers and persons, under /api/v1."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from indexer.dossiers import read_key
from indexer.persons import person_name
from web import strings
from web.caching import state_tag, tagged, unchanged
from web.parameters import MAX_LIMIT, read_number
from web.ports import Papers, Registers
from web.register_state import MAX_OFFSET, PAGE_SIZE, read_chosen, read_order, read_year
from web.register_twins import dossier_listing_json, person_listing_json


def register_api(papers: Papers, registers: Registers, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("register_api", __name__, url_prefix="/api/v1")

    @routes.get("/dossiers/<key>")
    def dossier(key: str) -> ResponseReturnValue:
        year, order = read_year(request.args), read_order(request.args)
        offset, limit = _part()
        tag = state_tag(papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        usual = read_key(key) or key
        listing = registers.dossier(key, year=year, order=order, offset=offset, limit=limit) or registers.dossier(
            usual, year=year, order=order, offset=offset, limit=limit
        )
        if listing is None:
            abort(404, strings.NO_DOSSIER.format(key=key[:40]))
        return tagged(jsonify(dossier_listing_json(listing)), tag)

    @routes.get("/persons/<path:name>")
    def person(name: str) -> ResponseReturnValue:
        chosen = read_chosen(request.args)
        offset, limit = _part()
        tag = state_tag(papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        usual = person_name(" ".join(name.split()))
        listing = registers.person(name, chosen, offset=offset, limit=limit) or registers.person(
            usual, chosen, offset=offset, limit=limit
        )
        if listing is None:
            abort(404, strings.NO_PERSON.format(name=name[:80]))
        return tagged(jsonify(person_listing_json(listing)), tag)

    def _part() -> tuple[int, int]:
        """Offset and limit."""
        return read_number(request.args, "offset", 0, MAX_OFFSET), read_number(request.args, "limit", PAGE_SIZE, MAX_LIMIT)

    return routes
