"""A fixed set of questions to a data folder, of every kind that a reader may ask: the words by which answers are compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date

from indexer.catalogue.dossiers import Order
from indexer.paper.codec import encode
from indexer.paper.identifier import Identifier
from kamerstukken.papers import CatalogueArchive
from search.ports import Searcher, Sort
from search.service import SearchService

Questions = Mapping[str, Callable[[], object]]
"""Each question by a name, as what asks it; two answers are equal when their ``repr`` is."""

_SEARCHES = (
    "tekst",
    '"enige tekst"',
    "NIET komtnergensvoor",
    "woorden of proef*",
    "tegst",
    "soort:motie proefvelden",
    "kst-95001-2",
)


def of_index(searcher: Searcher) -> Questions:
    """What is answered from the index: hits in their order, facets, snippets, suggestions, an export, words through the years."""
    service = SearchService(searcher, clock=lambda: date(2032, 1, 1))

    def searched(query: str) -> str:
        answer = service.answer(query)
        return json.dumps({**asdict(answer), "took_ms": 0}, default=str, sort_keys=True)

    return {
        **{f"search {query}": lambda query=query: searched(query) for query in _SEARCHES},  # type: ignore[misc]
        "newest first": lambda: [hit.document.identifier for hit in service.answer("tekst", sort=Sort.NEWEST).hits],
        "one kind": lambda: service.answer("tekst", filters={"kind": ("Motie",)}).total,
        "completion": lambda: service.suggest("proe", 10),
        "export": lambda: [hit.document for batch in service.every_hit("tekst", bound=100) for hit in batch],
        "term": lambda: service.term("tekst"),
        "lines": lambda: service.concordance("tekst"),
    }


def of_catalogue(archive: CatalogueArchive, identifiers: tuple[Identifier, ...]) -> Questions:
    """What is answered from the catalogue: papers and what cites them, dossiers, persons, what the archive holds."""

    def papers() -> list[object]:
        with archive.look() as look:
            got = [look.papers.get(one) for one in identifiers]
            return [[encode(one) if one else None for one in got], [look.papers.cited_by(one) for one in identifiers]]

    def listings() -> list[object]:
        with archive.look() as look:
            listed = [
                look.listings.dossier("95001", year=None, order=order, offset=0, limit=20)
                for order in (Order.NUMBER, Order.NEWEST)
            ]
            return [listed, [look.listings.neighbours(one) for one in identifiers], look.papers.names(identifiers)]

    def holdings() -> list[object]:
        with archive.look() as look:
            return [look.papers.holdings(), look.papers.state, [look.papers.withdrawal(one) for one in identifiers]]

    return {"papers": papers, "listings": listings, "holdings": holdings}
