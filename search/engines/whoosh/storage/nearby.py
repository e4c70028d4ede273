"""Which of many words are nearly the same as one: at once by the letters they have, and of what remains by counting edits.

The bag of a word of plain letters tells in one number which letters it has. It has a bit for each letter that is in it, one for
each that is in it twice or more, one for each of six common letters that is in it three times or more, and its length. An edit of
the word (``search.letters``) changes at most two bits besides the length. Other words have the bag 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.storage.narrow import Numbers

Bags = NDArray[np.uint64]

_FIRST, _LETTERS = ord("a"), 26
_OFTEN = [ord(letter) - _FIRST for letter in "aeinrt"]
"""The letters of which Dutch words often have three."""
_LENGTH_AT = 2 * _LETTERS + len(_OFTEN)
_LONGEST = (1 << (64 - _LENGTH_AT)) - 1
_AT_ONCE = 1 << 14
_BITS = np.left_shift(np.uint64(1), np.arange(_LENGTH_AT, dtype=np.uint64))


def bags_of(words: Sequence[bytes]) -> Bags:
    """The bag of each word."""
    parts = [_bags(words[at : at + _AT_ONCE]) for at in range(0, len(words), _AT_ONCE)]
    return np.concatenate([np.empty(0, np.uint64), *parts])


def _bags(words: Sequence[bytes]) -> Bags:
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    letters = np.frombuffer(b"".join(words), np.uint8).astype(np.int64) - _FIRST
    word = np.repeat(np.arange(len(words)), lengths)
    plain = (letters >= 0) & (letters < _LETTERS)
    cells = word[plain] * _LETTERS + letters[plain]
    counts = np.bincount(cells, minlength=len(words) * _LETTERS).reshape(-1, _LETTERS)
    bits = np.concatenate((counts > 0, counts > 1, counts[:, _OFTEN] > 2), axis=1)
    bags: Bags = np.where(bits, _BITS, np.uint64(0)).sum(axis=1, dtype=np.uint64)
    bags |= lengths.astype(np.uint64) << np.uint64(_LENGTH_AT)
    bags[(counts.sum(axis=1) < lengths) | (lengths > _LONGEST)] = 0
    return bags


def perhaps_near(bags: Bags, word: bytes, edits: int) -> Numbers:
    """The places of the bags of words that may be within so many edits of this word of plain letters."""
    [own] = bags_of([word])
    at = np.flatnonzero(np.abs((bags >> np.uint64(_LENGTH_AT)).astype(np.int64) - len(word)) <= edits)
    differs = (bags[at] ^ own) & np.uint64((1 << _LENGTH_AT) - 1)
    near: Numbers = at[np.bitwise_count(differs) <= 2 * edits]
    return near


def edits(word: bytes, others: Sequence[bytes]) -> Numbers:
    """How many edits make each of the others of this word: what ``letters.distance`` tells, of many at once."""
    width = max(map(len, others), default=0)
    letters = np.array(others, f"S{max(width, 1)}").view(np.uint8).reshape(len(others), max(width, 1)).T
    earlier = former = row = np.repeat(np.arange(width + 1)[:, None], len(others), axis=1)
    for i, letter in enumerate(word):
        earlier, former, row = former, row, np.full_like(row, i + 1)
        for j in range(width):
            row[j + 1] = np.minimum(np.minimum(row[j], former[j + 1]) + 1, former[j] + (letters[j] != letter).astype(np.int64))
            if i and j:
                swapped = (letters[j] == word[i - 1]) & (letters[j - 1] == letter)
                row[j + 1] = np.where(swapped, np.minimum(row[j + 1], earlier[j - 1] + 1), row[j + 1])
    return row[np.fromiter(map(len, others), np.int64, len(others)), np.arange(len(others))]
