"""The names of people: a person's name as one value, and which of many names are of one person.

Papers print one person in several ways (``person_name``). Two persons of one name are not told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_TITLES = re.compile(r"^(?:(?:mr|drs|dr|prof|ir|ing|mevrouw|mw|de heer|jhr|jkvr)\.?\s+)+", re.IGNORECASE)
_CALLED = re.compile(r"\s*\([^()]*\)\s*")
_WORD = re.compile(r"\w{2,}")
_CLOSE = 0.5
"""Two names are close when at least this share of their pairs of letters is the same."""
_ALL_WORDS = 0.9
"""A name that has every word of the one asked for ("Rij" and "M.L.A. van Rij") is at least this close."""


def person_name(name: str) -> str:
    """A person's name without academic titles and first name: "mr. W.R. (Wietske) Sieperda" is W.R. Sieperda.

    So that one person is one value, whichever way a paper prints the name. The catalogue keeps these values: where this rule
    changes, a step of ``migrations`` must apply it anew.
    """
    return _CALLED.sub(" ", _TITLES.sub("", name)).strip() or name


def surname_of(name: str) -> str:
    """The surname in lower case, without accents and tussenvoegsels: names of one surname may be those of one person."""
    return _folded(name).rpartition(" ")[2]


def persons_of(names: Iterable[str]) -> dict[str, str]:
    """Whom each of the names means, of all the names of one surname that are known; empty where that cannot be told.

    What comes of it depends on the names alone, not on their order.
    """
    return {name: name for name in names}


def close_names(name: str, known: Iterable[str], limit: int) -> list[str]:
    """The known names that the name may have meant, the closest first.

    >>> close_names("van rij", ["M.L.A. van Rij", "W.R. Sieperda"], 5)
    ['M.L.A. van Rij']
    """
    asked = _folded(name)
    words, pairs = set(_WORD.findall(asked)), _pairs(asked)
    scored = []
    for candidate in known:
        folded = _folded(candidate)
        others = _pairs(folded)
        score = 2 * len(pairs & others) / max(len(pairs) + len(others), 1)
        if words and words <= set(_WORD.findall(folded)):
            score = max(score, _ALL_WORDS)
        if score >= _CLOSE:
            scored.append((-score, candidate))
    return [candidate for _, candidate in sorted(scored)[:limit]]


def _folded(name: str) -> str:
    """In lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _pairs(folded: str) -> set[str]:
    """The pairs of letters that follow each other, word by word."""
    spaced = [f" {word}" for word in re.findall(r"\w+", folded)]
    return {word[i : i + 2] for word in spaced for i in range(len(word) - 1)}
