"""Which hosts this site may be asked by: addresses are made of the host of a request, so it has to be one, and one that is ours.

What is no host is refused before anything is made of it; behind a proxy that counts for what the proxy says, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

REFUSED = "kamerstukken.refused-host"
"""In the environment of a request whose host is none of ours."""
_LONGEST = 253
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::(?P<port>0{0,9}[0-9]{0,5}))?", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
"""A last label that makes browsers read the whole host as an address of four numbers."""
_ENCODED = "xn--"
_NO_LETTERS = frozenset({"Cc", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
"""Kinds of characters that stand in no name: controls, what is no character or of somebody's own, spaces."""
_ALWAYS = frozenset({"/healthz", "/readyz"})
"""Asked by whoever watches the server, by whatever address; nothing in them is made of it."""


def host_name(host: str) -> str | None:
    """The name or address in a host, in small letters and without its port; None where it is no host.

    >>> host_name("Kamerstukken.example.nl:8000"), host_name("[::1]:80"), host_name("a..b")
    ('kamerstukken.example.nl', '[::1]', None)
    """
    match = _HOST.fullmatch(host)
    if match is None or (match["port"] and not 1 <= int(match["port"]) <= 65535):
        return None
    name = match["name"].lower()
    if name.startswith("["):
        return name if _is_address(IPv6Address, name[1:-1]) else None
    name = name.removesuffix(".")
    labels = name.split(".")
    if len(name) > _LONGEST or not all(map(_is_label, labels)):
        return None
    if _NUMBER.fullmatch(labels[-1]) and not _is_address(IPv4Address, name):
        return None
    return name


def _is_address(kind: type[IPv4Address | IPv6Address], text: str) -> bool:
    try:
        kind(text)
    except AddressValueError:
        return False
    return True


def _is_label(label: str) -> bool:
    return _LABEL.fullmatch(label) is not None and (not label.startswith(_ENCODED) or _is_encoded(label.removeprefix(_ENCODED)))


def _is_encoded(label: str) -> bool:
    """Whether it stands for letters that ASCII has not, written as names are: any that RFC 5891 or browsers take is.

    Which letters each version of the rules has is not looked at: those of 2003, which Python has, refuse "ß".
    """
    try:
        text = label.encode("ascii").decode("punycode")
        same = text.encode("punycode").decode("ascii") == label
    except UnicodeError:
        return False
    if text.isascii() or not same or text.lower() != text or unicodedata.normalize("NFKC", text) != text:
        return False
    return not unicodedata.category(text[0]).startswith("M") and not any(unicodedata.category(one) in _NO_LETTERS for one in text)


def known_hosts(app: WSGIApplication, allowed: Iterable[str] = ()) -> WSGIApplication:
    """The application, told of requests whose host is none, or none of the ``allowed`` where there are any.

    Such a request keeps no host, so that nothing can be made of it. ``.example.nl`` allows every name below it.
    """
    names = frozenset(name.lower() for name in allowed)

    def asked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        given = environ.get("HTTP_HOST")
        # Before HTTP/1.1 requests need not name a host.
        name = host_name(_server(environ) if given is None and environ.get("SERVER_PROTOCOL") == "HTTP/1.0" else given or "")
        is_ours = name is not None and (not names or _is_among(name, names) or environ.get("PATH_INFO") in _ALWAYS)
        environ["wsgi.url_scheme"] = str(environ.get("wsgi.url_scheme", "")).lower()  # a proxy may shout
        if not is_ours or environ["wsgi.url_scheme"] not in ("http", "https"):
            environ[REFUSED] = True
            environ["HTTP_HOST"], environ["wsgi.url_scheme"] = "localhost", "http"
        elif given is not None:
            port = given.rpartition(":")[2] if name and not given.endswith("]") and ":" in given else ""
            environ["HTTP_HOST"] = f"{name}:{int(port)}" if port else str(name)
        return app(environ, start_response)

    return asked


def _server(environ: WSGIEnvironment) -> str:
    name = str(environ.get("SERVER_NAME", ""))
    return f"[{name}]" if ":" in name else name


def _is_among(name: str, names: Collection[str]) -> bool:
    return name in names or any(one.startswith(".") and name.endswith(one) for one in names)
