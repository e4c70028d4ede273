"""Named times → the days they cover: years, halves, quarters, seasons, months, weeks and session years of the calendar, and times
told from today on ("vorig jaar", "afgelopen drie maanden", "gisteren").

Of the latter, "vorig" and "dit" mean whole years, weeks and months, "afgelopen" and "laatste" the time up to today. Which day is
today, the one who asks says.

Also the other way: the shortest notation of a year, month or day (``2024``, ``2024-06``, ``2024-06-18``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from indexer.paper.conventions import MONTHS, prinsjesdag, session_year_of
from search.query.tree import Dated

SEASONS = {"lente": 3, "voorjaar": 3, "zomer": 6, "herfst": 9, "najaar": 9, "winter": 12}
"""Each season by the month that it begins in; three whole months each."""


def year_of(year: int) -> Dated:
    """A calendar year."""
    return Dated(date(year, 1, 1), date(year, 12, 31))


def months_of(year: int, month: int, count: int = 1) -> Dated:
    """So many whole months from this one."""
    last_year, last_month = divmod(12 * year + month - 1 + count - 1, 12)
    return Dated(date(year, month, 1), last_of_month(last_year, last_month + 1))


def quarter_of(year: int, number: int) -> Dated:
    """A quarter of a year."""
    return months_of(year, 3 * number - 2, 3)


def half_of(year: int, number: int) -> Dated:
    """The first or second half of a year."""
    return months_of(year, 6 * number - 5, 6)


def season_of(year: int, name: str) -> Dated:
    """A season; of a winter the one that ends in this year."""
    month = SEASONS[name]
    return months_of(year - 1 if month == 12 else year, month, 3)


def session_of(year: int) -> Dated:
    """The session year of parliament that begins on the third Tuesday of September: Prinsjesdag."""
    return Dated(prinsjesdag(year), prinsjesdag(year + 1) - timedelta(1))


def week_of(day: date) -> Dated:
    """The week from Monday to Sunday that the day is in."""
    monday = day - timedelta(day.weekday())
    return Dated(monday, monday + timedelta(6))


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months_before(day: date, count: int) -> date:
    """The same day so many months earlier, or the last of a shorter month."""
    year, month = divmod(12 * day.year + day.month - 1 - count, 12)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), last_of_month(year, month + 1))


def first_of(day: date) -> str:
    """The year or month that begins on this day, else the day."""
    if day.day > 1:
        return day.isoformat()
    return day.isoformat()[:4] if day.month == 1 else day.isoformat()[:7]


def last_of(day: date) -> str:
    """The year or month that ends on this day, else the day."""
    if day != last_of_month(day.year, day.month):
        return day.isoformat()
    return day.isoformat()[:4] if day.month == 12 else day.isoformat()[:7]


_DAYS = {"vandaag": 0, "gisteren": 1, "eergisteren": 2}
_NUMBERS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_NUMBER = rf"(?P<number>\d{{1,3}}|één|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>dag(?:en)?|we(?:ek|ken)|maand(?:en)?|kwarta(?:al|len)|jaar|jaren)"
_CALENDAR = re.compile(
    rf"(?P<which>vorige?|deze|dit|huidige?)\s(?P<of>week|maand|kwartaal|jaar|(?:vergader|zittings)jaar|{'|'.join(SEASONS)})"
)
_LATEST = re.compile(rf"(?:vorige|afgelopen)\s(?P<of>{'|'.join((*MONTHS, *SEASONS))})")
_UP_TO_TODAY = re.compile(rf"(?:de\s|het\s)?(?:afgelopen|laatste|voorbije)\s(?:{_NUMBER}\s)?{_UNIT}")
_SOME = re.compile(rf"{_NUMBER}\s{_UNIT}(?:\sgeleden)?")


def read_relative(text: str, today: date) -> Dated | None:
    """The days of a time that is told from today on, in small letters; None when the text is none.

    >>> read_relative("vorig jaar", date(2025, 3, 1))
    Dated(start=datetime.date(2024, 1, 1), end=datetime.date(2024, 12, 31))
    """
    try:
        if text in _DAYS:
            day = today - timedelta(_DAYS[text])
            return Dated(day, day)
        if found := _LATEST.fullmatch(text):
            return _latest(found["of"], today)
        if found := _CALENDAR.fullmatch(text):
            return _of_calendar(found["of"], today, previous=found["which"].startswith("vorig"))
        if found := _UP_TO_TODAY.fullmatch(text):
            return Dated(_before(today, found["number"] or "1", found["unit"]), today)
    except (ValueError, OverflowError):  # before the first year of the calendar
        pass
    return None


def read_ago(text: str, today: date) -> date | None:
    """The day that lies so long before today ("drie maanden", "2 jaar geleden"), in small letters; None when the text is none."""
    found = _SOME.fullmatch(text)
    try:
        return _before(today, found["number"], found["unit"]) if found else None
    except (ValueError, OverflowError):
        return None


def _before(today: date, number: str, unit: str) -> date:
    count = int(number) if number.isdigit() else 1 if number == "één" else _NUMBERS.index(number) + 1
    match unit[0]:
        case "d":
            return today - timedelta(count)
        case "w":
            return today - timedelta(7 * count)
        case first:
            return months_before(today, count * {"m": 1, "k": 3, "j": 12}[first])


def _of_calendar(unit: str, today: date, *, previous: bool) -> Dated:
    """The week, month, … that today is in, or the one before it."""
    match unit:
        case "week":
            return week_of(today - timedelta(7 * previous))
        case "maand":
            day = months_before(today, int(previous))
            return months_of(day.year, day.month)
        case "kwartaal":
            day = months_before(today, 3 * previous)
            return quarter_of(day.year, (day.month + 2) // 3)
        case "jaar":
            return year_of(today.year - previous)
        case "vergaderjaar" | "zittingsjaar":
            return session_of(int(session_year_of(today)[:4]) - previous)
        case season:
            return season_of(today.year - previous, season)


def _latest(name: str, today: date) -> Dated:
    """The last month or season of this name that has ended."""
    years = (today.year, today.year - 1)
    both = [season_of(year, name) if name in SEASONS else months_of(year, MONTHS.index(name) + 1) for year in years]
    return next((one for one in both if one.end and one.end < today), both[-1])
