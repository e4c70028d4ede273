"""The number that a heading begins with: "1.", "4.1", "§ 4", "II.", "A.", "Artikel 1a", "Artikel I, onderdeel B", "Hoofdstuk 2".

A number belongs to a series (its label and the way it counts) and is a path within that: "4.1" stands below "4". "I" and "C"
may be letters or Roman numerals, so a heading may have several readings; which one holds is seen from the headings before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.paper.conventions import roman_value

_LABELS = {
    "boek": 1, "deel": 2, "hoofdstuk": 3, "titel": 4, "afdeling": 5, "paragraaf": 6, "§": 6, "artikel": 7, "onderdeel": 8,
}  # fmt: skip
"""The words before a number, and how fine a division each of them names."""
_STYLES = "IA1ai"
"""How numbers count, the coarsest first: "ARTIKEL I" of a law inserts "Artikel 1a" into another, not the other way round."""
_LABELLED = re.compile(
    r"(?P<label>boek|deel|hoofdstuk|titel|afdeling|paragraaf|§§?|artikel(?:en)?|art\.|onderde(?:el|len))(?:(?<=§)\s*|\s+)"
    r"(?P<number>\d{1,3}(?:[.:]\d{1,3}){0,4}[a-z]{0,2}|[IVXLC]{1,7}[A-Z]?|[A-Z]{1,2}|[a-z])(?![\w:])\.?",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})(?:[.):](?=\s|$)|(?=\s+[^\W\d_a-z])|$)")
_LETTER = re.compile(r"(?P<number>[IVXLC]{1,7}|[A-Z]{1,2}|[ivx]{1,5}|[a-z])(?:[.):](?=\s|$)|(?=,\s|\s+[A-Z]{2})|$)")
_BELOW = re.compile(r",?\s+onderde(?:el|len)\s+(?P<letter>[A-Z]{1,2}|[a-z])(?!\w)|,?\s+onderde(?:el|len)\s+(?P<figure>\d{1,3})\b")
_PLAIN_LABELS = {"artikelen": "artikel", "art.": "artikel", "onderdelen": "onderdeel", "§§": "§"}
_ROMAN = re.compile(r"(?=.)C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
Step = tuple[tuple[int, ...], str]
"""One step of a path: figures and the letters after them, as (2,) and "a" of "2a"."""


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """One reading of a heading's number."""

    label: str
    """The word before it, in its plain form; empty when there is none."""
    style: str
    """How it counts: "1", "I", "A", "a" or "i"."""
    path: tuple[Step, ...]

    def is_coarser(self, other: HeadingNumber) -> bool:
        """Whether the label says that what it numbers cannot stand below the other: a chapter below an article."""
        if self.label == other.label:
            return bool(self.label) and _STYLES.index(self.style) < _STYLES.index(other.style)
        return bool(self.label) and _LABELS[self.label] < _LABELS.get(other.label, 0)

    @property
    def is_decimal(self) -> bool:
        """Whether a longer path is a finer division: "3.1" than "2", but "Artikel III, onderdeel A" not than "Artikel II"."""
        return self.style == "1" and self.label != "artikel"

    @property
    def is_first(self) -> bool:
        """Whether a series begins with it."""
        figures, letters = self.path[-1]
        return figures[-1:] == (1,) or (not figures and letters.lower() == "a")

    def alike(self, other: HeadingNumber) -> bool:
        """Whether both count in the same way under the same label."""
        return (self.label, self.style) == (other.label, other.style)

    def holds(self, other: HeadingNumber) -> bool:
        """Whether the other stands below this one: "4" holds "4.1", with or without a label before either."""
        depth = len(self.path)
        labels = self.label == other.label or not other.label or not self.label
        return labels and self.style == other.style and depth < len(other.path) and other.path[:depth] == self.path

    def comes_before(self, other: HeadingNumber) -> bool:
        """Whether the other is the very next number after this one."""
        if not self.alike(other) or len(self.path) != len(other.path) or self.path[:-1] != other.path[:-1]:
            return False
        (own, letters), (following, other_letters) = self.path[-1], other.path[-1]
        if own == following:
            return _rank(other_letters) == _rank(letters) + 1
        return not letters and not other_letters and own[:-1] == following[:-1] and following[-1] == own[-1] + 1


def numbers_of(heading: str) -> tuple[tuple[HeadingNumber, ...], str]:
    """The readings of the number that a heading begins with, the likelier first, and the words after it."""
    if labelled := _LABELLED.match(heading):
        word = labelled["label"].lower()
        return _readings(_PLAIN_LABELS.get(word, word), labelled["number"], heading, labelled.end())
    found = _DECIMAL.match(heading) or _LETTER.match(heading)
    return _readings("", found["number"], heading, found.end()) if found else ((), heading)


def _readings(label: str, number: str, heading: str, end: int) -> tuple[tuple[HeadingNumber, ...], str]:
    below = _BELOW.match(heading, end)
    steps: tuple[Step, ...] = ()
    if below:
        steps = (((), below["letter"]) if below["letter"] else ((int(below["figure"]),), ""),)
        end = below.end()
    found = [(style, path) for style, path in _paths(label, number) if path]
    return tuple(HeadingNumber(label, style, path + steps) for style, path in found), heading[end:].strip(" .,:;–-")


def _paths(label: str, number: str) -> list[tuple[str, tuple[Step, ...]]]:
    if number[0].isdigit():
        figures = [int(figure) for figure in re.findall(r"\d+", number)]
        letters = number.lstrip(".:0123456789").lower() if number.isascii() else ""
        # "Artikel 2.10" stands beside "Artikel 2.9" and "Artikel 3", not below an article 2.
        if label == "artikel":
            return [("1", ((tuple(figures), letters),))]
        return [("1", (*(((figure,), "") for figure in figures[:-1]), ((figures[-1],), letters)))]
    upper = number.isupper()
    letter: tuple[str, tuple[Step, ...]] = ("A" if upper else "a", (((_rank(number),), ""),) if len(number) < 3 else ())
    roman, rest = _roman(number.upper())
    counted: tuple[str, tuple[Step, ...]] = ("I" if upper else "i", (((roman,), rest.lower()),) if roman else ())
    likelier_roman = len(number) > 1 or number in ("I", "V", "X", "i")
    return [counted, letter] if likelier_roman else [letter, counted]


def _roman(number: str) -> tuple[int, str]:
    """The value of a Roman numeral and the letter after it ("IIA"); 0 when it is none."""
    numeral, rest = (number, "") if _ROMAN.fullmatch(number) else (number[:-1], number[-1:])
    if not _ROMAN.fullmatch(numeral):
        return 0, ""
    return roman_value(numeral), rest


def _rank(letters: str) -> int:
    """Where letters stand in their row: a 1, z 26, aa 27; no letter 0."""
    rank = 0
    for letter in letters.lower():
        rank = rank * 26 + ord(letter) - ord("a") + 1
    return rank
