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
        ("06-2024", "2024-06-01", "2024-06-30"),
        ("6/2024", "2024-06-01", "2024-06-30"),
        ("jun-2024", "2024-06-01", "2024-06-30"),
        ("juni-2024", "2024-06-01", "2024-06-30"),
        (">2024", "2025-01-01", ""),
        ("> 2024", "2025-01-01", ""),
        (">=2024", "2024-01-01", ""),
        ("<2024", "", "2023-12-31"),
        ("≤ 2024", "", "2024-12-31"),
        ("2024-", "2024-01-01", ""),
        ("-2024", "", "2024-12-31"),
        ("2019 tot heden", "2019-01-01", ""),
        ("zomer 2024", "2024-06-01", "2024-08-31"),
        ("lente van 2024", "2024-03-01", "2024-05-31"),
        ("najaar 2023", "2023-09-01", "2023-11-30"),
        ("winter 2024", "2023-12-01", "2024-02-29"),
        ("eerste kwartaal 2024", "2024-01-01", "2024-03-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("tweede helft van 2024", "2024-07-01", "2024-12-31"),
        ("2024-2025", "2024-09-17", "2025-09-15"),
        ("2024–2025", "2024-09-17", "2025-09-15"),
        ("2024 - 2025", "2024-09-17", "2025-09-15"),
        ("2024-25", "2024-09-17", "2025-09-15"),
        ("vergaderjaar 2024/25", "2024-09-17", "2025-09-15"),
        ("2011-12", "2011-12-01", "2011-12-31"),
        ("2011/12", "2011-09-20", "2012-09-17"),
        ("tussen 2023 en 2024", "2023-01-01", "2024-12-31"),
        ("van 1 mei tot 1 juli 2024", "2024-05-01", "2024-07-01"),
        ("van 1 tot 15 juli 2024", "2024-07-01", "2024-07-15"),
        ("mei t/m juli 2024", "2024-05-01", "2024-07-31"),
        ("1-5-2024 - 1-7-2024", "2024-05-01", "2024-07-01"),
        ("[2019 TO 2024]", "2019-01-01", "2024-12-31"),
        ("in 2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_read(text: str, start: str, end: str) -> None:
    assert read_dates(text) == days(start, end)


TODAY = date(2025, 3, 31)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("vandaag", "2025-03-31", "2025-03-31"),
        ("gisteren", "2025-03-30", "2025-03-30"),
        ("deze week", "2025-03-31", "2025-04-06"),
        ("vorige week", "2025-03-24", "2025-03-30"),
        ("sinds vorige week", "2025-03-24", ""),
        ("deze maand", "2025-03-01", "2025-03-31"),
        ("vorige maand", "2025-02-01", "2025-02-28"),
        ("afgelopen maand", "2025-02-28", "2025-03-31"),
        ("de afgelopen drie maanden", "2024-12-31", "2025-03-31"),
        ("laatste 10 dagen", "2025-03-21", "2025-03-31"),
        ("sinds twee weken", "2025-03-17", ""),
        ("sinds één jaar", "2024-03-31", ""),
        ("vorig kwartaal", "2024-10-01", "2024-12-31"),
        ("dit jaar", "2025-01-01", "2025-12-31"),
        ("Vorig jaar", "2024-01-01", "2024-12-31"),
        ("sinds vorig jaar", "2024-01-01", ""),
        ("voor dit jaar", "", "2024-12-31"),
        ("het afgelopen jaar", "2024-03-31", "2025-03-31"),
        ("dit vergaderjaar", "2024-09-17", "2025-09-15"),
        ("vorig vergaderjaar", "2023-09-19", "2024-09-16"),
        ("afgelopen zomer", "2024-06-01", "2024-08-31"),
        ("vorige februari", "2025-02-01", "2025-02-28"),
        ("tussen vorig jaar en gisteren", "2024-01-01", "2025-03-30"),
        ("2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_told_from_today(text: str, start: str, end: str) -> None:
    assert read_dates(text, TODAY) == days(start, end)


@pytest.mark.parametrize("text", ["vorig jaar", "sinds vorige week", "gisteren", "afgelopen zomer"])
def test_without_today_nothing_is_told_from_it(text: str) -> None:
    assert read_dates(text) is None


@pytest.mark.parametrize("text", ["afgelopen 999 jaar", "vorig eeuw", "sinds gisteren avond", "afgelopen nul weken"])
def test_told_from_today_but_no_time(text: str) -> None:
    assert read_dates(text, date(500, 1, 1)) is None


@given(st.text(alphabet="0123456789-/. qjunivorgafeltswk", max_size=40) | st.text(max_size=90))
def test_any_text_on_any_day(text: str) -> None:
    found = read_dates(text, TODAY)
    assert found is None or found.start is None or found.end is None or found.start <= found.end


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
        ("2023/24", "uit vergaderjaar 2023/24"),
        ("Q1 2024", "van januari 2024 tot en met maart 2024"),
        ("2011-12", "uit december 2011"),
    ],
)
def test_told(text: str, told: str) -> None:
    found = read_dates(text)
    assert found
    assert told_dates(found) == told
