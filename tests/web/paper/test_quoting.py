from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.identifier import Identifier
from indexer.paper.model import Citation, Footnote, Kamerstuk, Paragraph, Section, TextPlace, Where
from web.paper.text import quoting, sentence


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


def test_a_note_that_only_refers_is_quoted_by_the_sentence_it_belongs_to() -> None:
    target = Identifier("kst-31066-1")
    body = "Eerst dit. Het einde is 2028. Dan dat."
    for note, quote in (
        ("Kamerstuk 31 066, nr. 1.", "Het einde is 2028."),
        ("De Kamer is daar eerder over geïnformeerd, in Kamerstuk 31 066, nr. 1, met alle cijfers. Zie verder niets.",
         "De Kamer is daar eerder over geïnformeerd, in Kamerstuk 31 066, nr. 1, met alle cijfers."),
    ):  # fmt: skip
        start = note.index("31 066")
        paper = Kamerstuk(
            Identifier("kst-31066-2"),
            sections=(Section(0, "", "", paragraphs=(Paragraph("a", body),)),),
            footnotes=(Footnote("1", "n1", note, TextPlace(0, body.index(" Dan"))),),
            citations=(Citation(target, "31 066, nr. 1", Where.FOOTNOTE, 0, start), Citation(target, "dit", Where.BODY, 0, 6)),
        )
        assert quoting(paper, Where.FOOTNOTE, 0, start) == quote
        assert quoting(paper, Where.BODY, 0, 6) == "Eerst dit."
