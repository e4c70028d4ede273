"""A document → its index terms: per place, where each exact form and each stem stands. The same for every engine.

Terms of an index are strings with a mark in front: ``=toeslagen`` (an exact form) and ``~toeslag`` (a stem).
"""

from __future__ import annotations

from search.analysis.chain import tokenize
from search.document import Place, SearchDocument

EXACT, STEM = "=", "~"

PASSAGE_GAP = 100
"""Positions left between passages, so that no phrase or nearness reaches from one into the next."""


TermsByPlace = dict[Place, tuple[dict[str, list[int]], int, list[int]]]
"""Per place: the positions of each index term (ascending, each once), the number of words, and where each passage begins."""


def term(text: str, *, stem: bool) -> str:
    """The index term of an exact form or a stem."""
    return (STEM if stem else EXACT) + text


def occurrences(document: SearchDocument) -> TermsByPlace:
    """The index terms of a document."""
    found: TermsByPlace = {}
    bases: dict[Place, int] = {}
    for passage in document.passages:
        terms, length, starts = found.get(passage.place, ({}, 0, []))
        base = bases.get(passage.place, 0)
        starts.append(base)
        end = 0
        for token in tokenize(passage.text):
            at = base + token.position
            end = max(end, token.position + token.width)
            for name in (EXACT + token.text, STEM + token.stem):
                positions = terms.setdefault(name, [])
                if not positions or positions[-1] < at:
                    positions.append(at)
                elif positions[-1] > at:  # a wide form (a citation) may come after the words it spans
                    terms[name] = sorted({*positions, at})
        found[passage.place] = (terms, length + end, starts)
        bases[passage.place] = base + end + PASSAGE_GAP
    return found


def terms_of(found: TermsByPlace) -> set[str]:
    """The index terms, whatever the place."""
    return set().union(*(terms for terms, *_ in found.values()))
