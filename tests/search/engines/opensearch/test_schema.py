"""What an index is: everything a paper has is a field of it."""

from __future__ import annotations

from indexer.catalogue.history import BEGINNING
from search.analysis.chain import ANALYSIS_VERSION
from search.document import Place, document_of
from search.engines.opensearch import schema
from search.engines.opensearch.schema import indexed, word_body
from search.fields import FINGERPRINT
from tests.search.papers import paper


def test_a_field_for_all_that_is_indexed_of_a_paper() -> None:
    properties = schema.papers_index(3, 1)["mappings"]["properties"]
    body = indexed(document_of(paper("1-1", "a", kind="b", categories=("c",), date="2020-01-01"))).body

    assert body.keys() == properties.keys()
    for group in ("place", "positions", "length", "value", "same"):
        assert body[group].keys() <= properties[group]["properties"].keys()
    assert word_body("a").keys() == schema.words_index(1)["mappings"]["properties"].keys()


def test_names_of_fields_lead_into_the_mapping() -> None:
    properties = schema.papers_index(3, 1)["mappings"]["properties"]
    names = [schema.place_field(Place.BODY), schema.length_field(Place.BODY)]
    names += [field("kind") for field in (schema.value_field, schema.same_field)]

    for name in names:
        group, _, field = name.partition(".")
        assert field in properties[group]["properties"]


def test_nothing_is_found_before_a_refresh() -> None:
    for settings in (schema.papers_index(5, 2)["settings"], schema.words_index(2)["settings"]):
        assert (settings["refresh_interval"], settings["number_of_replicas"]) == ("-1", 2)


def test_an_index_says_what_made_it() -> None:
    told = schema.papers_index(1, 0)["mappings"]["_meta"]

    assert told == {
        "made_by": "kamerstukken",
        "schema": f"4.{FINGERPRINT}",
        "analysis": ANALYSIS_VERSION,
        "commit": 0,
        "epoch": "",
        "change": 0,
        "mark": "",
        "committed": "",
    }
    assert schema.meta(4, BEGINNING)["commit"] == 4
    assert schema.words_of("kst") == "kst-words"
