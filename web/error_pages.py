"""Errors as pages in style, in Dutch, or as problem details under /api, in English.

Never shows what went wrong inside nor where files lie; that is in the log.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from indexer.errors import (
    ArchiveError,
    CatalogueDamaged,
    CatalogueMissing,
    CatalogueOutdated,
    EngineError,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    KamerstukkenError,
    MeaningMissing,
    NobodyWaits,
    QueryTooCostly,
)
from search.query.tree import MAX_LENGTH
from web import strings
from web.addresses import with_parameters
from web.api.answers import OF_ITS_STATUS, TOO_COSTLY, problem_json
from web.http import BadHost
from web.parameters import Expected, Malformed, Problem

_PROBLEMS = {
    404: "There is nothing at this address; the API is described at /api/v1/openapi.json",
    405: "Only GET is answered here",
    413: "The request is too large",
    414: "The address is too long",
    429: "You ask too much at once; slow down, and come back after the seconds of Retry-After",
    431: "The headers of the request are too large",
    500: "The fault is ours, not yours",
    503: "The archive cannot be used at the moment; the log says why, and so does: kamerstukken status",
}
_FORMATS = ("exports", "feeds", "site")
"""Blueprints whose readers are programs: a page for people, sent as a success, would be taken for the file."""
_PAPERS_GO_ON = "; papers can be had by their identifiers meanwhile"
_UNUSABLE = {
    CatalogueMissing: (
        "There is no catalogue here: begin with kamerstukken index PATH…, or make one that was lost anew with "
        "kamerstukken reindex --from archive",
        strings.ERROR_NO_CATALOGUE,
    ),
    CatalogueDamaged: (
        "What the catalogue says of this is damaged, so it is not told; mend it with: kamerstukken check --mend",
        strings.ERROR_DAMAGED_CATALOGUE,
    ),
    CatalogueOutdated: (
        "The catalogue is of another version of this program; kamerstukken status says more",
        strings.ERROR_OUTDATED_CATALOGUE,
    ),
    IndexMissing: (
        f"There is no search index: make it with kamerstukken reindex, or begin with kamerstukken index PATH…{_PAPERS_GO_ON}",
        strings.ERROR_NO_INDEX,
    ),
    IndexDamaged: (
        f"The search index is damaged: make it anew with kamerstukken reindex{_PAPERS_GO_ON}",
        strings.ERROR_DAMAGED_INDEX,
    ),
    IndexOutdated: (
        f"The search index is of another version: make it anew with kamerstukken reindex{_PAPERS_GO_ON}",
        strings.ERROR_OUTDATED_INDEX,
    ),
}
"""What is said of each, in English and in Dutch; of two that fit the first."""
_NO_ENGINE = "The search engine does not answer completely at the moment; try again later"
_NO_MEANING = "meaning=on: papers cannot be found by meaning here; leave the parameter out, or say meaning=off"
_NO_HOST = "The Host of the request is not one of this site; who runs it says which are with --allowed-host"
_BUSY = "More is asked than can be answered at the moment; come back after the seconds of Retry-After"
_MOST_TOLD = 5
"""Problems of one address that are told."""
_RETRY_AFTER = "30"
"""Seconds: a cluster is over the loss of a node sooner."""


def handle_errors(app: Flask) -> None:
    """Register what answers each error."""

    @app.errorhandler(Malformed)
    def malformed(error: Malformed) -> ResponseReturnValue:
        if _is_api():
            return _problem(400, "; ".join(map(_in_english, error.problems[:_MOST_TOLD])))
        return _page(400, tuple(strings.problem(one) for one in error.problems[:_MOST_TOLD]), _without(error.problems))

    @app.errorhandler(CatalogueMissing)
    def no_catalogue(error: CatalogueMissing) -> ResponseReturnValue:
        if error.lost or _is_api() or request.blueprint in _FORMATS:
            return unusable(error)
        return render_template("empty.html", query=request.args.get("q", "")[:MAX_LENGTH]), 503

    @app.errorhandler(MeaningMissing)
    def no_meaning(error: MeaningMissing) -> ResponseReturnValue:
        return _answer(400, _NO_MEANING if _is_api() else strings.ERROR_NO_MEANING)

    @app.errorhandler(QueryTooCostly)
    def too_costly(error: QueryTooCostly) -> ResponseReturnValue:
        if _is_api():
            response = _problem(503, str(error), TOO_COSTLY)
        else:
            response = _page(503, (strings.COSTLY[error.part], strings.COSTLY_NOTHING_GIVEN), title=strings.COSTLY_TITLE)
        response.headers["Retry-After"] = _RETRY_AFTER
        return response

    @app.errorhandler(NobodyWaits)
    def nobody_waits(error: NobodyWaits) -> ResponseReturnValue:
        app.logger.debug("%s", error)
        return Response(status=503)

    @app.errorhandler(EngineError)
    def unavailable(error: EngineError) -> ResponseReturnValue:
        app.logger.error("%s", error)
        if _is_api():
            response = _problem(503, _NO_ENGINE)
        else:
            response = _page(503, (strings.ERROR_NO_ENGINE,), title=strings.NO_SEARCH_TITLE)
        response.headers["Retry-After"] = _RETRY_AFTER
        return response

    @app.errorhandler(KamerstukkenError)
    def unusable(error: KamerstukkenError) -> Response:
        app.logger.error("%s", error)
        return _told(error)

    @app.errorhandler(BadHost)
    def bad_host(error: BadHost) -> ResponseReturnValue:
        return _answer(400, _NO_HOST if _is_api() else strings.ERROR_HOST)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        response = _answer(error.code or 500, (error.description or "") if _is_ours(error) else "")
        response.headers.update({name: value for name, value in error.get_headers() if name == "Allow"})
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        app.logger.exception("a request failed", exc_info=error)
        return _answer(500)


def refusal(status: int) -> Response:
    """What is told when the server refuses the present request before any page is asked."""
    if _is_api():
        return _problem(status, _BUSY if status == 503 else "")
    if status == 503:
        return _page(status, (strings.ERROR_BUSY,), title=strings.ERROR_BUSY_TITLE)
    return _answer(status)


def _answer(status: int, detail: str = "") -> Response:
    """The error as the asker reads it."""
    if _is_api():
        return _problem(status, detail)
    return _page(status, (detail or strings.ERROR_TEXTS.get(status, ""),))


def _told(error: KamerstukkenError) -> Response:
    """What cannot be used, and the command that mends it; where it lies is in the log."""
    english, dutch = next((texts for kind, texts in _UNUSABLE.items() if isinstance(error, kind)), ("", ""))
    if _is_api():
        return _problem(503, english)
    if isinstance(error, CatalogueMissing) and not error.lost:
        return _page(503, (strings.EMPTY_TEXT, strings.EMPTY_COMMAND), title=strings.EMPTY_TITLE)
    title = strings.UNREADABLE_TITLE if isinstance(error, ArchiveError) else strings.NO_SEARCH_TITLE
    return _page(503, (dutch or strings.ERROR_TEXTS[503],), title=title)


def _page(status: int, texts: tuple[str, ...], instead: tuple[str, str] | None = None, title: str = "") -> Response:
    """The error as a page; ``instead`` is where the reader can go on: what that is called, and its address."""
    title, query = title or strings.ERROR_TITLES.get(status, strings.ERROR_OTHER), request.args.get("q", "")[:MAX_LENGTH]
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
        Expected.SHORTER: f"{given}…: expected at most {problem.most} characters",
        Expected.FEWER: f"{name} and the other filters have {problem.least} values; at most {problem.most} are taken",
        Expected.ONCE: f"{name} is given {problem.most} times; one value is taken",
        Expected.KNOWN: f"{name!r} is no parameter here; there are: {words or 'none'}",
    }[problem.expected]


def _problem(status: int, detail: str, kind: str = OF_ITS_STATUS) -> Response:
    response = jsonify(problem_json(status, HTTPStatus(status).phrase, detail or _PROBLEMS.get(status, ""), kind))
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _is_ours(error: HTTPException) -> bool:
    """Whether the description was written by this package; those of the framework are English."""
    return error.description != type(error).description
