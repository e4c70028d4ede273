"""The JSON twins of the pages of dossiers and persons, under /api/v1."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from indexer.catalogue.dossiers import Order
from indexer.catalogue.persons import PersonChoice, Role
from indexer.paper.people import person_name
from indexer.paper.printed import read_key
from web.api.operations import Choice, Number, Operation, Option, PathPart, Text, Year
from web.api.twins import DossierListingJson, PersonListingJson, dossier_listing_json, person_listing_json
from web.http import state_tag, tagged, unchanged
from web.paper_list import MAX_OFFSET, NO_OFFICE, PAGE_SIZE
from web.ports import Papers, Registers
from web.search.state import MAX_LIMIT

YEAR = Year("year", "Papers of this year only.")
ORDER = Choice("sort", "The order of the papers.", Order.NUMBER)
ROLE = Option("role", "Papers that the person signed, or submitted.", Role)
OFFICE = Text("office", f"Papers signed in this office; {NO_OFFICE} for those signed without one.", "Minister van Financiën")
OFFSET = Number("offset", "How many papers to pass over.", 0, MAX_OFFSET)
LIMIT = Number("limit", "How many papers to give.", PAGE_SIZE, MAX_LIMIT)

DOSSIER = Operation(
    "dossier",
    "/dossiers/<key>",
    "A dossier: its titles, people and years, and a part of its papers",
    DossierListingJson,
    (YEAR, ORDER, OFFSET, LIMIT),
    (PathPart("key", "31066, 21501-02, 36410-XVI.", "31066"),),
    missing="404 when the archive has no paper of this dossier.",
    needs_index=False,
)
PERSON = Operation(
    "person",
    "/persons/<path:name>",
    "A person: offices, years, and a part of the papers signed or submitted, newest first",
    PersonListingJson,
    (ROLE, OFFICE, YEAR, OFFSET, LIMIT),
    (PathPart("name", "The name with initials, as papers print it.", "M.L.A. van Rij"),),
    missing="404 when nobody of this name signed or submitted a paper.",
    needs_index=False,
)


def register_api(papers: Papers, registers: Registers, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("register_api", __name__)

    @DOSSIER.route(routes)
    def dossier(key: str) -> ResponseReturnValue:
        year, order = YEAR.read(request.args), ORDER.read(request.args)
        offset, limit = _part()
        tag = state_tag(papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        usual = read_key(key) or key
        listing = registers.dossier(key, year=year, order=order, offset=offset, limit=limit) or registers.dossier(
            usual, year=year, order=order, offset=offset, limit=limit
        )
        if listing is None:
            abort(404, f"the archive has no paper of dossier {key[:40]}")
        return tagged(jsonify(dossier_listing_json(listing)), tag)

    @PERSON.route(routes)
    def person(name: str) -> ResponseReturnValue:
        office = OFFICE.read(request.args)
        given = None if not office else "" if office == NO_OFFICE else office
        chosen = PersonChoice(ROLE.read(request.args), given, YEAR.read(request.args))
        offset, limit = _part()
        tag = state_tag(papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        usual = person_name(" ".join(name.split()))
        listing = registers.person(name, chosen, offset=offset, limit=limit) or registers.person(
            usual, chosen, offset=offset, limit=limit
        )
        if listing is None:
            abort(404, f"nobody is called {name[:80]} in this archive")
        return tagged(jsonify(person_listing_json(listing)), tag)

    def _part() -> tuple[int, int]:
        """Offset and limit."""
        return OFFSET.read(request.args), LIMIT.read(request.args)

    return routes
