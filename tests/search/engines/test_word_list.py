"""The words of a collection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.word_list import WordList

WORDS = WordList(
    {"toeslag": 3, "toeslagen": 2, "toets": 1, "huurtoeslag": 1, "a": 1}, {"toeslag": 4, "huurtoeslag": 1, "slag": 2, "ab": 1}
)


def test_counts() -> None:
    assert (WORDS.count("toeslag"), WORDS.count("slag"), WORDS.stem_count("slag"), WORDS.stem_count("toets")) == (3, 0, 2, 0)


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("toe", ["toeslag", "toeslagen", "toets"]),
        ("toeslag", ["toeslag", "toeslagen"]),
        ("toeslagenaffaire", []),
        ("", ["a", "huurtoeslag", "toeslag", "toeslagen", "toets"]),
        ("z", []),
    ],
)
def test_words_that_begin_so(prefix: str, found: list[str]) -> None:
    assert WORDS.beginning(prefix) == found


@pytest.mark.parametrize(("suffix", "found"), [("slag", {"toeslag", "huurtoeslag"}), ("toeslag", {"huurtoeslag"}), ("x", set())])
def test_longer_words_that_end_so(suffix: str, found: set[str]) -> None:
    assert set(WORDS.ending(suffix)) == found


def _edits(one: str, other: str) -> int:
    """The number of letters more, less, other or swapped, by the textbook."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            row.append(min(row[j - 1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (letter != against)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


_few_letters = st.text("abc", max_size=5)


@given(words=st.sets(_few_letters.filter(bool), max_size=12), word=_few_letters)
def test_near_words_are_one_edit_away(words: set[str], word: str) -> None:
    vocabulary = WordList(dict.fromkeys(words, 1), {})

    assert vocabulary.near(word) == sorted(other for other in words if _edits(word, other) == 1)


@given(words=st.sets(st.text(max_size=4), max_size=12), part=st.text(max_size=2))
def test_beginnings_and_endings_of_any_words(words: set[str], part: str) -> None:
    vocabulary = WordList(dict.fromkeys(words, 1), dict.fromkeys(words, 1))

    assert vocabulary.beginning(part) == sorted(word for word in words if word.startswith(part))
    assert sorted(vocabulary.ending(part)) == sorted(word for word in words if word.endswith(part) and word != part)
