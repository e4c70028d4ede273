"""The numbers of headings: their series, their order, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.reading.numbering import HeadingNumber, numbers_of


def first(heading: str) -> HeadingNumber:
    numbers, _ = numbers_of(heading)
    return numbers[0]


@pytest.mark.parametrize(
    ("heading", "label", "style", "rest"),
    [
        ("1. Zeegras", "", "1", "Zeegras"),
        ("3 Zeegras", "", "1", "Zeegras"),
        ("2.1. Zeegras", "", "1", "Zeegras"),
        ("§ 4.1 Zeegras", "§", "1", "Zeegras"),
        ("§4. Zeegras", "§", "1", "Zeegras"),
        ("II. ZEEGRAS", "", "I", "ZEEGRAS"),
        ("II ZEEGRAS", "", "I", "ZEEGRAS"),
        ("B. Zeegras", "", "A", "Zeegras"),
        ("C", "", "A", ""),
        ("C. Zeegras", "", "A", "Zeegras"),
        ("b) zeegras", "", "a", "zeegras"),
        ("iv. zeegras", "", "i", "zeegras"),
        ("Hoofdstuk 2 Zeegras", "hoofdstuk", "1", "Zeegras"),
        ("HOOFDSTUK II. ZEEGRAS", "hoofdstuk", "I", "ZEEGRAS"),
        ("Artikel I (Zeegraswet)", "artikel", "I", "(Zeegraswet)"),
        ("Artikelen 3 en 4", "artikel", "1", "en 4"),
        ("ARTIKEL IIA", "artikel", "I", ""),
        ("Artikel 4:33a, onderdeel b", "artikel", "1", ""),
        ("Onderdeel C", "onderdeel", "A", ""),
        ("Onderdelen A en B", "onderdeel", "A", "en B"),
    ],
)
def test_numbers(heading: str, label: str, style: str, rest: str) -> None:
    numbers, words = numbers_of(heading)
    assert (numbers[0].label, numbers[0].style, words) == (label, style, rest)


@pytest.mark.parametrize(
    "heading",
    ["Zeegras", "2031 in beeld", "30 dagen", "D66 en zeegras", "5G", "Titel van de wet", "De zee", "1e termijn", "Artikelen", ""],
)  # fmt: skip
def test_what_is_no_number(heading: str) -> None:
    assert numbers_of(heading) == ((), heading)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. a", "2. b"), ("2.9 A", "2.10 B"), ("§ 4.1 a", "§ 4.2 b"), ("IV. a", "V. b"), ("H. a", "I. b"), ("C. a", "D. b"),
        ("Artikel 2", "Artikel 2a"), ("Artikel 2a", "Artikel 2b"), ("Artikel 2.9", "Artikel 2.10"), ("ARTIKEL II", "Artikel IIA"),
        ("Artikelen 1 en 2", "Artikel 2"),
    ],
)  # fmt: skip
def test_what_comes_next(before: str, after: str) -> None:
    assert any(one.comes_before(other) for one in numbers_of(before)[0] for other in numbers_of(after)[0])
    assert not any(other.comes_before(one) for one in numbers_of(before)[0] for other in numbers_of(after)[0])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. a", "3. b"),
        ("1.1 A", "2.2 B"),
        ("1. a", "B. b"),
        ("Artikel 1", "2. b"),
        ("Artikel 2a", "Artikel 3"),
        ("1. a", "1. b"),
    ],
)
def test_what_does_not_come_next(before: str, after: str) -> None:
    assert not first(before).comes_before(first(after))


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("4. a", "4.1 B"),
        ("§ 4. a", "§ 4.1. b"),
        ("Hoofdstuk 4", "4.1 B"),
        ("4.1 A", "4.1.2 B"),
        ("Artikel I", "Artikel I, onderdeel C"),
    ],
)
def test_what_stands_below(upper: str, lower: str) -> None:
    assert first(upper).holds(first(lower))
    assert not first(lower).holds(first(upper))


@pytest.mark.parametrize(("upper", "lower"), [("4. a", "5.1 B"), ("Artikel 2", "Artikel 2.1"), ("I. a", "1. b")])
def test_what_does_not_stand_below(upper: str, lower: str) -> None:
    assert not first(upper).holds(first(lower))


def test_a_chapter_is_coarser_than_an_article_and_roman_articles_than_those_they_insert() -> None:
    assert first("Hoofdstuk 3").is_coarser(first("Artikel 9"))
    assert first("ARTIKEL II").is_coarser(first("Artikel 1a"))
    assert not first("Artikel 1a").is_coarser(first("ARTIKEL II"))
    assert not first("1. a").is_coarser(first("Artikel 3"))


@given(st.text(st.sampled_from("IVXLCA.abi1234567890 §:,artikelondrd")))
@example("§0A")
@example("ARTIKEL ٣A")
def test_any_line_is_read_and_nothing_is_added(heading: str) -> None:
    numbers, rest = numbers_of(heading)
    assert rest in heading
    assert all(number.path for number in numbers)
