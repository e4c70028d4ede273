"""A query as typed → the answer as shown: parses it, asks the engine, cuts the snippets, and helps where little is found.

The one thing the front end and the command line ask. Knows the port, not the engines.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from indexer.errors import IndexChanged, MeaningMissing
from search.advice import Instead, complete, compounds_apart, explain_nothing, quotations_apart, read, spelled_otherwise
from search.document import Place, SearchDocument
from search.failing import ENOUGH, shares
from search.forms import forms_of
from search.meaning.channel import Meaning, MeaningChannel, Together
from search.meaning.embedding import texts_of
from search.plan import HasValue, MatchKind, Plan, Wanted, concepts_of
from search.ports import Hit, Searcher, SearchRequest, SearchResult, Sort, Suggestion
from search.query.told import exactly, in_any_form, understood
from search.query.tree import MAX_LENGTH, And, Node, Not, Nothing, Paper, Parsed, Registered, Word
from search.snippets import Answer, AnsweredHit, AnsweredOffer, Highlighter, OtherQuery, Snippet, Span, excerpt, snippets_of
from search.term import Concordance, Concordances, Filters, LineOrder, TermAnswer, term
from search.wording import Language, Remark, Wording

_EVERYTHING = Wording("alle documenten", "all papers")
_ALSO = Wording("; ook, minder zwaar: {}", "; also, with less weight: {}")
_PREFERRED = Wording("; liefst van de soort {}", "; preferably of kind {}")
_UNASKED = Wording("; niet vereist: {}", "; not required: {}")
_CUT = Wording(
    "“{}” staat voor meer woorden dan {}; gezocht is op de meest voorkomende.",
    "“{}” stands for more words than {}; searched for the most frequent ones.",
)
MAX_LIMIT = 100
MAX_OFFSET = 10_000
"""The last hit that can be paged to; beyond it narrowing the query serves better."""

_BEST = 10
"""Hits among which one must have most of the words."""

BATCH = 500
"""Hits read at once for an export: each batch costs the query once more, and its papers' memory."""


@dataclass(frozen=True, slots=True)
class SearchService:
    """Answers queries from one engine, for readers of one language."""

    searcher: Searcher
    language: Language = Language.DUTCH
    clock: Callable[[], date] = date.today
    """Which day it is, for who asks for "vorig jaar"."""
    channel: MeaningChannel | None = None
    """Finds papers by meaning; None where the program has nothing to do so with."""
    _concordances: Concordances = field(default_factory=Concordances, compare=False)

    @property
    def generation(self) -> str:
        """Names the state that answers are of: the index, the vectors, and the day, from which times are told."""
        vectors = self.channel.generation if self.channel else ""
        return f"{self.searcher.generation}{vectors} {self.clock().isoformat()}"

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions of what is being typed, as whole queries."""
        return complete(prefix[:MAX_LENGTH], self.searcher.suggest, min(limit, MAX_LIMIT))

    def answer(
        self,
        query: str,
        *,
        filters: Mapping[str, tuple[str, ...]] | None = None,
        sort: Sort = Sort.RELEVANCE,
        offset: int = 0,
        limit: int = 10,
        facet_limit: int = 100,
        meaning: Meaning = Meaning.OFF,
    ) -> Answer:
        """Answer a query as typed; no query is an error.

        Raises:
            MeaningMissing: papers are to be found by meaning, and cannot be.
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another version.
        """
        started = time.perf_counter()
        parsed = self._read(query)
        limit = min(max(limit, 0), MAX_LIMIT)
        request = _request(parsed, filters, sort, offset=offset, limit=limit, facet_limit=facet_limit)
        result = self.searcher.search(request)
        others = self._others(parsed, request, nothing=result.total == 0)
        nothing = result.total == 0 and meaning is not Meaning.ON
        corrected = self._shown_instead(parsed, request, others) if nothing else None
        shown = self.searcher.search(replace(request, query=corrected.node, facets=())) if corrected else result
        node = corrected.node if corrected else parsed.node
        remarks = list(parsed.remarks)
        together = None if corrected else self._together(request, result, meaning)
        if not (corrected or together) and self._have_failed(parsed, request, result):
            request = replace(request, alike=True)
            result = shown = self.searcher.search(request)
        remarks += [
            Remark(_CUT, (concept.label, len(concept.forms))) for concept in dict.fromkeys(concepts_of(shown.plan)) if concept.cut
        ]
        explanation = explain_nothing(parsed, request, self.searcher) if shown.total == 0 else ()
        hits = self._page(request, result, together) if together else self._hits(shown.hits, shown.plan)
        return Answer(
            query=query,
            request=request,
            understood=self._understood(node, request, shown.plan),
            remarks=self._told(remarks),
            total=result.total,
            total_all_words=result.total_all_words,
            total_meaning=together.by_meaning if together else 0,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
            hits=hits,
            facets=result.facets,
            suggestions=tuple(OtherQuery(one.query, total) for one, total in others),
            corrected_to=corrected.query if corrected else "",
            explanation=self._told(explanation),
            jump=_jump(parsed, hits),
            offers=self._offers(parsed, result),
            nowhere=result.nowhere,
            forms=forms_of(shown.plan, self.searcher.vocabulary) if limit else (),
            exactly=exactly(node),
            in_any_form=in_any_form(node),
        )

    def _read(self, query: str) -> Parsed:
        return read(query, self.searcher, self.clock())

    def _offers(self, parsed: Parsed, result: SearchResult) -> tuple[AnsweredOffer, ...]:
        """The other readings that would find something else than is found already."""
        partly = result.total > result.total_all_words
        useful = (offer for offer in parsed.offered if partly or not offer.stricter)
        return tuple(AnsweredOffer(offer.query, offer.remark.told(self.language)) for offer in useful)

    def _others(self, parsed: Parsed, request: SearchRequest, *, nothing: bool) -> list[tuple[Instead, int]]:
        """The queries to suggest, with how many papers each finds; those that find none are left out."""
        others = list(spelled_otherwise(parsed, self.searcher, self.clock()))
        if nothing:
            others += [*quotations_apart(parsed), *compounds_apart(parsed, self.searcher.vocabulary)]
        counted = [(other, self._count(replace(request, query=other.node))) for other in others]
        return [(other, total) for other, total in counted if total]

    def _shown_instead(self, parsed: Parsed, request: SearchRequest, others: list[tuple[Instead, int]]) -> Instead | None:
        """The query whose papers are shown for one that finds nothing, also without filters and by relevance.

        Thus no choice of a facet or an order changes the query that is shown.
        """
        first = next((other for other, _ in others if other.unasked), None)
        plain = replace(request, query=parsed.node, filters={}, sort=Sort.RELEVANCE)
        return first if first and not self._count(plain) else None

    def _count(self, request: SearchRequest) -> int:
        return self.searcher.search(replace(request, offset=0, limit=0, facets=())).total

    def _have_failed(self, parsed: Parsed, request: SearchRequest, found: SearchResult) -> bool:
        """Whether words side by side find something but little of what was asked, with or without filters."""
        node = parsed.node
        plain = isinstance(node, Word) or (isinstance(node, And) and not node.explicit)
        if not plain or found.total_all_words or not found.total or request.sort is not Sort.RELEVANCE:
            return False
        best = replace(found, hits=found.hits[:_BEST])
        if request.filters or request.offset or request.limit < _BEST:
            best = self.searcher.search(replace(request, filters={}, offset=0, limit=_BEST, facets=(), passages=False))
            if best.total_all_words:
                return False
        papers = self._count(SearchRequest(Not(Nothing())))
        return max(shares(best, self.searcher.vocabulary, papers).values(), default=0.0) < ENOUGH

    def _together(self, request: SearchRequest, found: SearchResult, meaning: Meaning) -> Together | None:
        """What meaning brings besides the words; None where it is not asked, or has nothing to say."""
        channel = self.channel if self.channel and self.channel.generation else None
        if meaning is Meaning.ON and channel is None:
            raise MeaningMissing(
                "papers cannot be found by meaning here; install the extra (pip install 'kamerstukken[betekenis]') "
                "and make the vectors with: kamerstukken embed"
            )
        if channel is None or meaning is Meaning.OFF:
            return None
        return channel.together(self.searcher, request, found, meaning)

    def _page(self, request: SearchRequest, found: SearchResult, together: Together) -> tuple[AnsweredHit, ...]:
        """The hits asked for: of the common order, and behind it of the rest of what the words found."""
        page = together.hits[request.offset : request.offset + request.limit]
        ahead = max(request.offset, len(together.hits)) - together.by_meaning
        rest = replace(request, offset=ahead, limit=request.limit - len(page), facets=())
        more = self.searcher.search(rest).hits if rest.limit and ahead < found.total else ()
        answered = self._hits((*page, *more), found.plan)
        return tuple(
            replace(hit, snippets=_nearest_text(hit.document, together)) if hit.match is MatchKind.MEANING else hit
            for hit in answered
        )

    def _understood(self, node: Node, request: SearchRequest, plan: Plan) -> str:
        """What was searched, which words and kinds were read as no more than a wish, and the related words that count too."""
        wanted = list(concepts_of(plan, excluded=False))
        also = dict.fromkeys(word for concept in wanted for word in concept.also)
        labels = {concept.label for concept in wanted}
        wished = plan if isinstance(plan, Wanted) else Wanted(())
        unasked = dict.fromkeys(concept.label for concept in wished.sentence if concept.label not in labels)
        kinds = dict.fromkeys(value for one in wished.welcome if isinstance(one, HasValue) for value in sorted(one.among))
        everything = isinstance(node, Nothing) and not isinstance(request.query, Nothing)
        return "".join((
            _EVERYTHING.told(self.language) if everything else understood(node, self.language, unasked),
            _PREFERRED.told(self.language, ", ".join(kinds)) if kinds else "",
            _UNASKED.told(self.language, ", ".join(unasked)) if unasked else "",
            _ALSO.told(self.language, ", ".join(also)) if also else "",
        ))  # fmt: skip

    def _told(self, remarks: Iterable[Remark]) -> tuple[str, ...]:
        return tuple(remark.told(self.language) for remark in remarks)

    def every_hit(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]] | None = None, sort: Sort = Sort.RELEVANCE, bound: int
    ) -> Iterator[tuple[AnsweredHit, ...]]:
        """The hits of what was asked, up to ``bound``, in batches: for exports, all from one state of the index.

        Raises:
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another version.
            IndexChanged: there is a newer index than the one the first batch came from.
        """
        generation = self.searcher.generation
        parsed = self._read(query)
        request = _request(parsed, filters, sort, limit=min(BATCH, bound), facet_limit=0)
        result = self.searcher.search(request)
        while True:
            if self.searcher.generation != generation:
                raise IndexChanged("the index was renewed while the hits were read; ask again")
            yield self._hits(result.hits, result.plan)
            following = request.offset + request.limit
            if following >= min(bound, result.total):
                return
            request = replace(request, offset=following, limit=min(BATCH, bound - following))
            result = self.searcher.search(request)

    def _hits(self, hits: Iterable[Hit], plan: Plan) -> tuple[AnsweredHit, ...]:
        highlighter = Highlighter(plan)
        return tuple(
            AnsweredHit(hit.document, hit.score, hit.match, snippets_of(hit.document, highlighter, hit.passages), hit.lacking)
            for hit in hits
        )

    def term(self, query: str, *, filters: Filters | None = None) -> TermAnswer:
        """Who says this when."""
        return term(self.searcher, query, filters or {}, self.clock(), self.language)

    def concordance(self, query: str, *, filters: Filters | None = None, order: LineOrder = LineOrder.NEWEST) -> Concordance:
        """Every place where papers say this."""
        return self._concordances.read(self.searcher, query, filters or {}, order, self.clock())

    def highlighter(self, query: str) -> Callable[[str], tuple[Span, ...]]:
        """What marks the words of a query in any text, to show them on the page of a paper."""
        request = SearchRequest(self._read(query).node, limit=0, facet_limit=0)
        marks = Highlighter(self.searcher.search(request).plan).marks
        return lambda text: marks(text, Place.BODY)[0]


def _nearest_text(document: SearchDocument, together: Together) -> tuple[Snippet, ...]:
    """The text of the paper that is nearest; none where the paper has changed since its vectors were made."""
    texts, nearest = texts_of(document), together.texts.get(document.identifier, 0)
    return excerpt(texts[nearest]) if nearest < len(texts) else ()


def _request(
    parsed: Parsed, filters: Mapping[str, tuple[str, ...]] | None, sort: Sort, *, limit: int, facet_limit: int, offset: int = 0
) -> SearchRequest:
    """What the engine is asked. Who chooses a filter and types nothing asks for all papers that it lets through."""
    chosen = {name: values for name, values in (filters or {}).items() if values}
    node = Not(Nothing()) if chosen and isinstance(parsed.node, Nothing) else parsed.node
    return SearchRequest(node, chosen, sort, min(max(offset, 0), MAX_OFFSET), limit, max(facet_limit, 0), passages=True)


def _jump(parsed: Parsed, hits: tuple[AnsweredHit, ...]) -> str:
    """The paper a query names, when it is the first hit; of a zaak with several papers none."""
    node: Node = parsed.node
    if isinstance(node, Registered):
        under = [hit.document.identifier for hit in hits[:2] if node.number in (*hit.document.zaken, *hit.document.documents)]
        return under[0] if len(under) == 1 and under[0] == hits[0].document.identifier else ""
    if isinstance(node, Paper) and hits and hits[0].document.identifier == str(node.identifier):
        return hits[0].document.identifier
    return ""
