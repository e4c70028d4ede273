"""Suspended compounds: "wet- en regelgeving" is also wetgeving, "zorgaanbieders en -verzekeraars" also zorgverzekeraars.

In a text the part that hangs on another word stands with its hyphen (``search.analysis.terms``). For a word of the query the
words of the collection tell with which part it may hang, and on which words.
"""

from __future__ import annotations

from search.analysis.chain import stem
from search.ports import Vocabulary

_MIN_FIRST = 2
"""Letters of a first part that hangs: the "in-" of "in- en uitvoer"."""
_MIN_LAST = 4
"""Letters of a last part, and of what the word ends in that the first part hangs on."""
_MAX_HANGING = 2
_MAX_CARRIERS = 12
"""Words on which one part may hang: the most frequent ones."""

WITHIN = 5
"""Words between which both stand: "land-, tuin- en bosbouw"."""


def suspended(word: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The pairs of stems that tell a word of which a part hangs on another: ("wet-", regelgeving) for wetgeving."""
    if not word.isalpha() or len(word) < _MIN_FIRST + _MIN_LAST:
        return []
    cuts = range(_MIN_FIRST, len(word) - _MIN_LAST + 1)
    firsts = {word[:cut] + "-": word[cut:] for cut in cuts}
    lasts = {"-" + stem(word[cut:]): word[:cut] for cut in cuts if cut >= _MIN_LAST}
    hanging = list(dict.fromkeys((*firsts, *lasts)))
    known = [one for one, papers in zip(hanging, vocabulary.stem_counts(hanging), strict=True) if papers]
    found: list[tuple[str, str]] = []
    for one in sorted(known, key=len, reverse=True)[:_MAX_HANGING]:
        carriers = vocabulary.ending(firsts[one]) if one in firsts else vocabulary.beginning(lasts[one])
        found += [(one, carrier) for carrier in _most_frequent(carriers, word, vocabulary)]
    return found


def _most_frequent(carriers: list[str], word: str, vocabulary: Vocabulary) -> list[str]:
    stems = [one for one in dict.fromkeys(stem(one) for one in carriers if one.isalpha()) if one != stem(word)]
    counts = dict(zip(stems, vocabulary.stem_counts(stems), strict=True)) if stems else {}
    return sorted(stems, key=lambda one: (-counts[one], one))[:_MAX_CARRIERS]
