"""An answer as its readers see it: the page, the JSON twin and the command line show these values and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search.document import SearchDocument
from search.plan import MatchKind
from search.ports import FacetValue, SearchRequest, Sort


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage that matched: text with the spans to mark (start, end), where it stands, and the anchor that leads to it."""

    text: str
    marks: tuple[tuple[int, int], ...]
    heading: str
    anchor: str


@dataclass(frozen=True, slots=True)
class AnsweredHit:
    """A hit with its snippets."""

    document: SearchDocument
    score: float
    match: MatchKind
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to one query.

    ``understood`` tells in plain Dutch what was searched, ``remarks`` what was ignored or cut and why; ``did_you_mean`` is a
    query to try instead, or empty; ``explanation`` tells why there is nothing, when there is nothing. ``jump`` is the
    identifier the query names, when that paper is in the collection.
    """

    query: str
    request: SearchRequest
    understood: str
    remarks: tuple[str, ...]
    total: int
    total_all_words: int
    took_ms: float
    hits: tuple[AnsweredHit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    did_you_mean: str = ""
    explanation: tuple[str, ...] = ()
    jump: str = ""

    @property
    def sort(self) -> Sort:
        """The order the hits are in."""
        return self.request.sort
