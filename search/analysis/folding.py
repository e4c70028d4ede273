"""Folding: how a word is compared, whatever its capitals, diacritics, apostrophes and hyphens."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u00b4`"
"""What is typed or printed for the apostrophe of ``foto's``."""

HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
"""What is printed within words and ranges (``F‑35``, ``2019–2024``); the long dash separates and is not among them."""

SILENT = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
"""As a regex range: soft hyphens and invisible signs that stand within a word and mean nothing."""

MARKS = "\u0300-\u036f"
"""As a regex range: diacritics that follow their letter."""

_SPECIAL = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(HYPHENS, "-"),
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
        "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "\u2044": "/",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart into a base and a mark."""


def fold(word: str) -> str:
    """The word in lower case without diacritics; ligatures are written out, apostrophes and hyphens are the plain ones.

    >>> fold("Reëel"), fold("ĲSSEL"), fold("foto’s")
    ('reeel', 'ijssel', "foto's")
    """
    if word.isascii():
        return word.lower().replace("`", "'") if "`" in word else word.lower()
    return _fold_slowly(word)


@lru_cache(maxsize=1 << 14)
def _fold_slowly(word: str) -> str:
    """The general case. A lone mark, an invisible sign or a space within a compatibility sign leaves nothing behind."""
    apart = unicodedata.normalize("NFKD", word.translate(_SPECIAL)).translate(_SPECIAL).lower()
    kept = (char for char in unicodedata.normalize("NFKD", apart) if not _is_dropped(char))
    return "".join(kept).translate(_SPECIAL)


def _is_dropped(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc", "Cs", "Zs"}
