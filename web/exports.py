"""What is taken along: the hits of a search as CSV, and references to papers and hits as BibTeX and RIS.

Hits are read in batches and sent as they come, all from one state of the index; when it changes on the way the transfer breaks
off, which every reader notices, rather than mixing two states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from flask import Blueprint, Response, abort, request

from indexer.errors import IndexChanged
from indexer.identifier import Identifier
from search.answer import AnsweredHit
from web import bibtex, ris, strings
from web.caching import state_tag, tagged, unchanged
from web.csv_rows import csv_response
from web.download import as_file
from web.parameters import SearchState, read_state
from web.ports import Answers, Papers
from web.reference import Reference, reference_of
from web.search_rows import search_rows

MOST_ROWS = 10_000
MOST_REFERENCES = 500
_TRIES = 3
"""Times to begin, when the index is renewed just then."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of references; ``remark`` writes a line that its readers pass over, where it has any."""

    extension: str
    mimetype: str
    write: Callable[[Reference], str]
    remark: Callable[[str], str]


FORMATS = (
    Format("bib", bibtex.MIMETYPE, bibtex.bibtex, lambda text: f"% {text}\n\n"),
    Format("ris", ris.MIMETYPE, ris.ris, lambda text: ""),
)


def exports(answers: Answers, papers: Papers, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("exports", __name__)

    @routes.get("/zoeken.csv")
    def table() -> Response:
        state = read_state(request.args)
        tag = state_tag(answers.generation, version, request.url_root)
        if (same := unchanged(tag)) is not None:
            return same
        total, hits = _found(state, MOST_ROWS)
        rows = search_rows(hits, request.url_root.rstrip("/"))
        response = csv_response(f"{_name(state)}.csv", strings.CSV_COLUMNS, rows)
        return tagged(_counted(response, total, MOST_ROWS), tag)

    def references(form: Format) -> Response:
        state = read_state(request.args)
        tag = state_tag(answers.generation, papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        total, hits = _found(state, MOST_REFERENCES)
        found = (paper for hit in hits if (paper := papers.get(Identifier(hit.document.identifier))) is not None)
        texts = chain((form.remark(strings.taken_along(total, MOST_REFERENCES)),), (form.write(reference_of(p)) for p in found))
        return tagged(_counted(_download(f"{_name(state)}.{form.extension}", form, texts), total, MOST_REFERENCES), tag)

    def reference(identifier: Identifier, form: Format) -> Response:
        tag = state_tag(papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        paper = papers.get(identifier)
        if paper is None and (withdrawal := papers.withdrawal(identifier)) is not None:
            abort(410, strings.withdrawn(withdrawal.noticed))
        if paper is None:
            abort(404, strings.NOT_IN_ARCHIVE.format(identifier=identifier))
        return tagged(_download(f"{identifier}.{form.extension}", form, [form.write(reference_of(paper))]), tag)

    def _found(state: SearchState, bound: int) -> tuple[int, Iterator[AnsweredHit]]:
        """How many hits there are, and those to give; the first batch is read, so that what fails does so before the answer."""
        total = answers.answer(state.query, filters=state.filters, sort=state.sort, offset=0, limit=0, facet_limit=0).total
        for _ in range(_TRIES):
            batches = answers.every_hit(state.query, filters=state.filters, sort=state.sort, bound=bound)
            try:
                first: Sequence[AnsweredHit] = next(batches, ())
            except IndexChanged:
                continue
            return total, chain(first, chain.from_iterable(batches))
        return abort(503, strings.INDEX_RENEWED)

    for form in FORMATS:
        defaults = {"form": form}
        routes.add_url_rule(f"/zoeken.{form.extension}", f"hits_{form.extension}", references, defaults=defaults)
        routes.add_url_rule(f"/<identifier:identifier>.{form.extension}", form.extension, reference, defaults=defaults)
    return routes


def _name(state: SearchState) -> str:
    """What to call the file: by the query, as far as it can stand in a name."""
    words = "".join(c if c.isalnum() else " " for c in state.query[:60]).split()
    return "-".join(["kamerstukken", *words])


def _download(filename: str, form: Format, texts: Iterable[str]) -> Response:
    encoded = (text.encode("utf-8", "replace") for text in texts)
    return as_file(Response(encoded, content_type=f"{form.mimetype}; charset=utf-8"), filename)


def _counted(response: Response, total: int, bound: int) -> Response:
    """With how many hits there are, and how many of them are given at most."""
    response.headers["X-Total-Count"] = str(total)
    response.headers["X-Limit"] = str(bound)
    return response
