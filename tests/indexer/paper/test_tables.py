"""Tables as columns: cells in the grid however they are merged, and columns of amounts however these are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.model import Cell
from indexer.paper.tables import amount_columns, columns_of, is_amount, stands_for_none
from tests.counting import grows_no_faster

SPANS = st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=5), max_size=6)


def table(*rows: list[str], heads: int = 0) -> tuple[str, list[list[Cell]]]:
    """Text and cells of a table without merged cells; ``heads`` rows are its head."""
    text, made = "", []
    for i, row in enumerate(rows):
        cells = []
        for printed in row:
            text += " | "
            cells.append(Cell(len(text), len(text) + len(printed), i < heads))
            text += printed
        made.append(cells)
    return text, made


@given(SPANS)
def test_no_two_cells_of_the_grid_overlap(rows: list[list[tuple[int, int]]]) -> None:
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    for i, (row, columns) in enumerate(zip(rows, columns_of(rows), strict=True)):
        for (width, height), column in zip(row, columns, strict=True):
            # As in HTML, a wide cell may run into one from above; what it begins on is its own.
            assert (i, column) not in taken
            for down in range(height):
                for along in range(width):
                    taken.setdefault((i + down, column + along), (i, column))


@given(SPANS)
def test_cells_of_a_row_stand_in_order_and_leave_no_needless_gap(rows: list[list[tuple[int, int]]]) -> None:
    for row, columns in zip(rows, columns_of(rows), strict=True):
        ends = [column + width for (width, _), column in zip(row, columns, strict=True)]
        assert all(end <= column for end, column in zip(ends, columns[1:], strict=False))
    if all(height == 1 for row in rows for _, height in row):
        for row, columns in zip(rows, columns_of(rows), strict=True):
            assert columns == [sum(width for width, _ in row[:i]) for i in range(len(row))]


def test_a_cell_that_reaches_down_moves_those_below_it() -> None:
    assert columns_of([[(1, 2), (3, 1)], [(1, 1), (1, 1), (1, 1)]]) == [[0, 1], [1, 2, 3]]
    assert columns_of([[(1, 1), (1, 3), (1, 1)], [(1, 1), (1, 1)], [(1, 1), (1, 1)]]) == [[0, 1, 2], [0, 2], [0, 2]]


def test_what_a_grid_of_cells_that_reach_far_takes_grows_with_the_cells() -> None:
    assert grows_no_faster(lambda cells: columns_of([[(100, 100)] * cells, *([(1, 1)] for _ in range(99))] * 3), 50)


@pytest.mark.parametrize(
    "text",
    [
        "14.475", "242", "‒ 9,3", "– 3%", "\u22124", "-4,5", "€ 44,9", "€ -12", "-€ 12", "1 200", "1\u00a0200\u00a0000",
        "12 345 678",
        "(1.200)", "€ 50,-", "€ 50,--", "+3", "1,2 mln.", "€ 3 miljard", "0", "2.727.644", "€\u202f12", "12*",
        "1\u2009000", "97%", "1.5",
    ],
)  # fmt: skip
def test_amounts(text: str) -> None:
    assert is_amount(text)


@pytest.mark.parametrize("text", ["", "–", "3 jaar", "A12", "artikel 3", "1 en 2", "12-13", "12-03-2024", "x 1.000", "1" * 41])
def test_what_is_no_amount(text: str) -> None:
    assert not is_amount(text)


@pytest.mark.parametrize("text", ["-", "–", "‒", "p.m.", "PM", "n.v.t.", "x"])
def test_what_stands_for_no_amount(text: str) -> None:
    assert stands_for_none(text)
    assert not is_amount(text)


@given(st.text(alphabet="0123456789 .,€-–%()\u00a0", max_size=400))
def test_of_every_text_it_is_told_whether_it_is_an_amount(text: str) -> None:
    assert is_amount(text) in (True, False)


def test_columns_of_amounts_also_below_a_head_of_years_and_with_gaps() -> None:
    text, rows = table(
        ["Art.", "Omschrijving", "2027", "2028"],
        ["1", "IJs", "‒ 9,3", ""],
        ["2", "Vis", "23,9", "–"],
        ["", "Totaal", "14,6", "2"],
        heads=1,
    )
    assert amount_columns(text, rows) == {2, 3}


def test_a_column_of_years_or_words_is_none_of_amounts() -> None:
    text, rows = table(["Jaar", "Van", "Wie"], ["1", "2019", "Zeehond"], ["2", "2021", "3 pinguïns"], heads=1)
    assert amount_columns(text, rows) == frozenset()


def test_a_heading_between_the_rows_and_merged_heads_do_not_hide_amounts() -> None:
    text = "Uitgaven 12 13 14"
    head = [Cell(0, 8, True, 1, 2), Cell(0, 8, True, 3)]
    between = [Cell(0, 8, colspan=4)]
    body = [Cell(0, 8), Cell(9, 11), Cell(12, 14), Cell(15, 17)]
    second = [Cell(0, 8, True), Cell(0, 8, True), Cell(0, 8, True)]
    assert amount_columns(text, [head, second, between, body]) == {1, 2, 3}
