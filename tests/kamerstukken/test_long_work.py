"""Long work is done otherwise than short work, and only as long as it lasts."""

from __future__ import annotations

import gc
import os
import sys

import pytest

from kamerstukken.long_work import long_work


def test_the_collector_looks_seldom_and_afterwards_as_before() -> None:
    before = gc.get_threshold()
    with long_work():
        assert gc.get_threshold()[0] > before[0]
        assert gc.isenabled()
    assert gc.get_threshold() == before


def test_an_error_ends_it_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), long_work():
        raise ZeroDivisionError
    assert gc.get_threshold() == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has turns of this kind")
def test_the_process_works_in_long_turns_and_afterwards_as_before() -> None:
    before = os.sched_getscheduler(0)
    with long_work():
        assert os.sched_getscheduler(0) in (os.SCHED_BATCH, before)
    assert os.sched_getscheduler(0) == before
