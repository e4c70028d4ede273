"""The archive, the catalogue and the lock: what is kept, what counts, and what a second writer is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, begin_run, end_run, last_run, open_catalogue
from indexer.catalogue.migrations import STEPS
from indexer.catalogue.overview import cited_by, names
from indexer.catalogue.received import fingerprint, form_of
from indexer.errors import ArchiveError, CatalogueDamaged
from indexer.paper.codec import people_by_role
from indexer.paper.identifier import Identifier
from indexer.paper.model import Citation, Dossier, Kamerstuk, Paragraph, Person, Section, Where
from indexer.reading.official_file import OfficialFile

SAMPLE = Path(__file__).parents[3] / "data" / "sample"


def paper(number: str = "1", title: str = "Een brief", cites: str = "") -> Kamerstuk:
    citations = (Citation(Identifier(cites), "zie aldaar", Where.BODY, 0, 0),) if cites else ()
    return Kamerstuk(
        identifier=Identifier(f"kst-90001-{number}"),
        title=title,
        date=date(2020, 1, int(number)),
        dossiers=(Dossier("90001", "", "Proef"),),
        people=people_by_role(ministers=(Person("A. Bee", "Minister van Proef"),)),
        sections=(Section(0, "", "broodtekst", paragraphs=(Paragraph("al-1", "zie aldaar en verder"),)),),
        citations=citations,
    )


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with open_catalogue(tmp_path / "catalogue.db", "1") as opened:
        yield opened


def test_every_change_has_a_number_and_the_last_state_counts(catalogue: Catalogue) -> None:
    assert catalogue.put(paper("1"), "f1", "html")
    assert catalogue.put(paper("2"), "f2", "html")
    assert not catalogue.put(paper("1"), "f1-again", "html")
    assert catalogue.put(paper("1", title="Verbeterd"), "f3", "html")
    assert [(str(c.identifier), c.number) for c in catalogue.changes_since(0)] == [("kst-90001-2", 2), ("kst-90001-1", 3)]
    assert [str(c.identifier) for c in catalogue.changes_since(2)] == ["kst-90001-1"]
    assert [name for _, name in catalogue.changed_since(2)] == ["kst-90001-1"]
    assert catalogue.remove(Identifier("kst-90001-2"))
    assert not catalogue.remove(Identifier("kst-90001-2"))
    (_, removal) = catalogue.changes_since(0)
    assert removal.paper is None
    assert catalogue.counts().papers == 1


def test_a_removed_paper_that_comes_back_is_one_change(catalogue: Catalogue) -> None:
    catalogue.put(paper("1"), "f1", "html")
    catalogue.remove(Identifier("kst-90001-1"))
    catalogue.put(paper("1"), "f1", "html")
    assert [change.paper for change in catalogue.changes_since(0)] == [catalogue.get(Identifier("kst-90001-1"))]


def test_what_goes_wrong_within_a_transaction_leaves_nothing(catalogue: Catalogue) -> None:
    def fail() -> None:
        with catalogue.transaction():
            catalogue.put(paper("1"), "f1", "html")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert catalogue.counts().papers == 0


def test_citations_are_found_from_the_cited_paper(catalogue: Catalogue) -> None:
    catalogue.put(paper("1"), "f1", "html")
    catalogue.put(paper("2", cites="kst-90001-1"), "f2", "html")
    catalogue.put(paper("3", cites="kst-90001-1"), "f3", "html")
    assert [str(c.identifier) for c in cited_by(catalogue.connection, Identifier("kst-90001-1"))] == [
        "kst-90001-3",
        "kst-90001-2",
    ]
    assert names(catalogue.connection, [Identifier("kst-90001-1"), Identifier("kst-90001-9")]).keys() == {
        Identifier("kst-90001-1")
    }


def test_files_are_known_by_their_content_and_the_parser_that_read_them(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    with open_catalogue(path, "1") as opened:
        opened.note_file(Identifier("kst-90001-1"), "f1", "xml", "somewhere", 10)
        opened.put(paper("1"), "f1", "xml")
        known = opened.known("f1")
        assert known is not None
        assert known.current
        assert opened.known("f2") is None
    with open_catalogue(path, "2") as newer:
        known = newer.known("f1")
        assert known is not None
        assert not known.current


def test_xml_never_replaces_a_page(catalogue: Catalogue) -> None:
    catalogue.note_file(Identifier("kst-90001-1"), "x", "xml", "somewhere", 10)
    catalogue.put(paper("1"), "h", "html")
    known = catalogue.known("x")
    assert known is not None
    assert known.outranked


def test_a_catalogue_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    with open_catalogue(path, "1"):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    with pytest.raises(ArchiveError, match="newer version"), open_catalogue(path, "1"):
        pass


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    path.write_bytes(b"no database at all, but long enough to look like one" * 100)
    with (
        pytest.raises(CatalogueDamaged, match="not a database; mend it with"),
        open_catalogue(path, "1"),
    ):
        pass


def test_runs_and_their_failures_are_kept(catalogue: Catalogue) -> None:
    run = begin_run(catalogue.connection, "index")
    end_run(catalogue.connection, run, {"read": 2, "added": 1, "failed": 1}, [("file.html", "it is empty")])
    last = last_run(catalogue.connection)
    assert last is not None
    assert (last["what"], last["read"], last["added"], last["failed"]) == ("index", 2, 1, 1)


def test_the_archive_gives_back_what_it_got(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    file = OfficialFile("here", "kst-90001-1.html", b"<html>een</html>", b"<metadata_gegevens/>")
    newer = replace(file, content=b"<html>twee</html>", record=None)
    identifier = Identifier("kst-90001-1")
    assert fingerprint(file) != fingerprint(newer)
    assert fingerprint(file) != fingerprint(replace(file, record=None))
    assert fingerprint(replace(file, name="kst-90001-2.html")) == fingerprint(file)
    scan = replace(file, content=b"%PDF-1.4")
    assert fingerprint(replace(scan, name="kst-90001-2.pdf")) != fingerprint(scan)
    for one in (file, newer):
        archive.keep(identifier, fingerprint(one), one)
    archive.settle()
    assert archive.get(identifier, fingerprint(file), "html").content == file.content
    assert archive.get(identifier, fingerprint(file), "html").record == file.record
    assert {one.fingerprint for one in archive.survey()} == {fingerprint(file), fingerprint(newer)}
    assert list(tmp_path.rglob(".*")) == []
    with pytest.raises(ArchiveError, match="index the paper again"):
        archive.get(identifier, "0" * 32, "html")


def test_the_form_of_a_file_is_told_by_what_it_holds() -> None:
    assert form_of(OfficialFile("", "x.xml", b"<?xml version='1.0'?><!DOCTYPE html><html>")) == "html"
    assert form_of(OfficialFile("", "x.html", b"<officiele-publicatie>")) == "xml"
    assert form_of(OfficialFile("", "x.html", b"%PDF-1.7 <html>")) == "pdf"
