"""Papers found by other words than those of the query, as pages and the API show them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from search.engines.memory import MemoryEngine
from search.plan import Weights
from search.service import SearchService
from tests.search.papers import paper
from tests.web.fakes import site

PAPERS = (
    paper("1-1", "Verslaafden in een tuin.", kind="Brief"),
    paper("1-2", "Het casino heeft kansspelen.", kind="Motie"),
    paper("1-3", "Kansspelen mogen in een casino.", kind="Motie"),
    *(paper(f"9-{i}", "Iets geheel anders, over vissen.") for i in range(12)),
)


@pytest.fixture
def client() -> FlaskClient:
    """A site on which one paper has a word of the query, and two have others instead."""
    engine = MemoryEngine(Weights())
    engine.replace(PAPERS)
    engine.commit()
    return site(SearchService(engine))


def test_a_page_labels_them_and_counts_them_apart(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=goksites+verslaafden").get_data(as_text=True)
    assert "1 stuk met een deel ervan" in page
    assert "Ook getoond, in andere woorden: 2 stukken" in page
    assert "in andere woorden: casino, kansspelen" in page or "in andere woorden: kansspelen, casino" in page


def test_the_api_counts_what_was_asked_and_tells_which_words_brought_the_others(client: FlaskClient) -> None:
    made = client.get("/api/v1/search?q=goksites+verslaafden").get_json()
    assert (made["total"], made["total_all_words"], made["total_alike"]) == (1, 0, 2)
    assert {hit["identifier"]: (hit["match"], set(hit["alike"])) for hit in made["hits"]} == {
        "kst-1-1": ("partial", set()),
        "kst-1-2": ("alike", {"casino", "kansspelen"}),
        "kst-1-3": ("alike", {"casino", "kansspelen"}),
    }
    assert [(one["value"], one["count"]) for one in made["facets"]["kind"] if one["count"]] == [("Brief", 1)]


@pytest.mark.parametrize("extension", ["csv", "bib", "atom"])
def test_tables_references_and_feeds_hold_what_was_asked(client: FlaskClient, extension: str) -> None:
    told = client.get(f"/zoeken.{extension}?q=goksites+verslaafden").get_data(as_text=True)
    assert "casino" not in told
