"""Words as letters: how far two are apart, and what a slip of the keyboard, or of the ear, costs.

An edit is a letter more, less or other, or two neighbours swapped; no letter is touched twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

Price = Callable[[str, str, str], float]
"""What it costs that ``was`` stands where ``becomes`` should, after the letter ``before``; an empty text is no letter."""


def is_word(form: str) -> bool:
    """Whether a form is a word of letters, which may be inflected: no number, name of a paper or term with signs."""
    return form.replace("'", "").isalpha()


def one_edit(word: str) -> Iterator[str]:
    """What is one edit away from a word, some of it more than once."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def _each(was: str, becomes: str, before: str) -> float:
    return 1.0


def distance(one: str, other: str, price: Price = _each) -> float:
    """What the cheapest edits cost that make ``other`` of ``one``; each costs 1 unless another price is given.

    >>> distance("tewee", "tweede"), distance("toeslga", "toeslag"), distance("huur", "huur")
    (2.0, 1.0, 0.0)
    """
    former: list[float] = []
    row = [0.0]
    for j, letter in enumerate(other):
        row.append(row[-1] + price("", letter, other[j - 1 : j]))
    for i, letter in enumerate(one):
        earlier, former, row = former, row, [row[0] + price(letter, "", one[i - 1 : i])]
        for j, wanted in enumerate(other):
            best = former[j] if letter == wanted else former[j] + price(letter, wanted, one[i - 1 : i])
            best = min(best, row[j] + price("", wanted, other[j - 1 : j]), former[j + 1] + price(letter, "", one[i - 1 : i]))
            if i and j and letter == other[j - 1] and one[i - 1] == wanted and letter != wanted:
                best = min(best, earlier[j - 1] + price(one[i - 1 : i + 1], other[j - 1 : j + 1], ""))
            row.append(best)
    return row[-1]
