"""Errors as pages in style, in Dutch, or as problem details under /api, in English.

Never shows what went wrong inside nor where files lie; that is in the log.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from indexer.errors import EngineError, IndexMissing, KamerstukkenError, MeaningMissing
from web import strings
from web.addresses import with_parameters
from web.api.answers import problem_json
from web.parameters import Expected, Malformed, Problem

_PROBLEMS = {
    404: "There is nothing at this address; the API is described at /api/v1/openapi.json",
    405: "Only GET is answered here",
    413: "The request is too large",
    500: "The fault is ours, not yours",
    503: "The index cannot be used at the moment",
}
_FORMATS = ("exports", "feeds", "site")
"""Blueprints whose readers are programs: a page for people, sent as a success, would be taken for the file."""
_NO_INDEX = "The archive is still empty"
_NO_ENGINE = "The search engine does not answer completely at the moment; try again later"
_NO_MEANING = "meaning=on: papers cannot be found by meaning here; leave the parameter out, or say meaning=off"
_RETRY_AFTER = "30"
"""Seconds: a cluster is over the loss of a node sooner."""


def handle_errors(app: Flask) -> None:
    """Register what answers each error."""

    @app.errorhandler(Malformed)
    def malformed(error: Malformed) -> ResponseReturnValue:
        if _is_api():
            return _problem(400, "; ".join(map(_in_english, error.problems)))
        return _page(400, tuple(strings.problem(one) for one in error.problems), _without(error.problems))

    @app.errorhandler(IndexMissing)
    def no_index(error: IndexMissing) -> ResponseReturnValue:
        if _is_api():
            return _problem(503, _NO_INDEX)
        if request.blueprint in _FORMATS:
            return _answer(503, strings.EMPTY_TITLE)
        return render_template("empty.html", query=request.args.get("q", ""))

    @app.errorhandler(MeaningMissing)
    def no_meaning(error: MeaningMissing) -> ResponseReturnValue:
        return _answer(400, _NO_MEANING if _is_api() else strings.ERROR_NO_MEANING)

    @app.errorhandler(EngineError)
    def unavailable(error: EngineError) -> ResponseReturnValue:
        app.logger.error("%s", error)
        response = _answer(503, _NO_ENGINE if _is_api() else strings.ERROR_NO_ENGINE)
        response.headers["Retry-After"] = _RETRY_AFTER
        return response

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
    if _is_api():
        return _problem(status, detail)
    return _page(status, (detail or strings.ERROR_TEXTS.get(status, ""),))


def _page(status: int, texts: tuple[str, ...], instead: tuple[str, str] | None = None) -> Response:
    """The error as a page; ``instead`` is where the reader can go on: what that is called, and its address."""
    title, query = strings.ERROR_TITLES.get(status, strings.ERROR_OTHER), request.args.get("q", "")
    page = render_template("error.html", status=status, title=title, texts=texts, instead=instead, query=query, empty=False)
    return make_response(page, status)


def _without(problems: tuple[Problem, ...]) -> tuple[str, str]:
    """The same page without the parameters that cannot be read."""
    wrong = [problem.name for problem in problems]
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in wrong]
    return strings.without(wrong), with_parameters(request.path, pairs)


def _in_english(problem: Problem) -> str:
    name, given = problem.name, f"{problem.name}={problem.value!r}"
    words = ", ".join(problem.words)
    return {
        Expected.NUMBER: f"{given}: expected a number from {problem.least} to {problem.most}, such as {name}={problem.example}",
        Expected.WORD: f"{given}: expected one of {words}",
        Expected.YEAR: f"{given}: expected a year of four digits, such as {name}={problem.example}",
        Expected.YEARS: f"{given}: expected a year or a span of years, such as {name}=2024 or {name}={problem.example}",
        Expected.ONCE: f"{name} is given {problem.most} times; one value is taken",
        Expected.KNOWN: f"{name!r} is no parameter here; there are: {words or 'none'}",
    }[problem.expected]


def _problem(status: int, detail: str) -> Response:
    response = jsonify(problem_json(status, HTTPStatus(status).phrase, detail or _PROBLEMS.get(status, "")))
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _is_ours(error: HTTPException) -> bool:
    """Whether the description was written by this package; those of the framework are English."""
    return error.description != type(error).description
