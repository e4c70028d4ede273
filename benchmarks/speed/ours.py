"""This project: with plain matching, as the others do it, and with all of its own ranking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from benchmarks.speed.questions import Question
from benchmarks.speed.work import FACETS, SHOWN, TOP, Outcome, highlighting, show
from indexer.paper.model import Kamerstuk
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.query import Ranking
from search.engines.whoosh.searcher import WhooshSearcher, answer
from search.engines.whoosh.storage.store import Store
from search.engines.whoosh.writer import WhooshWriter
from search.plan import Both, Concept, Form, MatchKind, Plan, Weights, Within
from search.ports import FacetValue, SearchRequest
from search.service import SearchService

_EVERY = 1_000_000


@dataclass
class Plain:
    """Stems only, without compounds, related words, nearness and partial matches."""

    fuzzy: ClassVar[bool] = True

    processes: int = 0

    def build(self, papers: Iterable[Kamerstuk], folder: Path) -> None:
        store = Store(folder)
        generation = store.new_generation()
        writer = WhooshWriter(store, generation)
        writer.replace(papers)
        writer.commit()
        store.swap(generation)

    def open(self, folder: Path) -> None:
        self.searcher = WhooshIndex(folder).searcher(Ranking(replace(Weights(), near=0.0, enough=0)))
        self.vocabulary = self.searcher.reader().arrays.vocabulary

    def ask(self, question: Question, *, every: bool = False) -> Outcome:
        plan = self._plan(question)
        filters = {"dossier": (question.dossier,)} if question.dossier else {}
        limit = _EVERY if every else SHOWN
        request = SearchRequest(filters=filters, limit=TOP, facet_limit=limit, facets=FACETS, passages=True)
        found = answer(self.searcher, plan, request)
        took = show(found.plan, [(hit.document, hit.passages) for hit in found.hits])
        return Outcome(found.total, {name: _sum(found.facets[name]) for name in FACETS}, took)

    def _plan(self, question: Question) -> Plan:
        plan = highlighting(question)
        if question.kind in ("prefix", "fuzzy"):
            words, start = self.vocabulary, question.words[0]
            stems = words.stems_beginning(start) if question.kind == "prefix" else [start, *words.stems_near(start)]
            plan = Concept(question.text, tuple(Form(word, True, 1.0, MatchKind.STEM) for word in stems))
        return Both((plan, Within(question.first, question.last))) if question.first else plan


class Full:
    """As a reader's search is answered."""

    fuzzy: ClassVar[bool] = True

    def build(self, papers: Iterable[Kamerstuk], folder: Path) -> None:
        Plain().build(papers, folder)

    def open(self, folder: Path) -> None:
        self.service = SearchService(WhooshSearcher(folder, Weights()))
        self.service.answer("")

    def ask(self, question: Question, *, every: bool = False) -> Outcome:
        return answered(self.service, question, every=every)


def answered(service: SearchService, question: Question, *, every: bool = False) -> Outcome:
    """A question as a reader asks it, whichever engine the service has."""
    filters = {"dossier": (question.dossier,)} if question.dossier else {}
    dates = f" datum:{question.first}..{question.last}" if question.first else ""
    limit = _EVERY if every else SHOWN
    found = service.answer(question.text + dates, filters=filters, limit=TOP, facet_limit=limit)
    return Outcome(found.total, {name: _sum(found.facets[name]) for name in FACETS})


def _sum(values: tuple[FacetValue, ...]) -> int:
    return sum(value.count for value in values)
