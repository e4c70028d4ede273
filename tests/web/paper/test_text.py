from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from indexer.paper.identifier import Identifier
from indexer.paper.model import Cell, Image, Kamerstuk, Links, Paragraph, ParagraphForm, Section
from web.paper.text import Annotator, Block, Item, ItemList, PageAnchors, Picture, Table, Text, blocks_of


def blocks(*paragraphs: Paragraph) -> list[Block]:
    section = Section(0, "", "", paragraphs=paragraphs)
    paper = Kamerstuk(Identifier("kst-1-1"), sections=(section,))
    return blocks_of(section, 0, Annotator(paper, set(), None), PageAnchors(()), {})


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
    assert [c.style for c in made.head[0]] == ["", "num"]


def test_years_and_the_names_of_rows_are_no_amounts() -> None:
    made = table("1 | 2024 | 3", ((Cell(0, 1), Cell(4, 8), Cell(11, 12)),))
    assert [c.style for c in made.rows[0]] == ["", "", "num"]


def test_merged_cells_keep_their_spans_and_stand_in_their_columns() -> None:
    made = table(
        "Post | Bedragen\nJaar 1 | Jaar 2\nIJs | \u20121,5 | pm\nTotaal | 3 | 4",
        (
            (Cell(0, 4, True, rowspan=2), Cell(7, 15, True, colspan=2)),
            (Cell(16, 22, True), Cell(25, 31, True)),
            (Cell(32, 35), Cell(38, 42), Cell(45, 47)),
            (Cell(48, 54, bold=True), Cell(57, 58, bold=True), Cell(61, 62, bold=True)),
        ),
    )
    assert [(c.colspan, c.rowspan, c.style) for c in made.head[0]] == [(1, 2, ""), (2, 1, "over")]
    assert [[c.style for c in row] for row in (made.head[1], *made.rows)] == [
        ["num", "num"],
        ["", "num", "num"],
        ["bold", "num bold", "num bold"],
    ]


def test_words_in_a_column_of_amounts_are_not_set_to_the_right() -> None:
    cells = [(Cell(2 * i, 2 * i + 1), Cell(2 * i, 2 * i + 1)) for i in range(9)]
    made = table("1 2 3 4 5 6 7 8 x9", (*cells, (Cell(16, 17), Cell(16, 18))))
    assert [row[1].style for row in made.rows] == ["num"] * 9 + [""]


def test_a_caption_belongs_to_its_table_and_one_of_an_image_stands_by_itself() -> None:
    caption = Paragraph("c", "Tabel 1: ijs", ParagraphForm.CAPTION)
    made = blocks(caption, Paragraph("t", "a", ParagraphForm.TABLE, rows=((Cell(0, 1),),)), caption, Paragraph("p", "b"))
    assert isinstance(made[0], Table)
    assert made[0].caption == Text("c", Markup("Tabel 1: ijs"), "caption")
    assert [block.form for block in made] == ["table", "caption", "text"]


def test_an_image_stands_before_its_paragraph_and_after_the_last() -> None:
    section = Section(0, "", "", paragraphs=(item("1. a", 1), item("2. b", 1)))
    images = (Image("een <kaart>", "", 0, 1, "beeld-1", "x"), Image("", "", 0, 2, "beeld-1"))
    paper = Kamerstuk(Identifier("kst-1-1"), sections=(section,), links=Links(page="https://example.nl/"), images=images)
    annotator = Annotator(paper, set(), lambda text: [(0, 3)] if text.startswith("een") else [])
    made = blocks_of(section, 0, annotator, PageAnchors(()), paper.images_by_place())
    assert [block.form for block in made] == ["list", "image", "list", "image"]
    assert made[1] == Picture("beeld-1", Markup('<mark id="vindplaats-1">een</mark> &lt;kaart&gt;'), "https://example.nl/#x")
    assert made[3] == Picture("", Markup(""), "https://example.nl/")
    unpublished = Annotator(replace(paper, links=Links()), set(), None)
    assert unpublished.place_of(images[0]) == ""


def test_a_table_without_cells_is_a_paragraph() -> None:
    assert isinstance(blocks(Paragraph("t", "a | b", ParagraphForm.TABLE))[0], Text)


def test_an_anchor_is_given_once() -> None:
    made = blocks(Paragraph("x", "a"), Paragraph("x", "b"))
    assert [block.anchor for block in made if isinstance(block, Text)] == ["x", ""]
