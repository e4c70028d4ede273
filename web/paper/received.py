"""The archive's own copy of a paper: the file as it was received, given in such a way that nothing in it can run here.

Pages and XML are given as plain text, which shows every character of them and runs none; a PDF is given to be kept. The hash is
told as other programs compute it, so that anyone can compare the copy with the one at the publisher.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue

from indexer.errors import ArchiveError, CatalogueDamaged
from indexer.paper.identifier import Identifier
from web import strings
from web.addresses import received_address
from web.http import as_file
from web.ports import ArchivedFile, Look, Papers

_FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """What the page of a paper tells of the archive's own copy; all of it is empty where the copy is gone or damaged."""

    form: str = ""
    href: str = ""
    time: datetime | None = None
    sha256: str = ""


def received_of(papers: Papers, identifier: Identifier) -> OwnCopy | None:
    """What is told of the copy; of one that is gone or damaged only that, and the log says more: the paper can still be read.

    Raises:
        CatalogueDamaged: it cannot be told whether there is one.
    """
    try:
        file = papers.received_file(identifier)
    except CatalogueDamaged:
        raise
    except ArchiveError as error:
        current_app.logger.error("%s", error)
        return OwnCopy()
    if file is None:
        return None
    return OwnCopy(strings.RECEIVED_FORMS[file.form], received_address(identifier), file.received, file.sha256)


def received_files(look: Look) -> Blueprint:
    """Routes over the port."""
    pages = Blueprint("received", __name__)

    @pages.get("/<identifier:identifier>/bestand")
    def received(identifier: Identifier) -> ResponseReturnValue:
        if request.path != received_address(identifier):
            return redirect(received_address(identifier), 301)
        papers = look().papers
        try:
            file = papers.received_file(identifier)
        except CatalogueDamaged:
            raise
        except ArchiveError as error:
            current_app.logger.error("%s", error)
            abort(503, strings.COPY_UNUSABLE)
        if file is None and (withdrawal := papers.withdrawal(identifier)) is not None:
            abort(410, strings.withdrawn(withdrawal.noticed))
        if file is None:
            abort(404, strings.NOT_IN_ARCHIVE.format(identifier=identifier))
        return _as_received(identifier, file)

    return pages


def _as_received(identifier: Identifier, file: ArchivedFile) -> Response:
    """The file with its hash and the time at which it came; its bytes are not touched on the way, not even packed."""
    if file.form == "pdf":
        response = as_file(Response(file.content, content_type="application/pdf"), f"{identifier}.pdf")
    else:
        response = Response(file.content, content_type=f"text/plain; charset={_charset(file.content)}")
    response.headers["Content-Security-Policy"] = _FILE_POLICY
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(file.sha256)).decode()}:"
    response.cache_control.no_cache = True
    response.cache_control.no_transform = True
    response.set_etag(file.sha256)
    response.last_modified = file.received
    response.make_conditional(request, accept_ranges=True, complete_length=len(file.content))
    return response


def _charset(content: bytes) -> str:
    """What browsers are to read the bytes as; those of UTF-16 they know by their first two."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
