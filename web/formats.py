"""Numbers, dates and dossiers as the Dutch write them. Only formats values; sentences stand in ``strings``.

Text for formats that take less than any text: one line without control characters, and what XML can hold.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from indexer.paper.conventions import MONTHS
from indexer.paper.model import Dossier, Person
from search.fields import printed_category, printed_dossier

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Control characters, half characters, marks that turn the direction of text, and what is no character."""

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference (production 2, Char)."""


def one_line(text: str) -> str:
    """The text on one line: white space of every kind is one space, what cannot be seen is left out."""
    return _CONTROLS.sub("", " ".join(text.split())).strip()


def for_xml(text: str) -> str:
    """The text, or a document in which texts were escaped, without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


_SHORT = ("jan.", "feb.", "mrt.", "apr.", "mei", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")
NO_BREAK = "\u00a0"


def number(value: int) -> str:
    """1234 → 1.234."""
    return f"{value:,}".replace(",", ".")


def percent(share: float) -> str:
    """0.0417 → 4,2%; with two digits that tell something, whatever the size."""
    value = share * 100
    digits = 0 if value >= 10 or not value else 1 if value >= 1 else 2 if value >= 0.1 else 3
    return f"{value:.{digits}f}%".replace(".", ",")


def short_day(value: date) -> str:
    """18-06-2024."""
    return f"{value.day:02}-{value.month:02}-{value.year:04}"


def day(value: date) -> str:
    """18 juni 2024."""
    return f"{value.day}{NO_BREAK}{MONTHS[value.month - 1]} {value.year}"


def instant(value: datetime) -> str:
    """A time as machines read it: 2024-06-18T12:00:00Z (RFC 3339)."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_day(value: datetime) -> str:
    """The day on which it was in the Netherlands: 18 juni 2024."""
    return day(_local(value).date())


def _local(value: datetime) -> datetime:
    return value.astimezone(ZoneInfo("Europe/Amsterdam"))


def moment(value: datetime) -> str:
    """A time as the Dutch clock tells it: 18 juni 2024, 14.00 uur."""
    local = _local(value)
    return f"{day(local.date())}, {local.hour}.{local.minute:02}{NO_BREAK}uur"


def month(value: date) -> str:
    """jan. 2022."""
    return f"{_SHORT[value.month - 1]}{NO_BREAK}{value.year}"


dossier_key, category = printed_dossier, printed_category


def dossier(value: Dossier) -> str:
    """A paper's dossier with its addition: 36 410 XVI, 36 027 (R2160)."""
    printed = dossier_key(value.key)
    return f"{printed}{NO_BREAK}({value.addition})" if value.addition.startswith("R") else printed


def person(value: Person) -> str:
    """Who signed: name, else office."""
    return value.name or value.office
