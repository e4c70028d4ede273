"""What programs ask of any site: how to search it, how to complete a query, whether it is well."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from indexer.errors import IndexMissing, KamerstukkenError
from web.caching import by_content, state_tag, tagged, unchanged
from web.ports import Answers, Papers

_SUGGESTIONS = 8
_NO_STORE = {"Cache-Control": "no-store"}


def site(answers: Answers, papers: Papers, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("site", __name__)

    @routes.get("/opensearch.xml")
    def opensearch() -> Response:
        text = render_template("opensearch.xml", root=request.url_root.rstrip("/"))
        return by_content(Response(text, content_type="application/opensearchdescription+xml; charset=utf-8"))

    @routes.get("/suggesties")
    def suggestions() -> Response:
        """Completions in the form that browsers ask for (OpenSearch Suggestions 1.1)."""
        tag = state_tag(answers.generation, version)
        if (same := unchanged(tag)) is not None:
            return same
        prefix = request.args.get("q", "")
        found = answers.suggest(prefix, _SUGGESTIONS)
        response = jsonify([prefix, [s.text for s in found], [s.label for s in found]])
        response.mimetype = "application/x-suggestions+json"
        return tagged(response, tag)

    @routes.get("/healthz")
    def health() -> ResponseReturnValue:
        """Well when papers and index can be read; an archive that is still empty is well too. The reason is in the log."""
        try:
            count = papers.count()
            generation = _generation()
        except KamerstukkenError:
            return jsonify(status="error", version=version), 503, _NO_STORE
        return jsonify(status="ok", papers=count, generation=generation, version=version), 200, _NO_STORE

    def _generation() -> str:
        try:
            return answers.generation
        except IndexMissing:
            return ""

    return routes
