"""Dutch dates and periods: what they cover, how they are printed and told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.dates import printed_dates, read_dates, told_dates
from search.query.tree import Dated


def days(start: str, end: str) -> Dated:
    return Dated(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019..2024", "2019-01-01", "2024-12-31"),
        ("2024..2019", "2019-01-01", "2024-12-31"),
        ("2018..", "2018-01-01", ""),
        ("..2019", "", "2019-12-31"),
        ("2019…2024", "2019-01-01", "2024-12-31"),
        ("2019-2024", "2019-01-01", "2024-12-31"),
        ("2019 – 2024", "2019-01-01", "2024-12-31"),
        ("2019 t/m 2024", "2019-01-01", "2024-12-31"),
        ("juni 2024", "2024-06-01", "2024-06-30"),
        ("Februari 2024", "2024-02-01", "2024-02-29"),
        ("mrt. 2023", "2023-03-01", "2023-03-31"),
        ("18 juni 2024", "2024-06-18", "2024-06-18"),
        ("18 JUNI 2024", "2024-06-18", "2024-06-18"),
        ("18-6-2024", "2024-06-18", "2024-06-18"),
        ("18/06/2024", "2024-06-18", "2024-06-18"),
        ("18.06.2024", "2024-06-18", "2024-06-18"),
        ("2024-06-18", "2024-06-18", "2024-06-18"),
        ("2024-06", "2024-06-01", "2024-06-30"),
        ("Q2 2024", "2024-04-01", "2024-06-30"),
        ("4e kwartaal van 2024", "2024-10-01", "2024-12-31"),
        ("2023/24", "2023-09-19", "2024-09-16"),
        ("2023/2024", "2023-09-19", "2024-09-16"),
        ("1999/00", "1999-09-21", "2000-09-18"),
        ("juni 2023..maart 2024", "2023-06-01", "2024-03-31"),
        ("1-1-2020..31-3-2020", "2020-01-01", "2020-03-31"),
        ("2024-01-15..2024-02", "2024-01-15", "2024-02-29"),
        ("1 januari 2020 tot en met 3 maart 2020", "2020-01-01", "2020-03-03"),
        ("vanaf juni 2020", "2020-06-01", ""),
        ("sinds 2020", "2020-01-01", ""),
        ("na 2020", "2021-01-01", ""),
        ("voor 2020", "", "2019-12-31"),
        ("t/m 2020", "", "2020-12-31"),
    ],
)
def test_read(text: str, start: str, end: str) -> None:
    assert read_dates(text) == days(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "foo",
        "24",
        "31-2-2024",
        "2024-13",
        "32 juni 2024",
        "juni",
        "2023/25",
        "2019..foo",
        "foo..2019",
        "1..2..3",
        "0000",
        "voor 0001",
        "na 9999",
        "2024" * 40,
    ],
)
def test_not_a_date(text: str) -> None:
    assert read_dates(text) is None


PERIODS = (
    st.tuples(st.dates() | st.none(), st.dates() | st.none())
    .filter(any)
    .map(
        lambda ends: Dated(min(ends), max(ends)) if ends[0] and ends[1] else Dated(*ends)  # type: ignore[type-var]
    )
)


@given(PERIODS)
def test_printed_is_read_back(dated: Dated) -> None:
    assert read_dates(printed_dates(dated)) == dated
    assert told_dates(dated)


@given(st.text(alphabet="0123456789-/. qjuniemart", max_size=30))
def test_any_text(text: str) -> None:
    found = read_dates(text)
    assert found is None or found.start is None or found.end is None or found.start <= found.end


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024", "uit 2024"),
        ("juni 2024", "uit juni 2024"),
        ("18-6-2024", "van 18 juni 2024"),
        ("2019..2024", "van 2019 tot en met 2024"),
        ("juni 2019..2024", "van juni 2019 tot en met 2024"),
        ("1-6-2024..4-6-2024", "van 1 juni 2024 tot en met 4 juni 2024"),
        ("15-1-2024..februari 2024", "van 15 januari 2024 tot en met 29 februari 2024"),
        ("2018..", "vanaf 2018"),
        ("..juni 2019", "tot en met juni 2019"),
    ],
)
def test_told(text: str, told: str) -> None:
    found = read_dates(text)
    assert found
    assert told_dates(found) == told
