"""The figures of relevance, their floors, and the command that reports them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import relevance
from benchmarks.floors import raised, read_floors, shortfalls, write_floors
from benchmarks.measuring import DEPTH, figures, outcome, table
from benchmarks.questions import Question, known_items

QUESTION = Question("q", "q", {"a": 3, "b": 2, "c": 1})


def test_the_first_paper_that_answers_counts_not_one_that_touches_on_it() -> None:
    assert outcome(QUESTION, ["c", "x", "b", "a"]).place == 3
    assert outcome(QUESTION, ["c", "x"]).place == 0
    assert outcome(QUESTION, []).ndcg == 0
    assert outcome(QUESTION, ["x"] * DEPTH + ["a"]).place == 0


def test_ndcg_is_one_for_the_best_order_and_less_for_any_other() -> None:
    assert outcome(QUESTION, ["a", "b", "c"]).ndcg == pytest.approx(1)
    swapped = outcome(QUESTION, ["b", "a", "c"]).ndcg
    cut = outcome(QUESTION, ["a"]).ndcg
    assert 0 < cut < 1
    assert 0 < swapped < 1


def test_figures_are_means() -> None:
    found = figures([outcome(QUESTION, ["a"]), outcome(QUESTION, ["x", "a"]), outcome(QUESTION, ["x"])])
    assert found.questions == 3
    assert found.mrr == pytest.approx((1 + 0.5) / 3)
    assert found.success_1 == pytest.approx(1 / 3)
    assert found.success_10 == pytest.approx(2 / 3)


def test_known_items_are_read_with_several_relevant_papers_and_quotation_marks(tmp_path: Path) -> None:
    file = tmp_path / "q.tsv"
    file.write_text('id\tquery\trelevant\nkst-1-2\tde "digitale" weg\tkst-1-2 kst-1-3\n', encoding="utf-8")
    (question,) = known_items(file)
    assert question.query == 'de "digitale" weg'
    assert set(question.grades) == {"kst-1-2", "kst-1-3"}


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


def test_the_command_reports_and_fails_below_a_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAMERSTUKKEN_REAL", raising=False)
    floors = tmp_path / "floors.toml"
    monkeypatch.setattr(relevance, "FLOORS", floors)
    data = str(tmp_path / "data")
    plain = CliRunner().invoke(relevance.main, ["--data", data, "--raise"])
    assert plain.exit_code == 0, plain.output
    assert "| judged" in plain.stdout
    assert "KAMERSTUKKEN_REAL" in plain.stderr
    assert set(read_floors(floors)) == {"judged"}
    write_floors(floors, {"judged": {"mrr_10": 1.0}})
    failing = CliRunner().invoke(relevance.main, ["--data", data, "--json", "--raise"])
    assert failing.exit_code == 1
    told = json.loads(failing.stdout)
    assert told["sets"]["judged"]["questions"] >= 60
    assert "below its floor" in told["below"][0]
    assert read_floors(floors)["judged"]["mrr_10"] == 1.0


def test_tables_line_up() -> None:
    assert table(("x", "long"), {"a": ("1", "2"), "bb": ("333", "4")}, "set").splitlines() == [
        "| set | x   | long |",
        "|-----|-----|------|",
        "| a   | 1   | 2    |",
        "| bb  | 333 | 4    |",
    ]
