"""What a harvest tells people: lines, a bar, and a summary."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.console import Console
from rich.progress import Progress, TextColumn

from indexer.harvest.addresses import hosts_of
from indexer.harvest.progress import Compared, Fate, Listed, Settled
from indexer.harvest.selection import Window
from indexer.harvest.source import HttpSource
from indexer.paper.identifier import Identifier
from kamerstukken.commands.harvest import Report, reporting

YEAR = Window(date(2024, 1, 1), date(2024, 12, 31))


def name(number: int) -> Identifier:
    return Identifier(f"kst-95001-{number}")


def source() -> HttpSource:
    made = HttpSource("kamerstukken/test", hosts_of("https://source.example/sru"))
    made.received, made.requests = 2_500_000, 1_234
    return made


def test_plain_lines_tell_papers_rate_bytes_time_left_and_errors(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(source(), dry=False, as_json=False, bar=None, every=0.0)
    report.event(Listed(YEAR, 100, 50, ("record 7: unreadable",), more=1_000))
    report.event(Settled(name(1), Fate.ADDED))
    report.event(Settled(name(2), Fate.FAILED, "it is broken"))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "search of 2024-01-01 to 2024-12-31: record 7: unreadable"
    # Of a hundred listed fifty are to be fetched; of the thousand still to be listed as many.
    assert lines[-1].startswith("harvesting: 2 of 550 papers, ")
    assert "2.5 MB" in lines[-1]
    assert lines[-1].endswith(" left, 1 failed")


def test_the_summary_counts_what_failed_first_and_came_later_once(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(source(), dry=False, as_json=False, bar=None)
    report.event(Listed(YEAR, 30, 30))
    for number in range(1, 31):
        report.event(Settled(name(number), Fate.FAILED, "it is broken"))
    report.event(Settled(name(1), Fate.ADDED))
    report.event(Settled(name(31), Fate.WITHDRAWN))
    assert not report.close()
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "30 listed, 1 added, 0 changed, 1 withdrawn, 29 failed; 1,234 requests, 2.5 MB"
    assert lines[1] == "  kst-95001-2: it is broken"
    assert lines[-1] == "  … and 9 more; kamerstukken status names them"


def test_many_differences_are_cut_short(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(source(), dry=True, as_json=False, bar=None)
    report.event(Compared("", 30, 5, tuple(name(number) for number in range(25)), ()))
    report.would_fetch(name(1))
    assert report.close()
    said = capsys.readouterr()
    assert said.out.startswith("undated: 30 at the source, 5 here\n  25 missing here: kst-95001-0, ")
    assert " and 5 more\n" in said.out
    assert said.err == "0 listed, 1 would be fetched\n"


def test_the_bar_shows_the_same_line() -> None:
    screen = io.StringIO()
    with Progress(TextColumn("{task.fields[line]}"), console=Console(file=screen, force_terminal=True, width=120)) as bar:
        report = Report(source(), dry=False, as_json=False, bar=bar)
        report.event(Listed(YEAR, 4, 4))
        report.event(Settled(name(1), Fate.ADDED))
        assert bar.tasks[0].completed == 1
        assert bar.tasks[0].total == 4
    assert "1 of 4 papers" in screen.getvalue()


def test_elsewhere_than_on_a_terminal_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with reporting(source(), dry=False, as_json=False) as report:
        report.event(Listed(YEAR, 1, 1))
    assert capsys.readouterr().err == ""


def test_broken_off_it_says_what_was_done_if_anything_was(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report(source(), dry=False, as_json=False, bar=None)
    report.broken_off()
    assert capsys.readouterr().err == ""
    report.event(Settled(name(1), Fate.ADDED))
    report.broken_off()
    assert capsys.readouterr().err.startswith("0 listed, 1 added, ")
