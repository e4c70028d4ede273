"""Values as JSON: the one place where the shape that programs get is decided. The command line prints the same."""

from __future__ import annotations

from indexer.jsonl import dossier_json, links_json, person_json
from search.answer import Answer, AnsweredHit
from search.ports import Suggestion


def search_json(answer: Answer) -> dict[str, object]:
    """A search answer as JSON values."""
    return {
        "query": answer.query,
        "understood": answer.understood,
        "remarks": list(answer.remarks),
        "total": answer.total,
        "total_all_words": answer.total_all_words,
        "took_ms": round(answer.took_ms, 2),
        "did_you_mean": answer.did_you_mean,
        "explanation": list(answer.explanation),
        "jump": answer.jump,
        "hits": [_hit(hit) for hit in answer.hits],
        "facets": {
            name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
            for name, values in answer.facets.items()
        },
    }


def _hit(hit: AnsweredHit) -> dict[str, object]:
    document = hit.document
    return {
        "identifier": document.identifier,
        "title": document.title,
        "kind": document.kind,
        "date": document.date.isoformat() if document.date else None,
        "dossiers": [dossier_json(dossier) for dossier in document.dossiers],
        "ministers": [person_json(minister) for minister in document.ministers],
        "score": round(hit.score, 4),
        "match": hit.match.value,
        "snippets": [
            {"text": s.text, "marks": [list(mark) for mark in s.marks], "heading": s.heading, "anchor": s.anchor}
            for s in hit.snippets
        ],
        "links": links_json(document.links),
        "source": document.source.value,
        "attached_to": document.attached_to or None,
        "zaken": list(document.zaken),
        "documents": list(document.documents),
    }


def suggestions_json(prefix: str, suggestions: list[Suggestion]) -> dict[str, object]:
    """Completions as JSON values."""
    found = [{"kind": s.kind, "text": s.text, "label": s.label, "count": s.count} for s in suggestions]
    return {"query": prefix, "suggestions": found}


def problem_json(status: int, title: str, detail: str) -> dict[str, object]:
    """An error as RFC 9457 describes it."""
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}
