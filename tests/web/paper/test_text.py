from __future__ import annotations

from indexer.paper.identifier import Identifier
from indexer.paper.model import Cell, Kamerstuk, Paragraph, ParagraphForm, Section
from web.paper.text import Annotator, Block, Item, ItemList, PageAnchors, Table, Text, blocks_of


def blocks(*paragraphs: Paragraph) -> list[Block]:
    section = Section(0, "", "", paragraphs=paragraphs)
    paper = Kamerstuk(Identifier("kst-1-1"), sections=(section,))
    return blocks_of(section, 0, Annotator(paper, set(), None), PageAnchors(()))


def tree(items: list[Item]) -> list[object]:
    return [(str(item.html).strip(), tree(item.items)) for item in items]


def item(text: str, depth: int) -> Paragraph:
    return Paragraph("", text, ParagraphForm.ITEM, depth)


def test_items_that_follow_each_other_form_nested_lists() -> None:
    made = blocks(item("1. a", 1), item("a. b", 2), item("b. c", 2), item("2. d", 1), Paragraph("", "x"), item("– e", 1))
    assert isinstance(made[0], ItemList)
    assert tree(made[0].items) == [("a", [("b", []), ("c", [])]), ("d", [])]
    assert isinstance(made[1], Text)
    assert isinstance(made[2], ItemList)
    assert len(made) == 3


def test_a_list_that_begins_or_jumps_deep_skips_no_level() -> None:
    made = blocks(item("a", 2), item("b", 5), item("c", 1))
    assert isinstance(made[0], ItemList)
    assert tree(made[0].items) == [("a", [("b", [])]), ("c", [])]


def test_markers_are_set_apart_and_words_are_not() -> None:
    made = blocks(
        item("2°. twee", 1), item("(iv) vier", 1), item("– streep", 1), item("In de eerste plaats", 1), item("1.200 euro", 1)
    )
    assert isinstance(made[0], ItemList)
    assert [str(i.marker) for i in made[0].items] == ["2°.", "(iv)", "–", "", ""]


def table(text: str, rows: tuple[tuple[Cell, ...], ...]) -> Table:
    made = blocks(Paragraph("t", text, ParagraphForm.TABLE, rows=rows))
    assert isinstance(made[0], Table)
    return made[0]


def test_rows_of_headings_are_the_head_and_others_head_their_row() -> None:
    made = table("a | b\nc | 1,5\nd | –", (
        (Cell(0, 1, True), Cell(4, 5, True)), (Cell(6, 7, True), Cell(10, 13)), (Cell(14, 15, True), Cell(18, 19)),
    ))  # fmt: skip
    assert [[(str(c.html), c.scope) for c in row] for row in made.head] == [[("a", "col"), ("b", "col")]]
    assert [[(str(c.html), c.scope) for c in row] for row in made.rows] == [
        [("c", "row"), ("1,5", "")],
        [("d", "row"), ("–", "")],
    ]
    assert [c.amount for c in made.head[0]] == [False, True]


def test_years_and_the_names_of_rows_are_no_amounts() -> None:
    made = table("1 | 2024 | 3", ((Cell(0, 1), Cell(4, 8), Cell(11, 12)),))
    assert [c.amount for c in made.rows[0]] == [False, False, True]


def test_merged_cells_keep_their_spans_and_no_column_is_guessed() -> None:
    made = table("1 | 2", ((Cell(0, 1, colspan=2), Cell(4, 5, rowspan=3)),))
    assert [(c.colspan, c.rowspan, c.amount) for c in made.rows[0]] == [(2, 1, False), (1, 3, False)]


def test_a_table_without_cells_is_a_paragraph() -> None:
    assert isinstance(blocks(Paragraph("t", "a | b", ParagraphForm.TABLE))[0], Text)


def test_an_anchor_is_given_once() -> None:
    made = blocks(Paragraph("x", "a"), Paragraph("x", "b"))
    assert [block.anchor for block in made if isinstance(block, Text)] == ["x", ""]
