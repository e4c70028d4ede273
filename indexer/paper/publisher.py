"""Where official publications stand at their publisher, and which publication an address leads to."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import quote, unquote

from indexer.paper.identifier import Identifier

PUBLISHER = "https://zoek.officielebekendmakingen.nl"
_NAME = r"(?:kst|blg|ah|h|kv|nds|ag|stb|stcrt|trb)-[A-Za-z0-9-]{1,60}"
_ADDRESS = re.compile(
    rf"(?:(?:https?:)?//)?(?:[a-z0-9-]{{1,40}}\.){{0,3}}(?:officielebekendmakingen|overheid)\.nl/(?:[\w.-]{{1,80}}/){{0,6}}?"
    rf"(?P<name>{_NAME})(?:/1(?:/[\w.-]{{1,80}}){{0,2}}/?|\.(?:html|pdf|xml|odt))?(?:[?#]\S{{0,500}})?",
    re.ASCII | re.IGNORECASE,
)
"""Addresses of the search site, of the repository and of their predecessors: …/kst-31066-12.html, …/kst-31066-12/1/html/…"""
_RELATIVE = re.compile(rf"/?(?P<name>{_NAME})(?:\.(?:html|pdf|xml|odt))?(?:[?#]\S{{0,500}})?", re.ASCII | re.IGNORECASE)
_DATED = re.compile(r"(?:stb|stcrt|(?:ah|h)-[te]k)-(?P<year>\d{4})", re.ASCII)
_DIGITAL_SINCE = {"stb": 1995, "stcrt": 2010, "ah": 1995, "h": 1995}
"""What is older is not published under the number by which it is cited."""


def address_of(identifier: Identifier) -> str:
    """The page of a publication at its publisher; empty where it is older than those pages."""
    dated = _DATED.match(str(identifier))
    if dated and int(dated["year"]) < _DIGITAL_SINCE[identifier.collection]:
        return ""
    return f"{PUBLISHER}/{quote(str(identifier))}.html"


def published_at(address: str) -> Identifier | None:
    """The publication that an address leads to, which may be relative to a page of the publisher; None when it leads to none.

    >>> published_at("https://zoek.officielebekendmakingen.nl/kst-31066-12.html")
    Identifier(official='kst-31066-12')
    """
    plain = unquote(address[:700]).strip(" \u00a0\t\n.,;)")
    found = _RELATIVE.fullmatch(plain) or _ADDRESS.fullmatch(plain)
    if found:
        with suppress(ValueError):
            identifier = Identifier.parse(found["name"])
            return identifier if identifier.can_exist else None
    return None
