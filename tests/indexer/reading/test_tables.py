"""Tables as they are read: HTML and XML alike, captions, bold totals, merged cells, rows without words left out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.model import Cell, Kamerstuk, Paragraph, ParagraphForm
from indexer.paper.tables import grid_of
from tests.counting import grows_no_faster
from tests.indexer.papers import NOTE_FORM, read_page, read_xml, words_of

COLUMNS = "".join(f'<colspec colnum="{i}" colname="c{i}"/>' for i in range(1, 6))


def cals(rows: str, *, title: str = "", head: str = "") -> str:
    """A table as XML has them; ``rows`` are the elements of its body."""
    caption = f"<title>{title}</title>" if title else ""
    thead = f"<thead>{head}</thead>" if head else ""
    return f'<table frame="all">{caption}<tgroup cols="5">{COLUMNS}{thead}<tbody>{rows}</tbody></tgroup></table>'


def row(*cells: str) -> str:
    return f"<row>{''.join(f'<entry><al>{cell}</al></entry>' for cell in cells)}</row>"


def tr(*cells: str, tag: str = "td") -> str:
    return f"<tr>{''.join(f'<{tag}><p>{cell}</p></{tag}>' for cell in cells)}</tr>"


def table_of(paper: Kamerstuk) -> Paragraph:
    (found,) = [p for s in paper.sections for p in s.paragraphs if p.form is ParagraphForm.TABLE]
    return found


def cells_of(table: Paragraph) -> list[list[str]]:
    return [[table.text[cell.start : cell.end] for cell in row] for row in table.rows]


def test_a_table_is_the_same_from_html_and_xml() -> None:
    xml = read_xml(
        cals(
            '<row><entry colname="c1" morerows="1"><al>Vis</al></entry><entry><al>1</al></entry><entry><al><nadruk type="vet">2'
            "</nadruk></al></entry></row><row><entry><al>3</al></entry><entry/></row>",
            title="Tabel 1: vis aan boord",
            head='<row><entry/><entry namest="c2" nameend="c3"><al>Begroting</al></entry></row>',
        )
    )
    html = read_page(
        '<table class="xml"><caption>Tabel 1: vis aan boord</caption><thead><tr><th></th>'
        '<th colspan="2">Begroting</th></tr></thead>'
        '<tbody><tr><td rowspan="2"><p>Vis</p></td><td><p>1</p></td><td><p><strong class="vet">2</strong></p></td></tr>'
        "<tr><td><p>3</p></td><td></td></tr></tbody></table>"
    )
    assert [(p.form, p.text, p.rows) for p in xml.sections[0].paragraphs] == [
        (p.form, p.text, p.rows) for p in html.sections[0].paragraphs
    ]
    assert [p.form for p in xml.sections[0].paragraphs] == [ParagraphForm.CAPTION, ParagraphForm.TABLE]
    assert cells_of(table_of(xml)) == [["", "Begroting"], ["Vis", "1", "2"], ["3", ""]]
    assert [[(c.colspan, c.rowspan, c.header, c.bold) for c in row] for row in table_of(xml).rows] == [
        [(1, 1, True, False), (2, 1, True, False)],
        [(1, 2, False, False), (1, 1, False, False), (1, 1, False, True)],
        [(1, 1, False, False), (1, 1, False, False)],
    ]


@pytest.mark.parametrize(
    ("printed", "bold"),
    [
        ("<strong>Totaal</strong>", True), ("<b>Totaal</b>", True), ("<strong>Tot</strong><strong>aal</strong>", True),
        ("<strong>Totaal</strong> 12", False), ("12", False), ("<strong> </strong>12", False),
        ("<span class='vetcur'>Totaal</span>", True), ("<em class='cur'>Totaal</em>", False),
    ],
)  # fmt: skip
def test_a_cell_is_bold_when_all_of_it_is(printed: str, bold: bool) -> None:
    paper = read_page(f"<table><tr><td>{printed}</td><td>12</td></tr></table>")
    assert table_of(paper).rows[0][0].bold is bold


def test_bold_print_outside_tables_changes_nothing() -> None:
    assert read_page("<p><b>Een</b> twee</p>").sections == read_page("<p>Een twee</p>").sections


def test_rows_without_words_are_left_out() -> None:
    expected = [["Totaal", "14"], ["2", "97"]]
    assert cells_of(table_of(read_xml(cals(row("Totaal", "14") + row("", "") + "<row/>" + row("2", "97"))))) == expected
    assert cells_of(table_of(read_page(f"<table>{tr('Totaal', '14')}{tr('', ' ')}<tr></tr>{tr('2', '97')}</table>"))) == expected


def test_a_cell_over_a_row_that_is_left_out_takes_a_row_less() -> None:
    paper = read_page("<table><tr><td rowspan='3'>a</td><td>b</td></tr><tr><td></td></tr><tr><td>c</td></tr></table>")
    assert [[cell.rowspan for cell in row] for row in table_of(paper).rows] == [[2, 1], [1]]


def test_a_cell_that_begins_in_a_row_that_is_left_out_begins_in_the_next() -> None:
    paper = read_page("<table><tr><td></td><td rowspan='2'></td><td></td></tr><tr><td>a</td><td>b</td></tr></table>")
    assert cells_of(table_of(paper)) == [["a", "", "b"]]


def test_a_row_with_only_a_reference_to_a_note_stays() -> None:
    paper = read_xml(cals(row("a") + row('<noot id="t1" type="tabel"><noot.nr>a</noot.nr><noot.al>IJs.</noot.al></noot>')))
    assert [ref.note for ref in table_of(paper).note_refs] == ["t1"]


def test_notes_of_a_table_are_tied_to_their_cells() -> None:
    note = '<noot id="t1" type="tabel"><noot.nr>a</noot.nr><noot.al>Zonder krill.</noot.al></noot>'
    xml = read_xml(cals(row("Vis", f"12{note}")) + "<al>Slot.</al>")
    below = NOTE_FORM.format(id="t1", n="a", text="Zonder krill.").replace("voet noot", "tabel noot")
    html = read_page(
        "<table><tr><td>Vis</td><td><p>12<sup><a class='nootnum' href='#t1'>a</a></sup></p></td></tr></table>"
        f"<div class='tabelnoten'>{below}</div><p>Slot.</p>"
    )
    for paper in (xml, html):
        assert cells_of(table_of(paper)) == [["Vis", "12"]]
        (ref,) = table_of(paper).note_refs
        assert (ref.offset, ref.note) == (table_of(paper).rows[0][1].end, "t1")
        assert [(n.number, n.text) for n in paper.footnotes] == [("a", "Zonder krill.")]
        assert [p.text for p in paper.sections[0].paragraphs] == ["Vis | 12", "Slot."]


def test_entries_stand_in_the_columns_that_they_name() -> None:
    named = (
        '<row><entry colname="c1" morerows="1">a</entry><entry colname="c2">b</entry><entry colname="c4">d</entry></row>'
        '<row><entry colname="c3">C</entry></row><row><entry namest="c2" nameend="c4">wijd</entry></row>'
    )
    table = table_of(read_xml(cals(named)))
    assert cells_of(table) == [["a", "b", "", "d"], ["", "C"], ["", "wijd"]]
    assert grid_of(table.rows) == [[0, 1, 2, 3], [1, 2], [0, 1]]


def test_spans_of_columns_that_the_table_does_not_declare() -> None:
    rows = '<row><entry namest="col2" nameend="col4"><al>wijd</al></entry></row>'
    table = table_of(read_xml(cals(rows).replace(COLUMNS, "")))
    assert [(cell.colspan, table.text[cell.start : cell.end]) for cell in table.rows[0]] == [(1, ""), (3, "wijd")]


def test_cells_of_a_head_are_headings_whatever_their_tag() -> None:
    inner = "<table><thead><tr><td>a</td><th>b</th></tr></thead><tbody><tr><td>c</td><th>d</th></tr></tbody></table>"
    assert [[cell.header for cell in row] for row in table_of(read_page(inner)).rows] == [[True, True], [False, True]]


def test_the_foot_stands_below() -> None:
    foot = f"<tfoot>{row('Totaal')}</tfoot>"
    xml = read_xml(cals(row("een")).replace("<tbody>", f"{foot}<tbody>"))
    html = read_page(f"<table><tfoot>{tr('Totaal')}</tfoot><tbody>{tr('een')}</tbody></table>")
    assert cells_of(table_of(xml)) == cells_of(table_of(html)) == [["een"], ["Totaal"]]


def test_a_caption_within_a_cell_is_text_of_the_cell() -> None:
    paper = read_page("<table><tr><td><table><caption>Binnen</caption><tr><td>12</td></tr></table></td></tr></table>")
    assert cells_of(table_of(paper)) == [["Binnen 12"]]


CELLS = st.lists(
    st.lists(st.tuples(st.booleans(), st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=4), min_size=1, max_size=5
)


@given(CELLS)
def test_whatever_is_merged_or_empty_no_word_is_lost_and_cells_keep_their_columns(
    rows: list[list[tuple[bool, int, int]]],
) -> None:
    number = count(1)
    made = [[(f"w{next(number)}" if full else "", width, height) for full, width, height in row] for row in rows]
    page = "".join(
        "<tr>" + "".join(f"<td colspan='{w}' rowspan='{h}'>{text}</td>" for text, w, h in row) + "</tr>" for row in made
    )
    paper = read_page(f"<p>wnul</p><table>{page}</table>")
    words = [text for row in made for text, _, _ in row if text]
    assert sorted(word for word in words_of(paper).elements() if word in {*words, "wnul"}) == sorted(["wnul", *words])
    if not words:
        return
    table = table_of(paper)
    assert all(any(table.text[c.start : c.end] for c in row) for row in table.rows)
    before = [[Cell(0, 0, colspan=w, rowspan=h) for _, w, h in row] for row in made]
    taken: list[tuple[int, int]] = []
    columns: dict[str, int] = {}
    for i, (row, firsts) in enumerate(zip(made, grid_of(before), strict=True)):
        for (text, width, height), first in zip(row, firsts, strict=True):
            taken += [(i + down, first + along) for down in range(height) for along in range(width)]
            columns[text] = first
    if len(taken) > len(set(taken)):
        return  # cells that overlap stand in no column of their own
    for cells, firsts in zip(table.rows, grid_of(table.rows), strict=True):
        for cell, first in zip(cells, firsts, strict=True):
            if text := table.text[cell.start : cell.end]:
                assert columns[text] == first


SPECS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["", "vis", "‒ 9,3", "1 200", "14.475"]), st.booleans(), st.booleans(), st.integers(1, 3)),
        min_size=4,
        max_size=4,
    ),
    min_size=1,
    max_size=5,
)
"""Rows of cells: text, whether it is bold, whether it has a note, how many rows it takes."""


@given(SPECS, st.integers(0, 2), st.sampled_from(["", "Tabel 1: vangst"]))
def test_tables_of_generated_papers_are_alike_from_html_and_xml(
    rows: list[list[tuple[str, bool, bool, int]]], heads: int, title: str
) -> None:
    entries: list[str] = []
    cells: list[str] = []
    below: list[str] = []
    for i, row_of_cells in enumerate(rows):
        entries.append("")
        cells.append("")
        for text, bold, noted, height in row_of_cells:
            note = f"t{len(below)}" if noted else ""
            xml_note = f'<noot id="{note}" type="tabel"><noot.nr>a</noot.nr><noot.al>IJs.</noot.al></noot>' if note else ""
            html_note = f"<sup><a class='nootnum' href='#{note}'>a</a></sup>" if note else ""
            below += [NOTE_FORM.format(id=note, n="a", text="IJs.")] if note else []
            printed = f'<nadruk type="vet">{text}</nadruk>' if bold else text
            entries[-1] += f'<entry morerows="{height - 1}"><al>{printed}{xml_note}</al></entry>'
            printed = f'<strong class="vet">{text}</strong>' if bold else text
            tag = "th" if i < heads else "td"
            cells[-1] += f'<{tag} rowspan="{height}"><p>{printed}{html_note}</p></{tag}>'
    head = "".join(f"<row>{entry}</row>" for entry in entries[:heads])
    xml = read_xml("<al>Vooraf.</al>" + cals("".join(f"<row>{e}</row>" for e in entries[heads:]), title=title, head=head))
    caption = f"<caption>{title}</caption>" if title else ""
    body = "".join(f"<tr>{cell}</tr>" for cell in cells)
    html = read_page(f"<p>Vooraf.</p><table>{caption}{body}</table><div class='tabelnoten'>{''.join(below)}</div>")
    assert xml.sections == html.sections
    assert [(n.number, n.text, n.ref) for n in xml.footnotes] == [(n.number, n.text, n.ref) for n in html.footnotes]


def _with_absurd_spans(rows: int) -> None:
    absurd = "<td colspan='1000000000' rowspan='99999999999999999999'>1</td>"
    between = tr(*"abcdefghij") * rows + tr("", "") * rows
    paper = read_page(f"<table><tr>{absurd * 20}</tr>{between}<tr>{absurd * 20}</tr></table>")
    assert len(table_of(paper).rows) == rows + 2


def _in_far_columns(rows: int) -> None:
    columns = "".join(f'<colspec colname="k{i}"/>' for i in range(900))
    far = "<row><entry colname='k890'>y</entry></row>"
    paper = read_xml(f"<table><tgroup cols='900'>{columns}<tbody>{far * rows}</tbody></tgroup></table>")
    assert len(table_of(paper).rows) == rows


@pytest.mark.parametrize("table", [_with_absurd_spans, _in_far_columns])
def test_what_a_table_takes_grows_with_its_rows(table: Callable[[int], None]) -> None:
    assert grows_no_faster(table)
