"""The routes of the term page: the page itself, its lines as a file, and its JSON twin."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from search.term import MAX_LINES, LineOrder
from web import strings
from web.api.operations import FILTERS, QUERY, Choice, Number, Operation
from web.exports import csv_response
from web.http import by_content, state_tag, tagged, unchanged
from web.ports import Answers, Papers
from web.search.state import read_filters
from web.term.page import chips, term_view
from web.term.state import LINES, MAX_JSON_LINES, TermState, read_term_state
from web.term.twin import TermJson, csv_rows, term_json

_NAME = re.compile(r"[^\w.-]+")


def term_pages(answers: Answers, papers: Papers, version: str) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("term", __name__)

    @pages.get("/term")
    def term() -> Response:
        state = read_term_state(request.args)
        holdings = papers.holdings()
        if not holdings.papers:
            return by_content(make_response(render_template("empty.html", query=state.query)))
        if not state.query.strip():
            page = render_template("term_start.html", state=state, chips=chips(state), query="", empty=False)
            return by_content(make_response(page))
        tag = state_tag(answers.generation, papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        answer = answers.term(state.query, filters=state.filters)
        lines = answers.concordance(state.query, filters=state.filters, order=state.order)
        view = term_view(answer, lines, state, holdings.years)
        return tagged(make_response(render_template("term.html", view=view, query=state.query, empty=False)), tag)

    @pages.get("/term.csv")
    def lines() -> Response:
        state = read_term_state(request.args)
        tag = state_tag(answers.generation, version, request.url_root)
        if (same := unchanged(tag)) is not None:
            return same
        found = answers.concordance(state.query, filters=state.filters, order=state.order).lines
        rows = csv_rows(found, state.query, request.url_root.rstrip("/"))
        return tagged(csv_response(_filename(state), strings.TERM_COLUMNS, rows), tag)

    return pages


def _filename(state: TermState) -> str:
    """concordantie-cool-gen.csv."""
    return f"concordantie-{_NAME.sub('-', state.query.lower())[:60].strip('-.') or 'leeg'}.csv"


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
