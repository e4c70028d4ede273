"""Lines of a PDF → paragraphs: where they end, what words were divided, and what stands in the margins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.model import ParagraphForm
from indexer.reading.pdf import PdfLine, read_lines, without_margins
from indexer.reading.pdf_lines import _is_note
from indexer.reading.pieces import ReadParagraph

FULL = "Deze regel vult de hele breedte van de kolom, zoals de meeste regels van een tekst"


def lines(*texts: str, x: float = 72, top: float = 760, size: float = 10, leading: float = 12) -> list[PdfLine]:
    """Lines below one another; an empty text leaves a gap, "> " indents."""
    return [
        PdfLine(x + 12 * text.startswith("> "), top - i * leading, size, text.removeprefix("> "))
        for i, text in enumerate(texts)
        if text
    ]


def paragraphs(*pages: list[PdfLine]) -> list[str]:
    return [block.line.text for block in read_lines(list(pages)).read.blocks if isinstance(block, ReadParagraph)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([FULL, "en verder."], [f"{FULL} en verder."]),
        ([FULL, "", "Nieuw."], [FULL, "Nieuw."]),
        ([FULL, "Kort einde.", FULL], [f"{FULL} Kort einde.", FULL]),
        ([FULL, f"> {FULL}", FULL], [FULL, f"{FULL} {FULL}"]),
        ([FULL, "Inge van Vorst", "Sneeuw"], [f"{FULL} Inge van Vorst", "Sneeuw"]),
        ([FULL, f"– {FULL}", "> vervolg van het punt", "– kort"], [FULL, f"– {FULL} vervolg van het punt", "– kort"]),
        ([f"{FULL}:", f"a. {FULL};", "> vervolg;", "b. kort."], [f"{FULL}:", f"a. {FULL}; vervolg;", "b. kort."]),
        ([FULL, "2. van dat artikel is niet van toepassing"], [f"{FULL} 2. van dat artikel is niet van toepassing"]),
    ],
)
def test_where_paragraphs_end(texts: list[str], expected: list[str]) -> None:
    assert paragraphs(lines(*texts)) == expected


def test_letters_of_another_size_are_another_paragraph() -> None:
    assert paragraphs(lines("Een kop", size=14, top=772) + lines(FULL, FULL)) == ["Een kop", f"{FULL} {FULL}"]


def test_lines_in_large_letters_are_full_though_they_are_short() -> None:
    large = lines("Een nota over het ijs", "van de zuidpool in zes", "delen", size=20, top=800, leading=24)
    assert paragraphs(large + lines(FULL, FULL, top=700)) == [
        "Een nota over het ijs van de zuidpool in zes delen",
        f"{FULL} {FULL}",
    ]


def test_text_that_moves_up_goes_on_in_the_next_column() -> None:
    left, right = lines(FULL, f"{FULL} en toe-"), lines("lichting.", FULL, x=320)
    assert paragraphs(left + right) == [f"{FULL} {FULL} en toelichting.", FULL]


def test_items_are_items() -> None:
    blocks = read_lines([lines("– een", "", "a. twee", "", "drie")]).read.blocks
    assert [(block.form, block.depth) for block in blocks if isinstance(block, ReadParagraph)] == [
        (ParagraphForm.ITEM, 1),
        (ParagraphForm.ITEM, 1),
        (ParagraphForm.TEXT, 0),
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("de belasting-", "dienst", "de belastingdienst"),
        ("de belasting\u00ad", "dienst", "de belastingdienst"),
        ("de belasting\u2010", "dienst", "de belastingdienst"),
        ("de zorg-", "en huurtoeslag", "de zorg- en huurtoeslag"),
        ("de ICT-", "systemen", "de ICT-systemen"),
        ("in Noord-", "Holland", "in Noord-Holland"),
        ("de F-", "35", "de F-35"),
        ("de A2-", "snelweg", "de A2-snelweg"),
        ("de oud-", "minister; een oud-minister", "de oud-minister; een oud-minister"),
        (
            "belasting-",
            "dienst, de belastingdienst en belasting-dienst",
            "belastingdienst, de belastingdienst en belasting-dienst",
        ),
        ("de periode 2031 -", "2032", "de periode 2031 - 2032"),
        ("twee woor\u00adden en", "meer", "twee woorden en meer"),
    ],
)
def test_divided_words_are_whole_again(first: str, second: str, expected: str) -> None:
    start = "x" * (len(FULL) - len(first))
    assert paragraphs(lines(f"{start} {first}", second)) == [f"{start} {expected}"]


def test_signs_of_two_letters_are_letters() -> None:
    assert paragraphs(lines("de ﬁnanciële oﬃciële\tstukken\x00")) == ["de financiële officiële stukken"]


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    texts = ("Het ijs smelt.", "De zee stijgt.", "De dijk houdt.", "Het water wijkt.")
    pages = [
        [
            PdfLine(72, 810, 8, f"Rapport over het ijs – deel 2 – blz. {i + 3}"),
            *lines(text, "", f"Stand op {i * 7} mei."),
            PdfLine(72, 40, 8, f"Tweede Kamer, vergaderjaar 2031–2032, 91 234, nr. 7 {i + 3}"),
            PdfLine(500, 30, 8, str(i + 3)),
        ]
        for i, text in enumerate(texts)
    ]
    assert [line.text for page in without_margins(pages) for line in page] == [
        kept for i, text in enumerate(texts) for kept in (text, f"Stand op {i * 7} mei.")
    ]


@pytest.mark.parametrize(
    "foot",
    [
        "’s-Gravenhage 2031 Tweede Kamer, vergaderjaar 2031–2032, 32 545, nr. 143",
        "Eerste Kamer, vergaderjaar 1998-1999, 26 200 XVI, B 12",
        "kst-32545-143",
        "KST33457",
        "ISSN 0921 - 7371",
        "1",
        "- 1 -",
        "Pagina 1 van 12",
    ],
)
def test_what_only_margins_say(foot: str) -> None:
    assert paragraphs([*lines("Tekst."), PdfLine(72, 40, 8, foot)]) == ["Tekst."]


@pytest.mark.parametrize("text", ["2031", "12", "Tweede Kamer, vergaderjaar", "zie kst-32545-143"])
def test_what_may_be_text_is_kept(text: str) -> None:
    assert paragraphs([*lines("Tekst."), PdfLine(72, 40, 10, text)]) == ["Tekst.", text]


def test_the_same_words_in_the_text_of_every_page_are_kept() -> None:
    pages = [
        lines(*[f"Regel {i} {n}" for i in range(5)], "Gezien het advies", *[f"Regel {i} {n}" for i in range(5, 12)])
        for n in "abc"
    ]
    assert sum(line.text == "Gezien het advies" for page in without_margins(pages) for line in page) == 3


def test_the_raised_number_of_a_note_is_no_part_of_the_word() -> None:
    line = (72.0, 700.0, 10.0)
    assert _is_note("11", (120, 704, 6), line, ["in ", "2024"])
    assert not _is_note("2", (120, 697, 6), line, ["CO"])
    assert not _is_note("2", (120, 704, 6), line, ["18 ", "m"])
    assert not _is_note("11", (120, 700, 10), line, ["in 2024"])
    assert not _is_note("e", (120, 704, 6), line, ["de 1"])


_places = st.floats(allow_nan=False, allow_infinity=False)


@given(
    st.lists(
        st.lists(st.builds(PdfLine, _places, _places, _places, st.text("ab-\u00ad 1.–\ufb01", max_size=6)), max_size=6),
        max_size=4,
    )
)
def test_any_lines_are_laid_out_and_no_word_is_invented(pages: list[list[PdfLine]]) -> None:
    given_letters = sum(char.isalnum() for page in pages for line in page for char in line.text.replace("\ufb01", "fi"))
    found = "".join(paragraphs(*pages))
    assert sum(map(str.isalnum, found)) <= given_letters
