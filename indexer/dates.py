"""Dates as papers print them, and the session years of the Staten-Generaal. Knows nothing of where they stand."""

from __future__ import annotations

import re
from datetime import date, timedelta

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
    """The session year a text names, as "2023-2024"; empty when it names none."""
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
