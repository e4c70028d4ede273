"""Which engine, and how to get into it: flags, then the environment, then the settings file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.catalogue.catalogue import open_catalogue
from indexer.errors import ArchiveError
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.cli import group
from kamerstukken.settings import Settings, settings
from search.engines.opensearch.client import Access, Address
from tests.search.engines.opensearch.fake_node import Asked, Reply, fake_node

_COMMAND = [sys.executable, "-c", "from kamerstukken.cli import main; main()"]
_HERE = "opensearch:http://{}:9200/kst"


def test_the_engine_comes_from_flag_environment_file_or_default(tmp_path: Path) -> None:
    (tmp_path / "kamerstukken.toml").write_text(f'engine = "{_HERE.format("bestand")}"\n', encoding="utf-8")
    environment = {"KAMERSTUKKEN_ENGINE": _HERE.format("omgeving")}
    assert settings(None, environment, tmp_path, engine=_HERE.format("vlag")).cluster == Address(("http://vlag:9200",), "kst")
    assert settings(None, environment, tmp_path).cluster == Address(("http://omgeving:9200",), "kst")
    assert settings(None, {}, tmp_path).cluster == Address(("http://bestand:9200",), "kst")
    assert settings(None, {}, tmp_path, engine="whoosh").cluster is None
    assert settings(None, {}, tmp_path / "elders").cluster is None


@pytest.mark.parametrize(
    ("engine", "said"),
    [
        ("solr", "solr: there is no such engine; choose whoosh"),
        ("opensearch", "opensearch: there is no such engine"),
        ("opensearch:https://host:9200", "no index is named"),
        ("http://piet:geheim@host:9200/kst", "choose whoosh"),
        ("opensearch:https://piet:geheim@host:9200/kst", "KAMERSTUKKEN_OPENSEARCH_PASSWORD"),
    ],
)
def test_an_engine_that_cannot_be_is_told_without_passwords(engine: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=said) as raised:
        settings(None, {}, tmp_path, engine=engine)
    assert "geheim" not in str(raised.value)


def test_how_to_get_in_comes_from_the_environment_then_the_file(tmp_path: Path) -> None:
    (tmp_path / "kamerstukken.toml").write_text(
        '[opensearch]\nuser = "lezer"\npassword = "geheim"\nca = "tls/ca.pem"\nverify = true\nshards = 6\nseconds = 5\n',
        encoding="utf-8",
    )
    environment = {"KAMERSTUKKEN_OPENSEARCH_USER": "schrijver", "KAMERSTUKKEN_OPENSEARCH_REPLICAS": "0"}
    access = settings(None, environment, tmp_path).access
    ca = tmp_path / "tls" / "ca.pem"
    assert access == Access(user="schrijver", password="geheim", ca=ca, shards=6, replicas=0, seconds=5.0)  # noqa: S106 - none
    assert "geheim" not in repr(access)
    assert settings(None, {}, tmp_path / "elders").access == Access()
    assert not settings(None, {"KAMERSTUKKEN_OPENSEARCH_VERIFY": "false"}, tmp_path).access.verify


@pytest.mark.parametrize(("name", "value"), [("shards", "0"), ("replicas", "-1"), ("seconds", "kort"), ("shards", "²")])
def test_a_number_that_is_none_is_told(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=rf"opensearch\.{name}: .* is not a number"):
        settings(None, {f"KAMERSTUKKEN_OPENSEARCH_{name.upper()}": value}, tmp_path)


def _refused(asked: Asked) -> Reply:
    return 401, "Unauthorized"


@pytest.mark.parametrize("command", [("search", "toeslag"), ("reindex",)])
def test_a_cluster_that_lets_nobody_in_is_one_line_and_an_exit_status(command: tuple[str, ...], tmp_path: Path) -> None:
    where = Settings(tmp_path / "data")
    with open_catalogue(where.catalogue, PARSER_VERSION):  # an empty one, of which an index can be made
        pass
    with fake_node(_refused) as node:
        named = {"KAMERSTUKKEN_ENGINE": f"opensearch:{node.address}/kst", "KAMERSTUKKEN_DATA": str(where.data)}
        done = subprocess.run(
            [*_COMMAND, *command], env=os.environ | named, cwd=tmp_path, capture_output=True, text=True, check=False
        )
    assert done.returncode == 4, done.stderr
    [line] = done.stderr.splitlines()
    assert line.startswith(f"kamerstukken: {node.address}/kst: the search engine does not allow this")
    assert "KAMERSTUKKEN_OPENSEARCH_USER" in line


def test_status_tells_that_the_engine_is_away(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "data" / "sample"
    run = CliRunner()
    filled = run.invoke(group, ["index", str(sample), "--data", str(tmp_path)])
    assert filled.exit_code == 0, filled.output
    with fake_node(_refused) as node:
        told = run.invoke(group, ["status", "--data", str(tmp_path), "--engine", f"opensearch:{node.address}/kst"])
    assert told.exit_code == 0, told.output
    assert "does not allow this" in told.stdout


def test_what_the_server_allows_is_a_table_and_hosts_also_a_flag_or_the_environment(tmp_path: Path) -> None:
    (tmp_path / "kamerstukken.toml").write_text('[serving]\nrate = 5\nallowed_hosts = ["in.file"]\n', encoding="utf-8")
    named = {"KAMERSTUKKEN_ALLOWED_HOSTS": "one.example,.two.example"}

    assert settings(None, {}, tmp_path).limits.rate == 5
    assert settings(None, {}, tmp_path).allowed_hosts == ("in.file",)
    assert settings(None, named, tmp_path).allowed_hosts == ("one.example", ".two.example")
    assert settings(None, named, tmp_path, allowed_hosts=["flag.example"]).allowed_hosts == ("flag.example",)


@pytest.mark.parametrize("host", ["https://a.nl", "a.nl:443", "a..b", "*", ""])
def test_an_allowed_host_that_is_none_is_told(host: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="expected a name without scheme and port"):
        settings(None, {}, tmp_path, allowed_hosts=[host])
