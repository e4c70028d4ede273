"""Hosts that are no hosts, or none of ours: nothing is made of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.web.fakes import site
from web.hosts import host_name

if TYPE_CHECKING:
    from flask.testing import FlaskClient

HOSTS = {
    "kamerstukken.example.nl": "kamerstukken.example.nl",
    "Kamerstukken.Example.NL:443": "kamerstukken.example.nl:443",
    "localhost": "localhost",
    "localhost:": "localhost",
    "example.nl.": "example.nl",
    "127.0.0.1:8000": "127.0.0.1:8000",
    "[::1]": "[::1]",
    "[2001:db8::1]:8000": "[2001:db8::1]:8000",
    "xn--bcher-kva.nl": "xn--bcher-kva.nl",
    "xn--zca.nl": "xn--zca.nl",
    "XN--Strae-OQA.example:8000": "xn--strae-oqa.example:8000",
    "xn--3xa": "xn--3xa",
    "xn--i-7iq.ws": "xn--i-7iq.ws",
    "xn--fiq228c.xn--fiqs8s": "xn--fiq228c.xn--fiqs8s",
    "xn--mgbh0fb.example": "xn--mgbh0fb.example",
    "r1---sn.example": "r1---sn.example",
    "1.example": "1.example",
    f"{'a' * 63}.nl": f"{'a' * 63}.nl",
    f"{'.'.join(['a' * 49] * 5)}.nl.": f"{'.'.join(['a' * 49] * 5)}.nl",
    "a:08080": "a:8080",
    "a:0000008080": "a:8080",
    "127.0.0.1.": "127.0.0.1",
    "[2001:DB8::A]:443": "[2001:db8::a]:443",
    "[::ffff:192.0.2.1]": "[::ffff:192.0.2.1]",
    "[::1]:": "[::1]",
}
NO_HOSTS = (
    "", ".", "a..b", ".a", f"{'a' * 64}.nl", ".".join(["abcdefgh"] * 29), "xn--a", "xn--", "xn--a.nl", "a.xn--zz--zz",
    "xn--abc-", "xn--a-0", "xn--bcher-kva.xn--a", "xn--BCHER-.nl", "example.nl..", "[::1].", "[1.2.3.4]", "127.0.0.01",
    "a:00", "'", '"',
    '"><script>', "a b", "a,b", "a_b", "-a.nl", "a-.nl", "é.nl", "a/b", "a?b", "a#b", "a\\b", "user@a", "%00", "a%2eb", "a:0",
    "a:65536", "a:99999999", "a:x", "a:-1", "a:8:8", ":80", "::1", "[::1", "[::g]", "[]", "[::1%25eth0]", "[v1.a]", "1.2.3.999",
    "1.2.3", "999", "127.0.0.1.1", "0x7f.1", "a.0x1", "1.0x",
)  # fmt: skip


def asked(client: FlaskClient, host: str | None, path: str = "/zoeken.atom?q=kamer", **environ: str) -> tuple[int, str]:
    """Status and text, with the host as a server passes it on."""
    passed = EnvironBuilder(path=path).get_environ() | environ  # the client of Flask itself stumbles over some
    passed.pop("HTTP_HOST")
    if host is not None:
        passed["HTTP_HOST"] = host
    pieces, status, _ = run_wsgi_app(client.application, passed)
    return int(status[:3]), b"".join(pieces).decode()


@pytest.mark.parametrize(("host", "read"), HOSTS.items())
def test_addresses_are_made_of_a_host_as_it_is_written_everywhere(host: str, read: str) -> None:
    status, text = asked(site(), host)

    assert status == 200
    assert f"<id>http://{read}/zoeken.atom?q=kamer</id>" in text


@pytest.mark.parametrize("host", NO_HOSTS)
def test_what_is_no_host_is_told_so(host: str) -> None:
    assert host_name(host) is None
    for path in ("/zoeken.atom?q=kamer", "/opensearch.xml", "/sitemap.xml", "/robots.txt", "/", "/nergens"):
        status, text = asked(site(), host, path)
        assert status == 400
        assert "Dit is geen adres van deze site" in text
    assert asked(site(), host, "/api/v1/search?q=x")[0] == 400


@pytest.mark.parametrize("host", sorted(set(NO_HOSTS) - {"a,b"}))
def test_a_proxy_is_not_believed_about_what_is_no_host(host: str) -> None:
    headers = {"HTTP_X_FORWARDED_HOST": host, "HTTP_X_FORWARDED_PROTO": "https"}

    status, text = asked(site(behind_proxy=True), "localhost", **headers)

    assert "<id>" not in text or "<id>https://localhost/" in text  # an empty header says nothing, and of a list the last counts
    assert status in (200, 400)


@pytest.mark.parametrize("scheme", ["https", "HTTPS", "Https", "http, HTTPS"])
def test_a_proxy_may_write_the_scheme_as_it_likes(scheme: str) -> None:
    status, text = asked(site(behind_proxy=True), "localhost", HTTP_X_FORWARDED_PROTO=scheme)

    assert status == 200
    assert "<id>https://localhost/" in text


@pytest.mark.parametrize("scheme", ["javascript", "ftp", "http://evil", "'", "httpſ"])
def test_a_proxy_is_not_believed_about_what_is_no_scheme(scheme: str) -> None:
    assert asked(site(behind_proxy=True), "localhost", HTTP_X_FORWARDED_PROTO=scheme)[0] == 400


def test_without_a_proxy_nobody_says_for_whom_else_a_request_is() -> None:
    headers = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_FORWARDED": "host=evil.example"}

    status, text = asked(site(), "localhost", **headers)

    assert status == 200
    assert "evil" not in text
    assert "<id>http://localhost/" in text


def test_only_allowed_hosts_are_answered_to() -> None:
    client = site(allowed_hosts=("Kamerstukken.example.nl", ".intern.example"))
    hosts = {
        "kamerstukken.example.nl": 200,
        "kamerstukken.example.nl:8443": 200,
        "KAMERSTUKKEN.example.nl.": 200,
        "a.intern.example": 200,
        "intern.example": 400,
        "x.kamerstukken.example.nl": 400,
        "evilintern.example": 400,
        "localhost": 400,
        "a..b": 400,
    }

    assert {host: asked(client, host)[0] for host in hosts} == hosts
    assert asked(client, "10.0.0.7", "/healthz")[0] == 200
    assert asked(client, "a..b", "/healthz")[0] == 400


def test_before_http_1_1_no_host_need_be_named() -> None:
    def without(protocol: str) -> int:
        return asked(site(), None, SERVER_PROTOCOL=protocol, SERVER_NAME="127.0.0.1")[0]

    assert without("HTTP/1.0") == 200
    assert without("HTTP/1.1") == 400


@pytest.mark.parametrize("name", ["straße", "ς", "bücher", "i❤", "中文", "مثال", "l·l", "नमस्ते", "กรุงเทพ", "ⴀⴁ", "a\u200cб"])
def test_names_in_every_script_are_hosts(name: str) -> None:
    encoded = f"xn--{name.encode('punycode').decode()}"

    assert host_name(encoded) == encoded


@pytest.mark.parametrize("name", ["bÜcher", "ＡＢ", "a b\xa0", "\x80", "\u0301a", "u\u0308ber", "\ue000", "\ud800", "™"])
def test_what_no_name_is_written_with_is_no_host(name: str) -> None:
    assert host_name(f"xn--{name.encode('punycode', 'surrogatepass').decode()}") is None


@given(st.text(st.characters(max_codepoint=255), max_size=80))
def test_whatever_is_taken_for_a_host_can_stand_in_an_address(host: str) -> None:
    name = host_name(host)

    assert name is None or re.fullmatch(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]", name)
