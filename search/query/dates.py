"""Dates and periods in Dutch notation → the days they cover, and back.

    2024, juni 2024, 18 juni 2024, 18-6-2024, 2024-06-18, 2024-06, 2e kwartaal 2024    a day or a period
    2023/24, 2023/2024                                  a parliamentary year: from Prinsjesdag to the day before the next
    2019..2024, 2019-2024, 2019 t/m 2024, 2018.., ..2019, vanaf 2018, sinds juni 2020, tot en met 2019
                                                        both ends included, each of any notation above
    voor 2019, na juni 2024                             not included

A hyphen between years is a range of calendar years, because that is how people type one; the slash is the notation of papers
for their session years.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from indexer.paper.conventions import MONTHS
from search.query.tree import Dated
from search.wording import Language, Wording

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ABBREVIATED = {"mrt": 3, "sept": 9, "okt": 10} | {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|mrt|sept|jan|feb|apr|jun|jul|aug|sep|okt|nov|dec)\.?"
_YEAR = r"(?P<year>\d{4})"

_POINT = re.compile(
    rf"""
      (?P<session>\d{{4}})/(?P<next>\d\d(?:\d\d)?)                                      # 2023/24  2023/2024
    | (?:(?:(?P<day>\d{{1,2}})\s*)?{_MONTH}\s*)?{_YEAR}                                 # 18 juni 2024  juni 2024  2024
    | (?P<day2>\d{{1,2}})[-/.](?P<month2>\d{{1,2}})[-/.](?P<year2>\d{{4}})              # 18-6-2024  18.06.2024
    | (?P<year3>\d{{4}})-(?P<month3>\d{{1,2}})(?:-(?P<day3>\d{{1,2}}))?                 # 2024-06-18  2024-06
    | (?:q(?P<quarter>[1-4])|(?P<quarter2>[1-4])e\s*kwartaal(?:\s*van)?)\s*(?P<year4>\d{{4}})   # Q2 2024  2e kwartaal 2024
    """,
    re.VERBOSE,
)
_BETWEEN = re.compile(r"\s*(?:\.{2,}|…)\s*|\s+(?:t/m|tot\s+en\s+met|tot)\s+|(?<=\d{4})\s*[-–]\s*(?=\d{4}$)")
_OPEN = re.compile(r"(?P<word>vanaf|sinds|na|voor|vóór|t/m|tot\s+en\s+met|tot)\s+(?P<point>.+)")
_LONGEST = 80
_DAY = len("2024-06-18")


def read_dates(text: str) -> Dated | None:
    """The days a date or period covers; None when the text is neither.

    >>> read_dates("juni 2024")
    Dated(start=datetime.date(2024, 6, 1), end=datetime.date(2024, 6, 30))
    """
    text = " ".join(text.lower().split())
    if not text or len(text) > _LONGEST:
        return None
    if point := _point(text):
        return point
    if found := _OPEN.fullmatch(text):
        return _half(found["word"], _point(found["point"]))
    ends = _BETWEEN.split(text)
    if len(ends) != 2 or not any(ends):
        return None
    first, last = (_point(end) if end else None for end in ends)
    if (ends[0] and not first) or (ends[1] and not last):
        return None
    return _range(first, last)


def _range(first: Dated | None, last: Dated | None) -> Dated:
    if first and last and first.start and last.start and last.start < first.start:
        first, last = last, first
    return Dated(first.start if first else None, last.end if last else None)


def _half(word: str, point: Dated | None) -> Dated | None:
    if not point or not point.start or not point.end:
        return None
    if word in {"vanaf", "sinds"}:
        return Dated(point.start, None)
    if word == "na":
        return Dated(point.end + timedelta(1), None) if point.end < date.max else None
    if word in {"voor", "vóór"}:
        return Dated(None, point.start - timedelta(1)) if point.start > date.min else None
    return Dated(None, point.end)


def _point(text: str) -> Dated | None:
    """One day, month, quarter, year or parliamentary year."""
    found = _POINT.fullmatch(text)
    if not found:
        return None
    try:
        if found["session"]:
            return _session(int(found["session"]), found["next"])
        year = int(found["year"] or found["year2"] or found["year3"] or found["year4"])
        if quarter := int(found["quarter"] or found["quarter2"] or 0):
            return Dated(date(year, 3 * quarter - 2, 1), _last(year, 3 * quarter))
        month = _number(found["month"]) if found["month"] else int(found["month2"] or found["month3"] or 0)
        day = int(found["day"] or found["day2"] or found["day3"] or 0)
        if day:
            return Dated(date(year, month, day), date(year, month, day))
        return Dated(date(year, month, 1), _last(year, month)) if month else Dated(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        return None


def _number(month: str) -> int:
    return MONTHS.index(month) + 1 if month in MONTHS else _ABBREVIATED[month]


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _session(year: int, following: str) -> Dated | None:
    """The parliamentary year that begins on the third Tuesday of September."""
    if int(following) != (year + 1) % 10 ** len(following):
        return None
    return Dated(_prinsjesdag(year), _prinsjesdag(year + 1) - timedelta(1))


def _prinsjesdag(year: int) -> date:
    first = date(year, 9, 1)
    return first + timedelta((1 - first.weekday()) % 7 + 14)


def printed_dates(dated: Dated) -> str:
    """The notation that ``read_dates`` reads back: ``2024``, ``2024-06``, ``2019..2024``, ``2018-03-01..``."""
    if dated.start and dated.end and (period := _period(dated.start, dated.end)):
        return period
    return "..".join(_ends(dated))


_ON, _OF = Wording("van {}", "of {}"), Wording("uit {}", "of {}")
_BOTH_ENDS = Wording("van {} tot en met {}", "from {} up to and including {}")
_SINCE, _UNTIL = Wording("vanaf {}", "since {}"), Wording("tot en met {}", "up to and including {}")


def told_dates(dated: Dated, language: Language = Language.DUTCH) -> str:
    """The period in words: "uit juni 2024", "van 2019 tot en met 2024", "vanaf 18 juni 2024"."""
    if dated.start and dated.end and (period := _period(dated.start, dated.end)):
        return (_ON if dated.start == dated.end else _OF).told(language, _told(period))
    start, end = _ends(dated)
    if start and end:
        return _BOTH_ENDS.told(language, _told(start), _told(end))
    return _SINCE.told(language, _told(start)) if start else _UNTIL.told(language, _told(end))


def _ends(dated: Dated) -> tuple[str, str]:
    """The first and last year, month or day, empty where there is none; when one has to be a day, both are."""
    start = _first_of(dated.start) if dated.start else ""
    end = _last_of(dated.end) if dated.end else ""
    if dated.start and dated.end and _DAY in {len(start), len(end)}:
        return dated.start.isoformat(), dated.end.isoformat()
    return start, end


def _period(start: date, end: date) -> str:
    """The day, month or year that is exactly this; empty when none is."""
    if start == end:
        return start.isoformat()
    return _first_of(start) if _first_of(start) == _last_of(end) else ""


def _first_of(day: date) -> str:
    """The year or month that begins on this day, else the day."""
    if day.day > 1:
        return day.isoformat()
    return day.isoformat()[:4] if day.month == 1 else day.isoformat()[:7]


def _last_of(day: date) -> str:
    """The year or month that ends on this day, else the day."""
    if day != _last(day.year, day.month):
        return day.isoformat()
    return day.isoformat()[:4] if day.month == 12 else day.isoformat()[:7]


def _told(notation: str) -> Wording:
    """``2024-06-18`` → "18 juni 2024", ``2024-06`` → "juni 2024"."""
    year, *rest = notation.split("-")
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    dutch, english = (f"{months[int(rest[0]) - 1]} " if rest else "" for months in (MONTHS, _ENGLISH_MONTHS))
    return Wording(f"{day}{dutch}{year}", f"{day}{english}{year}")
