"""Papers found by meaning, as pages and the API show them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.catalogue.history import Moment
from search.engines.memory import MemoryEngine
from search.meaning.channel import MeaningChannel
from search.meaning.store import Embedded, VectorStore
from search.plan import Weights
from search.service import SearchService
from tests.search.meaning.encoders import FewPapers
from tests.search.papers import paper
from tests.web.fakes import site

PAPERS = (
    paper("31066-1", "Meer plaatsen bouwen voor een nieuwe gevangenis.", date="2020-01-01"),
    paper("31066-2", "Plek genoeg voor iedereen in de kooi.", date="2021-01-01"),
)


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    """A site of two papers, one of which has a vector."""
    engine, encoder = MemoryEngine(Weights()), FewPapers()
    engine.replace(PAPERS)
    engine.commit()
    store = VectorStore(tmp_path, encoder.name)
    store.add([Embedded("kst-31066-1", "", encoder.papers([["gevangenis"]])[0])], [], Moment("this", 1))
    return site(SearchService(engine, channel=MeaningChannel(store, encoder)))


def test_a_page_labels_what_was_found_by_meaning_and_counts_the_words_alone(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=plek+cel").get_data(as_text=True)
    assert "naar betekenis" in page
    assert "Naar betekenis, in andere woorden: 1 stuk" in page
    assert "naar betekenis" not in client.get("/zoeken?q=plek+cel&meaning=off").get_data(as_text=True)


def test_the_same_hits_as_json_are_asked_in_the_same_way(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=plek+cel&meaning=on").get_data(as_text=True)
    assert "/api/v1/search?q=plek+cel&amp;meaning=on" in page


def test_the_api_tells_what_brought_each_hit(client: FlaskClient) -> None:
    made = client.get("/api/v1/search?q=plek+cel").get_json()
    assert {(hit["identifier"], hit["by"]) for hit in made["hits"]} == {("kst-31066-1", "meaning"), ("kst-31066-2", "words")}
    assert (made["total"], made["total_meaning"]) == (1, 1)


@pytest.mark.parametrize("extension", ["csv", "atom"])
def test_tables_and_feeds_hold_what_the_words_find(client: FlaskClient, extension: str) -> None:
    told = client.get(f"/zoeken.{extension}?q=plek+kooi&meaning=on").get_data(as_text=True)
    assert "31066-2" in told
    assert "31066-1" not in told


def test_on_without_vectors_is_an_error_of_the_asker() -> None:
    engine = MemoryEngine(Weights())
    engine.replace(PAPERS)
    engine.commit()
    bare = site(SearchService(engine))
    assert bare.get("/api/v1/search?q=plek&meaning=on").status_code == 400
    page = bare.get("/zoeken?q=plek&meaning=on")
    assert (page.status_code, "Zoeken naar betekenis kan hier niet" in page.get_data(as_text=True)) == (400, True)
    assert bare.get("/zoeken?q=plek&meaning=auto").status_code == 200
