"""How well queries were answered: figures over questions, each with the interval that chance leaves open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from benchmarks.relevance.questions import Question

PAGE = 10
"""Hits that a reader looks at: what the first page shows."""

DEPTH = 100
"""Hits that count for recall: what a reader could page to."""

Ask = Callable[[str, int], Sequence[str]]
"""A query as typed, how many hits → the identifiers of the first of them."""

_DRAWS = 2_000
_SEED = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions, and the interval that holds 95 of 100 means over as many questions drawn from the same."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.4f} [{self.low:.3f}, {self.high:.3f}]"


Figures = Mapping[str, Estimate]
"""Name of a figure → its value."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question brought.

    ``place`` is that of the first paper that answers it (0: not on the first page), ``recall`` the share of all that answer it
    among the first ``DEPTH`` hits.
    """

    question: Question
    found: tuple[str, ...]
    place: int
    ndcg: float
    recall: float


_FIGURES: Mapping[str, Callable[[Outcome], float]] = {
    "mrr_10": lambda one: 1 / one.place if one.place else 0.0,
    "ndcg_10": lambda one: one.ndcg,
    "recall_100": lambda one: one.recall,
    "success_1": lambda one: one.place == 1,
    "success_10": lambda one: one.place > 0,
}
"""One divided by the place of the first answer, nDCG, recall, a right first hit, an answer on the page; means of these count."""


def outcome(question: Question, found: Sequence[str]) -> Outcome:
    """Judge one answer."""
    found = [name for name in found if name not in question.without][:DEPTH]
    page, answers = tuple(found[:PAGE]), question.answers
    place = next((i for i, name in enumerate(page, 1) if name in answers), 0)
    ideal = _gain(sorted(question.grades.values(), reverse=True)[:PAGE])
    ndcg = _gain([question.grades.get(name, 0) for name in page]) / ideal
    return Outcome(question, page, place, ndcg, len(answers.intersection(found)) / len(answers))


def _gain(grades: Iterable[int]) -> float:
    """Discounted cumulative gain: what is better counts doubly, what stands lower counts less."""
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


def ask_all(ask: Ask, questions: Iterable[Question], depth: int = DEPTH) -> list[Outcome]:
    """The outcome of every question."""
    return [outcome(question, ask(question.query, depth + len(question.without))) for question in questions]


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The means over all questions."""
    return {name: estimate([value(one) for one in outcomes]) for name, value in _FIGURES.items()}


def precision(found: Sequence[str], papers: Collection[str]) -> float:
    """The share of right papers on the first page; where there are fewer right papers than places, of as many as there are."""
    return len(set(found[:PAGE]) & set(papers)) / min(PAGE, len(papers))


def estimate(values: Sequence[float]) -> Estimate:
    """The mean, with a bootstrap interval over questions; the same values always give the same.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no questions were asked, so there is no figure")
    measured = np.asarray(values, np.float64)
    random = np.random.default_rng(_SEED)
    means = [measured[random.integers(0, len(measured), len(measured))].mean() for _ in range(_DRAWS)]
    low, high = np.quantile(means, (0.025, 0.975))
    return Estimate(float(measured.mean()), float(low), float(high))
