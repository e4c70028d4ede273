"""Text → numbers of entries: what stands between two spaces is analysed once, and known by its number from then on.

Most of a text is words that were met before, and what stands between spaces gives the same terms wherever it stands. Only numbers
with spaces in them and citations reach further: a passage that may hold one is an entry of its own. That all this gives the terms
that ``occurrences`` gives is tested as a property. Nothing here knows of papers.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence

from search.analysis.chain import stem, tokenize
from search.analysis.folding import fold
from search.analysis.terms import LONGEST_WORD
from search.engines.occurrences import EXACT, STEM
from search.engines.whoosh.paper_columns import Numbering

_FAR = re.compile(r"\d[\d \u00a0\u2007\u2009\u202f]{4}|[IVXLC],|kst-")
"""What every passage holds of which a term reaches over a space: ``terms.SPACED_NUMBER``, or a citation (``tokens.CITED``)."""
_AROUND = '.,;:?!()"\u201c\u201d'
"""Signs around a word that are never part of a term when nothing but letters stands between them."""

_ENTRY_BYTES, _TERM_BYTES = 300, 250
"""What an entry and a term take: a text and its number in a dictionary, and the places of its terms."""


class Lexicon:
    """The entries so far. Each is some terms, at places counted from its own beginning, and takes so many places itself.

    ``terms`` numbers the terms. The places of terms (``entry``, ``term`` and ``place``, alike in length) stand in the order of
    the entries and in these from the first place to the last; no term has a place twice.
    """

    def __init__(self) -> None:
        self.terms = Numbering()
        self.widths = array("I")
        self.entry, self.term, self.place = array("I"), array("I"), array("I")
        self._chunks = _Chunks(self._chunk)

    @property
    def bytes(self) -> int:
        """Of memory that it takes, about."""
        return _ENTRY_BYTES * len(self.widths) + _TERM_BYTES * len(self.terms)

    def read(self, text: str) -> list[int]:
        """The entries of a text, in order."""
        if _FAR.search(text):
            return [self._new(text)]
        return list(map(self._chunks.__getitem__, text.split()))

    def width(self, entries: Sequence[int]) -> int:
        """How many places these take."""
        return sum(map(self.widths.__getitem__, entries))

    def single(self, name: str) -> int:
        """An entry that is just this term; nothing else is known by the same number."""
        return self._made([name], [0], 1)

    def _chunk(self, chunk: str) -> int:
        word = chunk.strip(_AROUND)
        if not (word.isascii() and word.isalpha() and len(word) <= LONGEST_WORD):
            return self._new(chunk)
        text = fold(word)
        return self._made((EXACT + text, STEM + stem(text)), (0, 0), 1)

    def _new(self, text: str) -> int:
        """An entry for all of a text."""
        terms: dict[tuple[int, str], None] = {}
        width = 0
        for form, stemmed, position, wide, *_ in tokenize(text):
            terms[position, EXACT + form] = terms[position, STEM + stemmed] = None
            width = max(width, position + wide)
        in_order = sorted(terms)
        return self._made([name for _, name in in_order], [place for place, _ in in_order], width)

    def _made(self, names: Sequence[str], places: Sequence[int], width: int) -> int:
        number = len(self.widths)
        self.entry.extend([number] * len(names))
        self.term.extend(map(self.terms.__getitem__, names))
        self.place.extend(places)
        self.widths.append(width)
        return number


class _Chunks(dict[str, int]):
    """The entries of what stands between spaces, made when first asked for."""

    def __init__(self, made: Callable[[str], int]) -> None:
        self._made = made

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = self._made(chunk)
        return number
