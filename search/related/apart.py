"""Words written apart or joined: ``zorg toeslag`` is zorgtoeslag, ``opensource`` is open source.

Only what the collection knows counts: the joined form of two words, or both parts of one. Nothing here decides what it is worth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.analysis.chain import stem
from search.ports import Vocabulary

_LINKS = ("", "s", "e", "en", "n")
"""What Dutch puts between two words when it joins them."""
_MIN_LETTERS = 3
"""Letters of each of two words."""
_MIN_CUT = 4
"""Letters of each part of a word that is written apart, where nothing but letters tells where."""
_RARE = 20
"""In more papers than these a word is known as it stands, and need not be looked for apart."""
_MAX_CUTS = 2
_FIGURES = re.compile(r"([a-z]{3,})(\d{1,4})|(\d{1,4})([a-z]{3,})")
"""``natura2000``, ``2fa`` has too few letters."""


def joined_of(pairs: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> list[tuple[list[str], list[str]]]:
    """For each pair of words the exact forms and the stems in which the collection knows them joined."""
    candidates = [[first + link + second for link in _LINKS] if _may_join(first, second) else [] for first, second in pairs]
    every = [one for some in candidates for one in some]
    if not every:
        return [([], []) for _ in pairs]
    exact = {one for one, papers in zip(every, vocabulary.counts(every), strict=True) if papers}
    stems = list(dict.fromkeys(map(stem, every)))
    known = {one for one, papers in zip(stems, vocabulary.stem_counts(stems), strict=True) if papers}
    return [
        ([one for one in some if one in exact], [one for one in dict.fromkeys(map(stem, some)) if one in known])
        for some in candidates
    ]


def _may_join(first: str, second: str) -> bool:
    letters = first.isalpha() and (second.isalpha() or second.isdigit())
    return letters and min(len(first), len(second)) >= _MIN_LETTERS


def apart(word: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The two words that a joined one may be when it is written apart; none when the collection knows it well."""
    if found := _FIGURES.fullmatch(word):
        return [(found[1] or found[3], found[2] or found[4])]
    if not word.isalpha() or vocabulary.stem_count(stem(word)) > _RARE:
        return []
    cuts = range(_MIN_CUT, len(word) - _MIN_CUT + 1)
    parts = [part for cut in cuts for part in (word[:cut], word[cut:])]
    counts = dict(zip(parts, vocabulary.counts(parts), strict=True)) if parts else {}
    both = {(word[:cut], word[cut:]): min(counts[word[:cut]], counts[word[cut:]]) for cut in cuts}
    return sorted((pair for pair, papers in both.items() if papers), key=lambda pair: (-both[pair], pair))[:_MAX_CUTS]
