from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.quoting import sentence


@pytest.mark.parametrize(
    ("text", "place", "quote"),
    [
        ("Eerst dit. Zie Kamerstuk 31 066, nr. 12 en nr. 14. Dan dat.", "nr. 14", "Zie Kamerstuk 31 066, nr. 12 en nr. 14."),
        ("Dit. Zie Kamerstukken II, 2022/23, 31 066, nr. 1174. Dat.", "Kamer", "Zie Kamerstukken II, 2022/23, 31 066, nr. 1174."),
        ("De heer M.L.A. Van Rij schreef dit. En toen dat.", "schreef", "De heer M.L.A. Van Rij schreef dit."),
        ("Eén alinea\nDe tweede alinea zonder punt", "tweede", "De tweede alinea zonder punt"),
        ("Eerst. «Zo is het» (31 066, nr. 3). Dan.", "31 066", "«Zo is het» (31 066, nr. 3)."),
        ("geen zin", "zin", "geen zin"),
    ],
)  # fmt: skip
def test_a_quotation_is_the_sentence_with_its_abbreviations(text: str, place: str, quote: str) -> None:
    assert sentence(text, text.index(place)) == quote


def test_a_long_sentence_is_cut_between_words_around_the_place() -> None:
    text = "begin " + "woord " * 100 + "KERN " + "staart " * 100
    found = sentence(text, text.index("KERN"))
    assert "KERN" in found
    assert len(found) < 250
    assert found.startswith("… woord ")
    assert found.endswith("staart …")


@given(st.text(st.sampled_from("aB. \nnr,;:"), max_size=600), st.integers(0, 600))
def test_a_quotation_stands_in_the_text(text: str, at: int) -> None:
    found = sentence(text, min(at, len(text))).removeprefix("… ").removesuffix(" …")
    assert found in text
