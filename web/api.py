"""The JSON twins of the pages, under /api/v1."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request

from indexer.identifier import Identifier
from indexer.jsonl import paper_json
from web import strings
from web.caching import by_content, state_tag, tagged, unchanged
from web.parameters import MAX_LIMIT, MAX_OFFSET, PAGE_SIZE, read_filters, read_number, read_sort
from web.ports import Answers, Papers
from web.twins import search_json, suggestions_json

_SUGGESTIONS = 8


def api(answers: Answers, papers: Papers, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("api", __name__, url_prefix="/api/v1")

    @routes.get("/search")
    def search() -> Response:
        args = request.args
        filters, sort = read_filters(args), read_sort(args)
        offset, limit = read_number(args, "offset", 0, MAX_OFFSET), read_number(args, "limit", PAGE_SIZE, MAX_LIMIT)
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        answer = answers.answer(args.get("q", ""), filters=filters, sort=sort, offset=offset, limit=limit)
        return tagged(jsonify(search_json(answer)), tag)

    @routes.get("/suggest")
    def suggest() -> Response:
        prefix = request.args.get("q", "")
        return by_content(jsonify(suggestions_json(prefix, answers.suggest(prefix, _SUGGESTIONS))))

    @routes.get("/papers/<identifier:identifier>")
    def paper(identifier: Identifier) -> Response:
        found = papers.get(identifier)
        if found is None:
            abort(404, strings.NOT_IN_ARCHIVE.format(identifier=identifier))
        return by_content(jsonify(paper_json(found)))

    return routes
