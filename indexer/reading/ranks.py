"""How deep the mark-up of a file tells that its headings stand: by division, by type, by the parts of a law.

Only the order of ranks means something; ``outline`` makes levels of them. What a law inserts into another has ranks of its own,
below those of the article that inserts it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from indexer.reading.pieces import HeadingSort

TUSSENKOP_RANKS = {
    "vet": 1, "halfvet": 1, "kap": 1, "klkap": 1, "vetcur": 2, "cur": 2, "ondlijn": 3, "rom": 3, "nonprop": 3,
}  # fmt: skip
"""How many levels an unnumbered subheading is below the division it stands in, by its typography; bold outranks italics."""
_PLAIN_STYLES = ("rom", "nonprop")
_STRUCTURE_LEVELS = {
    "bijlage": 0, "algemeen": 0, "toelichting": 0, "nota-toelichting": 0, "stuk": 0, "boek": 1, "deel": 2, "hoofdstuk": 3,
    "titeldeel": 4, "afdeling": 5, "paragraaf": 6, "sub-paragraaf": 7, "artikel": 8, "wijzig-artikel": 8, "enig-artikel": 8,
}  # fmt: skip
"""How deep the headings of parts of a law stand, in the order in which one may hold another; 0 heads a whole."""
_OTHER_LEVEL = 1
_QUESTIONS = ("vraag", "antwoord", "mededeling")
"""Headings of questions and answers stand beside each other."""
CHANGES = frozenset(("wijzig-lid", "wijzig-lid-groep", "wijziging", "amendement-lid"))
"""The names of what an article or amendment changes; their headings are mostly mere numbers."""
INSERTING = CHANGES | {"wijzig-divisie"}
"""The names of what holds changes, or a text that is inserted; headings within stand below that of the article."""
_DEEPEST = 60
"""No paper in print is divided as deep as this; more is a slip or malice."""


class Rank(NamedTuple):
    """How deep the mark-up tells that a heading stands, and what it marks the heading as."""

    level: int
    sort: HeadingSort


class Ranks:
    """Gives the rank of the next heading; knows what is open above it."""

    def __init__(self) -> None:
        self.level = 0
        """That of the last heading that is no mere line between paragraphs; those lines stand below it."""
        self._changed_level = 0
        """That of the article whose changes are open."""
        self._changes = 0

    @property
    def in_change(self) -> bool:
        """Whether something is open that an article or amendment changes."""
        return self._changes > 0

    def open_whole(self) -> Callable[[], None]:
        """A part of the paper begins in which nothing stands below the headings before it; gives what to do at its end."""
        before = self.level
        self.level = 0

        def restore() -> None:
            self.level = before

        return restore

    def open_change(self) -> Callable[[], None]:
        """A change begins: headings stand below that of the article until its end; gives what to do then."""
        before = (self.level, self._changed_level)
        self._changed_level = self.level
        self._changes += 1

        def restore() -> None:
            self.level, self._changed_level = before
            self._changes -= 1

        return restore

    def division(self, number: int) -> Rank:
        """The heading of a numbered division: its own number is its level."""
        return Rank(self._begin(max(number, 1)), HeadingSort.DIVISION)

    def tussenkop(self, style: str) -> Rank:
        """An unnumbered subheading: below the division before it, by its typography."""
        sort = HeadingSort.PLAIN if style in _PLAIN_STYLES else HeadingSort.SUBHEADING
        return Rank(self.level + TUSSENKOP_RANKS.get(style, 1), sort)

    def structure(self, name: str) -> Rank:
        """A structural heading: hoofdstuk, paragraaf, artikel, bijlage."""
        if name in CHANGES:
            return Rank(self._begin(_STRUCTURE_LEVELS["artikel"]), HeadingSort.CHANGE)
        level = self._begin(_STRUCTURE_LEVELS.get(name, _OTHER_LEVEL))
        if name in _QUESTIONS or name.startswith("kamervraag"):
            return Rank(level, HeadingSort.FIXED)
        return Rank(level, HeadingSort.ANNEX if name == "bijlage" else HeadingSort.STRUCTURE)

    def _begin(self, level: int) -> int:
        # What a change inserts stands below the article, also what would head a whole elsewhere.
        self.level = min(self._changed_level + (max(level, 1) if self._changes else level), _DEEPEST)
        return self.level
