"""The engine port: what the project asks of a search engine, split by who asks.

Queries cross it as a tree, never as an engine's string; highlights leave the project as spans, never as HTML. Adapters raise
only the errors of ``indexer.errors``. One contract suite (``tests/search/contract``) runs over every engine.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from indexer.catalogue.history import Moment
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.budget import Budget
from search.document import SearchDocument
from search.fields import FACETS
from search.plan import Empty, MatchKind, Plan
from search.query.tree import Node, Nothing


class Sort(StrEnum):
    """The order of the hits; ties are broken by date (newest first) and then by identifier."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to an engine.

    ``filters`` maps a facet's name to the chosen values: any of them within a facet, all facets together; of years also spans
    such as ``2018..2024`` (``values.selection``). ``offset`` and ``limit`` count hits. ``facet_limit`` bounds the values returned
    per facet (the most frequent ones; counts stay exact); chosen values, but not spans, are always among them. ``facets`` are
    those that are counted. ``among`` are the identifiers of the only papers that are let through; None lets all.

    ``alike`` asks also in other words that mean something like those of the query (``related.alike``). Where papers with some
    of the words follow, these help to put them in order, and papers stand among them that only the other words bring. No number
    counts those but ``SearchResult.total_alike``, and no paper is said to lack what nobody typed.

    ``verbatim`` asks for papers that say the words themselves, in any inflection: no compounds and related words, no partial
    matches, and only in what the paper says (``plan.TEXT_PLACES``), not in its dossier's title or in names. ``periods`` are the
    facets to tell the first and last day of. ``passages`` asks which passages of each hit say what was found.
    """

    query: Node = field(default_factory=Nothing)
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    facet_limit: int = 100
    alike: bool = False
    verbatim: bool = False
    periods: tuple[str, ...] = ()
    passages: bool = False
    facets: tuple[str, ...] = FACETS
    among: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper found; ``score`` compares within one answer only.

    ``passages``, when they were asked for, are the places in ``document.passages`` of those in which something is to be marked,
    in order, each with the number of concepts that occur in it (as ``snippets.Highlighter.marks`` counts them), so that nobody
    has to look through the others. ``lacking`` are the wanted words that a partial match has not, as typed; ``alike`` the other
    words that one has which only these brought.
    """

    document: SearchDocument
    score: float
    match: MatchKind = MatchKind.EXACT
    passages: Mapping[int, int] | None = None
    lacking: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with the number of papers among all matches that have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Period:
    """One value of a facet: how many of the papers found have it, and the days of the first and the last of these."""

    value: str
    count: int
    first: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What an engine answers.

    ``total`` counts the papers shown over all pages that the words found and ``facets`` count over the same papers, each facet
    without its own selection; ``total_all_words`` counts those in which every wanted word occurs (equal unless partial matches
    follow). ``total_alike`` counts the papers that are shown besides, which only other words brought.
    ``periods`` hold all values of the facets asked for, over the papers shown, the most frequent first. ``plan`` is what was
    looked up, for highlighting. ``nowhere`` are the wanted words that no paper of the collection has, as typed.
    """

    hits: tuple[Hit, ...]
    total: int
    total_all_words: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    plan: Plan = field(default_factory=Empty)
    periods: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    nowhere: tuple[str, ...] = ()
    total_alike: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: what it is ("dossier", "person", "term"), the text to put in the box, and how it reads."""

    kind: str
    text: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class ValueCounts:
    """The values of a field with the number of papers that have each. Equal to nothing but itself: as long as an index is the
    same, so is the object, and what is made of it may be kept by it."""

    papers: Mapping[str, int]


class Vocabulary(Protocol):
    """The exact forms and the stems of a collection, with the number of papers each is in, and the values of its fields."""

    def count(self, word: str) -> int:
        """How many papers have this exact form; 0 when it is not in the collection."""
        ...

    def stem_count(self, stem: str) -> int:
        """How many papers have a word with this stem."""
        ...

    def counts(self, words: Sequence[str]) -> list[int]:
        """How many papers have each of these exact forms."""
        ...

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        """How many papers have a word with each of these stems."""
        ...

    def beginning(self, prefix: str) -> list[str]:
        """Every exact form that begins so."""
        ...

    def ending(self, suffix: str) -> list[str]:
        """Every exact form that ends so and is longer."""
        ...

    def near(self, word: str) -> list[str]:
        """Every exact form within one edit (``letters.one_edit``), without the word itself."""
        ...

    def near_twice(self, word: str) -> list[str]:
        """Every exact form of plain letters (a to z) at two edits of such a word (``letters.distance``)."""
        ...

    def with_stem(self, stem: str) -> list[str]:
        """Every exact form that has this stem and is a word (``letters.is_word``)."""
        ...

    def values(self, field: str) -> tuple[str, ...]:
        """Every value that papers have of a field of the table: the same tuple each time."""
        ...

    def value_counts(self, field: str) -> ValueCounts:
        """The same values with the number of papers that have each: the same object each time."""
        ...


class Searcher(Protocol):
    """Answers questions about one generation of the index."""

    def within(self, budget: Budget) -> Searcher:
        """The same searcher for one answer: all that is asked of it, and of its vocabulary, is counted against this budget.

        Without one nothing is refused.
        """
        ...

    def prepare(self) -> None:
        """Open what every answer from this state of the index needs, so that none is charged for it; mostly it is open.

        Raises:
            as for ``search``.
        """
        ...

    def search(self, request: SearchRequest) -> SearchResult:
        """Find papers.

        Exact counts; filters apply before any cut. No query is an error; it may be refused for what it costs.

        Raises:
            QueryTooCostly: the answer would cost more than the budget.
            NobodyWaits: nobody waits for it any more.
            IndexMissing: there is no index.
            IndexOutdated: the index was made by another schema or analysis.
            EngineError: the engine is on other machines and does not give a complete answer.
        """
        ...

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions of a prefix of two letters or more: dossiers, persons and terms of the collection, likeliest first.

        A prefix may begin with a field of the query language and a colon; then only values of that field are given.

        Raises:
            QueryTooCostly, NobodyWaits: as for ``search``.
        """
        ...

    @property
    def generation(self) -> str:
        """Names the state of the index; another state has another name (for caches)."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the collection."""
        ...


class IndexWriter(Protocol):
    """Brings papers into the index. Nothing is found before ``commit``; an aborted writer leaves the old state."""

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        """Add papers; one that is there already under the same identifier is replaced."""
        ...

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        """Take papers out; unknown identifiers are passed over."""
        ...

    def commit(self) -> None:
        """Make all changes visible at once."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """What made an index: versions of schema and analysis; up to which moment of the catalogue it goes, and when that came in."""

    schema: str
    analysis: str
    moment: Moment
    committed: datetime.datetime | None


class ChangesWriter(IndexWriter, Protocol):
    """A writer that knows up to which moment in the history of the catalogue the index goes."""

    def up_to(self, moment: Moment) -> None:
        """Say up to which moment the index goes after the commit."""
        ...

    def abort(self) -> None:
        """Leave the index as it was."""
        ...


class KeptIndex(Protocol):
    """An index as a whole, wherever an engine keeps it: what is in use, and what replaces it."""

    def made(self) -> Made:
        """What made the index in use.

        Raises:
            IndexMissing: there is none.
            IndexOutdated: this program cannot read it; the message names the command that rebuilds it.
            EngineError: the engine is on other machines and does not tell.
        """
        ...

    def verify(self) -> None:
        """Read all of the index in use and compare it with its checksums, where the engine leaves that to us.

        Raises:
            IndexMissing: there is none.
            IndexOutdated: this program cannot read it.
            IndexDamaged: it is not as it was written.
        """
        ...

    def faults(self) -> Iterator[tuple[str, str]]:
        """What is not as the engine's writers make it: where, and what; reads everything.

        Raises:
            IndexMissing, IndexOutdated, IndexDamaged, EngineError: as for ``made``.
        """
        ...

    def documents(self) -> Iterator[tuple[str, SearchDocument | None]]:
        """The identifiers of all papers, each with what is kept of the paper; None where that cannot be read.

        Raises:
            IndexMissing, IndexOutdated, IndexDamaged, EngineError: as for ``made``.
        """
        ...

    def count(self) -> int | None:
        """How many papers the index in use has, whichever version made it: 0 when there is none, None when it cannot be told."""
        ...

    def clear(self) -> None:
        """Clear away what earlier writers left unfinished; only whoever may write does so."""
        ...

    def changing(self, expected: int = 0) -> ChangesWriter:
        """Changes the index in use; about so many changes are ``expected``, for which an engine may prepare."""
        ...

    def anew(self, expected: int = 0) -> ChangesWriter:
        """Makes an index beside the one in use, which its commit replaces; about so many papers are ``expected``."""
        ...
