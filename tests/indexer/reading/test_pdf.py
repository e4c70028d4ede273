"""PDFs: what is read of them, how they are marked, and that no PDF costs more than it may."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from indexer.errors import PaperError
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Source
from indexer.reading.metadata import from_record
from indexer.reading.official_file import OfficialFile, read_paper
from indexer.reading.pdf import Bounds, is_pdf, read_pdf
from indexer.reading.trees import xml_tree
from tests.indexer.papers import words
from tests.indexer.pdfs import assembled, column, pdf

LETTER = pdf(
    column(
        "Den Haag, 3 december 2031",
        "",
        "Geachte voorzitter,",
        "",
        "Hierbij stuur ik u de beslisnota over het ijs van de zuidpool, zoals ik eerder had toege-",
        "zegd aan het lid Sneeuw. De nota gaat in op 91 234, nr. 7 en op de moties daarover.",
        "",
        "De Minister van IJszaken,",
        "A.B. Vorst",
    )
)
RECORD = b"""<?xml version="1.0" encoding="UTF-8"?><metadata_gegevens>
<metadata name="DC.title" scheme="" content="Beslisnota over ijs"/>
<metadata name="OVERHEIDop.dossiernummer" scheme="" content="91234"/>
<metadata name="OVERHEIDop.ondernummer" scheme="" content="9"/>
<metadata name="OVERHEIDop.vergaderjaar" scheme="" content="2031-2032"/>
<metadata name="DCTERMS.available" scheme="DCTERMS.W3CDTF" content="2031-12-04"/>
<metadata name="DC.creator" scheme="OVERHEID.StatenGeneraal" content="Tweede Kamer der Staten-Generaal"/>
<metadata name="DC.type" scheme="OVERHEIDop.Parlementair" content="Bijlage"/>
<metadata name="DC.identifier" scheme="OVERHEIDop.ParlID" content="blg-9007826"/>
<metadata name="OVERHEIDop.hoofddocument" scheme="OVERHEIDop.ParlID" content="kst-91234-9"/></metadata_gegevens>"""

SMALL = Bounds(pages=20, characters=100_000)


def read(content: bytes, name: str = "blg-9007826.pdf", record: bytes | None = None) -> Kamerstuk:
    return read_paper(OfficialFile(f"here/{name}", name, content, record))


def texts(paper: Kamerstuk) -> list[str]:
    return [p.text for section in paper.sections for p in section.paragraphs]


def test_an_attachment_with_its_record() -> None:
    paper = read(LETTER, record=RECORD)
    assert (paper.source, paper.kind, paper.is_attachment) == (Source.PDF, "Bijlage", True)
    assert (paper.title, paper.attached_to) == ("Beslisnota over ijs", Identifier("kst-91234-9"))
    assert ([d.key for d in paper.dossiers], paper.number, paper.chamber) == (["91234"], "", "Tweede Kamer")
    assert (str(paper.date), paper.date_line) == ("2031-12-03", "Den Haag, 3 december 2031")
    assert texts(paper) == [
        "Geachte voorzitter,",
        "Hierbij stuur ik u de beslisnota over het ijs van de zuidpool, zoals ik eerder had toegezegd aan het lid Sneeuw. De "
        "nota gaat in op 91 234, nr. 7 en op de moties daarover.",
    ]
    assert [(p.name, p.office) for p in paper.ministers] == [("A.B. Vorst", "Minister van IJszaken")]
    assert [str(c.target) for c in paper.citations] == ["kst-91234-7"]
    assert (paper.links.pdf.rpartition("/")[2], paper.links.xml) == ("blg-9007826.pdf", "")


def test_an_attachment_without_a_date_has_that_of_its_publication() -> None:
    assert str(read(pdf(column("Een nota zonder datum.")), record=RECORD).date) == "2031-12-04"


def test_an_attachment_without_a_record_is_one_too() -> None:
    paper = read(LETTER)
    assert (paper.kind, paper.is_attachment, paper.attached_to, paper.number) == ("Bijlage", True, None, "")


def test_the_attachment_of_an_old_paper_names_it() -> None:
    paper = read(LETTER, "kst-91234-9-b1.pdf")
    assert (paper.kind, paper.attached_to) == ("Bijlage", Identifier("kst-91234-9"))
    assert not read(LETTER, "kst-91234-9.pdf").is_attachment


def test_the_head_of_a_typeset_paper() -> None:
    head = [
        *column("Tweede Kamer der Staten-Generaal", size=18),
        (500, 745, 50, "2"),
        *column("Vergaderjaar 2031–2032", top=720, size=9),
        *column("91 234 XVI", "95 000", top=680, size=12, leading=14),
        (150, 680, 12, "Vaststelling van de begrotingsstaten van het Ministerie van IJszaken"),
        (150, 666, 12, "Noordpoolzaken"),
        *column("Nr. 7 BRIEF VAN DE MINISTER VAN", "IJSZAKEN", top=620, size=9, leading=11),
        *column("Ontvangen 3 december 2031", top=590, size=9),
        *column("Het ijs is dun.", top=570, size=9),
        *column("kst-91234-XVI-7", "ISSN 0921 - 7371", "’s-Gravenhage 2031", top=60, size=6, leading=7),
        (220, 46, 9, "Tweede Kamer, vergaderjaar 2031–2032, 91 234 XVI, nr. 7"),
    ]
    lines = sorted(head, key=lambda line: (-line[1], line[0]))
    paper = read(pdf(lines), "kst-91234-XVI-7.pdf")
    assert (paper.chamber, paper.session_year, paper.number) == ("Tweede Kamer", "2031-2032", "7")
    assert (paper.kind, paper.kind_line) == ("Brief", "BRIEF VAN DE MINISTER VAN IJSZAKEN")
    assert [(d.number, d.addition) for d in paper.dossiers] == [("91234", "XVI"), ("95000", "")]
    assert str(paper.date) == "2031-12-03"
    assert texts(paper) == ["Het ijs is dun."]


def test_a_page_is_a_section_and_a_paragraph_stays_with_its_page() -> None:
    long = "Deze regel is lang genoeg om een hele regel van de pagina te vullen en nog wat"
    paper = read(pdf(column(long, "loopt deze alinea door op de"), column("volgende pagina.", "", "Nieuw."), column("Slot.")))
    assert [(s.heading, s.anchor) for s in paper.sections] == [(f"Pagina {n}", f"pagina-{n}") for n in (1, 2, 3)]
    # The second line had room for more, so it ends its paragraph.
    assert texts(paper) == [f"{long} loopt deze alinea door op de", "volgende pagina.", "Nieuw.", "Slot."]
    paper = read(pdf(column("Begin.", "", f"{long} be-"), column("gint en eindigt.", "", "Nieuw.")))
    assert [[p.text for p in s.paragraphs] for s in paper.sections] == [["Begin.", f"{long} begint en eindigt."], ["Nieuw."]]


@pytest.mark.parametrize("content", [b"", b"%PDF", b"geen %PDF", b"x" * 1024 + b"%PDF-1.4"])
def test_what_is_no_pdf(content: bytes) -> None:
    assert not is_pdf(content)


def test_a_pdf_may_begin_with_other_bytes() -> None:
    assert is_pdf(b"\xef\xbb\xbf\n%PDF-1.7")


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(LETTER)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(bytes(2**20)) for _ in range(size // 2**20)), packer.flush()])


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
ITSELF = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>stream\n/X Do\nendstream"
HOSTILE = {
    "scanned": (pdf([], []), "no text in the PDF .2 pages, scanned or empty"),
    "no pages": (assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]), "no text"),
    "locked": (locked("geheim"), "locked with a password"),
    "only the mark": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "broken"),
    "half": (LETTER[: len(LETTER) // 3], "broken"),
    "no catalogue": (LETTER.replace(b"/Catalog", b"/Qatalog").replace(b"/Pages", b"/Qages"), "broken"),
    "many pages": (pdf(*[column("a")] * 21), "21 pages, more than the 20"),
    "pages within themselves": (
        assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]),
        "broken",
    ),
    "drawn by itself": (
        assembled([
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[5 0 R]/Count 1>>", FONT, ITSELF,
            b"<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 4 0 R>>>>/Contents 4 0 R>>",
        ]),
        "no text",
    ),
    "deep": (pdf([], contents=b"[" * 200_000), "broken"),
    "endless text": (pdf([], contents=b"BT /F1 9 Tf (" + b"abcd " * 40_000 + b") Tj ET"), "more than the 100,000 characters"),
    "bomb": (pdf([], contents=bomb(2**27), filters="/Filter/FlateDecode"), "broken"),
    "bomb in a bomb": (
        pdf([], contents=zlib.compress(bomb(2**27)), filters="/Filter[/FlateDecode/FlateDecode]"),
        "broken",
    ),
    "letters that are none": (
        pdf(column("a ¤¦¨©®¯±´¶¸¹")),
        "do not tell which letters",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_pdfs_are_refused_within_bounds(name: str) -> None:
    content, reason = HOSTILE[name]
    with pytest.raises(ValueError, match=reason):
        read_pdf(content, SMALL)


def test_a_pdf_locked_against_changes_only_is_read() -> None:
    assert texts(read(locked(""))) == texts(read(LETTER))


def test_a_refused_pdf_says_what_is_wrong_and_where() -> None:
    with pytest.raises(PaperError, match=r"here/blg-1007826\.pdf: the PDF is broken"):
        read(b"%PDF-1.4", "blg-1007826.pdf")


def test_without_the_extra_a_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.reading.pdf.find_spec", lambda name: None)
    with pytest.raises(PaperError, match="pip install pypdf"):
        read(LETTER)


def test_a_real_paper_as_page_and_as_pdf(real: Path) -> None:
    folder = real / "html" / "official"
    page = read_paper(OfficialFile("", "kst-32545-143.html", (folder / "kst-32545-143.html").read_bytes()))
    record = (real / "metadata" / "kst-32545-143.metadata.xml").read_bytes()
    for beside in (None, record):
        paper = read((folder / "kst-32545-143.pdf").read_bytes(), "kst-32545-143.pdf", beside)
        assert texts(paper) == [text.replace("\u00a0", " ") for text in texts(page)]
        same = ("identifier", "number", "kind", "kind_line", "date", "date_line", "chamber", "session_year", "dossiers")
        assert [getattr(paper, name) for name in same] == [getattr(page, name) for name in same]
        assert paper.title == (page.title if beside else "")


def test_real_records_of_attachments_name_their_papers(real: Path) -> None:
    for name, title, main, dossier in (
        ("blg-1007826.metadata.xml", "Beslisnota inzake aangenomen moties", "kst-33037-430", "33037"),
        ("blg-1007826.metadata_owms.xml", "Beslisnota inzake aangenomen moties", "kst-33037-430", "33037"),
        ("metadata_owms-blg-kst.xml", "Eindnotitie verkenning haalbaarheid", "kst-35300-X-63", "35300-X"),
    ):
        content = (real / "metadata" / name).read_bytes()
        metadata = from_record(xml_tree(content.decode()))
        assert metadata is not None
        paper = read(LETTER, f"{metadata.first('DC.identifier')}.pdf", content)
        assert (str(paper.attached_to), paper.kind, [d.key for d in paper.dossiers]) == (main, "Bijlage", [dossier])
        assert paper.title.startswith(title)


def test_no_word_of_a_pdf_is_lost_but_those_in_its_margins() -> None:
    body = [f"Regel {i} van het rapport noemt {i * 7} zaken over het ijs; de rest volgt." for i in range(90)]
    pages = [
        [(72, 810, 8, "Rapport over het ijs"), *column(*body[n : n + 30]), (72, 30, 8, f"Pagina {n // 30 + 1} van 3")]
        for n in (0, 30, 60)
    ]
    paper = read(pdf(*pages))
    assert words(texts(paper)) == words(body)
