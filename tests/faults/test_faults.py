"""A call of the system fails, or the power: the user is told in a sentence, nothing is lost, and the same command goes on.

A few of each kind in each operation; ``python -m benchmarks.faults`` and ``python -m benchmarks.powercuts`` try all.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

SUMMARY = re.compile(r"(?P<operation>[^(:]+?)(?: \(of [\d,]+ \w+\))?: (?P<counts>.*)")

FAULTY = ("index", "merge", "harvest", "mending", "backup", "migration")
"""The operations that the others are made of."""
KILLED = ("reindex", "from archive", "mending")
"""Those that no other test kills."""
CUT = ("index", "merge", "harvest", "backup", "restore", "mending")


@dataclass(frozen=True)
class Tried:
    """What a run of ``benchmarks.faults`` counted for each operation, and all that it said."""

    counts: Mapping[str, Mapping[str, int]]
    said: str


def _run(*arguments: str) -> Tried:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    found = [match for line in done.stdout.splitlines() if (match := SUMMARY.fullmatch(line))]
    counts = {
        match["operation"]: {what: int(n.replace(",", "")) for n, what in re.findall(r"(\d[\d,]*) ([^,]+)", match["counts"])}
        for match in found
    }
    return Tried(counts, done.stdout + done.stderr)


@pytest.fixture(scope="module")
def faults() -> Tried:
    return _run("benchmarks.faults", "--share", "400", *(word for name in FAULTY for word in ("--operation", name)))


@pytest.fixture(scope="module")
def powercuts() -> Tried:
    return _run("benchmarks.powercuts", "--share", "800", *(word for name in CUT for word in ("--operation", name)))


@pytest.fixture(scope="module")
def kills() -> Tried:
    return _run("benchmarks.kills", "--times", "3", *(word for name in KILLED for word in ("--operation", name)))


@pytest.mark.parametrize("operation", KILLED)
def test_no_kill_costs_a_paper(kills: Tried, operation: str) -> None:
    counts = kills.counts[operation]
    assert counts["trials"] == 3, kills.said
    assert [counts[what] for what in ("lost", "wrong", "uncaught")] == [0, 0, 0], kills.said


@pytest.mark.parametrize("operation", FAULTY)
def test_no_call_that_fails_costs_a_paper(faults: Tried, operation: str) -> None:
    counts = faults.counts[operation]
    assert counts["failed calls"] >= 6, faults.said
    assert [counts[what] for what in ("lost", "wrong", "uncaught")] == [0, 0, 0], faults.said


def test_memory_that_runs_out_is_told_whatever_is_done_with_numbers() -> None:
    command = [sys.executable, "-m", "tests.faults.writing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    counts = [tuple(map(int, re.findall(r"\d+", line))) for line in done.stdout.splitlines()]
    assert len(counts) == 2, done.stderr
    assert all(trials == told > 50 for trials, told in counts), done.stdout


def test_calls_of_sqlite_itself_fail_too(faults: Tried) -> None:
    assert faults.counts["index"]["by SQLite"] >= 1, faults.said


@pytest.mark.parametrize("operation", CUT)
def test_no_power_cut_costs_a_paper(powercuts: Tried, operation: str) -> None:
    counts = powercuts.counts[operation]
    assert counts["after the end"] >= 4, powercuts.said
    assert [counts[what] for what in ("lost", "wrong", "uncaught")] == [0, 0, 0], powercuts.said
