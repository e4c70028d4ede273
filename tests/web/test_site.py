"""What holds for every response: headers, errors, caching, compression, weight."""

from __future__ import annotations

import gzip
import html
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from indexer.errors import (
    ArchiveError,
    CatalogueDamaged,
    CatalogueMissing,
    CatalogueOutdated,
    EngineUnavailable,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
)
from indexer.paper.model import Kamerstuk
from tests.web.fakes import LETTER, PAPERS, READY, FakeAnswers, site
from tests.web.pages import Page
from web import strings
from web.ports import Condition

ADDRESSES = [
    "/",
    "/zoeken?q=cool:gen",
    f"/{LETTER}?q=cool:gen",
    "/kst-1-1",
    "/foo",
    "/zoeken?pagina=abc",
    "/zoeken?q=",
    "/zoeken?q=niets",
    "/status",
    "/api",
    "/problems/too-costly",
]


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/v1/search?q=x", "/api/none", "/robots.txt", "/healthz", "/readyz"])
def test_every_response_has_the_security_headers_and_sets_no_cookie(address: str) -> None:
    headers = site().get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_keeps_to_the_policy_and_to_itself(address: str) -> None:
    made = Page(site().get(address).text)
    assert made.one("html").attributes["lang"] == "nl"
    assert made.one("main").attributes["id"] == "inhoud"
    assert made.all("a")[0].attributes["href"] == "#inhoud"
    assert len(made.all("h1")) == 1
    assert not made.all("style")
    for element in made.elements:
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        if element.tag in ("script", "img") or (element.tag == "link" and element.attributes["rel"] in ("stylesheet", "icon")):
            assert (element.attributes.get("src") or element.attributes["href"]).startswith("/static/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_labels_belong_to_something(address: str) -> None:
    made = Page(site().get(address).text)
    labels = [label.attributes["for"] for label in made.all("label")]
    assert labels[:1] == ["q"]
    assert set(labels) == {e.attributes["id"] for e in made.all("input") if e.attributes.get("type") != "hidden"}
    referred = [e.attributes["aria-labelledby"] for e in made.elements if "aria-labelledby" in e.attributes]
    assert set(referred) <= set(made.ids)


def test_pages_can_only_be_got() -> None:
    response = site().post("/zoeken")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert strings.ERROR_TITLES[405] in response.text


def test_an_unexpected_error_is_a_page_that_tells_nothing_of_the_inside(caplog: pytest.LogCaptureFixture) -> None:
    response = site(FakeAnswers(error=RuntimeError("secret"))).get("/zoeken?q=x")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert strings.ERROR_TITLES[500] in response.text
    assert "secret" in caplog.text


@pytest.mark.parametrize("address", ["/zoeken?q=x", "/term?q=x", "/zoeken.csv?q=x", "/zoeken.atom?q=x", "/suggesties?q=x"])
def test_an_engine_that_does_not_answer_completely_is_told_with_when_to_come_back(address: str) -> None:
    response = site(FakeAnswers(error=EngineUnavailable("https://inside:9200/kst: 2 of 3 shards took part"))).get(address)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert strings.ERROR_NO_ENGINE in html.unescape(response.text)
    assert "inside" not in response.text


def test_a_paper_can_be_read_while_the_engine_does_not_answer() -> None:
    response = site(FakeAnswers(error=EngineUnavailable("away"))).get(f"/{LETTER}?q=cool:gen")
    assert response.status_code == 200
    assert "Cool:Gen" in response.text


def test_a_search_page_is_not_made_again_while_the_index_is_the_same() -> None:
    answers = FakeAnswers()
    visitor = site(answers)
    first = visitor.get("/zoeken?q=x")
    again = visitor.get("/zoeken?q=x", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text, len(answers.asked)) == (304, "", 1)
    answers.generation_name = "g2"
    assert visitor.get("/zoeken?q=x", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_another_question_has_another_tag() -> None:
    visitor = site()
    assert visitor.get("/zoeken?q=x").headers["ETag"] != visitor.get("/zoeken?q=y").headers["ETag"]


@pytest.mark.parametrize("address", ["/", f"/{LETTER}", "/api/v1/search?q=x", f"/api/v1/papers/{LETTER}"])
def test_what_a_reader_has_is_not_sent_again(address: str) -> None:
    visitor = site()
    tag = visitor.get(address).headers["ETag"]
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_errors_are_not_kept() -> None:
    assert "ETag" not in site().get("/kst-1-1").headers


def test_text_is_compressed_for_those_who_take_it() -> None:
    visitor = site()
    plain = visitor.get("/")
    packed = visitor.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in visitor.get("/", headers={"Accept-Encoding": "gzip;q=0"}).headers


@pytest.mark.parametrize("address", ["/", "/zoeken?q=cool:gen"])
def test_a_page_with_all_it_needs_weighs_little(address: str) -> None:
    visitor = site()
    html = visitor.get(address).text
    parts = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
    assert len(parts) == 3
    weight = len(html.encode())
    for part in parts:
        with visitor.get(part) as response:
            weight += len(response.data)
    assert weight < 60_000


def test_static_files_may_be_kept_because_their_address_changes_with_them() -> None:
    visitor = site()
    address = re.findall(r'href="(/static/style.css\?v=\w+)"', visitor.get("/").text)[0]
    with visitor.get(address) as response:
        assert "max-age=31536000" in response.headers["Cache-Control"]


OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_the_archive_can_be_searched_from_the_address_bar() -> None:
    response = site().get("/opensearch.xml", base_url="https://example.nl")
    root = ElementTree.fromstring(response.text)  # noqa: S314  our own text
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert len(root.findtext(f"{OPENSEARCH}ShortName") or "") <= 16
    urls = {url.attrib["type"]: url.attrib["template"] for url in root.iter(f"{OPENSEARCH}Url")}
    assert urls == {
        "text/html": "https://example.nl/zoeken?q={searchTerms}",
        "application/atom+xml": "https://example.nl/zoeken.atom?q={searchTerms}",
        "application/x-suggestions+json": "https://example.nl/suggesties?q={searchTerms}",
        "application/opensearchdescription+xml": "https://example.nl/opensearch.xml",
        "application/json": "https://example.nl/api/v1/search?q={searchTerms}",
    }
    assert response.mimetype == "application/opensearchdescription+xml"


def test_the_address_bar_gets_completions_in_its_own_form() -> None:
    visitor = site()
    response = visitor.get("/suggesties?q=uit")
    assert response.mimetype == "application/x-suggestions+json"
    assert response.get_json(force=True) == ["uit", ["uitgen"], ["uitgen"]]
    assert visitor.get("/suggesties?q=uit", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert site(FakeAnswers(error=IndexMissing("none"))).get("/suggesties?q=x").status_code == 503


@pytest.mark.parametrize("papers", [PAPERS, ()])
def test_health_is_that_the_process_lives_whatever_can_be_answered(papers: tuple[Kamerstuk, ...]) -> None:
    ill = site(FakeAnswers(error=IndexOutdated("/srv/data/index: old")), papers)
    assert ill.get("/healthz").get_json() == {"status": "ok", "version": "1.2.3"}


@pytest.mark.parametrize("condition", list(Condition))
@pytest.mark.parametrize("of", ["catalogue", "index", "archive"])
def test_ready_is_what_can_answer_and_each_is_told_as_what_it_is(of: str, condition: Condition) -> None:
    response = site(readiness=replace(READY, **{of: condition})).get("/readyz")
    ready = condition in ("ok", "behind")
    assert response.get_json() == {"ready": ready, "catalogue": "ok", "index": "ok", "archive": "ok"} | {of: condition}
    assert (response.status_code, response.headers["Cache-Control"]) == (200 if ready else 503, "no-store")


@pytest.mark.parametrize(
    ("error", "title", "command"),
    [
        (IndexMissing("/srv/x"), strings.NO_SEARCH_TITLE, "reindex"),
        (IndexDamaged("/srv/x"), strings.NO_SEARCH_TITLE, "reindex"),
        (IndexOutdated("/srv/x"), strings.NO_SEARCH_TITLE, "reindex"),
        (CatalogueDamaged("/srv/x"), strings.UNREADABLE_TITLE, "check --mend"),
        (CatalogueOutdated("/srv/x", "use that version"), strings.UNREADABLE_TITLE, "status"),
        (CatalogueMissing(Path("/srv/x/kamerstukken.db")), strings.EMPTY_TITLE, "index MAP"),
        (ArchiveError("/srv/x"), strings.UNREADABLE_TITLE, "status"),
    ],
)
@pytest.mark.parametrize("address", ["/zoeken?q=x", "/term?q=x", "/zoeken.csv?q=x", "/zoeken.atom?q=x", "/api/v1/search?q=x"])
def test_what_cannot_be_used_is_told_as_what_it_is_with_what_to_do(
    address: str, error: Exception, title: str, command: str
) -> None:
    response = site(FakeAnswers(error=error)).get(address)
    assert response.status_code == 503
    assert "/srv" not in response.text
    if address.startswith("/api"):
        assert response.mimetype == "application/problem+json"
        assert f"kamerstukken {command.removesuffix(' MAP')}" in response.get_json()["detail"]
    else:
        text = html.unescape(response.text)
        assert title in text
        assert f"kamerstukken {command}" in text
