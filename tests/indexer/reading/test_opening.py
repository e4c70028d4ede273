"""Only regular files are opened, and nothing is read or unpacked without a bound: whatever lies there is one failure, no hang."""

from __future__ import annotations

import os
import socket
import struct
import zipfile
import zlib
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.errors import PaperError
from indexer.reading import opening
from indexer.reading.official_file import OfficialFile, find_files
from indexer.take_in import run

PAGE = b"<html><body><div id='broodtekst'><p>Er is ijs.</p></div></body></html>"


def found(*paths: Path) -> tuple[list[str], list[str]]:
    """The names of the files that were opened, and what is told of the others."""
    every = list(find_files(paths))
    told = [str(one) for one in every if isinstance(one, PaperError)]
    return [one.name for one in every if isinstance(one, OfficialFile)], told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound page."""
    where = tmp_path / "papers"
    where.mkdir()
    (where / "kst-90001-1.html").write_bytes(PAGE)
    return where


def socket_at(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket must be short
        try:
            one.bind(path.name)
        finally:
            os.chdir(here)


IRREGULAR = {
    "pipe": (os.mkfifo, "it is a pipe, not a file"),
    "socket": (socket_at, "it is a socket, not a file"),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), "it is a device, not a file"),
    "link to itself": (lambda path: path.symlink_to(path.name), "cannot be opened"),
    "link to nothing": (lambda path: path.symlink_to("nowhere"), "cannot be opened: No such file"),
}


@pytest.mark.parametrize("ending", ["html", "zip", "pdf"])
@pytest.mark.parametrize("kind", IRREGULAR)
def test_what_is_no_file_is_one_failure_named_outright_or_found(kind: str, ending: str, folder: Path) -> None:
    make, reason = IRREGULAR[kind]
    bad = folder / f"kst-90001-2.{ending}"
    make(bad)
    for paths, sound in (((bad,), []), ((folder,), ["kst-90001-1.html"])):
        names, told = found(*paths)
        assert names == sound
        assert len(told) == 1
        assert told[0].startswith(f"{bad}: ")
        assert reason in told[0]


def test_what_is_no_record_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "kst-90001-1.metadata.xml")
    assert found(folder) == (["kst-90001-1.html"], [])


def test_a_folder_within_itself_is_told_and_not_followed(folder: Path) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)
    assert found(folder) == (
        ["kst-90001-1.html"],
        [f"{folder / 'again'}: a link to a folder, which is not followed; name the folder itself"],
    )
    assert found(folder / "again")[0] == ["kst-90001-1.html"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_what_may_not_be_looked_at_is_told(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0)
    (folder / "kst-90001-2.html").write_bytes(PAGE)
    (folder / "kst-90001-2.html").chmod(0)
    names, told = found(folder)
    assert (names, len(told)) == (["kst-90001-1.html"], 2)


def test_a_name_that_is_no_utf_8_is_told_so_that_it_can_be_written_down(folder: Path, tmp_path: Path) -> None:
    bad = folder / os.fsdecode(b"kst-90001-2\xff.html")
    bad.write_bytes(PAGE)
    os.mkfifo(folder / os.fsdecode(b"\xfe.html"))
    assert found(folder) == (
        ["kst-90001-1.html", "kst-90001-2\\xff.html"],
        [f"{folder}/\\xfe.html: it is a pipe, not a file"],
    )
    with open_catalogue(tmp_path / "catalogue.db", "1") as catalogue:
        summary = run("index", find_files([folder]), catalogue, Archive(tmp_path / "archive"))
    assert summary.failed == 1


def test_a_file_that_is_too_large_is_not_read(folder: Path) -> None:
    with (folder / "kst-90001-2.html").open("wb") as file:
        file.truncate(opening.MAX_BYTES + 1)
    assert found(folder) == (
        ["kst-90001-1.html"],
        [f"{folder / 'kst-90001-2.html'}: larger than 100 MiB, which no official paper is"],
    )


@pytest.mark.parametrize("end", ["longer", "shorter", "otherwise"])
def test_a_file_that_changes_while_it_is_read_is_told(end: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "kst-90001-1.html"

    class Changing(FileIO):
        def read(self, size: int | None = -1, /) -> bytes | Any:
            content = super().read(size)
            if end == "otherwise":
                os.utime(path, ns=(1, 1))
            else:
                os.truncate(path, len(PAGE) + (1 if end == "longer" else -1))
            return content[:5] if end == "shorter" else content

    monkeypatch.setattr(opening, "FileIO", Changing)
    assert found(folder) == ([], [f"{path}: it changes while it is read; index it again when it is whole"])


# Zip archives


def packed(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_members_of_one_name_are_all_given_and_nested_archives_none(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        path = packed(
            tmp_path / "a.zip", ("a.html", PAGE), ("a.html", PAGE + b" "), ("b.zip", b"PK\x03\x04"), ("c/../../d.html", PAGE)
        )
    every = list(find_files([path]))
    assert [(one.name, one.content) for one in every if isinstance(one, OfficialFile)] == [
        ("a.html", PAGE), ("a.html", PAGE + b" "), ("d.html", PAGE),
    ]  # fmt: skip


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "a.zip", ("/etc/kst-90001-1.html", PAGE), ("../../kst-90001-2.html", PAGE), ("metadata.xml", b"<x/>")
    )
    assert found(path) == (["kst-90001-2.html", "kst-90001-1.html"], [])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_is_more_than_it_says_is_not_unpacked(method: int, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.html", PAGE + b" " * 2**24)
        archive.writestr("b.html", PAGE)
    whole = path.read_bytes()
    size = struct.pack("<L", len(PAGE) + 2**24)
    assert size in whole
    path.write_bytes(whole.replace(size, struct.pack("<L", 10)))
    names, told = found(path)
    assert names == ["b.html"]
    assert len(told) == 1
    assert "a.html: it is broken" in told[0]


def test_a_member_that_is_too_large_and_one_that_is_locked(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.html", b" " * (opening.MAX_BYTES + 1)), ("b.html", PAGE), ("c.html", PAGE))
    whole = bytearray(path.read_bytes())
    whole[whole.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(whole)
    names, told = found(path)
    assert names == ["b.html"]
    assert [line.partition("!")[2] for line in told] == [
        "a.html: unpacks to more than 100 MiB, which no official paper does",
        "c.html: it is locked with a password",
    ]


def test_an_archive_that_swells_is_one_failure_and_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one does in which all members overlap."""
    monkeypatch.setattr(opening, "MAX_UNPACKED", 2**20)
    path = packed(tmp_path / "a.zip", *((f"{number}.html", b" " * 2**18) for number in range(9)))
    names, told = found(path)
    assert names == ["0.html", "1.html", "2.html", "3.html"]
    assert told == [f"{path}: it unpacks to more than 200 times its size; what is left of it is not read"]


def test_an_archive_of_too_many_members_is_one_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_MEMBERS", 3)
    path = packed(tmp_path / "a.zip", *((f"{number}.html", PAGE) for number in range(4)))
    assert found(path) == ([], [f"{path}: not a readable zip archive: it holds more than 3 files"])


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_archive_is_told(seed: int, tmp_path: Path) -> None:
    """Whatever byte is wrong, nothing is raised; what is not damaged is given."""
    whole = bytearray(packed(tmp_path / "a.zip", ("a.html", PAGE), ("\u00eb.html", PAGE)).read_bytes())
    place = zlib.crc32(bytes([seed])) % len(whole)
    whole[place] ^= 1 + seed * 5 % 255
    path = tmp_path / "b.zip"
    path.write_bytes(whole)
    names, told = found(path)
    assert names or told
