"""Dossiers and persons as the front end gets them: over the sample, every way to a dossier and a person arrives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.dossiers import Order
from indexer.catalogue.persons import PersonChoice
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION, OfficialFile, find_files, read_paper
from kamerstukken.settings import Settings
from kamerstukken.wiring import archive, web_app
from tests.web.pages import Page
from web.ports import Listings

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(tmp_path_factory.mktemp("data"))
    with open_catalogue(settings.catalogue, PARSER_VERSION) as catalogue:
        for number, file in enumerate(find_files([SAMPLE])):
            if isinstance(file, OfficialFile):
                catalogue.put(read_paper(file), f"f{number}", "html")
    return settings


@pytest.fixture(scope="module")
def visitor(data: Settings) -> FlaskClient:
    return web_app(data, "1.2.3").test_client()


@contextmanager
def listings_of(settings: Settings) -> Iterator[Listings]:
    """As a request of the front end gets them."""
    with archive(settings).look() as opened:
        yield opened.listings


def test_an_empty_catalogue_lists_nothing(tmp_path: Path) -> None:
    with open_catalogue(tmp_path / "kamerstukken.db", PARSER_VERSION), listings_of(Settings(tmp_path)) as listings:
        assert listings.dossier("91066", year=None, order=Order.NUMBER, offset=0, limit=1) is None
        assert listings.person("M.C. Verhulst", PersonChoice(), offset=0, limit=1) is None
        assert listings.neighbours(Identifier("kst-91066-83")) == ()
        assert listings.close_names("Verhulst", 5) == []


def test_close_names_are_those_of_the_papers(data: Settings) -> None:
    with listings_of(data) as listings:
        assert listings.close_names("m verhulst", 5) == ["M.C. Verhulst"]


def ways(visitor: FlaskClient, address: str) -> Iterator[str]:
    """The addresses of dossiers and persons on a page."""
    response = visitor.get(address)
    assert response.status_code == 200, address
    for link in Page(response.text).all("a"):
        href = link.attributes.get("href", "")
        if href.startswith(("/dossier/", "/persoon/", "/kst-")) and not href.endswith(".atom"):
            yield href


def test_every_way_to_a_dossier_a_person_and_a_neighbour_arrives(visitor: FlaskClient) -> None:
    seen, waiting = set[str](), ["/kst-91066-83"]
    while waiting:
        address = waiting.pop()
        if address not in seen:
            seen.add(address)
            waiting += ways(visitor, address)
    papers = {address.partition("?")[0] for address in seen if address.startswith("/kst-")}
    assert len(papers) > 40
    assert len({address for address in seen if address.startswith("/persoon/")}) > 40


def test_following_the_neighbours_passes_every_paper_of_a_dossier_once(data: Settings) -> None:
    with listings_of(data) as listings:
        listing = listings.dossier("93210", year=None, order=Order.NUMBER, offset=0, limit=100)
        assert listing is not None
        passed = [listing.papers[0]]
        while following := next((n.following for n in listings.neighbours(passed[-1].identifier) if n.key == "93210"), None):
            passed.append(following)
    assert passed == list(listing.papers)
