"""Dossiers: reading their printed forms, and the order of the papers within one.

Which dossiers a paper belongs to is decided in ``assemble``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.identifier import Identifier
from indexer.model import Dossier

_DOSSIER = re.compile(
    r"(?P<number>\d{2}\s?\d{3}|[IVXLC]+)(?:\s*[-–]\s*(?P<sub>\d{2,4}))?"
    r"(?:\s*[-–]?\s*\(?(?P<addition>[A-Za-z][\w\s-]*?)\)?)?\s*[-–,.]?"
)
"""31 066; 21 501-02; 36 600 XVI; 36 027 (R2160); CXXXIX"""
_NUMBER = re.compile(r"(?P<digits>\d{1,9})(?P<rest>\D*)", re.ASCII)
_SUFFIX = re.compile(r"-(?P<suffix>[bhn]\d{1,3})$", re.ASCII)


def read_dossier(number: str, title: str = "") -> Dossier:
    """The dossier of a number as printed; a number of no known form is taken as it is."""
    found = _DOSSIER.fullmatch(number)
    if not found:
        return Dossier(number, "", title)
    digits = re.sub(r"\s", "", found["number"])
    addition = re.sub(r"[\s-]", "", found["addition"] or "")
    return Dossier(f"{digits}-{found['sub']}" if found["sub"] else digits, addition, title)


def read_key(text: str) -> str:
    """The key of the dossier that a person names in any form ("36 410 xvi"); empty when it names none.

    >>> read_key("36 410 xvi")
    '36410-XVI'
    """
    printed = " ".join(text.upper().split())
    return read_dossier(printed).key if _DOSSIER.fullmatch(printed) else ""


def keys_once(dossiers: Sequence[Dossier]) -> list[str]:
    """The key of each dossier; empty where an earlier one has the same (31066 and 31066 (R2188) are one dossier)."""
    keys = [dossier.key if dossier.number else "" for dossier in dossiers]
    return [key if key not in keys[:i] else "" for i, key in enumerate(keys)]


def place_in(key: str, identifier: Identifier) -> str:
    """Where a paper stands among those of the dossier, as text to sort by.

    Numbers come first, 2 before 10; then letters, Z before AA; then papers that carry no number of this dossier but one of
    another. What belongs to a number (215a, a reprint) follows it. The catalogue keeps these values, see ``person_name``.
    """
    number = identifier.number
    suffix = _SUFFIX.search(str(identifier))
    own = Dossier(identifier.dossier, identifier.addition).key
    guest = f"2 {own} " if own != key else ""
    found = _NUMBER.fullmatch(number)
    order = f"0 {found['digits']:0>9} {found['rest']}" if found else f"1 {min(len(number), 99):02} {number.upper()}"
    return f"{guest}{order} {suffix['suffix'] if suffix else ''}".rstrip()


def is_guest(place: str) -> bool:
    """Whether a paper at this place carries no number of the dossier itself."""
    return place.startswith("2")
