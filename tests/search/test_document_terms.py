"""The index terms of a paper."""

from __future__ import annotations

from hypothesis import given

from indexer.paper.model import Kamerstuk
from search.document import PASSAGE_GAP, Place, document_of, occurrences, term, terms_of
from tests.search.papers import paper
from tests.search.strategies import papers


def test_exact_forms_and_stems_stand_at_their_positions() -> None:
    terms, length, _ = occurrences(document_of(paper("1-1", "de toeslagen, de toeslag")))[Place.BODY]

    assert (terms, length) == (
        {"=de": [0, 2], "~de": [0, 2], "=toeslagen": [1], "=toeslag": [3], "~toeslag": [1, 3]},
        4,
    )


def test_a_term_stands_whole_and_in_parts() -> None:
    terms, length, _ = occurrences(document_of(paper("1-1", "het Cool:Gen stopt")))[Place.BODY]

    assert {name: at for name, at in terms.items() if name.startswith("=")} == {
        "=het": [0],
        "=cool:gen": [1],
        "=coolgen": [1],
        "=cool": [1],
        "=gen": [2],
        "=stopt": [3],
    }
    assert length == 4


def test_passages_of_a_place_follow_each_other_at_a_distance() -> None:
    found = occurrences(document_of(paper("1-1", "een twee", "een", title="een")))

    assert found[Place.BODY] == ({"=een": [0, 102], "~een": [0, 102], "=twee": [1], "~twee": [1]}, 3, [0, 102])
    assert found[Place.TITLE][0]["=een"] == [0]
    assert PASSAGE_GAP == 100


@given(papers())
def test_positions_ascend_and_each_stands_once(kamerstuk: Kamerstuk) -> None:
    found = occurrences(document_of(kamerstuk))

    for terms, length, _ in found.values():
        assert all(at == sorted(set(at)) and at for at in terms.values())
        assert length >= len({position for at in terms.values() for position in at}) > 0 or not terms
    assert terms_of(found) == {name for terms, *_ in found.values() for name in terms}


def test_the_name_of_a_term_tells_its_kind() -> None:
    assert (term("motie", stem=False), term("motie", stem=True)) == ("=motie", "~motie")
