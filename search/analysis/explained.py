"""Abbreviations that a text explains: "Openbaar Ministerie (OM)", "terbeschikkingstelling (tbs)", "OM (Openbaar Ministerie)".

The letters of an abbreviation must fit the words: every word but function words gives its first letter, and may give more of its
letters, as a compound does. So "het Openbaar Ministerie (OM)" explains OM, and "de minister (BZK)" explains nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from search.analysis.folding import fold
from search.analysis.shorthand import in_capitals

_LETTERS = 8
"""Letters of an abbreviation, at most."""
_WORDS = 10
"""Words that one stands for, at most."""
_LONGEST = 100
"""Characters of these words, and of what is looked through before an abbreviation."""
_MOST = 60
"""Abbreviations that are gathered from one text."""
_PER_LETTER = 3
"""Letters that a word by itself has for each letter of its abbreviation, at least."""

_BETWEEN = re.compile(r"\(([^()\n]{2,100})\)")
_WORD = re.compile(r"[^\W_](?:[\w'’]*[^\W_])?")
_SHORT = re.compile(r"(?![IVXLC]+$)[^\W\d_][\w&’'-]{0,8}[^\W_]")
"""An abbreviation, and no chapter: "Justitie en Veiligheid (VI)"."""
_ENDING = re.compile(r"['’]?s$")
_BREAK = re.compile(r"[.;:!?()\n]")
_FUNCTION = frozenset((
    "aan", "bij", "de", "den", "der", "des", "door", "en", "het", "in", "inzake", "met", "na", "naar", "of", "om", "omtrent",
    "op", "over", "per", "te", "ten", "ter", "tot", "tussen", "uit", "van", "voor",
))  # fmt: skip
"""Words that may give no letter: the "voor de" of Centraal Bureau voor de Statistiek."""


def explained_in(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that a text explains, each with the folded words that it stands for.

    An abbreviation is folded too, unless its capitals tell it from an ordinary word.

    >>> list(explained_in("Het Openbaar Ministerie (OM) en de VOG (verklaring omtrent het gedrag)"))
    [('OM', 'openbaar ministerie'), ('vog', 'verklaring omtrent het gedrag')]
    """
    if "(" not in text:
        return
    for count, found in enumerate(_BETWEEN.finditer(text)):
        if count == _MOST:
            return
        inside = found[1].strip()
        before = _BREAK.split(text[max(0, found.start() - _LONGEST) : found.start()])[-1]
        if _SHORT.fullmatch(inside) and (words := _explaining(inside, _folded_words(before))):
            yield _name(inside), " ".join(words)
        elif (last := before.split()) and _SHORT.fullmatch(last[-1]):
            words = _folded_words(inside)
            if len(words) <= _WORDS and _explaining(last[-1], words) == words:
                yield _name(last[-1]), " ".join(words)


def _name(short: str) -> str:
    bare = _ENDING.sub("", short) if short[:-1].isupper() or "'" in short or "’" in short else short
    return in_capitals(bare) or fold(bare)


def _folded_words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _explaining(short: str, words: list[str]) -> list[str]:
    """The fewest of the last words that the letters of an abbreviation fit; none when no number of them do."""
    letters = "".join(filter(str.isalnum, _name(short).lower()))
    if not 2 <= len(letters) <= _LETTERS:
        return []
    for count in range(1, min(len(words), _WORDS) + 1):
        some = words[-count:]
        if some[0] in _FUNCTION or some[-1] in _FUNCTION or some[0][:1] != letters[0]:
            continue
        if count == 1 and len(some[0]) < _PER_LETTER * len(letters) + 1:
            continue
        if _fit(letters, tuple(some)):
            return some
    return []


def _fit(letters: str, words: tuple[str, ...]) -> bool:
    """Whether the words give the letters in their order."""

    @cache
    def fits(at: int, word: int) -> bool:
        if word == len(words):
            return at == len(letters)
        if words[word] in _FUNCTION and fits(at, word + 1):
            return True
        if at == len(letters) or letters[at] != words[word][0]:
            return False
        rest = iter(words[word][1:])
        taken = at + 1
        while not fits(taken, word + 1):
            if taken == len(letters) or letters[taken] not in rest:  # consumes the word up to that letter
                return False
            taken += 1
        return True

    return fits(0, 0)
