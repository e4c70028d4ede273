"""The command that measures relevance: over the sample, against floors."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.relevance import __main__ as relevance
from benchmarks.relevance.floors import read_floors, write_floors
from benchmarks.relevance.sets import Sets, sample_sets

FEW = 5


def few_questions(data: Path) -> Sets:
    """What is asked of the sample, a few of each set."""
    sets = sample_sets(data)
    return replace(sets, questions={name: questions[:FEW] for name, questions in sets.questions.items()})


def test_the_command_reports_and_fails_below_a_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAMERSTUKKEN_REAL", raising=False)
    floors = tmp_path / "floors.toml"
    monkeypatch.setattr(relevance, "FLOORS", floors)
    monkeypatch.setattr(relevance, "sample_sets", few_questions)
    data = str(tmp_path / "data")
    plain = CliRunner().invoke(relevance.main, ["--data", data, "--raise", "--failures", "1"])
    assert plain.exit_code == 0, plain.output
    assert "| judged, Kamerstukken" in plain.stdout
    assert "| citing_sample, Tantivy" in plain.stdout
    assert "    wanted kst-" in plain.stdout
    assert "KAMERSTUKKEN_REAL" in plain.stderr
    assert set(read_floors(floors)) == {"judged", "citing_sample"}
    write_floors(floors, {"judged": {"mrr_10": 1.1}})
    failing = CliRunner().invoke(relevance.main, ["--data", data, "--json", "--raise"])
    assert failing.exit_code == 1
    told = json.loads(failing.stdout)
    assert told["sets"]["judged"]["questions"] == FEW
    mean, low, high = told["sets"]["judged"]["FTS5"]["ndcg_10"]
    assert low < mean < high
    assert "below its floor" in told["below"][0]
    assert read_floors(floors)["judged"]["mrr_10"] == 1.1
