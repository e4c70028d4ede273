"""What the field of the README's recipe must do; run by ``test_adding_a_field`` in the copy of the program that has it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

import search
from indexer.catalogue.catalogue import open_catalogue
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.cli import group
from kamerstukken.engines import kept_index
from kamerstukken.settings import Settings, settings
from kamerstukken.wiring import search_service, web_app
from search.document import document_of
from search.engines.memory import MemoryEngine
from search.engines.opensearch.schema import indexed, papers_index
from search.plan import Weights
from search.ports import Searcher, SearchRequest
from search.query.parser import parse
from search.query.told import printed, understood
from search.service import SearchService
from search.sync import rebuild
from search.wording import Language

PROGRAM = Path(__file__).parents[1]
LETTER, MOTION, OTHER = Identifier("kst-91066-83"), Identifier("kst-91066-48"), Identifier("kst-91066-12")


def test_this_is_the_copy() -> None:
    assert Path(search.__file__).is_relative_to(PROGRAM)


@pytest.fixture(scope="module")
def where() -> Settings:
    return settings(PROGRAM / "data", {}, PROGRAM)


@pytest.fixture(scope="module")
def papers(where: Settings) -> list[Kamerstuk]:
    """As the catalogue gives them back."""
    with open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
        found = [catalogue.get(identifier) for identifier in (LETTER, MOTION, OTHER)]
    return [paper for paper in found if paper]


@pytest.fixture(params=["memory", "whoosh"])
def searcher(request: pytest.FixtureRequest, where: Settings, papers: list[Kamerstuk]) -> Searcher:
    if request.param == "whoosh":
        return search_service(where).searcher
    engine = MemoryEngine(Weights())
    engine.replace(papers)
    engine.commit()
    return engine


@pytest.fixture(scope="module")
def site(where: Settings) -> FlaskClient:
    return web_app(where, "test").test_client()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("commissie:financiën", {LETTER, MOTION}),
        ('commissie:"digitale zaken"', {LETTER}),
        ("Commissie: zaken", {LETTER}),
        ("Cool:Gen NIET commissie:digitale", {MOTION, OTHER}),
        ("commissie:(digitale OF onderwijs)", {LETTER}),
    ],
)
def test_the_query_language(searcher: Searcher, query: str, found: set[Identifier]) -> None:
    hits = searcher.search(SearchRequest(parse(query).node)).hits
    assert {hit.document.identifier for hit in hits} == set(map(str, found))


def test_counts_and_filters(searcher: Searcher) -> None:
    node = parse("Cool:Gen").node
    everything = searcher.search(SearchRequest(node))
    assert [(value.value, value.count) for value in everything.facets["committee"]] == [("Financiën", 2), ("Digitale Zaken", 1)]
    chosen = searcher.search(SearchRequest(node, {"committee": ("Digitale Zaken",)}))
    assert [hit.document.identifier for hit in chosen.hits] == [str(LETTER)]


def test_a_query_is_told_printed_and_completed(searcher: Searcher) -> None:
    node = parse("commissie:Financiën").node
    assert understood(node) == "documenten van de commissie Financiën"
    assert understood(node, Language.ENGLISH) == "papers of the committee on Financiën"
    assert printed(node) == "commissie:Financiën"
    assert "commissie:financien" in [one.text for one in SearchService(searcher).suggest("commissie:fina", 5)]


def test_documents_for_a_cluster(papers: list[Kamerstuk]) -> None:
    assert "committee" in papers_index(1, 0)["mappings"]["properties"]["value"]["properties"]
    body = indexed(document_of(papers[0])).body
    assert body["value"]["committee"] == ["Financiën", "Digitale Zaken"]


def test_another_store_can_tell_it_by_identifier(where: Settings) -> None:
    elsewhere = Settings(where.data.with_name("elsewhere"))
    known = {MOTION: ("Onderwijs",)}
    with open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
        rebuild(catalogue, kept_index(elsewhere), stores={"committees": lambda identifier: known.get(identifier, ())})
    result = search_service(elsewhere).searcher.search(SearchRequest(parse("commissie:onderwijs").node))
    assert [hit.document.identifier for hit in result.hits] == [str(MOTION)]


def test_the_command_line() -> None:
    def run(*args: str) -> str:
        result = CliRunner().invoke(group, ["search", *args, "--data", str(PROGRAM / "data")])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "committee     Committees that deal with papers." in run("--help")
    found = json.loads(run("Cool:Gen", "--filter", "committee=Financiën", "--json"))
    assert {hit["identifier"] for hit in found["hits"]} == {str(LETTER), str(MOTION)}
    assert "of the committee on financiën" in run("commissie:financiën")


def test_the_search_page_and_the_page_of_its_values(site: FlaskClient) -> None:
    page = site.get("/zoeken?q=Cool:Gen").text
    assert "Commissie" in page
    assert "committee=Digitale+Zaken" in page
    chosen = site.get("/zoeken?q=Cool:Gen&committee=Digitale+Zaken")
    assert (chosen.status_code, str(LETTER) in chosen.text, str(MOTION) in chosen.text) == (200, True, False)
    values = site.get("/zoeken/filter/committee?q=Cool:Gen")
    assert (values.status_code, "Financiën" in values.text, "Digitale Zaken" in values.text) == (200, True, True)
    assert site.get("/term?q=Cool:Gen&committee=Financi%C3%ABn").status_code == 200


def test_the_api_and_its_document(site: FlaskClient) -> None:
    answer = json.loads(site.get("/api/v1/search?q=Cool:Gen&committee=Digitale+Zaken").data)
    assert [hit["identifier"] for hit in answer["hits"]] == [str(LETTER)]
    assert {"value": "Financiën", "label": "Financiën", "count": 2} in answer["facets"]["committee"]
    document = json.loads(site.get("/api/v1/openapi.json").data)
    (parameter,) = (one for one in document["paths"]["/api/v1/search"]["get"]["parameters"] if one["name"] == "committee")
    assert (parameter["description"], parameter["example"]) == ("Committees that deal with papers.", ["Financiën"])


def test_the_page_of_a_paper_tells_it_and_leads_to_the_others(site: FlaskClient) -> None:
    page = site.get(f"/{LETTER}").text
    assert "<dt>Commissies</dt>" in page
    assert "<dt>Commissie</dt>" in site.get(f"/{MOTION}").text
    assert "Commissie" not in site.get(f"/{OTHER}").text
    (address,) = re.findall(r'href="([^"]*committee=Financi[^"]*)"', page)
    found = site.get(html.unescape(address))
    assert (found.status_code, str(MOTION) in found.text, str(OTHER) in found.text) == (200, True, False)


def test_exports_and_feeds(site: FlaskClient) -> None:
    head, *rows = csv.reader(io.StringIO(site.get("/zoeken.csv?q=Cool:Gen").data.decode("utf-8-sig")))
    assert {row[0]: row[head.index("Commissies")] for row in rows} == {
        str(LETTER): "Financiën; Digitale Zaken",
        str(MOTION): "Financiën",
        str(OTHER): "",
    }
    for form in ("csv", "bib", "ris", "atom"):
        found = site.get(f"/zoeken.{form}?q=Cool:Gen&committee=Digitale+Zaken").text
        assert (str(LETTER) in found, str(MOTION) in found) == (True, False)


def test_the_index_keeps_what_hits_show(where: Settings) -> None:
    (hit,) = search_service(where).searcher.search(SearchRequest(parse("commissie:digitale").node)).hits
    assert hit.document.more == {"committees": ("Financiën", "Digitale Zaken")}
