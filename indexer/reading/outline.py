"""The outline of a paper: which of the lines that a file marks as headings are headings, and of what level.

Files tell this poorly. A line in ordinary type between paragraphs may be a heading or the first sentence of a list; all headings
of an old memorandum may be of one typography. So what is written decides first: a sentence is a paragraph, "4.1" stands below
"4" and "Artikel I" below "II. ARTIKELSGEWIJS". Where nothing is written, the level that the mark-up tells decides. No level is
ever skipped: a heading is at most one below the heading before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.paper.model import ParagraphForm, Part
from indexer.reading.numbering import HeadingNumber, numbers_of
from indexer.reading.pieces import HeadingSort, ReadHeading, ReadParagraph

_LONGEST = 200
"""What is longer than this is read as text, however it is marked."""
_FLAT = (HeadingSort.SUBHEADING, HeadingSort.PLAIN)
"""Headings of which the mark-up tells no more than the type."""
_VERBS = frozenset((
    "is", "zijn", "was", "waren", "wordt", "worden", "werd", "werden", "heeft", "hebben", "had", "hadden", "kan", "kunnen",
    "kon", "konden", "zal", "zullen", "zou", "zouden", "moet", "moeten", "moest", "moesten", "mag", "mogen", "mocht",
    "dient", "dienen", "wil", "willen", "betreft", "strekt", "strekken", "regelt", "bepaalt", "omvat", "omvatten", "bevat",
    "bevatten", "bestaat", "bestaan", "gaat", "gaan", "komt", "komen", "blijft", "blijven", "stelt", "stellen", "acht",
    "achten", "vindt", "vinden", "vraagt", "vragen", "luidt", "luiden", "geldt", "gelden", "houdt", "houden", "ziet", "zien",
    "doet", "doen", "volgt", "volgen", "geeft", "krijgt", "neemt", "maakt", "leidt", "beoogt", "verzoekt", "verzoeken",
    "vervalt", "vervallen",
))  # fmt: skip
"""Finite verbs that a sentence of a paper mostly has one of, and a heading mostly not, its first word aside ("Vragen")."""
_FULL_STOP = re.compile(r"[^\W\d_]{4}[»”\")]?\. [«“\"]?[A-Z]")
"""Where one sentence ends and another begins."""
_LONG_LABEL = 6
"""A line with a colon of more words than this may be no label but the begin of what follows."""
_LONG_NAME = 2
"""A line in ordinary type with more words than this, and a full stop or no beginning or end of its own, is a sentence."""
_LONG_LINE = 12
"""Where a line could be either, it is a sentence from so many words on."""
_DEEPEST = 20
"""No paper in print is divided as deep as this; more is a slip or malice."""
_ARTICLES = re.compile(r"artikels?gewij(?:s|ze)\b|toelichting op de artikelen\b", re.IGNORECASE)
"""What the part of a memorandum is called that explains a law article by article; other papers have no such part."""
_GENERAL = re.compile(r"algemeen deel\b|algemene toelichting\b", re.IGNORECASE)
"""What the part before it is called."""
_IN_CAPITALS = ("ALGEMEEN", "ARTIKELEN")
"""Names of these parts too, but common words when they are not in capitals."""
_ANNEX = re.compile(r"bijlagen?(?:\s+(?:\d{1,3}|[IVX]{1,5}|[A-Z])\b|\s*[.:–-]|$)", re.IGNORECASE)
"""Stands beside the parts of a memorandum when it is set like them; "Bijlagen bij artikel 4" does not."""
_CLOSING = re.compile(r"Lasten en bevelen\b", re.IGNORECASE)
"""The formula that ends a law; it belongs to no article."""
_ANNOUNCED = re.compile(r"\b(?:luidende?|luiden|ingevoegd|toegevoegd)\s?:$")
"""The end of a sentence that announces the text of an article."""

Block = ReadHeading | ReadParagraph


def outlined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with only true headings among them, and levels that tell what stands below what.

    A paragraph that opens a section of its own gets the level of the heading it goes back to, 0 when there is none.
    """
    read = _sentences_as_text(list(blocks))
    outline = _Outline(
        memorandum=any(isinstance(block, ReadHeading) and _ARTICLES.match(numbers_of(block.line.text)[1]) for block in read)
    )
    done: list[Block] = []
    part: Part | None = None
    announced = False
    for block in read:
        if block.part is not part:
            part = block.part
            outline.go_back(0)
        if isinstance(block, ReadHeading):
            done.append(replace(block, level=outline.place(block, inserted=announced)))
        elif outline.depth and block.form is ParagraphForm.TEXT and _CLOSING.match(block.line.text):
            done.append(replace(block, opens=True, level=outline.go_back(0)))
        elif block.opens:
            done.append(replace(block, level=outline.go_back(block.level)))
        else:
            done.append(block)
        announced = isinstance(block, ReadParagraph) and bool(_ANNOUNCED.search(block.line.text[-_LONGEST:]))
    return done


def _sentences_as_text(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with those headings that are sentences as paragraphs."""
    found: list[Block] = []
    for block, following in pairwise([*blocks, None]):
        if isinstance(block, ReadHeading) and _is_text(block, following):
            found.append(ReadParagraph(block.line, block.part, opens=block.opens))
        elif block:
            found.append(block)
    return found


def _is_text(heading: ReadHeading, following: Block | None) -> bool:
    """Whether a line that is marked as a heading is none."""
    if len(heading.line.text) > _LONGEST:
        return True
    if heading.sort is HeadingSort.SUBHEADING or heading.sort is HeadingSort.PLAIN:
        return _is_sentence(heading.line.text, heading.sort is HeadingSort.PLAIN, following)
    return False


def _is_sentence(text: str, plain: bool, following: Block | None) -> bool:
    """Whether a line between paragraphs is a sentence or a part of one: by its end, its length, its verb and what follows.

    What is set in ordinary type (``plain``) is so rather than what is set off from the text.
    """
    numbers, name = numbers_of(text)
    words = name.split()
    verb = any(word.lower().rstrip(".:") in _VERBS for word in words[1:])
    long = len(words) >= _LONG_LINE
    if text.endswith((",", ";")):
        return True
    if text.endswith(":"):
        before_list = isinstance(following, ReadParagraph) and following.form is ParagraphForm.ITEM
        lengthy = len(words) > _LONG_LABEL
        return long or (plain and (verb or before_list or lengthy)) or (verb and (before_list or lengthy))
    if text.endswith("."):
        ordinary = plain and len(words) > (_LONG_LABEL if numbers else _LONG_NAME)
        return long or ordinary or bool(_FULL_STOP.search(text)) or (verb and (plain or not numbers))
    if text.endswith(("?", "!")):
        return bool(_FULL_STOP.search(text)) or (plain and long)
    if plain and long and verb and not numbers:
        return True
    fragment = (not numbers and text[:1].islower()) or _goes_on(following)
    return fragment and (long or (plain and len(words) > _LONG_NAME))


def _goes_on(following: Block | None) -> bool:
    """Whether a paragraph begins in the middle of a sentence."""
    if not isinstance(following, ReadParagraph) or following.form is not ParagraphForm.TEXT:
        return False
    first = following.line.text.split(" ", 1)[0]
    return len(first) > 1 and first.isalpha() and first.islower()


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that what follows may still stand below; its level is its place among those that are open."""

    told: int
    """The level that the mark-up tells."""
    flat: bool
    """Whether the mark-up tells no more than the type."""
    number: HeadingNumber | None
    divides: bool
    """Whether it is one of the parts that a memorandum is divided into."""
    inserted: bool
    """Whether it heads a text that an article inserts into another law."""


class _Outline:
    """The headings that are open, the outermost first: each stands one below the one before it."""

    def __init__(self, *, memorandum: bool) -> None:
        self._open: list[_Open] = []
        self._memorandum = memorandum

    @property
    def depth(self) -> int:
        """How many headings are open."""
        return len(self._open)

    def go_back(self, told: int) -> int:
        """Closes what stands below headings of this level as the mark-up tells it, at 0 all; gives the level that is open."""
        del self._open[self._within(told) if told else 0 :]
        return len(self._open)

    def place(self, heading: ReadHeading, *, inserted: bool) -> int:
        """The level of the next heading; ``inserted`` says that the text before it announced one."""
        if heading.opens:
            self.go_back(0)
        text = heading.line.text
        numbers, name = ((), text) if heading.sort is HeadingSort.FIXED else numbers_of(text)
        divides = heading.sort is not HeadingSort.FIXED and self._divides(name, numbers, heading.level)
        above, number = self._above(heading, numbers, divides, inserted)
        del self._open[min(above, _DEEPEST - 1) :]
        labelled = bool(number and number.label)
        self._open.append(_Open(heading.level, heading.sort in _FLAT, number, divides, inserted and labelled))
        return len(self._open)

    def _divides(self, name: str, numbers: Sequence[HeadingNumber], told: int) -> bool:
        """Whether a heading is one of the parts that a memorandum is divided into; what follows then stands below it."""
        if _ANNEX.match(name):
            return any(heading.divides and heading.told == told for heading in self._open)
        if _ARTICLES.match(name) or _GENERAL.match(name) or name in _IN_CAPITALS:
            return True
        if name.lower() != "algemeen":
            return False
        counted = bool(numbers) and not numbers[0].label and numbers[0].style in ("I", "A")
        return counted or (self._memorandum and not self._open)

    def _above(
        self, heading: ReadHeading, numbers: Sequence[HeadingNumber], divides: bool, inserted: bool
    ) -> tuple[int, HeadingNumber | None]:
        """How many of the open headings the next one stands below, and the reading of its number that holds."""
        told = heading.level
        number = numbers[0] if numbers else None
        if inserted and number and number.label and (place := self._below_inserting(told)) is not None:
            return place, number
        for reading in numbers:
            if (place := self._next_in_series(told, reading, heading.sort in _FLAT)) is not None:
                return place, reading
        # A reading that is less likely holds only where it continues a series.
        if number and (place := self._in_series(told, number)) is not None:
            return place, number
        if divides:
            return self._beside_parts(told, heading.sort), number
        return self._as_told(told, number, heading.sort), number

    def _within(self, told: int) -> int:
        """How many headings stay open when those are closed that are told to be lower than this level."""
        kept = len(self._open)
        while kept and self._open[kept - 1].told > told:
            kept -= 1
        return kept

    def _below_inserting(self, told: int) -> int | None:
        """Below the article whose text announced an insertion, beside what it inserted before; None when none is open."""
        kept = self._within(told)
        if not kept or self._open[kept - 1].told < told or not self._open[kept - 1].number:
            return None
        return next((i for i, heading in enumerate(self._open[:kept]) if heading.inserted), kept)

    def _next_in_series(self, told: int, number: HeadingNumber, flat: bool) -> int | None:
        """Beside the heading whose number comes right before this one, rather one that is told to be of the same level."""
        before = [
            i
            for i, heading in enumerate(self._open)
            if heading.number and heading.number.comes_before(number) and (heading.told == told or (flat and heading.flat))
        ]
        return max(before, key=lambda i: (self._open[i].told == told, i)) if before else None

    def _in_series(self, told: int, number: HeadingNumber) -> int | None:
        """Beside or below a heading of the same series, where the number alone decides; None where it does not."""
        depth = len(number.path)
        last = self._within(told) - 1
        holding = [i for i, heading in enumerate(self._open) if heading.number and heading.number.holds(number)]
        if holding:
            return holding[-1] + 1
        paths = [
            (i, heading.number.path)
            for i, heading in enumerate(self._open)
            if heading.told == told and heading.number and heading.number.alike(number)
        ]
        # A "1" below others is the first of a series of its own.
        equal = [i for i, path in paths if len(path) == depth and (i == last or path < number.path or not number.is_first)]
        coarser = [i + number.is_decimal for i, path in paths if len(path) < depth]
        finer = [i for i, path in paths if len(path) > depth]
        return next(iter((*equal[-1:], *coarser[-1:], *finer[:1])), None)

    def _beside_parts(self, told: int, sort: HeadingSort) -> int:
        """Where a part of a memorandum stands: beside the other parts, else above all that is told to be of its level."""
        if sort in _FLAT:
            part = next((i for i, heading in enumerate(self._open) if heading.divides), None)
            if part is not None:
                return part
        kept = self._within(told)
        while kept and self._open[kept - 1].told == told:
            kept -= 1
        return kept

    def _as_told(self, told: int, number: HeadingNumber | None, sort: HeadingSort) -> int:
        """Where a heading stands whose number begins a series, or that has none."""
        kept = self._within(told)
        while kept and (last := self._open[kept - 1]).told == told:
            if last.divides and (number or sort in _FLAT):
                return kept
            if number and last.number and not number.is_coarser(last.number):
                return kept
            kept -= 1
            if number and not last.number:
                return kept
        return kept
