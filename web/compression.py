"""Sends text compressed to those who can unpack it, so that pages stay small also without a proxy in front."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request

_TYPES = ("text/", "application/json", "application/problem+json", "application/opensearchdescription+xml", "image/svg+xml")
_SMALLEST = 1_000
_LEVEL = 5
"""Beyond this the time grows and the size hardly shrinks."""


def compress(app: Flask) -> None:
    """Compress every response that gains by it."""

    @app.after_request
    def compressed(response: Response) -> Response:
        if not (response.mimetype or "").startswith(_TYPES):
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code != 200 or request.method == "HEAD" or request.accept_encodings["gzip"] <= 0:
            return response
        if response.is_streamed and not response.direct_passthrough:  # files are read whole, the rest while it is made
            response.response = _packed(response.iter_encoded())
            response.headers["Content-Encoding"] = "gzip"
            return response
        response.direct_passthrough = False
        content = response.get_data()
        if len(content) < _SMALLEST:
            return response
        response.set_data(gzip.compress(content, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        if (tag := response.get_etag()[0]) is not None:  # other bytes under the same name: no longer a strong one
            response.set_etag(tag, weak=True)
        return response


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of one text as pieces of one gzip file, each sent on as it comes."""
    packer = zlib.compressobj(_LEVEL, wbits=31)  # 31: with the header of gzip
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
