"""Signatures: which name goes with which function, and what remains as text."""

from __future__ import annotations

import pytest

from indexer.reading.flow import plain_signature
from tests.indexer.papers import TOP, only, read_page, read_xml

MINISTER = '<span class="functie">De Minister van IJszaken,</span>'
NAME = '<span class="naam"><span class="voornaam">A.</span><span class="achternaam">Berg</span></span>'
OTHER = '<span class="functie">De Staatssecretaris van Sneeuw,</span> <span class="naam">C. de Dam</span>'

CASES = [
    (MINISTER + NAME, [("A. Berg", "Minister van IJszaken")], ""),
    (MINISTER + "\n" + NAME + OTHER, [("A. Berg", "Minister van IJszaken"), ("C. de Dam", "Staatssecretaris van Sneeuw")], ""),
    (MINISTER, [], "De Minister van IJszaken,"),
    (NAME, [("A. Berg", "")], ""),
    (MINISTER + '<span class="deze">A. Berg</span>', [("A. Berg", "Minister van IJszaken")], ""),
    (MINISTER + '<span class="deze">C.D. de Dam-van Berg,</span>', [("C.D. de Dam-van Berg", "Minister van IJszaken")], ""),
    (NAME + MINISTER, [("A. Berg", "Minister van IJszaken")], ""),
    (
        MINISTER + '<span class="deze">namens deze,</span>' + OTHER,
        [("C. de Dam", "Staatssecretaris van Sneeuw")],
        "De Minister van IJszaken,|namens deze,",
    ),
    (
        MINISTER + '<span class="deze">de Staatssecretaris van Sneeuw,</span>' + NAME,
        [("A. Berg", "Staatssecretaris van Sneeuw")],
        "De Minister van IJszaken,",
    ),
    (
        '<span class="functie">De Minister van IJszaken, mede namens de Minister van Hagel,</span>' + NAME,
        [("A. Berg", "Minister van IJszaken")],
        "mede namens de Minister van Hagel,",
    ),
    ('<span class="voor">Voor</span>' + MINISTER + NAME, [("A. Berg", "Minister van IJszaken")], "Voor"),
    (
        '<span class="functie">De leden,</span><span class="naam">A</span><span class="naam">B</span>',
        [("A", "leden"), ("B", "leden")],
        "",
    ),
    (
        '<span class="functie">De voorzitter,</span><span class="naam">A</span><span class="naam">B</span>',
        [("A", "voorzitter"), ("B", "")],
        "",
    ),
    ('<span class="naam">A</span><span class="naam">B</span>', [("A", ""), ("B", "")], ""),
    ('<span class="organisatie">Raad voor IJs</span>' + NAME, [("A. Berg", "")], "Raad voor IJs"),
    ('<span class="functie"></span><span class="naam"> </span>', [], ""),
    ("De Minister van IJs, Sneeuw en Hagel,<br/>A.B. de Berg", [("A.B. de Berg", "Minister van IJs, Sneeuw en Hagel")], ""),
    ("De Staatssecretaris van Sneeuw, C. (Cor) Dam", [("C. (Cor) Dam", "Staatssecretaris van Sneeuw")], ""),
    ("Hoogachtend, de indieners", [], "Hoogachtend, de indieners"),
]


@pytest.mark.parametrize(("inner", "signed", "rest"), CASES)
@pytest.mark.parametrize("tag", ["p", "div"])
def test_signatures_of_a_page(tag: str, inner: str, signed: list[tuple[str, str]], rest: str) -> None:
    paper = read_page(
        f'<p>tekst</p><{tag} class="ondertekening">{inner}</{tag}>', top=TOP.replace("DE MINISTER VAN IJSZAKEN", "")
    )
    assert [(person.name, person.office) for person in paper.signatories] == signed
    assert [p.text for p in only(paper).paragraphs] == ["tekst", *filter(None, rest.split("|"))]


def test_signature_blocks_within_a_block_and_in_a_table() -> None:
    nested = f'<div class="ondertekening"><p class="ondertekening">{MINISTER}{NAME}</p><p class="ondertekening">{OTHER}</p></div>'
    table = (
        f'<table><tr><td><p class="ondertekening">{MINISTER}{NAME}</p></td><td><p class="ondertekening">{OTHER}</p></td></tr>'
        f"</table>"
    )
    expected = [("A. Berg", "Minister van IJszaken"), ("C. de Dam", "Staatssecretaris van Sneeuw")]
    for body in (nested, table):
        assert [(person.name, person.office) for person in read_page(f"<p>x</p>{body}").signatories] == expected


def test_a_name_in_the_block_below_its_office_goes_with_it() -> None:
    office, name = f'<p class="ondertekening">{MINISTER}</p>', f'<p class="ondertekening">{NAME}</p>'
    paper = read_page(f"<p>x</p>{office}{name}")
    assert [(person.name, person.office) for person in paper.signatories] == [("A. Berg", "Minister van IJszaken")]
    assert only(paper).text == "x"
    for between in ("<p>y</p>", "<h2>y</h2>", f'<p class="ondertekening">{OTHER}</p>'):
        apart = read_page(f"<p>x</p>{office}{between}{name}")
        assert "A. Berg" in [person.name for person in apart.signatories]
        assert "De Minister van IJszaken," in apart.sections[0].text


def test_who_signs_again_is_one_signatory_and_a_line_of_the_text() -> None:
    signed = f'<p class="ondertekening">{MINISTER}{NAME}</p>'
    paper = read_page(f"<p>x</p>{signed}<p>y</p>{signed}")
    assert [(person.name, person.office) for person in paper.signatories] == [("A. Berg", "Minister van IJszaken")]
    assert [p.text for s in paper.sections for p in s.paragraphs] == ["x", "y", "De Minister van IJszaken, A. Berg"]


@pytest.mark.parametrize("block", ["ondertekening", "ondtek"])
def test_signatures_of_xml(block: str) -> None:
    closing = (
        f"<tekst-sluiting><{block}><functie>De Minister van IJszaken,</functie><naam><voornaam>A.</voornaam><achternaam>Berg"
        f"</achternaam>"
        f"</naam></{block}><{block}><deze>namens deze,</deze><functie>De directeur,</functie><naam>C. de Dam</naam></{block}>"
        f"</tekst-sluiting>"
    )
    paper = read_xml("<al>tekst</al>", closing=closing)
    assert [(person.name, person.office) for person in paper.signatories] == [
        ("A. Berg", "Minister van IJszaken"), ("C. de Dam", "directeur"),
    ]  # fmt: skip
    assert [(person.name, person.office) for person in paper.ministers] == [("A. Berg", "Minister van IJszaken")]
    assert [p.text for p in only(paper).paragraphs] == ["tekst", "namens deze,"]


@pytest.mark.parametrize(
    "text", ["De voorzitter, A. Berg", "De Minister van IJszaken", "De Minister van IJszaken, " + "x" * 500, ""]
)
def test_what_is_not_plainly_a_signature(text: str) -> None:
    assert plain_signature(text) is None
