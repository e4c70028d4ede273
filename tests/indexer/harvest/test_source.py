"""The HTTP client: patience, politeness, and that nothing broken is ever taken for whole."""

from __future__ import annotations

import email.utils
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import NotAtSource, SourceError, SourceUnreachable
from indexer.harvest.forms import sound_metadata, sound_page, sound_paper, sound_pdf
from indexer.harvest.source import Validators
from tests.indexer.harvest.clients import FakeTime, Raw, client
from tests.indexer.pdfs import column, pdf
from tests.official_source.faults import Fault, Faults
from tests.official_source.published import Shelf
from tests.official_source.server import OfficialSource

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
PAGE = "/frbr/officielepublicaties/kst/91066/kst-91066-83/1/html/kst-91066-83.html"
WHOLE = (SAMPLE / "kst-91066-83.html").read_bytes()


@pytest.fixture
def official() -> Iterator[OfficialSource]:
    with OfficialSource(Shelf.of_folder(SAMPLE)).running() as source:
        yield source


def test_a_file_comes_whole_with_what_it_is_recognised_by(official: OfficialSource) -> None:
    source = client(FakeTime())
    received = source.get(official.address + PAGE, sound_page)
    assert received.content == WHOLE
    assert received.validators.etag
    assert received.validators.modified
    again = source.get(official.address + PAGE, sound_page, received.validators)
    assert (again.content, again.validators) == (None, received.validators)
    assert [request.status for request in official.log] == [200, 304]
    assert official.log[0].headers["User-Agent"] == "kamerstukken/test"
    assert (source.requests, source.received) == (2, len(WHOLE))


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.SLOW])
def test_no_fault_is_ever_taken_for_the_file(official: OfficialSource, fault: Fault) -> None:
    official.faults = Faults({fault: 1.0})
    fake = FakeTime()
    with pytest.raises(SourceError, match="3 tries") as failed:
        client(fake, tries=3).get(official.address + PAGE, sound_page)
    assert PAGE in str(failed.value)
    assert len(official.log) == 3
    assert len(fake.slept) == 2
    official.faults = Faults()
    assert client(fake).get(official.address + PAGE, sound_page).content == WHOLE


@pytest.mark.parametrize("seed", range(5))
def test_among_faults_the_file_comes_as_soon_as_one_try_is_spared(official: OfficialSource, seed: int) -> None:
    official.faults = Faults.all(0.1, seed)
    source = client(FakeTime(), tries=20)
    for _ in range(20):
        assert source.get(official.address + PAGE, sound_page).content == WHOLE
    spoilt = [request for request in official.log if request.fault not in (None, Fault.SLOW)]
    assert len(official.log) == source.requests == 20 + len(spoilt)


def test_pauses_grow_and_differ(official: OfficialSource) -> None:
    official.faults = Faults({Fault.ERROR: 1.0})
    fake = FakeTime()
    with pytest.raises(SourceError, match="answers 500"):
        client(fake, tries=8, first=1.0, longest=20.0).get(official.address + PAGE, sound_page)
    for pause, whole in zip(fake.slept, (1, 2, 4, 8, 16, 20, 20), strict=True):
        assert whole / 2 <= pause <= whole
    assert len({pause / whole for pause, whole in zip(fake.slept, (1, 2, 4, 8, 16, 20, 20), strict=True)}) == 7


def test_the_source_says_how_long_to_wait(official: OfficialSource) -> None:
    official.faults = Faults({Fault.BUSY: 1.0}, retry_after="37")
    fake = FakeTime()
    with pytest.raises(SourceError, match="answers 429"):
        client(fake, tries=3).get(official.address + PAGE, sound_page)
    assert fake.slept == [37.0, 37.0]
    official.faults.retry_after = email.utils.format_datetime(email.utils.localtime().astimezone())
    with pytest.raises(SourceError):
        client(fake, tries=2).get(official.address + PAGE, sound_page)
    assert fake.slept[-1] < 2
    official.faults.retry_after = "7200"
    with pytest.raises(SourceUnreachable, match="120 minutes"):
        client(fake).get(official.address + PAGE, sound_page)


def test_no_more_requests_a_second_than_told(official: OfficialSource) -> None:
    fake = FakeTime()
    source = client(fake, rate=4)
    begun = fake.now
    for _ in range(9):
        source.get(official.address + PAGE, sound_page)
    assert fake.now - begun == pytest.approx(2.0)
    assert fake.slept == [pytest.approx(0.25)] * 8


def test_what_is_not_there_is_asked_for_once(official: OfficialSource) -> None:
    with pytest.raises(NotAtSource) as missing:
        client(FakeTime()).get(f"{official.address}/frbr/nowhere.html", sound_page)
    assert not missing.value.gone
    official.shelf.mark_withdrawn("kst-91066-83")
    with pytest.raises(NotAtSource) as missing:
        client(FakeTime()).get(official.address + PAGE, sound_page)
    assert missing.value.gone
    assert len(official.log) == 2


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "file:///etc/passwd", "https://", "http://[", "nonsense"])
def test_only_addresses_of_the_web_are_asked(address: str) -> None:
    with pytest.raises(SourceError, match="not an address of the web"):
        client(FakeTime()).get(address, sound_page)


def test_a_source_that_cannot_be_reached_is_told_apart() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(SourceUnreachable, match=r"refused \(3 tries\)"):
            client(FakeTime()).get(f"http://127.0.0.1:{port}/sru", sound_page)


def test_a_source_that_has_answered_before_is_waited_for(official: OfficialSource) -> None:
    source = client(FakeTime(), tries=6)
    assert source.get(official.address + PAGE, sound_page).content == WHOLE
    official.faults = Faults({Fault.RESET: 1.0})
    with pytest.raises(SourceUnreachable, match="6 tries"):
        source.get(official.address + PAGE, sound_page)


def test_a_body_without_a_length_that_is_cut_off_is_not_taken(raw: Raw) -> None:
    address = raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + WHOLE[:-100])
    with pytest.raises(SourceError, match="cut off"):
        client(FakeTime(), tries=2).get(address, sound_page)


def test_a_chunked_body_that_is_cut_off_is_not_taken(raw: Raw) -> None:
    chunk = f"{len(WHOLE):x}\r\n".encode() + WHOLE + b"\r\n"
    address = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk)
    with pytest.raises(SourceError, match="connection failed"):
        client(FakeTime(), tries=2).get(address, sound_page)


def test_redirects_are_followed(raw: Raw) -> None:
    target = raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(WHOLE) + WHOLE)
    address = raw(b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % target.encode())
    assert client(FakeTime()).get(address, sound_page).content == WHOLE


def test_unchanged_is_only_believed_when_it_was_asked(raw: Raw) -> None:
    address = raw(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
    with pytest.raises(SourceError, match="answers 304"):
        client(FakeTime(), tries=2).get(address, sound_page, Validators())


def test_what_is_sound() -> None:
    sound_page(WHOLE)
    sound_paper(b"<kamerwrk><x/></kamerwrk>")
    sound_pdf(pdf(column("Tekst.")))
    sound_metadata(b"<?xml version='1.0'?><metadata_gegevens/>")


@pytest.mark.parametrize(
    ("sound", "content"),
    [
        (sound_page, b""), (sound_page, WHOLE[:-20]), (sound_page, b"<html><body>Onderhoud</body></html>"),
        (sound_paper, WHOLE), (sound_paper, b"<kamerwrk>"), (sound_paper, b"<kamerwrk><al>half"), (sound_paper, b""),
        (sound_pdf, b"<html></html>"), (sound_pdf, pdf(column("Tekst."))[:-10]),
        (sound_metadata, b"<kamerwrk/>"), (sound_metadata, b"<html><body>Onderhoud</body></html>"),
    ],
)  # fmt: skip
def test_what_is_not_sound(sound: object, content: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        sound(content)  # type: ignore[operator] # a table of functions


def test_the_proxy_of_the_environment_is_used_but_not_for_this_machine(
    official: OfficialSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", official.address)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    source = client(FakeTime(), tries=1)
    assert source.get(f"http://repository.invalid{PAGE}", sound_page).content == WHOLE
    assert official.log[0].headers["Host"] == "repository.invalid"
    official.log.clear()
    assert source.get(official.address + PAGE, sound_page).content == WHOLE
    assert official.log[0].headers["Host"] != "repository.invalid"
