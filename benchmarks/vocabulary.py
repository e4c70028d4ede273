"""The words of generated papers with their frequencies: some 200,000 Dutch-like forms, most of them compounds, as in Dutch.

The frequency of a word follows from its rank (Zipf and Mandelbrot). Small words lead, plain ones follow; compounds, technical
terms and names make the long tail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks import morphemes
from benchmarks.draws import Draws, Table, zipf_mandelbrot

SIZE = 200_000
_EXPONENT, _SHIFT = 1.12, 2.7
_SEED = 20_081_231
"""The vocabulary is one and the same for every collection."""

_LONG_VOWEL = re.compile(r"([aeou])\1(?=[bcdfgklmnprstvz]$)")
_SHORT_VOWEL = re.compile(r"(?:^|[^aeiouy])[aeiou]([bdfgklmnprst])$")
_UNVOICED = frozenset("tkfschp")
_NAMES = 400
_TERMS_PER_ABBREVIATION = 60
_TRIPLES = 60_000
_RARE = 3_000
"""Technical terms and names begin at this rank."""


@dataclass(frozen=True, slots=True)
class Words:
    """The forms by rank, the bytes that an average word of running text takes, and the table to draw ranks from."""

    forms: NDArray[np.object_]
    table: Table
    bytes_per_word: float
    common: tuple[str, ...]
    """The hundred most frequent forms."""

    def draw(self, draws: Draws, count: int) -> list[str]:
        """So many words of running text."""
        drawn: list[str] = self.forms[self.table.draw(draws.bits(count))].tolist()
        return drawn


@cache
def words() -> Words:
    """The vocabulary; made once a process, in a fraction of a second."""
    forms = _ranked()
    weights = zipf_mandelbrot(len(forms), _EXPONENT, _SHIFT)
    shares = weights / weights.sum()
    bytes_per_word = float(sum(len(form.encode()) * share for form, share in zip(forms, shares.tolist(), strict=True))) + 1.0
    return Words(np.array(forms, np.object_), Table(weights), bytes_per_word, tuple(forms[:100]))


def inflected(stem: str, ending: str = "en") -> str:
    """A stem before an ending that begins with a vowel, as Dutch spells it.

    >>> inflected("huur"), inflected("stem"), inflected("brief"), inflected("toeslag"), inflected("huis")
    ('huren', 'stemmen', 'brieven', 'toeslagen', 'huizen')
    """
    if stem[-1] == "e":
        return stem + ending[1:]
    if len(stem) > 2 and stem[-1] in "fs" and stem[-2] in "aeiouylr" and (stem[-3] in "aeiou" or stem[-2] in "lr"):
        stem = stem[:-1] + {"f": "v", "s": "z"}[stem[-1]]
    if _LONG_VOWEL.search(stem):
        return _LONG_VOWEL.sub(r"\1", stem) + ending
    if len(re.findall(r"[aeiou]+", stem)) == 1 and (short := _SHORT_VOWEL.search(stem)):
        return stem + short[1] + ending
    return stem + ending


def plural(noun: str) -> str:
    """The plural of a noun, mostly.

    >>> plural("regeling"), plural("leraar"), plural("motie"), plural("burger")
    ('regelingen', 'leraren', 'moties', 'burgers')
    """
    return noun + "s" if noun.endswith(("el", "er", "em", "ie", "e", "a", "o")) else inflected(noun)


def _ranked() -> list[str]:
    draws = Draws(_SEED)
    plain = _shuffled(_plain(), draws)
    tail = _shuffled(_compounds(draws), draws)
    special = _shuffled([*_terms(), *surnames(_NAMES)], draws)
    forms = list(dict.fromkeys([*morphemes.FUNCTION_WORDS, *plain, *tail]))[: SIZE - len(special)]
    # Spread so that as many stand between the ranks 3,000 and 6,000 as between 60,000 and 120,000.
    at = (_RARE * (SIZE / _RARE) ** np.sort([draws.unit() for _ in special])).astype(int).tolist()
    merged: list[str] = []
    rest = iter(zip(at, special, strict=True))
    upcoming = next(rest, None)
    for form in forms:
        while upcoming is not None and len(merged) >= upcoming[0]:
            merged.append(upcoming[1])
            upcoming = next(rest, None)
        merged.append(form)
    return list(dict.fromkeys(merged))


def _shuffled(forms: list[str], draws: Draws) -> list[str]:
    """In a random order that is always the same; short words tend to come first."""
    unique = list(dict.fromkeys(forms))
    keys = (draws.bits(len(unique)) >> np.uint64(40)).astype(np.float64) / 2.0**24
    lengths = np.array([len(form) for form in unique])
    order = np.argsort(keys * 12 + lengths * 0.35, kind="stable")
    return [unique[i] for i in order.tolist()]


def _plain() -> list[str]:
    """Nouns, verbs and adjectives in their forms."""
    forms = [form for noun in morphemes.NOUNS for form in (noun, plural(noun))]
    for stem in morphemes.VERBS:
        ending = "t" if stem[-1] in _UNVOICED else "d"
        forms += (stem, stem + "t", inflected(stem), "ge" + stem + ("" if stem[-1] in "td" else ending), stem + ending + "e")
    for adjective in morphemes.ADJECTIVES:
        forms += (adjective, inflected(adjective, "e"))
    return forms


def _compounds(draws: Draws) -> list[str]:
    """Verbs with prefixes and the nouns made of them, and compounds of two and three nouns in singular and plural."""
    forms: list[str] = []
    for prefix in morphemes.PREFIXES:
        for stem in morphemes.VERBS:
            noun = prefix + inflected(stem, "ing")
            forms += (prefix + inflected(stem), prefix + stem + "t", noun, noun + "en")
    nouns = morphemes.NOUNS
    for first in nouns:
        for last in nouns:
            forms += (linked(first, last), linked(first, plural(last)))
    forms += [linked(linked(draws.pick(nouns), draws.pick(nouns)), draws.pick(nouns)) for _ in range(_TRIPLES)]
    return forms


def linked(first: str, last: str) -> str:
    """A compound of two words: with -s- after endings that take one.

    >>> linked("belasting", "dienst"), linked("huur", "toeslag"), linked("zee", "eiland")
    ('belastingsdienst', 'huurtoeslag', 'zee-eiland')
    """
    if first.endswith(("ing", "heid", "schap", "teit", "iteit", "atie")):
        return first + "s" + last
    return f"{first}-{last}" if first[-1] in "aeiou" and last[0] in "aeiou" else first + last


def _terms() -> list[str]:
    """Technical terms: Cool:Gen, Data-Net, EU-richtlijn, F-35."""
    products = [
        start + sign + (end if sign else end.lower())
        for start in morphemes.PRODUCT_STARTS
        for end in morphemes.PRODUCT_ENDS
        for sign in morphemes.PRODUCT_SIGNS
    ]
    mixed = [f"{short}-{noun}" for short in morphemes.ABBREVIATIONS for noun in morphemes.NOUNS[:_TERMS_PER_ABBREVIATION]]
    codes = [f"{letter}-{number}" for letter in "ABCDEFKMT" for number in range(11, 60, 4)]
    return [*products, *mixed, *codes, *morphemes.ABBREVIATIONS]


def surnames(count: int) -> list[str]:
    """Names of families: the first so many of those that can be composed."""
    composed = [start + end for end in morphemes.NAME_ENDS for start in morphemes.NAME_STARTS]
    return [composed[i * 7 % len(composed)] for i in range(min(count, len(composed)))]
