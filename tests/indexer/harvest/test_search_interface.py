"""Responses of the search interface: which records, fields and addresses are read from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from indexer.errors import QueryRefused
from indexer.harvest.search_interface import Record, read_page, read_record, search_address
from indexer.paper.identifier import Identifier
from tests.official_source.published import Published
from tests.official_source.responses import diagnostic_response, records_response

GOLDEN = Path(__file__).parent / "golden" / "response.xml"
REPOSITORY = "https://repository.overheid.nl/frbr/officielepublicaties"
FORMS = ("html", "metadata", "metadataowms", "odt", "pdf", "xml")


def real_page(real: Path, name: str) -> list[Record]:
    page = read_page((real / "sru" / name).read_bytes(), name)
    assert page.problems == ()
    return list(page.records)


def test_a_response_is_read_with_all_its_fields_and_addresses() -> None:
    page = read_page(GOLDEN.read_bytes(), "golden")
    assert (page.total, page.more) == (76, True)
    first, second, third = page.records
    assert first == Record(
        identifier=Identifier("kst-95842-4"),
        title="Wijziging van de Wet op de proefvelden; Nader rapport; Advies & nader rapport",
        kind="Overig",
        dossiers=("95842", "95800-X"),
        number="4",
        chamber="Tweede Kamer",
        session_year="2031-2032",
        date=date(2032, 5, 25),
        available=date(2032, 5, 26),
        modified=date(2032, 5, 27),
        status="Opgemaakt na onopgemaakt",
        main_document="",
        stamp=("2032-05-27 2032-05-27T13:08:55.5655901+02:00 2032-05-28T09:00:00.0000001+02:00 2032-05-28T13:08:59.215342+02:00"),
        addresses=(
            ("html", f"{REPOSITORY}/kst/95842/kst-95842-4/1/html/kst-95842-4.html"),
            ("metadata", f"{REPOSITORY}/kst/95842/kst-95842-4/1/metadata/metadata.xml"),
            ("pdf", "file:///etc/passwd"),  # told when it is to be asked
            ("xml", f"{REPOSITORY}/kst/95842/kst-95842-4/1/xml/kst-95842-4.xml"),
        ),
    )
    assert first.address("xml").endswith("/xml/kst-95842-4.xml")
    assert (second.identifier, second.main_document) == (Identifier("blg-9936562"), "kst-95842-4")
    assert (second.date, second.stamp) == (date(2032, 5, 26), "2032-06-17 2032-07-12T22:02:56.849694+02:00")
    assert not second.withdrawn
    assert (third.identifier, third.withdrawn) == (Identifier("kst-95842--B"), True)
    assert page.problems == (
        "record 4: '../../etc/passwd' is not an identifier of an official publication",
        "record 5: Record temporarily unavailable",
    )


def test_the_real_record_of_a_paper_is_read(real: Path) -> None:
    (record,) = real_page(real, "oep_sru_record_kst.xml")
    base = f"{REPOSITORY}/kst/35842/kst-35842-4/1"
    names = {"metadata": "metadata.xml", "metadataowms": "metadata_owms.xml"}
    assert record == Record(
        identifier=Identifier("kst-35842-4"),
        title="Wijziging van het voorstel van wet tot samenvoeging van de gemeenten Boxmeer, Cuijk, Mill en Sint Hubert en Sint "
        "Anthonis; Nader rapport; Advies Afdeling advisering Raad van State en Nader rapport",
        kind="Overig",
        dossiers=("35842",),
        number="4",
        chamber="Tweede Kamer",
        session_year="2020-2021",
        date=date(2021, 5, 25),
        available=date(2021, 5, 26),
        modified=date(2021, 5, 27),
        status="Opgemaakt na onopgemaakt",
        main_document="",
        stamp="2021-05-27 2021-05-27T13:08:55.5655901+02:00 2021-05-27T13:08:59.215342+02:00",
        addresses=tuple((form, f"{base}/{form}/{names.get(form, f'kst-35842-4.{form}')}") for form in FORMS),
    )


def test_a_real_page_of_results_is_read(real: Path) -> None:
    page = read_page((real / "sru" / "oep_sru.xml").read_bytes(), "oep_sru.xml")
    assert (page.total, page.more, page.problems) == (76, True, ())
    names = [str(record.identifier) for record in page.records]
    assert names[:3] == ["blg-998035", "h-ek-20212022-2-7", "h-tk-20202021-101-5"]
    assert len(names) == 10
    attachment, debate = page.records[:2]
    assert attachment.main_document == "kst-27926-347"
    assert attachment.address("pdf") == f"{REPOSITORY}/blg/onopgemaakt/blg-998035/1/pdf/blg-998035.pdf"
    assert (debate.chamber, debate.kind, debate.session_year) == ("Eerste Kamer", "Stemmingen", "2021-2022")
    assert [form for form, _ in debate.addresses] == list(FORMS)


def test_another_real_page_is_read_and_papers_keep_their_dossier_with_chapter(real: Path) -> None:
    names = [str(record.identifier) for record in real_page(real, "plooi_integration_sru.xml")]
    assert names[:2] == ["kst-32545-143", "ah-tk-20202021-3235"]
    record = read_record(etree.parse(real / "sru" / "oep_sru_record_bijlage.xml").getroot())
    assert (record.dossiers, record.main_document, record.number) == (("35300-X",), "kst-35300-X-63", "63")
    questions = read_record(etree.parse(real / "sru" / "oep_sru_record_kv_onopgemaakt.xml").getroot())
    assert (questions.identifier, questions.date) == (Identifier("kv-2989900822"), date(1998, 9, 28))


def test_a_record_without_prefixes_and_namespaces_is_read(real: Path) -> None:
    record = read_record(etree.parse(real / "sru" / "searchrec_gmb-2023-174296.xml").getroot())
    assert record.identifier == Identifier("gmb-2023-174296")
    assert record.stamp == "2023-04-20 2023-04-20T09:21:22.096779+02:00 2023-04-20T10:35:38.545935+02:00"
    assert record.address("xml") == f"{REPOSITORY}/gmb/2023/gmb-2023-174296/1/xml/gmb-2023-174296.xml"


def test_a_refused_query_is_an_error_that_says_why() -> None:
    with pytest.raises(QueryRefused, match="mismatched input 'x'") as refused:
        read_page(diagnostic_response(10, "line 1:0 mismatched input 'x'"), "https://source/sru?query=x")
    assert "https://source/sru?query=x" in str(refused.value)
    assert not refused.value.too_far
    with pytest.raises(QueryRefused) as refused:
        read_page(diagnostic_response(61, "First record position out of range"), "here")
    assert refused.value.too_far


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html><body>Onderhoud</body></html>", b"<sru/>", b"<searchRetrieveResponse/>", b"<searchRetrieveResponse>",
        b"<searchRetrieveResponse><numberOfRecords>veel</numberOfRecords></searchRetrieveResponse>",
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><searchRetrieveResponse>&a;</searchRetrieveResponse>",
    ],
)  # fmt: skip
def test_what_is_no_response_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_page(content, "here")


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")), min_size=1, max_size=20)


@given(st.lists(st.tuples(texts, texts, st.lists(texts, max_size=3)), max_size=4), st.integers(0, 10**6))
def test_records_survive_any_text(papers: list[tuple[str, str, list[str]]], total: int) -> None:
    published = [
        Published(f"kst-90001-{i}", title=title, kind=kind, dossiers=tuple(dossiers), files={"html": b""})
        for i, (title, kind, dossiers) in enumerate(papers)
    ]
    page = read_page(records_response(published, total, query="q", start=1, maximum=10, repository="http://x"), "here")
    assert [(r.title, r.kind, list(r.dossiers)) for r in page.records] == [(t, k, d) for t, k, d in papers]
    assert page.total == total


def test_the_address_of_a_search_carries_the_query_whole() -> None:
    parts = urlsplit(search_address("https://source.example/sru", 'dt.title=="a&b=ç"', 101, 50))
    assert parse_qs(parts.query) == {
        "operation": ["searchRetrieve"], "version": ["2.0"], "recordSchema": ["gzd"], "query": ['dt.title=="a&b=ç"'],
        "startRecord": ["101"], "maximumRecords": ["50"],
    }  # fmt: skip
    assert search_address("https://source.example/sru?x=1", "q").startswith("https://source.example/sru?x=1&operation=")
