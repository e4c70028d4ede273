"""Tables and images in the terminal: aligned, within the window, with every word; told row by row where there is no room."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from indexer.paper.model import Cell, Kamerstuk
from kamerstukken.columns import table_lines
from kamerstukken.terminal import print_paper
from tests.counting import grows_no_faster
from tests.indexer.papers import read_page, read_xml

COLUMNS = "".join(f'<colspec colname="c{i}"/>' for i in range(1, 6))
NOTE = '<noot id="t1" type="tabel"><noot.nr>a</noot.nr><noot.al>Zonder krill.</noot.al></noot>'


def row(*cells: str) -> str:
    return f"<row>{''.join(f'<entry><al>{cell}</al></entry>' for cell in cells)}</row>"


def bold(text: str) -> str:
    return f'<nadruk type="vet">{text}</nadruk>'


BUDGET = (
    f'<al>Vooraf.</al><table><title>Begroting van de Zuidpool (bedragen x € 1.000)</title><tgroup cols="4">{COLUMNS}<thead>'
    '<row><entry><al>Art.</al></entry><entry><al>Wat</al></entry><entry namest="c3" nameend="c4"><al>Begroting</al></entry>'
    f"</row>{row('', '', '2031', '2032')}</thead><tbody>{row('', bold('Totaal'), bold('1.475,3'), '242')}{row('', '', '', '')}"
    f"{row('1', f'IJs en vis{NOTE}', '‒ 9,3', '1 200')}</tbody></tgroup></table>"
)


def shown(paper: Kamerstuk, width: int) -> list[str]:
    out = io.StringIO()
    print_paper(paper, Console(file=out, width=width, highlight=False))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def lines_of(rows: list[list[tuple[str, int, int]]], width: int, *, heads: int = 0) -> list[str]:
    """The lines of a table of cells given as text, columns and rows."""
    text = ""
    cells: list[list[Cell]] = []
    for i, row in enumerate(rows):
        cells.append([])
        for printed, wide, high in row:
            cells[-1].append(Cell(len(text), len(text) + len(printed), i < heads, wide, high))
            text += printed
    return [line.plain for line in table_lines(text, cells, [[printed for printed, _, _ in row] for row in rows], width)]


@pytest.mark.parametrize("width", [80, 120])
def test_a_budget_table_stands_in_columns(width: int) -> None:
    lines = shown(read_xml(BUDGET), width)
    begin = lines.index("Begroting van de Zuidpool (bedragen x € 1.000)")
    assert lines[begin + 1 : begin + 6] == [
        "Art.  Wat              Begroting",
        "                        2031   2032",
        "───────────────────────────────────",
        "      Totaal         1.475,3    242",
        "1     IJs en vis[a]    ‒ 9,3  1 200",
    ]
    assert lines[-1] == "  a Zonder krill."


def test_totals_and_heads_are_bold() -> None:
    out = io.StringIO()
    print_paper(read_xml(BUDGET), Console(file=out, width=80, highlight=False, force_terminal=True, color_system="standard"))
    printed = re.findall(r"\x1b\[1m([^\x1b]*)\x1b", out.getvalue())
    assert {"Wat", "Totaal", "1.475,3"} <= set(printed)
    assert "242" not in printed


def test_long_words_of_cells_are_wrapped_and_amounts_are_not() -> None:
    lines = lines_of(
        [[("een heel lange omschrijving van wat er te koop is", 1, 1), ("1 200 000", 1, 1)], [("vis", 1, 1), ("3", 1, 1)]], 24
    )
    assert lines == [
        "een heel       1 200 000", "lange", "omschrijving", "van wat er te", "koop is", "vis                    3",
    ]  # fmt: skip


def test_a_table_that_is_too_wide_is_told_row_by_row() -> None:
    head = [(f"Jaar {year}", 1, 1) for year in range(2020, 2040)]
    lines = lines_of([[("Post", 1, 1), *head], [("Vis", 1, 1), *((f"{n}.000.000", 1, 1) for n in range(20))]], 80, heads=1)
    assert lines[:3] == ["Post: Vis", "  Jaar 2020: 0.000.000", "  Jaar 2021: 1.000.000"]
    assert len(lines) == 21


def test_a_cell_over_several_rows_stands_beside_them() -> None:
    assert lines_of([[("Vis en ijs", 1, 2), ("1", 1, 1)], [("2", 1, 1)]], 80) == ["Vis en ijs  1", "            2"]
    assert lines_of([[("een twee drie vier", 1, 2), ("12.345.678", 1, 1)], [("2", 1, 1)]], 18) == [
        "een     12.345.678", "twee             2", "drie", "vier",
    ]  # fmt: skip


WORDS = st.text(alphabet="abc1.,‒ é€", max_size=30).map(lambda text: " ".join(text.split()))
ROWS = st.lists(st.lists(st.tuples(WORDS, st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=5), min_size=1, max_size=5)


@settings(max_examples=500)
@given(ROWS, st.integers(1, 140), st.integers(0, 2))
def test_no_character_is_lost_and_no_line_is_too_wide(rows: list[list[tuple[str, int, int]]], width: int, heads: int) -> None:
    lines = lines_of(rows, width, heads=heads)
    assert all(cell_len(line) <= max(width, 3) for line in lines)
    given_, told = (Counter("".join("".join(texts).split())) for texts in ([t for row in rows for t, _, _ in row], lines))
    body = Counter("".join("".join(t for row in rows[heads:] for t, _, _ in row).split()))
    assert body <= told
    if not heads:
        assert given_ == told


def test_an_image_leaves_a_line_where_it_stood() -> None:
    body = "<p>Een.</p><img src='a.png' alt='Kaart van de zee'/><p>Twee.</p><div class='plaatje'><img src='b.png'/></div>"
    lines = shown(read_page(body), 80)
    at = lines.index("Een.")
    assert lines[at : at + 4] == ["Een.", "[image: Kaart van de zee]", "Twee.", "[image without a description]"]


def test_the_numbers_of_notes_and_the_edition_are_shown() -> None:
    note = "<noot id='n1'><noot.nr>1</noot.nr><noot.al>IJs.</noot.al></noot>"
    lines = shown(read_xml(f"<al>In 2031{note} niet<nootref refid='n1'/>.</al>"), 80)
    assert "In 2031[1] niet[1]." in lines
    assert "Herdruk" in shown(read_page("<p>Een.</p>", identifier="kst-91234-7-h1"), 80)


def test_a_date_in_doubt_is_told() -> None:
    page = read_page('<p class="kamerstukdatum">Ontvangen <span class="datum">6 maart 2104</span></p><p>Een.</p>')
    assert "The date is in doubt: in the future." in shown(page, 80)


@pytest.mark.parametrize(("row", "few"), [([(f"{n}", 1, 1) for n in range(10)], 300), ([("woord", 20, 20)] * 10, 60)])
def test_what_a_table_takes_grows_with_its_rows(row: list[tuple[str, int, int]], few: int) -> None:
    assert grows_no_faster(lambda rows: lines_of([row] * rows, 80), few)
