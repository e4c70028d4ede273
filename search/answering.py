"""One answer: a query that was read → its papers, with other readings, other spellings and why nothing was found.

What was asked is answered in full or not at all (``budget``). What is told beside it, of queries that nobody typed, is left out
where it would cost too much.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from indexer.errors import MeaningMissing, QueryTooCostly
from search.advice import Instead, compounds_apart, explain_nothing, quotations_apart, signs_apart, spelled_otherwise
from search.budget import Budget
from search.document import SearchDocument
from search.failing import ENOUGH, shares
from search.forms import forms_of
from search.meaning.channel import Meaning, MeaningChannel, Together
from search.meaning.embedding import texts_of
from search.plan import Either, HasValue, MatchKind, Plan, Wanted, Within, concepts_of, label_of, words_of
from search.ports import Hit, Searcher, SearchRequest, SearchResult, Sort
from search.query.told import exactly, in_any_form, understood
from search.query.tree import And, Node, Not, Nothing, Paper, Parsed, Registered, Word
from search.related.alike import open_words
from search.snippets import Answer, AnsweredHit, AnsweredOffer, Highlighter, OtherQuery, Snippet, excerpt, snippets_of
from search.wording import Language, Remark, Wording

_EVERYTHING = Wording("alle documenten", "all papers")
_ALSO = Wording("; ook, minder zwaar: {}", "; also, with less weight: {}")
_IN_OTHER_WORDS = Wording("; en in andere woorden: {}", "; and in other words: {}")
_PREFERRED = Wording("; liefst van de soort {}", "; preferably of kind {}")
_OF_TIME = Wording("; van of over: {}", "; of or about: {}")
_UNASKED = Wording("; niet vereist: {}", "; not required: {}")
_CUT = Wording(
    "“{}” staat voor meer woorden dan {}; gezocht is op de meest voorkomende.",
    "“{}” stands for more words than {}; searched for the most frequent ones.",
)
_BEST = 10
"""Hits among which one must have most of the words."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Makes one answer. ``searcher`` and everything else it asks work within ``budget``."""

    searcher: Searcher
    budget: Budget
    language: Language
    today: date
    channel: MeaningChannel | None

    def answer(self, query: str, parsed: Parsed, request: SearchRequest, meaning: Meaning) -> Answer:
        """The answer to a query as typed, which was read as ``parsed`` and is asked of the engine as ``request``."""
        started = time.perf_counter()
        result = self.searcher.search(request)
        nothing = not result.total
        together = None if nothing and meaning is Meaning.AUTO else self._together(request, result, meaning)
        shown = request
        if not together and self._have_failed(parsed, request, result):
            with self.budget.uncharged():
                open_words()
            shown = replace(request, alike=True)
            result = self.searcher.search(shown)
        answer = self._whole(query, parsed, shown, result, together)
        # What follows nobody asked for: it comes after what must be paid for, and goes where the budget is used up.
        others = self._others(parsed, request, nothing=nothing)
        answer = replace(answer, suggestions=tuple(OtherQuery(one.query, total) for one, total in others))
        if nothing and meaning is not Meaning.ON:
            answer = self._instead(answer, parsed, others)
        if nothing and meaning is Meaning.AUTO and not answer.corrected_to:
            together = self._together(request, result, meaning)
            answer = self._by_meaning(answer, parsed, result, together) if together else answer
        if nothing and not answer.corrected_to:
            answer = replace(answer, explanation=self._explanation(parsed, request))
        return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 2))

    def _whole(
        self, query: str, parsed: Parsed, request: SearchRequest, result: SearchResult, together: Together | None
    ) -> Answer:
        """All that was asked, without advice."""
        found = Answer(
            query=query,
            request=request,
            understood="",
            remarks=(),
            total=result.total,
            total_all_words=result.total_all_words,
            total_alike=result.total_alike,
            took_ms=0.0,
            hits=() if together else self.hits(result.hits, result.plan),
            facets=result.facets,
            offers=self._offers(parsed, result),
            nowhere=result.nowhere,
        )
        answer = self._read_as(found, parsed, parsed.node, result.plan)
        if together:
            return self._by_meaning(answer, parsed, result, together)
        return replace(answer, jump=_jump(parsed, answer.hits))

    def _by_meaning(self, answer: Answer, parsed: Parsed, result: SearchResult, together: Together) -> Answer:
        """The answer with what meaning brings besides the words."""
        hits = self._page(answer.request, result, together)
        return replace(answer, hits=hits, total_meaning=together.by_meaning, jump=_jump(parsed, hits))

    def _read_as(self, answer: Answer, parsed: Parsed, node: Node, plan: Plan) -> Answer:
        """The answer with how its query was read: as ``node``, for which this plan was looked up."""
        cut = (concept for concept in dict.fromkeys(concepts_of(plan)) if concept.cut)
        remarks = (*parsed.remarks, *(Remark(_CUT, (concept.label, len(concept.forms))) for concept in cut))
        return replace(
            answer,
            understood=self._understood(node, answer.request, plan),
            remarks=self._told(remarks),
            forms=forms_of(plan, self.searcher.vocabulary) if answer.request.limit else (),
            exactly=exactly(node),
            in_any_form=in_any_form(node),
        )

    def hits(self, hits: Iterable[Hit], plan: Plan) -> tuple[AnsweredHit, ...]:
        """The hits with their snippets."""
        highlighter = Highlighter(plan, self.budget)
        return tuple(
            AnsweredHit(
                hit.document,
                hit.score,
                hit.match,
                snippets_of(hit.document, highlighter, hit.passages),
                hit.lacking,
                hit.alike,
            )
            for hit in hits
        )

    def _offers(self, parsed: Parsed, result: SearchResult) -> tuple[AnsweredOffer, ...]:
        """The other readings that would find something else than is found already."""
        partly = result.total > result.total_all_words
        useful = (offer for offer in parsed.offered if partly or not offer.stricter)
        return tuple(AnsweredOffer(offer.query, offer.remark.told(self.language)) for offer in useful)

    # Advice

    def _others(self, parsed: Parsed, request: SearchRequest, *, nothing: bool) -> list[tuple[Instead, int]]:
        """The queries to suggest, with how many papers each finds; those that find none are left out."""
        with suppress(QueryTooCostly):
            others = list(spelled_otherwise(parsed, self.searcher, self.today))
            if nothing:
                others += [*quotations_apart(parsed), *signs_apart(parsed), *compounds_apart(parsed, self.searcher.vocabulary)]
            counted = [(other, self._count(replace(request, query=other.node))) for other in others]
            return [(other, total) for other, total in counted if total]
        return []

    def _instead(self, answer: Answer, parsed: Parsed, others: list[tuple[Instead, int]]) -> Answer:
        """The papers of another query for one that finds nothing, also without filters and by relevance.

        Thus no choice of a facet or an order changes the query that is shown.
        """
        request = answer.request
        first = next((other for other, _ in others if other.unasked), None)
        with suppress(QueryTooCostly):
            if first and not self._count(replace(request, query=parsed.node, filters={}, sort=Sort.RELEVANCE)):
                shown = self.searcher.search(replace(request, query=first.node, facets=()))
                hits = self.hits(shown.hits, shown.plan)
                instead = self._read_as(replace(answer, corrected_to=first.query), parsed, first.node, shown.plan)
                return replace(instead, hits=hits, jump=_jump(parsed, hits))
        return answer

    def _explanation(self, parsed: Parsed, request: SearchRequest) -> tuple[str, ...]:
        """Why nothing was found."""
        with suppress(QueryTooCostly):
            return self._told(explain_nothing(parsed, request, self.searcher))
        return ()

    # Where words fail

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
        return channel.together(self.searcher, self.budget, request, found, meaning)

    def _page(self, request: SearchRequest, found: SearchResult, together: Together) -> tuple[AnsweredHit, ...]:
        """The hits asked for: of the common order, and behind it of the rest of what the words found."""
        page = together.hits[request.offset : request.offset + request.limit]
        ahead = max(request.offset, len(together.hits)) - together.by_meaning
        rest = replace(request, offset=ahead, limit=request.limit - len(page), facets=())
        more = self.searcher.search(rest).hits if rest.limit and ahead < found.total else ()
        answered = self.hits((*page, *more), found.plan)
        return tuple(
            replace(hit, snippets=_nearest_text(hit.document, together)) if hit.match is MatchKind.MEANING else hit
            for hit in answered
        )

    def _understood(self, node: Node, request: SearchRequest, plan: Plan) -> str:
        """What was searched, which words and kinds were read as no more than a wish, and the related words that count too."""
        wanted = list(concepts_of(plan, excluded=False))
        labels = {concept.label for concept in wanted}
        wished = plan if isinstance(plan, Wanted) else Wanted(())
        others = dict.fromkeys(words_of(wished.alike))
        also = dict.fromkeys(word for word in words_of(wanted) if word not in others)
        passed_over = dict.fromkeys(concept.label for concept in wished.sentence if concept.label not in labels)
        times = dict.fromkeys(label_of(one) for one in wished.concepts if _is_time(one))
        within = {word for time in times for word in time.split()}
        unasked = [word for word in passed_over if word not in within]
        kinds = dict.fromkeys(value for one in wished.welcome if isinstance(one, HasValue) for value in sorted(one.among))
        if times:
            node = _without(node, within)
        everything = isinstance(node, Nothing) and not isinstance(request.query, Nothing)
        return "".join((
            _EVERYTHING.told(self.language) if everything else understood(node, self.language, passed_over),
            _OF_TIME.told(self.language, ", ".join(times)) if times else "",
            _PREFERRED.told(self.language, ", ".join(kinds)) if kinds else "",
            _UNASKED.told(self.language, ", ".join(unasked)) if unasked else "",
            _ALSO.told(self.language, ", ".join(also)) if also else "",
            _IN_OTHER_WORDS.told(self.language, ", ".join(others)) if others else "",
        ))  # fmt: skip

    def _told(self, remarks: Iterable[Remark]) -> tuple[str, ...]:
        return tuple(remark.told(self.language) for remark in remarks)


def _without(node: Node, words: AbstractSet[str]) -> Node:
    """A query without these of its words."""
    children = node.children if isinstance(node, And) else (node,)
    left = tuple(child for child in children if not (isinstance(child, Word) and child.text in words))
    return replace(node, children=left) if isinstance(node, And) and len(left) > 1 else left[0] if left else Nothing()


def _is_time(plan: Plan) -> bool:
    """Whether the papers of a time are asked for, or those that name it."""
    return isinstance(plan, Either) and any(isinstance(one, Within) for one in plan.children)


def _nearest_text(document: SearchDocument, together: Together) -> tuple[Snippet, ...]:
    """The text of the paper that is nearest; none where the paper has changed since its vectors were made."""
    texts, nearest = texts_of(document), together.texts.get(document.identifier, 0)
    return excerpt(texts[nearest]) if nearest < len(texts) else ()


def _jump(parsed: Parsed, hits: tuple[AnsweredHit, ...]) -> str:
    """The paper a query names, when it is the first hit; of a zaak with several papers none."""
    node: Node = parsed.node
    if isinstance(node, Registered):
        under = [hit.document.identifier for hit in hits[:2] if node.number in (*hit.document.zaken, *hit.document.documents)]
        return under[0] if len(under) == 1 and under[0] == hits[0].document.identifier else ""
    if isinstance(node, Paper) and hits and hits[0].document.identifier == str(node.identifier):
        return hits[0].document.identifier
    return ""
