"""What holds for every answer over HTTP, whatever it says: caching, compression, headers, text as bytes, names of files.

Readers who still have a page are told so before any work is done. The state of the index names search pages; what they hold names
other pages; the last change dates feeds.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote_to_bytes, urlencode

from flask import Flask, Response, redirect, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, RequestURITooLarge
from werkzeug.http import dump_options_header
from werkzeug.routing import BaseConverter, ValidationError

from indexer.paper.identifier import Identifier
from web.hosts import REFUSED

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

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


def site_root() -> str:
    """Where this site is, as far as its addresses begin alike: the host of the request, which was seen to be one."""
    return f"{request.scheme}://{request.host}"


_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2}|[\x80-\xff])+")


def queries_in_utf8(app: WSGIApplication) -> WSGIApplication:
    """The application, asked in UTF-8 also by links from before it was usual: ``?q=co%F6rdinatie`` is "coördinatie"."""

    def asked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["QUERY_STRING"] = _ENCODED.sub(_in_utf8, environ.get("QUERY_STRING", ""))
        return app(environ, start_response)

    return asked


def _in_utf8(encoded: re.Match[str]) -> str:
    """Encoded letters as UTF-8; what is none is Windows-1252, or Latin-1 where that has no letter."""
    content = unquote_to_bytes(encoded[0].encode("latin-1"))
    for encoding in ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoded[0] if encoding == "utf-8" else quote(text)
    return quote(content.decode("latin-1"))


_TYPES = (
    "text/", "image/svg+xml", "application/json", "application/problem+json", "application/x-suggestions+json",
    "application/opensearchdescription+xml", "application/atom+xml", "application/xml", "application/x-bibtex",
    "application/x-research-info-systems",
)  # fmt: skip
_SMALLEST = 1_000
_LEVEL = 5
"""Beyond this the time grows and the size hardly shrinks."""


def compress(app: Flask) -> None:
    """Compress every response that gains by it, so that pages stay small also without a proxy in front."""

    @app.after_request
    def compressed(response: Response) -> Response:
        if not (response.mimetype or "").startswith(_TYPES):
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code != 200 or request.method == "HEAD" or request.accept_encodings["gzip"] <= 0:
            return response
        if response.cache_control.no_transform:
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


CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
MAX_REQUEST_BYTES = 64 * 1024
"""No page takes a body; a larger one is refused."""
LONGEST_ADDRESS, LONGEST_PATH = 16_000, 4_000
"""Bytes of the address of a page, and of its path alone: pages repeat them. Any query that is read whole fits. Answers of the API
repeat nothing but the query, and take what the server takes."""


class BadHost(BadRequest):
    """The request is for a host that is none, or none of ours."""


def secure(app: Flask) -> None:
    """Give every response the headers, and bound what a request may hold."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST_BYTES
    app.config["MAX_FORM_PARTS"] = 10

    @app.before_request
    def within_bounds() -> None:
        environ = request.environ
        if environ.get(REFUSED):
            raise BadHost
        path, asked = len(environ["PATH_INFO"]), len(environ["QUERY_STRING"])
        is_page = not environ["PATH_INFO"].startswith("/api/")
        if is_page and (path > LONGEST_PATH or path + asked > LONGEST_ADDRESS):
            raise RequestURITooLarge

    @app.after_request
    def with_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class TextResponse(Response):
    """A response that any text can be put in.

    Half characters, which UTF-8 has no bytes for, become question marks; NUL, which no page may hold, a sign of loss.
    """

    def set_data(self, value: bytes | str) -> None:
        super().set_data(value.replace("\0", "\ufffd").encode("utf-8", "replace") if isinstance(value, str) else value)


class JsonText(DefaultJSONProvider):
    """JSON in the order and the letters of the values; half characters become question marks."""

    ensure_ascii = False
    sort_keys = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return super().dumps(obj, **kwargs).encode("utf-8", "replace").decode()


def moved_to(address: str) -> ResponseReturnValue:
    """A redirect to where the page is now, with the parameters that were given."""
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{address}?{query}" if query else address, 301)


def renamed(names: Mapping[str, str]) -> ResponseReturnValue | None:
    """A redirect to the same page when the address gives parameters by former names, else None."""
    if not names.keys() & request.args.keys():
        return None
    pairs = [(names.get(name, name), value) for name, value in request.args.items(multi=True)]
    return redirect(f"{request.path}?{urlencode(pairs, errors='replace')}", 301)


class IdentifierConverter(BaseConverter):
    """Matches official identifiers of publications; other printed forms go through the search page."""

    regex = r"[a-zA-Z]{1,5}-[A-Za-z0-9][A-Za-z0-9-]{0,100}"

    def to_python(self, value: str) -> Identifier:
        """The identifier, or no match for this route."""
        try:
            return Identifier.parse(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error


_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
"""What older readers may stumble over in the name of a file."""


def as_file(response: Response, filename: str) -> Response:
    """The response as a file to keep under this name; servers send headers in Latin-1, so other letters are encoded."""
    names: dict[str, str | None] = {"filename": _PLAIN.sub("_", filename.encode("ascii", "replace").decode())}
    if names["filename"] != filename:  # RFC 6266: both, for those who read only the first
        names["filename*"] = f"UTF-8''{quote(filename, safe='', errors='replace')}"
    response.headers["Content-Disposition"] = dump_options_header("attachment", names)
    return response
