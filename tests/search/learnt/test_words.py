"""The table of words that is shipped, and taking words apart."""

from __future__ import annotations

import numpy as np
import pytest

from search.analysis.stemming import stem
from search.learnt.words import Counted, WordVectors, words_of


@pytest.fixture(scope="module")
def shipped() -> WordVectors:
    """The table."""
    return WordVectors.shipped()


def test_numbers_and_letters_alone_are_no_words() -> None:
    assert words_of("Motie 36 410, nr. 12 over reële A-status") == ["motie", "nr", "over", "reele", "status"]


def test_a_compound_has_its_parts() -> None:
    counted = Counted({stem(word): 10 for word in ("zorg", "toeslag", "overheid", "dienst")})
    assert list(counted.features("zorgtoeslag")) == [stem("zorgtoeslag"), "zorg", "toeslag"]
    assert list(counted.features("overheidsdienst"))[1:] == [stem("overheid"), "dienst"]
    assert list(counted.features("kaas")) == [stem("kaas")]
    assert list(counted.features("zorgxyzab")) == [stem("zorgxyzab")]


@pytest.mark.parametrize(
    ("typed", "printed", "other"),
    [
        ("gevangenis", "penitentiaire inrichting", "melkveehouderij"),
        ("bijstand", "Participatiewet", "luchtvaart"),
        ("huisdokter", "eerstelijnszorg door huisartsen", "spoorwegen"),
    ],
)
def test_words_of_one_subject_are_nearer_than_others(shipped: WordVectors, typed: str, printed: str, other: str) -> None:
    near, far = shipped.passages([printed, other]) @ shipped.query(typed)[0]
    assert near > far + 0.1


def test_a_text_without_known_words_has_no_direction(shipped: WordVectors) -> None:
    assert not shipped.query("1234 ‽ xq").any()
    assert shipped.passages([]).shape == (0, shipped.dimension)
    assert np.linalg.norm(shipped.query("huur")[0]) == pytest.approx(1, abs=1e-3)
