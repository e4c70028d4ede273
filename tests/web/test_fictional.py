"""Invented papers never look official: everything that the site of ``make demo`` gives is read, and so is a mixed archive.

An official address is one of the publisher, the repository or one of the chambers. General ones (the publisher's own front page
in the footer) name no paper and are fine; an address that names an invented paper or dossier is not, wherever it stands: as
the address of a link, in a text, a table, a feed or JSON.
"""

from __future__ import annotations

import json
import re
from collections import deque
from functools import cache
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from tests.web.archive import IDENTIFIERS, UNDECLARED, mixed_app, sample_app
from tests.web.pages import Page

_HERE = "http://localhost"
_OFFICIAL = re.compile(
    r"https?(?::|%3A)(?:/|\\/|%2F)+(?:[a-z0-9-]+\.)*(?:officielebekendmakingen|overheid|tweedekamer|eerstekamer)\.nl[^\s\"'<>]*",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(?:kst|blg|ah|kv|h|stb|stcrt)-[A-Za-z0-9-]*\d|dossier/\S|\b9\d{4}\b|id=\d", re.IGNORECASE)
"""What names a paper or a dossier in an official address."""
_WAYS = re.compile(r"(?:href|src|action)=\"([^\"]*)\"|<loc>([^<]*)</loc>")
_FIRST = (
    *("/", "/status", "/api", "/robots.txt", "/sitemap.xml", "/opensearch.xml", "/api/v1/openapi.json", "/api/v1/status"),
    *("/zoeken?q=Cool:Gen", "/zoeken?q=91066-999", "/zoeken.csv?q=brief+OF+motie+OF+verslag", "/zoeken.bib?q=brief"),
    *("/zoeken.ris?q=brief", "/zoeken.atom", "/term?q=Cool:Gen", "/term.csv?q=brief", "/suggesties?q=kst-91"),
    *("/api/v1/search?q=Cool:Gen&limit=100", "/api/v1/term?q=Cool:Gen"),
    *("/kst-91066-999", "/kst-95400-V-1", "/dossier/91066", "/dossier/95400-V"),
)
"""Where a crawl begins: also what pages lead to only by a form, and papers and dossiers that are not here."""
_MOST_SEARCHES = 120
"""Searches and terms have no end of addresses; so many of them are read."""


@cache
def crawled(mixed: bool) -> dict[str, str]:
    """Every answer of the site of the sample, or of a mixed archive, by its address."""
    visitor = (mixed_app if mixed else sample_app)().test_client()
    papers = (f"/{one}{end}" for one in IDENTIFIERS for end in ("", ".bib", ".ris", "/bestand"))
    waiting = deque((*_FIRST, *papers, *(f"/api/v1/papers/{one}" for one in IDENTIFIERS)))
    seen, answers, searches = set(waiting), {}, 0
    while waiting:
        address = waiting.popleft()
        if address.startswith(("/zoeken", "/term", "/api/v1/search", "/api/v1/term")):
            searches += 1
            if searches > _MOST_SEARCHES:
                continue
        response = visitor.get(address)
        assert response.status_code in (200, 301, 302, 404), (address, response.status_code)
        answers[address] = response.text
        found = [unescape(one or other) for one, other in _WAYS.findall(response.text)]
        ways = [] if address.endswith("/bestand") else [response.headers.get("Location", ""), *found]
        for way in ways:
            there = urlsplit(urljoin(_HERE + address, way))
            further = there.path + (f"?{there.query}" if there.query else "")
            if f"{there.scheme}://{there.netloc}" == _HERE and further not in seen and not there.path.startswith("/static/"):
                seen.add(further)
                waiting.append(further)
    return answers


def official_addresses(text: str) -> set[str]:
    """The official addresses in an answer that name a paper or a dossier."""
    return {found for found in map(unquote, _OFFICIAL.findall(unescape(text))) if _NAMES.search(found)}


def test_the_crawl_reaches_every_kind_of_answer() -> None:
    answers = crawled(False)
    kinds = {address.split("?")[0].split("/")[1] or "/" for address in answers}
    assert {"/", "zoeken", "dossier", "persoon", "term", "status", "api", "sitemap.xml", "zoeken.csv", "zoeken.atom"} <= kinds
    assert {f"{one}{end}" for one in IDENTIFIERS for end in ("", ".bib", ".ris")} <= kinds
    assert any(address.endswith(".atom") and address.startswith("/dossier/") for address in answers)
    assert len(answers) > 400


def test_no_official_address_names_an_invented_paper_or_dossier() -> None:
    assert {address: found for address, text in crawled(False).items() if (found := official_addresses(text))} == {}


def test_the_crawl_would_see_one() -> None:
    seen = official_addresses('<a href="https://zoek.officielebekendmakingen.nl/kst-91066-1.html?a=1&amp;b=2">x</a>')
    assert seen == {"https://zoek.officielebekendmakingen.nl/kst-91066-1.html?a=1&b=2"}
    assert official_addresses("u=https%3A%2F%2Fzoek.officielebekendmakingen.nl/dossier/91066")
    assert official_addresses('{"page": "https:\\/\\/repository.overheid.nl\\/frbr\\/kst-91066-1"}')
    assert not official_addresses('<a href="https://zoek.officielebekendmakingen.nl">officielebekendmakingen.nl</a>')


def test_in_a_mixed_archive_only_the_others_have_official_addresses() -> None:
    # In JSON a citation has the address of what is cited, whatever is here; a real paper cites no invented one.
    answers = (text for address, text in crawled(True).items() if not address.startswith("/api/v1/papers/"))
    found = set().union(*map(official_addresses, answers))
    named = {name for name in IDENTIFIERS if any(re.search(rf"/{name}\b(?!-)", address) for address in found)}
    assert named == set(UNDECLARED)
    assert "https://zoek.officielebekendmakingen.nl/dossier/91066" in found
    assert not any(f"dossier/{number}" in address for address in found for number in ("93210", "95400", "97112"))


def test_every_page_of_an_invented_paper_says_so_and_is_kept_from_search_engines() -> None:
    for identifier in IDENTIFIERS:
        made = Page(crawled(True)[f"/{identifier}"])
        invented = identifier not in UNDECLARED
        robots = [meta.attributes["content"] for meta in made.all("meta", name="robots")]
        cards = [meta.attributes["content"] for meta in made.all("meta", property="og:title")]
        assert robots == (["noindex"] if invented else [])
        assert cards[0].startswith("Verzonnen voorbeeld: ") == invented
        assert made.one("title").text.startswith("Verzonnen voorbeeld: ") == invented
        assert any("Verzonnen voorbeeld:" in p.text for p in made.all("p", class_="banner")) == invented
        assert f"/{identifier}/bestand" in [a.attributes["href"] for a in made.all("a")]


def test_dossiers_and_persons_of_only_invented_papers_say_so() -> None:
    answers = crawled(True)
    for address, invented in (("/dossier/91066", False), ("/dossier/96643", False), ("/dossier/93210", True)):
        made = Page(answers[address])
        assert bool(made.all("p", class_="banner")) == invented
        assert bool(made.all("meta", name="robots")) == invented
        twin = f"/api/v1/dossiers/{address.rpartition('/')[2]}?offset=0&limit=100"
        assert json.loads(answers[twin])["fictional"] == invented
    pages = [Page(text) for address, text in answers.items() if address.startswith("/persoon/") and "?" not in address]
    invented_people = [made for made in pages if made.all("p", class_="banner")]
    assert 0 < len(invented_people) < len(pages)
    assert all(made.all("meta", name="robots") for made in invented_people)


def test_what_leaves_the_site_says_so_too() -> None:
    answers = crawled(True)
    for identifier in IDENTIFIERS:
        invented = identifier not in UNDECLARED
        for ending in (".bib", ".ris"):
            assert ("verzonnen voorbeeld" in answers[f"/{identifier}{ending}"]) == invented
        paper = json.loads(answers[f"/api/v1/papers/{identifier}"])
        assert paper["fictional"] == invented
        assert any(paper["links"].values()) == (not invented)
    hits = json.loads(answers["/api/v1/search?q=Cool:Gen&limit=100"])["hits"]
    assert {hit["fictional"] for hit in hits} == {True, False}
    assert all(hit["fictional"] == (hit["identifier"] not in UNDECLARED) for hit in hits)
    rows = answers["/zoeken.csv?q=brief+OF+motie+OF+verslag"].splitlines()[1:]
    assert all(("verzonnen voorbeeld" in row) == (row.split(",")[0] not in UNDECLARED) for row in rows if row.startswith("kst-"))
    entries = answers["/zoeken.atom"].split("<entry>")[1:]
    names = {entry: re.search(r"/(kst-[A-Za-z0-9-]+)</id>", entry) for entry in entries}
    assert all(("(verzonnen voorbeeld)" in entry) == (found[1] not in UNDECLARED) for entry, found in names.items() if found)


def test_a_real_paper_tells_which_of_those_that_cite_it_are_invented() -> None:
    pages = {name: Page(crawled(True)[f"/{name}"]) for name in IDENTIFIERS}
    badges = {name: [b.text for b in made.all("b", class_="badge")] for name, made in pages.items()}
    assert "Verzonnen voorbeeld" in badges["kst-91066-83"]
    assert not any("Verzonnen voorbeeld" in badges[name] for name in IDENTIFIERS if name not in UNDECLARED)
