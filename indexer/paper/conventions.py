"""The conventions of parliament: how its papers print dates, session years and dossiers, and order the papers of a dossier.

Knows nothing of where these stand. Which dossiers a paper belongs to is decided when the paper is assembled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_DAY = rf"\d{{1,2}}\s{{0,3}}(?i:{'|'.join(MONTHS)})\s{{1,3}}\d{{3,5}}(?!\d)"
_PRINTED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s{{0,3}}(?P<month>{'|'.join(MONTHS)})\s{{1,3}}(?P<year>\d{{3,5}})(?!\d)", re.IGNORECASE
)
"""6 juli 2021; also years that cannot be (202), so that they can be told."""
_ISO = re.compile(r"\s{0,9}\d{3,5}-\d{1,2}-\d{1,2}(?!\d)")
_PLACE_AND_DATE = re.compile(rf"(?:['’‘]s[- ])?[A-Z][\w’'.\- ]{{2,40}},\s{{0,3}}(?:de\s)?{_DAY}\.?")
"""Den Haag, 18 juni 2024; 's-Gravenhage, 17 november 1998"""
_DONE_AND_DATE = re.compile(rf"(?:Vastgesteld|Ontvangen|Voorgesteld|Ingediend|Uitgebracht)\s(?:op\s|d\.d\.\s)?{_DAY}\.?")
"""Vastgesteld 2 april 2024"""
_LONGEST_NUMBER = 200
"""Characters of what is printed as a number that are looked through."""
_AROUND_EDITION = " ()[]*,;:\u2013-"
_SESSION = re.compile(r"(?P<first>(?:18|19|20)\d\d)\s*[-/\u2010-\u2015]\s*(?P<second>(?:18|19|20)?\d\d)(?!\d)")
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


def impossible_date(text: str) -> str:
    """What a text gives as a date though there is no such day, as printed; empty when there is none or a true one as well.

    >>> impossible_date("Voorgesteld 30 februari 2024")
    '30 februari 2024'
    """
    if printed_date(text):
        return ""
    found = _PRINTED.search(text) or _ISO.match(text)
    return " ".join(found.group().split()) if found else ""


EARLIEST = 1814
"""There is no paper of before the States General of the Kingdom."""
_AROUND_SESSION = 800
"""A paper may appear a year or two after its session, or give the date of a letter from before; swapped digits are nine off."""
_AFTER_PUBLICATION = 31
"""Nothing is published before it is written; a month makes up for slips of the record."""
_BEFORE_PUBLICATION = 3 * 366
"""Margins in days."""
_NEAR_SESSION = 60
_NEAR_PUBLICATION = 200


@dataclass(frozen=True, slots=True)
class DateBounds:
    """What a date of a paper is held against: the session year ("2023-2024"), the day of publication, and today.

    Measured on 3,905 official files with a date: five lie outside their session year, by seven days; of the 1,800 whose day of
    publication is known none is of a later day, and none of more than 141 days before.
    """

    session: str
    published: date | None
    today: date

    def doubt(self, day: date) -> str:
        """Why the paper cannot be of this day; empty when nothing speaks against it.

        Far from the session year is no doubt where the publication agrees, since either may be misprinted.
        """
        in_session, at_publication = self._within(day, _AROUND_SESSION), self._before_publication(day, _BEFORE_PUBLICATION)
        if day.year < EARLIEST:
            return f"before {EARLIEST}"
        if self.published and self._days_before(day) < -_AFTER_PUBLICATION:
            return f"after its publication on {self.published.isoformat()}"
        if in_session is False and not at_publication:
            return f"far from session year {self.session}"
        if in_session is None and at_publication is False and self.published:
            return f"long before its publication on {self.published.isoformat()}"
        if in_session is None and at_publication is None and day.year > self.today.year + 1:
            return "in the future"
        return ""

    def near(self, day: date) -> bool:
        """Whether the day is what session year and publication make one expect."""
        known = (self._within(day, _NEAR_SESSION), self._before_publication(day, _NEAR_PUBLICATION))
        return not self.doubt(day) and False not in known

    def _within(self, day: date, margin: int) -> bool | None:
        if not self.session:
            return None
        begin, end = (prinsjesdag(int(self.session[:4]) + later).toordinal() for later in (0, 1))
        return begin - margin <= day.toordinal() < end + margin

    def _before_publication(self, day: date, margin: int) -> bool | None:
        return -_AFTER_PUBLICATION <= self._days_before(day) <= margin if self.published else None

    def _days_before(self, day: date) -> int:
        """How many days before its publication this is; days of the first and last years cannot be added to."""
        return self.published.toordinal() - day.toordinal() if self.published else 0


def is_date_line(text: str) -> bool:
    """Whether a paragraph tells the day of a paper and nothing else: "Den Haag, 17 mei 2024", "Vastgesteld 2 mei 2024"."""
    line = " ".join(text.split())
    return bool(_PLACE_AND_DATE.fullmatch(line) or _DONE_AND_DATE.fullmatch(line))


def session_year(text: str) -> str:
    """The session year that a text names, as "2023-2024"; empty when it names none."""
    found = _SESSION.search(text)
    if not found:
        return ""
    first, second = found["first"], found["second"]
    return f"{first}-{second if len(second) == 4 else str(int(first) + 1)}"


def session_year_of(day: date) -> str:
    """The session year a day falls in."""
    first = day.year if day >= prinsjesdag(day.year) else day.year - 1
    return f"{first}-{first + 1}"


def prinsjesdag(year: int) -> date:
    """The day on which a session year begins: the third Tuesday of September (Grondwet, article 65)."""
    september = date(year, 9, 1)
    return september + timedelta(days=(1 - september.weekday()) % 7 + 14)


_EDITION = re.compile(
    r"(?<![^\W\d_])(?:(?:\d{1,2}\s?e|tweede|derde|vierde|vijfde|nadere?|hernieuwde?|ge(?:recti|corri|wijzi)[a-z]{3,9}|verbeterde?|herziene?)"
    r"\s{1,3}){0,3}(?:herdruk|rectificatie|gerectificeerd|gecorrigeerd|(?<=e )(?:versie|uitgave|exemplaar))(?![^\W\d_])",
    re.IGNORECASE,
)
"""Herdruk; GERECTIFICEERDE HERDRUK; 2e herdruk; gecorrigeerde versie"""


def without_edition(printed: str) -> tuple[str, str]:
    """What is printed without the edition beside it, and the edition.

    >>> without_edition("9 (tweede HERDRUK)")
    ('9', 'tweede HERDRUK')
    """
    found = _EDITION.search(printed[:_LONGEST_NUMBER])
    if not found:
        return printed, ""
    before, after = printed[: found.start()].strip(_AROUND_EDITION), printed[found.end() :].strip(_AROUND_EDITION)
    # A digit glued to the edition is the number of a note.
    rest = (before,) if before and re.fullmatch(r"\d{1,2}", after) else (before, after)
    return " ".join(part for part in rest if part), found.group()


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


_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(numeral: str) -> int:
    """What a Roman numeral in capitals counts, such as that of the chapter of a budget.

    >>> roman_value("XIV")
    14
    """
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(value if value >= after else -value for value, after in zip(values, following, strict=True))


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
