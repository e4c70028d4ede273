"""The figures of a run as tables for people, and its worst questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from benchmarks.measuring import table
from benchmarks.relevance.asking import OURS, Answers
from benchmarks.relevance.floors import Floors
from benchmarks.relevance.judging import Figures

_TABLES: tuple[tuple[str, Mapping[str, str]], ...] = (
    (
        "Questions with the papers that answer them",
        {
            "mrr_10": "MRR@10",
            "ndcg_10": "nDCG@10",
            "recall_100": "recall@100",
            "success_1": "first",
            "success_10": "among the first ten",
        },
    ),
    (
        "Needs as people ask them and as keywords",
        {"p_10_asked": "P@10 as asked", "p_10_keywords": "P@10 as keywords", "difference": "difference"},
    ),
    ("A noun and a form of a verb", {"recall_all_words": "recall of all words", "p_10": "P@10"}),
)
"""Each table: its title, and its columns by name of figure. A set stands in the table that has its figures."""


def report(found: Mapping[str, Mapping[str, Figures]], counts: Mapping[str, int], floors: Floors) -> str:
    """The tables of what every finder found, by finder and set; our figures beside their floors."""
    pieces = []
    for title, columns in _TABLES:
        rows = {
            f"{name}, {finder}": [str(counts[name]), *_cells(figures, columns, floors.get(name, {}) if finder == OURS else {})]
            for name in dict.fromkeys(name for sets in found.values() for name in sets)
            for finder, sets in found.items()
            if (figures := sets[name]).keys() == columns.keys()
        }
        if rows:
            pieces.append(f"{title}\n\n{table(('questions', *columns.values()), rows, 'set')}")
    return "\n\n".join([*pieces, "In brackets: the interval that holds 95 of 100 means, were other such questions drawn."])


def _cells(figures: Figures, columns: Mapping[str, str], floors: Mapping[str, float]) -> Iterable[str]:
    return (f"{figures[key]}" + (f" ≥ {floors[key]:.3f}" if key in floors else "") for key in columns)


def worst(answers: Answers, count: int) -> Iterable[str]:
    """The questions whose answer stands lowest, with what stands above it, and the needs that lose most by being asked."""
    for name, found in answers.outcomes.items():
        failing = [one for one in found if one.place != 1 or one.ndcg < 1]
        failing.sort(key=lambda one: (1 / one.place if one.place else 0, one.ndcg))
        for one in failing[:count]:
            wanted = sorted(one.question.grades.items(), key=lambda item: -item[1])
            yield f"{name}: {one.question.query!r} place {one.place or '–'}, nDCG {one.ndcg:.2f}"
            yield f"    wanted {' '.join(f'{paper}:{grade}' for paper, grade in wanted)}"
            yield f"    found  {' '.join(one.found)}"
    for name, needs in answers.needs.items():
        for need in sorted(needs, key=lambda one: one.asked - one.keywords)[:count]:
            yield f"{name}: {need.need.asked!r} {need.asked:.2f}, {need.need.keywords!r} {need.keywords:.2f}"
    for verb in sorted(answers.verbs, key=lambda one: one.recall)[:count]:
        yield f"verbs: {verb.query.query!r} recall {verb.recall:.2f} of {len(verb.query.papers)}, P@10 {verb.precision:.2f}"
