"""Keyword in context: every place where papers say what was asked for, with what stands before and after it.

Pure: papers and what finds the words in → lines out, and their order. Which papers are read, and how many, ``term`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from search.answer import Snippet
from search.document import Passage, SearchDocument
from search.plan import TEXT_PLACES
from search.snippets import Highlighter, Span
from search.values import folded

CONTEXT = 110
"""Characters on either side of the keyword, at most; cut between words."""

SENTENCE = 420
"""Characters of a sentence that is quoted, at most; cut between words."""

NEIGHBOURS = 8
"""Words on either side that decide the order."""

_NEAR = 40
"""Characters in which a space is looked for to cut at."""

_SPACES = re.compile(r"\s+")
_LAST_WORD = re.compile(r"\s\S*\Z")
_WORD = re.compile(r"\w+(?:['’.:/-]\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.?!;…])[\"'”’»)]*\s+(?=[\"'“‘«(]*[A-ZÀ-ÖØ-Þ])|\n")
"""Between sentences; not after "nr." and the like, which a figure or a small letter follows."""


class LineOrder(StrEnum):
    """The order of lines; those alike are ordered by date (newest first), by paper and as they stand in it."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence: ``left + keyword + right`` stands so in the passage, white space evened out.

    ``document`` comes without its passages. ``heading`` and ``anchor`` are those of the passage; ``begun`` and ``broken`` tell
    whether it began before ``left`` and goes on after ``right``.
    """

    document: SearchDocument
    left: str
    keyword: str
    right: str
    heading: str
    anchor: str
    begun: bool = False
    broken: bool = False


def lines_of(document: SearchDocument, highlighter: Highlighter, only: Iterable[int] | None = None) -> Iterator[Line]:
    """Every occurrence in what a paper says, in reading order; see ``said``."""
    bare = replace(document, passages=(), starts={})
    for passage, spans in said(document, highlighter, only):
        text = passage.text
        for start, end in spans:
            first, last = _from(text, start, CONTEXT), _to(text, end, CONTEXT)
            yield Line(
                bare,
                _even(text[first:start]).lstrip(),
                _even(text[start:end]),
                _even(text[end:last]).rstrip(),
                passage.heading,
                passage.anchor,
                bool(text[:first].strip()),
                bool(text[last:].strip()),
            )


def said(
    document: SearchDocument, highlighter: Highlighter, only: Iterable[int] | None = None
) -> Iterator[tuple[Passage, tuple[Span, ...]]]:
    """The passages that say it, with the spans where they do; only these passages are looked through, when that is known."""
    for passage in document.passages if only is None else (document.passages[i] for i in only):
        if passage.place in TEXT_PLACES and (spans := highlighter.keywords(passage.text, passage.place)):
            yield passage, spans


def in_order(lines: Iterable[Line], order: LineOrder) -> list[Line]:
    """The lines in that order; lines given in the order of a paper keep it where nothing else decides."""
    match order:
        case LineOrder.NEWEST:
            return sorted(lines, key=_newest_first)
        case LineOrder.OLDEST:
            return sorted(lines, key=lambda line: (_day(line) or _NEVER, line.document.identifier))
        case LineOrder.LEFT:
            return sorted(lines, key=lambda line: (_ranked(left_words(line)), *_newest_first(line)))
        case LineOrder.RIGHT:
            return sorted(lines, key=lambda line: (_ranked(right_words(line)), *_newest_first(line)))


_NEVER = 10**9


def _day(line: Line) -> int:
    return line.document.date.toordinal() if line.document.date else 0


def _newest_first(line: Line) -> tuple[int, str]:
    return -_day(line), line.document.identifier


def _ranked(words: tuple[str, ...]) -> tuple[bool, tuple[str, ...]]:
    """Lines without a neighbour come last: they tell nothing of its company."""
    return not words, words


def neighbour(line: Line, order: LineOrder) -> Span | None:
    """Where the word stands that decides an order first, in ``left`` or ``right``; None where no word does."""
    words = [found.span() for found in _WORD.finditer(line.left if order is LineOrder.LEFT else line.right)]
    if not words or order not in (LineOrder.LEFT, LineOrder.RIGHT):
        return None
    return words[-1] if order is LineOrder.LEFT else words[0]


def left_words(line: Line) -> tuple[str, ...]:
    """What stands before the keyword, from it outwards, case and diacritics evened out."""
    return tuple(folded(word) for word in reversed(_WORD.findall(line.left)[-NEIGHBOURS:]))


def right_words(line: Line) -> tuple[str, ...]:
    """What follows the keyword, case and diacritics evened out."""
    return tuple(folded(word) for word in _WORD.findall(line.right)[:NEIGHBOURS])


def quotation(document: SearchDocument, highlighter: Highlighter, only: Iterable[int] | None = None) -> Snippet | None:
    """The first sentence of a paper that says it, with the words marked; a heading or title only where nothing else does."""
    found = list(said(document, highlighter, only))
    best = next((pair for pair in found if pair[0].text != pair[0].heading and pair[0].anchor), None) or next(iter(found), None)
    return _sentence(*best) if best else None


def _sentence(passage: Passage, spans: tuple[Span, ...]) -> Snippet:
    """The sentence around the first span; of a long one what stands near."""
    text = passage.text
    first, last = spans[0]
    start = max((found.end() for found in _SENTENCE_END.finditer(text, 0, first + 1) if found.end() <= first), default=0)
    found_end = _SENTENCE_END.search(text, last)
    end = found_end.start() if found_end else len(text)
    shown_from = max(start, _from(text, first, SENTENCE // 2))
    shown_to = min(end, _to(text, last, max(SENTENCE - (last - shown_from), 0)))
    lead, trail = ("… " if shown_from > start else ""), (" …" if shown_to < end else "")
    shift = len(lead) - shown_from
    marks = tuple((a + shift, b + shift) for a, b in spans if a >= shown_from and b <= shown_to)
    return Snippet(lead + text[shown_from:shown_to] + trail, marks, passage.heading, passage.anchor)


def _from(text: str, at: int, room: int) -> int:
    """Where to begin to show at most so much before ``at``: at a word, unless there is no space near."""
    start = max(0, at - room)
    if start == 0 or text[start - 1].isspace():
        return start
    space = _SPACES.search(text, start, min(at, start + _NEAR))
    return space.end() if space else start


def _to(text: str, at: int, room: int) -> int:
    """Where to end to show at most so much after ``at``: after a word, unless there is no space near."""
    end = min(len(text), at + room)
    if end == len(text) or text[end].isspace():
        return end
    found = _LAST_WORD.search(text, max(at, end - _NEAR), end)
    return found.start() if found else end


def _even(text: str) -> str:
    return _SPACES.sub(" ", text)
