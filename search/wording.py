"""What the program says of a query, in both languages: Dutch on pages and in JSON, English on the command line.

Only the means are here; each sentence stands where it is said, in both languages side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages of readers."""

    DUTCH = "nl"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in both languages; braces in it stand for values."""

    dutch: str
    english: str

    def told(self, language: Language, *values: Value) -> str:
        """The text in one language, with these values in it."""
        text = self.dutch if language is Language.DUTCH else self.english
        return text.format(*(_told(value, language) for value in values)) if values else text


Value = str | int | Wording


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the reader of an answer should know, such as how the query was read."""

    text: Wording
    values: tuple[Value, ...] = ()

    def told(self, language: Language) -> str:
        """The remark in one language."""
        return self.text.told(language, *self.values)


def papers(count: int) -> Wording:
    """So many papers: "1.234 stukken", "1 paper"; or nothing."""
    if not count:
        return Wording("niets", "nothing")
    if count == 1:
        return Wording("1 stuk", "1 paper")
    return Wording(f"{_told(count, Language.DUTCH)} stukken", f"{_told(count, Language.ENGLISH)} papers")


def _told(value: Value, language: Language) -> str:
    if isinstance(value, Wording):
        return value.told(language)
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".") if language is Language.DUTCH else f"{value:,}"
    return value
