"""Words as typed → nodes: punctuation around them dropped; ``prefix*``, ``woord~`` and ``2024D25613`` recognised."""

from __future__ import annotations

import re

from indexer.odata import is_number
from search.query.limits import MAX_SLOP, MAX_WORD, MIN_FUZZY, MIN_PREFIX
from search.query.tree import Fuzzy, Phrase, Prefix, Registered, Remark, Word

SHORT_PREFIX = Remark(f"Een sterretje werkt na {MIN_PREFIX} letters of meer; gelezen als woord.")
SHORT_FUZZY = Remark(f"Een tilde werkt na {MIN_FUZZY} letters of meer; gelezen als woord.")
MISPLACED_STAR = Remark("Een sterretje werkt alleen aan het eind van een woord.")
LONG_WORD = Remark(f"Een woord van meer dan {MAX_WORD} tekens is ingekort.")
WIDE_SLOP = Remark(f"Woorden mogen hoogstens {MAX_SLOP} woorden uit elkaar staan; zo is het gelezen.")

_APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u00b4`"
_LEAD = re.compile(rf"^(?:(?![{_APOSTROPHES}][stn](?:\W|$))[\W_])+")
"""Signs before a word; the apostrophe of 's-Gravenhage belongs to it."""

_SIGN = re.compile(r"[%‰+#]{1,2}")
"""Signs after a word that belong to it: those of 50% and C++."""

_SPACED = re.compile(r"(?<![\w,.€$£ƒ])(?<![€$£ƒ]\s)(\d\d)[ \u00a0\u2007\u2009\u202f](\d{3})(?!\w|[\s.,]\d)")
"""``31 066``: one word within a phrase too."""

_WILD = re.compile(r"(?P<word>.*[\w%‰+#)])(?P<sign>\*+|~\d?)(?:(?![*~])[\W_])*", re.DOTALL)
_ENDING = re.compile(r"\w\(\w{1,12}$")


def trimmed(raw: str) -> str:
    """The word without the punctuation around it, at most ``MAX_WORD`` characters; empty when it is all punctuation.

    >>> trimmed("(‘Cool:Gen’?"), trimmed("50%."), trimmed("gemeente(n),")
    ('Cool:Gen', '50%', 'gemeente(n)')
    """
    word = _LEAD.sub("", raw)[:MAX_WORD]
    end = len(word)
    while end and not word[end - 1].isalnum():
        end -= 1
    tail = word[end:]
    word = word[:end]
    if not word:
        return ""
    if word.count("(") > word.count(")"):
        closed = tail.startswith(")") and _ENDING.search(word)
        return word + ")" if closed else trimmed(word[: word.rindex("(")])
    sign = _SIGN.match(tail)
    return word + sign.group() if sign else word


def read_word(raw: str, remarks: list[Remark]) -> Word | Prefix | Fuzzy | Registered | None:
    """The node of a word as typed; None when nothing is left of it."""
    if len(raw) > MAX_WORD:
        remarks.append(LONG_WORD)
        raw = raw[:MAX_WORD]
    word, sign = _signed(raw)
    letters = sum(map(str.isalnum, word))
    if word and ("*" in word or raw.startswith("*")):
        remarks.append(MISPLACED_STAR)
    elif sign == "*" and letters >= MIN_PREFIX:
        return Prefix(word)
    elif sign == "~" and letters >= MIN_FUZZY:
        return Fuzzy(word)
    elif sign and word:
        remarks.append(SHORT_PREFIX if sign == "*" else SHORT_FUZZY)
    elif is_number(word) and raw[0].isalnum():
        return Registered(word.upper())
    return Word(word) if word else None


def _signed(raw: str) -> tuple[str, str]:
    """The word and the first asterisk or tilde after it; both may be wrapped in punctuation: ``(uitfas*),``."""
    word, sign = raw, ""
    while True:
        if found := _WILD.fullmatch(word):
            word, sign = found["word"], sign or found["sign"][0]
        elif (shorter := trimmed(word)) != word:
            word = shorter
        else:
            return word, sign


def read_phrase(inside: str, slop: int, remarks: list[Remark]) -> Phrase | None:
    """The node of what stands between quotation marks."""
    words = tuple(word for raw in _SPACED.sub(r"\1\2", inside).split() if (word := trimmed(raw)))
    if slop > MAX_SLOP:
        remarks.append(WIDE_SLOP)
    return Phrase(words, min(slop, MAX_SLOP)) if words else None
