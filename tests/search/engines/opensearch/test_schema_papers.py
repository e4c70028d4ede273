"""What is indexed of a paper: read as OpenSearch reads it, it holds the terms of ``occurrences`` at the same positions."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.model import Dossier, Kamerstuk
from search.document import PASSAGE_GAP, Place, SearchDocument, document_of, measured, occurrences, read_document, terms_of
from search.engines.opensearch.client import json_bytes, json_lines
from search.engines.opensearch.schema import NOTHING, TOGETHER, indexed, value_term, word_body, word_id
from search.fields import FIELDS
from tests.search.papers import paper
from tests.search.strategies import papers


def read_as_the_analyzer(values: Iterable[str]) -> dict[str, list[int]]:
    """The terms of a place and their positions: values follow each other at the gap, ``NOTHING`` takes a position."""
    found: dict[str, list[int]] = {}
    base = 0
    for value in values:
        tokens = value.split()
        for position, token in enumerate(tokens, base):
            for term in token.split(TOGETHER) if token != NOTHING else ():
                found.setdefault(term, []).append(position)
        base += len(tokens) + PASSAGE_GAP
    return found


def assert_same_positions(document: SearchDocument) -> None:
    body, found = indexed(document).body, occurrences(document)

    assert {place: read_as_the_analyzer(values) for place, values in body["place"].items()} == {
        place.value: terms for place, (terms, *_) in found.items()
    }
    lengths = {place.value: measured(place, found) for place in Place}
    assert body["length"] == {place: length for place, length in lengths.items() if length}
    assert set(body["terms"].split()) == terms_of(found)


@given(papers())
def test_terms_stand_at_the_positions_of_occurrences(kamerstuk: Kamerstuk) -> None:
    assert_same_positions(document_of(kamerstuk))


@given(st.lists(st.text(max_size=80), max_size=4))
def test_whatever_the_text(texts: list[str]) -> None:
    assert_same_positions(document_of(paper("1-1", *texts)))


def test_passages_without_any_word_keep_their_place() -> None:
    document = document_of(paper("1-1", "een", "…", "", "twee drie", "!"))

    assert indexed(document).body["place"]["body"][1:3] == ["", ""]
    assert_same_positions(document)


def test_all_terms_of_a_position_are_one_token() -> None:
    body = indexed(document_of(paper("1-1", "het Cool:Gen", "200 000"))).body

    one, other = ([token.split(TOGETHER) for token in value.split()] for value in body["place"]["body"])
    assert [len(tokens) for tokens in (one, other)] == [3, 1]
    assert set(one[1]) == {"=cool:gen", "~cool:gen", "=coolgen", "~coolgen", "=cool", "~cool"}
    assert set(other[0]) == {"=200000", "~200000"}


def test_a_position_at_which_nothing_begins_is_kept() -> None:
    document = document_of(paper("1-1", "een \u00ad\u00ad https://a.nl/\u0301 twee"))

    assert_same_positions(document)


def test_the_joining_sign_is_in_no_term() -> None:
    document = document_of(paper("1-1", f"soft{TOGETHER}hyphen https://a.nl/b{TOGETHER}c?d|e\x7f\x01f kst{TOGETHER}-1-2"))

    assert not any(TOGETHER in name or len(name.split()) != 1 for name in terms_of(occurrences(document)))
    assert_same_positions(document)


def test_values_titles_and_the_stored_paper() -> None:
    dossiers = (Dossier("31066", "", "Belastingdienst"), Dossier("36410", "XVI", ""))
    document = document_of(
        paper("31066-1", "tekst", date="2024-06-18", kind="Motie", dossiers=dossiers, cites=("kst-1-2",), categories=("Zórg",))
    )
    made = indexed(document)

    assert (made.identifier, made.body["identifier"], made.body["cites"]) == ("kst-31066-1", "kst-31066-1", ["kst-1-2"])
    assert made.body["date"] == 739_055
    assert made.body["value"]["dossier"] == [dossier.key for dossier in dossiers]
    assert (made.body["value"]["category"], made.body["same"]["category"]) == (["Zórg"], ["zorg"])
    assert (made.body["titled"], made.body["titles"]) == (["31066"], {"31066": "Belastingdienst"})
    assert made.body["value"].keys() <= {field.name for field in FIELDS}
    assert "minister" not in made.body["value"]
    stored = read_document(base64.b64decode(made.body["stored"]))
    assert (stored, stored.starts) == (document, {place: starts for place, (*_, starts) in occurrences(document).items()})
    assert made.words >= {"tekst", "motie", "belastingdienst", "31066"}


def test_an_undated_paper_has_no_day() -> None:
    assert "date" not in indexed(document_of(paper("1-1"))).body


def test_a_value_too_long_for_the_index_is_told_apart_by_its_digest() -> None:
    longest = "é" * 16_000
    one, other = (value_term(longest + ending) for ending in "ab")

    assert value_term(longest) == longest
    assert one != other
    assert {one[:1000], other[:1000]} == {longest[:1000]}
    assert max(len(one), len(other)) < 1100


def test_a_word_has_an_id_of_its_own() -> None:
    long = "é" * 256

    assert (word_id("toeslag"), word_id(long)) == ("toeslag", long)
    assert word_id(long + "a") != word_id(long + "b")
    assert len(word_id(long + "a")) < 100
    assert word_body("zorg") == {"word": "zorg", "backwards": "groz", "stem": "zorg"}


def test_json_is_always_proper() -> None:
    assert json_bytes({"a": "é\ud800"}) == '{"a":"é?"}'.encode()
    assert json_lines([1, {}]) == b"1\n{}\n"


def test_the_places_are_those_of_the_schema() -> None:
    made = indexed(
        document_of(
            paper(
                "1-1",
                "a",
                "verzoekt de regering",
                title="b",
                heading="c",
                notes=("d",),
                annex="e",
                kind="Motie",
                submitters=("g",),
            )
        )
    )

    assert set(made.body["place"]) == {place.value for place in Place} - {"dossier"}
