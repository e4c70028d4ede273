"""Floors of relevance: only ever raised, and told where a figure is below them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.relevance.floors import floored, raised, read_floors, shortfalls, write_floors
from benchmarks.relevance.judging import Estimate


def test_floors_are_only_raised_and_round_down(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    assert read_floors(file) == {}
    write_floors(file, raised({"short": {"mrr_10": 0.96789, "success_1": 0.94}}, {}))
    assert read_floors(file) == {"short": {"mrr_10": 0.967, "success_1": 0.94}}
    write_floors(file, raised({"short": {"mrr_10": 0.9, "success_1": 0.95}}, read_floors(file)))
    assert read_floors(file) == {"short": {"mrr_10": 0.967, "success_1": 0.95}}


def test_a_figure_below_its_floor_is_told_and_one_without_floor_is_not() -> None:
    below = shortfalls({"short": {"mrr_10": 0.96, "success_1": 0.5}}, {"short": {"mrr_10": 0.967}})
    assert [str(one) for one in below] == ["short: mrr_10 is 0.9600, below its floor of 0.967"]
    assert shortfalls({"short": {"mrr_10": 0.967}}, {"short": {"mrr_10": 0.967}}) == []


def test_only_figures_that_tell_something_of_a_set_have_floors() -> None:
    figures = dict.fromkeys(("mrr_10", "ndcg_10", "recall_100", "success_1", "success_10"), Estimate(0.5, 0.4, 0.6))
    assert floored({"short": figures, "short, one in 4": figures}) == {
        "short": {"mrr_10": 0.5, "success_1": 0.5, "success_10": 0.5}
    }
