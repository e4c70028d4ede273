"""Links, complete citations and short forms joined; spans are exact in the text that holds them."""

from __future__ import annotations

import pytest

from indexer.paper.model import Citation, Kamerstuk, Where
from tests.indexer.papers import page, read, read_page, read_xml

TWO_DOSSIERS = '<h1 class="dossiertitel"><span class="dossiernummer">{}</span> Titel</h1>'


def cited(paper: Kamerstuk) -> list[tuple[str, str]]:
    return [(citation.text, str(citation.target)) for citation in paper.citations]


def container_of(paper: Kamerstuk, citation: Citation) -> str:
    if citation.where is Where.BODY:
        return paper.sections[citation.container].text
    return paper.footnotes[citation.container].text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="kst-92000-5.html">31 066, nr. 12</a>', [("31 066, nr. 12", "kst-92000-5")]),
        ('Zie <a href="/kst-92000-5.html">deze brief</a>.', [("deze brief", "kst-92000-5")]),
        ('<a href="https://zoek.officielebekendmakingen.nl/kst-92000-5.html#x">hier</a>', [("hier", "kst-92000-5")]),
        ('92 000, <a href="kst-92000-5.html">nr. 5</a>', [("92 000, nr. 5", "kst-92000-5")]),
        (
            '<a href="kst-92000-5.html">92 000, nrs. 5 en 6</a>',
            [("92 000, nrs. 5 en 6", "kst-92000-5"), ("6", "kst-92000-6")],
        ),
        ('<a href="stb-2020-118.html">Stb. 2020, 118</a>', [("Stb. 2020, 118", "stb-2020-118")]),
        (
            "Stcrt. 2019, nr. 12345-6, en 92 000, nr. 5",
            [("Stcrt. 2019, nr. 12345", "stcrt-2019-12345"), ("92 000, nr. 5", "kst-92000-5")],
        ),
        ('<a href="https://example.org/kst-92000-5.html">een andere site</a>', []),
        ('<a href="kst-92000-0.html">nul</a> <a href="kst-23400-XI.html">hoofdstuk</a> <a href="kst-01234-5.html">laag</a>', []),
        (
            '(<a href="kst-91501-08-719.html">91 501-08</a>, nr. <a href="kst-91501-08-719.html">719</a>)',
            [("91 501-08, nr. 719", "kst-91501-08-719")],
        ),
        ("stuk nr. 0", []),
        ('<a href="kst-92000.html">dossier</a>', []),
        ('<a href="kst-91234-7.html">deze brief zelf</a>', []),
        ("91 234, nr. 7 is deze brief; 91 234, nr. 8 niet", [("91 234, nr. 8", "kst-91234-8")]),
        ("de motie op stuk nr. 6", [("nr. 6", "kst-91234-6")]),
        ("stuk nr. 6 (92 000)", [("nr. 6 (92 000)", "kst-92000-6")]),
        ("92 <strong>000</strong>, nr. 5", [("92 000, nr. 5", "kst-92000-5")]),
    ],
)
def test_citations_of_a_page(body: str, expected: list[tuple[str, str]]) -> None:
    assert cited(read_page(f"<p>{body}</p>")) == expected


def test_spans_are_exact_wherever_a_citation_stands() -> None:
    note = '<div class="noot" id="supernote-note-n1"><span class="nootnum">1</span><p>Zie 92 000, nr. 5.</p></div>'
    paper = read_page(
        '<p>Eerst <a class="nootnum" href="#n1">1</a> 92 000, nr. 1.</p>'
        "<ul><li><span class='ol'>a.</span><p>Zie 92 000, nr. 2</p></li></ul>"
        "<table><tr><td>x</td><td>92 000, nr. 3</td></tr><tr><td>92 000,</td><td>nr. 99</td></tr></table>"
        "<h2 class='divisiekop1'>Kop</h2><p>92 000,</p><p>nr. 98 en <a href='kst-92000-4.html'>92 000, nr. 4</a></p>",
        after=f'<div id="noten">{note}</div>',
    )
    assert [str(c.target) for c in paper.citations] == [f"kst-92000-{n}" for n in (1, 2, 3, 4, 5)]
    for citation in paper.citations:
        assert container_of(paper, citation)[citation.start : citation.start + len(citation.text)] == citation.text


def test_links_of_xml() -> None:
    paper = read_xml(
        '<al>Zie <extref doc="kst-92000-5" soort="document">92 000, nr. 5</extref>; '
        '<extref doc="h-tk-20222023-84-12" soort="document">84, item 12</extref>; '
        '<extref doc="https://zoek.officielebekendmakingen.nl/kst-92000-VI-7.html" soort="URL">92 000, VI, nr. 7)</extref>; '
        '<extref doc="https://www.example.org/x" soort="URL">elders</extref>'
        '<noot id="n1"><noot.nr>1</noot.nr><noot.al>Kamerstuk <extref doc="kst-92000-6">92 000, nr. 6</extref>.</noot.al>'
        "</noot></al>"
    )
    assert cited(paper) == [
        ("92 000, nr. 5", "kst-92000-5"),
        ("84, item 12", "h-tk-20222023-84-12"),
        ("92 000, VI, nr. 7)", "kst-92000-VI-7"),
        ("Kamerstuk 92 000, nr. 6", "kst-92000-6"),
    ]
    assert [citation.where for citation in paper.citations] == [*[Where.BODY] * 3, Where.FOOTNOTE]


def test_the_short_form_means_the_first_dossier() -> None:
    top = TWO_DOSSIERS.format("95 400 XVI") + TWO_DOSSIERS.format("92 501-02")
    assert cited(read(page("<p>op stuk nr. 6</p>", top=top + '<div class="stuk">'))) == [("nr. 6", "kst-95400-XVI-6")]


def test_many_links_and_citations_in_one_section_cost_linear_time() -> None:
    one = '<p>Zie <a href="kst-92000-5.html">92 000, nr. 5</a>, 92 000, nr. 6 en stuk nr. 8.</p>'
    assert len(read_page(one * 8_000).citations) == 24_000
