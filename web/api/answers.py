"""Answers as JSON: the one place where the shape that programs get is decided. The command line prints the same.

The types say what the API document says of the answers; their docstrings are read there. Dossiers and persons stand in
``listings``, a term in ``term``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypedDict

from indexer.jsonl import (
    Date,
    DossierJson,
    LinksJson,
    PaperPersonJson,
    PersonJson,
    dossier_json,
    links_json,
    paper_person_json,
    person_json,
)
from indexer.paper.model import RelationKind, Source
from search.forms import CountedForm
from search.plan import MatchKind
from search.ports import Suggestion
from search.snippets import Answer, AnsweredHit
from web.formats import instant
from web.ports import Standing
from web.years import years_of

Instant = Annotated[str, ("format", "date-time")]
"""2024-06-18T12:00:00Z"""


class SnippetJson(TypedDict):
    """A passage that matched; marks are spans [start, end) of characters of the text, the anchor leads to it on the page."""

    text: str
    marks: list[list[int]]
    heading: str
    anchor: str


class HitRelationJson(TypedDict):
    """What a paper is to another."""

    kind: RelationKind
    target: str


class HitJson(TypedDict):
    """A paper found; the score compares within one answer only."""

    identifier: str
    title: Annotated[str, "What to call the paper."]
    subtitle: Annotated[str, "What it asks for, where the title does not say it; chosen by this program."]
    kind: str
    date: Annotated[Date | None, "Null where there is none, and where it cannot be right."]
    doubtful_date: Annotated[Date | None, "The date that stands on the paper and cannot be right."]
    edition: Annotated[str, "As printed beside the number: Herdruk; empty for a first printing."]
    fictional: Annotated[bool, "Whether the paper says that it is invented."]
    dossiers: list[DossierJson]
    people: Annotated[list[PaperPersonJson], "Everyone who put a name to it, in printed order."]
    ministers: list[PersonJson]
    relations: Annotated[list[HitRelationJson], "What it is to other papers, such as other versions of it."]
    score: float
    match: Annotated[
        MatchKind, "How the words were found: as typed or inflected, in compounds, by related words, in part, in other words."
    ]
    lacking: Annotated[list[str], "The words asked for that it has not, as typed; of a match in part."]
    alike: Annotated[list[str], "Other words by which alone it was found, which mean something like the query; else empty."]
    by: Annotated[Literal["words", "meaning"], "What brought it: its words, or only that it means alike."]
    snippets: list[SnippetJson]
    links: LinksJson
    source: Annotated[Source, "The form of the official file it was read from."]
    attached_to: Annotated[str | None, "The paper it is an attachment of."]
    zaken: Annotated[list[str], "The Tweede Kamer's numbers of the matters it belongs to."]
    documents: Annotated[list[str], "The Tweede Kamer's numbers of the paper itself."]


class FacetValueJson(TypedDict):
    """A value to filter by, and how many papers have it."""

    value: str
    label: str
    count: int


class CountedFormJson(TypedDict):
    """A word as papers print it, in small letters, and how many papers have it."""

    form: str
    papers: int


class WordFormsJson(TypedDict):
    """A word of the query, the forms in which papers have it, and the compounds that count for it with less weight."""

    word: str
    forms: list[CountedFormJson]
    also: list[CountedFormJson]


class OtherQueryJson(TypedDict):
    """Another query, and how many papers it finds under the same filters."""

    query: str
    total: int


class OfferJson(TypedDict):
    """Another reading of the same query, which is not chosen unasked."""

    query: str
    told: Annotated[str, "What it would find, in Dutch."]


class SearchJson(TypedDict):
    """The answer to a query. Counts are exact and of what was asked; each facet is counted without its own selection."""

    query: str
    understood: Annotated[str, "What was searched, in plain Dutch."]
    forms: Annotated[list[WordFormsJson], "In which forms words were found, of those that have several; the most frequent first."]
    remarks: Annotated[list[str], "What was ignored, cut or replaced, in Dutch."]
    total: Annotated[int, "The papers that the words find; those found otherwise are paged through besides."]
    total_all_words: Annotated[int, "Those that have every word asked for; fewer than the total when partial matches follow."]
    total_alike: Annotated[
        int, "The papers among the hits that only other words brought (match is alike); no other number counts them."
    ]
    total_meaning: Annotated[int, "The papers among the hits that only their meaning brought; no other number counts them."]
    took_ms: float
    suggestions: Annotated[list[OtherQueryJson], "Queries that may have been meant, the likeliest first."]
    did_you_mean: Annotated[str, "The first of the suggestions, or empty."]
    corrected_to: Annotated[str | None, "The suggestion whose papers the hits are, where nothing was found; else null."]
    explanation: Annotated[list[str], "Why there is nothing, when there is nothing; in Dutch."]
    jump: Annotated[str, "The paper that the query names, or empty."]
    nowhere: Annotated[list[str], "The words asked for that no paper has, as typed."]
    offers: Annotated[list[OfferJson], "Other readings of the query, such as a month in it as the date of the papers."]
    hits: list[HitJson]
    facets: dict[str, list[FacetValueJson]]


class SuggestionJson(TypedDict):
    """A completion: the text to search for, how it reads, and how many papers have it."""

    kind: str
    text: str
    label: str
    count: int


class SuggestionsJson(TypedDict):
    """Completions, likeliest first."""

    query: str
    suggestions: list[SuggestionJson]


class RunJson(TypedDict):
    """The last time papers were brought in."""

    finished: Instant
    added: int
    changed: int
    failed: Annotated[int, "Files that could not be read."]


class YearJson(TypedDict):
    """A year and the papers of it; years without papers, from the first year to the last, have 0."""

    year: int
    papers: int


class DoubtJson(TypedDict):
    """A paper whose printed date cannot be right: that date, null where there is no such day, and why."""

    identifier: str
    date: Date | None
    reason: str


class StatusJson(TypedDict):
    """How complete and how fresh the archive is."""

    papers: int
    undated: Annotated[int, "Papers without a date, which count in no year."]
    doubtful: Annotated[int, "Papers whose printed date cannot be right, which count in no year either."]
    doubts: Annotated[list[DoubtJson], "The first of them."]
    nameless: Annotated[int, "Papers that tell nobody's name."]
    fictional: Annotated[int, "Papers that say that they are invented."]
    files: Annotated[int, "Official files received, replaced ones too."]
    years: list[YearJson]
    received: Annotated[Instant | None, "When the last file came."]
    run: RunJson | None
    index: Annotated[Literal["current", "behind", "missing"], "Whether everything can be found."]
    behind: Annotated[int | None, "Changes that cannot be found yet; null without an index."]
    versions: Annotated[dict[str, str], "What made the papers and the index."]


class ProblemJson(TypedDict):
    """An error as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str


def search_json(answer: Answer) -> SearchJson:
    """A search answer as JSON values."""
    return {
        "query": answer.query,
        "understood": answer.understood,
        "forms": [{"word": one.word, "forms": _counted(one.forms), "also": _counted(one.also)} for one in answer.forms],
        "remarks": list(answer.remarks),
        "total": answer.total,
        "total_all_words": answer.total_all_words,
        "total_alike": answer.total_alike,
        "total_meaning": answer.total_meaning,
        "took_ms": round(answer.took_ms, 2),
        "suggestions": [{"query": other.query, "total": other.total} for other in answer.suggestions],
        "did_you_mean": answer.did_you_mean,
        "corrected_to": answer.corrected_to or None,
        "explanation": list(answer.explanation),
        "jump": answer.jump,
        "nowhere": list(answer.nowhere),
        "offers": [{"query": offer.query, "told": offer.told} for offer in answer.offers],
        "hits": [_hit(hit) for hit in answer.hits],
        "facets": {
            name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
            for name, values in answer.facets.items()
        },
    }


def _counted(forms: Iterable[CountedForm]) -> list[CountedFormJson]:
    return [{"form": one.form, "papers": one.papers} for one in forms]


def _hit(hit: AnsweredHit) -> HitJson:
    document = hit.document
    return {
        "identifier": document.identifier,
        "title": document.title,
        "subtitle": document.subtitle,
        "kind": document.kind,
        "date": document.date.isoformat() if document.date else None,
        "doubtful_date": document.doubtful_date.isoformat() if document.doubtful_date else None,
        "edition": document.edition,
        "fictional": document.fictional,
        "dossiers": [dossier_json(dossier) for dossier in document.dossiers],
        "people": [paper_person_json(one) for one in document.people],
        "ministers": [person_json(minister) for minister in document.ministers],
        "relations": [{"kind": kind, "target": target} for kind, target in document.relations],
        "score": round(hit.score, 4),
        "match": hit.match,
        "lacking": list(hit.lacking),
        "alike": list(hit.alike),
        "by": "meaning" if hit.match is MatchKind.MEANING else "words",
        "snippets": [
            {"text": s.text, "marks": [list(mark) for mark in s.marks], "heading": s.heading, "anchor": s.anchor}
            for s in hit.snippets
        ],
        "links": links_json(document.links),
        "source": document.source,
        "attached_to": document.attached_to or None,
        "zaken": list(document.zaken),
        "documents": list(document.documents),
    }


def suggestions_json(prefix: str, suggestions: list[Suggestion]) -> SuggestionsJson:
    """Completions as JSON values."""
    found: list[SuggestionJson] = [{"kind": s.kind, "text": s.text, "label": s.label, "count": s.count} for s in suggestions]
    return {"query": prefix, "suggestions": found}


def status_json(standing: Standing, version: str) -> StatusJson:
    """How complete and how fresh the archive is, as JSON values."""
    run = standing.run
    last: RunJson | None = None
    if run:
        last = {"finished": instant(run.finished), "added": run.added, "changed": run.changed, "failed": run.failed}
    return {
        "papers": standing.papers,
        "undated": standing.undated,
        "doubtful": standing.doubtful,
        "doubts": [
            {"identifier": str(one.identifier), "date": one.date.isoformat() if one.date else None, "reason": one.reason}
            for one in standing.doubts
        ],
        "nameless": standing.nameless,
        "fictional": standing.fictional,
        "files": standing.files,
        "years": [{"year": year, "papers": standing.years.get(year, 0)} for year in years_of(standing.years)],
        "received": instant(standing.received) if standing.received else None,
        "run": last,
        "index": "missing" if standing.behind is None else "behind" if standing.behind else "current",
        "behind": standing.behind,
        "versions": {"program": version, **standing.versions},
    }


OF_ITS_STATUS = "about:blank"
"""The type of a problem of which its status tells all."""
TOO_COSTLY = "/problems/too-costly"
"""The type of the problem that a query costs more than one answer may."""


def problem_json(status: int, title: str, detail: str, kind: str = OF_ITS_STATUS) -> ProblemJson:
    """An error as RFC 9457 describes it; ``kind`` is its type."""
    return {"type": kind, "title": title, "status": status, "detail": detail}
