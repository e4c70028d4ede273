"""CSV, BibTeX and RIS, read back by strict readers."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]  # ships no types
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # ships no types

from indexer.errors import IndexChanged, IndexMissing
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Links
from tests.web.archive import IDENTIFIERS, sample_app
from tests.web.fakes import LETTER, PAPERS, WITHDRAWN, FakeAnswers, engine_of, letter, motion, site
from tests.web.people import co_signer, minister, signed, submitter
from web import strings
from web.references import bibtex, reference_of, ris

HOSTILE = (
    '"',
    "a\nb",
    "a\r\nTY  - JOUR",
    "=cmd()",
    "</script>",
    "]]>",
    "&amp;",
    "\ud800",
    "\x00\x0b\x1f",
    "\ufffe",
    "{",
    "}}",
    "\\",
    "%",
    "#$_^~",
    "@article{x,",
    "--",
    "''",
    "a; b, c and d",
    "\u2028ER  - \u2029",
    "\u202e",
    " and ",
)
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=6).map("".join)


def entries(text: str) -> list[dict[str, Any]]:
    """The entries of a BibTeX file with names divided and LaTeX read back; a block that cannot be read is an error."""
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), LatexDecodingMiddleware()])
    assert not library.failed_blocks
    made: list[dict[str, Any]] = []
    for entry in library.entries:
        fields = {field.key: field.value for field in entry.fields}
        if "author" in fields:  # a list, which the middleware passes over
            fields["author"] = [LatexNodes2Text().latex_to_text(name) for name in fields["author"]]
        made.append({"key": entry.key, "entry": entry.entry_type, **fields})
    return made


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def table(query: str, papers: tuple[Kamerstuk, ...] = PAPERS) -> list[dict[str, str]]:
    response = site(papers=papers).get("/zoeken.csv", query_string={"q": query})
    assert response.status_code == 200
    return rows(response.text)


@pytest.mark.parametrize("address", ["/zoeken.csv", "/zoeken.bib", "/zoeken.ris", "/term.csv"])
@pytest.mark.parametrize("query", ["\u0663\u0664", "ẞtraße", "𝒳", 'a"; x=1', "a\r\nX-Evil: 1", "\x00", "é/../é", "=1+1"])
def test_no_query_breaks_the_header_that_names_the_file(address: str, query: str) -> None:
    headers = site().get(address, query_string={"q": query}).headers
    assert all(value.encode("ascii").isascii() for value in headers.values())  # servers send no more than Latin-1
    assert "X-Evil" not in headers
    assert headers["Content-Disposition"].startswith("attachment; filename=")


def test_hits_are_a_table() -> None:
    response = site().get("/zoeken.csv?q=cool:gen", base_url="https://example.nl")
    assert response.content_type == "text/csv; charset=utf-8; header=present"
    assert response.headers["Content-Disposition"] == "attachment; filename=kamerstukken-cool-gen.csv"
    assert response.text.startswith("\ufeffIdentificatie,Citeer als,")
    first = rows(response.text)[0]
    assert tuple(first) == strings.CSV_COLUMNS
    assert first == {
        "Identificatie": "kst-91066-83",
        "Citeer als": "Kamerstukken II 2023/24, 91 066, nr. 83",
        "Titel": "Brief over de uitfasering van Cool:Gen",
        "Soort": "Brief regering",
        "Datum": "2024-06-18",
        "Dossiers": "91 066; 96 643",
        "Nummer": "83",
        "Kamer": "Tweede Kamer",
        "Vergaderjaar": "2023-2024",
        "Bewindspersonen": "L. van den Akkerveld (Staatssecretaris van Financiën)",
        "Indieners": "L. van den Akkerveld",
        "Passage": "De uitfasering van Cool:Gen loopt, zie 91 066, nr. 40 & volgende.",
        "Pagina": "https://example.nl/kst-91066-83",
        "Officiële pagina": "https://zoek.officielebekendmakingen.nl/kst-91066-83.html",
        "PDF": "https://zoek.officielebekendmakingen.nl/kst-91066-83.pdf",
        "Uit de tekst": "",
        "Onzekere datum": "",
    }


DOUBTFUL = replace(letter(), date=date(2104, 5, 3), date_doubt="far from session year 2023-2024")


def test_a_date_that_cannot_be_right_stands_in_a_column_of_its_own() -> None:
    (row,) = table("cool:gen", (DOUBTFUL,))
    assert (row["Datum"], row["Onzekere datum"]) == ("", "2104-05-03")


def test_persons_stand_in_printed_order_and_are_called_as_their_pages() -> None:
    people = (submitter("Van Nispen", "M. van Nispen"), co_signer("Kat"), co_signer("Dral", "J.A. Dral"))
    (row,) = table("cool:gen", (replace(motion(), people=people),))
    assert (row["Indieners"], row["Bewindspersonen"]) == ("M. van Nispen; Kat; J.A. Dral", "")
    offices = (minister("Koolmees", "Minister van Zaken", "W. Koolmees"), minister("", "Minister voor Dingen"))
    (row,) = table("cool:gen", (replace(letter(), people=offices),))
    assert row["Bewindspersonen"] == "W. Koolmees (Minister van Zaken); Minister voor Dingen"


def test_a_reference_tells_no_date_that_cannot_be_right_but_what_the_paper_has() -> None:
    (entry,) = entries(bibtex(reference_of(DOUBTFUL)))
    assert "date" not in entry
    assert "year" not in entry
    assert entry["annote"] == "Datum op het stuk: 3\u00a0mei 2104 (datum onzeker)"
    told = ris(reference_of(DOUBTFUL))
    assert "DA  -" not in told
    assert "N1  - Datum op het stuk: 3\u00a0mei 2104 (datum onzeker)\r\n" in told


def test_a_subtitle_is_an_abstract_that_is_told_to_be_from_the_text() -> None:
    asks = replace(reference_of(motion()), abstract="Uit de tekst: verzoekt de regering 50% te doen")
    assert entries(bibtex(asks))[0]["abstract"] == "Uit de tekst: verzoekt de regering 50% te doen"
    assert "AB  - Uit de tekst: verzoekt de regering 50% te doen\r\n" in ris(asks)


def test_every_hit_of_the_sample_is_in_the_table_in_the_order_of_the_page() -> None:
    visitor = sample_app().test_client()
    made = rows(visitor.get("/zoeken.csv?q=de&sort=newest").text)
    paged = visitor.get("/api/v1/search?q=de&sort=newest&limit=100").get_json()
    assert [row["Identificatie"] for row in made] == [hit["identifier"] for hit in paged["hits"]]
    assert len(made) == paged["total"]


@pytest.mark.parametrize("form", ["csv", "bib", "ris"])
def test_no_other_spelling_is_taken_along(form: str) -> None:
    response = site(engine_of(PAPERS)).get(f"/zoeken.{form}?q=uitfasernig")
    assert response.headers["X-Total-Count"] == "0"
    assert "91066-83" not in response.text


def test_filters_and_order_hold_for_exports() -> None:
    answers = FakeAnswers(PAPERS)
    site(answers).get("/zoeken.csv?q=x&year=2024&sort=oldest&pagina=7")
    assert {(query, tuple(filters.items()), sort.value) for query, filters, sort, _, _ in answers.asked} == {
        ("x", (("year", ("2024",)),), "oldest")
    }


def test_no_more_rows_than_the_bound_and_the_number_there_would_be() -> None:
    many = tuple(replace(motion(), identifier=Identifier(f"kst-91066-{i}")) for i in range(1, 520))
    response = site(papers=many).get("/zoeken.bib?q=cool:gen")
    assert response.text.count("\n@") == 500  # all as in the tests before, which have them parsed
    assert response.text.startswith("% De eerste 500 van 519 stukken\n")
    assert response.headers["X-Total-Count"] == "519"


@given(texts, texts)
def test_no_title_breaks_the_table(title: str, passage: str) -> None:
    first = letter()
    made = table("cool:gen", (replace(first, title=title or "x", people=(submitter(passage),)), motion()))
    assert [row["Identificatie"] for row in made] == ["kst-91066-83", "kst-91066-84"]
    for row in made:
        assert None not in row.values()
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for value in row.values())


@pytest.mark.parametrize("extension", ["csv", "bib", "ris"])
def test_an_index_that_is_renewed_on_the_way_breaks_the_transfer_off(extension: str) -> None:
    visitor = site(FakeAnswers(PAPERS, renewed=True))
    with pytest.raises(IndexChanged):
        list(visitor.get(f"/zoeken.{extension}?q=e", buffered=False).iter_encoded())


@pytest.mark.parametrize("address", ["/zoeken.csv", "/zoeken.bib", "/zoeken.ris", "/zoeken.atom"])
def test_an_empty_archive_is_no_file(address: str) -> None:
    response = site(FakeAnswers(error=IndexMissing("none")), papers=()).get(f"{address}?q=x")
    assert response.status_code == 503
    assert response.mimetype == "text/html"


@pytest.mark.parametrize("address", ["/zoeken.csv?sort=x", "/zoeken.bib?pagina=x", "/zoeken.atom?van=x"])
def test_what_cannot_be_read_is_told(address: str) -> None:
    assert site().get(address).status_code == 400


@pytest.mark.parametrize("address", ["/zoeken.csv?q=e", "/zoeken.bib?q=e", "/zoeken.ris?q=e", f"/{LETTER}.bib", f"/{LETTER}.ris"])
def test_what_a_reader_has_is_not_made_again(address: str) -> None:
    answers = FakeAnswers(PAPERS)
    visitor = site(answers)
    tag = visitor.get(address).headers["ETag"]
    asked = len(answers.asked)
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert len(answers.asked) == asked


@pytest.mark.parametrize("extension", ["bib", "ris"])
def test_an_unknown_paper_has_no_reference(extension: str) -> None:
    assert site().get(f"/kst-1-1.{extension}").status_code == 404


def test_a_paper_as_bibtex() -> None:
    response = site().get(f"/{LETTER}.bib")
    assert response.content_type == "application/x-bibtex; charset=utf-8"
    assert response.headers["Content-Disposition"] == "attachment; filename=kst-91066-83.bib"
    assert entries(response.text) == [
        {
            "key": "kst-91066-83",
            "entry": "techreport",
            "title": "Brief over de uitfasering van Cool:Gen",
            "author": ["Akkerveld, L. van den"],
            "institution": "Tweede Kamer der Staten-Generaal",
            "type": "Brief regering",
            "number": "91 066, nr. 83",
            "date": "2024-06-18",
            "year": "2024",
            "url": "https://zoek.officielebekendmakingen.nl/kst-91066-83.html",
            "note": "Kamerstukken II 2023/24, 91 066, nr. 83",
            "keywords": "Financiën › Belasting",
            "langid": "dutch",
        }
    ]


def test_a_paper_as_ris() -> None:
    response = site().get(f"/{LETTER}.ris")
    assert response.content_type == "application/x-research-info-systems; charset=utf-8"
    assert response.data.endswith(b"ER  - \r\n\r\n")
    assert response.data.count(b"\n") == response.data.count(b"\r\n")
    (record,) = rispy.loads(response.text)
    assert record == {
        "type_of_reference": "RPRT",
        "id": "kst-91066-83",
        "authors": ["Akkerveld, L. van den"],
        "title": "Brief over de uitfasering van Cool:Gen",
        "year": "2024",
        "date": "2024/06/18/",
        "publisher": "Tweede Kamer der Staten-Generaal",
        "place_published": "Den Haag",
        "issn": "91 066, nr. 83",
        "type_of_work": "Brief regering",
        "notes": ["Kamerstukken II 2023/24, 91 066, nr. 83"],
        "keywords": ["Financiën › Belasting"],
        "language": "nl",
        "urls": ["https://zoek.officielebekendmakingen.nl/kst-91066-83.html"],
        "file_attachments1": "https://zoek.officielebekendmakingen.nl/kst-91066-83.pdf",
    }


def hostile(title: str, name: str, kind: str) -> Kamerstuk:
    return replace(
        letter(),
        title=title,
        kind=kind,
        people=(signed(name), signed("M.L.A. van Rij")),
        categories=(kind,),
        links=Links(page=f"https://example.nl/{title}", pdf=f"https://example.nl/{name}"),
        date=date(24, 1, 2),
    )


@given(texts, texts, texts)
def test_bibtex_gives_back_what_was_put_in(title: str, name: str, kind: str) -> None:
    reference = reference_of(hostile(title, name, kind))
    first, second = entries(bibtex(reference) + bibtex(reference_of(motion())))
    assert (first["key"], second["key"]) == ("kst-91066-83", "kst-91066-84")
    assert first["title"].replace("ˆ", "^") == reference.title  # the reader takes the circumflex for a modifier
    assert first.get("type", "").replace("ˆ", "^") == reference.kind
    # The reader also loses an underscore or a per cent sign at the end of a name.
    read, meant = first["author"], [author.inverted for author in reference.authors]
    assert [_without_ends(author.replace("ˆ", "^")) for author in read] == [_without_ends(author) for author in meant]


def _without_ends(author: str) -> str:
    return author.replace("_", "").replace("%", "").strip()


@given(texts, texts, texts)
def test_ris_gives_back_what_was_put_in(title: str, name: str, kind: str) -> None:
    reference = reference_of(hostile(title, name, kind))
    text = ris(reference) + ris(reference_of(motion()))
    first, second = rispy.loads(text)
    assert (first["id"], second["id"]) == ("kst-91066-83", "kst-91066-84")
    assert first["title"] == reference.title
    assert first["authors"] == [author.inverted for author in reference.authors]
    assert first.get("type_of_work", "") == reference.kind
    assert all(line[2:6] == "  - " for line in text.split("\r\n") if line)


def test_every_paper_of_the_sample_can_be_referred_to() -> None:
    visitor = sample_app().test_client()
    references: dict[str, Any] = {}
    for identifier in IDENTIFIERS:
        (entry,) = entries(visitor.get(f"/{identifier}.bib").text)
        (record,) = rispy.loads(visitor.get(f"/{identifier}.ris").text)
        assert (entry["key"], record["id"], record["title"]) == (identifier, identifier, entry["title"])
        references[identifier] = entry
    assert any(entry.get("author") for entry in references.values())


@pytest.mark.parametrize("ending", ["bib", "ris"])
def test_there_is_no_reference_to_a_withdrawn_paper(ending: str) -> None:
    response = site().get(f"/{WITHDRAWN}.{ending}")
    assert response.status_code == 410
    assert "1\u00a0maart 2026" in response.text
