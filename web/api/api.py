"""The JSON twins of the pages, under /api/v1, and the document that describes them."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request

from indexer.jsonl import PaperJson, paper_json
from indexer.paper.identifier import Identifier
from search.ports import Sort
from web.api.openapi import api_document
from web.api.operations import API, FILTERS, QUERY, Choice, Number, Operation, PathPart, Text
from web.api.register_api import DOSSIER, PERSON
from web.api.twins import SearchJson, StatusJson, SuggestionsJson, search_json, status_json, suggestions_json
from web.formats import instant
from web.http import by_content, state_tag, tagged, unchanged
from web.ports import Answers, Ledger, Papers
from web.search.state import MAX_LIMIT, MAX_OFFSET, PAGE_SIZE, read_filters
from web.term.routes import TERM

_SUGGESTIONS = 8

SORT = Choice("sort", "The order; newest and oldest leave partial matches out.", Sort.RELEVANCE)
OFFSET = Number("offset", "How many hits to pass over.", 0, MAX_OFFSET)
LIMIT = Number("limit", "How many hits to give; 0 gives counts only.", PAGE_SIZE, MAX_LIMIT)
PREFIX = Text("q", "What has been typed so far; two letters or more.", "toesl")

IDENTIFIER = PathPart(
    "identifier", "The official identifier.", "kst-31066-1412", "^[a-zA-Z]{1,5}-[A-Za-z0-9][A-Za-z0-9-]{0,100}$"
)

SEARCH = Operation(
    "search", "/search", "Search papers, with exact counts by facet", SearchJson, (QUERY, *FILTERS, SORT, OFFSET, LIMIT)
)
SUGGEST = Operation("suggest", "/suggest", "Complete what is being typed", SuggestionsJson, (PREFIX,))
PAPER = Operation(
    "paper",
    "/papers/<identifier:identifier>",
    "One paper with all its words",
    PaperJson,
    path=(IDENTIFIER,),
    missing="404 when the paper is not in this archive; 410 when it was, and its source has withdrawn it.",
    may_be_gone=True,
    needs_index=False,
)
STATUS = Operation("status", "/status", "How complete and how fresh the archive is", StatusJson, needs_index=False)
OPERATIONS = (SEARCH, SUGGEST, PAPER, DOSSIER, PERSON, TERM, STATUS)
"""All there are. One more is added here and bound to its view with ``Operation.route``, in whatever blueprint."""


def api(answers: Answers, papers: Papers, ledger: Ledger, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("api", __name__)

    @SEARCH.route(routes)
    def search() -> Response:
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        args = request.args
        answer = answers.answer(
            QUERY.read(args),
            filters=read_filters(args),
            sort=SORT.read(args),
            offset=OFFSET.read(args),
            limit=LIMIT.read(args),
        )
        return tagged(jsonify(search_json(answer)), tag)

    @SUGGEST.route(routes)
    def suggest() -> Response:
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        prefix = PREFIX.read(request.args)
        return tagged(jsonify(suggestions_json(prefix, answers.suggest(prefix, _SUGGESTIONS))), tag)

    @PAPER.route(routes)
    def paper(identifier: Identifier) -> Response:
        tag = state_tag(papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        found = papers.get(identifier)
        if found is None and (withdrawal := papers.withdrawal(identifier)) is not None:
            noticed = f"; noticed at {instant(withdrawal.noticed)}" if withdrawal.noticed else ""
            abort(410, f"{identifier} was withdrawn by its source{noticed}")
        if found is None:
            abort(404, f"{identifier} is not in this archive")
        return tagged(jsonify(paper_json(found)), tag)

    @STATUS.route(routes)
    def status() -> Response:
        return by_content(jsonify(status_json(ledger.standing(), version)))

    @routes.get(f"{API}/openapi.json")
    def openapi() -> Response:
        return by_content(jsonify(api_document(OPERATIONS, version)))

    return routes
