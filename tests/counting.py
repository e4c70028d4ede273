"""Counts what a piece of work takes in calls of functions: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """How many calls it takes, those of C functions included."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows_no_faster(work: Callable[[int], object], few: int = 500) -> bool:
    """Whether three times as much work takes hardly more than three times as many calls."""
    work(few // 3)  # what is looked up once and remembered
    return calls(lambda: work(3 * few)) <= 3.6 * calls(lambda: work(few)) + 500
