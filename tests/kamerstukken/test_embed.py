"""``kamerstukken embed``, and searching by meaning on the command line; with the encoder of the extra where it is installed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.errors import MeaningMissing
from kamerstukken.cli import group
from search.meaning import sentences
from tests.web.archive import sample_data

AT_MOST = 300
"""Papers that are embedded where the tests run for every change."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The sample in a folder of its own."""
    folder = tmp_path / "data"
    shutil.copytree(sample_data().data, folder, symlinks=True)
    return folder


def test_without_the_extra_the_commands_say_how_to_get_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamerstukken.wiring.installed", lambda: False)
    for command in (["embed"], ["search", "kaas", "--meaning", "on"]):
        result = CliRunner().invoke(group, [*command, "--data", str(data)])
        assert isinstance(result.exception, MeaningMissing)
        assert "pip install 'kamerstukken[betekenis]'" in str(result.exception)
    assert "turn it on" in CliRunner().invoke(group, ["status", "--data", str(data)]).stdout
    assert CliRunner().invoke(group, ["search", "kaas", "--meaning", "auto", "--data", str(data)]).exit_code == 0


@pytest.mark.skipif(not sentences.installed(), reason="the extra betekenis is not installed")
def test_papers_are_embedded_in_turns_and_found_by_meaning(data: Path) -> None:
    runner = CliRunner()
    some = runner.invoke(group, ["embed", "--limit", "2", "--data", str(data)])
    assert "2 papers embedded, " in some.output
    rest = runner.invoke(group, ["embed", "--limit", str(AT_MOST), "--data", str(data)])
    assert "to go" not in rest.output
    status = json.loads(runner.invoke(group, ["status", "--json", "--data", str(data)]).stdout)
    assert (status["meaning"], status["embedded"]) == ("up to date", status["papers"])
    asked = runner.invoke(
        group, ["search", "verouderde", "programmatuur", "--meaning", "on", "--limit", "60", "--json", "--data", str(data)]
    )
    answer = json.loads(asked.stdout)
    assert answer["total_meaning"] > 0
    assert {hit["by"] for hit in answer["hits"]} >= {"meaning"}
