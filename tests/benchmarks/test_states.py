"""What the comparison of two checkouts notices, without running any."""

from __future__ import annotations

import json

from benchmarks.states import compared, differences


def test_what_is_only_there_afterwards_is_no_difference() -> None:
    assert list(differences({"total": 1, "took_ms": 3}, {"total": 1, "took_ms": 4, "citation": "x"})) == []


def test_every_difference_is_told_with_its_place() -> None:
    before = {"total": 2, "hits": [{"score": 1.0}, {"score": 0.5}]}
    after = {"total": 2, "hits": [{"score": 1.0}, {"score": 0.25}]}
    (told,) = differences(before, after)
    assert "hits[1].score" in told
    assert "0.25" in told


def test_a_missing_answer_is_a_difference() -> None:
    answer = json.dumps({"total": 1, "hits": []})
    assert not compared("some", [answer], [answer]).unlike
    assert compared("some", [answer, answer], [answer]).unlike
