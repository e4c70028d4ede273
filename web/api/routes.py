"""The routes of the API, under /api/v1: the twins of the pages as JSON, and the document that describes them."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify
from flask.typing import ResponseReturnValue

from indexer.jsonl import PaperJson, paper_json
from indexer.paper.conventions import read_key
from indexer.paper.identifier import Identifier
from search.term import MAX_LINES
from web.api.answers import SearchJson, StatusJson, SuggestionsJson, search_json, status_json, suggestions_json
from web.api.listings import DossierListingJson, PersonListingJson, dossier_listing_json, person_listing_json
from web.api.openapi import API, ApiOperation, PathPart, api_document
from web.api.term import TermJson, term_json
from web.dossier import ORDER
from web.formats import instant
from web.http import by_content, state_tag, tagged, unchanged
from web.paper_list import MAX_OFFSET as MOST_LISTED
from web.paper_list import PAGE_SIZE as LISTED
from web.parameters import FILTERS, ONE_YEAR, QUERY, AnyText, Given, Number, filters_of
from web.person import OFFICE, ROLE, chosen_papers, known_person
from web.ports import Answers, Look
from web.search.state import MAX_OFFSET, MEANING, PAGE_SIZE, SORT
from web.term.state import LINES
from web.term.state import ORDER as ORDER_OF_LINES

_SUGGESTIONS = 8
_MOST_HITS, _MOST_LINES = 100, 200

OFFSET = Number("offset", "How many hits to pass over.", 0, MAX_OFFSET)
LIMIT = Number("limit", "How many hits to give; 0 gives counts only.", PAGE_SIZE, _MOST_HITS)
PREFIX = AnyText("q", "What has been typed so far; two letters or more.", "toesl", QUERY.longest)
OFFSET_OF_PAPERS = Number("offset", "How many papers to pass over.", 0, MOST_LISTED)
LIMIT_OF_PAPERS = Number("limit", "How many papers to give.", LISTED, _MOST_HITS)
OFFSET_OF_LINES = Number("offset", "How many lines to pass over.", 0, MAX_LINES)
LIMIT_OF_LINES = Number("limit", "How many lines to give.", LINES, _MOST_LINES)

IDENTIFIER = PathPart(
    "identifier", "The official identifier.", "kst-31066-1412", "^[a-zA-Z]{1,5}-[A-Za-z0-9][A-Za-z0-9-]{0,100}$"
)

SEARCH = ApiOperation(
    "search", "/search", "Search papers, with exact counts by facet", SearchJson, (QUERY, *FILTERS, SORT, MEANING, OFFSET, LIMIT)
)
SUGGEST = ApiOperation("suggest", "/suggest", "Complete what is being typed", SuggestionsJson, (PREFIX,))
PAPER = ApiOperation(
    "paper",
    "/papers/<identifier:identifier>",
    "One paper with all its words",
    PaperJson,
    path=(IDENTIFIER,),
    missing="404 when the paper is not in this archive; 410 when it was, and its source has withdrawn it.",
    may_be_gone=True,
)
DOSSIER = ApiOperation(
    "dossier",
    "/dossiers/<key>",
    "A dossier: its titles, people and years, and a part of its papers",
    DossierListingJson,
    (ONE_YEAR, ORDER, OFFSET_OF_PAPERS, LIMIT_OF_PAPERS),
    (PathPart("key", "31066, 21501-02, 36410-XVI.", "31066"),),
    missing="404 when the archive has no paper of this dossier.",
)
PERSON = ApiOperation(
    "person",
    "/persons/<path:name>",
    "A person: offices, years, and a part of the papers signed or submitted, newest first",
    PersonListingJson,
    (ROLE, OFFICE, ONE_YEAR, OFFSET_OF_PAPERS, LIMIT_OF_PAPERS),
    (PathPart("name", "The name with initials, as papers print it.", "M.L.A. van Rij"),),
    missing="404 when nobody of this name signed or submitted a paper.",
)
TERM = ApiOperation(
    "term",
    "/term",
    "Who said this when: counts and shares by year, first and last mention, by whom, and the lines",
    TermJson,
    (QUERY, *FILTERS, ORDER_OF_LINES, OFFSET_OF_LINES, LIMIT_OF_LINES),
)
STATUS = ApiOperation("status", "/status", "How complete and how fresh the archive is", StatusJson)
OPERATIONS = (SEARCH, SUGGEST, PAPER, DOSSIER, PERSON, TERM, STATUS)
"""All there are. One more is added here and bound to its view below."""


def search_api(answers: Answers, version: str) -> Blueprint:
    """The routes over the index."""
    routes = Blueprint("search_api", __name__)

    @SEARCH.route(routes)
    def search(asked: Given) -> Response:
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        answer = answers.answer(
            asked[QUERY],
            filters=filters_of(asked),
            sort=asked[SORT],
            offset=asked[OFFSET],
            limit=asked[LIMIT],
            meaning=asked[MEANING],
        )
        return tagged(jsonify(search_json(answer)), tag)

    @SUGGEST.route(routes)
    def suggest(asked: Given) -> Response:
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        return tagged(jsonify(suggestions_json(asked[PREFIX], answers.suggest(asked[PREFIX], _SUGGESTIONS))), tag)

    @TERM.route(routes)
    def term(asked: Given) -> Response:
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        query, filters = asked[QUERY], filters_of(asked)
        found = answers.concordance(query, filters=filters, order=asked[ORDER_OF_LINES])
        answer = answers.term(query, filters=filters)  # last, since its advice takes what is left of the budget
        return tagged(jsonify(term_json(answer, found, asked[OFFSET_OF_LINES], asked[LIMIT_OF_LINES])), tag)

    return routes


def archive_api(look: Look, version: str) -> Blueprint:
    """The routes over the catalogue, and the document of all routes."""
    routes = Blueprint("archive_api", __name__)

    @PAPER.route(routes)
    def paper(asked: Given, identifier: Identifier) -> Response:
        tag = state_tag(look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        found = look().papers.get(identifier)
        if found is None and (withdrawal := look().papers.withdrawal(identifier)) is not None:
            noticed = f"; noticed at {instant(withdrawal.noticed)}" if withdrawal.noticed else ""
            abort(410, f"{identifier} was withdrawn by its source{noticed}")
        if found is None:
            abort(404, f"{identifier} is not in this archive")
        return tagged(jsonify(paper_json(found)), tag)

    @DOSSIER.route(routes)
    def dossier(asked: Given, key: str) -> ResponseReturnValue:
        tag = state_tag(look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        for known in dict.fromkeys((key, read_key(key) or key)):
            listing = look().listings.dossier(
                known,
                year=asked[ONE_YEAR],
                order=asked[ORDER],
                offset=asked[OFFSET_OF_PAPERS],
                limit=asked[LIMIT_OF_PAPERS],
            )
            if listing is not None:
                return tagged(jsonify(dossier_listing_json(listing)), tag)
        return abort(404, f"the archive has no paper of dossier {key[:40]}")

    @PERSON.route(routes)
    def person(asked: Given, name: str) -> ResponseReturnValue:
        tag = state_tag(look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        chosen, offset, limit = chosen_papers(asked), asked[OFFSET_OF_PAPERS], asked[LIMIT_OF_PAPERS]
        listings = look().listings
        listing = listings.person(name, chosen, offset=offset, limit=limit)
        if listing is None and (known := known_person(listings, name)):
            listing = listings.person(known, chosen, offset=offset, limit=limit)
        if listing is not None:
            return tagged(jsonify(person_listing_json(listing)), tag)
        return abort(404, f"nobody is called {name[:80]} in this archive")

    @STATUS.route(routes)
    def status(asked: Given) -> Response:
        return by_content(jsonify(status_json(look().ledger.standing(), version)))

    @routes.get(f"{API}/openapi.json")
    def openapi() -> Response:
        return by_content(jsonify(api_document(OPERATIONS, version)))

    return routes
