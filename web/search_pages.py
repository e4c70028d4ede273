"""The start page, the search page and the pages with all values of a facet."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, make_response, render_template, request

from web.caching import by_content, state_tag, tagged, unchanged
from web.facet_state import FacetState, read_facet_state
from web.facet_view import facet_view
from web.parameters import PAGE_SIZE, SearchState, read_state
from web.ports import Answers, Papers
from web.search_view import MAIN_FACETS, OTHER_FACETS, search_view

_EVERY_VALUE = 50_000
"""More values than a facet has in the whole archive (it holds some 15,000 dossiers)."""


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
        return _kept(state.query, lambda: _results(state))

    @pages.get("/zoeken/filter/<facet>")
    def facet(facet: str) -> Response:
        if facet not in (*MAIN_FACETS, *OTHER_FACETS):
            abort(404)
        state = read_facet_state(facet, request.args)
        return _kept(state.search.query, lambda: _values(state))

    def _kept(query: str, make: Callable[[], str]) -> Response:
        """The page that ``make`` makes, unless the reader has it already or there are no papers."""
        count = papers.count()
        if not count:
            return by_content(make_response(render_template("empty.html", query=query)))
        tag = state_tag(answers.generation, papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        return tagged(make_response(make()), tag)

    def _results(state: SearchState) -> str:
        answer = answers.answer(state.query, filters=state.filters, sort=state.sort, offset=state.offset, limit=PAGE_SIZE)
        return render_template(
            "search.html", view=search_view(answer, state, papers.holdings().years), query=state.query, empty=False
        )

    def _values(state: FacetState) -> str:
        search = state.search
        answer = answers.answer(
            search.query, filters=search.filters, sort=search.sort, offset=0, limit=0, facet_limit=_EVERY_VALUE
        )
        view = facet_view([v for v in answer.facets.get(state.facet, ()) if v.count], state)
        return render_template("facet.html", view=view, query=search.query, empty=False)

    return pages
