"""A fixed set of questions to a data folder, of every kind that a reader may ask: their answers are compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from indexer.catalogue.dossiers import Order
from indexer.catalogue.persons import PersonChoice
from indexer.errors import IndexOutdated
from indexer.paper.codec import encode
from indexer.paper.identifier import Identifier
from kamerstukken.papers import CatalogueArchive
from search.ports import Searcher, Sort
from search.service import SearchService

Questions = Mapping[str, Callable[[], object]]
"""Each question by a name, as what asks it; two answers are equal when their ``repr`` is."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked for: something that the papers have of each kind."""

    word: str
    phrase: str
    begin: str
    misspelt: str
    papers: tuple[str, ...]
    dossiers: tuple[str, ...]
    persons: tuple[str, ...] = ()


OF_THE_SOURCE = Words("tekst", '"enige tekst"', "proef", "proefvelten", ("kst-95001-2",), ("95001",))
"""What the small papers have that the tests' official source is filled with."""
OF_THE_SAMPLE = Words(
    "toeslag",
    '"verzoekt de regering"',
    "huur",
    "huurtoeslg",
    ("kst-93210-9", "kst-93210-1", "kst-91066-12"),
    ("93210", "91066"),
    ("C. Baardman", "J.W. van 't Hoff"),
)
"""What these papers of the sample have."""


def of_index(searcher: Searcher, words: Words) -> Questions:
    """What is answered from the index: hits in their order, facets, snippets, suggestions, an export, words through the years."""
    service = SearchService(searcher, clock=lambda: date(2032, 1, 1))
    word, begin = words.word, words.begin
    searches = (
        word,
        words.phrase,
        "NIET komtnergensvoor",
        f"{word} of {begin}*",
        words.misspelt,
        f"soort:motie {word}",
        words.papers[0],
        f"dossier:{words.dossiers[0]}",
        *(f'persoon:"{person}"' for person in words.persons),
    )

    def searched(query: str) -> str:
        answer = service.answer(query)
        return json.dumps({**asdict(answer), "took_ms": 0}, default=str, sort_keys=True)

    return {
        **{f"search {query}": lambda query=query: searched(query) for query in searches},  # type: ignore[misc]
        "newest first": lambda: [hit.document.identifier for hit in service.answer(word, sort=Sort.NEWEST).hits],
        "one kind": lambda: service.answer(word, filters={"kind": ("Motie",)}).total,
        "completion": lambda: service.suggest(begin, 10),
        "export": lambda: [hit.document for batch in service.every_hit(word, bound=100) for hit in batch],
        "term": lambda: service.term(word),
        "lines": lambda: service.concordance(word),
    }


def of_catalogue(archive: CatalogueArchive, words: Words) -> Questions:
    """What is answered from the catalogue: papers and what cites them, dossiers, persons, what the archive holds."""
    identifiers = tuple(map(Identifier, words.papers))

    def papers() -> list[object]:
        with archive.look() as look:
            got = [look.papers.get(one) for one in identifiers]
            return [[encode(one) if one else None for one in got], [look.papers.cited_by(one) for one in identifiers]]

    def dossiers() -> list[object]:
        with archive.look() as look:
            return [
                look.listings.dossier(key, year=None, order=order, offset=0, limit=20)
                for order in Order
                for key in words.dossiers
            ]

    def neighbours() -> list[object]:
        with archive.look() as look:
            return [[look.listings.neighbours(one) for one in identifiers], look.papers.names(identifiers)]

    def persons() -> list[object]:
        with archive.look() as look:
            every = [look.listings.person(name, PersonChoice(), offset=0, limit=20) for name in words.persons]
            return [every, [look.listings.meant(name) for name in words.persons]]

    def holdings() -> list[object]:
        with archive.look() as look:
            return [look.papers.holdings(), look.papers.state, [look.papers.withdrawal(one) for one in identifiers]]

    def lists() -> list[object]:
        with archive.look() as look:
            standing = look.ledger.standing()
            if standing.behind is None:  # as ``status`` tells it
                raise IndexOutdated("the index follows another history than the catalogue; rebuild it with: kamerstukken reindex")
            return [look.ledger.parts(), look.ledger.received(identifiers), standing]

    def received() -> list[object]:
        with archive.look() as look:
            return [look.papers.received_file(one) for one in identifiers]

    every = (papers, dossiers, neighbours, persons, holdings, lists, received)
    return {ask.__name__: ask for ask in every}
