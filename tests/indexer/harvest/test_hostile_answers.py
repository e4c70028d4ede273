"""Answers that are meant to harm: each is told as a failure of the source, in bounded time and memory."""

from __future__ import annotations

import gzip
import itertools
import socket
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from indexer.answer_limit import AnswerLimit
from indexer.errors import QueryRefused, SourceError, SourceUnreachable
from indexer.harvest.forms import sound_page
from indexer.harvest.search_interface import read_page
from indexer.harvest.source import Clock, HttpSource, Patience
from indexer.harvest.wire import whole_body
from tests.indexer.harvest.clients import HERE, FakeTime, Raw, client

GOLDEN = (Path(__file__).parent / "golden" / "response.xml").read_bytes()
BODY = b"<html><div id='broodtekst'>x</div></html>"
OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"


def anything(content: bytes) -> None:
    """Every body is sound."""


def fails(address: str, said: str = r"\w", **patience: float) -> SourceError:
    with pytest.raises(SourceError, match=said) as failed:
        client(FakeTime(), **{"tries": 2, **patience}).get(address, anything)
    return failed.value


@pytest.mark.parametrize("rest", [b"X-Drip: " + b"x" * 400 + b"\r\n\r\n" + BODY, b"\r\n" + BODY * 20], ids=["head", "body"])
def test_a_byte_now_and_then_does_not_keep_an_answer_going(raw: Raw, rest: bytes) -> None:
    """The clock goes on by a minute at each look; an answer may take ten."""
    minutes = itertools.count(0.0, 60.0)
    source = HttpSource("kamerstukken/test", HERE, 0, Patience(tries=1), Clock(lambda: next(minutes), lambda seconds: None))
    with pytest.raises(SourceError, match=r"timed out|took too long"):
        source.get(raw(OK + rest, step=1), anything)
    assert next(minutes) < 60 * 30


@pytest.mark.parametrize(
    "rest",
    [
        b"X: y\r\n" * 3_000 + b"\r\n", b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 3_000,
        b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * 15_000, b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * 3_000,
    ],
    ids=["headers", "chunks", "an extension", "trailers"],
)  # fmt: skip
def test_all_that_comes_is_counted(raw: Raw, monkeypatch: pytest.MonkeyPatch, rest: bytes) -> None:
    """What a body is wrapped in has no end by itself."""
    monkeypatch.setattr("indexer.harvest.source._MOST_BYTES_COMING", 9_000)
    fails(raw(OK + rest), r"goes on after|more than \d+ (bytes|headers)")


def test_a_source_whose_answers_take_long_and_come_to_nothing_is_tried_less(raw: Raw) -> None:
    """Ten seconds go by at each look at the clock."""
    times = itertools.count(0.0, 10.0)
    clock = Clock(lambda: next(times), lambda seconds: None)
    source = HttpSource("kamerstukken/test", HERE, 0, Patience(tries=8, introductions=8), clock)
    broken, whole = raw(OK + b"Content-Length: 500\r\n\r\n" + BODY), raw(OK + b"Content-Length: 2\r\n\r\nOK")

    def tries() -> tuple[int, type[SourceError]]:
        before = source.requests
        with pytest.raises(SourceError, match=r"tr(y|ies)\)") as failed:
            source.get(broken, anything)
        return source.requests - before, type(failed.value)

    number, kind = tries()
    assert (1 < number < 8, kind) == (True, SourceError)
    later = [tries() for _ in range(10)]
    assert later[0] == (1, SourceError)
    assert later[-1] == (1, SourceUnreachable)
    assert source.get(whole, anything).content == b"OK"
    assert tries() == (number, SourceError)


def test_a_connection_that_is_never_answered_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        fails(f"http://127.0.0.1:{silent.getsockname()[1]}/x", "timed out", silence=0.05)


class Body:
    """An answer of urllib3 as far as its body goes, in parts."""

    def __init__(self, packing: str, *parts: bytes) -> None:
        self.headers = {"Content-Encoding": packing} if packing else {}
        self._parts = parts
        self.given = 0

    def stream(self, size: int, *, decode_content: bool) -> object:
        assert not decode_content
        for part in self._parts:
            self.given += 1
            yield part


def unpacked(body: Body, most: int = 1_000_000) -> bytes:
    return whole_body(body, most, AnswerLimit(lambda: 0.0, 1.0, 1.0, 1.0, most))  # type: ignore[arg-type] # what it needs of one


def test_a_packed_body_is_unpacked_no_further_than_a_body_may_be_large() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000, mtime=0)
    with pytest.raises(ValueError, match="larger than"):
        unpacked(Body("gzip", bomb))
    assert unpacked(Body("gzip", gzip.compress(b"a" * 900_000, mtime=0))) == b"a" * 900_000
    assert unpacked(Body("", b"a", b"b")) == b"ab"
    packed = gzip.compress(BODY * 1_000, mtime=0)
    assert unpacked(Body("x-gzip", *(packed[i : i + 7] for i in range(0, len(packed), 7)))) == BODY * 1_000


@pytest.mark.parametrize(
    ("packing", "content", "said"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)[:-3], "cut off"),
        ("gzip", BODY, "cannot be unpacked"),
        ("gzip", gzip.compress(BODY, mtime=0) * 2, "follows the packed body"),
        ("gzip", gzip.compress(BODY, mtime=0) + b"x", "follows the packed body"),
        ("gzip, gzip", gzip.compress(gzip.compress(BODY, mtime=0), mtime=0), "not asked for"),
        ("br", BODY, "not asked for"),
        ("deflate", zlib.compress(BODY), "not asked for"),
        ("zstd", BODY, "not asked for"),
    ],
)
def test_what_is_packed_otherwise_is_refused(packing: str, content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        unpacked(Body(packing, content))


def test_a_body_without_end_is_read_no_further_than_a_body_may_be_large() -> None:
    body = Body("", *([b"x" * 65_536] * 100))
    with pytest.raises(ValueError, match="larger than"):
        unpacked(body)
    assert body.given == 16


@pytest.mark.parametrize("wait", ["1" + "0" * 400, "999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_source_that_wants_to_be_left_alone_for_ever_is_unreachable_for_now(raw: Raw, wait: str) -> None:
    answer = f"HTTP/1.1 429 Busy\r\nConnection: close\r\nRetry-After: {wait}\r\n\r\n".encode()
    error = fails(raw(answer), "429.*come back in more than a year")
    assert isinstance(error, SourceUnreachable)


@pytest.mark.parametrize(
    "wait", ["-1", "²", "soon", "", "0", "Thu, 01 Jan 1970 00:00:00 GMT", "1e99", "Fri, 31 Dec 99999 23:59:59 GMT"]
)
def test_a_wait_that_is_none_is_no_wait(raw: Raw, wait: str) -> None:
    answer = f"HTTP/1.1 503 Busy\r\nConnection: close\r\nRetry-After: {wait}\r\n\r\n".encode()
    assert not isinstance(fails(raw(answer), "503"), SourceUnreachable)


def test_waits_that_are_told_are_bounded_all_together(raw: Raw) -> None:
    fake = FakeTime()
    address = raw(b"HTTP/1.1 503 Busy\r\nConnection: close\r\nRetry-After: 600\r\n\r\n")
    with pytest.raises(SourceUnreachable, match="come back in 10 minutes"):
        client(fake, tries=8).get(address, anything)
    assert fake.slept == [600.0]


def test_a_wait_until_a_moment_goes_by_the_clock_of_the_source(raw: Raw) -> None:
    """Whatever this machine takes the time to be."""
    fake = FakeTime()
    dates = b"Date: Mon, 01 Jan 2001 00:00:00 GMT\r\nRetry-After: Mon, 01 Jan 2001 00:00:30 GMT\r\n"
    with pytest.raises(SourceError, match="503"):
        client(fake, tries=2).get(raw(b"HTTP/1.1 503 Busy\r\nConnection: close\r\n" + dates + b"\r\n"), anything)
    assert fake.slept == [30.0]


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"\0" * 1_000, b"x" * 200_000, b"HTTP/9.9 200 OK\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n", b"HTTP/1.1 -200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000,
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
        OK + b"Content-Length: 999999999999\r\n\r\n12345",
        OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 10_000,
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 999 Strange\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 206 Partial\r\nConnection: close\r\n\r\n" + BODY, b"HTTP/1.1 204 None\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_hardly_http_is_a_failure_and_nothing_else(raw: Raw, answer: bytes) -> None:
    fails(raw(answer))


def test_an_answer_that_is_cut_off_at_any_byte_is_never_taken(raw: Raw) -> None:
    whole = OK + b'Content-Length: %d\r\nETag: "x"\r\n\r\n' % len(BODY) + BODY
    for cut in range(0, len(whole), 3):
        with pytest.raises(SourceError):
            client(FakeTime(), tries=1).get(raw(whole[:cut]), sound_page)


def test_a_response_of_the_search_interface_that_is_cut_off_at_any_byte_is_never_taken() -> None:
    end = len(GOLDEN.rstrip())
    for cut in range(end):
        with pytest.raises(ValueError, match=r"\w"):
            read_page(GOLDEN[:cut], "here")
    assert read_page(GOLDEN[:end], "here").total == 76


@pytest.mark.parametrize(
    "harm",
    [
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>", b"<!DOCTYPE x SYSTEM 'http://127.0.0.1/x'>",
    ],
)  # fmt: skip
def test_entities_are_neither_expanded_nor_fetched(harm: bytes) -> None:
    declared, _, rest = GOLDEN.partition(b"?>")
    try:
        page = read_page(declared + b"?>" + harm + rest.replace(b"95842", b"&b;", 1), "here")
    except ValueError:
        return
    assert not any("aaaa" in record.title for record in page.records)


def test_bytes_of_nothing_and_other_harm_in_a_response_are_told_or_kept_apart() -> None:
    for harm in (b"\0", b"\xff", b"<" * 100, b"<x>" * 300, b"&#0;", b"]]>", b"&undefined;"):
        for at in range(0, len(GOLDEN), 997):
            with suppress(ValueError):
                assert read_page(GOLDEN[:at] + harm + GOLDEN[at:], "here").total >= 0


def test_what_a_file_is_recognised_by_is_kept_only_when_it_can_be_sent_back(raw: Raw) -> None:
    whole = OK + b'ETag: "%s"\r\nLast-Modified: \xe9t\xe9\r\nContent-Length: 2\r\n\r\nOK'
    assert client(FakeTime()).get(raw(whole % (b"x" * 10_000)), anything).validators.etag == ""
    received = client(FakeTime()).get(raw(whole % b"x"), anything)
    assert (received.validators.etag, received.validators.modified) == ('"x"', "")


def test_a_response_of_more_than_anyone_asked_for_is_no_response(monkeypatch: pytest.MonkeyPatch) -> None:
    many = b"<searchRetrieveResponse><numberOfRecords>1</numberOfRecords><records>%s</records></searchRetrieveResponse>"
    with pytest.raises(ValueError, match=r"more than 10,000 records"):
        read_page(many % (b"<record/>" * 10_001), "here")
    monkeypatch.setattr("indexer.harvest.search_interface._LARGEST", 1_000)
    with pytest.raises(ValueError, match="larger than"):
        read_page(GOLDEN, "here")


def test_an_answer_that_takes_more_memory_than_there_is_is_a_failure(raw: Raw) -> None:
    def look(content: bytes) -> None:
        raise MemoryError

    with pytest.raises(SourceError, match="not enough memory"):
        client(FakeTime()).get(raw(OK + b"\r\n" + BODY), look)


@pytest.mark.parametrize(
    "name", ["../../x", "kst-1/2", "kst-1\0", "kst-" + "9" * 200, "KST-1-2", "kst-1-2.html", "", "kst-1-2\n"]
)
def test_an_identifier_that_is_none_is_a_record_that_cannot_be_read(name: str) -> None:
    changed = GOLDEN.replace(b">kst-95842-4</dcterms:identifier>", b">%s</dcterms:identifier>" % name.encode(), 1)
    if "\0" in name:
        with pytest.raises(ValueError, match="not well-formed"):
            read_page(changed, "here")
        return
    page = read_page(changed, "here")
    assert str(page.records[0].identifier) in ("kst-1-2", "blg-9936562")  # white space around one is none of it
    assert name.endswith("\n") or any("is not an identifier of an official publication" in problem for problem in page.problems)


@pytest.mark.parametrize(
    "answer",
    [b"\x1b[2J\x07HTTP\r\n\r\n", b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://\x1b]0;x\x07/\r\n\r\n"],
)
def test_what_a_source_says_does_not_steer_the_terminal(raw: Raw, answer: bytes) -> None:
    message = str(fails(raw(answer)))
    assert message.isprintable()
    assert len(message) < 600


HARM = "\x9b31m\u202e" + "y" * 100_000


def test_what_a_source_says_is_wrong_is_told_in_bounds() -> None:
    wrong = f"<diagnostics><diagnostic><message>{HARM}</message></diagnostic></diagnostics>"
    answer = f"<searchRetrieveResponse>{wrong}</searchRetrieveResponse>"
    with pytest.raises(QueryRefused, match="the source refuses the query: ") as refused:
        read_page(answer.encode(), "here")
    told = str(refused.value)
    assert told.isprintable()
    assert len(told) < 2_000


def test_what_a_record_says_is_wrong_is_told_in_bounds() -> None:
    harm = f"<record><recordData><diagnostic><message>{HARM}</message></diagnostic></recordData></record>"
    answer = f"<searchRetrieveResponse><numberOfRecords>1</numberOfRecords><records>{harm}</records></searchRetrieveResponse>"
    (problem,) = read_page(answer.encode(), "here").problems
    assert problem.isprintable()
    assert len(problem) < 2_000
