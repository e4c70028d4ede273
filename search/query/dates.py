"""Dates and periods in Dutch notation → the days they cover, and back.

    2024, juni 2024, jun-2024, 06-2024, 2024-06, 18 juni 2024, 18-6-2024, 2024-06-18     a day, a month, a year
    Q2 2024, tweede kwartaal 2024, eerste helft van 2024, zomer 2024, najaar 2023
    2023/24, 2023-2024, vergaderjaar 2023/2024           a session year: from Prinsjesdag to the day before the next
    vorig jaar, afgelopen maand, laatste drie weken      from today on (``relative``), where it is known which day is today
    2019..2024, 2019-2024, 2019 t/m 2024, tussen 2019 en 2024, van 1 mei tot 1 juli 2024
                                                         both ends included, each of any notation above
    2018.., 2018-, >=2018, vanaf 2018, sinds juni 2020, ..2019, -2019, <=2019, tot en met 2019
    >2018, <2019, na juni 2024, voor 2019                not included

Two years that follow each other with a hyphen or a slash between them are one session year, as papers write it; years further
apart are a range of calendar years, and so are any with ``..`` between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from indexer.paper.conventions import MONTHS
from search.query.periods import (
    SEASONS,
    first_of,
    half_of,
    last_of,
    last_of_month,
    months_of,
    quarter_of,
    read_ago,
    read_relative,
    season_of,
    session_of,
    year_of,
)
from search.query.tree import Dated
from search.wording import Language, Wording

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ABBREVIATED = {"mrt": 3, "sept": 9, "okt": 10} | {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_MONTH_NAMES = rf"{'|'.join(MONTHS)}|mrt|sept|jan|feb|apr|jun|jul|aug|sep|okt|nov|dec"
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_ORDINAL = rf"[1-4]e|{'|'.join(_ORDINALS)}"
_DASH = "[-\u2010-\u2014]"

_POINT = re.compile(
    rf"""
      (?:(?:vergader|zittings)jaar\s)?(?P<session>\d{{4}})(?:\s?/\s?|\s?{_DASH}\s?)(?P<next>\d\d(?:\d\d)?)  # 2023/24  2023-2024
    | (?:(?P<day>\d{{1,2}})(?:\s|{_DASH})?)?(?P<month>{_MONTH_NAMES})\.?(?:\s|{_DASH})?(?P<year>\d{{4}})  # 18 juni 2024
    | (?P<whole>\d{{4}})                                                                                    # 2024
    | (?P<day2>\d{{1,2}})[-/.](?P<month2>\d{{1,2}})[-/.](?P<year2>\d{{4}})                        # 18-6-2024  18.06.2024
    | (?P<month3>\d{{1,2}})[-/.](?P<year3>\d{{4}})                                                          # 06-2024
    | (?P<year4>\d{{4}})-(?P<month4>\d{{1,2}})(?:-(?P<day4>\d{{1,2}}))?                                      # 2024-06-18  2024-06
    | (?:q(?P<quarter>[1-4])[\s-]?(?P<year5>\d{{4}})|(?P<year6>\d{{4}})[\s-]?q(?P<quarter2>[1-4]))             # Q2 2024  2024-Q2
    | (?P<part>{_ORDINAL})\s(?P<of>kwartaal|helft)(?:\svan)?\s(?P<year7>\d{{4}})                            # tweede kwartaal 2024
    | (?P<season>{"|".join(SEASONS)})(?:\svan)?\s(?P<year8>\d{{4}})                                        # zomer 2024
    """,
    re.VERBOSE,
)
_YEARS = ("year", "whole", "year2", "year3", "year4", "year5", "year6", "year7", "year8")
_BETWEEN = re.compile(rf"\s*(?:\.{{2,}}|…)\s*|\s(?:t/m|tot\sen\smet|tot|to)\s|\s{_DASH}\s|(?<=^\d{{4}}){_DASH}(?=\d{{4}}$)")
_FRAMED = re.compile(r"(?:tussen\s(?P<first>.+)\sen|van\s(?P<from>.+)\s(?:t/m|tot\sen\smet|tot))\s(?P<last>.+)")
_OPEN = re.compile(r"(?P<word>>=?|<=?|≥|≤|vanaf\s|sinds\s|na\s|voor\s|vóór\s|t/m\s|tot\sen\smet\s|tot\s|-(?=\d))\s?(?P<point>.+)")
_SIDES = {
    **dict.fromkeys((">=", "≥", "vanaf", "sinds"), "from"), **dict.fromkeys((">", "na"), "after"),
    **dict.fromkeys(("<=", "≤", "t/m", "tot en met", "tot", "-"), "until"), **dict.fromkeys(("<", "voor", "vóór"), "before"),
}  # fmt: skip
_TO_NOW = re.compile(r"(?:van\s|vanaf\s|sinds\s)?(?P<point>.+?)(?:(?<=\d)\s?-|\s(?:tot|t/m|tot\sen\smet)\s(?:nu|heden|vandaag))")
_OF_A_TIME = re.compile(r"^(?:in|uit|van)\s")
_LONGEST = 80
_DAY = len("2024-06-18")


def read_dates(text: str, today: date | None = None) -> Dated | None:
    """The days a date or period covers; None when the text is neither, or is told from today on and that day is not given.

    >>> read_dates("juni 2024")
    Dated(start=datetime.date(2024, 6, 1), end=datetime.date(2024, 6, 30))
    """
    text = " ".join(text.lower().strip("[]{}").split())
    if not text or len(text) > _LONGEST:
        return None
    if point := _point(_OF_A_TIME.sub("", text), today):
        return point
    if found := _TO_NOW.fullmatch(text):
        return _half("vanaf", _point(found["point"], today))
    if found := _OPEN.fullmatch(text):
        word = found["word"].strip()
        ago = read_ago(found["point"], today) if today and _SIDES[word] == "from" else None
        return Dated(ago, None) if ago else _half(word, _point(found["point"], today))
    if found := _FRAMED.fullmatch(text):
        return _range(found["first"] or found["from"], found["last"], today)
    ends = _BETWEEN.split(text)
    return _range(ends[0], ends[1], today) if len(ends) == 2 and any(ends) else None


def _range(first: str, last: str, today: date | None) -> Dated | None:
    """From the first day of one to the last day of the other; what only the last has (a year, a month) counts for both."""
    end = _point(last, today) if last else None
    start = _point(first, today) or (_borrowed(first, last, today) if end else None) if first else None
    if (first and not start) or (last and not end):
        return None
    if start and end and start.start and end.start and end.start < start.start:
        start, end = end, start
    return Dated(start.start if start else None, end.end if end else None)


def _borrowed(first: str, last: str, today: date | None) -> Dated | None:
    """ "1 mei" of "1 mei tot 1 juli 2024", "1" of "1 tot 15 juli 2024"."""
    words = last.split()
    return next((point for n in (1, 2) if len(words) > n and (point := _point(" ".join((first, *words[-n:])), today))), None)


def _half(word: str, point: Dated | None) -> Dated | None:
    if not point or not point.start or not point.end:
        return None
    match _SIDES[word]:
        case "from":
            return Dated(point.start, None)
        case "after":
            return Dated(point.end + timedelta(1), None) if point.end < date.max else None
        case "before":
            return Dated(None, point.start - timedelta(1)) if point.start > date.min else None
    return Dated(None, point.end)


def _point(text: str, today: date | None) -> Dated | None:
    """One day, month, quarter, year, …"""
    found = _POINT.fullmatch(text)
    if not found:
        return read_relative(text, today) if today else None
    try:
        return _days(found)
    except ValueError:
        return None


def _days(found: re.Match[str]) -> Dated | None:
    """The days of a point.

    Raises:
        ValueError: there are no such days.
    """
    if found["session"]:
        return _session(found["session"], found["next"], solid="-" in found[0])
    year = int(next(filter(None, (found[name] for name in _YEARS))))
    if found["season"]:
        return season_of(year, found["season"])
    if quarter := found["quarter"] or found["quarter2"]:
        return quarter_of(year, int(quarter))
    if part := found["part"]:
        number = _ORDINALS.get(part) or int(part[0])
        return quarter_of(year, number) if found["of"] == "kwartaal" else half_of(year, number) if number < 3 else None
    month = _number(found["month"]) if found["month"] else int(found["month2"] or found["month3"] or found["month4"] or 0)
    day = int(found["day"] or found["day2"] or found["day4"] or 0)
    if day:
        return Dated(date(year, month, day), date(year, month, day))
    return months_of(year, month) if month else year_of(year)


def _number(month: str) -> int:
    return MONTHS.index(month) + 1 if month in MONTHS else _ABBREVIATED[month]


def _session(first: str, following: str, *, solid: bool) -> Dated | None:
    """A session year; "2011-12" is a month, and years that do not follow each other are no session."""
    year, month = int(first), int(following) if len(following) == 2 and int(following) <= 12 else 0
    if month and solid:
        return months_of(year, month)
    return session_of(year) if int(following) == (year + 1) % 10 ** len(following) else None


MOST_WORDS = 10
"""Words that a date can have: "tussen 1 januari 2023 en 31 december 2024"."""
_BEGINS = re.compile(
    r"\d|q[1-4]|(?:van|tussen|vanaf|sinds|na|voor|vóór|tot|t/m|in|uit|vergaderjaar|zittingsjaar|de|het|deze|dit|huidige?)$"
    rf"|vorige?$|afgelopen$|laatste$|voorbije$|(?:eer)?gisteren$|vandaag$|(?:{_MONTH_NAMES}|{_ORDINAL}|{'|'.join(SEASONS)})\b"
)
_YEAR_ALONE = re.compile(r"\d{4}")
_FOR_A_YEAR = re.compile(r"(?:voor|vóór|tot|na)\s\d{4}")
"""In "begroting voor 2025" no date of a paper is meant."""
_EARLIEST = 1814
"""Four digits before the first year of the States General are a number."""


def dates_among(words: Sequence[str], today: date | None = None) -> Iterator[tuple[int, int, Dated]]:
    """Where words of ordinary text name a time, as words[start:end], and its days; each as long as can be.

    Times still to come are none, since no paper is of then; a year alone is one only at the end, since elsewhere it may count
    something ("2000 woningen").
    """
    small = [word.lower() for word in words]
    at = 0
    while at < len(small):
        for end in range(min(len(small), at + MOST_WORDS), at, -1) if _BEGINS.match(small[at]) else ():
            text = " ".join(small[at:end])
            dated = read_dates(text, today)
            if dated and _is_meant(text, dated, today, last=end == len(small)):
                yield at, end, dated
            if dated:
                at = end - 1
                break
        at += 1


def _is_meant(text: str, dated: Dated, today: date | None, *, last: bool) -> bool:
    start = dated.start or dated.end
    past = start is not None and start.year >= _EARLIEST and (today is None or start <= today)
    return past and not _FOR_A_YEAR.fullmatch(text) and (last or not _YEAR_ALONE.fullmatch(text))


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
    """The first and last year, month or day, empty where there is none; when one has to be a day, both are.

    Within one year both are months at least: "januari 2024 tot en met maart 2024".
    """
    start = first_of(dated.start) if dated.start else ""
    end = last_of(dated.end) if dated.end else ""
    if dated.start and dated.end and _DAY in {len(start), len(end)}:
        return dated.start.isoformat(), dated.end.isoformat()
    if dated.start and dated.end and dated.start.year == dated.end.year:
        return dated.start.isoformat()[:7], dated.end.isoformat()[:7]
    return start, end


def _period(start: date, end: date) -> str:
    """The day, month, year or session year that is exactly this; empty when none is."""
    if start == end:
        return start.isoformat()
    if start.day > 1 and start.year < end.year and Dated(start, end) == session_of(start.year):
        return f"{start.year:04}/{end.year % 100:02}"
    if start.day == 1 and end == last_of_month(start.year, start.month):
        return start.isoformat()[:7]
    return first_of(start) if first_of(start) == last_of(end) else ""


def _told(notation: str) -> Wording:
    """``2024-06-18`` → "18 juni 2024", ``2024-06`` → "juni 2024", ``2023/24`` → "vergaderjaar 2023/24"."""
    if "/" in notation:
        return Wording(f"vergaderjaar {notation}", f"session year {notation}")
    year, *rest = notation.split("-")
    day = f"{int(rest[1])} " if len(rest) > 1 else ""
    dutch, english = (f"{months[int(rest[0]) - 1]} " if rest else "" for months in (MONTHS, _ENGLISH_MONTHS))
    return Wording(f"{day}{dutch}{year}", f"{day}{english}{year}")
