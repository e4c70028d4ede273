"""The conventions of parliament: how its papers print dates, session years and dossiers, and order the papers of a dossier.

Knows nothing of where these stand. Which dossiers a paper belongs to is decided when the paper is assembled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_DAY = rf"\d{{1,2}}\s{{0,3}}(?i:{'|'.join(MONTHS)})\s{{1,3}}(?:18|19|20)\d\d"
_PRINTED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s{{0,3}}(?P<month>{'|'.join(MONTHS)})\s{{1,3}}(?P<year>(?:18|19|20)\d\d)(?!\d)", re.IGNORECASE
)
_PLACE_AND_DATE = re.compile(rf"(?:['’‘]s[- ])?[A-Z][\w’'.\- ]{{2,40}},\s{{0,3}}(?:de\s)?{_DAY}\.?")
"""Den Haag, 18 juni 2024; 's-Gravenhage, 17 november 1998"""
_SESSION = re.compile(r"(?P<first>(?:18|19|20)\d\d)\s*[-/–]\s*(?P<second>(?:18|19|20)?\d\d)(?!\d)")
_DOSSIER = re.compile(
    r"(?P<number>\d{2}\s?\d{3}|[IVXLC]+)(?:\s*[-–]\s*(?P<sub>\d{2,4}))?"
    r"(?:\s*[-–]?\s*\(?(?P<addition>[A-Za-z][\w\s-]*?)\)?)?\s*[-–,.]?"
)
"""31 066; 21 501-02; 36 600 XVI; 36 027 (R2160); CXXXIX"""
_NUMBER = re.compile(r"(?P<digits>\d{1,9})(?P<rest>\D*)", re.ASCII)
_SUFFIX = re.compile(r"-(?P<suffix>[bhn]\d{1,3})$", re.ASCII)


def printed_date(text: str) -> date | None:
    """The first date in a text such as "Voorgesteld 6 juli 2021"; None when there is none or it does not exist."""
    for found in _PRINTED.finditer(text):
        try:
            return date(int(found["year"]), MONTHS.index(found["month"].lower()) + 1, int(found["day"]))
        except ValueError:
            continue
    return None


def is_date_line(text: str) -> bool:
    """Whether a paragraph is the dateline of a letter and nothing else: "'s-Gravenhage, 17 november 1998"."""
    return bool(_PLACE_AND_DATE.fullmatch(" ".join(text.split())))


def session_year(text: str) -> str:
    """The session year that a text names, as "2023-2024"; empty when it names none."""
    found = _SESSION.search(text)
    if not found:
        return ""
    first, second = found["first"], found["second"]
    return f"{first}-{second if len(second) == 4 else str(int(first) + 1)}"


def session_year_of(day: date) -> str:
    """The session year a day falls in: it begins on the third Tuesday of September (Grondwet, article 65)."""
    september = date(day.year, 9, 1)
    prinsjesdag = september + timedelta(days=(1 - september.weekday()) % 7 + 14)
    first = day.year if day >= prinsjesdag else day.year - 1
    return f"{first}-{first + 1}"


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
