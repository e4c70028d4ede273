"""Archive and catalogue keep files together: manifests tell what the catalogue does, and bytes that differ are never given."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive, Kept, Trouble
from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.keeping import describe_all, receiving, withdraw
from indexer.catalogue.manifest import FileState, Manifest, WithdrawnMark
from indexer.errors import ArchiveError, KeptFileDamaged
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import OfficialFile
from indexer.take_in import run
from tests.indexer.odata import content, document
from tests.indexer.papers import official_xml, page

PAPER = Identifier("kst-91234-7")
RECORD = b'<metadata_gegevens><metadata name="DC.identifier" content="kst-91234-7"/></metadata_gegevens>'


def html(text: str, record: bytes | None = None) -> OfficialFile:
    return OfficialFile("https://bron.voorbeeld/kst-91234-7.html", "kst-91234-7.html", page(f"<p>{text}</p>").encode(), record)


def xml(text: str) -> OfficialFile:
    content = official_xml(f"<al>{text}</al>").encode()
    return OfficialFile("/daar/kst-91234-7.xml", "kst-91234-7.xml", content)


def records() -> OfficialFile:
    return OfficialFile("/daar/een.json", "een.json", content(document()))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with open_catalogue(tmp_path / "kamerstukken.db", "1") as opened:
        yield opened


def take(catalogue: Catalogue, archive: Archive, *files: OfficialFile) -> None:
    for file in files:
        assert run("index", [file], catalogue, archive).failures == ()


def states(archive: Archive) -> dict[str, FileState]:
    """The state of each kept file of the paper, by what is in it."""
    told = {}
    for kept in archive.survey():
        assert kept.manifest is not None
        told[archive.read(kept).content.decode().partition("<p>")[2].partition("</p>")[0] or kept.form] = kept.manifest.state
    return told


def only(archive: Archive) -> Kept:
    (kept,) = archive.survey()
    return kept


def test_a_manifest_tells_all_that_the_file_does_not(catalogue: Catalogue, archive: Archive) -> None:
    file = html("een", RECORD)
    take(catalogue, archive, file)
    kept = only(archive)
    row = catalogue.kept(kept.fingerprint)
    assert row is not None
    assert kept.manifest == Manifest(
        identifier="kst-91234-7",
        form="html",
        origin="https://bron.voorbeeld/kst-91234-7.html",
        received=row.received,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        record_sha256=hashlib.sha256(RECORD).hexdigest(),
        state=FileState.CURRENT,
        change=int(catalogue.state()),
        epoch=catalogue.history.epoch,
    )
    assert archive.read(kept) == replace(file, received=row.received)


def test_the_file_that_counts_is_told_from_those_that_do_not(catalogue: Catalogue, archive: Archive) -> None:
    take(catalogue, archive, html("een"), xml("naast"), html("twee"))
    assert states(archive) == {"een": FileState.REPLACED, "xml": FileState.BESIDE, "twee": FileState.CURRENT}


def test_records_of_the_tweede_kamer_have_manifests_too(catalogue: Catalogue, archive: Archive) -> None:
    take(catalogue, archive, records())
    kept = only(archive)
    assert kept.identifier is None
    assert kept.manifest is not None
    assert (kept.manifest.origin, kept.manifest.form) == ("/daar/een.json", "json")
    assert archive.read(kept).content == records().content


def test_a_withdrawal_leaves_a_mark_that_goes_when_the_paper_comes_back(catalogue: Catalogue, archive: Archive) -> None:
    take(catalogue, archive, html("een"))
    with receiving(catalogue, archive):
        assert withdraw(catalogue, archive, PAPER)
    (mark,) = archive.withdrawn()
    assert mark == WithdrawnMark("kst-91234-7", catalogue.removed(PAPER) or "", 2, catalogue.history.epoch)
    take(catalogue, archive, html("een"))
    assert list(archive.withdrawn()) == []


def test_a_damaged_mark_still_tells_that_the_paper_was_withdrawn(catalogue: Catalogue, archive: Archive) -> None:
    take(catalogue, archive, html("een"))
    with receiving(catalogue, archive):
        withdraw(catalogue, archive, PAPER)
    (file,) = archive.folder.rglob("withdrawn")
    file.write_bytes(b"")
    assert list(archive.withdrawn()) == [WithdrawnMark("kst-91234-7")]
    assert archive.is_withdrawn(PAPER)


def test_what_fails_halfway_leaves_nothing_in_either(catalogue: Catalogue, archive: Archive) -> None:
    def fail(_: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        run("index", [html("een")], catalogue, archive, fail)
    assert list(archive.survey()) == []
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == []
    assert catalogue.counts().files == 0


@pytest.mark.parametrize("suffix", [".html", ".metadata.xml"])
def test_bytes_that_differ_are_never_given(catalogue: Catalogue, archive: Archive, suffix: str) -> None:
    take(catalogue, archive, html("een", RECORD))
    kept = only(archive)
    file = kept.path.with_suffix(suffix)
    whole = file.read_bytes()
    for other in (whole[:-1], whole + b" ", whole.replace(b"91234", b"91235"), b""):
        file.write_bytes(other)
        with pytest.raises(KeptFileDamaged, match="kamerstukken check"):
            archive.read(kept)
        with pytest.raises(KeptFileDamaged):
            archive.get(PAPER, kept.fingerprint, "html")
    file.write_bytes(whole)
    assert archive.read(kept).content == html("een").content


def test_a_file_received_again_takes_the_place_of_one_that_was_damaged(catalogue: Catalogue, archive: Archive) -> None:
    take(catalogue, archive, html("een"))
    kept = only(archive)
    kept.path.write_bytes(b"")
    take(catalogue, archive, html("een"))
    assert archive.read(kept).content == html("een").content


def test_what_is_wrong_with_names_and_manifests_is_told_without_reading_files(catalogue: Catalogue, archive: Archive) -> None:
    take(catalogue, archive, html("een"))
    kept = only(archive)
    manifest = kept.path.with_suffix(".manifest")
    told = manifest.read_bytes()
    manifest.write_bytes(told.replace(b"current", b"beside"))
    assert only(archive).trouble is Trouble.MANIFEST_DAMAGED
    manifest.unlink()
    assert only(archive).trouble is Trouble.UNDESCRIBED
    manifest.write_bytes(told)
    kept.path.unlink()
    gone = only(archive)
    assert (gone.trouble, gone.path, gone.identifier) == (Trouble.GONE, kept.path, PAPER)
    with pytest.raises(ArchiveError, match="cannot be read"):
        archive.read(gone)


def test_an_archive_without_manifests_gets_them_from_the_catalogue(catalogue: Catalogue, archive: Archive) -> None:
    take(catalogue, archive, html("een", RECORD), xml("naast"), html("twee"), records())
    take(catalogue, archive, OfficialFile("/daar/weg.html", "weg.html", page("<p>weg</p>", identifier="kst-91234-8").encode()))
    with receiving(catalogue, archive):
        withdraw(catalogue, archive, Identifier("kst-91234-8"))
    before = {kept.fingerprint: kept.manifest for kept in archive.survey()}
    for file in [*archive.folder.rglob("*.manifest"), *archive.folder.rglob("withdrawn")]:
        file.unlink()
    damaged = next(path for path in archive.folder.rglob("*.xml") if "metadata" not in path.name)
    damaged.write_bytes(b"<anders/>")
    (fault,) = describe_all(catalogue, archive)
    assert str(damaged) in fault[1]
    after = {kept.fingerprint: kept.manifest for kept in archive.survey()}
    for mark, manifest in after.items():
        former = before[mark]
        assert former is not None
        if manifest is None:
            assert mark == damaged.stem
        else:
            assert (manifest.origin, manifest.received, manifest.sha256) == (former.origin, former.received, former.sha256)
    assert [mark.identifier for mark in archive.withdrawn()] == ["kst-91234-8"]
    assert [manifest.state for manifest in after.values() if manifest].count(FileState.CURRENT) == 2


def test_a_name_that_is_no_name_never_becomes_a_path(archive: Archive) -> None:
    for name in ("../buiten", "kst-1-1/../..", "", ".", "kst\0"):
        with pytest.raises(ArchiveError, match="no name of a paper"):
            archive.keep(Identifier(name), "0" * 32, html("een"))


def test_files_come_before_their_manifests_and_names_after_what_they_name(
    catalogue: Catalogue, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[str] = []
    fsync = os.fsync

    def note(handle: int) -> None:
        settled.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    take(catalogue, archive, html("een"))
    mark = only(archive).fingerprint
    told = [name for name in settled if name.startswith("kst-")]
    assert [name.partition(mark)[2].rpartition(".")[0] for name in told] == [".html", "", ".manifest", ""]
    assert {"91234", "archive", archive.folder.parent.name} <= set(settled)
