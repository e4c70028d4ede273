"""CSV: what is written is read again by the csv module, and no cell is a formula."""

from __future__ import annotations

import csv
import datetime
import gzip
from collections.abc import Iterator, Sequence
from io import StringIO

from flask import Flask, Response
from hypothesis import given
from hypothesis import strategies as st

from web.exports import Cell, csv_chunks, csv_response, safe
from web.http import compress

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
_plain = st.text(st.characters(codec="utf-8"), max_size=12)
_texts = _plain | st.builds(str.__add__, st.sampled_from(_FORMULAS), _plain)


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(st.lists(_texts, min_size=2, max_size=2), max_size=20))
def test_rows_come_back_but_for_the_apostrophe(rows: list[list[str]]) -> None:
    read = _read(b"".join(csv_chunks(("een", "twee"), rows)))
    assert read[0] == ["een", "twee"]
    assert len(read) == len(rows) + 1
    for row, cells in zip(rows, read[1:], strict=True):
        for text, cell in zip(row, cells, strict=True):
            assert not cell.startswith(_FORMULAS)
            assert cell == (f"'{text}" if text.startswith(_FORMULAS) else text)


def test_numbers_and_dates_stay_numbers_and_dates() -> None:
    assert [safe(cell) for cell in (-3, 0.25, datetime.date(2024, 6, 18), None)] == ["-3", "0.25", "2024-06-18", ""]


def test_half_characters_do_not_stop_the_file() -> None:
    assert _read(b"".join(csv_chunks(("a",), [("\ud83d",), ("b",)]))) == [["a"], ["?"], ["b"]]


def test_lines_end_as_rfc_4180_has_it_after_a_byte_order_mark() -> None:
    assert b"".join(csv_chunks(("a", "b"), [("één", 'zei "ja"')])) == '\ufeffa,b\r\néén,"zei ""ja"""\r\n'.encode()


def test_rows_are_taken_while_the_file_is_sent() -> None:
    taken: list[int] = []

    def rows() -> Iterator[Sequence[Cell]]:
        for i in range(5_000):
            taken.append(i)
            yield i, "tekst" * 10

    chunks = csv_chunks(("nr", "tekst"), rows())
    next(chunks)
    assert 0 < len(taken) < 1_000
    assert len(b"".join(chunks).splitlines()) + len(taken) > 5_000


def test_response_is_a_download_that_is_compressed_while_it_is_sent() -> None:
    app = Flask("csv")
    compress(app)
    taken: list[int] = []

    def rows() -> Iterator[Sequence[Cell]]:
        for i in range(5_000):
            taken.append(i)
            yield i, "tekst" * 10

    @app.get("/lijst.csv")
    def lines() -> Response:
        return csv_response('wie "zei" dit é.csv', ("nr", "tekst"), rows())

    plain = app.test_client().get("/lijst.csv")
    assert plain.content_type.startswith("text/csv; charset=utf-8")
    names = plain.headers["Content-Disposition"]
    assert names == "attachment; filename=wie_zei_dit_.csv; filename*=UTF-8''wie%20%22zei%22%20dit%20%C3%A9.csv"
    taken.clear()
    packed = app.test_client().get("/lijst.csv", headers={"Accept-Encoding": "gzip"}, buffered=False)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(taken) < 1_000
    unpacked = gzip.decompress(packed.get_data())
    assert unpacked == plain.get_data()
    assert len(_read(unpacked)) == 5_001
