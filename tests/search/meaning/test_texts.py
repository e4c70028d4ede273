"""Which texts of a paper get a vector."""

from __future__ import annotations

from dataclasses import replace

from search.document import Passage, Place, document_of
from search.meaning.texts import MOST, shortened, texts_of
from tests.search.papers import paper


def test_title_subtitle_and_telling_paragraphs_are_taken_in_order() -> None:
    document = replace(
        document_of(paper("31066-1", "Wij bouwen een nieuwe gevangenis in Zwolle.", "Hoogachtend,")),
        title="Brief over cellen",
        subtitle="over cellen in Zwolle",
    )
    closing = Passage(Place.BODY, "en gaat over tot de orde van de dag.")
    document = replace(document, passages=(*document.passages, closing))
    assert [text.text for text in texts_of(document)] == [
        "over cellen in Zwolle",
        "Brief over cellen",
        "Wij bouwen een nieuwe gevangenis in Zwolle.",
    ]


def test_texts_and_their_length_are_bounded() -> None:
    many = tuple(Passage(Place.BODY, f"Dit is de alinea met nummer {i}. " * 100) for i in range(500))
    texts = texts_of(replace(document_of(paper("31066-1", "x")), passages=many))
    assert len(texts) == MOST
    assert max(len(shortened(text)) for text in texts) == 1_000
