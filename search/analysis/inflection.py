"""How Dutch spells its inflections: which words a form may be a form of, judged by its letters alone.

``scholen`` may be of *school*, ``gefaseerde`` of *faseren*. Which of them are words is for the dictionary to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DOUBLED = re.compile(r"([bdfgklmnprst])\1$")
_OPEN = re.compile(r"(?<![aeiou])([aeou])([bdfgklmnprstvz])$")
_LONG = re.compile(r"([aeou])\1(?=[bdfghklmnprst]$)")
_LONG_END = re.compile(r"([aou])\1$")
_SHORT = re.compile(r"(?<![aeiou])[aeiou][bdfgklmnprst]$")
_SEVERAL = re.compile(r"[aeiouy][^aeiouy]+[aeiouy]")
"""In words of several syllables the last one may be unstressed and keeps its spelling: *regelen* of *regel*."""
_UNSTRESSED = re.compile(r"[aeiouy].*(?:e[lmnr]|[oiu]r|i[gkt]|um)$")
_HARD = {"v": "f", "z": "s"}
_SOFT = {"f": "v", "s": "z"}

_PLURAL = ("enen", "en", "s", "n")
_COMPARED = ("ere", "er", "ste", "st")
_VERBAL = ("enden", "ende", "end", "den", "ten", "de", "te", "t", "d")
_PAST = {"de": False, "den": False, "te": True, "ten": True}
"""How the past of weak verbs ends, and whether it does so behind a voiceless consonant: *werkte*, *leefde* of *leven*."""
_VOICELESS = re.compile(r"(?:[fkpstx]|ch)en$")
_PARTICIPLE = re.compile(r"(?:ge(?=\w{3})|(?=be|er|her|ont|ver))(\w{2,}?)[dt](?:en?)?$")
_DIMINUTIVE = (("je", tuple("bcdfghkpstx")), ("tje", ""), ("pje", "m"), ("kje", "n"), ("etje", ""))
"""How diminutives end, and what stands before that."""


def closed(base: str) -> str:
    """How a word ends that has this before a vowel.

    >>> closed("huiz"), closed("plann"), closed("schol"), closed("gev")
    ('huis', 'plan', 'school', 'geef')
    """
    if _DOUBLED.search(base):
        return base[:-1]
    long = _OPEN.sub(r"\1\1\2", base)
    return long[:-1] + _HARD.get(long[-1:], long[-1:])


def is_long(base: str) -> bool:
    """Whether a word has several syllables."""
    return _SEVERAL.search(base) is not None


def infinitives(base: str) -> tuple[str, ...]:
    """Which infinitives, or plurals, are made of this, likeliest first.

    >>> infinitives("faseer"), infinitives("reis"), infinitives("plan"), infinitives("handel")
    (('faseren',), ('reizen', 'reisen'), ('plannen',), ('handellen', 'handelen'))
    """
    short, was_long = _LONG.subn(r"\1", base)
    last = short[-1:]
    found = []
    if not was_long and _SHORT.search(base):
        found.append(base + last + "en")
        if not is_long(base):
            return tuple(found)
    if last in _SOFT:
        found.append(short[:-1] + _SOFT[last] + "en")
    return (*found, short + "en")


def inflected(adjective: str) -> str:
    """An adjective before its noun.

    >>> inflected("groot"), inflected("fel"), inflected("actief"), inflected("zeker")
    ('grote', 'felle', 'actieve', 'zekere')
    """
    if _SHORT.search(adjective) and not is_long(adjective):
        return adjective + adjective[-1] + "e"
    short = _LONG.sub(r"\1", adjective)
    return short[:-1] + ("v" if short[-1:] == "f" else short[-1:]) + "e"


def uninflected(form: str) -> tuple[str, ...]:
    """Which adjectives a form may be that has an e behind it, likeliest first.

    >>> uninflected("intersectionele"), uninflected("betrokkene"), uninflected("zorg")
    (('intersectioneel', 'intersectionel'), ('betrokkeen', 'betrokken'), ())
    """
    return _before_vowel(form[:-1]) if form.endswith("e") else ()


def adjectives(form: str) -> Iterator[str]:
    """Which adjectives a comparative or superlative may be of.

    >>> list(adjectives("grotere"))
    ['groot']
    """
    for ending in _COMPARED:
        base = form.removesuffix(ending)
        if base != form and len(base) > 2:
            yield from _before_vowel(base) if ending[0] == "e" else (base,)


def bases(form: str) -> Iterator[str]:
    """What a form may be a plural, another case or a diminutive of, likeliest first."""
    for ending in _PLURAL:
        base = form.removesuffix(ending)
        if base != form and len(base) > 2 and _may_take(ending, base):
            yield from _before_vowel(base) if ending[0] == "e" else (base,)
    yield from undiminished(form)


def _may_take(ending: str, base: str) -> bool:
    """Whether a noun may have this behind it: an n stands behind an e only, and *haasen* is not how *hazen* is written."""
    return base[-1] == "e" if ending == "n" else ending == "s" or not _LONG.search(base)


def undiminished(form: str) -> Iterator[str]:
    """What a form may be a diminutive of, likeliest first.

    >>> list(undiminished("kaartjes")), list(undiminished("autootje"))
    (['kaart', 'kaar'], ['autoot', 'autoo', 'auto'])
    """
    small = form.removesuffix("s")
    for ending, before in _DIMINUTIVE:
        base = small.removesuffix(ending)
        if base != small and len(base) > 2 and base.endswith(before):
            yield from dict.fromkeys((base, closed(base) if ending == "etje" else base, _LONG_END.sub(r"\1", base)))


def verbs(form: str) -> Iterator[str]:
    """Which infinitives a regular form may be of, likeliest first.

    >>> next(verbs("gefaseerde")), next(verbs("stijgend"))
    ('faseren', 'stijgen')
    """
    if found := _PARTICIPLE.match(form):
        yield from infinitives(found[1])
    for ending in _VERBAL:
        base = form.removesuffix(ending)
        if base != form and len(base) > 2:
            voiceless = _PAST.get(ending)
            yield from (verb for verb in infinitives(base) if voiceless is None or voiceless == bool(_VOICELESS.search(verb)))


def _before_vowel(base: str) -> tuple[str, ...]:
    """What a word is that has this before a vowel."""
    usual = closed(base)
    return (usual, base) if usual != base and _UNSTRESSED.search(base) else (usual,)
