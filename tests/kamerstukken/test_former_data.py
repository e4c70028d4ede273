"""A data folder that an earlier state of the program made is opened, or the message names the command that mends it.

Each archive in ``former`` holds the folder that ``kamerstukken index`` made of three papers of the sample; ``keep_state`` makes
it. The folder of the present state is among them, so that it is there when there will be a later one.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.errors import IndexOutdated
from kamerstukken.cli import group
from tests.kamerstukken import keep_state

pytestmark = pytest.mark.harms

FORMER = sorted(Path(__file__).with_name("former").glob("*.tar.xz"))


def _says(*arguments: str) -> str:
    done = CliRunner().invoke(group, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def _answer(found: dict[str, object]) -> dict[str, object]:
    return {**found, "took_ms": 0}


@pytest.mark.parametrize("file", FORMER, ids=lambda file: file.name.split(".")[0])
def test_a_former_data_folder_opens_after_the_command_that_its_message_names(tmp_path: Path, file: Path) -> None:
    with tarfile.open(file) as packed:
        packed.extractall(tmp_path, filter="data")
    data = ["--data", str(tmp_path / "data")]
    assert json.loads(_says("show", "kst-91066-1", "--json", *data))["identifier"] == "kst-91066-1"

    opened = CliRunner().invoke(group, ["search", "Cool:Gen", "--json", *data])
    status = _says("status", "--json", *data)
    if opened.exception:
        assert isinstance(opened.exception, IndexOutdated)
        assert "rebuild it with: kamerstukken reindex" in str(opened.exception)
        assert "kamerstukken reindex" in status
    else:
        assert json.loads(opened.stdout)["total"] == 3
    if json.loads(status)["reading"] != "up to date":
        assert json.loads(status)["reading"] == "3 by another version; run: kamerstukken reindex"

    left = tmp_path / "data" / "archive" / "incoming" / "kst-91066-1.half.manifest.7"  # as a killed process leaves it
    left.parent.mkdir(exist_ok=True)
    left.write_text("{", encoding="utf-8")
    _says("reindex", *data)
    assert not left.exists()
    assert _says("check", *data).startswith("archive, catalogue and index are whole")
    found = json.loads(_says("search", "Cool:Gen", "--json", *data))
    assert {hit["identifier"] for hit in found["hits"]} == {"kst-91066-1", "kst-91066-12", "kst-91066-21"}
    status = json.loads(_says("status", "--json", *data))
    assert (status["reading"], status["index"]) == ("up to date", "up to date")

    anew = ["--data", str(tmp_path / "anew")]
    _says("index", str(tmp_path / "data" / "archive"), *anew)
    for hit in found["hits"]:
        show = ("show", hit["identifier"], "--json")
        assert json.loads(_says(*show, *data)) == json.loads(_says(*show, *anew))
    assert _answer(found) == _answer(json.loads(_says("search", "Cool:Gen", "--json", *anew)))


@pytest.mark.parametrize("name", ["schema-7", "schema-7-parser-3"])
def test_a_former_data_folder_differs_until_it_is_mended(tmp_path: Path, name: str) -> None:
    with tarfile.open(FORMER[0].with_name(f"{name}.tar.xz")) as packed:
        packed.extractall(tmp_path, filter="data")
    data = ["--data", str(tmp_path / "data")]
    told = json.loads(CliRunner().invoke(group, ["check", "--json", *data]).stdout)
    assert {"catalogue-outdated", "index-outdated"} <= {one["kind"] for one in told["differences"]}
    assert "whole and agree" in _says("check", "--mend", *data)
    status = json.loads(_says("status", "--json", *data))
    assert status["conditions"] == {"catalogue": "ok", "index": "ok", "archive": "ok"}
    assert status["reading"] == "up to date"


def test_what_is_gone_from_a_former_archive_is_named_and_the_rest_is_read_again(tmp_path: Path) -> None:
    with tarfile.open(FORMER[-1]) as packed:
        packed.extractall(tmp_path, filter="data")
    data = ["--data", str(tmp_path / "data")]
    (gone,) = (tmp_path / "data" / "archive").rglob("kst-91066-12/*.html")
    gone.unlink()
    done = CliRunner().invoke(group, ["reindex", *data])
    assert done.exit_code == 1
    assert "kst-91066-12: " in done.stderr
    assert "index the paper again" in done.stderr
    assert json.loads(_says("status", "--json", *data))["reading"].startswith("1 by another version")
    assert json.loads(_says("search", "Cool:Gen", "--json", *data))["total"] == 3


def test_the_present_state_is_kept_for_those_to_come() -> None:
    missing = f"a version number was raised; keep the state that it is of with: python -m {keep_state.__name__}"
    assert keep_state.name_of() in {file.name.partition(".")[0] for file in FORMER}, missing
    assert all(file.stat().st_size <= 200_000 for file in FORMER)
    # Made before the numbers stood in the name, and the last one before the present form of the archive.
    assert {"schema-7", "schema-7-parser-3", "catalogue-5-schema-11-parser-4-analysis-4"} <= {
        file.name.partition(".")[0] for file in FORMER
    }
