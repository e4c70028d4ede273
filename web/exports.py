"""What is taken along: the hits of a search and the lines of a term as CSV, papers and hits as references in BibTeX and RIS.

Hits are read in batches and sent as they come, all from one state of the index; when it changes on the way the transfer breaks
off, which every reader notices, rather than mixing two states. CSV is that of RFC 4180 in UTF-8 with a byte order mark, which
spreadsheets open rightly and cannot be made to run.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain

from flask import Blueprint, Response, abort, request

from indexer.collections import cite
from indexer.errors import IndexChanged
from indexer.paper.identifier import Identifier
from indexer.paper.model import PaperPerson, PersonRole, submitting
from search.fields import FIELDS
from search.snippets import AnsweredHit
from search.term import Line
from web import strings
from web.addresses import paper_address
from web.formats import NO_BREAK, dossier
from web.http import as_file, site_root, state_tag, tagged, unchanged
from web.ports import Answers, Look
from web.references import FORMATS, Format, reference_of
from web.search.state import SearchState, read_state
from web.term.page import printed, speaker
from web.term.state import TermState, read_term_state

MOST_ROWS = 10_000
MOST_REFERENCES = 500
_TRIES = 3
"""Times to begin, when the index is renewed just then."""
_FURTHER = tuple(field for field in FIELDS if field.column)
"""Fields with a column of their own, behind those that every table of hits has."""
_BETWEEN = "; "
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")

Cell = str | int | float | datetime.date | None

_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of the reader's country."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""

_CHUNK = 16 * 1024
"""Characters that are sent at once, more or less."""


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A download that is written while it is sent.

    ``rows`` are taken from it once the response has begun, so what may fail belongs before them. The filename may hold anything.
    """
    return as_file(Response(csv_chunks(header, rows), content_type="text/csv; charset=utf-8; header=present"), filename)


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The header and the rows as pieces of one file."""
    buffer = StringIO(newline="")
    buffer.write(_BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow([safe(cell) for cell in header])
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        if buffer.tell() >= _CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def safe(cell: Cell) -> str:
    """The cell as text; text that would be read as a formula gets an apostrophe in front, numbers and dates stay as they are.

    >>> safe("=SOM(A1:A9)"), safe("Cool:Gen"), safe(-3), safe(None)
    ("'=SOM(A1:A9)", 'Cool:Gen', '-3', '')
    """
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _taken(buffer: StringIO) -> bytes:
    """What the buffer holds, which is then empty; half characters that no encoding knows become question marks."""
    content = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return content


def search_rows(hits: Iterable[AnsweredHit], root: str) -> Iterator[tuple[Cell, ...]]:
    """A row for each hit, under ``strings.CSV_COLUMNS`` and the columns of fields; ``root`` is the address of this site."""
    for hit in hits:
        document = hit.document
        identifier = Identifier(document.identifier)
        attached_to = Identifier(document.attached_to) if document.attached_to else None
        yield (
            document.identifier,
            strings.as_example(
                cite(identifier, document.chamber, document.session_year, attached_to), fictional=document.fictional
            ),
            document.title,
            document.kind,
            document.date,
            _BETWEEN.join(dossier(d).replace(NO_BREAK, " ") for d in document.dossiers),
            document.number,
            document.chamber,
            document.session_year,
            _BETWEEN.join(dict.fromkeys(_minister(one) for one in document.people if one.role is PersonRole.MINISTER)),
            _BETWEEN.join(dict.fromkeys(one.known_as for one in submitting(document.people))),
            hit.snippets[0].text if hit.snippets else "",
            root + paper_address(document.identifier),
            document.links.page or document.links.html,
            document.links.pdf,
            document.subtitle,
            document.doubtful_date,
            *(_BETWEEN.join(map(field.shown, field.values(document))) for field in _FURTHER),
        )


def _minister(one: PaperPerson) -> str:
    return f"{one.known_as} ({one.office})" if one.known_as and one.office else one.known_as or one.office


def line_rows(lines: Sequence[Line], query: str, root: str) -> Iterator[tuple[Cell, ...]]:
    """A row for each line of a term, under ``strings.TERM_COLUMNS``; ``root`` is the address of this site."""
    for line in lines:
        document = line.document
        by = speaker(document)
        yield (
            document.date,
            document.identifier,
            strings.as_example(printed(document), fictional=document.fictional),
            document.kind,
            by.names,
            by.role,
            document.title,
            line.heading,
            line.left.strip(),
            line.keyword,
            line.right.strip(),
            root + paper_address(document.identifier, query, line.anchor),
            document.links.page or document.links.html,
        )


def exports(answers: Answers, look: Look, version: str) -> Blueprint:
    """Routes over the ports."""
    routes = Blueprint("exports", __name__)

    @routes.get("/zoeken.csv")
    def table() -> Response:
        state = read_state(request.args)
        tag = state_tag(answers.generation, version, site_root())
        if (same := unchanged(tag)) is not None:
            return same
        total, hits = _found(state, MOST_ROWS)
        rows = search_rows(hits, site_root())
        response = csv_response(f"{_name(state)}.csv", (*strings.CSV_COLUMNS, *(field.column for field in _FURTHER)), rows)
        return tagged(_counted(response, total, MOST_ROWS), tag)

    @routes.get("/term.csv")
    def lines() -> Response:
        state = read_term_state(request.args)
        tag = state_tag(answers.generation, version, site_root())
        if (same := unchanged(tag)) is not None:
            return same
        found = answers.concordance(state.query, filters=state.filters, order=state.order).lines
        rows = line_rows(found, state.query, site_root())
        return tagged(csv_response(_name_of_lines(state), strings.TERM_COLUMNS, rows), tag)

    def references(form: Format) -> Response:
        state = read_state(request.args)
        tag = state_tag(answers.generation, look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        total, hits = _found(state, MOST_REFERENCES)
        archive, opened = look.handed_over()

        def texts() -> Iterator[str]:
            with opened:
                yield form.remark(strings.taken_along(total, MOST_REFERENCES))
                for hit in hits:
                    paper = archive.papers.get(Identifier(hit.document.identifier))
                    if paper is not None:
                        yield form.write(reference_of(paper))

        response = _download(f"{_name(state)}.{form.extension}", form, texts())
        response.call_on_close(opened.close)  # also when nothing of it was sent
        return tagged(_counted(response, total, MOST_REFERENCES), tag)

    def reference(identifier: Identifier, form: Format) -> Response:
        tag = state_tag(look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        paper = look().papers.get(identifier)
        if paper is None and (withdrawal := look().papers.withdrawal(identifier)) is not None:
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


def _name_of_lines(state: TermState) -> str:
    """concordantie-cool-gen.csv."""
    return f"concordantie-{_NOT_IN_NAMES.sub('-', state.query.lower())[:60].strip('-.') or 'leeg'}.csv"


def _download(filename: str, form: Format, texts: Iterable[str]) -> Response:
    encoded = (text.encode("utf-8", "replace") for text in texts)
    return as_file(Response(encoded, content_type=f"{form.mimetype}; charset=utf-8"), filename)


def _counted(response: Response, total: int, bound: int) -> Response:
    """With how many hits there are, and how many of them are given at most."""
    response.headers["X-Total-Count"] = str(total)
    response.headers["X-Limit"] = str(bound)
    return response
