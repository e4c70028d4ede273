"""Hostile and broken files: refused with a reason or read whole, in bounded time, without leaving the file."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import PaperError
from tests.indexer.papers import NOTE_FORM, official_xml, only, page, read, read_page, read_xml, words_of

SECONDS = 30
"""Many times what any of the large files below takes, also on a busy machine; what is quadratic takes minutes."""


def billion_laughs(use: str) -> str:
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    return f"<!DOCTYPE x [{entities}]>" + official_xml(use).split("?>", 1)[1]


ATTACKS = {
    "entity bomb": billion_laughs("<al>&l11;</al>"),
    "entity bomb in an attribute": billion_laughs('<al type="&l11;">tekst</al>'),
    "second document type": "<!DOCTYPE x []>" + billion_laughs('<al type="&l11;">tekst</al>'),
    "document type after a comment": "<!-- > ]> --><?pi [ ?>" + billion_laughs("<al>&l11;</al>"),
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    + official_xml("<al>&e;</al>").split("?>", 1)[1],
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
    + official_xml("<al>&e;</al>").split("?>", 1)[1],
    "unknown entity": official_xml("<al>&geheim;</al>"),
}


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS.keys())
def test_entities_are_never_expanded(text: str) -> None:
    began = time.process_time()
    with pytest.raises(PaperError, match="not well-formed XML"):
        read(text, "kst-91234-7.xml")
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE officiele-publicatie SYSTEM "file:///bestaat/niet.dtd">',
        '<!DOCTYPE x PUBLIC "-//X//DTD [x] > \'y\'//NL" "http://127.0.0.1:9/x.dtd" [<!ELEMENT al (#PCDATA)> <!-- ]> " \' --> '
        "<!ATTLIST al a CDATA \"]>\"> <?pi ]> ?> %p;\n]\n>",
        '<!DOCTYPE x [<!ENTITY eacute "iets anders"><!ENTITY ongebruikt SYSTEM "file:///etc/hostname">]>',
    ],
)  # fmt: skip
def test_a_document_type_is_passed_over(doctype: str) -> None:
    text = '<?xml version="1.0"?>\n<!-- x -->' + doctype + official_xml("<al>&eacute;&eacute;n</al>").split("?>", 1)[1]
    assert only(read(text, "kst-91234-7.xml")).text == "één"


@pytest.mark.parametrize("doctype", ["<!DOCTYPE x [", '<!DOCTYPE x "', "<!DOCTYPE x [<!-- ]>", "<!DOCTYPE x [<!ENTITY a 'b>]>"])
def test_a_document_type_that_does_not_end_is_refused(doctype: str) -> None:
    with pytest.raises(PaperError, match=r"does not end|neither HTML nor"):
        read(doctype + official_xml("<al>x</al>").split("?>", 1)[1], "kst-91234-7.xml")


def test_standard_entities_are_read_and_quoted_text_is_not() -> None:
    body = "<al>&eacute;&nbsp;&amp;lt; &lt;b&gt; <![CDATA[&eacute; <i>]]><!-- &geheim; --></al>"
    assert only(read_xml(body)).text == "é\u00a0&lt; <b> &eacute; <i>"


def test_scripts_and_links_of_a_page_are_not_followed() -> None:
    body = (
        '<p>a<script src="file:///etc/hostname">x</script><object data="file:///etc/hostname"></object></p><iframe src="//x">'
        "</iframe>"
    )
    assert only(read_page(body)).text == "a"


DEPTHS = [300, 1_000, 1_500]
NESTED = ["div", "span", "ul", "table", "blockquote", "h2"]


@pytest.mark.parametrize("levels", DEPTHS)
@pytest.mark.parametrize("tag", NESTED)
def test_deep_pages_are_read_whole(tag: str, levels: int) -> None:
    body = "<p>voor</p>" + f"<{tag}> w " * levels + "diep" + f" x </{tag}>" * levels + "<p>na</p>"
    found = words_of(read_page(body))
    assert [found[word] for word in ("voor", "w", "diep", "x", "na")] == [1, levels, 1, levels, 1]


@pytest.mark.parametrize("levels", DEPTHS)
@pytest.mark.parametrize("tag", ["divisie", "nadruk", "lijst", "noot", "onbekend"])
def test_deep_xml_is_read_whole(tag: str, levels: int) -> None:
    body = "<al>voor</al>" + f"<{tag}> w " * levels + "diep" + f" x </{tag}>" * levels + "<al>na</al>"
    found = words_of(read_xml(body))
    assert [found[word] for word in ("voor", "w", "diep", "x", "na")] == [1, levels, 1, levels, 1]


@pytest.mark.parametrize("levels", [2_100, 10_000, 300_000])
@pytest.mark.parametrize("errors", ["", "<p></x a=1 a=2></p>" * 500])
def test_too_deep_is_reported_never_shortened(levels: int, errors: str) -> None:
    nest = "<div>" * levels + "diep" + "</div>" * levels
    for text in (page(errors + nest), f"<html><body>{errors}{nest}<div id='broodtekst'><p>x</p></div></body></html>"):
        with pytest.raises(PaperError, match="nested too deep"):
            read(text)
    with pytest.raises(PaperError, match="nested too deep"):
        read_xml("<divisie>" * levels + "<al>x</al>" + "</divisie>" * levels)


def note(i: int) -> str:
    return NOTE_FORM.format(id=f"n{i}", n=i, text=f"noot {i}")


N = 20_000
LARGE_PAGES = {
    "paragraphs": "<p>Een alinea.</p>" * 50_000,
    "one paragraph": "<p>" + "woord " * 800_000 + "</p>",
    "one word": "<p>" + "x" * 5_000_000 + "</p>",
    "blanks": "<p>a" + "\u00a0" * 2_000_000 + "b</p>" + "<p>\u00a0</p>" * 50_000,
    "spans": "<p>" + "<span class='a b'>x</span> " * 100_000 + "</p>",
    "empty elements": "<p>a</p>" + "<p></p><br/><a id='x'></a>" * 50_000,
    "notes": "<p>x" + "".join(f'<a class="nootnum" href="#n{i}">{i}</a> y' for i in range(N)) + "</p><div id='noten'>"
    + "".join(note(i) for i in range(N)) + "</div>",
    "the same note": "<p>x" + '<a class="nootnum" href="#n1">1</a> y' * N + "</p><div id='noten'>" + note(1) * N + "</div>",
    "listed notes": "<p>x" + "".join(f'<a href="#n{i}">{i}</a> y' for i in range(N)) + "</p><ol class='footnotes'>"
    + "".join(f"<li id='n{i}'>z</li>" for i in range(N)) + "</ol>",
    "cells": "<table>" + ("<tr>" + "<td colspan='2'>x</td>" * 10 + "</tr>") * 8_000 + "</table>",
    "cells in a row": "<table><tr>" + "<td>x</td>" * 80_000 + "</tr></table>",
    "tables": "<table><tr><td>x</td></tr></table>" * 15_000,
    "headings": "<h2 class='divisiekop1'><a id='x'></a>kop</h2><p>x</p>" * 20_000,
    "numbered headings": "".join(f"<h4 class='tussenkop_vet'>{n} Kop</h4>" for n in ("I.", "1.", "A.", "1.1", "a.")) * 4_000
    + "<p>x</p>",
    "changes": "<div class='wijziging'>1.<p>x</p><h3 class='artikel_kop'>Artikel 1</h3></div>" * 20_000,
    "open changes": "<div class='wijziging'><h3 class='artikel_kop'>Artikel 1</h3>" * 500 + "<p>x</p><h3>A</h3>" * 20_000,
    "unclosed heading": "<h2 class='divisiekop1'>" + "<span>x</span> " * 50_000,
    "list items": "<ul>" + "<li><span class='ol'>a.</span><p>x</p></li>" * 40_000 + "</ul>",
    "signatures": "<p class='ondertekening'><span class='functie'>De Minister van X,</span><span class='naam'>A</span>"
                  "</p>" * 10_000,
    "names": "<p class='ondertekening'>" + "<span class='functie'>F</span><span class='naam'>A</span>" * 20_000 + "</p>",
    "dates": "<p class='kamerstukdatum'>" + "<span class='datum'> </span>x" * 50_000 + "</p><p>x</p>",
    "dossiers": "<h1 class='dossiertitel'><span class='dossiernummer'>91 234</span> x</h1>" * 20_000 + "<p>x</p>",
    "containers": "<div class='algemeen'><p>x</p></div>" * 20_000,
    "citations": "<p>" + "31 066, nr. 12 en nr. 14; " * 50_000 + "</p>",
    "digits": "<p>" + "12 345 " * 200_000 + "</p>",
    "attributes": "<p " + " ".join(f"a{i}='x'" for i in range(20_000)) + ">x</p>",
    "a long class": f"<p class='{'x ' * 500_000}'>x</p>",
    "comments": "<p>a</p>" + "<!-- x -->" * 100_000,
    "open comments": "<p>a</p>" + "<!- <!" * 100_000,
    "entities": "<p>" + "&eacute;&onbekend;&#233;&#0;" * 50_000 + "</p>",
}  # fmt: skip


@pytest.mark.parametrize("body", LARGE_PAGES.values(), ids=LARGE_PAGES.keys())
def test_large_pages_take_linear_time(body: str) -> None:
    text = page(body)
    began = time.process_time()
    read(text)
    assert time.process_time() - began < SECONDS


COLUMNS = "".join(f"<colspec colname='c{i}'/>" for i in range(200))
LARGE_XML = {
    "paragraphs": "<al>Een alinea.</al>" * 50_000,
    "entries": f"<table><tgroup>{COLUMNS}<tbody>" + "<row><entry namest='c1' nameend='c3'>x</entry></row>" * 20_000
    + "</tbody></tgroup></table>",
    "notes": "<al>" + "".join(f"x<noot id='n{i}'><noot.nr>{i}</noot.nr><noot.al>y</noot.al></noot>" for i in range(N)) + "</al>",
    "divisions": "<divisie><kop><nr>1.</nr></kop>" * 500 + "<tussenkop>2. Kop</tussenkop>" * 20_000 + "<al>x</al>"
    + "</divisie>" * 500,
    "instructions": "<al>" + "a<?xpp b?>" * 100_000 + "</al>",
    "quoted": "<al>" + "<![CDATA[&x;]]>" * 50_000 + "</al>",
    "names": "<al>x</al>" + "<datumtekst><datum>x</datum></datumtekst>" * 10_000,
}  # fmt: skip


@pytest.mark.parametrize("body", LARGE_XML.values(), ids=LARGE_XML.keys())
def test_large_xml_takes_linear_time(body: str) -> None:
    text = official_xml(body)
    began = time.process_time()
    read(text, "kst-91234-7.xml")
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE x [" + "<!--" * 200_000, "<!--" * 300_000, "<" * 500_000, "<?xml " * 100_000, "&a" * 300_000]
)
def test_endless_beginnings_are_refused_soon(start: str) -> None:
    began = time.process_time()
    for name in ("kst-91234-7.xml", "kst-91234-7.html"):
        with pytest.raises(PaperError):
            read(start, name)
    assert time.process_time() - began < SECONDS


BROKEN = [
    (b"", "empty"),
    (b"   \n", "empty"),
    (b"\0\0\0", "empty"),
    (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "the PDF is broken"),
    (
        b"PK\x03\x04 zip",
        r"a zip archive \(an ODT or other office document is one too\) .* fetch the same paper as \.xml or \.html",
    ),
    (
        b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.textPK",
        r"an ODT, .* zip archive; it is not read: fetch .* as \.xml",
    ),
    (b"PK\x03\x04..[Content_Types].xml", r"a DOCX, .* zip archive"),
    (b"zomaar tekst", "neither HTML nor official XML"),
    (b'{"error": "not found"}', "neither HTML nor official XML"),
    (b"<html><body><h1>404 Niet gevonden</h1></body></html>", "no #broodtekst"),
    (b"<!DOCTYPE html><html><head><title>Fout</title></head><body>Storing</body></html>", "no #broodtekst"),
    (b"<Error><Code>AccessDenied</Code></Error>", "root is <Error>"),
    (b"<officiele-publicatie><metadata/>", "not well-formed XML"),
    (b"<kamerwrk>", "not well-formed XML"),
    (b"<kamerwrk/>", "there is no text|no identifier"),
    (b"<html><body><div id='broodtekst'></div></body></html>", "there is no text"),
    (b"<html><body><div id='broodtekst'>\xc2\xa0 - </div></body></html>", "there is no text"),
    (b"<html></html>", "no #broodtekst"),
]


@pytest.mark.parametrize(("content", "reason"), BROKEN)
@pytest.mark.parametrize("name", ["kst-91234-7.html", "kst-91234-7.xml"])
def test_broken_files_say_what_is_wrong_and_where(content: bytes, reason: str, name: str) -> None:
    with pytest.raises(PaperError, match=reason) as caught:
        read(content, name)
    assert caught.value.where == f"map/{name}"
    assert str(caught.value).startswith(f"map/{name}: ")
    assert not caught.value.reason.endswith(".")


def test_a_file_cut_off_anywhere_is_refused() -> None:
    whole_page, whole_xml = page("<p>Een alinea met tekst.</p>" * 3), official_xml("<al>Een alinea met tekst.</al>" * 3)
    for cut in range(1, len(whole_page) - len("</body></html>"), 7):
        with pytest.raises(PaperError):
            read(whole_page[:cut])
    for cut in range(1, len(whole_xml) - 1, 7):
        with pytest.raises(PaperError):
            read(whole_xml[:cut], "kst-91234-7.xml")


def test_the_content_decides_not_the_name() -> None:
    assert only(read(page("<p>a</p>"), "kst-91234-7.xml")).text == "a"
    assert only(read(official_xml("<al>a</al>"), "kst-91234-7.html")).text == "a"
    assert only(read(official_xml("<al>&lt;html&gt; id='broodtekst'</al>"), "kst-91234-7.html")).text == "<html> id='broodtekst'"


def test_control_characters_split_no_words_and_end_nothing() -> None:
    assert (
        only(read_page("<p>wo\x00o\x01rd&#0;\x7f een\x0ctwee\x0bdrie</p><p>na</p>")).text == "woord\ufffd\x7f een twee drie\nna"
    )


def test_duplicate_broodteksten_are_all_read() -> None:
    text = "<html><body><div id='broodtekst'>a<div id='broodtekst'>b</div></div><div id='broodtekst'>c</div></body></html>"
    assert sorted(words_of(read(text))) == ["a", "b", "c"]


@settings(max_examples=300)
@given(data=st.data())
def test_damage_anywhere_is_read_or_refused(data: st.DataObject, golden_contents: list[tuple[str, bytes]]) -> None:
    name, content = data.draw(st.sampled_from(golden_contents))
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        match data.draw(st.sampled_from(("flip", "drop", "repeat", "insert"))):
            case "flip":
                damaged[at] ^= 1 << data.draw(st.integers(0, 7))
            case "drop":
                del damaged[at : at + data.draw(st.integers(1, 40))]
            case "repeat":
                damaged[at:at] = damaged[at : at + 200]
            case _:
                damaged[at:at] = data.draw(
                    st.sampled_from((b"<", b">", b"&", b"\0", b"<table>", b"</div>", b"<!--", b"]]>", b"\xff"))
                )
        if not damaged:
            break
    with suppress(PaperError):
        read(bytes(damaged), name)


@pytest.fixture(scope="module")
def golden_contents() -> list[tuple[str, bytes]]:
    folder = Path(__file__).parent / "golden"
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.suffix in (".html", ".xml")]
