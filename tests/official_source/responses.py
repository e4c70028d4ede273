"""SRU 2.0 responses in the shape of the official ones: prefixes, order and nesting are theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.official_source.published import Published

_NAMESPACES = {
    "overheidwetgeving": "http://standaarden.overheid.nl/wetgeving/",
    "dcterms": "http://purl.org/dc/terms/",
    "cd": "http://standaarden.overheid.nl/cup/data",
    "sru": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "gzd": "http://standaarden.overheid.nl/sru",
    "diag": "http://docs.oasis-open.org/ns/search-ws/diagnostic",
    "facet": "http://docs.oasis-open.org/ns/search-ws/facetedResults",
    "c": "http://standaarden.overheid.nl/collectie/",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_SCHEMA = "http://standaarden.overheid.nl/sru/"
_SITE = "https://zoek.officielebekendmakingen.nl"


def records_response(found: Sequence[Published], total: int, *, query: str, start: int, maximum: int, repository: str) -> bytes:
    """A page of results; ``found`` are the papers from position ``start`` on, ``repository`` is where their files are."""
    after = start + len(found)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<sru:searchRetrieveResponse {_DECLARED}>",
        "<sru:version>2.0</sru:version>",
        f"<sru:numberOfRecords>{total}</sru:numberOfRecords>",
        *(["<sru:records>"] if found else []),
        *(line for i, paper in enumerate(found, start=start) for line in record(paper, i, repository)),
        *(["</sru:records>"] if found else []),
        *([f"<sru:nextRecordPosition>{after}</sru:nextRecordPosition>"] if after <= total and found else []),
        "<sru:echoedSearchRetrieveRequest>",
        f"<sru:query>{escape(query)}</sru:query>",
        f"<sru:startRecord>{start}</sru:startRecord>",
        f"<sru:maximumRecords>{maximum}</sru:maximumRecords>",
        "<sru:recordXMLEscaping>xml</sru:recordXMLEscaping>",
        f"<sru:recordSchema>{_SCHEMA}</sru:recordSchema>",
        "</sru:echoedSearchRetrieveRequest>",
        "<sru:resultCountPrecision>info:srw/vocabulary/resultCountPrecision/1/estimate</sru:resultCountPrecision>",
        "</sru:searchRetrieveResponse>",
    ]
    return "\n".join(lines).encode()


def diagnostic_response(number: int, message: str) -> bytes:
    """What a refused query gets, with status 200: other prefixes, no count."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<searchRetrieveResponse xmlns="{_NAMESPACES["sru"]}" xmlns:ns3="{_NAMESPACES["diag"]}"><version>2.0</version>'
        f"<diagnostics><ns3:diagnostic><ns3:uri>info:srw/diagnostic/1/{number}</ns3:uri>"
        f"<ns3:message>{escape(message)}</ns3:message></ns3:diagnostic></diagnostics></searchRetrieveResponse>"
    ).encode()


def record(paper: Published, position: int, repository: str) -> Iterator[str]:
    """One record, a line an element."""
    yield from ("<sru:record>", f"<sru:recordSchema>{_SCHEMA}</sru:recordSchema>", "<sru:recordPacking>xml</sru:recordPacking>")
    yield from ("<sru:recordData>", "<gzd:gzd>", "<gzd:originalData>", "<overheidwetgeving:meta>")
    yield from ("<overheidwetgeving:owmskern>", *_kern(paper), "</overheidwetgeving:owmskern>")
    yield from ("<overheidwetgeving:owmsmantel>", *_mantel(paper), "</overheidwetgeving:owmsmantel>")
    yield from ("<overheidwetgeving:tpmeta>", *_tpmeta(paper), "</overheidwetgeving:tpmeta>")
    yield from ("</overheidwetgeving:meta>", "</gzd:originalData>")
    yield from ("<gzd:enrichedData>", *_enriched(paper, repository), "</gzd:enrichedData>", "</gzd:gzd>", "</sru:recordData>")
    yield from (f"<sru:recordPosition>{position}</sru:recordPosition>", "</sru:record>")


def _kern(paper: Published) -> Iterator[str]:
    yield _element("dcterms:identifier", paper.identifier)
    yield _element("dcterms:title", paper.title)
    yield _element("dcterms:language", "nl")
    yield _element("dcterms:type", paper.type, paper.type_scheme)
    yield _element("dcterms:creator", paper.creator, "OVERHEID.StatenGeneraal")
    yield _element("dcterms:modified", paper.modified)


def _mantel(paper: Published) -> Iterator[str]:
    yield from _optional("dcterms:available", paper.available)
    yield from _optional("dcterms:date", paper.date)
    version = f"{_SITE}/{paper.identifier}.html"
    yield f"<dcterms:hasVersion resourceIdentifier={quoteattr(version)}>1</dcterms:hasVersion>"
    yield from _optional("dcterms:issued", paper.issued)
    for subject in paper.subjects:
        yield _element("dcterms:subject", subject, "OVERHEID.TaxonomieBeleidsagenda")


def _tpmeta(paper: Published) -> Iterator[str]:
    yield _element("c:product-area", "officielepublicaties")
    yield _element("c:content-area", paper.content_area)
    yield from _optional("overheidwetgeving:adviesRvs", paper.rvs)
    yield from _optional("overheidwetgeving:documentstatus", paper.status)
    yield from _optional("overheidwetgeving:documenttitel", paper.document_title)
    yield from _optional("overheidwetgeving:dossiertitel", paper.dossier_title)
    yield from _optional("overheidwetgeving:hoofddocument", paper.main_document)
    for name in paper.submitters:
        yield _element("overheidwetgeving:indiener", name)
    yield from _optional("overheidwetgeving:ondernummer", paper.number)
    yield _element("overheidwetgeving:organisatietype", "staten generaal", "OVERHEID.Organisatietype")
    yield _element("overheidwetgeving:publicatienaam", paper.publication)
    yield from _optional("overheidwetgeving:vergaderjaar", paper.session_year)
    for dossier in paper.dossiers:
        yield _element("overheidwetgeving:dossiernummer", dossier)
    if paper.kind:
        yield _element("overheidwetgeving:subrubriek", paper.kind, "OVERHEIDop.KamerstukTypen")
    yield _element("cd:datumTijdstipWijzigingWork", paper.changed)
    yield _element("cd:datumTijdstipWijzigingExpression", paper.changed)


def _enriched(paper: Published, repository: str) -> Iterator[str]:
    first = next((form for form in ("xml", "html", "pdf") if form in paper.files), "pdf")
    yield _element("gzd:url", repository + paper.path(first))
    yield _element("gzd:preferredUrl", f"{_SITE}/{paper.identifier}.html")
    for form in sorted(paper.files):
        yield f'<gzd:itemUrl manifestation="{form}">{repository}{paper.path(form)}</gzd:itemUrl>'
    yield _element("gzd:timestamp", paper.stamped)


def _element(name: str, content: str, scheme: str = "") -> str:
    attribute = f' scheme="{scheme}"' if scheme else ""
    return f"<{name}{attribute}>{escape(content)}</{name}>"


def _optional(name: str, content: str) -> Iterator[str]:
    if content:
        yield _element(name, content)
