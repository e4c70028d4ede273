"""Damaged papers are put right one by one, and the catalogue says then what it said before."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.harvested import NOTES, mind_notes
from indexer.catalogue.keeping import receiving, withdraw
from indexer.catalogue.seals import LISTS, damages
from indexer.damaged_papers import MendedPapers, mend_papers
from indexer.errors import ArchiveError, CatalogueDamaged
from indexer.harvest.progress import HarvestState
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION, find_files
from indexer.take_in import run
from tests.kamerstukken.harming import change
from tests.web.archive import SAMPLE

NAMES = tuple(f"kst-91066-{number}" for number in (76, 79, 83, 12))
GONE = NAMES[-1]
"""The paper that was taken back."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a catalogue and an archive of papers that cite and replace each other, and one that was taken back."""
    folder = tmp_path_factory.mktemp("made")
    with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
        archive = Archive(folder / "archive")
        run("index", find_files(SAMPLE / f"{name}.html" for name in NAMES), catalogue, archive)
        with receiving(catalogue, archive):
            withdraw(catalogue, archive, Identifier(GONE))
        db = catalogue.connection
        db.execute(
            "INSERT INTO harvests (cql, first, last, listing, since, begun, finished) VALUES ('q', '', '', 1, '', 'b', 'f')"
        )
        db.execute("INSERT INTO harvest_windows VALUES (1, 1, '2024-01-01', '2024-02-01', 0, '', 3, 1, 'it contradicts itself')")
        for name in NAMES:
            db.execute("INSERT INTO harvest_records VALUES (?, 's', '', '', '{}', 'here', 0, '')", (name,))
            db.execute("INSERT INTO harvest_members VALUES (1, ?, 1)", (name,))
            db.execute("INSERT INTO harvest_parts VALUES (?, 'html', 's', '', '', 'm', NULL)", (name,))
    with closing(sqlite3.connect(folder / "kamerstukken.db")) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy to do harm to; the archive is only read."""
    (tmp_path / "kamerstukken.db").write_bytes((made / "kamerstukken.db").read_bytes())
    (tmp_path / "archive").symlink_to(made / "archive")
    return tmp_path


def mended(folder: Path) -> MendedPapers | None:
    """What became of the damaged papers."""
    with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
        return mend_papers(catalogue, Archive(folder / "archive"))


def told(folder: Path, *without: str) -> dict[str, list[tuple[object, ...]]]:
    """All that the catalogue says, by table, in no order."""
    tables = sorted({one.table for one in LISTS.values()} - set(without))
    with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
        assert list(damages(catalogue.connection)) == []
        return {table: sorted(catalogue.connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608


HARMS = (
    "UPDATE papers SET body = zeroblob(length(body)) WHERE identifier = 'kst-91066-79'",
    "UPDATE papers SET body = zeroblob(length(body))",
    "UPDATE papers SET name = 'Anders' WHERE identifier = 'kst-91066-79'",
    "UPDATE papers SET date = '1999-01-01' WHERE identifier = 'kst-91066-79'",
    "UPDATE papers SET change = 3 WHERE identifier = 'kst-91066-79'",
    "UPDATE papers SET fingerprint = 'x', form = 'pdf' WHERE identifier = 'kst-91066-79'",
    "UPDATE papers SET identifier = 'kst-91066-834' WHERE identifier = 'kst-91066-79'",
    "DELETE FROM papers WHERE identifier = 'kst-91066-79'",
    "DELETE FROM paper_dossiers",
    "UPDATE paper_dossiers SET key = '95002' WHERE identifier = 'kst-91066-83'",
    "DELETE FROM paper_people WHERE identifier = 'kst-91066-76'",
    "UPDATE paper_people SET name = 'Iemand' WHERE identifier = 'kst-91066-76'",
    "DELETE FROM citations WHERE source = 'kst-91066-83'",
    "UPDATE citations SET target = 'kst-1-1' WHERE source = 'kst-91066-83'",
    "INSERT INTO relations VALUES ('kst-91066-83', 'replaces', 'kst-91066-76')",
    "UPDATE relations SET kind = 'attachment_of'",
    "DELETE FROM relations",
    "UPDATE files SET received = '2001-01-01T00:00:00Z', origin = '' WHERE identifier = 'kst-91066-76'",
    "DELETE FROM files",
    "DELETE FROM removals",
    "UPDATE removals SET identifier = 'kst-91066-76', change = 1",
    "UPDATE removals SET at = 'never'",
    "DELETE FROM register",
    "UPDATE register SET person = 'Een ander'",
    "UPDATE state SET change = 2",
    "UPDATE seals SET sum = sum + 1 WHERE list = 'dossier'",
    "UPDATE seals SET rows = rows + 1 WHERE list = 'body'",
    "DELETE FROM seals WHERE list = 'line'",
    "DELETE FROM seals WHERE list = 'year'",
)


@pytest.mark.parametrize("statement", HARMS)
def test_what_is_damaged_is_as_it_was_before(made: Path, folder: Path, statement: str) -> None:
    before = told(folder)
    change(folder, statement)
    assert mended(folder) is not None
    after = told(folder)
    if "seals" in statement:  # what is not known to be as before counts as changed
        for one in (before, after):
            one["papers"] = [(*row[:4], *row[5:]) for row in one["papers"]]
            del one["state"], one["history"]
    assert after == before


def test_a_paper_that_cannot_be_had_is_left_out_and_asked_for_again(folder: Path, made: Path) -> None:
    (folder / "archive").unlink()
    shutil.copytree(made / "archive", folder / "archive")
    (file,) = (folder / "archive").glob("*/kst-91066-79/*.html")
    file.write_bytes(file.read_bytes()[:-1])
    change(folder, "UPDATE papers SET body = zeroblob(length(body)) WHERE identifier = 'kst-91066-79'")
    done = mended(folder)
    assert done is not None
    assert [place for place, _ in done.failures] == ["kst-91066-79"]
    assert {str(one) for one in done.papers} == {"kst-91066-79"}
    after = told(folder)
    assert "kst-91066-79" not in {row[0] for table in ("papers", "paper_people", "paper_dossiers") for row in after[table]}
    assert "kst-91066-79" not in {row[0] for row in after["harvest_records"]}
    assert [row[1:4] for row in after["harvests"]] == [("q", "", "")]
    assert after["harvests"][0][7] == "", "it is listed anew, to its end"
    assert len(after["harvest_windows"]) == 1


def test_a_disk_that_is_full_costs_no_paper(made: Path, folder: Path) -> None:
    (folder / "archive").unlink()
    shutil.copytree(made / "archive", folder / "archive")
    change(folder, "UPDATE papers SET body = x'00'")
    with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
        db = catalogue.connection
        db.execute("VACUUM")
        before = list(db.iterdump())
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveError, match="full") as told_of:
            mend_papers(catalogue, Archive(folder / "archive"))
        assert not isinstance(told_of.value, CatalogueDamaged)
        assert list(db.iterdump()) == before


def test_what_is_whole_of_a_damaged_paper_is_kept_whatever_became_of_its_file(made: Path, folder: Path) -> None:
    (folder / "archive").unlink()
    before = told(folder)
    change(folder, "UPDATE papers SET kind = 'Anders'")
    change(folder, "DELETE FROM paper_people")
    assert mended(folder) == MendedPapers(tuple(map(Identifier, sorted(NAMES[:3]))), ())
    assert told(folder) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = {column} || 'x'",
        "DELETE FROM {table}",
        "UPDATE seals SET sum = sum + 1 WHERE list = '{name}'",
    ],
)
@pytest.mark.parametrize("name", NOTES)
def test_what_a_harvest_noted_and_is_damaged_is_told_and_asked_again(folder: Path, name: str, statement: str) -> None:
    before = told(folder, *(LISTS[one].table for one in NOTES))
    change(folder, statement.format(name=name, table=LISTS[name].table, column=LISTS[name].columns[2]))
    with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
        with pytest.raises(CatalogueDamaged, match="check --mend"):
            mind_notes(catalogue.connection)
        assert mend_papers(catalogue, Archive(folder / "archive")) is not None
        harvests = HarvestState(catalogue).harvests()
        if name == "harvest":
            assert harvests == []
        else:
            (harvest,) = harvests
            assert (harvest.finished, harvest.since) == ("", "")
            assert HarvestState(catalogue).next_window(harvest) == (harvest.scope.window, "")
        left = [row[0] for row in catalogue.connection.execute("SELECT identifier FROM harvest_records")]
        assert left == ([] if name in {"harvested", "listed", "fetched"} else sorted(NAMES))
    assert told(folder, *(LISTS[one].table for one in NOTES)) == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE history SET mark = 'x'", "DELETE FROM history", "UPDATE epochs SET epoch = 'x'", "DELETE FROM epochs"],
)
def test_a_damaged_history_is_told_and_begins_anew(folder: Path, statement: str) -> None:
    with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
        moment = catalogue.history.moment()
    change(folder, statement)
    with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
        assert list(damages(catalogue.connection))
        assert mend_papers(catalogue, Archive(folder / "archive")) is not None
        assert list(damages(catalogue.connection)) == []
        assert not catalogue.history.knows(moment)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE citations",
        "DROP INDEX papers_by_part",
        "UPDATE tk_zaken SET kind = 'x'",
        "DELETE FROM paper_people WHERE identifier = 'kst-91066-76'; "
        "DELETE FROM seals WHERE list = 'people of' AND value = 'kst-91066-76'",
    ],
)
def test_where_more_is_damaged_than_rows_nothing_is_done(folder: Path, statement: str) -> None:
    change(folder, "INSERT INTO tk_zaken VALUES ('2024D1', '2024Z1', 'Motie', '', 0)")
    change(folder, statement)
    with closing(sqlite3.connect(folder / "kamerstukken.db")) as db:
        before = list(db.iterdump())
        assert mended(folder) is None
        assert list(db.iterdump()) == before
