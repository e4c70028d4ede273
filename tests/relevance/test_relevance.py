"""The search finds what it should, no worse than the floors in git say: on every run over the sample, and over real papers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.floors import read_floors, shortfalls
from benchmarks.measuring import figures
from benchmarks.questions import KNOWN_ITEM_SETS, judged
from benchmarks.relevance import FLOORS, JUDGED, SAMPLE, TENTH, ask_judged, ask_known_items, measured

TARGETS = {"subjects": 0.993, "short": 0.966}
"""What the full known-item sets must reach (MRR@10)."""


def test_judged_queries_over_the_sample_stay_above_their_floors(tmp_path: Path) -> None:
    outcomes = ask_judged(tmp_path)
    below = shortfalls({"judged": measured("judged", figures(outcomes))}, read_floors(FLOORS))
    lowest = sorted((1 / one.place if one.place else 0.0, one.question.query) for one in outcomes)[:5]
    assert below == [], f"lowest: {lowest}"


def test_known_items_among_real_papers_stay_above_their_floors(real: Path, tmp_path: Path) -> None:
    outcomes = ask_known_items(real, tmp_path, every=TENTH)
    values = {f"{name}_tenth": measured(name, figures(found)) for name, found in outcomes.items()}
    assert shortfalls(values, read_floors(FLOORS)) == []


def test_every_set_has_floors_and_those_of_the_full_sets_are_not_below_the_targets() -> None:
    floors = read_floors(FLOORS)
    tenths = {f"{name}_tenth" for name in KNOWN_ITEM_SETS}
    assert set(floors) == {"judged", *KNOWN_ITEM_SETS, *tenths}
    for name, target in TARGETS.items():
        assert floors[name]["mrr_10"] >= target
        assert set(floors[name]) == {"mrr_10", "success_1", "success_10"}
    assert set(floors["judged"]) == {"mrr_10", "success_1", "success_10", "ndcg_10"}


def test_the_judged_set_is_large_varied_and_of_papers_that_exist() -> None:
    questions = judged(JUDGED)
    assert len(questions) >= 60
    papers = {path.stem for path in SAMPLE.glob("*.html")}
    assert {paper for question in questions for paper in question.grades} <= papers
    kinds = Counter(question.kind for question in questions)
    expected = {"words", "inflection", "compound", "term", "name", "number", "question", "typo", "syntax"}
    assert set(kinds) == expected
    assert min(kinds.values()) >= 5


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
