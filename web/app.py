"""The web application: puts ports, routes, headers and error pages together. Holds no state of its own."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from web.about import about_pages, crawling, site
from web.api.api import api
from web.api.register_api import register_api
from web.errors import handle_errors
from web.exports import exports
from web.feeds import feeds
from web.http import IdentifierConverter, JsonText, TextResponse, compress, secure
from web.paper.page import paper_pages
from web.ports import Answers, Ledger, Papers, Registers
from web.register_pages import register_pages
from web.search.page import search_pages
from web.templating import prepare
from web.term.routes import term_api, term_pages


def create_app(
    answers: Answers, papers: Papers, registers: Registers, ledger: Ledger, *, version: str = "", behind_proxy: bool = False
) -> Flask:
    """The application over the given ports; ``version`` is shown and, when it changes, makes kept pages old.

    ``behind_proxy`` takes scheme and host of addresses from the headers X-Forwarded-Proto and X-Forwarded-Host of one proxy;
    without a proxy anyone could send them.
    """
    app = Flask("web")
    app.url_map.converters["identifier"] = IdentifierConverter
    app.json = JsonText(app)
    app.response_class = TextResponse
    prepare(app, version)
    secure(app)
    compress(app)
    handle_errors(app)
    app.register_blueprint(search_pages(answers, papers, version))
    app.register_blueprint(api(answers, papers, ledger, version))
    app.register_blueprint(site(answers, papers, version))
    app.register_blueprint(exports(answers, papers, version))
    app.register_blueprint(feeds(answers, papers, ledger, version))
    app.register_blueprint(crawling(papers, ledger, version))
    app.register_blueprint(about_pages(ledger))
    app.register_blueprint(register_pages(papers, registers, version))
    app.register_blueprint(register_api(papers, registers, version))
    app.register_blueprint(term_pages(answers, papers, version))
    app.register_blueprint(term_api(answers, version))
    app.register_blueprint(paper_pages(answers, papers, registers))
    if behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]  # as Flask documents
    return app
