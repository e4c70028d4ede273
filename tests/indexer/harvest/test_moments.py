"""Since when changes are asked for: by what the source said, whatever this machine takes the time to be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from indexer.catalogue import catalogue as catalogue_module
from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.migrations import STEPS, migrate
from indexer.harvest import progress
from indexer.harvest.addresses import hosts_of
from indexer.harvest.progress import Fate
from indexer.harvest.source import Clock, HttpSource, Patience
from tests.indexer.harvest.bench import EVERYTHING, SINCE_LAST, Bench, bench
from tests.official_source.papers import small
from tests.official_source.published import today
from tests.official_source.server import OfficialSource

YEARS = timedelta(days=5 * 365)
THE_STEP = next(number for number, step in enumerate(STEPS) if "harvest_pile" in step)


@contextmanager
def machine_at(monkeypatch: pytest.MonkeyPatch, made: Bench, moment: datetime) -> Iterator[None]:
    """This machine takes the time to be ``moment``."""
    with monkeypatch.context() as patch:
        for module in (catalogue_module, progress):
            patch.setattr(module, "now", lambda: moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
        before, made.today = made.today, moment.date()
        yield
        made.today = before


@pytest.mark.parametrize("off", [YEARS, -YEARS])
def test_a_clock_that_was_wrong_once_hides_no_change(twelve: Bench, monkeypatch: pytest.MonkeyPatch, off: timedelta) -> None:
    with machine_at(monkeypatch, twelve, datetime.now(UTC) + off):
        assert twelve.fates() == {Fate.ADDED: 12}
        assert twelve.fates(SINCE_LAST) == {}
    twelve.official.shelf.put(small(3, "Verbeterde tekst."))
    twelve.official.shelf.put(small(20, "Nieuw."))
    assert twelve.fates(SINCE_LAST) == {Fate.CHANGED: 1, Fate.ADDED: 1}
    assert twelve.same_as_the_source()


def test_a_source_whose_clock_is_ahead_is_asked_since_its_latest_change(twelve: Bench) -> None:
    twelve.official.ahead = YEARS
    twelve.events()
    twelve.official.ahead = timedelta()
    twelve.official.shelf.put(small(3, "Verbeterde tekst."))
    assert twelve.fates(SINCE_LAST) == {Fate.CHANGED: 1}


def test_a_record_that_says_it_changes_in_future_is_no_measure_of_time(twelve: Bench) -> None:
    twelve.official.shelf.put(small(5), at=datetime.now(UTC) + YEARS)
    twelve.events()
    (harvest,) = twelve.state.harvests()
    assert harvest.newest == "2021-05-27"
    twelve.official.shelf.put(small(3, "Verbeterde tekst."))
    assert twelve.fates(SINCE_LAST) == {Fate.CHANGED: 1}


def test_papers_that_were_all_changed_on_the_first_day_there_is_are_asked_for_since_then(twelve: Bench) -> None:
    for number in range(1, 13):
        twelve.official.shelf.put(small(number), at=datetime(1, 1, 1, tzinfo=UTC))
    assert twelve.fates() == {Fate.ADDED: 12}
    twelve.official.shelf.put(small(3, "Verbeterde tekst."))
    assert twelve.fates(SINCE_LAST) == {Fate.CHANGED: 1}


def test_what_changed_days_before_and_was_listed_late_is_listed_again(twelve: Bench) -> None:
    twelve.official.shelf.put(small(12))
    twelve.events()
    twelve.official.shelf.put(small(3, "Verbeterde tekst."), at=datetime.now(UTC) - timedelta(days=3))
    assert twelve.fates(SINCE_LAST) == {Fate.CHANGED: 1}


def test_how_far_it_was_is_not_forgotten_when_nothing_changed(twelve: Bench) -> None:
    twelve.events()
    for _ in range(3):
        assert twelve.fates(SINCE_LAST) == {}
    (harvest,) = twelve.state.harvests()
    assert (harvest.asked, harvest.newest, harvest.since) == (today().isoformat(), "2021-05-27", "2021-05-24")


def test_a_listing_of_changes_that_was_broken_off_goes_on(twelve: Bench) -> None:
    twelve.events()
    twelve.official.shelf.put(small(3, "Verbeterde tekst."))
    run = twelve.harvester.run(SINCE_LAST)
    next(run)
    del run
    (harvest,) = twelve.state.harvests()
    assert (harvest.finished, harvest.complete_once) == ("", True)
    assert twelve.fates(SINCE_LAST) == {Fate.CHANGED: 1}


@pytest.mark.parametrize("finished", ["2099-01-02T00:00:00Z", ""])
def test_a_state_kept_with_a_clock_that_was_ahead_is_mended(tmp_path: Path, finished: str) -> None:
    """As the version before kept it: listed last by its own clock in 2099, and, broken off or not, since then for changes."""
    with bench(tmp_path, [small(number) for number in range(1, 13)]) as made:
        made.events()
    path = tmp_path / "kamerstukken.db"
    connection = sqlite3.connect(tmp_path / "before.db", isolation_level=None)
    migrate(connection, path, THE_STEP)
    connection.execute("ATTACH DATABASE ? AS now", (str(path),))
    for table in ("harvest_records", "harvest_members"):
        connection.execute(f"INSERT INTO {table} SELECT * FROM now.{table}")  # noqa: S608 - names from the line above
    connection.execute(
        "INSERT INTO harvests SELECT harvest, cql, first, last, 2, '2098-12-31', '2099-01-01T00:00:00Z', ? FROM now.harvests",
        (finished,),
    )
    connection.execute("INSERT INTO harvest_windows VALUES (1, '', '', 101, 7), (1, '2099-01-01', '', 1, 0)")
    connection.close()
    with open_catalogue(tmp_path / "before.db", "1") as catalogue:
        state = progress.HarvestState(catalogue)
        (harvest,) = state.harvests()
        assert (harvest.newest, harvest.since, harvest.asked) == ("2021-05-27", "2021-05-27", "")
        assert state.next_window(harvest) == (replace(EVERYTHING.window, first=date(2099, 1, 1)), "2021-05-27")
        with bench(tmp_path / "anew", [small(3, "Verbeterde tekst.")]) as made:
            made.official.shelf.put(small(3, "Verbeterde tekst."))
            made.catalogue = catalogue
            assert made.fates(SINCE_LAST)[Fate.ADDED] == 1


def test_a_clock_that_differs_from_the_source_s_is_noticed(twelve: Bench) -> None:
    official: OfficialSource = twelve.official
    clock = Clock(sleep=lambda seconds: None, wall=lambda: datetime.now(UTC) + YEARS)
    source = HttpSource("kamerstukken/test", hosts_of(official.sru), 0, Patience(), clock)
    twelve.source = source
    twelve.events()
    assert source.ahead == pytest.approx(YEARS.total_seconds(), abs=5)
