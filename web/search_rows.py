"""Hits as the rows of a table, under the heads that ``strings.CSV_COLUMNS`` gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from indexer.identifier import Identifier
from indexer.model import Person
from search.answer import AnsweredHit
from web.csv_rows import Cell
from web.formats import NO_BREAK, dossier

_BETWEEN = "; "


def search_rows(hits: Iterable[AnsweredHit], root: str) -> Iterator[tuple[Cell, ...]]:
    """A row for each hit; ``root`` is the address of this site."""
    for hit in hits:
        document = hit.document
        identifier = Identifier(document.identifier)
        yield (
            document.identifier,
            identifier.citation(document.chamber, document.session_year),
            document.title,
            document.kind,
            document.date,
            _BETWEEN.join(dossier(d).replace(NO_BREAK, " ") for d in document.dossiers),
            document.number,
            document.chamber,
            document.session_year,
            _BETWEEN.join(_person(minister) for minister in document.ministers),
            _BETWEEN.join(document.submitters),
            hit.snippets[0].text if hit.snippets else "",
            f"{root}/{quote(document.identifier)}",
            document.links.page or document.links.html,
            document.links.pdf,
        )


def _person(person: Person) -> str:
    return f"{person.name} ({person.office})" if person.name and person.office else person.name or person.office
