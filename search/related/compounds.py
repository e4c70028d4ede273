"""Compounds of a collection: the words that end in a word or begin with it, what an unknown compound is made of, words written
apart or joined (``zorg toeslag``, ``opensource``), and parts that hang on another word ("wet- en regelgeving" is also wetgeving).

Only words of the collection count. They are looked up when a query is planned, so that the index holds nothing that depends on
other papers. Nothing here decides what a compound is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from search.analysis.chain import stem
from search.analysis.dictionary import dutch
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
_NO_WORDS = frozenset(("heid", "heden", "schap", "schappen", "lijk", "lijke", "loos", "loze", "baar", "bare", "ings"))
"""Ends of words that are no words, though papers have some that are written so."""


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


def known_head(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The longest last part of a word that the collection does not know, where it knows that part; empty where it does not.

    wiskundeonderwijs → onderwijs, in a collection without wiskunde.
    """
    folded = word.lower()
    if not folded.isalpha() or len(folded) > _MAX_LETTERS or _known(folded, vocabulary):
        return ()
    lasts = (folded[cut:] for cut in range(_MIN_PART, len(folded) - _MIN_HEAD + 1))
    return next(((last,) for last in lasts if last not in _NO_WORDS and dutch().common(last) and _known(last, vocabulary)), ())


def _taken_apart(word: str, vocabulary: Vocabulary, parts: int) -> tuple[str, ...]:
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        first, last = word[:cut], word[cut:]
        if last in _NO_WORDS or not _known(last, vocabulary):
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


_MIN_JOINED = 3
"""Letters of each of two words that may be joined."""
_MIN_CUT = 4
"""Letters of each part of a word that is written apart, where nothing but letters tells where."""
_RARE = 20
"""In more papers than these a word is known as it stands, and need not be looked for apart."""
_MAX_CUTS = 2
_FIGURES = re.compile(r"([a-z]{3,})(\d{1,4})|(\d{1,4})([a-z]{3,})")
"""A word with a number: ``natura2000``; ``2fa`` has too few letters."""


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
    if first.isdigit() or second.isdigit():  # MH 17, 5 G
        word, number = (second, first) if first.isdigit() else (first, second)
        return word.isalpha() and number.isdigit() and (number is second or len(word) < _MIN_JOINED)
    return first.isalpha() and second.isalpha() and min(len(first), len(second)) >= _MIN_JOINED


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


_MIN_FIRST = 2
"""Letters of a first part that hangs: the "in-" of "in- en uitvoer"."""
_MIN_LAST = 4
"""Letters of the other part: of "uitvoer", or of the "verzekeraars" in "zorgaanbieders en -verzekeraars"."""
_MAX_HANGING = 2
_MAX_CARRIERS = 12
"""Words on which one part may hang: the most frequent ones."""

WITHIN = 5
"""Words between which both stand: "land-, tuin- en bosbouw"."""


def suspended(word: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The pairs of stems that tell a word of which a part hangs on another: ("wet-", regelgeving) for wetgeving.

    In a text the part that hangs stands with its hyphen (``search.analysis.terms``). The words of the collection tell with which
    part this one may hang, and on which words.
    """
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
