"""What templates can use: the interface's words, formats, addresses of styles and scripts. Undefined names are errors."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, url_for
from jinja2 import StrictUndefined

from indexer.paper.model import readable
from web import feeds, formats, inline, strings
from web import reference as meta_tags
from web.paper import page as paper_view
from web.search import page as search_view
from web.term import state as term_state

_KEPT = 365 * 24 * 3600


def prepare(app: Flask, version: str) -> None:
    """Set the templates up."""
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
        feed_address=feeds.feed_address,
        meta_schemas=meta_tags.SCHEMAS,
        term_address=term_state.term_address,
        paper_link=search_view.paper_link,
        search_for=paper_view.search_for,
        dossier_address=paper_view.dossier_address,
        person_address=paper_view.person_address,
        name_address=paper_view.name_address,
    )
    environment.filters.update(
        day=formats.day,
        instant=formats.instant,
        moment=formats.moment,
        short_day=formats.short_day,
        number=formats.number,
        dossier=formats.dossier,
        dossier_key=formats.dossier_key,
        category=formats.category,
        person=formats.person,
        marked=inline.marked,
        readable=readable,
    )


def _digest(path: Path) -> str:
    return hashlib.blake2s(path.read_bytes(), digest_size=6).hexdigest()
