"""Errors as pages in style, or as JSON under /api. Never shows what went wrong inside; that is in the log."""

from __future__ import annotations

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from indexer.errors import IndexMissing, KamerstukkenError
from web import strings
from web.parameters import MalformedParameter
from web.twins import problem_json


def handle_errors(app: Flask) -> None:
    """Register what answers each error."""

    @app.errorhandler(MalformedParameter)
    def malformed(error: MalformedParameter) -> ResponseReturnValue:
        return _answer(400, str(error))

    @app.errorhandler(IndexMissing)
    def no_index(error: IndexMissing) -> ResponseReturnValue:
        if _is_api():
            return _problem(503, strings.EMPTY_TITLE, str(error))
        return render_template("empty.html", query=request.args.get("q", ""))

    @app.errorhandler(KamerstukkenError)
    def unusable(error: KamerstukkenError) -> ResponseReturnValue:
        app.logger.error("%s", error)
        return _answer(503)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        response = _answer(error.code or 500, (error.description or "") if _is_ours(error) else "")
        response.headers.update({name: value for name, value in error.get_headers() if name == "Allow"})
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        app.logger.exception("a request failed", exc_info=error)
        return _answer(500)


def _answer(status: int, detail: str = "") -> Response:
    """The error as the asker reads it."""
    title = strings.ERROR_TITLES.get(status, strings.ERROR_OTHER)
    text = detail or strings.ERROR_TEXTS.get(status, "")
    if _is_api():
        return _problem(status, title, text)
    page = render_template("error.html", status=status, title=title, text=text, query=request.args.get("q", ""), empty=False)
    return make_response(page, status)


def _problem(status: int, title: str, detail: str) -> Response:
    response = jsonify(problem_json(status, title, detail))
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _is_ours(error: HTTPException) -> bool:
    """Whether the description was written by this package; those of the framework are English."""
    return error.description != type(error).description
