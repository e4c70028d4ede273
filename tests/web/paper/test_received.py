"""The archive's own copy of a paper."""

from __future__ import annotations

import hashlib
from base64 import b64decode

import pytest

from indexer.errors import ArchiveError
from indexer.paper.identifier import Identifier
from tests.web.fakes import LETTER, RECEIVED, WITHDRAWN, FakePapers, site
from tests.web.pages import Page
from web import strings
from web.ports import ArchivedFile

ADDRESS = f"/{LETTER}/bestand"
SCRIPT = b"<html><script>alert(1)</script></html>"


def given(monkeypatch: pytest.MonkeyPatch, content: bytes, form: str) -> None:
    monkeypatch.setattr(FakePapers, "received_file", lambda self, identifier: ArchivedFile(content, form, RECEIVED))


@pytest.mark.parametrize("form", ["html", "xml"])
def test_a_page_is_shown_as_text_and_nothing_in_it_runs(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    given(monkeypatch, SCRIPT, form)
    response = site().get(ADDRESS)
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.data == SCRIPT


def test_a_pdf_is_given_to_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, b"%PDF-1.4", "pdf")
    response = site().get(ADDRESS)
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename=kst-91066-83.pdf"


def test_its_bytes_hash_and_time_are_those_received_also_for_who_takes_packed_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"<html>" + b"x" * 5_000 + b"\xe9</html>"
    given(monkeypatch, content, "html")
    response = site().get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert response.data == content
    assert "Content-Encoding" not in response.headers
    assert response.content_type == "text/plain; charset=windows-1252"
    digest = hashlib.sha256(content)
    assert response.headers["ETag"] == f'"{digest.hexdigest()}"'
    assert b64decode(response.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")) == digest.digest()
    assert response.last_modified == RECEIVED
    assert site().get(ADDRESS, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert site().get(ADDRESS, headers={"Range": "bytes=0-5"}).data == b"<html>"


def test_the_page_of_the_paper_leads_to_it_and_tells_time_and_hash() -> None:
    made = Page(site().get(f"/{LETTER}").text)
    assert ADDRESS in [a.attributes["href"] for a in made.all("a")]
    assert hashlib.sha256(f"<html>{LETTER}</html>".encode()).hexdigest() in made.text
    assert "25 juni 2024, 10.30 uur" in made.text.replace("\u00a0", " ")


def test_a_paper_whose_copy_is_damaged_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(self: FakePapers, identifier: Identifier) -> ArchivedFile:
        raise ArchiveError("not as it was received")

    monkeypatch.setattr(FakePapers, "received_file", damaged)
    refused = site().get(ADDRESS)
    assert (refused.status_code, strings.COPY_UNUSABLE in refused.text) == (503, True)
    response = site().get(f"/{LETTER}")
    assert response.status_code == 200
    assert ADDRESS not in response.text
    assert strings.COPY_UNUSABLE in response.text


def test_what_is_not_here_has_no_copy() -> None:
    assert site().get("/kst-91066-40/bestand").status_code == 404
    assert site().get(f"/{WITHDRAWN}/bestand").status_code == 410
    assert site().get("/kst-91066-83/bestand/x").status_code == 404
    assert site().get("/KST-91066-83/bestand").headers["Location"] == ADDRESS
    assert site().head(ADDRESS).data == b""
