"""The term page as JSON and its lines as rows: the shape that programs and spreadsheets get. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.jsonl import dossier_json, links_json, person_json
from search.concordance import Line
from search.document import SearchDocument
from search.ports import Period
from search.term import Concordance, Mention, TermAnswer, Year
from web.csv_rows import Cell
from web.term_view import passage_link, printed, speaker


def term_json(answer: TermAnswer, concordance: Concordance, offset: int, limit: int) -> dict[str, object]:
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


def _year(year: Year) -> dict[str, object]:
    return {"year": year.year, "papers": year.papers, "of": year.of, "share": round(year.share, 6)}


def _period(period: Period) -> dict[str, object]:
    first, last = (day.isoformat() if day else None for day in (period.first, period.last))
    return {"name": period.value, "papers": period.count, "first": first, "last": last}


def _mention(mention: Mention | None, query: str) -> dict[str, object] | None:
    if mention is None:
        return None
    sentence = mention.sentence
    return {
        "paper": _paper(mention.document),
        "sentence": sentence.text if sentence else "",
        "marks": [list(mark) for mark in sentence.marks] if sentence else [],
        "heading": sentence.heading if sentence else "",
        "href": passage_link(mention.document, query, sentence.anchor if sentence else ""),
    }


def _line(line: Line, query: str) -> dict[str, object]:
    return {
        "left": line.left,
        "keyword": line.keyword,
        "right": line.right,
        "heading": line.heading,
        "href": passage_link(line.document, query, line.anchor),
        "paper": _paper(line.document),
    }


def _paper(document: SearchDocument) -> dict[str, object]:
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


def csv_rows(lines: Sequence[Line], query: str, root: str) -> Iterator[Sequence[Cell]]:
    """The lines under ``strings.TERM_COLUMNS``; ``root`` is the address of this site."""
    for line in lines:
        document = line.document
        by = speaker(document)
        yield (
            document.date,
            document.identifier,
            printed(document),
            document.kind,
            by.names,
            by.role,
            document.title,
            line.heading,
            line.left.strip(),
            line.keyword,
            line.right.strip(),
            root + passage_link(document, query, line.anchor),
            document.links.page or document.links.html,
        )
