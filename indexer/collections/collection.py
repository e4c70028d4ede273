"""What all papers of one collection have in common: the values that a collection tells of itself.

A collection is what stands first in an identifier (``kst``, ``ah``). It decides whether its papers are taken in, how they are
cited, what their kind is and how their files differ from others. How files are read is for ``indexer.reading``, which asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer.paper.identifier import HOUSES, Identifier
from indexer.paper.model import PaperPerson


@dataclass(frozen=True, slots=True)
class Marks:
    """The element names of XML, and the classes of pages, that mean something in the files of this collection only."""

    outside: frozenset[str] = frozenset()
    """Elements that hold what stands beside the paper: its head."""
    numbers: frozenset[str] = frozenset()
    """Elements whose text is the number of the paper."""
    openings: frozenset[str] = frozenset()
    """Elements and classes of the lines above the text, which say what the paper is; ``Collection.facts`` reads them."""
    headed: frozenset[str] = frozenset()
    """Elements whose ``nr`` is a heading."""
    annexes: frozenset[str] = frozenset()
    """Elements that are an annex of the paper."""


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """What the lines above the text tell of a paper; what they do not tell is empty, and taken from elsewhere."""

    title: str = ""
    kind: str = ""
    date: date | None = None
    people: tuple[PaperPerson, ...] = ()
    """Who asks, and the ministers who answer."""


def no_facts(_: Sequence[str]) -> OpeningFacts:
    """The lines above the text tell nothing that the reading of every paper does not find."""
    return OpeningFacts()


_SAY_NOTHING = frozenset(
    (
        *("overig", "overige", "overige kamerstukken", "kamerstuk", "kamerstukken", "stuk", "document", "bijlage", "bijlagen"),
        *("officiële publicatie", "aanhangsel van de handelingen"),
    )
)
"""Kinds in metadata that do not tell one paper from another."""


def telling(told: Sequence[str]) -> str:
    """The first kind that says something; empty without one."""
    return next((kind for kind in told if kind.casefold() not in _SAY_NOTHING), "")


def as_told(told: Sequence[str], _: Sequence[str]) -> str:
    """The kind is the one that the metadata names."""
    return telling(told) or next(iter(told), "")


@dataclass(frozen=True, slots=True)
class Collection:
    """One series of publications, and everything that its papers have in common."""

    name: str
    """The first part of its identifiers: ``kst``."""
    title: str
    """What the publication is called: "Aanhangsel van de Handelingen"."""
    refusal: str = ""
    """Why its papers are not taken in, as the end of a sentence about one of them; empty when they are."""
    cited_as: str = ""
    """What a citation begins with ("Kamerstukken"); empty when the printed identifier is a whole citation."""
    contents: frozenset[str] = frozenset()
    """How files without an identifier are recognised: the element of XML that holds the publication, its name in metadata."""
    titles: tuple[str, ...] = ("OVERHEIDop.documenttitel", "DC.title")
    """Where in the metadata the title of a paper stands, the first that there is."""
    attachments: bool = False
    """Whether its papers are sent along with others: they have no number of their own and are not published as XML."""
    kind: Callable[[Sequence[str], Sequence[str]], str] = as_told
    """The kind of a paper: of those that the metadata names, and of the lines that print it, both beginning with the best."""
    marks: Marks = field(default_factory=Marks)
    facts: Callable[[Sequence[str]], OpeningFacts] = no_facts
    """What the lines above the text tell."""

    def citation(self, identifier: Identifier, chamber: str, session_year: str) -> str:
        """The way to cite a paper: "Kamerstukken II 2023/24, 31 066, nr. 1412".

        ``chamber`` is "Tweede Kamer" or "Eerste Kamer", ``session_year`` "2023-2024"; either may be empty.
        """
        if not self.cited_as:
            return identifier.printed
        house = f" {HOUSES[chamber]}" if chamber in HOUSES else ""
        first, _, second = session_year.partition("-")
        years = f" {first}/{second[-2:]}" if second else ""
        return f"{self.cited_as}{house}{years}, {identifier.printed}"
