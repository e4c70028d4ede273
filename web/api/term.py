"""A term through the years as JSON: the one place where the shape that programs get is decided."""

from __future__ import annotations

from typing import TypedDict

from indexer.jsonl import Date, DossierJson, LinksJson, PersonJson, dossier_json, links_json, person_json
from search.document import SearchDocument
from search.ports import Period
from search.term import Concordance, Line, Mention, TermAnswer, Year
from web.addresses import paper_address


class MentioningPaperJson(TypedDict):
    """A paper that says it."""

    identifier: str
    title: str
    kind: str
    date: Date | None
    dossiers: list[DossierJson]
    ministers: list[PersonJson]
    submitters: list[str]
    links: LinksJson


class TermYearJson(TypedDict):
    """A year: the papers that say it, of how many, and their share (0 to 1)."""

    year: int
    papers: int
    of: int
    share: float


class SpeakerJson(TypedDict):
    """A person or an office in papers that say it, from the first to the last."""

    name: str
    papers: int
    first: Date | None
    last: Date | None


class MentionJson(TypedDict):
    """The first or last paper that says it, with the sentence; marks are spans [start, end) of its characters."""

    paper: MentioningPaperJson
    sentence: str
    marks: list[list[int]]
    heading: str
    href: str


class LineJson(TypedDict):
    """A place where it stands, with the words before and after."""

    left: str
    keyword: str
    right: str
    heading: str
    href: str
    paper: MentioningPaperJson


class ConcordanceJson(TypedDict):
    """A part of the lines; not complete when more papers say it than were read for lines."""

    total: int
    papers_read: int
    complete: bool
    sort: str
    offset: int
    lines: list[LineJson]


class TermJson(TypedDict):
    """A word or phrase through the years. Counts are exact, over all papers."""

    query: str
    understood: str
    remarks: list[str]
    did_you_mean: str
    explanation: list[str]
    papers: int
    undated: int
    years: list[TermYearJson]
    first: MentionJson | None
    last: MentionJson | None
    persons: list[SpeakerJson]
    offices: list[SpeakerJson]
    concordance: ConcordanceJson


def term_json(answer: TermAnswer, concordance: Concordance, offset: int, limit: int) -> TermJson:
    """A term as JSON values, with some of its lines."""
    return {
        "query": answer.query,
        "understood": answer.understood,
        "remarks": list(answer.remarks),
        "did_you_mean": answer.did_you_mean,
        "explanation": list(answer.explanation),
        "papers": answer.papers,
        "undated": answer.undated,
        "years": [_year(year) for year in answer.years],
        "first": _mention(answer.first, answer.query),
        "last": _mention(answer.last, answer.query),
        "persons": [_period(period) for period in answer.people],
        "offices": [_period(period) for period in answer.offices],
        "concordance": {
            "total": len(concordance.lines),
            "papers_read": concordance.papers,
            "complete": concordance.complete,
            "sort": concordance.order.value,
            "offset": offset,
            "lines": [_line(line, answer.query) for line in concordance.lines[offset : offset + limit]],
        },
    }


def _year(year: Year) -> TermYearJson:
    return {"year": year.year, "papers": year.papers, "of": year.of, "share": round(year.share, 6)}


def _period(period: Period) -> SpeakerJson:
    first, last = (day.isoformat() if day else None for day in (period.first, period.last))
    return {"name": period.value, "papers": period.count, "first": first, "last": last}


def _mention(mention: Mention | None, query: str) -> MentionJson | None:
    if mention is None:
        return None
    sentence = mention.sentence
    return {
        "paper": _paper(mention.document),
        "sentence": sentence.text if sentence else "",
        "marks": [list(mark) for mark in sentence.marks] if sentence else [],
        "heading": sentence.heading if sentence else "",
        "href": paper_address(mention.document.identifier, query, sentence.anchor if sentence else ""),
    }


def _line(line: Line, query: str) -> LineJson:
    return {
        "left": line.left,
        "keyword": line.keyword,
        "right": line.right,
        "heading": line.heading,
        "href": paper_address(line.document.identifier, query, line.anchor),
        "paper": _paper(line.document),
    }


def _paper(document: SearchDocument) -> MentioningPaperJson:
    return {
        "identifier": document.identifier,
        "title": document.title,
        "kind": document.kind,
        "date": document.date.isoformat() if document.date else None,
        "dossiers": [dossier_json(dossier) for dossier in document.dossiers],
        "ministers": [person_json(minister) for minister in document.ministers],
        "submitters": list(document.submitters),
        "links": links_json(document.links),
    }
