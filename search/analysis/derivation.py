"""Derivations: the noun on *-ing* of a verb, and the verb of such a noun (*verhogen*, *verhoging*).

They say the same often enough to be looked for together, and not often enough to be one word (*regelen*, *regeling*).
"""

from __future__ import annotations

from search.analysis.dictionary import dutch
from search.analysis.exceptions import THINGS
from search.analysis.inflection import infinitives
from search.analysis.lemmas import lemma_of
from search.analysis.stemming import stem

_ENDING = "ing"
_SHORTEST = 3
"""Letters before the ending."""


def derivations_of(stemmed: str) -> tuple[str, ...]:
    """The stems of the words that are derived from a word with this stem, or from which it is.

    >>> derivations_of(stem("verhoogd")), derivations_of(stem("uitfaseringen"))
    (('verhoging',), ('uitfaseer',))
    """
    if not (stemmed.isascii() and stemmed.isalpha()) or len(stemmed) < _SHORTEST or stemmed in THINGS:
        return ()
    if stemmed.endswith(_ENDING):
        verb = stemmed.removesuffix(_ENDING) + "en"
        return (stem(verb),) if len(verb) > _SHORTEST + 1 and _is_verb(verb) else ()
    verbs = (stemmed,) if stemmed.endswith("en") else infinitives(stemmed)
    nouns = (verb.removesuffix("en") + _ENDING for verb in verbs if stem(verb) == stemmed and _is_verb(verb))
    return tuple(one for one in dict.fromkeys(map(stem, nouns)) if one not in THINGS)


def _is_verb(word: str) -> bool:
    return dutch().is_verb(word) or lemma_of(word) == ("", word)
