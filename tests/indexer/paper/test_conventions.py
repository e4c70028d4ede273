"""How parliament writes dates, session years and dossiers, and orders the papers of a dossier."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.conventions import (
    MONTHS,
    DateBounds,
    impossible_date,
    is_date_line,
    is_guest,
    keys_once,
    place_in,
    printed_date,
    read_dossier,
    read_key,
    session_year,
    session_year_of,
    without_edition,
)
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier


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
        ("1 januari 1798", date(1798, 1, 1)),
        ("6 juli 202", date(202, 7, 6)),
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
        ("Vastgesteld 3 mei 2004", True),
        ("Ontvangen d.d. 3 mei 2004.", True),
        ("Vastgesteld 3 mei 2004 door de commissie", False),
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
        ("1998-1999", "1998-1999"), ("2026\u20122027", "2026-2027"), ("2023", ""), ("", ""), ("2023-2", ""),
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


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("31066", "31066"),
        ("31 066", "31066"),
        ("31\u00a0066", "31066"),
        ("36410 xvi", "36410-XVI"),
        ("36 410-XVI", "36410-XVI"),
        ("36410xvi", "36410-XVI"),
        ("36 410 IX-B", "36410-IXB"),
        ("21 501-02", "21501-02"),
        ("36 027 (R2160)", "36027"),
        ("ci", "CI"),
        ("31066-1412", "31066-1412"),
        ("Cool:Gen", ""),
        ("", ""),
    ],
)
def test_every_spelling_of_a_dossier_gives_its_key(typed: str, key: str) -> None:
    assert read_key(typed) == key


@pytest.mark.parametrize("key", ["31066", "21501-02", "36410-XVI", "36410-IXB", "36410-A", "CI", "00000"])
def test_a_key_is_its_own_spelling(key: str) -> None:
    assert read_key(key) == key


def test_a_number_of_no_known_form_is_kept() -> None:
    assert read_dossier("zie bijlage", "Titel") == Dossier("zie bijlage", "", "Titel")


def test_a_dossier_named_twice_has_its_key_once() -> None:
    dossiers = (Dossier("31066", "R2188"), Dossier("36410", "XVI"), Dossier("31066"), Dossier(""))
    assert keys_once(dossiers) == ["31066", "36410-XVI", "", ""]


def test_papers_stand_in_order_of_their_numbers() -> None:
    in_order = [
        "kst-31066-2",
        "kst-31066-10",
        "kst-31066-10-h1",
        "kst-31066-10a",
        "kst-31066-11",
        "kst-31066-1412",
        "kst-31066-A",
        "kst-31066-Z",
        "kst-31066-AA",
        "kst-31066-AB",
        "kst-1259252",
        "kst-26643-9",
        "kst-26643-10",
        "kst-36410-XVI-3",
    ]
    places = [place_in("31066", Identifier(name)) for name in in_order]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("key", "identifier", "guest"),
    [
        ("31066", "kst-31066-1412", False),
        ("26643", "kst-31066-1412", True),
        ("36410-XVI", "kst-36410-XVI-3", False),
        ("36410", "kst-36410-XVI-3", True),
        ("27033", "kst-27033-R1519-3", False),
        ("21501-02", "kst-21501-02-7", False),
        ("00000", "kst-19941995-00000-215a", False),
        ("31066", "kst-1259252", True),
    ],
)
def test_a_paper_with_the_number_of_another_dossier_is_a_guest(key: str, identifier: str, guest: bool) -> None:
    assert is_guest(place_in(key, Identifier(identifier))) is guest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voorgesteld 30 februari 2024", "30 februari 2024"), ("Ontvangen 31 juni 2024", "31 juni 2024"),
        ("Den Haag, 5 maart 20244", "5 maart 20244"), ("2024-02-30", "2024-02-30"), ("0 mei 2024", "0 mei 2024"),
        ("31 februari 2024, vastgesteld 1 maart 2024", ""), ("5 maart 2024", ""), ("Den Haag", ""), ("", ""),
    ],
)  # fmt: skip
def test_days_that_do_not_exist(text: str, expected: str) -> None:
    assert impossible_date(text) == expected


@pytest.mark.parametrize(
    ("day", "session", "published", "doubt"),
    [
        ((2024, 3, 5), "2023-2024", None, ""),
        ((2024, 9, 24), "2023-2024", None, ""),
        ((2026, 6, 30), "2023-2024", None, ""),
        ((2022, 1, 5), "2023-2024", None, ""),
        ((2027, 3, 5), "2023-2024", None, "far from session year 2023-2024"),
        ((2020, 3, 5), "2023-2024", None, "far from session year 2023-2024"),
        ((2032, 3, 5), "2023-2024", None, "far from session year 2023-2024"),
        ((2014, 3, 5), "2023-2024", None, "far from session year 2023-2024"),
        ((2104, 7, 6), "2023-2024", (2024, 7, 9), "after its publication on 2024-07-09"),
        ((202, 7, 6), "2023-2024", None, "before 1814"),
        ((1798, 7, 6), "", None, "before 1814"),
        ((2024, 12, 6), "2023-2024", (2024, 2, 10), "after its publication on 2024-02-10"),
        ((2024, 2, 20), "2023-2024", (2024, 2, 10), ""),
        # Only the session year is misprinted.
        ((2024, 3, 5), "2013-2014", (2024, 3, 7), ""),
        # Old papers were put on the web much later.
        ((1995, 3, 5), "1994-1995", (2009, 1, 7), ""),
        ((1995, 3, 5), "", (2009, 1, 7), "long before its publication on 2009-01-07"),
        ((2024, 3, 5), "", None, ""),
        ((2028, 3, 5), "", None, "in the future"),
        ((2027, 3, 5), "", None, ""),
        ((2031, 11, 5), "2031-2032", None, ""),
    ],
)
def test_dates_that_cannot_be(
    day: tuple[int, int, int], session: str, published: tuple[int, int, int] | None, doubt: str
) -> None:
    bounds = DateBounds(session, date(*published) if published else None, date(2026, 11, 30))
    assert bounds.doubt(date(*day)) == doubt
    assert not (doubt and bounds.near(date(*day)))


@given(st.dates(date(1814, 9, 20), date(2090, 1, 1)), st.integers(-365, 365))
def test_no_day_within_a_year_of_its_session_year_is_in_doubt(day: date, late: int) -> None:
    assert not DateBounds(session_year_of(day), None, day).doubt(max(day + timedelta(late), date(1814, 1, 1)))


@pytest.mark.parametrize(
    ("printed", "number", "edition"),
    [
        ("9 Herdruk", "9", "Herdruk"), ("5 HERDRUK1", "5", "HERDRUK"), ("5 HERDRUK *", "5", "HERDRUK"),
        ("12 GERECTIFICEERDE HERDRUK", "12", "GERECTIFICEERDE HERDRUK"), ("12 (2e herdruk)", "12", "2e herdruk"),
        ("C Gerectificeerd", "C", "Gerectificeerd"), ("HERDRUK Nr. 9", "Nr. 9", "HERDRUK"), ("HERDRUK 9", "9", "HERDRUK"),
        ("7 tweede gecorrigeerde herdruk", "7", "tweede gecorrigeerde herdruk"),
        ("7, gecorrigeerde versie", "7", "gecorrigeerde versie"),
        ("143", "143", ""), ("AR", "AR", ""), ("215a", "215a", ""), ("", "", ""), ("herdrukken 4", "herdrukken 4", ""),
    ],
)  # fmt: skip
def test_the_edition_beside_a_number(printed: str, number: str, edition: str) -> None:
    assert without_edition(printed) == (number, edition)
