"""Selections as queries, and windows: that the pieces of a window are the window, day for day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.harvest.selection import (
    ALWAYS,
    KAMERSTUKKEN,
    UNDATED,
    HarvestSelection,
    Window,
    one_of,
    pieces,
    question,
    years,
)
from indexer.paper.identifier import Identifier
from tests.official_source.cql import read_query
from tests.official_source.published import Published

TODAY = date(2026, 3, 1)
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@st.composite
def windows(draw: st.DrawFn) -> Window:
    first, last = sorted((draw(days), draw(days)))
    return Window(draw(st.sampled_from([first, None])), draw(st.sampled_from([last, None])))


@given(windows(), st.integers(2, 400_000), days)
def test_every_day_of_a_window_is_in_exactly_one_piece(window: Window, results: int, day: date) -> None:
    for cut in (pieces(window, results, TODAY, 5_000), years(window, TODAY)):
        assert sum(piece.holds(day) for piece in cut) == (window.holds(day) if cut else 0)
        assert list(cut) == sorted(cut, key=lambda piece: piece.first or date.min, reverse=True)


@given(windows(), st.integers(10_000, 400_000))
def test_pieces_are_smaller_and_cutting_ends(window: Window, results: int) -> None:
    left = [window]
    for _ in range(40):
        left = [piece for one in left[:3] for piece in pieces(one, results, TODAY, 5_000)]
        if not left:
            return
    pytest.fail(f"still cutting {left[:3]}")


def test_what_cannot_be_cut_is_not() -> None:
    day = date(2020, 9, 15)
    assert pieces(Window(day, day), 90_000, TODAY, 1_000) == ()
    assert pieces(Window(None, date(1993, 12, 31)), 90_000, TODAY, 1_000) == ()
    assert pieces(Window(TODAY + timedelta(days=1), None), 90_000, TODAY, 1_000) == ()
    assert pieces(UNDATED, 90_000, TODAY, 1_000) == ()


def test_a_paper_without_a_date_is_only_in_the_windows_without_days() -> None:
    assert ALWAYS.holds(None)
    assert not Window(None, TODAY).holds(None)
    assert not UNDATED.holds(TODAY)
    for cut in (pieces(ALWAYS, 90_000, TODAY, 1_000), years(ALWAYS, TODAY)):
        assert [piece for piece in cut if piece.holds(None)] == [UNDATED]


def test_years_are_cut_at_new_year() -> None:
    assert years(Window(date(2023, 5, 1), date(2025, 2, 1)), TODAY) == (
        Window(date(2025, 1, 1), date(2025, 2, 1)), Window(date(2024, 1, 1), date(2024, 12, 31)),
        Window(date(2023, 5, 1), date(2023, 12, 31)),
    )  # fmt: skip
    assert years(ALWAYS, TODAY)[0] == Window(date(2026, 1, 1), None)
    assert years(ALWAYS, TODAY)[-2] == Window(None, date(1993, 12, 31))


def test_a_selection_becomes_a_query_of_the_official_interface() -> None:
    assert HarvestSelection().scope.cql == f'{KAMERSTUKKEN} and dt.type=="Kamerstuk"'
    selection = HarvestSelection(
        ("31066", "36410-XVI"), ("2023-2024",), ("Motie",), True, 'dt.title="zonne \\"energie"', date(2024, 1, 1)
    )
    assert selection.scope.cql == (
        f'{KAMERSTUKKEN} and (dt.type=="Kamerstuk" or dt.type=="Bijlage") '
        'and (w.dossiernummer=="31066" or w.dossiernummer=="36410-XVI") and w.vergaderjaar=="2023-2024" '
        'and w.subrubriek=="Motie" and (dt.title="zonne \\"energie")'
    )
    assert question(selection.scope.cql, selection.scope.window, "2024-05-01").endswith(
        'and dt.modified>="2024-05-01" and dt.date>="2024-01-01" sortBy dt.date/sort.ascending'
    )
    assert one_of((Identifier("kst-1-2"), Identifier("kst-1-3"))) == 'dt.identifier=="kst-1-2" or dt.identifier=="kst-1-3"'


@given(
    st.lists(st.sampled_from(["31066", "36410-XVI", 'a"b', "c\\"]), max_size=3, unique=True),
    st.lists(st.sampled_from(["Motie", "Brief"]), max_size=2, unique=True),
    st.sampled_from(["31066", "36410-XVI", 'a"b', "c\\", "x"]),
    st.sampled_from(["Motie", "Brief", "x"]),
    windows(),
    days,
)
def test_the_query_selects_what_the_selection_says(
    dossiers: list[str], kinds: list[str], dossier: str, kind: str, window: Window, day: date
) -> None:
    paper = Published("kst-1-2", date=day.isoformat(), dossiers=("y", dossier), kind=kind)
    scope = HarvestSelection(tuple(dossiers), kinds=tuple(kinds), first=window.first, last=window.last).scope
    expected = (not dossiers or dossier in dossiers) and (not kinds or kind in kinds) and window.holds(day)
    assert read_query(question(scope.cql, scope.window)).test(paper) is expected
