"""The search finds what it should, no worse than the floors in git say: on every run over the sample, and over real papers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.relevance.asking import TENTH, Answers, ask, named_by_sample, ours
from benchmarks.relevance.floors import FLOORED, FLOORS, floored, read_floors, shortfalls
from benchmarks.relevance.needs import AND
from benchmarks.relevance.questions import judged, rows
from benchmarks.relevance.sets import ASKED, JUDGED, SAMPLE, Sets, real_sets, sample_sets
from search.plan import Weights

TARGETS = {"subjects": 0.993, "short": 0.966}
"""What the full known-item sets must reach (MRR@10)."""


def answered(sets: Sets) -> Answers:
    """What this project answers to all of these sets."""
    return ask(ours(sets.collection, Weights()), sets)


def test_the_sample_is_found_no_worse_than_the_floors(tmp_path: Path) -> None:
    answers = answered(sample_sets(tmp_path))
    lowest = sorted((1 / one.place if one.place else 0.0, one.question.query) for one in answers.outcomes["judged"])[:5]
    assert shortfalls(floored(answers.figures()), read_floors(FLOORS)) == [], f"lowest: {lowest}"


def test_real_papers_are_found_no_worse_than_the_floors(real: Path, tmp_path: Path) -> None:
    answers = named_by_sample(answered(real_sets(real, tmp_path, every=TENTH)), TENTH)
    assert shortfalls(floored(answers.figures()), read_floors(FLOORS)) == []


def test_every_figure_has_a_floor_and_those_of_the_full_sets_are_not_below_the_targets() -> None:
    floors = read_floors(FLOORS)
    assert {name: set(one) for name, one in floors.items()} == {name: set(keys) for name, keys in FLOORED.items()}
    for name, target in TARGETS.items():
        assert floors[name]["mrr_10"] >= target


def test_the_judged_set_is_large_varied_and_of_papers_that_exist() -> None:
    questions = judged(JUDGED)
    assert len(questions) >= 60
    papers = {path.stem for path in SAMPLE.glob("*.html")}
    assert {paper for question in questions for paper in question.grades} <= papers
    kinds = Counter(question.kind for question in questions)
    expected = {"words", "inflection", "compound", "term", "name", "number", "question", "typo", "syntax"}
    assert set(kinds) == expected
    assert min(kinds.values()) >= 5


def test_the_needs_are_many_and_each_is_told_in_full_once() -> None:
    needs = rows(ASKED)
    assert len(needs) >= 60
    assert all(need["asked"] and need["keywords"] and all(need["patterns"].split(AND)) for need in needs)
    assert len({need["asked"] for need in needs}) == len(needs)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('[[query]]\ntext = "a"\nkind = "words"\npapers = { 91066-1 = 4 }\n', "grades"),
        ('[[query]]\ntext = "a"\nkind = "words"\npapers = { 91066-1 = 1 }\n', "answers"),
        ('[[query]]\ntext = "a"\nkind = "words"\npapers = { 91066-1 = 3 }\n' * 2, "twice"),
    ],
)
def test_slips_in_the_judged_set_are_told(entry: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "judged.toml"
    file.write_text(entry, encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        judged(file)
