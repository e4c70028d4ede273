"""What machines ask of any site: how to search it, what to leave alone, whether it is well."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from indexer.errors import IndexMissing, KamerstukkenError
from web.ports import Answers, Papers

_ROBOTS = "User-agent: *\nDisallow: /zoeken\nDisallow: /term\nDisallow: /api/\n"


def site(answers: Answers, papers: Papers, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("site", __name__)

    @routes.get("/opensearch.xml")
    def opensearch() -> Response:
        text = render_template("opensearch.xml", root=request.url_root.rstrip("/"))
        return Response(text, mimetype="application/opensearchdescription+xml")

    @routes.get("/robots.txt")
    def robots() -> Response:
        return Response(_ROBOTS, mimetype="text/plain")

    @routes.get("/healthz")
    def health() -> ResponseReturnValue:
        """Well when papers and index can be read; an archive that is still empty is well too."""
        try:
            count = papers.count()
            generation = _generation()
        except KamerstukkenError as error:
            return jsonify(status="error", reason=str(error)), 503, {"Cache-Control": "no-store"}
        return jsonify(status="ok", papers=count, generation=generation, version=version), 200, {"Cache-Control": "no-store"}

    def _generation() -> str:
        try:
            return answers.generation
        except IndexMissing:
            return ""

    return routes
