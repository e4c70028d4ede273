"""The web application: puts ports, routes, headers and templates together. Holds no state of its own.

Templates see the words of the interface as ``t``, formats as filters, and addresses as functions; an undefined name is an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from flask import Flask, g, url_for
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.paper.identifier import PUBLISHER
from indexer.paper.naming import readable
from web import addresses, formats, inline, strings
from web.about import about_pages, crawling, site
from web.api.routes import archive_api, search_api
from web.dossier import dossier_pages
from web.error_pages import handle_errors
from web.exports import exports
from web.feeds import feeds
from web.hosts import known_hosts
from web.http import IdentifierConverter, JsonText, TextResponse, compress, queries_in_utf8, secure
from web.paper.page import paper_pages
from web.paper.received import received_files
from web.pasted import pasted_addresses
from web.person import person_pages
from web.ports import Answers, OpenArchive, Readiness
from web.references import SCHEMAS
from web.request_answers import AnswersOfRequest
from web.search.page import search_pages
from web.term.page import term_pages
from web.term.state import term_address

_KEPT = 365 * 24 * 3600
"""Seconds that browsers keep a static file; another content has another address."""


def create_app(
    answers: Answers,
    archive: Callable[[], AbstractContextManager[OpenArchive]],
    readiness: Callable[[], Readiness],
    *,
    version: str = "",
    behind_proxy: bool = False,
    allowed_hosts: Collection[str] = (),
) -> Flask:
    """The application over the given ports.

    ``archive`` opens the archive; each request that asks it something does so once. ``readiness`` tells at once whether requests
    can be answered. ``version`` is shown and, when it changes, makes kept pages old.

    ``behind_proxy`` takes scheme and host of addresses from the headers X-Forwarded-Proto and X-Forwarded-Host of one proxy;
    without a proxy anyone could send them. ``allowed_hosts`` are those that addresses may be made with; without any, all are.
    """
    app = Flask("web")
    app.url_map.converters["identifier"] = IdentifierConverter
    app.json = JsonText(app)
    app.response_class = TextResponse
    _prepare_templates(app, version)
    secure(app)
    compress(app)
    handle_errors(app)
    look = _OnceARequest(app, archive)
    answers = AnswersOfRequest(answers, look)
    for routes in (
        search_pages(answers, look, version),
        search_api(answers, version),
        archive_api(look, version),
        site(answers, readiness, version),
        exports(answers, look, version),
        feeds(answers, look, version),
        crawling(look, version),
        about_pages(look),
        dossier_pages(look, version),
        person_pages(look, version),
        term_pages(answers, look, version),
        paper_pages(answers, look),
        received_files(look),
        pasted_addresses(),
    ):
        app.register_blueprint(routes)
    app.wsgi_app = known_hosts(app.wsgi_app, allowed_hosts)  # type: ignore[assignment,method-assign]  # as Flask documents
    app.wsgi_app = queries_in_utf8(app.wsgi_app)  # type: ignore[assignment,method-assign]  # as Flask documents
    if behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]  # as Flask documents
    return app


class _OnceARequest:
    """Opens the archive when a request first asks it something, and closes it with the request; see ``ports.Look``."""

    def __init__(self, app: Flask, archive: Callable[[], AbstractContextManager[OpenArchive]]) -> None:
        self._archive = archive
        app.teardown_appcontext(self._close)

    def __call__(self) -> OpenArchive:
        if "archive" not in g:
            g.opened = ExitStack()
            g.archive = g.opened.enter_context(self._archive())
        archive: OpenArchive = g.archive
        return archive

    def handed_over(self) -> tuple[OpenArchive, ExitStack]:
        archive, opened = self(), g.opened.pop_all()
        del g.archive
        return archive, opened

    def _close(self, error: BaseException | None) -> None:
        if "opened" in g:
            g.opened.close()


def _prepare_templates(app: Flask, version: str) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _KEPT
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    digests = {path.name: _digest(path) for path in Path(app.static_folder or "").glob("*") if path.is_file()}

    def static(name: str) -> str:
        """The address of a static file, another one when its content is; so browsers may keep it."""
        return url_for("static", filename=name, v=digests[name])

    environment.globals.update(
        t=strings,
        version=version,
        static=static,
        publisher=PUBLISHER,
        meta_schemas=SCHEMAS,
        term_address=term_address,
        paper_address=addresses.paper_address,
        received_address=addresses.received_address,
        search_address=addresses.search_address,
        dossier_of=addresses.dossier_of,
        person_of=addresses.person_of,
        person_address=addresses.person_address,
    )
    environment.filters.update(
        day=formats.day,
        instant=formats.instant,
        moment=formats.moment,
        short_day=formats.short_day,
        number=formats.number,
        dossier=formats.dossier,
        person=formats.person,
        marked=inline.marked,
        readable=readable,
    )


def _digest(path: Path) -> str:
    return hashlib.blake2s(path.read_bytes(), digest_size=6).hexdigest()
