"""How well a ranking finds what it should: figures over questions, and a searchable collection to ask them of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.questions import ANSWERS, Question
from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.reading.official_file import PARSER_VERSION, find_files
from indexer.take_in import run
from search.engines.whoosh.index import WhooshIndex
from search.service import SearchService
from search.sync import update

DEPTH = 10
"""Hits that count: what the first page shows."""

Ask = Callable[[str], Sequence[str]]
"""A query as typed → the identifiers of its first hits."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question brought: the place of the first paper that answers it (0: not on the first page) and its nDCG."""

    question: Question
    found: tuple[str, ...]
    place: int
    ndcg: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions: one divided by the place of the first answer, a right first hit, an answer on the page, nDCG."""

    questions: int
    mrr: float
    success_1: float
    success_10: float
    ndcg: float

    def as_dict(self) -> dict[str, float]:
        """The figures by the names they have in files; the number of questions is none of them."""
        return {"mrr_10": self.mrr, "success_1": self.success_1, "success_10": self.success_10, "ndcg_10": self.ndcg}


def outcome(question: Question, found: Sequence[str]) -> Outcome:
    """Judge one answer."""
    found = tuple(found[:DEPTH])
    place = next((i for i, name in enumerate(found, 1) if question.grades.get(name, 0) >= ANSWERS), 0)
    ideal = _gain(sorted(question.grades.values(), reverse=True)[:DEPTH])
    return Outcome(question, found, place, _gain([question.grades.get(name, 0) for name in found]) / ideal)


def _gain(grades: Iterable[int]) -> float:
    """Discounted cumulative gain: what is better counts doubly, what stands lower counts less."""
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The means."""
    places = [one.place for one in outcomes]
    count = max(len(outcomes), 1)
    return Figures(
        len(outcomes),
        sum(1 / place for place in places if place) / count,
        sum(place == 1 for place in places) / count,
        sum(place > 0 for place in places) / count,
        sum(one.ndcg for one in outcomes) / count,
    )


def ask_all(ask: Ask, questions: Iterable[Question]) -> list[Outcome]:
    """The outcome of every question."""
    return [outcome(question, ask(question.query)) for question in questions]


def default_search_box(service: SearchService) -> Ask:
    """Asks as a reader does who types a query and looks at the first page."""
    return lambda query: [hit.document.identifier for hit in service.answer(query, limit=DEPTH, facet_limit=0).hits]


def index_papers(papers: Path, data: Path) -> Path:
    """Read every official file under ``papers`` into a data folder and index it; gives the folder of the index.

    What is in the data folder already is not read again.

    Raises:
        ValueError: a file could not be read.
    """
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        summary = run("relevance", find_files([papers]), catalogue, Archive(data / "archive"))
        if summary.failed:
            where, reason = summary.failures[0]
            raise ValueError(f"{summary.failed} files could not be read; the first is {where}: {reason}")
        update(catalogue, WhooshIndex(data / "index"))
    return data / "index"


@contextmanager
def data_folder(kept: Path | None) -> Iterator[Path]:
    """A folder to keep an index in: the one given, which stays, or one that goes afterwards."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with TemporaryDirectory(prefix="kamerstukken-relevance-") as folder:
        yield Path(folder)


def table(columns: Sequence[str], rows: Mapping[str, Sequence[str]], first: str = "") -> str:
    """A Markdown table whose columns line up in a terminal too."""
    lines = [[first, *columns], *([name, *cells] for name, cells in rows.items())]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    printed = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([printed[0], rule, *printed[1:]])
