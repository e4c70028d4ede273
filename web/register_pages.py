"""The pages of dossiers and of persons."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from indexer.paper.people import person_name
from indexer.paper.printed import read_key
from web import strings
from web.dossier import dossier_view, official_dossier
from web.formats import dossier_key
from web.http import state_tag, tagged, unchanged
from web.paper_list import PAGE_SIZE, dossier_address, person_address, read_dossier_state, read_person_state
from web.person import person_view
from web.ports import Papers, Registers

CLOSE_NAMES = 8


def register_pages(papers: Papers, registers: Registers, version: str) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("registers", __name__)

    @pages.get("/dossier/<key>")
    def dossier(key: str) -> ResponseReturnValue:
        state = read_dossier_state(key, request.args)
        tag = state_tag(papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        listing = registers.dossier(key, year=state.year, order=state.order, offset=state.offset, limit=PAGE_SIZE)
        if listing is None:
            usual = read_key(key)
            return _moved(dossier_address(usual)) if usual not in ("", key) else (_no_dossier(key, usual), 404)
        view = dossier_view(listing, state, papers.holdings().years)
        return tagged(make_response(render_template("dossier.html", view=view, query="", empty=False)), tag)

    @pages.get("/persoon/<path:name>")
    def person(name: str) -> ResponseReturnValue:
        state = read_person_state(name, request.args)
        tag = state_tag(papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        listing = registers.person(name, state.chosen, offset=state.offset, limit=PAGE_SIZE)
        if listing is None:
            usual = person_name(" ".join(name.split()))
            known = usual != name and registers.person(usual, state.chosen, offset=0, limit=0) is not None
            return _moved(person_address(usual)) if known else (_no_person(name), 404)
        view = person_view(listing, state, papers.holdings().years)
        return tagged(make_response(render_template("person.html", view=view, query="", empty=False)), tag)

    def _moved(address: str) -> ResponseReturnValue:
        query = request.query_string.decode("ascii", "replace")
        return redirect(f"{address}?{query}" if query else address, 301)

    def _no_dossier(typed: str, key: str) -> str:
        ways = [(strings.MISSING_DOSSIER_OFFICIAL, official_dossier(key), True)] if key else []
        ways.append((strings.MISSING_SEARCH, _search(dossier_key(key or typed)), False))
        return _unknown(strings.MISSING_DOSSIER, f"{strings.DOSSIER} {dossier_key(key or typed)}", ways, [])

    def _no_person(name: str) -> str:
        close = [(one, person_address(one)) for one in registers.close_names(name, CLOSE_NAMES)]
        return _unknown(strings.MISSING_PERSON, name, [(strings.MISSING_SEARCH_NAME, _search(name), False)], close)

    def _unknown(title: str, name: str, ways: list[tuple[str, str, bool]], close: list[tuple[str, str]]) -> str:
        return render_template("unknown.html", title=title, name=name, ways=ways, close=close, query="", empty=not papers.count())

    return pages


def _search(text: str) -> str:
    return f"/zoeken?{urlencode([('q', ' '.join(text.split()))])}"
