"""Who said this when: the page of a term, and its lines as a file."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, render_template, request

from web import strings
from web.caching import by_content, state_tag, tagged, unchanged
from web.csv_rows import csv_response
from web.ports import Answers, Papers
from web.term_state import TermState, read_term_state
from web.term_twin import csv_rows
from web.term_view import chips, term_view

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
