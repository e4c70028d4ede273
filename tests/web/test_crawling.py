"""What search engines of the web are told."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from tests.web.archive import UNDECLARED, mixed_app, sample_app
from tests.web.fakes import site

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_robots_are_led_to_papers_and_dossiers_and_kept_from_searches() -> None:
    response = site().get("/robots.txt", base_url="https://example.nl")
    robots = RobotFileParser()
    robots.parse(response.text.splitlines())
    for address in ("/", "/kst-91066-83", "/dossier/91066", "/status", "/api", "/sitemap/0.xml"):
        assert robots.can_fetch("*", f"https://example.nl{address}")
    for address in ("/zoeken?q=x", "/zoeken.csv?q=x", "/term?q=x", "/api/v1/search", "/suggesties?q=x"):
        assert not robots.can_fetch("*", f"https://example.nl{address}")
    assert robots.site_maps() == ["https://example.nl/sitemap.xml"]


def test_invented_papers_are_not_listed() -> None:
    assert len(etree.fromstring(sample_app().test_client().get("/sitemap.xml").data)) == 0


def test_every_other_paper_is_listed_once_with_its_time() -> None:
    visitor = mixed_app().test_client()
    index = etree.fromstring(visitor.get("/sitemap.xml").data)
    assert index.tag == f"{MAP}sitemapindex"
    found: list[str] = []
    for part in index.iterfind(f"{MAP}sitemap"):
        address = part.findtext(f"{MAP}loc") or ""
        urls = etree.fromstring(visitor.get(address.removeprefix("http://localhost")).data)
        assert urls.tag == f"{MAP}urlset"
        times = [datetime.fromisoformat(url.findtext(f"{MAP}lastmod") or "") for url in urls]
        assert max(times) == datetime.fromisoformat(part.findtext(f"{MAP}lastmod") or "")
        assert max(times) <= datetime.now(UTC)
        found += [url.findtext(f"{MAP}loc") or "" for url in urls]
    assert sorted(found) == [f"http://localhost/{identifier}" for identifier in UNDECLARED]


@pytest.mark.parametrize("address", ["/sitemap/7.xml", "/sitemap/99999999999999999999.xml", "/sitemap/-1.xml", "/sitemap/x.xml"])
def test_a_part_that_is_not_there_is_no_page(address: str) -> None:
    assert site().get(address).status_code == 404


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemap/0.xml"])
def test_the_list_is_sent_again_only_when_papers_changed(address: str) -> None:
    visitor = site()
    response = visitor.get(address)
    assert response.content_type == "application/xml; charset=utf-8"
    assert visitor.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_an_empty_archive_has_an_empty_list() -> None:
    assert len(etree.fromstring(site(papers=()).get("/sitemap.xml").data)) == 0


@pytest.mark.parametrize(
    "address", ["/sitemap.xml", "/sitemap/0.xml", "/zoeken.atom?q=cool:gen", "/robots.txt", "/opensearch.xml"]
)
def test_addresses_are_those_the_proxy_was_asked_for(address: str) -> None:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "kamerstukken.example.nl"}
    assert "https://kamerstukken.example.nl/" in site(behind_proxy=True).get(address, headers=headers).text
    assert "kamerstukken.example.nl" not in site().get(address, headers=headers).text
