"""Which day a paper is of, where its places tell different ones, and when that is in doubt."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.paper.model import Kamerstuk
from tests.indexer.papers import TOP, official_xml, page, read, read_page

SESSION = '<meta name="OVERHEIDop.vergaderjaar" content="2023-2024"/>'


def issued(day: str) -> str:
    return f'<meta name="DCTERMS.issued" content="{day}"/>'


def available(day: str) -> str:
    return f'<meta name="DCTERMS.available" content="{day}"/>'


def dated(printed: str, iso: str = "", meta: str = "") -> Kamerstuk:
    """A paper whose XML gives this date."""
    line = f'<datumtekst>Ontvangen <datum isodatum="{iso}">{printed}</datum></datumtekst><algemeen>'
    return read(official_xml("<al>Tekst.</al>", meta=meta).replace("<algemeen>", line, 1), "kst-91234-7.xml")


def told(paper: Kamerstuk) -> tuple[str, str]:
    return (str(paper.date) if paper.date else "", paper.date_doubt)


@pytest.mark.parametrize(
    ("printed", "iso", "meta", "expected"),
    [
        ("6 maart 2024", "2024-03-06", "", ("2024-03-06", "")),
        # What is doubtful gives way to what is not, whichever place tells it.
        ("6 maart 2104", "2104-03-06", issued("2024-03-06"), ("2024-03-06", "")),
        ("6 maart 2024", "2104-03-06", "", ("2024-03-06", "")),
        ("6 maart 2104", "2024-03-06", "", ("2024-03-06", "")),
        ("6 maart 202", "0202-03-06", issued("2024-03-06"), ("2024-03-06", "")),
        ("30 februari 2024", "2024-02-30", issued("2024-02-28"), ("2024-02-28", "")),
        ("6 maart 2024", "", issued("2042-03-06"), ("2024-03-06", "")),
        # Of two that may be, the one that fits session year and publication.
        ("6 maart 2023", "2023-03-06", issued("2024-03-06") + available("2024-03-08"), ("2024-03-06", "")),
        # Of three, the one told twice.
        ("6 maart 2024", "2024-06-03", issued("2024-03-06"), ("2024-03-06", "")),
        # In doubt, with the date as printed.
        ("6 maart 2104", "2104-03-06", "", ("2104-03-06", "far from session year 2023-2024")),
        ("6 maart 2042", "", "", ("2042-03-06", "far from session year 2023-2024")),
        ("6 maart 202", "", "", ("0202-03-06", "before 1814")),
        ("6 december 2024", "2024-12-06", available("2024-02-10"), ("2024-12-06", "after its publication on 2024-02-10")),
        # No day at all.
        ("30 februari 2024", "2024-02-30", "", ("", "there is no 2024-02-30")),
        ("30 februari 2024", "", "", ("", "there is no 30 februari 2024")),
        ("gisteren", "", "", ("", "")),
    ],
)
def test_the_day_of_a_paper(printed: str, iso: str, meta: str, expected: tuple[str, str]) -> None:
    assert told(dated(printed, iso, meta)) == expected


def test_a_page_tells_the_same_as_xml() -> None:
    line = '<p class="kamerstukdatum">Ontvangen <span class="datum">6 maart 2104</span></p><p>Tekst.</p>'
    assert told(read_page(line, head=SESSION)) == told(dated("6 maart 2104"))
    assert told(read_page(line, head=SESSION + issued("2024-03-06"))) == ("2024-03-06", "")


def test_the_dateline_of_a_letter_may_be_misprinted() -> None:
    paper = read_page("<p>Aan de Voorzitter</p><p>Den Haag, 5 maart 202</p><p>Tekst.</p>", head=SESSION)
    assert (paper.date_line, *told(paper)) == ("Den Haag, 5 maart 202", "0202-03-05", "before 1814")
    paper = read_page("<p>Den Haag, 30 februari 2024</p><p>Tekst.</p><p>Den Haag, 1 maart 2024</p>", head=SESSION)
    assert told(paper) == ("2024-03-01", "")


def test_the_printed_date_counts_before_a_record_and_a_dateline_below_that_agree() -> None:
    head = '<p class="kamerstukdatum">Ontvangen <span class="datum">6 maart 2024</span></p>'
    line = f"{head}<p>Tekst.</p><p>Den Haag, 5 maart 2024</p>"
    assert told(read_page(line, head=SESSION + issued("2024-03-05"))) == ("2024-03-06", "")
    letter = "<p>Den Haag, 6 maart 2024</p><p>Tekst.</p><p>Den Haag, 5 maart 2024</p>"
    assert told(read_page(letter, head=SESSION + issued("2024-03-05"))) == ("2024-03-06", "")


def test_a_doubtful_date_tells_no_session_year() -> None:
    paper = read_page('<p class="kamerstukdatum">Ontvangen <span class="datum">6 maart 2104</span></p><p>Tekst.</p>')
    assert (paper.date_doubt, paper.session_year) == ("in the future", "")
    assert paper.certain_date is None


def test_what_is_attached_may_be_much_older() -> None:
    head = (
        SESSION + issued("1999-03-06") + available("2024-03-06") + '<meta name="OVERHEIDop.hoofddocument" content="kst-91234-7"/>'
    )
    assert told(read_page("<p>Tekst.</p>", head=head, identifier="kst-91234-7-b1")) == ("1999-03-06", "")


NOTE = '<noot id="h" type="voet"><noot.nr>1</noot.nr><noot.al>Vanwege een zetfout.</noot.al></noot>'
NUMBER = '<stuknr>Nr. <ondernummer kamer="2">7</ondernummer></stuknr>'


@pytest.mark.parametrize(
    ("head", "edition"),
    [
        (NUMBER.replace("</stuknr>", f" <herdruk>Herdruk{NOTE}</herdruk></stuknr>"), "Herdruk"),
        (NUMBER.replace("</stuknr>", f" HERDRUK{NOTE}</stuknr>"), "HERDRUK"),
        (NUMBER.replace("</ondernummer>", f" <herdruk>Tweede herdruk{NOTE}</herdruk></ondernummer>"), "Tweede herdruk"),
        (f"{NUMBER}<herdruk>Gerectificeerde herdruk{NOTE}</herdruk>", "Gerectificeerde herdruk"),
    ],
)
def test_an_edition_in_xml_with_its_note(head: str, edition: str) -> None:
    paper = read(official_xml("<al>Tekst.</al>").replace(NUMBER, head), "kst-91234-7.xml")
    assert (paper.number, paper.edition, paper.kind_line) == ("7", edition, "BRIEF VAN DE MINISTER VAN IJSZAKEN")
    assert [(note.number, note.text, note.ref is not None) for note in paper.footnotes] == [("1", "Vanwege een zetfout.", True)]


REF = "<sup><a class='nootnum' href='#n1'>1</a></sup>"


@pytest.mark.parametrize(
    ("number", "edition"),
    [
        (f'Nr. 7 <span class="herdruk">Herdruk{REF}</span></span>', "Herdruk"),
        (f"Nr. 7 HERDRUK{REF}</span>", "HERDRUK"),
        (f"Nr. 7</span> HERDRUK{REF}", "HERDRUK"),
        (f'Nr. 7</span> <span class="herdruk">2e herdruk{REF}</span>', "2e herdruk"),
        (f"Nr. 7 GERECTIFICEERD{REF}</span>", "GERECTIFICEERD"),
    ],
)
def test_an_edition_on_a_page_with_its_note(number: str, edition: str) -> None:
    top = TOP.replace("Nr. 7\n </span>", number)
    note = '<div class="noot" id="supernote-note-n1"><span class="nootnum">1</span><p>Vanwege een zetfout.</p></div>'
    paper = read(page(f"<p>Tekst.</p>{note}", top=top))
    assert (paper.number, paper.edition, paper.kind_line) == ("7", edition, "BRIEF VAN DE MINISTER VAN IJSZAKEN")
    assert [(found.number, found.text, found.ref is not None) for found in paper.footnotes] == [
        ("1", "Vanwege een zetfout.", True)
    ]


def test_a_reprint_by_its_identifier_alone() -> None:
    assert read_page("<p>Tekst.</p>", identifier="kst-91234-7-h1").edition == "Herdruk"
    assert read_page("<p>Tekst.</p>").edition == ""


def test_reprinting_in_the_text_is_no_edition() -> None:
    assert read_page("<p>Een herdruk volgt.</p>").edition == ""


@settings(max_examples=300)
@given(
    st.sampled_from(["1", "30", "31", "99"]),
    st.sampled_from(["januari", "februari", "december"]),
    st.sampled_from(["1", "001", "202", "1813", "2024", "2104", "9999", "20244"]),
    st.dates().map(str) | st.text(alphabet="0123456789-", max_size=12),
    st.dates().map(str) | st.just(""),
)
def test_whatever_a_file_gives_as_dates_is_read(day: str, month: str, year: str, other: str, published: str) -> None:
    paper = dated(f"{day} {month} {year}", other, issued(other) + available(published))
    assert paper.date is None or paper.certain_date == paper.date or paper.date_doubt
    assert paper.date is None or bool(paper.date_doubt) or paper.date.year >= 1814
