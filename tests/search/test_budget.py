"""A budget ends an answer that costs too much work or time, or that nobody waits for; clocks are fake."""

from __future__ import annotations

import pytest

from indexer.errors import NobodyWaits, QueryTooCostly
from search.budget import Allowance, Budget, Part, unlimited


class Clock:
    """Tells the time that it is set to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_work_is_refused_before_it_is_done_and_the_costliest_part_is_named() -> None:
    budget = Budget(Allowance(work=10), Clock())
    budget.spend(Part.WORDS, 4)
    budget.spend(Part.PHRASES, 6)
    with pytest.raises(QueryTooCostly, match=r"10 steps.*where common words are") as refused:
        budget.spend(Part.WORDS, 1)
    assert refused.value.part == "phrases"


def test_time_is_up_when_it_has_passed_and_the_longest_part_is_named() -> None:
    clock = Clock()
    budget = Budget(Allowance(seconds=2), clock)
    budget.spend(Part.FORMS)
    clock.now += 1.2
    budget.spend(Part.WORDS)
    clock.now += 0.8
    assert budget.seconds_left == 0
    budget.spend(Part.WORDS)
    clock.now += 0.1
    with pytest.raises(QueryTooCostly, match="2 seconds") as refused:
        budget.spend(Part.TEXTS)
    assert refused.value.part == "forms"


def test_nobody_has_to_be_waited_for() -> None:
    clock, gone = Clock(), [False]
    budget = Budget(Allowance(), clock, lambda: gone[0])
    clock.now += 1
    budget.spend(Part.WORDS)
    gone[0] = True
    budget.spend(Part.WORDS)  # not asked again within the same moment
    clock.now += 0.5
    with pytest.raises(NobodyWaits):
        budget.spend(Part.WORDS)


def test_each_part_of_a_long_answer_has_a_budget_of_its_own() -> None:
    clock = Clock()
    budget = Budget(Allowance(work=10, seconds=2), clock, lambda: clock.now > 103)
    budget.spend(Part.TEXTS, 10)
    clock.now += 3
    budget.renew()
    budget.spend(Part.TEXTS, 10)
    assert budget.seconds_left == 2
    clock.now += 1
    with pytest.raises(NobodyWaits):  # whoever has gone is not waiting for the next part either
        budget.spend(Part.TEXTS)


def test_without_limits_everything_is_counted() -> None:
    budget = unlimited()
    budget.spend(Part.WORDS, 10**12)
    assert budget.spent[Part.WORDS] == 10**12


def test_time_in_which_others_go_first_is_not_charged() -> None:
    clock = Clock()

    def let_others_go_first() -> bool:
        clock.now += 60
        return False

    budget = Budget(Allowance(seconds=2), clock, let_others_go_first)
    clock.now += 1
    budget.spend(Part.WORDS)
    assert budget.seconds_left == 1


def test_opening_what_all_answers_need_is_not_charged() -> None:
    clock = Clock()
    budget = Budget(Allowance(seconds=2), clock)
    with budget.uncharged():
        clock.now += 30
    assert budget.seconds_left == 2
    budget.spend(Part.WORDS)
