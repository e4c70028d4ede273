"""Compounds of a collection: the words that end in a word or begin with it, and what an unknown compound is made of.

The words of the collection tell; that is worked out when a query is planned, so that the index holds nothing that depends on
other papers. Nothing here decides what a compound is worth.
"""

from __future__ import annotations

from collections.abc import Iterator

from search.analysis.chain import stem
from search.analysis.inflection import infinitives
from search.ports import Vocabulary

_MIN_HEAD = 5
"""Letters of a word before words that end in it count as its compounds; shorter ones end too many words by chance."""
_MIN_REST = 3
"""Letters of what stands before it."""
_MAX_COMPOUNDS = 40
"""Compounds of one word that are looked up: the most frequent ones."""
_MAX_LED = 20
"""Compounds that one word leads: the most frequent ones."""
_MIN_PART = 4
"""Letters of each part of an unknown compound; into shorter ones every word falls apart."""
_MAX_PARTS = 4
_MAX_LETTERS = 40
"""Letters of a word that is taken apart; longer ones are no Dutch."""
_LINKS = ("", "s", "e", "en", "n", "er", "eren")
"""What Dutch puts between the parts of a compound."""
_ENDINGS = ("s", "n")
"""What the last part of a compound may have behind it, besides a plural on -en."""
_PREFIXES = frozenset((
    "aan", "achter", "af", "be", "bij", "door", "er", "ge", "her", "in", "mede", "mee", "mis", "na", "nav", "om", "on", "ont",
    "onder", "op", "over", "rond", "samen", "tegen", "terug", "toe", "tussen", "uit", "ver", "voor", "voort", "weg",
))  # fmt: skip
"""What makes another word of a word rather than a compound: antwoord, verantwoord."""


def compounds_of(word: str, vocabulary: Vocabulary) -> list[str]:
    """The stems of the words that end in this one after another word: huurtoeslag for toeslag; the most frequent first.

    They are the same for every form of the word.
    """
    head = stem(word)
    if len(head) < _MIN_HEAD or not word.isalpha():
        return []
    endings = dict.fromkeys((head, *(head + ending for ending in _ENDINGS), *infinitives(head)))
    ended = ((one, one[: -len(ending)]) for ending in endings for one in vocabulary.ending(ending) if one.isalpha())
    compounds = [(one, rest) for one, rest in ended if stem(one).endswith(head)]
    firsts: dict[str, set[str]] = {}
    for compound, rest in compounds:
        firsts.setdefault(stem(compound), set()).update(_firsts(rest))
    firsts.pop(head, None)
    counts = dict(zip(firsts, vocabulary.stem_counts(list(firsts)), strict=True))
    found: list[str] = []
    for some in _pieces(sorted(firsts, key=lambda one: (-counts[one], one)), 2 * _MAX_COMPOUNDS):
        known = _known_of(set().union(*(firsts[one] for one in some)), vocabulary)
        found += [one for one in some if not known.isdisjoint(firsts[one])]
        if len(found) >= _MAX_COMPOUNDS:  # of the rarer ones it need not be known whether they are compounds
            break
    return found[:_MAX_COMPOUNDS]


def led_by(word: str, vocabulary: Vocabulary) -> list[str]:
    """The stems of the words that begin with this one and end in another: begrotingsstaten for begroting; the most frequent
    first."""
    if len(word) < _MIN_HEAD or not word.isalpha():
        return []
    lasts: dict[str, set[str]] = {}
    for compound in vocabulary.beginning(word):
        rest = compound.removeprefix(word)
        some = {rest.removeprefix(link) for link in _LINKS if rest.startswith(link)} if compound.isalpha() else set()
        if long := {last for last in some if len(last) >= _MIN_PART}:
            lasts.setdefault(stem(compound), set()).update(long)
    lasts.pop(stem(word), None)
    counts = dict(zip(lasts, vocabulary.stem_counts(list(lasts)), strict=True))
    some_stems = sorted(lasts, key=lambda one: (-counts[one], one))[: 2 * _MAX_LED]
    known = _known_of(set().union(*(lasts[one] for one in some_stems)), vocabulary)
    return [one for one in some_stems if not known.isdisjoint(lasts[one])][:_MAX_LED]


def _pieces(values: list[str], length: int) -> Iterator[list[str]]:
    return (values[at : at + length] for at in range(0, len(values), length))


def _firsts(rest: str) -> list[str]:
    """What the first part of a compound may be, with or without what links it: one of these is a word of the collection."""
    if rest in _PREFIXES:
        return []
    return [first for link in _LINKS if len(first := rest.removesuffix(link)) >= _MIN_REST]


def _known_of(words: set[str], vocabulary: Vocabulary) -> set[str]:
    """Those that are words of the collection, as they stand or in another inflection."""
    asked = list(words)
    known = {word for word, papers in zip(asked, vocabulary.counts(asked), strict=True) if papers}
    others = [word for word in asked if word not in known]
    counts = vocabulary.stem_counts([stem(word) for word in others])
    return known | {word for word, papers in zip(others, counts, strict=True) if papers}


def parts_of(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words that a compound which the collection does not know is made of; empty when it is known or falls into none.

    schimmelwoningen → schimmel, woningen. The last part is as long as can be.
    """
    if not word.isalpha() or len(word) > _MAX_LETTERS or _known(word, vocabulary):
        return ()
    return _taken_apart(word, vocabulary, _MAX_PARTS)


def _taken_apart(word: str, vocabulary: Vocabulary, parts: int) -> tuple[str, ...]:
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        first, last = word[:cut], word[cut:]
        if not _known(last, vocabulary):
            continue
        for link in _LINKS:
            rest = first.removesuffix(link)
            if (link and rest == first) or len(rest) < _MIN_PART:
                continue
            if _known(rest, vocabulary):
                return rest, last
            if parts > 2 and (inner := _taken_apart(rest, vocabulary, parts - 1)):
                return *inner, last
    return ()


def _known(word: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.count(word) or vocabulary.stem_count(stem(word)))
