"""Saves work and traffic: a page whose like the reader still has is not made again.

Search pages change with the index only, so its generation names their state; other pages are named by their content. Where
readers ask by time (feeds), the time is that of the last change of what is shown.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from flask import Response, request

_SETTLED = timedelta(seconds=2)
"""Times of HTTP have no fractions: what changed within this time may change once more in the same second."""


def state_tag(*parts: str) -> str:
    """A name for the state of the page that is asked for."""
    return hashlib.blake2s("\x00".join((request.full_path, *parts)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def unchanged(tag: str) -> Response | None:
    """The answer when the reader already has the page of that state, else None."""
    if not request.if_none_match.contains_weak(tag):
        return None
    return tagged(Response(status=304), tag)


def tagged(response: Response, tag: str) -> Response:
    """The response under its name; readers may keep it, but ask whether it is still so."""
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


def dated(response: Response, changed: datetime | None) -> Response:
    """The response with the time of its last change; without it while another change could have the same time."""
    if changed is not None and datetime.now(UTC) - changed > _SETTLED:
        response.last_modified = changed.replace(microsecond=0)
    return response


def unchanged_since(changed: datetime | None) -> bool:
    """Whether a reader who asks by time only has what there is; a tag in the question counts instead of a time."""
    since = request.if_modified_since
    if since is None or changed is None or request.if_none_match:
        return False
    return changed.replace(microsecond=0) <= since


def by_content(response: Response) -> Response:
    """The response named by what it holds; nothing when the reader has the same."""
    response.add_etag(weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
