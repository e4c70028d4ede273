"""A paper as the engines hold it: what a hit shows, its passages, and its values per facet. Derived from ``Kamerstuk``, stored as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indexer.model import Dossier, Links, Person


class Place(StrEnum):
    """Where a passage stands; every place is an index field of its own with its own weight."""

    TITLE = "title"
    HEADING = "heading"
    KIND = "kind"
    BODY = "body"
    FOOTNOTE = "footnote"
    ANNEX = "annex"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that can become a snippet: a paragraph, a note, a title.

    ``heading`` is that of its section ("Voetnoot 3" for notes); ``anchor`` leads to it on the paper's page.
    """

    place: Place
    text: str
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What the index keeps of a paper."""

    identifier: str
    title: str
    """The document title, or what stands in for it (``Kamerstuk.name``)."""
    kind: str
    kind_line: str
    date: date | None
    session_year: str
    chamber: str
    number: str
    dossiers: tuple[Dossier, ...]
    ministers: tuple[Person, ...]
    submitters: tuple[str, ...]
    categories: tuple[str, ...]
    cites: tuple[str, ...]
    links: Links
    passages: tuple[Passage, ...]
