"""The stand-in itself: that it answers in the shape of the official responses, and fails when told to."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from lxml import etree

from tests.official_source.cql import Diagnostic, read_query
from tests.official_source.faults import Fault, Faults
from tests.official_source.published import Published, Shelf
from tests.official_source.responses import record
from tests.official_source.server import OfficialSource

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
NS = {
    "sru": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "gzd": "http://standaarden.overheid.nl/sru",
    "dt": "http://purl.org/dc/terms/",
    "w": "http://standaarden.overheid.nl/wetgeving/",
    "c": "http://standaarden.overheid.nl/collectie/",
    "cd": "http://standaarden.overheid.nl/cup/data",
}
REPOSITORY = "https://repository.overheid.nl"


@pytest.fixture(scope="module")
def source() -> Iterator[OfficialSource]:
    with OfficialSource(Shelf.of_folder(SAMPLE)).running() as running:
        yield running


def get(source: OfficialSource, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(source.address).netloc, timeout=5)
    try:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        return response.status, dict(response.headers.items()), response.read()
    finally:
        connection.close()


def search(source: OfficialSource, query: str, **parameters: object) -> etree._Element:
    asked = urlencode({"operation": "searchRetrieve", "version": "2.0", "query": query, **parameters})
    return etree.fromstring(get(source, f"/sru?{asked}")[2])


def identifiers(response: etree._Element) -> list[str]:
    return [element.text or "" for element in response.iterfind(".//dt:identifier", NS)]


def plain(element: etree._Element) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every element with its text and attributes, in order, to compare by; where the real ones break lines means nothing."""
    return [
        (str(one.tag), (one.text or "").strip(), sorted((str(k), str(v)) for k, v in one.attrib.items()))
        for one in element.iter()
    ]


def published(real: etree._Element) -> Published:
    """The paper of which a real record speaks."""

    def every(path: str) -> tuple[str, ...]:
        return tuple((element.text or "").strip() for element in real.iterfind(f".//{path}", NS))

    def first(path: str) -> str:
        return next(iter(every(path)), "")

    forms = [element.get("manifestation", "") for element in real.iterfind(".//gzd:itemUrl", NS)]
    return Published(
        identifier=first("dt:identifier"),
        title=first("dt:title"),
        type=first("dt:type"),
        creator=first("dt:creator"),
        available=first("dt:available"),
        date=first("dt:date"),
        issued=first("dt:issued"),
        subjects=every("dt:subject"),
        content_area=first("c:content-area"),
        rvs=first("w:adviesRvs"),
        status=first("w:documentstatus"),
        document_title=first("w:documenttitel"),
        dossier_title=first("w:dossiertitel"),
        submitters=every("w:indiener"),
        main_document=first("w:hoofddocument"),
        number=first("w:ondernummer"),
        session_year=first("w:vergaderjaar"),
        dossiers=every("w:dossiernummer"),
        kind=first("w:subrubriek"),
        changed=first("cd:datumTijdstipWijzigingWork"),
        stamped=first("gzd:timestamp"),
        files=dict.fromkeys(forms, b""),
    )


@pytest.mark.parametrize("name", ["oep_sru_record_kst.xml", "plooi_integration_sru.xml"])
def test_a_record_is_written_as_the_official_one_is(real: Path, name: str) -> None:
    theirs = etree.parse(real / "sru" / name).find(".//sru:record", NS)
    assert theirs is not None
    paper = published(theirs)
    repository = (theirs.findtext(".//gzd:url", namespaces=NS) or "").split("/frbr/")[0]
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in theirs.nsmap.items())
    ours = etree.fromstring(f"<x {declared}>{''.join(record(paper, 1, repository))}</x>")[0]
    assert plain(ours) == plain(theirs)


def test_the_frame_of_a_response_is_that_of_the_official_one(real: Path, source: OfficialSource) -> None:
    theirs = etree.parse(real / "sru" / "oep_sru.xml").getroot()
    ours = search(source, "w.publicatienaam==Kamerstuk", maximumRecords=10)
    assert [child.tag for child in ours] == [child.tag for child in theirs]
    assert ours.nsmap == theirs.nsmap
    assert ours.findtext("sru:nextRecordPosition", namespaces=NS) == "11"
    echoed = "sru:echoedSearchRetrieveRequest/*"
    assert [child.tag for child in ours.iterfind(echoed, NS)] == [child.tag for child in theirs.iterfind(echoed, NS)]


def test_pages_follow_one_another_and_the_last_has_no_next(source: OfficialSource) -> None:
    found: list[str] = []
    start = "1"
    while start:
        page = search(source, "c.product-area==officielepublicaties", startRecord=start, maximumRecords=20)
        found += identifiers(page)
        start = page.findtext("sru:nextRecordPosition", default="", namespaces=NS)
    assert len(found) == len(set(found)) == 52
    assert len(source.searches()) >= 3


@pytest.mark.parametrize(
    ("query", "test"),
    [
        ("dt.identifier==kst-91066-83", lambda p: p.identifier == "kst-91066-83"),
        ('w.dossiernummer=="91066" and w.subrubriek=="Motie"', lambda p: "91066" in p.dossiers and p.kind == "Motie"),
        ("dt.date>=2018-01-01 AND dt.date<=2019-12-31", lambda p: "2018-01-01" <= p.date <= "2019-12-31"),
        ("dt.identifier==kst-91066-83 or dt.identifier==kst-91066-1", lambda p: p.identifier in ("kst-91066-83", "kst-91066-1")),
        ("w.publicatienaam==Kamerstuk NOT (w.subrubriek==Motie)", lambda p: p.kind != "Motie"),
        # All booleans bind alike, from left to right: (a or b) and c.
        ("w.subrubriek==Motie or w.subrubriek==Brief and dt.date<1990", lambda p: False),
    ],
)
def test_queries_select_as_they_say(query: str, test: Callable[[Published], bool]) -> None:
    shelf = Shelf.of_folder(SAMPLE)
    understood = read_query(query)
    assert [p.identifier for p in shelf.papers() if understood.test(p)] == [p.identifier for p in shelf.papers() if test(p)]


def test_results_are_sorted_as_asked(source: OfficialSource) -> None:
    page = search(source, "w.publicatienaam==Kamerstuk sortBy dt.date/sort.descending", maximumRecords=60)
    dates = [element.text or "" for element in page.iterfind(".//dt:date", NS)]
    assert len(dates) == 52
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 10),
        ("dt.date", 10),
        ("dt.date>=", 10),
        ("(dt.date==1", 10),
        ("dt.date==1 dt.date==2", 10),
        ("w.onzin==1", 16),
        ("dt.date<>1", 19),
        ("dt.date==1 sortBy w.onzin", 86),
        ("dt.date==1 sortBy", 10),
    ],
)
def test_what_cannot_be_read_gets_a_diagnostic(query: str, number: int) -> None:
    with pytest.raises(Diagnostic) as refused:
        read_query(query)
    assert refused.value.number == number


def test_a_diagnostic_comes_with_status_200_and_no_count(source: OfficialSource) -> None:
    asked = urlencode({"operation": "searchRetrieve", "version": "2.0", "query": "dt.date dt.type"})
    status, _, body = get(source, f"/sru?{asked}")
    root = etree.fromstring(body)
    assert status == 200
    assert root.find("sru:numberOfRecords", NS) is None
    assert root.findtext(".//{*}uri") == "info:srw/diagnostic/1/10"


def test_files_have_the_repository_s_addresses_and_answer_conditional_requests(source: OfficialSource) -> None:
    path = "/frbr/officielepublicaties/kst/91066/kst-91066-83/1/html/kst-91066-83.html"
    status, headers, body = get(source, path)
    assert (status, body) == (200, (SAMPLE / "kst-91066-83.html").read_bytes())
    assert get(source, path, {"If-None-Match": headers["ETag"]})[0] == 304
    assert get(source, path, {"If-Modified-Since": headers["Last-Modified"]})[0] == 304
    assert get(source, path, {"If-None-Match": '"another"', "If-Modified-Since": headers["Last-Modified"]})[0] == 200
    assert get(source, path.replace("html", "odt"))[0] == 404
    record = get(source, "/frbr/officielepublicaties/kst/91066/kst-91066-83/1/metadata/metadata.xml")[2]
    assert b'<metadata name="DC.identifier" scheme="OVERHEIDop.ParlID" content="kst-91066-83"/>' in record


def test_papers_can_be_changed_and_withdrawn_in_two_ways() -> None:
    shelf = Shelf.of_folder(SAMPLE)
    with OfficialSource(shelf).running() as source:
        first, second = shelf.papers()[:2]
        shelf.withdraw(first.identifier)
        shelf.mark_withdrawn(second.identifier)
        assert get(source, first.path("html"))[0] == 404
        assert get(source, second.path("html"))[0] == 410
        assert first.identifier not in identifiers(search(source, f"dt.identifier=={first.identifier}"))
        assert second.identifier in identifiers(search(source, "dt.modified>=2022-01-01"))


@pytest.mark.parametrize("fault", list(Fault))
def test_each_fault_is_what_it_says(fault: Fault) -> None:
    shelf = Shelf.of_folder(SAMPLE)
    path = shelf.papers()[0].path("html")
    whole = shelf.papers()[0].files["html"]
    with OfficialSource(shelf, Faults({fault: 1.0}, retry_after="7")).running() as source:
        try:
            status, headers, body = get(source, path)
        except http.client.IncompleteRead:
            assert fault in (Fault.TRUNCATED, Fault.LONG)
        except ConnectionResetError:
            assert fault is Fault.RESET
        else:
            expected = {Fault.SLOW: 200, Fault.ERROR: 500, Fault.BUSY: 429, Fault.SHORT: 200, Fault.HTML: 200}
            assert status == expected[fault]
            assert (body == whole) is (fault is Fault.SLOW)
            assert headers.get("Retry-After") == ("7" if fault is Fault.BUSY else None)
        assert source.log[0].fault is fault


def test_the_same_seed_draws_the_same_faults() -> None:
    draws = [[faults.draw() for _ in range(200)] for faults in (Faults.all(0.05, 7), Faults.all(0.05, 7), Faults.all(0.05, 8))]
    assert draws[0] == draws[1] != draws[2]
    assert set(draws[0]) == {None, *Fault}
