"""Metadata in its four notations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from indexer.reading.metadata import Metadata, from_meta, from_record
from tests.indexer.papers import official_xml, page, read

RECORD = (
    '<?xml version="1.0" encoding="UTF-8"?><metadata_gegevens><metadata name="OVERHEIDop.documenttitel" scheme="" '
    'content="Titel  van\n'
    'het stuk"/><metadata name="DC.creator" scheme="OVERHEID.StatenGeneraal" content="Eerste Kamer der Staten-Generaal"/>'
    '<metadata name="DC.type" scheme="OVERHEID.Informatietype" content="officiële publicatie"/><metadata name="DC.type" '
    'scheme="OVERHEIDop.KamerstukTypen" content="Brief"/><metadata name="DCTERMS.available" scheme="DCTERMS.W3CDTF" '
    'content="2024-06-20"/>'
    '<metadata name="OVERHEIDop.indiener" scheme="" content="A. Berg"/><metadata name="OVERHEIDop.indiener" scheme="" '
    'content="B. Dal"/>'
    '<metadata name="OVERHEID.category" scheme="" content="Natuur | Water"/></metadata_gegevens>'
)
OWMS = (
    '<?xml version="1.0" encoding="UTF-8"?><owms-metadata xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:overheid="http://x/owms/terms/" '
    'xmlns:overheidop="http://x/oep/meta/"><owmskern><dcterms:identifier>kst-91234-7</dcterms:identifier><dcterms:type '
    'scheme="OVERHEIDop.KamerstukTypen">Brief</dcterms:type><dcterms:creator>overige</dcterms:creator></owmskern><owmsmantel>'
    "<dcterms:available>2024-06-20</dcterms:available></owmsmantel><oep><overheidop:documenttitel>Titel van het stuk"
    "</overheidop:documenttitel><overheidop:indiener>A. Berg</overheidop:indiener><overheid:category>Natuur | Water"
    "</overheid:category>"
    "</oep></owms-metadata>"
)


PLOOI = (
    '<plooi:plooi xmlns:plooi="http://x/plooi/terms/" xmlns:dcterms="http://purl.org/dc/terms/"><plooi:meta><plooi:owmskern>'
    "<dcterms:identifier>oep-1</dcterms:identifier></plooi:owmskern><plooi:owmsmantel><dcterms:issued>2024-06-18</dcterms:issued>"
    "<dcterms:description>Zuidpool; ijs; Brief; Titel van het stuk</dcterms:description></plooi:owmsmantel><plooi:othermeta>"
    "<plooi:bronmeta>"
    "<dcterms:identifier>kst-91234-7</dcterms:identifier><plooi:creator>Eerste Kamer der Staten-Generaal</plooi:creator>"
    "</plooi:bronmeta>"
    '</plooi:othermeta><plooi:plooiipm><plooi:extrametadata name="plooi.displayfield.vergaderjaar">2023-2024'
    "</plooi:extrametadata>"
    '<plooi:extrametadata name="plooi.displayfield.indiener">A. Berg</plooi:extrametadata>'
    '<plooi:extrametadata name="plooi.displayfield.documentsubsoort">Brief</plooi:extrametadata></plooi:plooiipm></plooi:meta>'
    "</plooi:plooi>"
)


@pytest.mark.parametrize("attribute", ["scheme", "data-scheme"])
def test_of_a_page(attribute: str) -> None:
    head = (
        f'<meta name="DC.type" {attribute}="OVERHEIDop.Parlementair" content="Kamerstuk"/>'
        f'<meta name="DC.type" {attribute}="OVERHEIDop.KamerstukTypen" content="Motie"/>'
        '<meta name="OVERHEIDop.documenttitel" content="Motie over\n  ijs"/><meta name="OVERHEIDop.vergaderjaar" '
        'content="2022-2023"/>'
        '<meta name="DCTERMS.issued" content="geen datum"/><meta property="DCTERMS.issued" content="2023-07-06T00:00:00"/>'
        '<meta name="OVERHEIDop.indiener" content="A. Berg"/><meta name="OVERHEIDop.indiener" content="A. Berg"/>'
    )
    paper = read(page("<p>x</p>", head=head))
    assert (paper.kind, paper.title, paper.session_year) == ("Motie", "Motie over ijs", "2022-2023")
    assert (paper.date, paper.submitters) == (date(2023, 7, 6), ("A. Berg",))


@pytest.mark.parametrize("record", [RECORD, OWMS], ids=["metadata", "owms"])
def test_a_record_beside_the_file_fills_what_the_file_lacks(record: str) -> None:
    paper = read(official_xml("<al>x</al>"), "kst-91234-7.xml", record.encode())
    assert (paper.title, paper.kind, str(paper.published)) == ("Titel van het stuk", "Brief", "2024-06-20")
    assert paper.categories == ("Natuur | Water",)
    assert paper.submitters[0] == "A. Berg"


def test_the_record_of_plooi() -> None:
    text = (
        official_xml("<al>x</al>")
        .replace('<meta name="DC.identifier" content="kst-91234-7"/>', "")
        .replace("Tweede Kamer der Staten-Generaal", "")
    )
    paper = read(text, "x.xml", PLOOI.encode())
    assert (str(paper.identifier), paper.title, paper.kind) == ("kst-91234-7", "Titel van het stuk", "Brief")
    assert (str(paper.date), paper.chamber, paper.submitters) == ("2024-06-18", "Eerste Kamer", ("A. Berg",))


def test_the_file_itself_leads() -> None:
    text = official_xml("<al>x</al>", meta='<meta name="OVERHEIDop.documenttitel" content="Eigen titel"/>')
    assert read(text, "kst-91234-7.xml", RECORD.encode()).title == "Eigen titel"


@pytest.mark.parametrize(
    "record", [b"", b"<kapot", b"<html/>", b"\xff\xfe", b"<!DOCTYPE a [<!ENTITY b 'c'>]><metadata_gegevens>&b;"]
)
def test_an_unreadable_record_is_as_good_as_none(record: bytes) -> None:
    assert read(official_xml("<al>x</al>"), "kst-91234-7.xml", record).title == ""


def test_the_identifier_may_come_from_the_record_or_the_name() -> None:
    bare = official_xml("<al>x</al>").replace('<meta name="DC.identifier" content="kst-91234-7"/>', "")
    assert str(read(bare, "kst-91234-9.xml").identifier) == "kst-91234-9"
    assert str(read(bare, "download.xml", OWMS.encode()).identifier) == "kst-91234-7"


def test_names_do_not_depend_on_case_and_empty_entries_say_nothing() -> None:
    meta = Metadata((("dc.Title", "", ""), ("DC.TITLE", "", "a"), ("DC.title", "", "b")))
    assert meta.all("DC.title") == ("a", "b")
    assert meta.first("DC.creator") == ""
    assert meta.day("DC.title") is None
    assert meta.extended(Metadata((("dc.title", "", "c"), ("x", "", "d")))).all("DC.title") == ("a", "b")


def test_other_elements_are_no_record() -> None:
    assert from_record(etree.fromstring("<gzd/>")) is None
    assert from_meta([etree.fromstring("<meta/>")]) == Metadata()


def test_real_records_read_alike_in_both_notations(real: Path) -> None:
    folder = real / "metadata"
    records = sorted(folder.glob("*.xml"))
    assert records
    for path in records:
        assert from_record(etree.parse(path).getroot()) is not None, path.name
    for first in folder.glob("*.metadata.xml"):
        second = first.with_suffix("").with_suffix(".metadata_owms.xml")
        one, other = from_record(etree.parse(first).getroot()), from_record(etree.parse(second).getroot())
        assert one is not None
        assert other is not None
        for name in ("DC.identifier", "DC.title", "OVERHEIDop.indiener", "OVERHEIDop.vergaderjaar", "OVERHEID.category"):
            assert one.all(name) == other.all(name), (first.name, name)
        assert (one.kinds[:1], one.day("DCTERMS.available")) == (other.kinds[:1], other.day("DCTERMS.available"))


@pytest.mark.parametrize(
    ("metadata", "kind_line", "kind"),
    [
        ('<meta name="DC.type" content="Overig"/>', "MEMORIE VAN TOELICHTING", "Memorie van toelichting"),
        (
            '<meta name="DC.type" scheme="OVERHEIDop.KamerstukTypen" content="Overig"/>'
            '<meta name="DC.title" content="Zuidpoolwet; Nota van wijziging; Nieuwe tekst; tweede"/>',
            "STUK",
            "Nota van wijziging",
        ),
        (
            '<meta name="DC.type" scheme="OVERHEID.Informatietype" content="officiële publicatie"/>'
            '<meta name="DC.type" scheme="OVERHEIDop.Parlementair" content="Kamerstuk"/>'
            '<meta name="DC.type" scheme="OVERHEIDop.KamerstukTypen" content="Motie"/>',
            "BRIEF",
            "Motie",
        ),
    ],
)
def test_of_several_kinds_one_that_says_something_counts(metadata: str, kind_line: str, kind: str) -> None:
    file = official_xml("<al>Tekst.</al>", meta=metadata).replace("BRIEF VAN DE MINISTER VAN IJSZAKEN", kind_line)
    assert read(file, "kst-91234-7.xml").kind == kind


def test_old_xml_has_a_word_for_the_kind() -> None:
    file = (
        '<kamerwrk kamer="2" publtype="meto"><frontm><onderw><nummer>91 234</nummer><naam>Zuidpoolwet</naam></onderw></frontm>'
        "<body><stuk><nummer>3</nummer><titel>TOELICHTING</titel><al>Tekst.</al></stuk></body></kamerwrk>"
    )
    assert read(file, "kst-91234-3.xml").kind == "Memorie van toelichting"
