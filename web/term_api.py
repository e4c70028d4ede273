"""The JSON twin of the term page."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from search.concordance import LineOrder
from search.term import MAX_LINES
from web.caching import state_tag, tagged, unchanged
from web.operations import Choice, Number, Operation
from web.parameters import read_filters
from web.ports import Answers
from web.search_parameters import FILTERS, QUERY
from web.term_state import LINES, MAX_JSON_LINES
from web.term_twin import TermJson, term_json

ORDER = Choice("sort", "The order of the lines: by date, or by the words before or after the keyword.", LineOrder.NEWEST)
OFFSET = Number("offset", "How many lines to pass over.", 0, MAX_LINES)
LIMIT = Number("limit", "How many lines to give.", LINES, MAX_JSON_LINES)

TERM = Operation(
    "term", "/term", "Who said this when: counts and shares by year, first and last mention, by whom, and the lines", TermJson,
    (QUERY, *FILTERS, ORDER, OFFSET, LIMIT),
)  # fmt: skip


def term_api(answers: Answers, version: str) -> Blueprint:
    """Routes over the port."""
    routes = Blueprint("term_api", __name__)

    @TERM.route(routes)
    def twin() -> Response:
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        args = request.args
        query, filters = QUERY.read(args), read_filters(args)
        answer = answers.term(query, filters=filters)
        found = answers.concordance(query, filters=filters, order=ORDER.read(args))
        return tagged(jsonify(term_json(answer, found, OFFSET.read(args), LIMIT.read(args))), tag)

    return routes
