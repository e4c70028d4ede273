"""Who said this when: a term through the years, by whom, and every place where it stands.

Counts and days are exact over all papers that say it. The lines of the concordance (each place where papers say it, with what
stands before and after) are read from a bounded number of papers, and kept for the next question, since order and page change
more often than the term does.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from threading import Lock

from indexer.errors import QueryTooCostly
from search.advice import explain_nothing, read, spelled_otherwise
from search.budget import Budget
from search.document import Passage, SearchDocument
from search.plan import TEXT_PLACES, concepts_of
from search.ports import Period, Searcher, SearchRequest, SearchResult, Sort
from search.query.told import conditions, is_condition, understood
from search.query.tree import Nothing
from search.snippets import Highlighter, Snippet, Span
from search.values import folded
from search.wording import Language, Wording

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


MAX_PAPERS = 500
"""Papers that are read for the lines of a concordance."""

MAX_LINES = 2_000
"""Lines of a concordance."""

MAX_CHARACTERS = 8_000_000
"""Characters of the papers that are read: some 700 of the usual length, and far fewer of the longest."""

_PERIODS = ("year", "person", "office")
_BATCH = 100
_KEPT = 8

Filters = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Year:
    """How many papers of a year say it, ``of`` how many under the same conditions."""

    year: int
    papers: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where there are no papers."""
        return self.papers / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper that says it, and the sentence in which it first does."""

    document: SearchDocument
    sentence: Snippet | None


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """What is known of a term.

    ``papers`` counts all that say it, ``undated`` those among them without a day. ``years`` are all that have papers under the
    same conditions, in order; choosing years does not change them, so that a choice can be compared. ``has_words``
    is False when the query names properties only, so that there is nothing to show in its sentence.
    """

    query: str
    filters: Filters
    understood: str
    remarks: tuple[str, ...]
    has_words: bool
    papers: int
    undated: int = 0
    years: tuple[Year, ...] = ()
    first: Mention | None = None
    last: Mention | None = None
    people: tuple[Period, ...] = ()
    offices: tuple[Period, ...] = ()
    did_you_mean: str = ""
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concordance:
    """Lines in an order; ``papers`` of ``total`` were read for them, the newest unless the order is that of the oldest."""

    lines: tuple[Line, ...]
    order: LineOrder
    papers: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether every paper was read to its end."""
        return self.papers == self.total


_CUT = Wording(
    "“{}” staat voor meer woorden dan {}; geteld zijn de meest voorkomende.",
    "“{}” stands for more words than {}; the most frequent ones were counted.",
)


def term(
    searcher: Searcher, budget: Budget, query: str, filters: Filters, today: date, language: Language = Language.DUTCH
) -> TermAnswer:
    """What is known of a term within these filters, asked ``today`` of a searcher that works within ``budget``.

    Raises:
        IndexMissing: there is no index.
        IndexOutdated: the index was made by another version.
    """
    parsed = read(query, searcher, today)
    chosen = {name: values for name, values in filters.items() if values}
    remarks = [remark.told(language) for remark in parsed.remarks]
    told = understood(parsed.node, language)
    has_words = not is_condition(parsed.node)
    if isinstance(parsed.node, Nothing):
        return TermAnswer(query, chosen, told, tuple(remarks), has_words=False, papers=0)
    request = SearchRequest(
        parsed.node, chosen, Sort.NEWEST, limit=1, facet_limit=0, verbatim=True, periods=_PERIODS, passages=True
    )
    newest = searcher.search(request)
    remarks += [
        _CUT.told(language, concept.label, len(concept.forms))
        for concept in dict.fromkeys(concepts_of(newest.plan))
        if concept.cut
    ]
    nothing = not newest.total
    oldest = newest if nothing else searcher.search(replace(request, sort=Sort.OLDEST, periods=()))
    answer = TermAnswer(
        query,
        chosen,
        told,
        tuple(remarks),
        has_words,
        papers=newest.total,
        undated=newest.total - sum(period.count for period in newest.periods["year"]),
        years=_years(searcher, request, newest),
        first=_mention(oldest, budget),
        last=_mention(newest, budget),
        people=newest.periods["person"],
        offices=newest.periods["office"],
    )
    if nothing:
        with suppress(QueryTooCostly):  # advice goes where the budget is used up
            answer = replace(answer, did_you_mean=next((one.query for one in spelled_otherwise(parsed, searcher, today)), ""))
            explained = explain_nothing(parsed, request, searcher)
            answer = replace(answer, explanation=tuple(one.told(language) for one in explained))
    return answer


def _years(searcher: Searcher, request: SearchRequest, found: SearchResult) -> tuple[Year, ...]:
    """Every year with papers, whatever years are chosen; none when no year has a paper that says it."""
    others = {name: values for name, values in request.filters.items() if name != "year"}
    every = replace(request, filters=others, limit=0, periods=("year",))
    having = found if others == request.filters else searcher.search(every)
    counts = {int(period.value): period.count for period in having.periods["year"]}
    if not counts:
        return ()
    among = searcher.search(replace(every, query=conditions(request.query))).periods["year"]
    return tuple(Year(year, counts.get(year, 0), of) for year, of in sorted((int(p.value), p.count) for p in among))


def _mention(result: SearchResult, budget: Budget) -> Mention | None:
    if not result.hits:
        return None
    hit = result.hits[0]
    bare = replace(hit.document, passages=(), starts={})
    return Mention(bare, quotation(hit.document, Highlighter(result.plan, budget), hit.passages))


@dataclass(slots=True)
class Concordances:
    """Reads concordances, and keeps the latest while the index is the same. May be used by several threads."""

    _kept: OrderedDict[tuple[object, ...], Concordance] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def read(
        self, searcher: Searcher, budget: Budget, query: str, filters: Filters, order: LineOrder, today: date
    ) -> Concordance:
        """The lines of a term within these filters, in an order, asked ``today`` of a searcher that works within ``budget``.

        Raises:
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another version.
        """
        sort = Sort.OLDEST if order is LineOrder.OLDEST else Sort.NEWEST
        key = (searcher.generation, query, tuple(sorted(filters.items())), sort, today)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is None:
            found = _read(searcher, budget, query, filters, sort, today)
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return replace(found, lines=tuple(in_order(found.lines, order)), order=order)


def _read(searcher: Searcher, budget: Budget, query: str, filters: Filters, sort: Sort, today: date) -> Concordance:
    chosen = {name: values for name, values in filters.items() if values}
    node = read(query, searcher, today).node
    request = SearchRequest(node, chosen, sort, limit=_BATCH, facet_limit=0, verbatim=True, passages=True)
    order = LineOrder.OLDEST if sort is Sort.OLDEST else LineOrder.NEWEST
    lines: list[Line] = []
    papers = characters = total = 0
    for offset in range(0, MAX_PAPERS, _BATCH):
        result = searcher.search(replace(request, offset=offset))
        highlighter, total = Highlighter(result.plan, budget), result.total
        for hit in result.hits:
            lines += lines_of(hit.document, highlighter, hit.passages)
            characters += sum(len(passage.text) for passage in hit.document.passages)
            if len(lines) > MAX_LINES:
                return Concordance(tuple(lines[:MAX_LINES]), order, papers, total)
            papers += 1
            if characters > MAX_CHARACTERS:
                return Concordance(tuple(lines), order, papers, total)
        if offset + _BATCH >= total:
            break
    return Concordance(tuple(lines), order, papers, total)
