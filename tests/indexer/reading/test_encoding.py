"""The encoding of a file: taken from the file, UTF-8 when undeclared, never guessed."""

from __future__ import annotations

import pytest

from indexer.reading.trees import decode
from tests.indexer.papers import official_xml, page, read, texts

TEXT = "<p>één ‘reële’ € – ĳs</p>"
LATIN = "<p>één reële</p>"


def xml(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>{TEXT}'


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        ("\ufeff" + TEXT).encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
)
def test_byte_order_marks_and_utf(content: bytes) -> None:
    assert decode(content) == TEXT


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "latin-1"),
        ("<?xml version='1.0' encoding = 'ISO-8859-15' standalone='yes'?>", "iso-8859-15"),
        ('\n<?xml version="1.0" encoding="windows-1252"?>', "cp1252"),
        ('<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1" />', "latin-1"),
        ("<META CHARSET=windows-1252>", "cp1252"),
        ("<meta name='x'/>" * 1000 + '<meta charset="windows-1252">', "cp1252"),
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="us-ascii">', "utf-8"),
    ],
)
def test_declared_encodings(declaration: str, codec: str) -> None:
    assert decode((declaration + LATIN).encode(codec)) == declaration + LATIN


def test_latin_1_is_read_as_windows_1252_as_browsers_do() -> None:
    content = b'<?xml version="1.0" encoding="iso-8859-1"?>\x93\x80 5\x94 \x96 \x81'
    assert decode(content).endswith("“€ 5” – \x81")


def test_a_byte_order_mark_outranks_the_declaration() -> None:
    assert decode(xml("iso-8859-1").encode("utf-8-sig")) == xml("iso-8859-1")


def test_ascii_bytes_that_claim_to_be_utf_16_are_utf_8() -> None:
    assert decode(xml("utf-16").encode()) == xml("utf-16")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\0" * 50, "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<p>\xe9\xe9n</p>", "not valid UTF-8 at byte 3"),
        (b"\x89PNG\r\n\x1a\n\xff", "not valid UTF-8 at byte 0"),
        (b"\xff\xfe<", "not valid UTF-16"),
        (xml("klingon").encode(), "'klingon' it declares is unknown"),
        (xml("zlib").encode(), "unknown"),
        (xml("rot13").encode(), "unknown"),
        (xml("unicode_escape").encode(), "unknown"),
        (xml("punycode").encode(), "unknown"),
        (xml("utf-7").encode(), "unknown"),
    ],
)
def test_what_cannot_be_decoded_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode(content)


STRAY = [
    "\n", "  \n\n", "\ufeff", "\n\ufeff", "\u00ef\u00bb\u00bf", "opgehaald op 5 maart\n", "<!-- opgehaald -->\n",
    "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n", "Link: <https://voorbeeld.example/a.css>; rel=preload\n\n",
    "5 < 6\n", "<?php ?>\n", "tekst <!-- noot --> tekst\n",
]  # fmt: skip


@pytest.mark.parametrize("line", STRAY)
@pytest.mark.parametrize("declaration", ['<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0"?><!DOCTYPE html>'])
def test_what_stands_before_the_declaration_is_no_part_of_the_file(line: str, declaration: str) -> None:
    plain = official_xml("<al>Blijft één tekst.</al>").partition("?>")[2]
    assert read(f"{line}{declaration}{plain}", "kst-91234-7.xml") == read(plain, "kst-91234-7.xml")
    assert read(f"{line}{declaration}{page('<p>Blijft.</p>')}") == read(page("<p>Blijft.</p>"))


def test_the_encoding_is_read_off_a_declaration_that_is_not_at_the_begin() -> None:
    text = official_xml("<al>Eén wolk</al>").replace("utf-8", "iso-8859-1")
    assert texts(read(f"regel\n{text}".encode("latin-1"), "kst-91234-7.xml")) == ["Eén wolk"]


def test_stray_text_before_a_file_without_a_declaration() -> None:
    plain = official_xml("<al>Blijft.</al>").partition("?>")[2]
    assert read(f"regel\n{plain}", "kst-91234-7.xml") == read(plain, "kst-91234-7.xml")


def test_a_declaration_that_a_page_quotes_is_not_its_own() -> None:
    text = page("<p>één</p>", head='<script>\'<?xml version="1.0" encoding="iso-8859-1"?>\'</script>')
    assert texts(read(text)) == ["één"]
