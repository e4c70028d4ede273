"""Which texts of a paper get a vector: what it is called, what it asks for, its headings and its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from search.document import Passage, Place, SearchDocument

MOST = 64
"""Texts of one paper. A paper of a hundred pages says near its beginning what it is about."""
_PLACES = frozenset((Place.HEADING, Place.BODY, Place.DICTUM, Place.ANNEX))
_FEWEST_WORDS = 5
_LONGEST = 1_000
"""Characters of a text that are looked at: a vector of a whole page is near to everything and to nothing."""
_CLOSING = "en gaat over tot de orde van de dag"
"""Ends every motion and means nothing."""


def texts_of(document: SearchDocument) -> tuple[Passage, ...]:
    """The texts, each as the passage that it stands in; the order is that of the vectors that are kept.

    The first says best what the paper is about: what it asks for, where that is known, or else its title.
    """
    return tuple(text for text, _ in zip(_texts(document), range(MOST), strict=False))


def _texts(document: SearchDocument) -> Iterator[Passage]:
    dictum = next((passage.text for passage in document.passages if passage.place is Place.DICTUM), "")
    for text in dict.fromkeys((document.subtitle or dictum, document.title)):
        if text:
            yield Passage(Place.TITLE, text)
    for passage in document.passages:
        if passage.place in _PLACES and _tells(passage.text):
            yield passage


def _tells(text: str) -> bool:
    return len(text.split(maxsplit=_FEWEST_WORDS)) >= _FEWEST_WORDS and not text.lower().startswith(_CLOSING)


def shortened(passage: Passage) -> str:
    """What of the text is looked at."""
    return passage.text[:_LONGEST]
