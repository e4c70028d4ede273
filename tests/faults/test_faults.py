"""A call of the system fails: the user is told in a sentence, nothing is lost, and the same command mends what is left.

Each kind of call, a few times in each operation; ``python -m benchmarks.faults`` tries every call.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.operations import OPERATIONS

SUMMARY = re.compile(r"(?P<operation>.+): of [\d,]+ faults (?P<counts>.*)")


@dataclass(frozen=True)
class Tried:
    """What a run of ``benchmarks.faults`` counted for each operation, and all that it said."""

    counts: Mapping[str, Mapping[str, int]]
    said: str


@pytest.fixture(scope="module")
def tried() -> Tried:
    command = [sys.executable, "-m", "benchmarks.faults", "--share", "400"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    found = [match for line in done.stdout.splitlines() if (match := SUMMARY.fullmatch(line))]
    counts = {
        match["operation"]: {what: int(n.replace(",", "")) for n, what in re.findall(r"(\d[\d,]*) ([^,]+)", match["counts"])}
        for match in found
    }
    return Tried(counts, done.stdout + done.stderr)


@pytest.mark.parametrize("operation", [operation.name for operation in OPERATIONS])
def test_no_call_that_fails_costs_a_paper(tried: Tried, operation: str) -> None:
    counts = tried.counts[operation]
    assert counts["failed calls"] >= 6, tried.said
    assert [counts[what] for what in ("lost", "wrong", "uncaught")] == [0, 0, 0], tried.said


def test_calls_of_sqlite_itself_fail_too(tried: Tried) -> None:
    assert tried.counts["index"]["by SQLite"] >= 1, tried.said
