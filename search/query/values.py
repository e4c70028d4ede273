"""Field values as typed → nodes: numbers of dossiers, chambers, dates, citations."""

from __future__ import annotations

import re

from indexer.identifier import Identifier
from search.query.dates import read_dates
from search.query.tree import Cites, Dated, Field, Match

NodeOfValue = Match | Dated | Cites

WANTED = {
    "datum": "een datum of periode, zoals 18-6-2024, juni 2024 of 2019..2024",
    "jaar": "een jaar of periode, zoals 2024, 2019..2024 of 2023/24",
    "citeert": "een kamerstuk, zoals 31066-1412",
    "dossier": "een dossiernummer, zoals 31066, 21501-02 of 36410-XVI",
    "kamer": "“tweede” of “eerste”",
}
"""What the value of a field has to be, for fields that do not take any text."""

MAX_WORDS = 7
"""Words that one unquoted value can have: "Kamerstukken II, 2022/23, 31 066, nr. 1174"."""

_DOSSIER = re.compile(
    r"(?P<number>\d\d\s?\d{3})(?:-(?P<sub>\d{2,4}))?(?:\s*[-–]?\s*(?P<chapter>[IVXLC]+[AB]?|[A-M]))?(?:\s*\(?R\s?\d{3,4}\)?)?",
    re.IGNORECASE,
)
_ROMAN_DOSSIER = re.compile(r"[IVXLC]+")
_LABEL = re.compile(r"^(?:nr\.?|nummer|letter)\s+", re.IGNORECASE)
_CHAMBERS = {
    "Tweede Kamer": {"tweede kamer", "tweede", "tk", "ii", "2", "2e", "tweede kamer der staten-generaal"},
    "Eerste Kamer": {"eerste kamer", "eerste", "ek", "i", "1", "1e", "eerste kamer der staten-generaal", "senaat"},
}


def read_value(field: str, value: str) -> NodeOfValue | None:
    """The node of a field (its name in the query language) with this value; None when the field cannot have it."""
    value = value.strip(" \t,;")
    if field in {"datum", "jaar"}:
        return read_dates(value)
    if field == "citeert":
        return _cites(value)
    if field == "dossier":
        return _match(Field.DOSSIER, read_dossier(value))
    if field == "kamer":
        return _match(Field.CHAMBER, next((name for name, typed in _CHAMBERS.items() if value.lower() in typed), ""))
    if field == "nr":
        return _match(Field.NUMBER, _LABEL.sub("", value))
    return _match(Field(field), " ".join(value.split()))


def read_dossier(text: str) -> str:
    """The dossier as identifiers have it: "36 410 XVI" → ``36410-XVI``; empty when the text is none."""
    if _ROMAN_DOSSIER.fullmatch(text):
        return text
    found = _DOSSIER.fullmatch(text)
    if not found:
        return ""
    number = "".join(found["number"].split())
    return "-".join(part for part in (number, found["sub"], (found["chapter"] or "").upper()) if part)


def _match(field: Field, value: str) -> Match | None:
    return Match(field, value) if any(map(str.isalnum, value)) else None


def _cites(value: str) -> Cites | None:
    try:
        return Cites(Identifier.parse(value))
    except ValueError:
        return None
