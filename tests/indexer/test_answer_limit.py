"""An answer from elsewhere has a time and a size as a whole."""

from __future__ import annotations

import pytest

from indexer.answer_limit import AnswerLimit


def test_an_answer_earns_its_time_by_what_comes() -> None:
    now = 0.0
    limit = AnswerLimit(lambda: now, seconds=60, pace=1_000, longest=600, most=1_000_000)
    limit.begin()
    for _ in range(50):  # a byte a second
        now += 1
        limit.take(1)
    assert limit.left == pytest.approx(10, abs=0.1)
    limit.take(100_000)
    assert limit.left == pytest.approx(110, abs=0.1)
    now = 599.0
    limit.take(899_000)
    assert limit.left == pytest.approx(1)
    with pytest.raises(OSError, match="goes on after"):
        limit.take(1_000)
