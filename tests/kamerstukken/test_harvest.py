"""``kamerstukken harvest`` as people, timers and programs call it; killed, locked out, out of room."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.data_folder import writing
from indexer.errors import ArchiveError
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.cli import group
from kamerstukken.settings import OFFICIAL, settings
from tests.official_source.papers import generated, small
from tests.official_source.published import Shelf
from tests.official_source.server import OfficialSource
from tests.official_source.whims import Whims

COMMAND = [sys.executable, "-c", "from kamerstukken.cli import main; main()"]


@pytest.fixture
def official() -> Iterator[OfficialSource]:
    with OfficialSource(Shelf([small(number) for number in range(1, 41)])).running() as source:
        yield source


def run(official: OfficialSource, data: Path, *args: str) -> Result:
    chosen = ["harvest", "--source", official.sru, "--data", str(data), "--rate", "0", *args]
    return CliRunner().invoke(group, chosen, catch_exceptions=True)


def found(data: Path, query: str) -> set[str]:
    """The papers that a search finds."""
    result = CliRunner().invoke(group, ["search", query, "--json", "--limit", "100", "--data", str(data)])
    assert result.exit_code == 0, result.output
    return {hit["identifier"] for hit in json.loads(result.stdout)["hits"]}


def status(data: Path) -> dict[str, object]:
    result = CliRunner().invoke(group, ["status", "--json", "--data", str(data)])
    facts: dict[str, object] = json.loads(result.stdout)
    return facts


def contents(data: Path) -> dict[str, bytes]:
    """Every paper of the catalogue with the bytes it was read from."""
    archive = Archive(data / "archive")
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        rows = catalogue.connection.execute("SELECT identifier, fingerprint, form FROM papers").fetchall()
    return {name: archive.get(Identifier(name), mark, form).content for name, mark, form in rows}


def published(official: OfficialSource) -> dict[str, bytes]:
    return {paper.identifier: paper.files["html"] for paper in official.shelf.papers() if not paper.gone}


def test_what_is_harvested_is_found(official: OfficialSource, tmp_path: Path) -> None:
    result = run(official, tmp_path, "--dossier", "95 001")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("40 listed, 40 added, 0 changed, 0 failed; 42 requests")
    assert len(found(tmp_path, "tekst")) == 40
    assert status(tmp_path)["harvested"] == 40


def test_since_last_shows_ten_changes_three_withdrawals_and_five_new_papers(official: OfficialSource, tmp_path: Path) -> None:
    assert run(official, tmp_path).exit_code == 0
    shelf = official.shelf
    for number in range(1, 11):
        shelf.put(small(number, "Enige verbeterde woorden."))
    shelf.mark_withdrawn("kst-95001-11")
    shelf.mark_withdrawn("kst-95001-12", status="Ingetrokken")
    shelf.withdraw("kst-95001-13")
    for number in range(41, 46):
        shelf.put(small(number, "Een gloednieuw stuk."))
    official.log.clear()
    result = run(official, tmp_path, "--since-last")
    assert result.exit_code == 0
    assert "5 added, 10 changed, 3 withdrawn, 0 failed" in result.stderr
    # The changed, the new, and the withdrawn one of which the record does not tell.
    assert Counter(request.status for request in official.downloads()) == {200: 15, 410: 1}
    # What changed; how many there are; as there are fewer, which; whether the one that is missing is gone; and whether now all
    # are here. What is listed is counted too, and what is missing asked for twice.
    assert len(official.searches()) == 8
    every = {f"kst-95001-{number}" for number in range(1, 46)}
    gone = {f"kst-95001-{number}" for number in (11, 12, 13)}
    changed = {f"kst-95001-{number}" for number in range(1, 11)}
    new = {f"kst-95001-{number}" for number in range(41, 46)}
    assert found(tmp_path, "verbeterde") == changed
    assert found(tmp_path, "gloednieuw") == new
    assert found(tmp_path, "tekst") == every - changed - new - gone
    assert contents(tmp_path) == published(official)
    assert status(tmp_path)["withdrawn"] == 3


def test_since_last_brings_everything_up_to_date_that_was_harvested(official: OfficialSource, tmp_path: Path) -> None:
    result = run(official, tmp_path, "--since-last")
    assert (result.exit_code, "begin with: kamerstukken harvest" in str(result.exception)) == (1, True)
    official.shelf.put(small(1, dossier="95002"))
    official.shelf.put(small(1, dossier="95003"))
    for dossier in ("95001", "95002"):
        assert run(official, tmp_path, "--dossier", dossier).exit_code == 0
    for dossier in ("95002", "95003"):
        official.shelf.put(small(2, dossier=dossier))
    assert "1 added" in run(official, tmp_path, "--since-last").stderr
    assert found(tmp_path, "dossier:95002") == {"kst-95002-1", "kst-95002-2"}
    assert found(tmp_path, "dossier:95003") == set()
    official.log.clear()
    assert run(official, tmp_path, "--reconcile").exit_code == 0
    assert official.downloads() == []  # it is about what was harvested, not about all that there is


def test_a_program_is_told_every_event(official: OfficialSource, tmp_path: Path) -> None:
    broken = small(41)
    official.shelf.put(type(broken)(broken.identifier, files={"html": small(42).files["html"]}, dossiers=("95001",)))
    result = run(official, tmp_path, "--json")
    assert result.exit_code == 1
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert events[0] == {
        "event": "listed",
        "from": "",
        "to": "",
        "records": 41,
        "to_fetch": 41,
        "more": 0,
        "problems": [],
        "short": "",
    }
    assert Counter(event["event"] for event in events) == {"listed": 1, "added": 40, "failed": 2}
    assert "kst-95001-41" in result.stderr
    troubles = status(tmp_path)["troubles"]
    assert isinstance(troubles, list)
    assert [(trouble["identifier"], trouble["state"], trouble["rounds"]) for trouble in troubles] == [
        ("kst-95001-41", "failed", 2)
    ]
    listing = CliRunner().invoke(group, ["status", "--data", str(tmp_path)]).stdout
    assert "kst-95001-41 (failed, 2×): " in listing


def test_a_dry_run_only_names_papers(official: OfficialSource, tmp_path: Path) -> None:
    result = run(official, tmp_path, "--dry-run", "--from", "2031-09-05", "--to", "2031-09-06")
    assert (result.exit_code, result.stdout.split()) == (0, ["kst-95001-5", "kst-95001-4"])
    assert "2 listed, 2 would be fetched" in result.stderr
    assert official.downloads() == []
    assert status(tmp_path)["papers"] == 0


def test_reconciling_compares_year_by_year(official: OfficialSource, tmp_path: Path) -> None:
    assert run(official, tmp_path).exit_code == 0
    official.shelf.withdraw("kst-95001-1")
    official.shelf.put(small(200))
    result = run(official, tmp_path, "--reconcile", "--dry-run")
    assert "2031: 39 at the source, 39 here\n  1 not listed any more: kst-95001-1\n" in result.stdout
    assert "2032: 1 at the source, 0 here\n  1 missing here: kst-95001-200\n" in result.stdout
    result = run(official, tmp_path, "--reconcile")
    assert "1 added, 0 changed, 1 withdrawn" in result.stderr
    assert contents(tmp_path) == published(official)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--dossier", "310"), "310' is not the number of a dossier"),
        (("--session-year", "2023-2025"), "is not a session year"),
        (("--from", "1 mei"), "does not match the format"),
        (("--limit", "0"), "0 is not in the range"),
        (("--from", "2024-02-01", "--to", "2024-01-31"), "--from is later than --to"),
        (("--since-last", "--reconcile"), "give one of them"),
    ],
)
def test_what_is_mistyped_is_told(official: OfficialSource, tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    result = run(official, tmp_path, *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert official.log == []


def test_selections_reach_the_source_as_it_writes_them(official: OfficialSource, tmp_path: Path) -> None:
    run(
        official,
        tmp_path,
        "--dossier",
        "36 410 xvi",
        "--dossier",
        "21501-02",
        "--session-year",
        "2023/24",
        "--kind",
        "Motie",
        "--attachments",
    )
    query = official.searches()[0].parameters["query"]
    assert '(dt.type=="Kamerstuk" or dt.type=="Bijlage")' in query
    for clause in ('w.dossiernummer=="36410-XVI"', '"21501-02"', 'w.vergaderjaar=="2023-2024"', 'w.subrubriek=="Motie"'):
        assert clause in query


def test_a_second_run_is_told_who_is_at_it(official: OfficialSource, tmp_path: Path) -> None:
    with writing(tmp_path, "kamerstukken harvest"):
        result = run(official, tmp_path)
    assert result.exit_code == 1
    assert f"process {os.getpid()} (kamerstukken harvest)" in str(result.exception)


def test_where_the_source_is_comes_from_flag_environment_file_or_default(tmp_path: Path) -> None:
    (tmp_path / "kamerstukken.toml").write_text('source = "http://bestand/sru"', encoding="utf-8")
    environment = {"KAMERSTUKKEN_SOURCE": "http://omgeving/sru"}
    assert settings(None, environment, tmp_path, source="http://vlag/sru").source == "http://vlag/sru"
    assert settings(None, environment, tmp_path).source == "http://omgeving/sru"
    assert settings(None, {}, tmp_path).source == "http://bestand/sru"
    assert settings(None, {}, tmp_path / "elders").source == OFFICIAL


def test_a_source_that_cannot_be_reached_is_named_with_the_reason(tmp_path: Path) -> None:
    result = subprocess.run(
        [*COMMAND, "harvest", "--source", "http://kamerstukken.invalid/sru", "--data", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert result.returncode == 3
    assert "kamerstukken: http://kamerstukken.invalid/sru: the connection failed" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.harms  # killed while files come, it leaves one half received, which the next run clears away
def test_papers_are_found_while_others_are_still_coming(tmp_path: Path) -> None:
    with OfficialSource(Shelf([small(number) for number in range(1, 101)]), pause=0.3).running() as source:
        harvest = [*COMMAND, "harvest", "--source", source.sru, "--data", str(tmp_path), "--rate", "0"]
        process = subprocess.Popen(harvest, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while process.poll() is None and not (tmp_path / "index" / "current").exists():
                time.sleep(0.1)
            assert 0 < len(found(tmp_path, "tekst")) < 100
            assert process.poll() is None
        finally:
            process.kill()
            process.wait()


def test_killed_thirty_times_at_random_it_still_ends_complete(tmp_path: Path) -> None:
    """Killed by the kernel, after any number of requests and at any moment of the work on one."""
    chance = random.Random(30)  # noqa: S311 - moments, not secrets
    kills = 0
    with OfficialSource(Shelf(generated(1_500))).running() as source:
        harvest = [*COMMAND, "harvest", "--source", source.sru, "--data", str(tmp_path), "--rate", "0"]
        while kills < 30:
            answered = len(source.log) + chance.randint(1, 60)
            process = subprocess.Popen(harvest, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while len(source.log) < answered and process.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL, "it was done before it was killed often enough"
            kills += 1
        done = subprocess.run(harvest, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert contents(tmp_path) == published(source)
        asked = Counter((request.path, request.query) for request in source.log)
        files = {path: times for (path, _), times in asked.items() if path != "/sru"}
        assert sum(files.values()) - len(files) <= kills, "more was asked twice than was in flight"
        assert sum(asked.values()) - len(asked) <= 3 * kills, "a window is listed, counted, and counted with all others"
        assert list((tmp_path / "archive" / "incoming").iterdir()) == []
        assert len(found(tmp_path, "de")) == 100
        assert status(tmp_path)["index"] == "up to date"


def test_without_room_on_the_disk_it_says_so_and_goes_on_when_there_is(official: OfficialSource, tmp_path: Path) -> None:
    official.shelf.put(small(41, "Veel woorden. " * 40_000))
    harvest = [*COMMAND, "harvest", "--source", official.sru, "--data", str(tmp_path), "--rate", "0"]
    little_room = ["sh", "-c", 'ulimit -f 800; exec "$@"', "sh"]  # files of 400 kB at most
    full = subprocess.run([*little_room, *harvest], capture_output=True, text=True, check=False)
    assert full.returncode == 1
    assert "cannot be written" in full.stderr or "cannot be used" in full.stderr
    assert "Traceback" not in full.stderr
    done = subprocess.run(harvest, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path) == published(official)
    assert Counter(request.path for request in official.downloads()).most_common(1)[0][1] <= 2


def test_a_listing_that_does_not_add_up_is_an_exit_status_and_stands_in_the_status(
    official: OfficialSource, tmp_path: Path
) -> None:
    official.whims = Whims(hidden=frozenset(("kst-95001-7",)))
    told = "the source counts 40 papers and lists 39"
    result = run(official, tmp_path)
    assert result.exit_code == 1
    assert f"search of … to …: {told}" in result.stderr
    assert "39 added, 0 changed, 1 listings that do not add up, 0 failed" in result.stderr
    (doubt,) = _listings_in_doubt(tmp_path)
    assert (doubt["window"], told in doubt["reason"]) == ("… to …", True)
    assert f"search of … to …: {told}" in CliRunner().invoke(group, ["status", "--data", str(tmp_path)]).stdout
    events = [json.loads(line) for line in run(official, tmp_path, "--since-last", "--json").stdout.splitlines()]
    assert any(told in event.get("short", "") for event in events)
    official.whims = Whims()
    assert "1 added" in run(official, tmp_path, "--since-last").stderr
    assert _listings_in_doubt(tmp_path) == []


def _listings_in_doubt(data: Path) -> list[dict[str, str]]:
    found = status(data)["listings_in_doubt"]
    assert isinstance(found, list)
    return found


def test_files_elsewhere_come_when_it_is_told_that_they_are_the_source_s(
    official: OfficialSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OfficialSource(official.shelf).running() as files:
        official.repository = files.address
        refused = run(official, tmp_path, "--limit", "1")
        assert refused.exit_code == 1
        assert "is not one the source is asked at" in refused.stderr
        assert files.log == []
        monkeypatch.setenv("KAMERSTUKKEN_SOURCE_HOSTS", files.address.removeprefix("http://"))
        assert run(official, tmp_path).exit_code == 0
        assert contents(tmp_path) == published(official)


def test_a_clock_that_differs_is_told(official: OfficialSource, tmp_path: Path) -> None:
    official.ahead = timedelta(days=-3)
    assert "the clock of this machine is 3 days ahead of the source's; set it right" in run(official, tmp_path).stderr


def test_other_hosts_of_the_source_come_from_environment_or_file(tmp_path: Path) -> None:
    file = tmp_path / "kamerstukken.toml"
    file.write_text('source_hosts = ["files.example.nl", "10.0.0.7:8443"]', encoding="utf-8")
    assert settings(None, {}, tmp_path).source_hosts == ("files.example.nl", "10.0.0.7:8443")
    assert settings(None, {"KAMERSTUKKEN_SOURCE_HOSTS": " a.nl, b.nl,"}, tmp_path).source_hosts == ("a.nl", "b.nl")
    assert settings(None, {}, tmp_path / "elders").source_hosts == ()
    for wrong in ('"files.example.nl"', "[1]"):
        file.write_text(f"source_hosts = {wrong}", encoding="utf-8")
        with pytest.raises(ArchiveError, match="not a list of hosts"):
            settings(None, {}, tmp_path)
