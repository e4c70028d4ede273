"""Surnames of a collection: a name is looked for as it is written, since "Bikkers" is nobody's plural.

Who is named so is told by the people of the papers. A word typed in lower case may also be an ordinary word (*dijk*, *wolf*); it
is taken for a name where no paper has a form of that word which is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from search.analysis.chain import stem
from search.analysis.folding import fold
from search.names import SPELT, name_words
from search.ports import Vocabulary

_SHORTEST = 3
"""Letters of a name that stems may change; initials and tussenvoegsels have fewer, or are never inflected."""


def is_surname(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word, as it was typed, is the name of somebody in this collection, and must not be looked for by its stem."""
    folded = fold(word)
    alike = _by_stem(vocabulary.values("spelling")).get(stem(folded), ())
    if folded not in alike:
        return False
    return word[:1].isupper() or vocabulary.stem_count(stem(folded)) <= sum(vocabulary.counts(alike))


@lru_cache(maxsize=8)
def _by_stem(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The words of names by the stem that they would have; kept, since the names are the same until the index changes."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name in names:
        person, _, spelling = name.partition(SPELT)
        for word in name_words(spelling or person):
            if len(word) >= _SHORTEST:
                found[stem(word)][word] = None
    return {stemmed: tuple(words) for stemmed, words in found.items()}
