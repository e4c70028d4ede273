"""Dates as printed, datelines and session years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.printed import MONTHS, is_date_line, printed_date, session_year, session_year_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voorgesteld 6 juli 2021", date(2021, 7, 6)),
        ("Den Haag, 18\u00a0juni\u00a02024", date(2024, 6, 18)),
        ("3 MEI 1999", date(1999, 5, 3)),
        ("Ontvangen 31 februari 2020, vastgesteld 1 maart 2020", date(2020, 3, 1)),
        ("6 juli 20211", None),
        ("116 juli 2021", None),
        ("juli 2021", None),
        ("", None),
        ("1 januari 1798", None),
    ],
)
def test_printed_dates(text: str, expected: date | None) -> None:
    assert printed_date(text) == expected


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)))
def test_every_date_reads_back_from_print(day: date) -> None:
    assert printed_date(f"Den Haag, {day.day} {MONTHS[day.month - 1]} {day.year}") == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Den Haag, 18 juni 2024", True),
        ("'s-Gravenhage, 17 november 1998", True),
        ("’s-Gravenhage, 17 november 1998", True),
        ("’s-Hertogenbosch, de 17 november 1998.", True),
        ("Bergen op Zoom, 3 mei 2004", True),
        ("ALMERE, 3 MEI 2004", True),
        ("gehoord de beraadslaging, 3 mei 2004", False),
        ("Den Haag, 18 juni 2024 is een datum", False),
        ("Op 18 juni 2024", False),
        ("De brief is gestuurd. Daarna, op een andere dag in Den Haag, 18 juni 2024", False),
        ("Den Haag", False),
    ],
)
def test_datelines(text: str, expected: bool) -> None:
    assert is_date_line(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vergaderjaar 2023-2024", "2023-2024"), ("2023–2024", "2023-2024"), ("2023/24", "2023-2024"), ("1999-00", "1999-2000"),
        ("1998-1999", "1998-1999"), ("2023", ""), ("", ""), ("2023-2", ""),
    ],
)  # fmt: skip
def test_session_years(text: str, expected: str) -> None:
    assert session_year(text) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 9, 18), "2022-2023"), (date(2023, 9, 19), "2023-2024"), (date(2024, 9, 16), "2023-2024"),
        (date(2024, 9, 17), "2024-2025"), (date(2024, 1, 1), "2023-2024"), (date(2020, 9, 15), "2020-2021"),
    ],
)  # fmt: skip
def test_a_session_year_begins_on_the_third_tuesday_of_september(day: date, expected: str) -> None:
    assert session_year_of(day) == expected


@given(st.integers(1800, 2099))
def test_that_tuesday_is_one(year: int) -> None:
    (first,) = [
        day
        for day in (date(year, 9, 1) + timedelta(n) for n in range(30))
        if session_year_of(day) != session_year_of(day - timedelta(1))
    ]
    assert first.weekday() == 1
    assert 15 <= first.day <= 21
