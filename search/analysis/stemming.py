"""Stems: what the inflections of a Dutch word share.

Irregular plurals are first made singular, nltk's Snowball stemmer does the regular work, and a few rules mend what it leaves
apart. A stem is a key, not a word: it is never shown. Words with digits or signs are their own stems, and so are the names that
stemming would turn into words (``Jetten`` is not about a jet). Case plays no part: queries are typed in lower case.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nltk.stem.snowball import DutchStemmer

from search.analysis.irregular import ENDINGS, KEPT, SINGULARS

LONGEST = 40
"""Longer words are not Dutch and are left alone."""

_SNOWBALL = DutchStemmer()

_GENITIVE = re.compile(r"([a-z]{2,})'(?:s|n|tje|tjes)")
"""``foto's``, ``Omtzigt's``, ``baby'tje``."""

_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[ie]e)en$", ""),  # ideeen → idee, industrieen → industrie
        (r"(?<=[bcdfgklmnprstvz][aeiou][bcdfgklmnprstvz])ien$", "ie"),  # financien → financie, bacterien
        (r"(?<=[aeiouy][vkpr])ens$", "en"),  # havens → haven, tekens, wapens, torens
        (r"(?<=[im])as$", "a"),  # programmas → programma
        (r"(?<=[iet])os$", "o"),  # fotos → foto, regios → regio
        (r"(?<=[aeiou][bdfgklmnptvz])es$", "e"),  # methodes → methode, ziektes
        (r"(?<=[ns]t)es$", "e"),  # gemeentes → gemeente
        (r"(?<=ur)es$", "e"),  # procedures → procedure
        (r"ici$", "icus"),  # politici → politicus
        (r"(?:(?<=[re])|(?<=id))eele?$|(?<=r)eele$", "eel"),
    )
)

_AFTER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"v$", "f"),  # briev → brief
        (r"z$", "s"),  # huiz → huis
        (r"([bfglmnprs])\1$", r"\1"),  # plann → plan, gevall → geval
        (r"ies$", "ie"),  # moties → motie
        (r"(?<=[eiu])([aeou])\1(?=[bcdfghjklmnpqrstvwxz]$)", r"\1"),  # financieel → financiel, sociaal → social
    )
)


@lru_cache(maxsize=1 << 16)
def stem(token: str) -> str:
    """The stem of a folded word; the word itself where there is nothing to take off.

    >>> stem("moties"), stem("kamerleden"), stem("f-35")
    ('motie', 'kamerlid', 'f-35')
    """
    if found := _GENITIVE.fullmatch(token):
        token = found[1]
    if len(token) < 3 or len(token) > LONGEST or not (token.isascii() and token.isalpha()) or token in KEPT:
        return token
    word = _singular(token)
    for pattern, replacement in _BEFORE:
        word = pattern.sub(replacement, word)
    word = _SNOWBALL.stem(word)
    for pattern, replacement in _AFTER:
        word = pattern.sub(replacement, word)
    return word


def _singular(word: str) -> str:
    """The regular form of a word with an irregular plural, alone or as the end of a compound."""
    if word in SINGULARS:
        return SINGULARS[word]
    for ending, singular, exceptions in ENDINGS:
        if word.endswith(ending) and not word.endswith(exceptions):
            return word[: -len(ending)] + singular
    return word
