"""What decides a field when body, metadata, identifier and file name tell different things, or nothing."""

from __future__ import annotations

import pytest

from indexer.errors import PaperError
from indexer.paper.naming import shown_title
from tests.indexer.papers import page, read, read_page

MINISTER = '<p class="ondertekening"><span class="functie">De Minister van IJszaken,</span>{}</p>'
SUBMITTER = '<meta name="OVERHEIDop.indiener" content="{}"/>'


def with_kind_line(kind_line: str, body: str = "<p>x</p>", *submitters: str) -> list[tuple[str, str]]:
    top = f'<div><h1 class="stuktitel"><span class="stuknummer">Nr. 7</span> {kind_line}</h1>'
    paper = read(page(body, top=top, head="".join(SUBMITTER.format(name) for name in submitters)))
    return [(person.name, person.office) for person in paper.ministers]


@pytest.mark.parametrize(
    ("printed", "number", "addition"),
    [
        ("91 234", "91234", ""),
        ("91\u00a0234", "91234", ""),
        ("91234", "91234", ""),
        ("91 600 XVI", "91600", "XVI"),
        ("91 600-XVI", "91600", "XVI"),
        ("91 600 IX-B", "91600", "IXB"),
        ("91 600 A", "91600", "A"),
        ("91 027 (R2160)", "91027", "R2160"),
        ("91 027-(R2160)", "91027", "R2160"),
        ("92 501-02", "92501-02", ""),
        ("CXXXIX", "CXXXIX", ""),
        ("onbekend", "onbekend", ""),
    ],
)
def test_dossier_numbers(printed: str, number: str, addition: str) -> None:
    top = f'<h1 class="dossiertitel"><span class="dossiernummer">{printed}</span> T</h1><div class="stuk">'
    (dossier,) = read(page("<p>x</p>", top=top)).dossiers
    assert (dossier.number, dossier.addition, dossier.title) == (number, addition, "T")


@pytest.mark.parametrize(
    ("top", "head", "expected"),
    [
        ('<h1 class="dossiertitel">91 600 XVI Titel</h1>', "", [("91600", "XVI", "Titel")]),
        (
            '<h1 class="dossiertitel">Titel</h1>',
            '<meta name="OVERHEIDop.dossiernummer" content="91600"/>',
            [("91600", "", "Titel")],
        ),
        ('<h1 class="dossiertitel">Titel</h1>', "", [("91234", "", "Titel")]),
        (
            "",
            '<meta name="OVERHEIDop.dossiernummer" content="91600-XVI"/><meta name="OVERHEIDop.dossiernummer" content="91601"/>'
            '<meta name="OVERHEIDop.dossiertitel" content="A"/><meta name="OVERHEIDop.dossiertitel" content="B"/>',
            [("91600", "XVI", "A"), ("91601", "", "B")],
        ),
        (
            "",
            '<meta name="OVERHEIDop.dossiernummer" content="91600"/><meta name="OVERHEIDop.dossiernummer" content="91601"/>'
            '<meta name="OVERHEIDop.dossiertitel" content="A"/>',
            [("91600", "", "A"), ("91601", "", "A")],
        ),
        ("", "", [("91234", "", "")]),
    ],
)
def test_dossiers_that_are_not_printed_in_full(top: str, head: str, expected: list[tuple[str, str, str]]) -> None:
    paper = read(page("<p>x</p>", top=f"<div>{top}", head=head))
    assert [(d.number, d.addition, d.title) for d in paper.dossiers] == expected


@pytest.mark.parametrize(
    ("printed", "number"),
    [("Nr. 143", "143"), ("Nr.143", "143"), ("nr 5", "5"), ("C", "C"), ("NO", "NO"), ("Nr. 5 HERDRUK", "5"), ("", "7")],
)
def test_numbers(printed: str, number: str) -> None:
    top = f'<div><h1 class="stuktitel"><span class="stuknummer">{printed}</span> BRIEF</h1>'
    assert read(page("<p>x</p>", top=top)).number == number


def test_the_dateline_of_a_letter_is_not_text() -> None:
    paper = read_page("<p>Aan de Voorzitter</p><p>Den Haag, 18 juni 2024</p><p>Hierbij</p>")
    assert (paper.date_line, str(paper.date), paper.session_year) == ("Den Haag, 18 juni 2024", "2024-06-18", "2023-2024")
    assert paper.sections[0].text == "Aan de Voorzitter\nHierbij"


def test_a_dateline_below_the_letter_tells_the_date_and_stays_text() -> None:
    paper = read_page("<p>x</p>" * 9 + "<p>Den Haag, 18 juni 2024</p>")
    assert (paper.date_line, str(paper.date)) == ("", "2024-06-18")
    assert paper.sections[0].text.endswith("Den Haag, 18 juni 2024")


def test_a_dateline_that_opens_a_part_leaves_the_part_open() -> None:
    paper = read_page('<h2>Kop</h2><div class="algemeen"><p>Den Haag, 18 juni 2024</p><p>x</p></div>')
    assert [(s.heading, s.text) for s in paper.sections] == [("Kop", ""), ("", "x")]


def test_several_lines_of_dates() -> None:
    lines = (
        '<p class="kamerstukdatum">Voorgesteld <span class="datum">6 juli 2023</span></p><p class="kamerstukdatum">Ontvangen 7 '
        "juli 2023</p>"
    )
    paper = read_page(lines + "<p>x</p>")
    assert (paper.date_line, str(paper.date)) == ("Voorgesteld 6 juli 2023 Ontvangen 7 juli 2023", "2023-07-06")


@pytest.mark.parametrize(
    ("head", "identifier", "number", "chamber"),
    [
        ('<meta name="DC.creator" content="Tweede Kamer der Staten-Generaal"/>', "kst-91234-7", "A", "Tweede Kamer"),
        ('<meta name="DC.creator" content="Eerste Kamer der Staten-Generaal"/>', "kst-91234-7", "Nr. 7", "Eerste Kamer"),
        ("", "kst-91234-7", "Nr. 7", "Tweede Kamer"),
        ("", "kst-91234-B", "B", "Eerste Kamer"),
    ],
)
def test_the_chamber_comes_from_the_metadata_not_from_the_letter(head: str, identifier: str, number: str, chamber: str) -> None:
    top = f'<div><h1 class="stuktitel"><span class="stuknummer">{number}</span> BRIEF</h1>'
    assert read(page("<p>x</p>", head=head, identifier=identifier, top=top)).chamber == chamber


def test_ministers() -> None:
    name = '<span class="naam">A. Berg</span>'
    assert with_kind_line("BRIEF", MINISTER.format(name)) == [("A. Berg", "Minister van IJszaken")]
    assert with_kind_line("BRIEF", MINISTER.format(""), "A. Berg") == [("A. Berg", "Minister van IJszaken")]
    assert with_kind_line("BRIEF", MINISTER.format(""), "A. Berg", "B. Dal") == [("", "Minister van IJszaken")]
    assert with_kind_line("BRIEF VAN DE MINISTER VAN IJSZAKEN") == [("", "Minister van IJszaken")]
    assert with_kind_line("BRIEF VAN DE MINISTER VAN DEFENSIE", "<p>x</p>", "A. Berg") == [("A. Berg", "Minister van Defensie")]
    two = "BRIEF VAN DE MINISTERS VAN DEFENSIE EN VAN FINANCIËN"
    assert with_kind_line(two) == [("", "Minister van Defensie"), ("", "Minister van Financiën")]
    assert with_kind_line(two, "<p>x</p>", "A. Berg", "B. Dal") == [("A. Berg", ""), ("B. Dal", "")]
    assert with_kind_line("MOTIE VAN HET LID BERG", "<p>x</p>", "A. Berg") == []
    chair = '<p class="ondertekening"><span class="functie">De voorzitter van de commissie,</span>' + name + "</p>"
    assert with_kind_line("VERSLAG", chair) == []


def test_titles_come_from_the_metadata_alone() -> None:
    assert read_page("<p>x</p>", head='<meta name="DC.title" content="Zuidpool; Brief; Ijs"/>').title == ""
    assert shown_title(read_page("<p>x</p>")).endswith(" – Zuidpoolzaken")


def test_links_follow_from_the_identifier() -> None:
    links = read_page("<p>x</p>").links
    assert links.html == links.page == "https://zoek.officielebekendmakingen.nl/kst-91234-7.html"
    assert (links.pdf, links.xml) == (links.html.replace(".html", ".pdf"), links.html.replace(".html", ".xml"))


def test_a_file_without_any_identifier_is_refused() -> None:
    with pytest.raises(PaperError, match=r"no identifier.*'download \(3\)'"):
        read(page("<p>x</p>", identifier="geen"), "download (3).html")
