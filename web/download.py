"""Names of files that are taken along: whatever stands in a query may stand in them, and no header is broken by it."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Response
from werkzeug.http import dump_options_header

_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
"""What older readers may stumble over in the name of a file."""


def as_file(response: Response, filename: str) -> Response:
    """The response as a file to keep under this name; servers send headers in Latin-1, so other letters are encoded."""
    names: dict[str, str | None] = {"filename": _PLAIN.sub("_", filename.encode("ascii", "replace").decode())}
    if names["filename"] != filename:  # RFC 6266: both, for those who read only the first
        names["filename*"] = f"UTF-8''{quote(filename, safe='', errors='replace')}"
    response.headers["Content-Disposition"] = dump_options_header("attachment", names)
    return response
