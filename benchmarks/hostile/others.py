"""XML, records and PDFs made to take long: every kind of thing that they may have too much of, at any size."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from benchmarks.hostile.pages import Shape, over, times
from tests.indexer.pdfs import assembled

_XML_UNITS = {
    "paragraphs": "<al>a</al>",
    "empty paragraphs": "<al/>",
    "notes": '<al>a<noot nr="#"><noot.nr>#</noot.nr><noot.al>b</noot.al></noot></al>',
    "notes apart": '<voetref nr="#"/><voetnoot nr="#"><al>b</al></voetnoot>',
    "notes of one number": '<voetref nr="1"/><voetnoot nr="1"><al>b</al></voetnoot>',
    "references": '<nootref refid="n1"/>',
    "divisions": "<divisie><kop><titel>a</titel></kop><al>b</al></divisie>",
    "subheadings": "<tussenkop>a</tussenkop>",
    "items": "<lijst><li><li.nr>#</li.nr><al>a</al></li></lijst>",
    "tables": '<table><tgroup cols="1"><tbody><row><entry>a</entry></row></tbody></tgroup></table>',
    "unknown elements": "<x#>a</x#>",
    "links": '<extref doc="kst-9#-1">a</extref>',
    "images": '<plaatje><illustratie naam="a#"/></plaatje>',
    "instructions": "<?a b?>c",
    "entities": "&eacute;",
    "unknown entities": "&a#;",
    "namespaces": '<x:a xmlns:x="u:#">a</x:a>',
    "sections of characters": "<![CDATA[a]]>",
    "signatures": "<ondertekening><functie>De Minister</functie><naam><achternaam>B#</achternaam></naam></ondertekening>",
    "dossiers": "<dossier><onderw><nummer>9#</nummer><naam>a</naam></onderw></dossier>",
    "titles": "<titel>a</titel>",
    "reprints": "<herdruk>a</herdruk>",
    "lines of the date": "<datumtekst><datum>1 mei 2031</datum></datumtekst>",
    "lines": '<tekstregel inhoud="a#">b</tekstregel>',
    "meta": '<metadata><meta name="OVERHEIDop.indiener" content="A. B#"/></metadata>',
    "changes": "<wijzig-artikel><al>1</al><al>a</al></wijzig-artikel>",
}
_NESTED = (
    "al", "divisie", "lijst", "x", "nadruk", "noot", "plaatje", "table", "tgroup", "entry", "ondertekening", "bijlage",
    "wijzig-artikel", "extref", "voetnoot",
)  # fmt: skip
_INNER = ("a", "<al>a</al>", "<entry colname='c1'>a</entry>", "<x>a</x>")


def _group(declared: int) -> str:
    return "<table><tgroup>" + "".join(f'<colspec colname="c{number}"/>' for number in range(declared)) + "<tbody>"


_BETWEEN = {
    "attributes on one element": ("<al ", 'a#="b" ', ">a</al>"),
    "attributes after a quoted end": ("<al x='>' ", 'a#="b" ', ">a</al>"),
    "namespaces on one element": ("<al ", 'xmlns:a#="u:#" ', ">a</al>"),
    "attributes in namespaces": ("<al " + times('xmlns:a#="u:#" ', 8_000) + ">", '<al a300:b="c">a</al>', "</al>"),
    "elements in namespaces": ("<al " + times('xmlns:a#="u:#" ', 8_000) + ">", "<a300:al>a</a300:al>", "</al>"),
    "namespaces in namespaces": (
        "".join(f'<a{number}:x xmlns:a{number}="u:{number}">' for number in range(190)),
        "<al>a</al>",
        "".join(f"</a{number}:x>" for number in reversed(range(190))),
    ),
    "entities in entities": ("", "&b;", ""),
    "begun characters": ("", "<![CDATA[", ""),
    "a long comment": ("<!--", "a &b; ", "--><al>a</al>"),
    "named columns": (_group(100), '<row><entry>a</entry><entry colname="c50">b</entry></row>', "</tbody></tgroup></table>"),
    "columns over all": (
        _group(100), '<row><entry namest="c1" nameend="c99" morerows="99">a</entry></row>', "</tbody></tgroup></table>",
    ),
    "columns far away": (_group(990), '<row><entry>a</entry><entry colname="c950">b</entry></row>', "</tbody></tgroup></table>"),
    "columns that none declares": (_group(0), '<row><entry colname="col999">a</entry></row>', "</tbody></tgroup></table>"),
    "declared columns": ("<table><tgroup>", '<colspec colname="c#"/>', '<row><entry>a</entry></row></tgroup></table>'),
    "entries without a group": ("<table>", '<entry colname="c1">a</entry>', "</table>"),
    "one entry of many tables": ("", _group(5) + '<row><entry colname="c1">a</entry></row></tbody></tgroup></table>', ""),
}  # fmt: skip
_RECORDS = {
    "deep": ("", '{"value":[', ""),
    "empty records": ('{"value":[', "{},", "{}]}"),
    "documents": ('{"value":[', '{"DocumentNummer":"2031D0#"},', "{}]}"),
    "zaken": ('{"DocumentNummer":"2031D00001","Zaak":[', '{"Nummer":"2031Z0#"},', "{}]}"),
    "documents of a zaak": ('{"Nummer":"2031Z00001","Document":[', '{"DocumentNummer":"2031D0#"},', "{}]}"),
    "dossiers": ('{"DocumentNummer":"2031D00001","Kamerstukdossier":[', '{"Nummer":#},', "{}]}"),
    "a long number": ('{"DocumentNummer":"2031D00001","Volgnummer":', "1", "}"),
    "a long text": ('{"DocumentNummer":"2031D00001","Onderwerp":"', "a ", '"}'),
    "a long number of a document": ('{"DocumentNummer":"', "1", '"}'),
}
_CONTENTS = {
    "operators": ("BT /F1 9 Tf ", "1 0 0 1 9 9 Tm (a) Tj ", "ET"),
    "lines": ("BT /F1 9 Tf ", "0 -9 Td (a) Tj ", "ET"),
    "one line": ("BT /F1 9 Tf (", "a ", ") Tj ET"),
    "pieces of a line": ("BT /F1 9 Tf [", "(a) -9 ", "] TJ ET"),
    "sizes": ("BT /F1 9 Tf ", "9 0 0 9 9 9 Tm (a) Tj 1 0 0 1 9 9 Tm (b) Tj ", "ET"),
    "arrays": ("", "[", ""),
    "dictionaries": ("", "<<", ""),
    "states": ("", "q ", ""),
    "images in the text": ("", "BI ID ", ""),
    "begun texts": ("", "(", ""),
}


def xml(body: str) -> bytes:
    """XML of a paper."""
    return f'<kamerwrk kamer="2"><stuk><nummer>1</nummer>{body}</stuk></kamerwrk>'.encode()


def xml_files() -> Iterator[tuple[str, Shape]]:
    """Every shape of XML with its name."""
    for name, (before, unit, after) in _BETWEEN.items():
        yield name, over(xml, before, unit, after)
    for name, unit in _XML_UNITS.items():
        yield f"many {name}", over(xml, "", unit)
    for name in _NESTED:
        for inner in _INNER:
            yield f"{inner} in nested {name}", over(xml, f"<{name}>" * 190, inner, f"</{name}>" * 190)
        yield f"deep {name}", over(xml, "", f"<{name}>", "a")
    for name, attribute in (("attributes", 'a#="b" '), ("namespaces", 'xmlns:a#="b" ')):
        yield f"{name} over many", over(xml, "", f"<al {times(attribute, 8_000)}>a</al>")
    yield "declared entities", over(_declared, "<!DOCTYPE kamerwrk [", '<!ENTITY a# "b">', "]>")
    yield "swollen entities", over(xml, '<!DOCTYPE kamerwrk [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>', "&b;")


def _declared(text: str) -> bytes:
    return text.encode() + xml("<al>&a1;</al>")


def records() -> Iterator[tuple[str, Shape]]:
    """Every shape of records with its name."""
    for name, (before, unit, after) in _RECORDS.items():
        yield name, over(str.encode, before, unit, after)


def pdfs() -> Iterator[tuple[str, Shape]]:
    """Every shape of a PDF with its name."""
    for name, (before, unit, after) in _CONTENTS.items():
        yield name, over(lambda text: _pdf(text.encode()), before, unit, after)
    yield (
        "packed",
        over(lambda text: _pdf(zlib.compress(text.encode()), "/Filter/FlateDecode"), "BT /F1 9 Tf ", "(a) Tj " * 20, "ET"),
    )
    yield "packed spaces", lambda size: _pdf(zlib.compress(b" " * (size * 500)), "/Filter/FlateDecode")
    yield "pages of one content", lambda size: _pdf_of_pages(max(size // 60, 1))
    yield "objects", lambda size: assembled([_CATALOGUE, _kids([]), *([b"<<>>"] * (size // 40))])
    yield "kids of themselves", lambda size: assembled([_CATALOGUE, _kids([2] * (size // 6))])
    yield "kids in kids", lambda size: assembled([_CATALOGUE, *(_kids([number + 3]) for number in range(size // 60)), b"<<>>"])
    yield "tables of places", over(str.encode, "%PDF-1.4\n", "xref\n0 1\n0 65535 f\n", "startxref\n9\n%%EOF")
    yield "no end", over(str.encode, "%PDF-1.4\n", "1 0 obj\n")
    yield "spaces", over(str.encode, "%PDF-1.4\n", " ")


_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def _kids(numbers: list[int]) -> bytes:
    return f"<</Type/Pages/Kids[{' '.join(f'{number} 0 R' for number in numbers)}]/Count {len(numbers)}>>".encode()


def _pdf(contents: bytes, filters: str = "") -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    stream = f"<</Length {len(contents)}{filters}>>stream\n".encode() + contents + b"\nendstream"
    return assembled([_CATALOGUE, _kids([3]), page, font, stream])


def _pdf_of_pages(count: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"
    stream = b"<</Length 9>>stream\nBT () Tj ET\nendstream"
    return assembled([_CATALOGUE, _kids([*range(5, 5 + count)]), page, stream, *([page] * count)])
