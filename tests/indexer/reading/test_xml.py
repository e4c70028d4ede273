"""Official XML of both dialects: every construct becomes the field it is."""

from __future__ import annotations

import pytest

from indexer.errors import PaperError
from indexer.paper.model import ParagraphForm, Part
from tests.indexer.papers import only, read, read_xml, shape

LEGACY = (
    '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE kamerwrk SYSTEM "kamer.dtd"><kamerwrk kamer="{kamer}"><kop>'
    "<titel>{titel}"
    "</titel><subtitel>2</subtitel><subtitel>Vergaderjaar 1998-1999</subtitel></kop><frontm><versie>1</versie><ordernr>9K1"
    "</ordernr>"
    "<vergjaar>1998-1999</vergjaar><onderw><nummer>91 235</nummer><naam>Zuidpoolzaken</naam></onderw></frontm><body><stuk>"
    "<ltrlabel>Nr. "
    "</ltrlabel><nummer>6</nummer><titel>BRIEF VAN DE MINISTER VAN IJSZAKEN</titel>{body}</stuk></body></kamerwrk>"
)


def test_head_of_the_paper() -> None:
    paper = read_xml("<al>Tekst</al>")
    assert (str(paper.identifier), paper.chamber, paper.session_year, paper.number) == (
        "kst-91234-7",
        "Tweede Kamer",
        "2023-2024",
        "7",
    )
    assert (paper.kind_line, paper.kind) == ("BRIEF VAN DE MINISTER VAN IJSZAKEN", "Brief")
    assert shape(paper) == [(0, "", ["Tekst"])]


def test_several_dossiers_with_additions() -> None:
    dossier = "<dossier><dossiernummer>{}</dossiernummer><titel>{}</titel></dossier>"
    text = (
        "<kamerstuk>"
        + dossier.format("<dossiernr>91 600</dossiernr><begrotingshoofdstuk>XVI</begrotingshoofdstuk>", "A")
        + dossier.format("<dossiernr>91 027</dossiernr>\n<rijkswetnr>(R2160)</rijkswetnr>", "B <nadruk>c</nadruk>")
        + dossier.format("<dossiernr>92 501-02</dossiernr>", "D<noot id='n1'><noot.nr>1</noot.nr><noot.al>Noot</noot.al></noot>")
        + "<stuk><stuknr>Nr. <ondernummer kamer='2'>5</ondernummer></stuknr><titel>MOTIE</titel><datumtekst>Voorgesteld "
        '<datum isodatum="2023-07-06">6 juli 2023</datum></datumtekst><algemeen><al>x</al></algemeen></stuk></kamerstuk>'
    )
    paper = read(text, "kst-91600-XVI-5.xml")
    assert [(d.number, d.addition, d.title) for d in paper.dossiers] == [
        ("91600", "XVI", "A"), ("91027", "R2160", "B c"), ("92501-02", "", "D"),
    ]  # fmt: skip
    assert (paper.date_line, str(paper.date), paper.number) == ("Voorgesteld 6 juli 2023", "2023-07-06", "5")
    assert [(n.text, n.ref.offset if n.ref else None) for n in paper.footnotes] == [("Noot", 0)]


def test_divisions_and_subheadings() -> None:
    body = (
        "<al>a</al><divisie><kop><label>Deel</label><nr>1.</nr><titel>Een</titel></kop><tekst><al>b</al></tekst><divisie id='x'>"
        "<kop><titel>Twee</titel></kop><tussenkop kopopmaak='cur'>Drie</tussenkop><al>c</al></divisie></divisie>"
        "<tussenkop kopopmaak='vet'>Vier</tussenkop><al>d</al>"
    )
    assert shape(read_xml(body)) == [
        (0, "", ["a"]), (1, "Deel 1. Een", ["b"]), (2, "Twee", []), (3, "Drie", ["c"]), (3, "Vier", ["d"]),
    ]  # fmt: skip


def test_text_within_sentences() -> None:
    body = (
        "<al>CO<inf>2</inf>, wo<nadruk type='cur'>ord</nadruk> af<?xpp afbreek?>breken <!-- niet -->m<sup>2</sup> on"
        "<iets>bekend</iets></al>"
        "<al-groep><al>een</al><al>twee</al></al-groep><onbekend>blok</onbekend><plaatje><illustratie naam='x.png'/>"
        "<bijschrift>onder"
        "</bijschrift></plaatje><witreg/>"
    )
    assert [p.text for p in only(read_xml(body)).paragraphs] == [
        "CO2, woord afbreken m2 onbekend", "een", "twee", "blok", "onder",
    ]  # fmt: skip


def test_lists_and_notes() -> None:
    body = (
        "<lijst><li><li.nr>a.</li.nr><al>een<noot id='n1' type='voet'><noot.nr>1</noot.nr><noot.al>Noot</noot.al><noot.al>een"
        "</noot.al>"
        "</noot> en</al><al>vervolg</al><lijst><li><li.nr>1°</li.nr><al>diep</al></li></lijst></li></lijst><al>Zie 2023<noot "
        "id='n2'>"
        "<noot.nr>2</noot.nr><noot.al>Met <lijst><li><li.nr>–</li.nr><al>lijst</al></li></lijst></noot.al></noot>, punt"
        "<nootref refid='n1'>1</nootref>.</al>"
    )
    paper = read_xml(body)
    assert [(p.text, p.depth) for p in only(paper).paragraphs] == [
        ("a. een en", 1),
        ("vervolg", 1),
        ("1° diep", 2),
        ("Zie 2023, punt.", 0),
    ]
    assert [(n.number, n.anchor, n.text) for n in paper.footnotes] == [("1", "n1", "Noot een"), ("2", "n2", "Met – lijst")]
    text = only(paper).text
    assert [n.ref.offset for n in paper.footnotes if n.ref] == [len("a. een"), text.index("2023") + 4]


def test_cals_tables() -> None:
    body = (
        "<table><title>Titel</title><tgroup cols='3'><colspec colname='c1'/><colspec colname='c2'/><colspec colname='c3'/>"
        "<spanspec spanname='s' namest='c1' nameend='c2'/><thead><row><entry namest='c1' nameend='c3'><al>Kop</al></entry>"
        "</row></thead>"
        "<tbody><row><entry morerows='1'><al>een</al><al>twee</al></entry><entry namest='c9' nameend='c3'><tussenkop>b"
        "</tussenkop></entry>"
        "<entry><table><tgroup><tbody><row><entry>x</entry><entry>y</entry></row></tbody></tgroup></table></entry></row>"
        "<row><entry spanname='s'><al>z</al></entry></row></tbody></tgroup></table>"
    )
    paragraphs = only(read_xml(body)).paragraphs
    assert [(p.form, p.text) for p in paragraphs] == [
        (ParagraphForm.CAPTION, "Titel"),
        (ParagraphForm.TABLE, "Kop\neen twee | b | x y\nz"),
    ]
    assert [[(c.header, c.colspan, c.rowspan) for c in row] for row in paragraphs[1].rows] == [
        [(True, 3, 1)], [(False, 1, 2), (False, 1, 1), (False, 1, 1)], [(False, 2, 1)],
    ]  # fmt: skip


def test_annexes_and_a_second_piece() -> None:
    more = (
        "<algemeen><al>los</al></algemeen><bijlage><kop><titel>Tabel</titel></kop><al>b</al></bijlage>"
        "<stuknr>Nr. <ondernummer>8</ondernummer></stuknr><titel>TWEEDE STUK</titel><al>c</al>"
    )
    paper = read_xml("<al>a</al>", algemeen=more)
    assert [(s.part, s.heading, s.text) for s in paper.sections] == [
        (Part.BODY, "", "a"), (Part.BODY, "", "los"), (Part.ANNEX, "Tabel", "b"), (Part.BODY, "", "Nr. 8"),
        (Part.BODY, "TWEEDE STUK", "c"),
    ]  # fmt: skip
    assert paper.number == "7"


def test_a_bill() -> None:
    body = (
        "<voorstel-wet><aanhef><wij>Wij</wij><considerans><considerans.al>Alzo</considerans.al></considerans></aanhef><wettekst>"
        "<hoofdstuk><kop><label>Hoofdstuk</label><nr>1</nr></kop><artikel><kop><label>Artikel</label><nr>1</nr></kop><lid>"
        "<lidnr>1.</lidnr>"
        "<al>lid</al></lid></artikel></hoofdstuk></wettekst><wetsluiting><slotformulering><al>Lasten</al></slotformulering>"
        "</wetsluiting>"
        "</voorstel-wet>"
    )
    assert shape(read_xml(body)) == [
        (0, "", ["Wij", "Alzo"]), (1, "Hoofdstuk 1", []), (2, "Artikel 1", ["1. lid"]), (0, "", ["Lasten"]),
    ]  # fmt: skip


def test_the_dialect_of_1995() -> None:
    body = (
        "<tuskop letat='vet'>Kop</tuskop><al>'s-Gravenhage, 17 november 1998</al><al>Een<voetref nr='1'/> re\xebel "
        "&eacute;&eacute;n</al>"
        "<al>– item</al><tuskop letat='cur'>Sub</tuskop><table><tgroup><tbody><row><entry>a</entry><entry>b</entry></row>"
        "</tbody></tgroup>"
        "</table><voetnoot nr='1' id='v1'><al>Noot</al></voetnoot><ondtek><functie>De Minister van IJszaken,</functie><naam>A. "
        "Berg</naam></ondtek>"
    )
    text = LEGACY.format(kamer="tk", titel="Tweede Kamer der Staten-Generaal", body=body).encode("latin-1", "xmlcharrefreplace")
    paper = read(text, "kst-91235-6.xml")
    assert (paper.number, paper.chamber, paper.session_year) == ("6", "Tweede Kamer", "1998-1999")
    assert (paper.date_line, str(paper.date)) == ("'s-Gravenhage, 17 november 1998", "1998-11-17")
    assert [(d.number, d.title) for d in paper.dossiers] == [("91235", "Zuidpoolzaken")]
    assert shape(paper) == [(1, "Kop", ["Een reëel één", "– item"]), (2, "Sub", ["a | b"])]
    assert [(n.number, n.anchor, n.text, n.ref.offset if n.ref else None) for n in paper.footnotes] == [("1", "v1", "Noot", 3)]
    assert [(m.name, m.office) for m in paper.ministers] == [("A. Berg", "Minister van IJszaken")]


@pytest.mark.parametrize(
    ("kamer", "titel", "chamber"),
    [("ek", "Staten-Generaal", "Eerste Kamer"), ("tk", "", "Tweede Kamer"), ("sg", "Staten-Generaal", "Tweede Kamer")],
)
def test_the_chamber_of_an_old_paper(kamer: str, titel: str, chamber: str) -> None:
    paper = read(LEGACY.format(kamer=kamer, titel=titel, body="<al>x</al>"), "kst-91235-6.xml")
    assert paper.chamber == chamber


def test_other_xml_is_refused_by_name() -> None:
    with pytest.raises(PaperError, match="root is <rss>"):
        read("<rss><channel/></rss>", "kst-91234-7.xml")
