"""The start page and the search page."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from web.caching import by_content, state_tag, tagged, unchanged
from web.parameters import PAGE_SIZE, SearchState, read_state
from web.ports import Answers, Papers
from web.search_view import search_view


def search_pages(answers: Answers, papers: Papers, version: str) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("search", __name__)

    @pages.get("/")
    def start() -> Response:
        holdings = papers.holdings()
        return by_content(make_response(render_template("start.html", holdings=holdings, empty=not holdings.papers)))

    @pages.get("/zoeken")
    def search() -> Response:
        state = read_state(request.args)
        count = papers.count()
        if not count:
            return by_content(make_response(render_template("empty.html", query=state.query)))
        tag = state_tag(answers.generation, str(count), version)
        if (same := unchanged(tag)) is not None:
            return same
        return tagged(make_response(_results(state)), tag)

    def _results(state: SearchState) -> str:
        answer = answers.answer(state.query, filters=state.filters, sort=state.sort, offset=state.offset, limit=PAGE_SIZE)
        return render_template("search.html", view=search_view(answer, state), query=state.query, empty=False)

    return pages
