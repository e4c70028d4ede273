"""Names as they are asked for: whom a typed name means among those of a collection, and how far a name goes in a query.

The words of a name are compared as they are, never by their stems; only capitals, accents and signs are set aside. What is typed
means everyone who has these words next to each other in one of the spellings of the name: "Rij" and "van Rij" mean M.L.A. van
Rij, "van Dijk" never means J.P. Dijk, and "Inge Dijk" nobody.

A collection gives its names as texts: the name that someone is known by, or that name, ``SPELT`` and another spelling of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from indexer.paper.model import PaperPerson
from indexer.paper.personal_name import PARTICLES, fold, without_titles

SPELT = "\t"

Words = tuple[str, ...]

_PARTICLES = frozenset(one.strip("'") for one in PARTICLES)
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]{1,4}\.[ -]?)+(?:[^\W\d_](?![\w.]))?")
"""``M.L.A.``, ``M. L. A.`` and ``M.L.A``: one word. The last dot may be gone with the punctuation around a word."""
_WORD = re.compile(r"\w+")
_TYPED_INITIALS = re.compile(r"[^\W\d_]{1,4}(?:\.[^\W\d_]{1,4})+\.|[^\W\d_]{1,2}\.")
MOST_WORDS = 12
"""Words that a name can have: "Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking"."""


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> Words:
    """The words by which names are compared.

    >>> name_words("mr. M.L.A. (Marnix) van Rij"), name_words("Hülya Çelik-Bos"), name_words("In ’t Veld")
    (('mla', 'marnix', 'van', 'rij'), ('hulya', 'celik', 'bos'), ('in', 't', 'veld'))
    """
    joined = _INITIALS.sub(lambda found: "".join(_WORD.findall(found[0])) + " ", fold(without_titles(name)))
    return tuple(_WORD.findall(joined))


def spellings_of(one: PaperPerson) -> tuple[str, ...]:
    """The name that someone is known by, and what else the paper calls them where that has other words; empty without a name."""
    found: list[str] = []
    for spelling in (one.known_as, one.name, one.as_printed):
        if spelling and not any(_stand_in(name_words(spelling), name_words(known)) for known in found):
            found.append(spelling)
    return tuple(found)


def _stand_in(words: Words, name: Words) -> bool:
    """Whether the words stand in the name next to each other; tussenvoegsels alone mean nobody whose name goes on after them."""
    places = (at for at in range(len(name) - len(words) + 1) if name[at : at + len(words)] == words)
    if _PARTICLES.issuperset(words):
        return bool(words) and name[-len(words) :] == words
    return next(places, None) is not None


class Names:
    """The names of a collection."""

    def __init__(self, names: Iterable[str]) -> None:
        self._persons: set[str] = set()
        self._by_word: dict[str, list[tuple[Words, str]]] = {}
        for name in names:
            person, _, spelling = name.partition(SPELT)
            self._persons.add(person)
            words = name_words(spelling or person)
            for word in dict.fromkeys(words):
                self._by_word.setdefault(word, []).append((words, person))

    def meant(self, typed: str, *, exactly: bool = False) -> frozenset[str]:
        """Whom the typed name means; a whole name that is given ``exactly`` only the one who is known by it."""
        if exactly and typed in self._persons:
            return frozenset((typed,))
        words = name_words(typed)
        fewest = min((self._by_word.get(word, []) for word in words), key=len, default=[])
        return frozenset(person for name, person in fewest if _stand_in(words, name))


@lru_cache(maxsize=8)
def names_among(names: tuple[str, ...]) -> Names:
    """These names, ready to be looked up; kept, since they are the same for every question to one state of an index."""
    return Names(names)


def are_initials(word: str) -> bool:
    """Whether a typed word is initials: M.L.A., Th."""
    return _TYPED_INITIALS.fullmatch(word) is not None


def plain_extent(words: Sequence[str]) -> int:
    """How many of the words are a name by themselves: initials, tussenvoegsels and one word more.

    >>> plain_extent(["van", "der", "Plas", "toeslagen"]), plain_extent(["Rij", "Estland"]), plain_extent(["P.A.", "Kat", "en"])
    (3, 1, 2)
    """
    for count, word in enumerate(words, 1):
        if not are_initials(word) and not _PARTICLES.issuperset(name_words(word)):
            return count
    return len(words)


def name_extent(words: Sequence[str], is_known: Callable[[str], bool]) -> int:
    """How many of the words are a name: the longest that is known, or else those that are one by themselves.

    Before a known name a word that is none is taken for a first name, so that "Caroline van der Plas" is one name.
    """
    least = plain_extent(words)
    for count in range(min(len(words), MOST_WORDS), least, -1):
        ends_well = not _PARTICLES.issuperset(name_words(words[count - 1]))
        if ends_well and is_known(" ".join(words[:count])):
            return count
    if least < len(words) and not is_known(" ".join(words[:least])):
        both = least + plain_extent(words[least:])
        if is_known(" ".join(words[least:both])):
            return both
    return least
