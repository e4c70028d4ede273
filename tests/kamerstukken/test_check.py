"""``check``: differences of archive, catalogue and index are found, told as others read them, and mended."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.keeping import lacks_some, receiving, withdraw
from indexer.catalogue.manifest import FileState, Manifest
from indexer.data_folder import writing
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import PARSER_VERSION, find_files
from indexer.take_in import run
from kamerstukken.engines import kept_index
from kamerstukken.settings import Settings
from search.sync import update
from tests.kamerstukken.conftest import THREE
from tests.kamerstukken.harming import change, file_of, lose_catalogue, overwrite_catalogue, segment_of, spoil
from tests.kamerstukken.running import invoke, says
from tests.web.archive import SAMPLE

pytestmark = pytest.mark.harms


def kinds(data: Path, *flags: str) -> tuple[set[str], int]:
    """The kinds of the differences, and the exit status."""
    result = invoke("check", "--json", "--data", data, *flags)
    told = json.loads(result.stdout)
    assert told.keys() == {"differences"}
    for one in told["differences"]:
        assert list(one) == ["kind", "identifier", "path", "mend"]
        assert one["mend"]
    return {one["kind"] for one in told["differences"]}, result.exit_code


def named(data: Path) -> list[str]:
    """The paper of each difference."""
    return [one["identifier"] for one in json.loads(invoke("check", "--json", "--data", data).stdout)["differences"]]


def index_another(data: Path) -> None:
    """Put a paper into the index that nobody knows, and say nothing of it."""
    index = kept_index(Settings(data))
    writer = index.changing()
    writer.replace([Kamerstuk(Identifier("kst-91066-999"), title="Een ander")])
    writer.remove([Identifier("kst-91066-76")])
    writer.replace([Kamerstuk(Identifier("kst-91066-79"), title="Iets anders")])
    writer.up_to(index.made().moment)
    writer.commit()


def catalogue_another(data: Path) -> None:
    """Put a paper into the catalogue, of which there is no file."""
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue, catalogue.transaction():
        catalogue.put(Kamerstuk(Identifier("kst-91066-999")), "x", "html")


def stray(data: Path) -> None:
    """Leave a file half-written."""
    (data / "archive" / "incoming").mkdir(exist_ok=True)
    (data / "archive" / "incoming" / "x.html.1").write_bytes(b"<ht")


def say_otherwise(data: Path, *, state: FileState = FileState.CURRENT, received: str = "") -> None:
    """Let the manifest of kst-91066-83 tell something else, with the checksum that belongs to it."""
    file = file_of(data, "manifest")
    manifest = Manifest.from_bytes(file.read_bytes())
    file.write_bytes(replace(manifest, state=state, received=received or manifest.received).to_bytes())


def drop_triggers(data: Path) -> None:
    """Take away what keeps the seals."""
    with closing(sqlite3.connect(data / "kamerstukken.db")) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")


def misplace_dossier(data: Path) -> None:
    """Move a paper to the folder of another dossier."""
    (data / "archive" / "91077").mkdir()
    folder = file_of(data, "html").parent
    folder.rename(data / "archive" / "91077" / folder.name)


def misplace_paper(data: Path) -> None:
    """Give the folder of a paper the name of another paper."""
    folder = file_of(data, "html").parent
    folder.rename(folder.with_name("kst-91066-9999"))


MENDED: list[tuple[Callable[[Path], object], set[str]]] = [
    (lose_catalogue, {"catalogue-missing"}),
    (overwrite_catalogue, {"catalogue-damaged"}),
    (lambda data: change(data, "UPDATE papers SET body = zeroblob(length(body))"), {"catalogue-damaged"}),
    (lambda data: change(data, "UPDATE papers SET kind = 'X' WHERE identifier = 'kst-91066-83'"), {"catalogue-damaged"}),
    (lambda data: change(data, "DELETE FROM paper_dossiers"), {"catalogue-damaged"}),
    (lambda data: change(data, "DELETE FROM seals WHERE list = 'line'"), {"catalogue-damaged"}),
    (index_another, {"not-in-index", "not-in-catalogue", "index-differs"}),
    (catalogue_another, {"index-behind"}),
    (lambda data: spoil(segment_of(data)), {"index-damaged"}),
    (lambda data: segment_of(data).unlink(), {"index-damaged"}),
    (lambda data: shutil.rmtree(data / "index"), {"index-missing"}),
    (lambda data: file_of(data, "manifest").unlink(), {"manifest-missing"}),
    (lambda data: spoil(file_of(data, "manifest")), {"manifest-damaged"}),
    (lambda data: say_otherwise(data, state=FileState.REPLACED), {"manifest-differs"}),
    (lambda data: say_otherwise(data, received="2001-01-01T00:00:00Z"), {"manifest-differs"}),
    (drop_triggers, {"catalogue-damaged"}),
    (stray, {"stray-file"}),
    (misplace_dossier, {"file-misplaced"}),
    (misplace_paper, {"file-misplaced", "manifest-damaged"}),
]


@pytest.mark.parametrize(("harm", "told"), MENDED)
def test_what_differs_is_told_and_mended(data: Path, harm: Callable[[Path], object], told: set[str]) -> None:
    harm(data)
    assert kinds(data) == (told, 1)
    assert kinds(data, "--mend") == (set(), 0)
    for number in THREE:
        found = invoke("search", f"kst-91066-{number}", "--json", "--data", data)
        assert json.loads(found.stdout)["jump"] == f"kst-91066-{number}"


@pytest.mark.parametrize(
    ("harm", "told"),
    [(lambda data: spoil(file_of(data)), {"file-damaged"}), (lambda data: file_of(data).unlink(), {"file-missing"})],
)
def test_what_has_no_other_copy_is_told_and_nothing_else_is_lost(
    data: Path, harm: Callable[[Path], object], told: set[str]
) -> None:
    harm(data)
    assert kinds(data, "--mend") == (told, 1)
    assert invoke("show", "kst-91066-83", "--data", data).exit_code == 0
    assert named(data) == ["kst-91066-83"]
    lose_catalogue(data)
    kinds(data, "--mend")
    assert kinds(data) == ({*told, "catalogue-behind"}, 1)
    left = json.loads(invoke("check", "--json", "--data", data).stdout)["differences"]
    assert {one["identifier"] for one in left} == {"kst-91066-83", ""}
    assert not [one for one in left if "check --mend" in one["mend"]], "told that the command mends, and it does not"


def test_what_the_archive_says_was_taken_back_is_so(data: Path) -> None:
    say_otherwise(data, state=FileState.WITHDRAWN)
    assert kinds(data) == ({"paper-withdrawn"}, 1)
    assert kinds(data, "--mend") == (set(), 0)
    (mark,) = (data / "archive").glob("*/*/withdrawn")
    assert mark.parent.name == "kst-91066-83"
    mark.write_bytes(b"{")
    assert kinds(data) == ({"mark-damaged"}, 1)
    assert kinds(data, "--mend") == (set(), 0)
    mark.unlink()
    assert kinds(data) == ({"mark-missing"}, 1)
    assert kinds(data, "--mend") == (set(), 0)


def test_what_has_not_its_hash_is_told_once_and_with_what_helps(data: Path) -> None:
    file = file_of(data)
    file.with_suffix(".manifest").unlink()
    for one in (file, file.with_stem("a" * 32)):
        one.write_bytes(b"<html>")
    assert kinds(data, "--mend") == ({"file-damaged"}, 1)
    assert named(data) == ["kst-91066-83", "kst-91066-83"]


def test_folders_of_others_are_left_alone_and_stop_nobody(data: Path) -> None:
    (data / "archive" / "incoming" / "notes").mkdir(parents=True)
    for stray_folder in ("91066/notes", "91066/kst-.x-1", ".x/kst-1-1"):
        (data / "archive" / stray_folder).mkdir(parents=True)
        shutil.copy(file_of(data), data / "archive" / stray_folder)
    assert kinds(data) == (set(), 0)
    says("index", SAMPLE / "kst-91066-12.html", "--data", data)
    assert (data / "archive" / "incoming" / "notes").is_dir()


@pytest.mark.parametrize("name", ["91066/kst-91066-83 (kopie)", "91066/kst-91066-9999", "91077/kst-91066-83"])
def test_a_copy_of_the_folder_of_a_paper_is_no_paper(data: Path, name: str) -> None:
    folder = file_of(data).parent
    shutil.copytree(folder, copy := data / "archive" / name)
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    assert kinds(data, "--mend") == (set(), 0)
    lose_catalogue(data)
    says("reindex", "--from", "archive", "--processes", "1", "--data", data)
    assert kinds(data) == (set(), 0)
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before
    next(folder.glob("*.html")).unlink()
    assert kinds(data) == ({"file-misplaced", "file-missing"} | ({"manifest-damaged"} if name.startswith("91066") else set()), 1)
    assert kinds(data, "--mend") == (set(), 0)


def test_an_older_catalogue_that_was_put_back_and_went_on_is_told_until_all_was_brought_back(data: Path, tmp_path: Path) -> None:
    def told() -> tuple[str, str]:
        status = json.loads(invoke("status", "--json", "--data", data).stdout)
        return status["conditions"]["catalogue"], status["index"]

    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        catalogue.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(data / "kamerstukken.db", tmp_path / "older")
    says("index", SAMPLE / "kst-91066-12.html", "--data", data)
    assert told() == ("ok", "up to date")
    lose_catalogue(data)
    shutil.copy(tmp_path / "older", data / "kamerstukken.db")
    assert told()[0] == "behind"
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:  # as a harvest does
        for number in (1, 2):  # as many changes as the other catalogue had, and more
            run("harvest", find_files([SAMPLE / f"kst-93210-{number}.html"]), catalogue, Archive(data / "archive"))
        update(catalogue, kept_index(Settings(data)))
    assert told() == ("behind", "up to date")
    assert kinds(data) == ({"catalogue-behind", "file-unknown"}, 1)
    assert kinds(data, "--mend") == (set(), 0)
    assert told() == ("ok", "up to date")
    assert json.loads(invoke("search", "kst-91066-12", "--json", "--data", data).stdout)["jump"] == "kst-91066-12"


def test_a_catalogue_that_lacks_a_file_that_failed_stays_behind_until_it_came(data: Path) -> None:
    def condition() -> str:
        return str(json.loads(invoke("status", "--json", "--data", data).stdout)["conditions"]["catalogue"])

    file = file_of(data)
    content = file.read_bytes()
    spoil(file)
    lose_catalogue(data)
    assert invoke("reindex", "--from", "archive", "--processes", "1", "--data", data).exit_code == 1
    assert condition() == "behind"
    says("index", SAMPLE / "kst-91066-12.html", "--data", data)
    assert condition() == "behind"
    file.write_bytes(content)
    says("reindex", "--from", "archive", "--processes", "1", "--data", data)
    assert condition() == "ok"


@pytest.mark.parametrize("harm", [lose_catalogue, overwrite_catalogue])
def test_without_a_catalogue_that_vouches_for_the_index_nothing_is_found(data: Path, harm: Callable[[Path], object]) -> None:
    harm(data)
    result = invoke("search", "toeslag", "--json", "--data", data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "kamerstukken" in str(result.exception)
    assert "--mend" in str(result.exception) or "reindex --from archive" in str(result.exception)


def test_what_a_catalogue_lacks_that_was_put_back_is_told_and_brought_back(data: Path, tmp_path: Path) -> None:
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        catalogue.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(data / "kamerstukken.db", tmp_path / "older")
        archive, gone = Archive(data / "archive"), Identifier(f"kst-91066-{THREE[0]}")
        with receiving(catalogue, archive):
            withdraw(catalogue, archive, gone)
    says("index", SAMPLE / "kst-91066-12.html", "--data", data)
    lose_catalogue(data)
    shutil.copy(tmp_path / "older", data / "kamerstukken.db")
    assert "kamerstukken reindex" in says("index", SAMPLE / "kst-93210-1.html", "--data", data).stderr
    assert "brought back" in says("reindex", "--data", data).stderr
    assert kinds(data) == (set(), 0)
    assert invoke("show", str(gone), "--data", data).exit_code == 1
    assert says("show", "kst-91066-12", "--data", data)


@pytest.mark.parametrize("content", [b"", b"{", b'{"change": 1, "mark": "", "checksum": ""}', b"[]"])
def test_a_note_that_cannot_be_read_warns_of_nothing(data: Path, content: bytes) -> None:
    (data / "archive" / "written").write_bytes(content)
    assert kinds(data) == (set(), 0)
    says("index", SAMPLE / "kst-91066-12.html", "--data", data)
    assert Archive(data / "archive").written() is not None


def test_a_backup_and_what_is_restored_of_it_lack_nothing(data: Path, tmp_path: Path) -> None:
    says("backup", tmp_path / "backup", "--data", data)
    says("restore", tmp_path / "backup", "--data", tmp_path / "new", "--processes", "1")
    for folder in (tmp_path / "backup", tmp_path / "new"):
        with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
            assert Archive(folder / "archive").written() is not None
            assert not lacks_some(catalogue, Archive(folder / "archive"))


def test_what_only_a_backup_mends_names_that(data: Path) -> None:
    lose_catalogue(data)
    shutil.rmtree(data / "archive")
    (told,) = json.loads(invoke("check", "--mend", "--json", "--data", data).stdout)["differences"]
    assert (told["kind"], told["mend"]) == ("catalogue-missing", "kamerstukken restore DIR")


def test_a_whole_folder_is_told_so_while_another_writes(data: Path) -> None:
    with writing(data, "a test"):
        result = invoke("check", "--data", data)
    assert (result.exit_code, result.stdout) == (0, "archive, catalogue and index are whole and agree\n")


def test_where_there_is_nothing_to_look_at_it_says_so(tmp_path: Path) -> None:
    result = invoke("check", "--data", tmp_path / "none")
    assert result.exit_code == 2
    assert "there are no papers yet" in result.stderr
    assert not (tmp_path / "none").exists()


def test_mending_waits_for_no_other_writer(data: Path) -> None:
    stray(data)
    with writing(data, "a test"):
        result = invoke("check", "--mend", "--data", data)
    assert result.exit_code == 2
    assert "a test" in result.stderr


def test_a_damaged_paper_is_named_by_reindex_and_the_others_go_on(data: Path) -> None:
    change(data, "UPDATE papers SET body = zeroblob(length(body)) WHERE identifier = 'kst-91066-83'")
    result = invoke("reindex", "--processes", "1", "--data", data)
    assert result.exit_code == 1
    assert "kst-91066-83" in str(result.exception)
    assert "kamerstukken check --mend" in str(result.exception)
    found = invoke("search", "kst-91066-79", "--json", "--data", data)
    assert json.loads(found.stdout)["jump"] == "kst-91066-79"


def test_a_cluster_that_does_not_answer_cannot_be_looked_at(data: Path) -> None:
    result = invoke("check", "--mend", "--data", data, "--engine", "opensearch:http://127.0.0.1:9/kst")
    assert result.exit_code == 2
    assert "does not answer" in result.stderr


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("all is made anew")


@pytest.fixture
def by_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever would make the catalogue or the index anew as a whole fails."""
    monkeypatch.setattr("kamerstukken.commands.check.from_archive", _refuse)
    monkeypatch.setattr("kamerstukken.mending.rebuild", _refuse)
    monkeypatch.setattr("search.sync.rebuild", _refuse)


@pytest.mark.usefixtures("by_paper")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE papers SET body = zeroblob(length(body)) WHERE identifier = 'kst-91066-83'",
        "UPDATE papers SET kind = 'X' WHERE identifier = 'kst-91066-83'",
        "UPDATE seals SET sum = 7 WHERE list = 'body' AND value = 'kst-91066-83'",
        "DELETE FROM paper_dossiers WHERE identifier = 'kst-91066-83'",
    ],
)
def test_a_damaged_paper_is_mended_and_nothing_else_is_touched(data: Path, statement: str) -> None:
    change(data, statement)
    assert kinds(data, "--mend") == (set(), 0)
    status = json.loads(invoke("status", "--json", "--data", data).stdout)
    assert (status["papers"], status["index"], set(status["conditions"].values())) == (3, "up to date", {"ok"})


@pytest.mark.usefixtures("by_paper")
def test_a_damaged_paper_whose_file_is_damaged_is_left_out_until_the_file_is_back(data: Path) -> None:
    file = file_of(data)
    content = file.read_bytes()
    spoil(file)
    change(data, "UPDATE papers SET body = zeroblob(length(body)) WHERE identifier = 'kst-91066-83'")
    assert kinds(data, "--mend") == ({"file-damaged"}, 1)
    assert named(data) == ["kst-91066-83"]
    found = json.loads(invoke("search", "kst-91066-83", "--json", "--data", data).stdout)
    assert not found["jump"]
    file.write_bytes(content)
    assert kinds(data) == ({"paper-missing"}, 1)
    assert kinds(data, "--mend") == (set(), 0)
    assert json.loads(invoke("search", "kst-91066-83", "--json", "--data", data).stdout)["jump"] == "kst-91066-83"


@pytest.mark.usefixtures("by_paper")
def test_an_index_that_differs_in_a_paper_is_mended_in_that_paper(data: Path) -> None:
    says("index", *(SAMPLE / f"kst-93210-{number}.html" for number in (1, 2, 9)), "--data", data)
    index_another(data)
    assert kinds(data) == ({"not-in-index", "not-in-catalogue", "index-differs"}, 1)
    assert kinds(data, "--mend") == (set(), 0)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO harvest_records VALUES ('kst-91066-83', '', '', '', '{\"html', 'open', 0, '')",
        "INSERT INTO harvests (cql, first, last, listing, since, begun, finished) VALUES ('', '2024-13-1', '', 1, '', '', '')",
        "DELETE FROM epochs",
    ],
)
def test_what_was_harvested_and_cannot_be_read_is_damage(data: Path, statement: str) -> None:
    change(data, statement)
    for command in (("status", "--json"), ("harvest", "--source", "http://127.0.0.1:9/sru")):
        done = invoke(*command, "--data", data)
        assert "kamerstukken check --mend" in done.output + str(done.exception)
    assert kinds(data) == ({"catalogue-damaged"}, 1)
    assert kinds(data, "--mend") == (set(), 0)
