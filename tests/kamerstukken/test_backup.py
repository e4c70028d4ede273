"""A backup is whole whoever writes meanwhile, and what is restored from it gives the same answers."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from indexer.backup import make_backup, open_backup, take_over
from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.keeping import receiving, withdraw
from indexer.errors import ArchiveError, CatalogueMissing, KamerstukkenError
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION, OfficialFile
from indexer.take_in import run
from tests.indexer.odata import content, document, zaak
from tests.indexer.papers import page
from tests.kamerstukken.running import invoke, says

pytestmark = pytest.mark.harms

WITHDRAWN = Identifier("kst-91234-3")


def html(number: int, text: str = "Enige tekst") -> OfficialFile:
    name = f"kst-91234-{number}"
    return OfficialFile(f"https://bron.voorbeeld/{name}.html", f"{name}.html", page(f"<p>{text}.</p>", identifier=name).encode())


def write(data: Path, *files: OfficialFile, withdrawing: Identifier | None = None) -> None:
    archive = Archive(data / "archive", durable=False)
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        assert run("index", files, catalogue, archive).failures == ()
        if withdrawing:
            with receiving(catalogue, archive):
                withdraw(catalogue, archive, withdrawing)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Papers of which one was replaced and one withdrawn, with a record, and with an index."""
    made = tmp_path / "data"
    record = content(zaak("2031Z00002", document("2031D00001", paper="kst-91234-1")))
    write(made, html(1), html(2), html(3), OfficialFile("een.json", "een.json", record))
    write(made, html(2, "Verbeterde tekst"), withdrawing=WITHDRAWN)
    says("reindex", "--data", made)
    return made


def answers(data: Path) -> list[object]:
    found = json.loads(says("search", "tekst", "--json", "--data", data).stdout) | {"took_ms": 0}
    papers = [json.loads(says("show", hit["identifier"], "--json", "--data", data).stdout) for hit in found["hits"]]
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        files = catalogue.connection.execute("SELECT * FROM files ORDER BY fingerprint").fetchall()
        return [found, papers, catalogue.removed(WITHDRAWN), files]


def epoch(data: Path) -> str:
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        return catalogue.history.epoch


def test_what_is_restored_gives_the_same_answers(data: Path, tmp_path: Path) -> None:
    before = answers(data)
    said = says("backup", tmp_path / "backup", "--data", data).stderr
    assert "2 papers, 4 files" in said
    says("restore", tmp_path / "backup", "--data", tmp_path / "new")
    assert answers(tmp_path / "new") == before
    assert epoch(tmp_path / "new") != epoch(data)
    assert json.loads(says("status", "--json", "--data", tmp_path / "new").stdout)["conditions"] == {
        "catalogue": "ok", "index": "ok", "archive": "ok",
    }  # fmt: skip
    assert answers(data) == before


def test_a_backup_is_made_again_with_only_what_is_new(data: Path, tmp_path: Path) -> None:
    says("backup", tmp_path / "backup", "--data", data)
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "backup" / "archive").rglob("*.*")}
    write(data, html(9, "Late tekst"), html(3, "Toch weer tekst"))
    says("index", *sorted(data.parent.glob("none")), data / "archive", "--data", data)
    before = answers(data)
    says("backup", tmp_path / "backup", "--data", data)
    assert {path: path.stat().st_mtime_ns for path in kept if "kst-91234-1" in str(path)}.items() <= kept.items()
    says("restore", tmp_path / "backup", "--data", tmp_path / "new")
    assert answers(tmp_path / "new") == before


def test_a_backup_while_others_write_holds_every_file_that_it_names(data: Path, tmp_path: Path) -> None:
    done = threading.Event()
    began = threading.Event()

    def harvest() -> None:
        number = 100
        while not done.is_set():
            write(data, html(number), html(2, f"Tekst nummer {number}"))
            number += 1
            began.set()

    writer = threading.Thread(target=harvest)
    writer.start()
    try:
        began.wait(30)
        for _ in range(3):
            backup, failures = make_backup(
                data / "kamerstukken.db", Archive(data / "archive"), tmp_path / "backup", PARSER_VERSION
            )
            assert failures == []
    finally:
        done.set()
        writer.join()
    with open_catalogue(tmp_path / "backup" / "kamerstukken.db", PARSER_VERSION) as copied:
        archive = Archive(tmp_path / "backup" / "archive")
        files = copied.current_files()
        assert len(files) == backup.papers > 2
        for identifier, mark, form in files:
            archive.get(identifier, mark, form)
    backup, _ = make_backup(data / "kamerstukken.db", Archive(data / "archive"), tmp_path / "backup", PARSER_VERSION)
    done_restoring = invoke("restore", tmp_path / "backup", "--data", tmp_path / "new")
    assert done_restoring.exit_code == 0, done_restoring.output
    says("reindex", "--data", data)
    assert answers(tmp_path / "new") == answers(data)


def test_what_the_archive_of_a_backup_has_beyond_its_catalogue_is_brought_in(data: Path, tmp_path: Path) -> None:
    says("backup", tmp_path / "backup", "--data", data)
    write(data, html(9, "Late tekst"), withdrawing=Identifier("kst-91234-1"))
    says("index", data / "archive", "--data", data)
    later, _ = make_backup(data / "kamerstukken.db", Archive(data / "archive"), tmp_path / "later", PARSER_VERSION)
    assert later.papers == 2
    for name in ("kamerstukken.db", "backup.json"):
        (tmp_path / "backup" / name).replace(tmp_path / "later" / name)
    says("restore", tmp_path / "later", "--data", tmp_path / "new")
    assert [hit["identifier"] for hit in answers(tmp_path / "new")[0]["hits"]] == [  # type: ignore[index]
        hit["identifier"]
        for hit in answers(data)[0]["hits"]  # type: ignore[index]
    ]


def test_damage_in_one_of_them_is_none_in_the_other_and_is_named(data: Path, tmp_path: Path) -> None:
    before = answers(data)
    says("backup", tmp_path / "backup", "--data", data)
    (file,) = (data / "archive").rglob("kst-91234-1/*.html")
    with file.open("r+b") as content:
        content.write(b"anders")
    says("restore", tmp_path / "backup", "--data", tmp_path / "new")
    assert answers(tmp_path / "new") == before

    done = invoke("backup", tmp_path / "other", "--data", data)
    assert done.exit_code == 1
    assert "kst-91234-1: " in done.stderr
    assert "not as it was received" in done.stderr
    done = invoke("restore", tmp_path / "other", "--data", tmp_path / "third")
    assert (done.exit_code, "kst-91234-1: " in done.stderr) == (1, True)
    assert answers(tmp_path / "third")[0] == before[0]


def test_a_folder_that_is_not_empty_is_left_alone(data: Path, tmp_path: Path) -> None:
    says("backup", tmp_path / "backup", "--data", data)
    other = tmp_path / "other"
    other.mkdir()
    (other / "brief.txt").write_text("van iemand anders", encoding="utf-8")
    for command in (("backup", other, "--data", data), ("restore", tmp_path / "backup", "--data", other)):
        done = invoke(*command)
        assert isinstance(done.exception, ArchiveError)
        assert [path.name for path in other.iterdir()] == ["brief.txt"]
    (third := data.parent / "third").mkdir()
    write(third, html(7))
    done = invoke("backup", third, "--data", data)
    assert isinstance(done.exception, ArchiveError)
    with open_catalogue(third / "kamerstukken.db", PARSER_VERSION) as catalogue:
        assert catalogue.counts().papers == 1
    for inside in (data, data / "archive" / "backup", data.parent):
        assert isinstance(invoke("backup", inside, "--data", data).exception, ArchiveError)


def test_what_is_no_whole_backup_is_refused(data: Path, tmp_path: Path) -> None:
    for spoil in ("backup.json", "kamerstukken.db"):
        folder = tmp_path / spoil
        says("backup", folder, "--data", data)
        whole = (folder / spoil).read_bytes()
        (folder / spoil).write_bytes(whole[: len(whole) // 2])
        done = invoke("restore", folder, "--data", tmp_path / "new")
        assert isinstance(done.exception, KamerstukkenError)
        assert not (tmp_path / "new").exists()
    assert isinstance(invoke("backup", tmp_path / "none", "--data", tmp_path / "nothing").exception, ArchiveError)


@pytest.mark.parametrize("hostile", ["[" * 100_000, "pipe"])
def test_a_backup_that_was_made_to_do_harm_is_refused_or_restored_without_it(data: Path, tmp_path: Path, hostile: str) -> None:
    folder = tmp_path / "backup"
    says("backup", folder, "--data", data)
    manifest = next(folder.glob("archive/*/kst-91234-1/*.manifest"))
    for number, path in enumerate((manifest, manifest.with_suffix(".html"), folder / "archive/written", folder / "backup.json")):
        path.unlink()
        if hostile == "pipe":
            os.mkfifo(path)
        else:
            path.write_text(hostile, encoding="ascii")
        done = invoke("restore", folder, "--data", tmp_path / str(number))
        assert isinstance(done.exception, ArchiveError | SystemExit | None), done.exception


def test_a_restore_that_was_broken_off_is_told_and_goes_on(data: Path, tmp_path: Path) -> None:
    says("backup", tmp_path / "backup", "--data", data)
    before = answers(data)
    (new := tmp_path / "new").mkdir()

    def stop() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        take_over(tmp_path / "backup", new / "kamerstukken.db", Archive(new / "archive"), PARSER_VERSION, stop)
    for command in (("reindex", "--from", "archive"), ("search", "tekst"), ("index", tmp_path)):
        done = invoke(*command, "--data", new)
        assert isinstance(done.exception, CatalogueMissing)
        assert "run it again: kamerstukken restore" in str(done.exception)
    says("restore", tmp_path / "backup", "--data", new)
    assert answers(new) == before
    assert says("check", "--data", new).exit_code == 0


def test_a_backup_that_fails_leaves_the_former_whole(data: Path, tmp_path: Path) -> None:
    says("backup", tmp_path / "backup", "--data", data)
    former = open_backup(tmp_path / "backup")
    write(data, html(9, "Late tekst"))

    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        make_backup(data / "kamerstukken.db", Archive(data / "archive"), tmp_path / "backup", PARSER_VERSION, fail)
    assert open_backup(tmp_path / "backup") == former
    says("restore", tmp_path / "backup", "--data", tmp_path / "new")


def test_the_settings_go_along(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kamerstukken.toml").write_text('source = "https://bron.voorbeeld/sru"\n', encoding="utf-8")
    says("backup", tmp_path / "backup", "--data", data)
    says("restore", tmp_path / "backup", "--data", tmp_path / "new")
    assert (tmp_path / "new" / "kamerstukken.toml").read_text(encoding="utf-8") == 'source = "https://bron.voorbeeld/sru"\n'
