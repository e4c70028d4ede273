"""The value of a field as typed → its node: what a value has to be, how far it goes, and what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.paper.identifier import Identifier
from search.fields import FIELDS, Comparison, VersionKind, asked_as
from search.names import are_initials
from search.query.dates import MOST_WORDS, read_dates
from search.query.lexer import DATES, OPERATORS
from search.query.tree import Cites, Dated, Match
from search.query.words import APOSTROPHES, trimmed
from search.wording import Wording

NodeOfValue = Match | Dated | Cites

WANTED = {
    "datum": Wording(
        "een datum of periode, zoals 18-6-2024, juni 2024 of 2019..2024", "a date or period, such as 18-6-2024 or 2019..2024"
    ),
    "jaar": Wording("een jaar of periode, zoals 2024, 2019..2024 of 2023/24", "a year or period, such as 2024 or 2019..2024"),
    "citeert": Wording("een kamerstuk, zoals 31066-1412", "a paper, such as 31066-1412"),
} | {name: one.asked.wanted for one in FIELDS if one.asked and one.asked.wanted for name in one.asked.names}
"""What the value has to be after a name that does not take any text."""

_GOES_ON = re.compile(rf"[^\W_]|[{APOSTROPHES}][^\W_]")
"""A word that begins with another sign is not part of a name."""


TITLE_OF_DOSSIER = "dossiertitel"
"""The name of the field that ``dossier:`` asks for when its value is no number."""


KIND = "soort"
"""The name of the field of kinds."""

CHANGED = Match("version", VersionKind.CHANGED.value)
"""Papers that have changed another one."""

_OF_CHANGE = frozenset(("nader", "nadere", "tweede", "derde", "vierde"))


def changed_extent(words: Sequence[str]) -> int:
    """How many words of a kind say that it has changed another paper: 2 of "nader gewijzigde motie", 0 of "motie"."""
    for count, word in enumerate(words, 1):
        if word.lower() in {"gewijzigd", "gewijzigde"}:
            return count
        if word.lower() not in _OF_CHANGE:
            return 0
    return 0


def takes_names(name: str) -> bool:
    """Whether the values of a field are names."""
    return _comparison(name) is Comparison.NAME


def takes_texts(name: str) -> bool:
    """Whether the values of a field can be texts of several words: ``soort:Brief regering``."""
    return _comparison(name) is not None and not takes_names(name) and name not in WANTED


def _comparison(name: str) -> Comparison | None:
    found = asked_as(name)
    return found.asked.comparison if found and found.asked else None


def name_word(raw: str) -> str:
    """A word of a name without the punctuation around it, but with the dot of initials."""
    word = trimmed(raw)
    return f"{word}." if f"{word}." in raw and are_initials(f"{word}.") else word


MAX_WORDS = MOST_WORDS
"""Words that one unquoted value can have; dates have the most."""


def goes_on(raw: str) -> bool:
    """Whether a word as typed can be part of a value that began before it."""
    return _GOES_ON.match(raw) is not None and raw not in OPERATORS


def read_value(name: str, value: str, today: date | None, *, quoted: bool = False) -> NodeOfValue | None:
    """The node of a field (its name in the query language) with this value; None when the field cannot have it."""
    value = value.strip(" \t,;")
    if name in DATES:
        return read_dates(value, today)
    if name == "citeert":
        return _cites(value)
    found = asked_as(name)
    if found is None or found.asked is None or not any(map(str.isalnum, meant := found.asked.read(value))):
        return None
    return Match(found.name, meant, quoted and found.asked.comparison is not Comparison.WHOLE)


def _cites(value: str) -> Cites | None:
    try:
        return Cites(Identifier.parse(value))
    except ValueError:
        return None
