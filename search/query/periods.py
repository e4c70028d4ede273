"""Named stretches of the calendar → the days they cover: years, halves, quarters, seasons, months, weeks, session years.

Also the other way: the shortest notation of a year, month or day (``2024``, ``2024-06``, ``2024-06-18``).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from indexer.paper.conventions import prinsjesdag
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
