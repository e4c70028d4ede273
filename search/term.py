"""Who said this when: a term through the years, by whom, and every place where it stands.

Counts and days are exact over all papers that say it. The lines of the concordance are read from a bounded number of papers and
kept for the next question, since order and page change more often than the term does.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from search.advice import did_you_mean, explain_nothing
from search.answer import Snippet
from search.concordance import Line, LineOrder, in_order, lines_of, quotation
from search.document import SearchDocument
from search.plan import concepts_of
from search.ports import Period, Searcher, SearchRequest, SearchResult, Sort
from search.query.parser import parse
from search.query.parts import conditions, is_condition
from search.query.tree import Nothing
from search.snippets import Highlighter

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


def term(searcher: Searcher, query: str, filters: Filters) -> TermAnswer:
    """What is known of a term within these filters.

    Raises:
        IndexMissing: there is no index.
        IndexOutdated: the index was made by another version.
    """
    parsed = parse(query)
    chosen = {name: values for name, values in filters.items() if values}
    remarks = [remark.text for remark in parsed.remarks]
    has_words = not is_condition(parsed.node)
    if isinstance(parsed.node, Nothing):
        return TermAnswer(query, chosen, parsed.understood, tuple(remarks), has_words=False, papers=0)
    request = SearchRequest(
        parsed.node, chosen, Sort.NEWEST, limit=1, facet_limit=0, verbatim=True, periods=_PERIODS, passages=True
    )
    newest = searcher.search(request)
    remarks += [
        f"“{concept.label}” staat voor meer woorden dan {len(concept.forms)}; geteld zijn de meest voorkomende."
        for concept in dict.fromkeys(concepts_of(newest.plan))
        if concept.cut
    ]
    nothing = not newest.total
    oldest = newest if nothing else searcher.search(replace(request, sort=Sort.OLDEST, periods=()))
    return TermAnswer(
        query,
        chosen,
        parsed.understood,
        tuple(remarks),
        has_words,
        papers=newest.total,
        undated=newest.total - sum(period.count for period in newest.periods["year"]),
        years=_years(searcher, request, newest),
        first=_mention(oldest),
        last=_mention(newest),
        people=newest.periods["person"],
        offices=newest.periods["office"],
        did_you_mean=did_you_mean(parsed, searcher.vocabulary) if nothing else "",
        explanation=explain_nothing(parsed, request, searcher) if nothing else (),
    )


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


def _mention(result: SearchResult) -> Mention | None:
    if not result.hits:
        return None
    hit = result.hits[0]
    bare = replace(hit.document, passages=(), starts={})
    return Mention(bare, quotation(hit.document, Highlighter(result.plan), hit.passages))


@dataclass(slots=True)
class Concordances:
    """Reads concordances, and keeps the latest while the index is the same. May be used by several threads."""

    _kept: OrderedDict[tuple[object, ...], Concordance] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def read(self, searcher: Searcher, query: str, filters: Filters, order: LineOrder) -> Concordance:
        """The lines of a term within these filters, in an order.

        Raises:
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another version.
        """
        sort = Sort.OLDEST if order is LineOrder.OLDEST else Sort.NEWEST
        key = (searcher.generation, query, tuple(sorted(filters.items())), sort)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is None:
            found = _read(searcher, query, filters, sort)
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return replace(found, lines=tuple(in_order(found.lines, order)), order=order)


def _read(searcher: Searcher, query: str, filters: Filters, sort: Sort) -> Concordance:
    chosen = {name: values for name, values in filters.items() if values}
    request = SearchRequest(parse(query).node, chosen, sort, limit=_BATCH, facet_limit=0, verbatim=True, passages=True)
    order = LineOrder.OLDEST if sort is Sort.OLDEST else LineOrder.NEWEST
    lines: list[Line] = []
    papers = characters = total = 0
    for offset in range(0, MAX_PAPERS, _BATCH):
        result = searcher.search(replace(request, offset=offset))
        highlighter, total = Highlighter(result.plan), result.total
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
