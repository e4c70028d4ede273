"""Runs over files: what is read, what counts, and that bad input never loses good input."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.overview import provenance
from indexer.catalogue.persons import person_names
from indexer.errors import PaperError
from indexer.paper.identifier import Identifier
from indexer.paper.model import Source
from indexer.reading.official_file import OfficialFile, find_files
from indexer.take_in import Summary, former_files, run
from tests.indexer.odata import content, document, zaak
from tests.indexer.pdfs import column, pdf

ANSWERS = Path(__file__).parent / "reading" / "golden"
SAMPLE = Path(__file__).parents[2] / "data" / "sample"
XML = """<?xml version="1.0" encoding="utf-8"?>
<officiele-publicatie><metadata/><kamerstuk><kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2020-2021</tekstregel>
</kamerstukkop><dossier><dossiernummer><dossiernr>90 001</dossiernr></dossiernummer><titel>Proef</titel></dossier>
<stuk><stuknr>Nr. <ondernummer>{number}</ondernummer></stuknr><titel>BRIEF</titel><algemeen><vrije-tekst><tekst>
<al>{text}</al></tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with open_catalogue(tmp_path / "data" / "catalogue.db", "1") as opened:
        yield opened


def write(folder: Path, number: int, text: str = "Enige tekst.", name: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / (name or f"kst-90001-{number}.xml")
    path.write_text(XML.format(number=number, text=text), encoding="utf-8")
    return path


def take(catalogue: Catalogue, tmp_path: Path, *paths: Path) -> Summary:
    return run("index", find_files(paths), catalogue, Archive(tmp_path / "data" / "archive"))


def counts(summary: Summary) -> tuple[int, int, int, int, int]:
    return summary.read, summary.added, summary.changed, summary.unchanged, summary.failed


def test_only_what_is_new_or_changed_is_read(catalogue: Catalogue, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    write(papers, 1)
    write(papers, 2)
    assert counts(take(catalogue, tmp_path, papers)) == (2, 2, 0, 0, 0)
    assert counts(take(catalogue, tmp_path, papers)) == (0, 0, 0, 2, 0)
    write(papers, 2, "Andere tekst.")
    write(papers, 3)
    assert counts(take(catalogue, tmp_path, papers)) == (2, 1, 1, 1, 0)
    changed = catalogue.get(Identifier("kst-90001-2"))
    assert changed is not None
    assert changed.sections[0].text == "Andere tekst."


def test_answers_to_questions_are_kept_like_any_paper_and_gazettes_are_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    gazette = tmp_path / "gmb-2031-7.html"
    gazette.write_text("<html><body><div id='broodtekst'><p>Kap van een boom.</p></div></body></html>", encoding="utf-8")
    summary = take(catalogue, tmp_path, *sorted(ANSWERS.glob("ah-*.[hx]*ml")), gazette)
    assert counts(summary) == (2, 1, 0, 1, 1)
    assert "gmb-2031-7 is from the Gemeenteblad" in summary.failures[0][1]
    paper = catalogue.get(Identifier("ah-tk-20312032-9001"))
    assert paper is not None
    assert (paper.source, paper.dossiers) == (Source.HTML, ())
    assert person_names(catalogue.connection) == ["A. Meeuw", "B. Aalscholver", "Duin", "Fen van Aalscholver"]
    kept = list(Archive(tmp_path / "data" / "archive").survey())
    assert [one.identifier for one in kept] == 2 * [paper.identifier]
    assert (tmp_path / "data" / "archive" / "ah" / "ah-tk-20312032-9001").is_dir()


def test_twenty_broken_files_among_two_hundred_are_named_and_the_rest_is_read(catalogue: Catalogue, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    for number in range(1, 201):
        write(papers, number)
    broken = [
        *(b"", b"   ", b"\x00\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"%PDF-1.4", b"{}", b"geen xml"),
        *(
            b"<html>",
            b"<html><body>404</body></html>",
            b"<html><div id='broodtekst'></div></html>",
            b"<html><div id='broodtekst'><p>half",
        ),
        *(b"<a/>", b"<officiele-publicatie>", b"<officiele-publicatie/>", b"<kamerwrk></kamerwerk>", b"<metadata_gegevens/>"),
        *(b"<?xml version='1.0' encoding='klingon'?><kamerwrk/>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><kamerwrk>&a;</kamerwrk>"),
    ]
    for i, held in enumerate(broken):
        (papers / f"kst-90002-{i}.{'html' if b'html' in held else 'xml'}").write_bytes(held)
    summary = take(catalogue, tmp_path, papers)
    assert summary.added == 200
    assert len(summary.failures) == 20
    for place, reason in summary.failures:
        assert "kst-90002-" in place
        assert len(reason) > 10, place


def test_a_page_counts_before_xml_whatever_comes_first(catalogue: Catalogue, tmp_path: Path) -> None:
    page = (SAMPLE / "kst-91066-1.html").read_text(encoding="utf-8")
    html, xml = tmp_path / "html", tmp_path / "xml"
    html.mkdir()
    (html / "kst-91066-1.html").write_text(page, encoding="utf-8")
    write(xml, 1, name="kst-91066-1.xml")
    assert counts(take(catalogue, tmp_path, xml)) == (1, 1, 0, 0, 0)
    assert counts(take(catalogue, tmp_path, html)) == (1, 0, 1, 0, 0)
    assert counts(take(catalogue, tmp_path, xml, html)) == (0, 0, 0, 2, 0)
    assert catalogue.form(Identifier("kst-91066-1")) == "html"


def test_of_two_files_of_one_paper_the_first_counts_every_time(catalogue: Catalogue, tmp_path: Path) -> None:
    write(tmp_path / "a", 1, "De ene versie.")
    write(tmp_path / "b", 1, "De andere versie.")
    assert counts(take(catalogue, tmp_path, tmp_path / "a", tmp_path / "b")) == (2, 1, 0, 1, 0)
    assert counts(take(catalogue, tmp_path, tmp_path / "a", tmp_path / "b")) == (0, 0, 0, 2, 0)


def test_folders_zip_archives_and_files_give_the_same(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    (papers / "deep").mkdir(parents=True)
    write(papers, 1)
    write(papers / "deep", 2)
    write(papers, 3, name="kst-90001-3.metadata.xml")
    (papers / "readme.txt").write_text("geen stuk", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as archive:
        for path in papers.rglob("*"):
            archive.write(path, path.relative_to(papers))
    expected = {"kst-90001-1.xml", "kst-90001-2.xml"}
    for where in (papers, tmp_path / "papers.zip"):
        assert {file.name for file in find_files([where]) if isinstance(file, OfficialFile)} == expected


def test_the_metadata_record_beside_a_file_comes_with_it(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    write(papers, 1)
    (papers / "kst-90001-1.metadata.xml").write_bytes(b"<metadata_gegevens/>")
    (file,) = find_files([papers])
    assert isinstance(file, OfficialFile)
    assert file.record == b"<metadata_gegevens/>"


def test_a_pdf_counts_behind_pages_and_xml_whatever_comes_first(catalogue: Catalogue, tmp_path: Path) -> None:
    for folder in ("pdf", "both"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "kst-90001-1.pdf").write_bytes(pdf(column("Den Haag, 1 mei 2031", "", "Enige tekst uit de PDF.")))
    write(tmp_path / "both", 1)
    assert counts(take(catalogue, tmp_path, tmp_path / "pdf")) == (1, 1, 0, 0, 0)
    assert catalogue.form(Identifier("kst-90001-1")) == "pdf"
    assert counts(take(catalogue, tmp_path, tmp_path / "both")) == (1, 0, 1, 1, 0)
    assert catalogue.form(Identifier("kst-90001-1")) == "xml"
    assert counts(take(catalogue, tmp_path, tmp_path / "both", tmp_path / "pdf")) == (0, 0, 0, 3, 0)
    archive = Archive(tmp_path / "data" / "archive")
    assert sorted(archive.read(one).name for one in archive.survey()) == ["kst-90001-1.pdf", "kst-90001-1.xml"]


def test_a_pdf_is_not_even_opened_when_its_paper_is_here_as_a_page(catalogue: Catalogue, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    write(papers, 1)
    (papers / "kst-90001-1.pdf").write_bytes(b"%PDF-1.4 broken")
    (papers / "kst-90001-2.pdf").write_bytes(b"%PDF-1.4 broken")
    summary = take(catalogue, tmp_path, papers)
    assert counts(summary) == (1, 1, 0, 1, 1)
    assert "kst-90001-2.pdf" in summary.failures[0][0]


def test_attachments_in_folders_and_zip_archives_come_with_their_records(catalogue: Catalogue, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    record = (
        '<metadata_gegevens><metadata name="DC.identifier" content="blg-9000001"/><metadata name="DC.title" content="Nota"/>'
        '<metadata name="OVERHEIDop.hoofddocument" content="kst-90001-1"/></metadata_gegevens>'
    )
    (papers / "blg-9000001.pdf").write_bytes(pdf(column("Tekst van de nota.")))
    (papers / "blg-9000001.metadata.xml").write_text(record, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as archive:
        for path in papers.iterdir():
            archive.write(path, path.name)
    assert counts(take(catalogue, tmp_path, papers)) == (1, 1, 0, 0, 0)
    assert counts(take(catalogue, tmp_path, tmp_path / "papers.zip")) == (0, 0, 0, 1, 0)
    paper = catalogue.get(Identifier("blg-9000001"))
    assert paper is not None
    assert (paper.title, paper.source, paper.attached_to) == ("Nota", Source.PDF, Identifier("kst-90001-1"))


RECORD = zaak("2031Z00002", document("2031D00001", paper="kst-90001-1"))


def test_records_of_the_tweede_kamer_are_taken_in_beside_the_papers(catalogue: Catalogue, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    write(papers, 1)
    (papers / "metadata.xml").write_bytes(b"<metadata_gegevens/>")
    (papers / "een-record.json").write_bytes(content(RECORD))
    summary = take(catalogue, tmp_path, papers)
    assert (*counts(summary), summary.numbered) == (2, 1, 0, 0, 0, 0)
    changes = catalogue.counts().changes
    assert counts(take(catalogue, tmp_path, papers)) == (0, 0, 0, 2, 0)
    assert catalogue.counts().changes == changes
    paper = catalogue.get(Identifier("kst-90001-1"))
    assert paper is not None
    assert (paper.zaken, paper.documents) == (("2031Z00002",), ("2031D00001",))


def test_a_zip_archive_of_records_numbers_papers_that_are_there(catalogue: Catalogue, tmp_path: Path) -> None:
    write(tmp_path / "papers", 1)
    take(catalogue, tmp_path, tmp_path / "papers")
    with zipfile.ZipFile(tmp_path / "records.zip", "w") as archive:
        archive.writestr("odata/een.json", content({"value": [RECORD]}))
    summary = take(catalogue, tmp_path, tmp_path / "records.zip")
    assert (*counts(summary), summary.numbered) == (1, 0, 0, 0, 0, 1)


def test_a_malformed_record_is_one_failure_every_time_and_loses_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    write(papers, 1)
    (papers / "records.json").write_bytes(content({"value": [document("x"), RECORD]}))
    (papers / "half.json").write_bytes(content(RECORD)[:50])
    for _ in range(2):
        summary = take(catalogue, tmp_path, papers)
        assert [place.rpartition("/")[2] for place, _ in summary.failures] == ["half.json", "records.json: record 1"]
        paper = catalogue.get(Identifier("kst-90001-1"))
        assert paper is not None
        assert paper.documents == ("2031D00001",)


def test_records_are_archived_as_received_and_read_again_from_there(catalogue: Catalogue, tmp_path: Path) -> None:
    record = tmp_path / "een.json"
    record.write_bytes(content(RECORD))
    take(catalogue, tmp_path, record)
    archive = Archive(tmp_path / "data" / "archive")
    (kept,) = archive.survey()
    assert archive.read(kept).content == record.read_bytes()
    with open_catalogue(tmp_path / "data" / "anew.db", "1") as anew:
        write(tmp_path / "papers", 1)
        run("reindex", [archive.read(kept), *find_files([tmp_path / "papers"])], anew, archive, again=True)
        paper = anew.get(Identifier("kst-90001-1"))
        assert paper is not None
        assert paper.documents == ("2031D00001",)


def test_what_is_no_zip_archive_and_what_is_not_there_are_reported(tmp_path: Path) -> None:
    bad = tmp_path / "papers.zip"
    bad.write_bytes(b"geen zip")
    found = list(find_files([bad, tmp_path / "nergens.html"]))
    assert all(isinstance(one, PaperError) for one in found)
    assert "zip" in str(found[0])
    assert "nergens" in str(found[1])


def test_papers_that_another_parser_read_are_read_again_from_what_was_received(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    write(papers, 1)
    write(papers, 2)
    record = b'<metadata_gegevens><metadata name="DC.identifier" content="kst-90001-3"/></metadata_gegevens>'
    (papers / "scan.pdf").write_bytes(pdf(column("Enige tekst uit de PDF.")))
    (papers / "scan.metadata.xml").write_bytes(record)
    (papers / "een-record.json").write_bytes(content(RECORD))
    archive = Archive(tmp_path / "data" / "archive")
    path = tmp_path / "data" / "catalogue.db"
    with open_catalogue(path, "1") as former:
        take(former, tmp_path, papers)
        received = provenance(former.connection, Identifier("kst-90001-3"))
        assert list(former_files(former, Archive(tmp_path / "nowhere"))) == []
    with open_catalogue(path, "2") as present:
        assert present.count_former() == 3
        assert counts(run("reindex", former_files(present, archive), present, archive)) == (4, 0, 0, 3, 0)
        assert (present.count_former(), present.counts().files) == (0, 3)
        assert provenance(present.connection, Identifier("kst-90001-3")) == received
        assert counts(run("reindex", former_files(present, archive), present, archive)) == (0, 0, 0, 1, 0)


def test_a_former_file_that_was_changed_since_is_named_and_its_paper_stays(tmp_path: Path) -> None:
    write(tmp_path / "papers", 1)
    write(tmp_path / "papers", 2)
    archive = Archive(tmp_path / "data" / "archive")
    with open_catalogue(tmp_path / "data" / "catalogue.db", "1") as former:
        take(former, tmp_path, tmp_path / "papers")
    (kept,) = (tmp_path / "data" / "archive").rglob("kst-90001-1/*.xml")
    kept.write_bytes(kept.read_bytes().replace(b"Enige", b"Andere"))
    with open_catalogue(tmp_path / "data" / "catalogue.db", "2") as present:
        summary = run("reindex", former_files(present, archive), present, archive)
        ((place, reason),) = summary.failures
        assert (place, "not as it was received" in reason) == ("kst-90001-1", True)
        paper = present.get(Identifier("kst-90001-1"))
        assert paper is not None
        assert paper.sections[0].text == "Enige tekst."
        assert present.former() == [Identifier("kst-90001-1")]
