"""Which addresses are followed: those of the source, and no other, in whatever guise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import AddressRefused, SourceError
from indexer.harvest.addresses import Directory, hosts_of, is_special
from indexer.harvest.forms import sound_page
from indexer.harvest.source import UNKNOWN, HttpSource, Patience
from tests.indexer.harvest.clients import FakeTime, Raw, client

OFFICIAL = hosts_of("https://repository.overheid.nl/sru")
PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    "address",
    [
        "https://repository.overheid.nl/frbr/x.html", "https://REPOSITORY.overheid.nl:443/x", "https://repository.overheid.nl",
    ],
)  # fmt: skip
def test_hosts_of_the_source_are_asked(address: str) -> None:
    assert OFFICIAL.check(address).host == "repository.overheid.nl"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://repository.overheid.nl/x", "not"),
        ("https://evil.example/x", "evil.example is no host of the source"),
        ("https://repository.overheid.nl.evil.example/x", "no host of the source"),
        ("https://evil.example/repository.overheid.nl", "no host of the source"),
        ("https://repository.overheid.nl./x", "no host of the source"),
        ("https://repository.overheid.nl@evil.example/x", "name or password"),
        ("https://evil.example#@repository.overheid.nl/x", "no host of the source"),
        ("https://evil.example\\@repository.overheid.nl/x", "not an address of the web"),
        ("https://user:geheim@repository.overheid.nl/x", "name or password"),
        ("https://repository.overheid.nl:22/x", "port 22"),
        ("https://repository.overheid.nl:0/x", "port 443|port 0"),
        ("https://repository.overheid.nl:99999/x", "not an address of the web"),
        ("https://127.0.0.1/x", "no host of the source"),
        ("https://2130706433/x", "no host of the source"),
        ("https://0x7f.1/x", "no host of the source"),
        ("https://[::1]/x", "no host of the source"),
        ("https://[::ffff:127.0.0.1]/x", "no host of the source"),
        ("https://repository.overheid.nl /x", "not an address of the web"),
        ("https://repository.overheid.nl/x\r\nHost: evil", "not an address of the web"),
        ("https://repository.overheid.nl/\0", "not an address of the web"),
        ("https://repository.overheid.nl/" + "x" * 10_000, "not an address of the web"),
        ("file:///etc/passwd", "not an address of the web"),
        ("ftp://repository.overheid.nl/x", "not an address of the web"),
        ("gopher://repository.overheid.nl/x", "not an address of the web"),
        ("//repository.overheid.nl/x", "not an address of the web"),
        ("/frbr/x", "not an address of the web"),
        ("", "not an address of the web"),
    ],
)
def test_others_are_refused_and_it_is_told_why(address: str, said: str) -> None:
    with pytest.raises(AddressRefused, match=said) as refused:
        OFFICIAL.check(address)
    assert "geheim" not in str(refused.value)


@given(st.text(max_size=60) | st.from_regex(r"https?://[\x00-\x7f]{0,40}", fullmatch=True))
def test_an_address_is_either_one_of_the_source_or_refused(address: str) -> None:
    try:
        parts = OFFICIAL.check(address)
    except AddressRefused:
        return
    assert (parts.scheme, parts.host, parts.port or 443, parts.auth) == ("https", "repository.overheid.nl", 443, None)


def test_other_hosts_are_asked_when_they_are_told_to_belong_to_the_source() -> None:
    hosts = hosts_of("https://repository.overheid.nl/sru", ["Files.example.nl", "10.0.0.7:8443"])
    assert hosts.check("https://files.example.nl/x").host == "files.example.nl"
    assert hosts.check("https://10.0.0.7:8443/x").port == 8443
    for address in ("https://10.0.0.7/x", "https://files.example.nl:8443/x", "http://files.example.nl/x"):
        with pytest.raises(AddressRefused):
            hosts.check(address)
    for wrong in ("https://files.example.nl", "a b", "", "files.example.nl:x"):
        with pytest.raises(AddressRefused, match="source_hosts"):
            hosts_of("https://repository.overheid.nl/sru", [wrong])


def test_a_source_over_http_may_lead_on_to_https() -> None:
    hosts = hosts_of("http://source.example/sru")
    assert hosts.check("https://source.example/sru").scheme == "https"
    assert hosts_of("http://127.0.0.1:8099/sru?x=1").check("http://127.0.0.1:8099/y").port == 8099
    with pytest.raises(AddressRefused):
        hosts_of("http://127.0.0.1:8099/sru").check("http://127.0.0.1/y")


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",  # noqa: S104
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::", "2002:a00:1::", "::7f00:1", "[::1]",
    ],
)  # fmt: skip
def test_numbers_that_are_not_on_the_public_internet(number: str) -> None:
    assert is_special(number)


@pytest.mark.parametrize("number", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_numbers_that_are(number: str) -> None:
    assert not is_special(number)


class Names:
    """Looks names up in turn: the first time the first answer, and so on; the last one for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def test_a_public_source_never_leads_to_a_machine_that_is_not_public() -> None:
    names = Names([PUBLIC], [PUBLIC], ["127.0.0.1"], ["10.0.0.1", PUBLIC])
    directory = Directory(OFFICIAL, names)
    assert directory.numbers("repository.overheid.nl", 443) == [PUBLIC]
    with pytest.raises(AddressRefused, match=r"leads to 127\.0\.0\.1, which is not on the public internet"):
        directory.numbers("repository.overheid.nl", 443)
    assert directory.numbers("repository.overheid.nl", 443) == [PUBLIC]


def test_of_very_many_numbers_a_few_are_tried() -> None:
    many = [f"93.184.216.{number}" for number in range(200)]
    assert Directory(OFFICIAL, Names(many)).numbers("repository.overheid.nl", 443) == many[:4]


def test_a_source_within_stays_within() -> None:
    directory = Directory(hosts_of("http://sru.intern/sru", ["files.intern"]), Names(["10.0.0.1"]))
    assert directory.numbers("files.intern", 80) == ["10.0.0.1"]
    by_number = Directory(hosts_of("https://sru.example/sru", ["10.0.0.7"]), Names([PUBLIC], ["10.0.0.7"]))
    assert by_number.numbers("10.0.0.7", 443) == ["10.0.0.7"]


def test_a_name_that_means_another_machine_when_it_is_connected_to_is_not_followed(raw: Raw) -> None:
    """The server that listens on this machine hears nothing of it."""
    here = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
    port = int(here.rsplit(":", 1)[1].removesuffix("/x"))
    hosts = hosts_of(f"http://source.example:{port}/sru")
    names = Names([PUBLIC], ["127.0.0.1"])
    source = HttpSource("kamerstukken/test", hosts, 0, Patience(tries=2), FakeTime().clock, look_up=names)
    with pytest.raises(AddressRefused, match="not on the public internet"):
        source.get(f"http://source.example:{port}/x", lambda content: None, UNKNOWN)
    assert names.asked == ["source.example", "source.example"]


def test_the_connection_is_made_to_the_number_that_was_looked_at(raw: Raw) -> None:
    here = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")
    port = int(here.rsplit(":", 1)[1].removesuffix("/x"))
    hosts = hosts_of(f"http://source.invalid:{port}/sru")
    source = HttpSource("kamerstukken/test", hosts, 0, Patience(tries=1), FakeTime().clock, look_up=Names(["127.0.0.1"]))
    assert source.get(f"http://source.invalid:{port}/x", lambda content: None).content == b"OK"


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/", "http://localhost/x", "file:///etc/passwd", "http://u:p@127.0.0.1/x", "http://[",
        "//evil.example/x", "http://127.0.0.1\\@evil.example/", "https://evil.example/x",
    ],
)  # fmt: skip
def test_a_redirect_that_leads_away_is_not_followed_nor_asked_for_again(raw: Raw, location: str) -> None:
    address = raw(f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n".encode())
    source = client(FakeTime(), tries=8)
    with pytest.raises(AddressRefused, match="leads on to"):
        source.get(address, sound_page)
    assert source.requests == 1


def test_redirects_without_end_are_given_up_at_once(raw: Raw) -> None:
    address = raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /x\r\n\r\n")
    source = client(FakeTime(), tries=8)
    with pytest.raises(SourceError, match="leads on and on"):
        source.get(address, sound_page)
    assert source.requests == 6


def test_a_proxy_looks_names_up_and_only_hosts_of_the_source_are_asked_of_it(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK").removesuffix("/x"))
    names = Names(["127.0.0.1"])
    hosts = hosts_of("http://source.invalid/sru")
    source = HttpSource("kamerstukken/test", hosts, 0, Patience(tries=1), FakeTime().clock, look_up=names)
    assert source.get("http://source.invalid/x", lambda content: None).content == b"OK"
    assert names.asked == []
    with pytest.raises(AddressRefused):
        source.get("http://169.254.169.254/x", lambda content: None)


def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks9://127.0.0.1:1")
    source = HttpSource("kamerstukken/test", hosts_of("http://source.invalid/sru"), 0, Patience(tries=1), FakeTime().clock)
    with pytest.raises(SourceError, match="http_proxy"):
        source.get("http://source.invalid/x", lambda content: None)
