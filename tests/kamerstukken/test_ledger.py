"""The ledger of a data folder, from empty to outdated."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.overview import DateInDoubt
from indexer.catalogue.seals import PART
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.cli import group
from kamerstukken.settings import Settings
from kamerstukken.wiring import archive
from web.ports import Ledger, ListPart, Standing

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
SOME = sorted(SAMPLE.glob("*.html"))[:3]


def filled(folder: Path) -> Settings:
    """A data folder with a few papers that do not say that they are invented."""
    files = folder / "files"
    files.mkdir()
    for path in SOME:
        (files / path.name).write_text(path.read_text("utf-8").replace("kamerstukken.fictional", "x"), "utf-8")
    result = CliRunner().invoke(group, ["index", str(files), "--data", str(folder)])
    assert result.exit_code == 0, result.output
    return Settings(folder)


@pytest.fixture
def ledger_of() -> Iterator[Callable[[Settings], Ledger]]:
    """As a request of the front end gets it."""
    with ExitStack() as opened:
        yield (lambda settings: opened.enter_context(archive(settings).look()).ledger)


def test_an_empty_catalogue_has_nothing(tmp_path: Path, ledger_of: Callable[[Settings], Ledger]) -> None:
    with open_catalogue(Settings(tmp_path).catalogue, PARSER_VERSION):
        pass
    ledger = ledger_of(Settings(tmp_path))
    assert ledger.standing() == Standing(versions=ledger.standing().versions)
    assert (ledger.changed(), ledger.received([Identifier("kst-1-1")]), ledger.parts(), ledger.part(0)) == (None, {}, (), [])


def test_what_was_indexed_is_told(tmp_path: Path, ledger_of: Callable[[Settings], Ledger]) -> None:
    ledger = ledger_of(filled(tmp_path))
    standing = ledger.standing()
    assert (standing.papers, standing.files, standing.behind) == (3, 3, 0)
    assert standing.run is not None
    assert (standing.run.added, standing.run.failed) == (3, 0)
    assert ledger.parts() == ledger.parts() == (ListPart(0, standing.received),)
    assert [identifier for identifier, _ in ledger.part(0)] == [Identifier(path.stem) for path in SOME]
    changed = ledger.changed()
    assert changed is not None
    assert standing.received is not None
    assert standing.received <= changed <= datetime.now(UTC) + timedelta(seconds=1)


@pytest.mark.harms
def test_changes_that_the_index_does_not_have_are_counted(tmp_path: Path, ledger_of: Callable[[Settings], Ledger]) -> None:
    settings = filled(tmp_path)
    ledger = ledger_of(settings)
    before = ledger.standing()
    with open_catalogue(settings.catalogue, PARSER_VERSION) as catalogue:
        catalogue.put(Kamerstuk(Identifier("kst-91066-999")), "x", "html")
        catalogue.remove(Identifier(SOME[0].stem))
    after = ledger.standing()
    assert (before.behind, after.behind, after.papers, after.undated) == (0, 2, 3, before.undated + 1)


def test_dates_in_doubt_invented_papers_and_those_without_names_are_told(
    tmp_path: Path, ledger_of: Callable[[Settings], Ledger]
) -> None:
    settings = Settings(tmp_path)
    doubted = Kamerstuk(Identifier("kst-90001-1"), date=date(2104, 1, 2), date_doubt="far from 2024", fictional=True)
    with open_catalogue(settings.catalogue, "of before") as catalogue:
        catalogue.put(doubted, "f1", "html")
        catalogue.put(Kamerstuk(Identifier("kst-90001-2")), "f2", "html")
    standing = ledger_of(settings).standing()
    assert (standing.papers, standing.years, standing.undated, standing.doubtful) == (2, {}, 1, 1)
    assert standing.doubts == (DateInDoubt(doubted.identifier, date(2104, 1, 2), "far from 2024"),)
    assert (standing.nameless, standing.fictional, standing.former) == (2, 1, 2)


@pytest.mark.harms
def test_the_time_of_a_part_is_true_also_when_papers_came_since_it_was_asked_for(
    tmp_path: Path, ledger_of: Callable[[Settings], Ledger]
) -> None:
    settings = filled(tmp_path)
    ledger = ledger_of(settings)
    assert len(ledger.parts()) == 1
    with open_catalogue(settings.catalogue, PARSER_VERSION) as catalogue:
        for number in (1, 2):
            catalogue.go_on_after((number - 1) * PART)
            identifier = Identifier(f"kst-91066-99{number}")
            catalogue.note_file(identifier, str(number), "html", "", 1)
            catalogue.put(Kamerstuk(identifier), str(number), "html")
        catalogue.connection.execute("UPDATE files SET received = '2099-01-01T00:00:00Z' WHERE fingerprint = '1'")
    first, last = ledger.parts()
    assert first.received == datetime(2099, 1, 1, tzinfo=UTC) != last.received


def test_without_an_index_it_is_not_told_how_far_behind_it_is(tmp_path: Path, ledger_of: Callable[[Settings], Ledger]) -> None:
    settings = filled(tmp_path)
    shutil.rmtree(settings.index)
    ledger = ledger_of(settings)
    assert ledger.standing().behind is None
    assert ledger.changed() == ledger.standing().received
