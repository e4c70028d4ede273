"""Figures of relevance: places, gains, recall, and their intervals."""

from __future__ import annotations

import pytest

from benchmarks.relevance.judging import PAGE, ask_all, estimate, figures, outcome, precision
from benchmarks.relevance.questions import Question

QUESTION = Question("q", "q", {"a": 3, "b": 2, "c": 1})


def test_the_first_paper_that_answers_counts_not_one_that_touches_on_it() -> None:
    assert outcome(QUESTION, ["c", "x", "b", "a"]).place == 3
    assert outcome(QUESTION, ["c", "x"]).place == 0
    assert outcome(QUESTION, []).ndcg == 0
    assert outcome(QUESTION, ["x"] * PAGE + ["a"]).place == 0


def test_recall_counts_what_answers_beyond_the_first_page() -> None:
    assert outcome(QUESTION, ["x"] * PAGE + ["a", "c"]).recall == 0.5
    assert outcome(QUESTION, ["a", "b"]).recall == 1
    assert outcome(QUESTION, ["c"]).recall == 0


def test_ndcg_is_one_for_the_best_order_and_less_for_any_other() -> None:
    assert outcome(QUESTION, ["a", "b", "c"]).ndcg == pytest.approx(1)
    swapped = outcome(QUESTION, ["b", "a", "c"]).ndcg
    cut = outcome(QUESTION, ["a"]).ndcg
    assert 0 < cut < 1
    assert 0 < swapped < 1


def test_papers_that_a_query_was_taken_from_are_no_hits_and_are_made_up_for() -> None:
    asked: list[tuple[str, int]] = []

    def ask(query: str, count: int) -> list[str]:
        asked.append((query, count))
        return ["source", "a"]

    (found,) = ask_all(ask, [Question("q", "words", {"a": 3}, without=frozenset({"source"}))], depth=5)
    assert (found.place, found.found) == (1, ("a",))
    assert asked == [("words", 6)]


def test_figures_are_means() -> None:
    found = figures([outcome(QUESTION, ["a"]), outcome(QUESTION, ["x", "a"]), outcome(QUESTION, ["x"])])
    assert found["mrr_10"].mean == pytest.approx((1 + 0.5) / 3)
    assert found["success_1"].mean == pytest.approx(1 / 3)
    assert found["success_10"].mean == pytest.approx(2 / 3)
    assert found["recall_100"].mean == pytest.approx(1 / 3)


def test_right_papers_are_a_share_of_as_many_as_there_can_be() -> None:
    assert precision(["a", "x", "b"], {"a", "b"}) == 1
    assert precision(["a", "x"], {"a", "b", "c", "d"}) == 0.25
    assert precision([f"p{i}" for i in range(20)], {f"p{i}" for i in range(5, 40)}) == 0.5


def test_an_interval_holds_the_mean_is_the_same_each_time_and_narrows_with_more_questions() -> None:
    few, many = estimate([0, 1] * 10), estimate([0, 1] * 1_000)
    assert few == estimate([0, 1] * 10)
    assert few.low < many.low < 0.5 < many.high < few.high
    assert estimate([1.0, 1.0]).low == estimate([1.0, 1.0]).high == 1
    with pytest.raises(ValueError, match="no questions"):
        estimate([])
