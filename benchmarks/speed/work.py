"""What answering a question is, the same for every engine: total, first ten, four facets, ten hits with their snippets."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from benchmarks.speed.questions import Question
from indexer.paper.model import Kamerstuk
from search.analysis.chain import tokenize
from search.document import Place, SearchDocument, read_document
from search.plan import ALL_PLACES, Concept, Either, Form, MatchKind, Plan, Sequence, Wanted, Weights
from search.snippets import Highlighter, snippets_of

_GAP = " gapgapgap "
"""Between passages, so that no phrase reaches from one into the next."""
FACETS = ("dossier", "year", "minister", "kind")
TOP = 10
SHOWN = 100
"""Values of a facet that are made ready to be shown; all are counted."""
PLACE_WEIGHTS: Mapping[Place, float] = Weights().places


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many papers were found, of each facet how many papers have how many values, and what cutting the snippets took."""

    total: int
    facets: Mapping[str, int]
    snippets_ms: float = 0.0
    """0 where an engine does not tell it."""


class Engine(Protocol):
    """One of those that are measured."""

    fuzzy: ClassVar[bool]
    """Whether it finds misspelt words."""

    def build(self, papers: Iterable[Kamerstuk], folder: Path) -> None:
        """Index papers into an empty folder."""
        ...

    def open(self, folder: Path) -> None:
        """Make ready to answer."""
        ...

    def ask(self, question: Question, *, every: bool = False) -> Outcome:
        """Do all the work of an answer; with ``every`` tell the sum over all values of a facet, whatever is shown of them."""
        ...


def words_of(document: SearchDocument, place: Place) -> str:
    """What stands in a place as stems, for engines that index a text of words.

    A position has one word; what else our index has there (``coolgen`` for Cool:Gen) follows by itself.
    """
    texts: list[str] = []
    others: list[str] = []
    for passage in document.passages:
        if passage.place is place:
            found: dict[int, str] = {}
            for token in tokenize(passage.text):
                if token.width > 1 or token.position in found:
                    others.append(token.stem)
                else:
                    found[token.position] = token.stem
            texts.append(" ".join(found.values()))
    return _GAP.join([*texts, *others])


def highlighting(question: Question) -> Plan:
    """What of a question is marked in snippets."""
    if question.kind == "phrase":
        sequence = Sequence(tuple((word, i, True) for i, word in enumerate(question.words)), 1.0, MatchKind.STEM)
        return Concept(question.text, (), (sequence,))
    if question.alike:
        return Concept(question.text, tuple(Form(word, True, 1.0, MatchKind.STEM) for word in question.alike))
    concepts = tuple(Concept(word, (Form(word, True, 1.0, MatchKind.STEM),), (), ALL_PLACES) for word in question.words)
    return Either(concepts) if question.kind == "or" else Wanted(concepts, sentence=concepts)


def show(plan: Plan, found: list[tuple[SearchDocument, Mapping[int, int] | None]]) -> float:
    """Cut the snippets of hits, of which an engine may tell which passages to look at; gives how many milliseconds it took."""
    started = time.perf_counter()
    highlighter = Highlighter(plan)
    for document, passages in found:
        snippets_of(document, highlighter, passages)
    return (time.perf_counter() - started) * 1000


def show_stored(question: Question, stored: Iterable[bytes]) -> float:
    """The same for papers as they are stored, which are looked through from beginning to end."""
    return show(highlighting(question), [(read_document(one), None) for one in stored])
