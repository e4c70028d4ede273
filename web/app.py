"""The web application: puts ports, routes, headers and error pages together. Holds no state of its own."""

from __future__ import annotations

from flask import Flask

from web.api import api
from web.compression import compress
from web.errors import handle_errors
from web.paper_pages import paper_pages
from web.ports import Answers, Papers, Registers
from web.register_api import register_api
from web.register_pages import register_pages
from web.routing import IdentifierConverter
from web.search_pages import search_pages
from web.security import secure
from web.site import site
from web.templating import prepare
from web.term_pages import term_pages


def create_app(answers: Answers, papers: Papers, registers: Registers, *, version: str = "") -> Flask:
    """The application over the given ports; ``version`` is shown and, when it changes, makes kept pages old."""
    app = Flask("web")
    app.url_map.converters["identifier"] = IdentifierConverter
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]
    prepare(app, version)
    secure(app)
    compress(app)
    handle_errors(app)
    app.register_blueprint(search_pages(answers, papers, version))
    app.register_blueprint(api(answers, papers, version))
    app.register_blueprint(site(answers, papers, version))
    app.register_blueprint(register_pages(papers, registers, version))
    app.register_blueprint(register_api(papers, registers, version))
    app.register_blueprint(term_pages(answers, papers, version))
    app.register_blueprint(paper_pages(answers, papers, registers))
    return app
