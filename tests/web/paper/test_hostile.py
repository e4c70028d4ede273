"""A fictional paper with markup, formulas and template signs in every text it has, on everything that shows it."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote, unquote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from lxml import etree, html

from indexer.paper.model import Where
from kamerstukken.cli import group
from kamerstukken.settings import Settings
from kamerstukken.wiring import web_app
from tests.web.archive import SAMPLE
from tests.web.pages import Page

PAPER = "kst-91066-83"
PAYLOAD = """=1+1"></a><script>alert(1)</script><img src=x onerror="alert(1)">'{{7*7}}${7*7}\\end{a}]]>--><!--"""
_NUMBERS = re.compile(r"(identifier|nummer|available|issued|vergaderjaar|date|fictional)", re.IGNORECASE)
"""Names of facts that would not be read with anything else in them."""

_DOSSIER = re.compile(r"\s*\d\d\s\d{3}\s*")


def _hostile(name: str) -> bytes:
    """A sample paper with the payload before and after all of its words."""
    root = etree.fromstring((SAMPLE / f"{name}.html").read_bytes(), html.XHTMLParser(load_dtd=False, no_network=True))
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag == "meta" and not _NUMBERS.search(element.get("name") or "publication"):
            element.set("content", f"{PAYLOAD}{element.get('content')}{PAYLOAD}")
        elif (
            tag in ("p", "h1", "h2", "h3", "td", "th", "li", "a", "span")
            and (element.text or "").strip()
            and not _DOSSIER.fullmatch(element.text or "")
        ):
            element.text = f"{PAYLOAD}{element.text}{PAYLOAD}"
    return etree.tostring(root, encoding="utf-8")


@cache
def visitor() -> FlaskClient:
    """Someone who reads an archive with that paper and one that it cites."""
    folder = Path(mkdtemp(prefix="kamerstukken-hostile-"))
    (folder / "files").mkdir()
    for name in (PAPER, "kst-91066-75"):
        (folder / "files" / f"{name}.html").write_bytes(_hostile(name))
    result = CliRunner().invoke(group, ["index", str(folder / "files"), "--data", str(folder / "data")])
    if result.exit_code:
        raise AssertionError(result.output)
    return web_app(Settings(folder / "data"), "1").test_client()


def _listed() -> dict[str, list[str]]:
    facets = visitor().get("/api/v1/search?q=alert").get_json()["facets"]
    return {name: [value["value"] for value in values] for name, values in facets.items()}


def _pages() -> list[str]:
    people = [f"/persoon/{quote(name, safe='')}" for name in {*_listed()["minister"], *_listed()["person"]}]
    chosen = "&".join(f"{name}={quote(value, safe='')}" for name, values in _listed().items() for value in values[:1])
    facets = [f"/zoeken/filter/{name}?q=alert" for name in ("dossier", "minister", "kind", "person", "office", "category")]
    searches = [
        f"/zoeken?q=alert&{chosen}",
        f"/zoeken?q={quote(PAYLOAD)}",
        f"/zoeken?q=x&kind={quote(PAYLOAD)}",
        "/zoeken?q=alert",
    ]
    terms = ["/term?q=alert", "/term?q=alert&sort=left", f"/term?q={quote(PAYLOAD)}&{chosen}"]
    unknown = [f"/persoon/{quote(PAYLOAD)}", f"/dossier/{quote(PAYLOAD, safe='')}", f"/term?q=x&sort={quote(PAYLOAD)}"]
    return ["/", f"/{PAPER}?q=alert", "/kst-91066-75", "/dossier/91066", *people, *facets, *searches, *terms, *unknown]


def test_the_paper_is_as_hostile_as_meant() -> None:
    paper = visitor().get(f"/api/v1/papers/{PAPER}").get_json()
    texts = str(paper)
    assert texts.count("<script>alert(1)</script>") > 40
    assert "<script>" in paper["title"]
    assert any("<script>" in note["text"] for note in paper["footnotes"])
    assert {citation["where"] for citation in paper["citations"]} >= {str(Where.BODY), str(Where.FOOTNOTE)}


def test_no_text_of_a_paper_is_markup_on_any_page() -> None:
    shown = 0
    for address in _pages():
        response = visitor().get(address)
        assert response.status_code in {200, 400, 404}, address
        page = Page(response.text)
        assert [script.attributes.keys() for script in page.all("script")] == [{"src", "defer"}], address
        assert page.all("img") == [], address
        assert "<!--" not in response.text, address
        for element in page.elements:
            assert not [name for name in element.attributes if name.startswith("on") or name == "style"], address
            for name in ("href", "src", "action"):
                assert re.match(r"https?://|/|#|$", element.attributes.get(name, "")), address
        shown += "<script>alert(1)" in page.text
    assert shown >= 15


@pytest.mark.parametrize("address", ["/zoeken.csv?q=alert", "/term.csv?q=alert"])
def test_no_cell_is_a_formula(address: str) -> None:
    text = visitor().get(address).text.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) > 2
    assert len({len(row) for row in rows}) == 1
    assert any(cell.startswith("'=1+1") for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "address", [f"/zoeken.atom?q={quote('alert')}", f"/zoeken.atom?q={quote(PAYLOAD)}", "/dossier/91066.atom", "/sitemap.xml"]
)
def test_feeds_and_lists_are_well_formed_and_hold_text_only(address: str) -> None:
    response = visitor().get(address)
    assert response.status_code == 200
    elements = {etree.QName(element).localname for element in etree.fromstring(response.data).iter(etree.Element)}
    assert not elements & {"script", "img", "a"}


def test_references_hold_one_paper_a_record() -> None:
    assert visitor().get(f"/{PAPER}.ris").text.count("TY  - ") == 1
    assert "\n" not in visitor().get(f"/{PAPER}.ris").text.replace("\r\n", "")
    entry = visitor().get(f"/{PAPER}.bib").text
    assert entry.count("@") == entry.count("@techreport") + entry.count("{@}")
    assert re.sub(r"\\.", "", entry).count("{") == re.sub(r"\\.", "", entry).count("}")


def test_what_is_typed_is_completed_as_data() -> None:
    response = visitor().get("/api/v1/suggest?q=%3D1")
    assert response.mimetype == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert unquote(response.get_json()["query"]) == "=1"
