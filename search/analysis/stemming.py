"""Stems: what the inflections of a Dutch word share.

A stem is a key, not a word: it is never shown. It is made of the lemma. Verbs go by what is left without *-en*, so that they meet
the noun of the same form (*besluit*, *besluiten*, *besloten*); not where that is an adjective or a word that only serves the
sentence, which share their stem with no verb. A derivation (*regeling* of *regelen*) is a word of its own. Words with digits or
signs are their own stems. Case plays no part, because queries are typed in lower case: a name in a text keeps its exact form,
which counts for more than the stem.

Why a dictionary, in shares of the first pairs of ``tests/search/analysis`` that meet and that stay apart, as they should:
Snowball 34% and 83%, with many rules and tables 58% and 82%; the stems of Hunspell's Dutch list, which has *gekozen* as a word of
its own, 50% and 93%; the dictionary alone 76% and 98%; with rules for what it does not know, and Snowball for the rest, 99.8% and
99.2%.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from search.analysis.dictionary import PARTICLES, dutch
from search.analysis.exceptions import NAMES, UNINFLECTED
from search.analysis.inflection import closed, is_long
from search.analysis.lemmas import lemma_of

if TYPE_CHECKING:
    from nltk.stem.api import StemmerI

LONGEST = 40
"""Longer words are not Dutch and are left alone."""

_GENITIVE = re.compile(r"([a-z]{2,})'(?:s|n|ers?|tjes?)")
"""``foto's``, ``Omtzigt's``, ``zzp'er``, ``baby'tje``."""

_PRONOMINAL = re.compile(
    r"(?:er|hier|daar|waar)(?:aan|achter|bij|binnen|boven|buiten|door|heen|in|langs|mee|na|naar|naartoe|naast|om|omheen|onder|op"
    r"|over|rond|tegen|tegenover|toe|tussen|uit|van|vandaan|voor|voorbij)"
)
"""``hiertegen``, ``waartussen``: prepositions with what they stand before."""

_NO_STEM = re.compile(r"(?:[aeou]|(?<![aeou])i)en$")
"""How infinitives end that have no stem without *-en*: ``doen``, ``zien``; but ``groeien`` has."""

_OF_NAME = re.compile(r"(?:([bcdfgklmnprstz])\1|[a-z]{3}mans|uij[a-z]+|eij[a-z]+)$")
"""How names end, and hardly a Dutch word does: Bonn, De Graaff, Brekelmans, Kuijpers; the plural of *-man* is *-mannen*. Words
from English that end so are kept as they are too (*stress*, *app*)."""
_SHORTEST_UNKNOWN = 6
_UNKNOWN_ADJECTIVE = ("ale", "aire", "bare", "ele", "ende", "ente", "ieve", "ige", "ische", "ijke", "loze", "matige", "zame")
_LONG_VOWEL = re.compile(r"([aeou])\1(?=[^aeiou]$)")
"""What Snowball writes once in some forms of a word and twice in others."""
_DERIVED = re.compile(r"(.{3,}(?:baar|bar(?=e)|h[ei]+d|ing|lijk|ig))(?:e|en|s)?")
"""Derivations, which are words of their own, with what may stand behind them; Snowball takes them off."""
_UNKNOWN_VERB = re.compile(r"(?:ge)?(\w{3,}eer)(?:t|d|den?)")


@lru_cache(maxsize=1 << 18)  # about the words that come more than once in the archive; working one out takes some 12 µs
def stem(token: str) -> str:
    """The stem of a folded word; the word itself where there is nothing to take off.

    >>> stem("moties"), stem("kamerleden"), stem("besloten"), stem("f-35")
    ('motie', 'kamerlid', 'besluit', 'f-35')
    """
    if "'" in token and (found := _GENITIVE.fullmatch(token)):
        token = found[1]
    if len(token) < 3 or len(token) > LONGEST or not (token.isascii() and token.isalpha()):
        return token
    if token in UNINFLECTED or token in NAMES or _PRONOMINAL.fullmatch(token):
        return token
    if _OF_NAME.search(token):
        return token
    first, lemma = lemma_of(token)
    return first + _key(lemma) if lemma else _unknown(token)


def _key(lemma: str) -> str:
    """What the forms of a lemma share: of a verb its stem, where that is no other word."""
    if len(lemma) < 5 or not lemma.endswith("en") or _NO_STEM.search(lemma):
        return lemma
    words = dutch()
    if words.lemma(lemma + "s") == lemma and not words.is_verb(lemma):
        return lemma  # "haven", "teken"
    base, key = lemma[:-2], closed(lemma[:-2])
    unstressed = is_long(base) and words.lemma(base) and not words.lemma(key)
    if unstressed:  # "verbeter" of "verbeteren"
        key = base
    other = key in UNINFLECTED or (words.lemma(lemma) == lemma and words.is_adjective(key))
    if other or (unstressed and words.has_plural_on_s(key)):
        return lemma  # "innen", "laten", "regelen": without -en they are other words
    return key


def _unknown(token: str) -> str:
    """The stem of a word of which nothing is known: Snowball's, where the word is long enough to have an inflection."""
    if len(token) < _SHORTEST_UNKNOWN or token in PARTICLES:
        return token
    if verb := _UNKNOWN_VERB.fullmatch(token):
        token = verb[1]
    elif derived := _DERIVED.fullmatch(token):
        return closed(derived[1])
    elif not token.endswith("e") or token.endswith(_UNKNOWN_ADJECTIVE):  # else a name rather: Doorne, Broeke
        cut = str(_snowball().stem(token))
        if _is_name(token, cut):
            return token
        token = cut
    return _LONG_VOWEL.sub(r"\1", token)


def _is_name(token: str, cut: str) -> bool:
    """Whether what is left of an unknown word tells that nothing was to be taken off: a short one before -en, another name or
    a word that serves the sentence, as in *Campen*, *Petersen*, *metten*."""
    short = token.endswith("en") and not is_long(token.removesuffix("en"))
    return short or cut in NAMES or cut in UNINFLECTED


@cache
def _snowball() -> StemmerI:
    from nltk.stem.snowball import DutchStemmer  # noqa: PLC0415 - takes a fifth of a second, and many processes need none

    return DutchStemmer()
