"""Levels of headings: by what is written, else by the mark-up, and never skipped. Sentences are no headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.model import ParagraphForm, Part
from indexer.reading.outline import Block, outlined
from indexer.reading.pieces import FinishedLine, HeadingSort, ReadHeading, ReadParagraph

Told = tuple[str, str]
"""Level and words of a heading as the mark-up tells it."""
SORTS = {"d": HeadingSort.DIVISION, "s": HeadingSort.STRUCTURE, "f": HeadingSort.FIXED}


def line(text: str) -> FinishedLine:
    return FinishedLine(text)


def heading(text: str, told: int = 1, sort: HeadingSort = HeadingSort.SUBHEADING, *, opens: bool = False) -> ReadHeading:
    return ReadHeading(line(text), told, "", Part.BODY, sort, opens)


def paragraph(text: str = "De regering leest dit.", *, opens: bool = False, level: int = 0) -> ReadParagraph:
    return ReadParagraph(line(text), Part.BODY, opens=opens, level=level)


def levels(*told: str | Told) -> list[int]:
    """The levels of headings, each told as words set in bold, or as "d2" (division 2), "3" (type of rank 3) and words."""
    blocks: list[Block] = []
    for one in told:
        rank, text = one if isinstance(one, tuple) else ("1", one)
        blocks += (heading(text, int(rank[-1]), SORTS.get(rank[0], HeadingSort.SUBHEADING)), paragraph())
    return [block.level for block in outlined(blocks) if isinstance(block, ReadHeading)]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["I. ALGEMEEN", "1. Wad", "1.1 Slik", "1.2 Zand", "2. Zee", "II. ARTIKELSGEWIJS", "Artikel I"], [1, 2, 3, 3, 2, 1, 2]),
        (["§ 4. Wad", "§ 4.1. Slik", "§ 4.1.1 Zand", "§ 5 Zee"], [1, 2, 3, 1]),
        (["A. Algemeen", "I. Wad", "1. Slik", "2. Zand", "II. Zee", "B. Artikelen"], [1, 2, 3, 3, 2, 1]),
        (["1. Wad", "a. slik", "b. zand", "2. Zee", "a. diep"], [1, 2, 2, 1, 2]),
        (["ALGEMEEN", "Wad", "Zee", "ARTIKELSGEWIJZE TOELICHTING", "Artikel 1"], [1, 2, 2, 1, 2]),
        (["Algemeen", "Wad", "Artikelsgewijs", "Artikel I", "Onderdeel A", "Onderdeel B", "Artikel II"], [1, 2, 1, 2, 3, 3, 2]),
        (["Algemeen", "Wad", "Zee"], [1, 1, 1]),
        (["ALGEMEEN", "Wad", "ARTIKELSGEWIJS", "Artikel I", "Bijlagen bij artikel 4", "Bijlage 1", "Zee"], [1, 2, 1, 2, 2, 1, 2]),
        (["I. ALGEMEEN", "1. Wad", "Tot slot", "II. ARTIKELEN"], [1, 2, 2, 1]),
        (["Artikel I", "Artikel I, onderdeel A", "Artikel I, onderdeel B", "Artikel II"], [1, 2, 2, 1]),
        (["Artikel II", "Artikel III, onderdeel A", "Artikel IV"], [1, 1, 1]),
        (["Hoofdstuk 1 Wad", "Artikel 1", "Artikel 2", "§ 1 Slik", "Artikel 3", "Hoofdstuk 2 Zee"], [1, 2, 2, 2, 3, 1]),
        (["ARTIKEL I", "Artikel 4:33a", "Artikel 4:34", "ARTIKEL II"], [1, 2, 2, 1]),
        (["2. Wad", "3.1 Slik", "4. Zee", "4.2 Diep"], [1, 2, 1, 2]),
        (["3.1 Slik", "3.2 Zand", "4. Zee", "4.1 Diep"], [1, 1, 1, 2]),
        (["G. a", "H. b", "I. c", "J. d", "K. e"], [1, 1, 1, 1, 1]),
        (["IV. a", "V. b", "VI. c", "IX. d"], [1, 1, 1, 1]),
        ([("2", "1. Wad"), "2. Zee", ("2", "3. Slik")], [1, 1, 1]),
        (["Wad", "1. Slik", "2. Zand", "Zee"], [1, 1, 1, 1]),
        (["1. Wad", ("2", "Slik"), ("2", "Zand"), "Zee"], [1, 2, 2, 1]),
        ([("3", "Wad"), ("2", "Slik"), ("3", "Zand"), "Zee"], [1, 1, 2, 1]),
        ([("d1", "Wad"), ("d3", "Slik"), ("d2", "Zand"), ("d1", "Zee")], [1, 2, 2, 1]),
        ([("d1", "1. Wad"), ("d2", "1. Slik"), ("d2", "2. Zand"), ("d1", "2. Zee")], [1, 2, 2, 1]),
        ([("d1", "I. ALGEMEEN"), ("d1", "1. Wad"), ("d1", "1.1 Slik"), ("d1", "II. ARTIKELEN")], [1, 2, 3, 1]),
        ([("d1", "ALGEMEEN DEEL"), ("d1", "Advies")], [1, 1]),
        ([("d1", "ARTIKELSGEWIJS"), ("2", "ARTIKEL I"), ("3", "Algemeen"), ("3", "Onderdeel A")], [1, 2, 3, 3]),
        ([("f1", "Vraag 1"), ("f1", "Antwoord"), ("f1", "1. Vraag"), ("f1", "A. Antwoord")], [1, 1, 1, 1]),
    ],
)  # fmt: skip
def test_levels(told: list[str | Told], expected: list[int]) -> None:
    assert levels(*told) == expected


def test_text_that_announces_an_article_is_followed_by_one_below() -> None:
    announced = paragraph("Na artikel 2 worden twee artikelen ingevoegd, luidende:")
    sort = HeadingSort.STRUCTURE
    blocks: list[Block] = [
        heading("Artikel 2", 8, sort), announced, heading("Artikel 2a", 8, sort), paragraph(), heading("Artikel 2b", 8, sort),
        heading("Artikel 3", 8, sort), announced, heading("Artikel 7", 8, sort), announced, heading("Artikel 9", 8, sort),
    ]  # fmt: skip
    assert [block.level for block in outlined(blocks) if isinstance(block, ReadHeading)] == [1, 2, 2, 1, 2, 2]


def test_a_new_container_begins_at_the_top() -> None:
    blocks: list[Block] = [
        heading("1. Wad"),
        heading("1.1 Slik"),
        heading("1.2 Zand", opens=True),
        paragraph("x", opens=True),
        heading("1.3 Zee"),
    ]
    assert [block.level for block in outlined(blocks)] == [1, 2, 1, 0, 1]


def test_what_goes_on_after_an_insertion_is_of_the_level_of_its_article() -> None:
    sort = HeadingSort.STRUCTURE
    blocks: list[Block] = [
        heading("Hoofdstuk 1", 3, sort), heading("ARTIKEL I", 8, sort), heading("Artikel 1a", 16, sort),
        paragraph("B", opens=True, level=8), heading("Artikel 5a", 16, sort), paragraph("C", opens=True, level=8),
    ]  # fmt: skip
    assert [block.level for block in outlined(blocks)] == [1, 2, 3, 2, 3, 2]


def test_the_formula_that_ends_a_law_is_of_no_article() -> None:
    blocks: list[Block] = [
        heading("Artikel 1"),
        paragraph("Lasten en bevelen dat deze in het Staatsblad komt."),
        paragraph("Gegeven"),
    ]
    assert [(block.level, isinstance(block, ReadParagraph) and block.opens) for block in outlined(blocks)] == [
        (1, False), (0, True), (0, False),
    ]  # fmt: skip


PLAIN, SET_OFF = HeadingSort.PLAIN, HeadingSort.SUBHEADING


@pytest.mark.parametrize(
    ("text", "sort", "following", "expected"),
    [
        ("Zeegras op het wad", PLAIN, "De regering leest.", True),
        ("Onderdeel A.", PLAIN, "De regering leest.", True),
        ("§ 2. De inrichting van het wad.", SET_OFF, "De regering leest.", True),
        ("Wat betekent dit voor zeegras?", SET_OFF, "De regering leest.", True),
        ("Vragen en opmerkingen van de leden van de Wadfractie:", SET_OFF, "De regering leest.", True),
        ("Toelichting:", SET_OFF, "De regering leest.", True),
        ("3.1 Verbod op het uitzetten van zeegras dat niet op het wad kan worden gekweekt", SET_OFF, "De zee.", True),
        ("cool:wad", SET_OFF, "De regering leest.", True),
        ("Het wad", PLAIN, "wordt groter.", True),
        ("x" * 201, HeadingSort.DIVISION, "De regering leest.", False),
        ("De regering heeft het wad bezocht.", PLAIN, "De regering leest.", False),
        ("De regering heeft het wad bezocht.", SET_OFF, "De regering leest.", False),
        ("Het wad bestaat uit:", PLAIN, "– zand", False),
        ("Het wad, dat elk jaar van vorm verandert, omvat:", SET_OFF, "Zand", False),
        ("Geachte voorzitter,", SET_OFF, "De regering leest.", False),
        ("De leden zien graag hoe de regering met het wad en de zee daarnaast omgaat", PLAIN, "De regering leest.", False),
        ("en de rest van het wad", PLAIN, "De regering leest.", False),
        ("De regering kijkt bij dit voorstel", PLAIN, "naar het wad.", False),
        ("Zeegras groeit op slik. Zand is er ook.", SET_OFF, "De regering leest.", False),
    ],
)  # fmt: skip
def test_which_lines_are_headings(text: str, sort: HeadingSort, following: str, expected: bool) -> None:
    form = ParagraphForm.ITEM if following.startswith("–") else ParagraphForm.TEXT
    after = ReadParagraph(line(following), Part.BODY, form)
    first, second = outlined([heading(text, 1, sort, opens=True), after])
    assert isinstance(first, ReadHeading) is expected
    assert first.line.text == text
    assert first.opens
    assert second.line.text == following


WORDS = [
    "I. a", "1. b", "1.1 c", "A. d", "a. e", "Artikel 1", "ARTIKEL II", "Artikel 1a", "ALGEMEEN", "Artikelsgewijs", "§ 2",
    "Hoofdstuk 3", "Onderdeel B", "Wad", "i. f", "C. g", "2.1.3 h", "Bijlage 1", "De zee is wijd en het wad is diep.",
]  # fmt: skip
BLOCKS = st.lists(
    st.one_of(
        st.builds(
            ReadHeading, st.sampled_from(WORDS).map(line), st.integers(0, 20), st.just(""), st.sampled_from(Part),
            st.sampled_from(HeadingSort), st.booleans(),
        ),
        st.builds(paragraph, st.sampled_from(["luidende:", "Lasten en bevelen"]), opens=st.booleans(), level=st.integers(0, 20)),
    ),
    max_size=40,
)  # fmt: skip


@given(BLOCKS)
def test_no_level_is_skipped_and_nothing_is_lost(blocks: list[Block]) -> None:
    done = outlined(blocks)
    assert [block.line for block in done] == [block.line for block in blocks]
    last, part = 0, None
    for block in done:
        if block.part is not part:
            last, part = 0, block.part
        if isinstance(block, ReadHeading):
            assert 1 <= block.level <= last + 1
            last = block.level
        elif block.opens:
            assert block.level <= last
            last = block.level
