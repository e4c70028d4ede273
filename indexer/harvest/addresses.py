"""Which addresses are followed: those of the source, by name and by number.

What a record or a redirect names is the word of others. Only hosts of the source are asked, over HTTPS where the source is, and
never a machine that is not on the public internet, unless the source itself is on such a one. A name is resolved here and the
connection is made to the number that was looked at, so that a name cannot mean one machine now and another a moment later.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from urllib3.exceptions import HTTPError
from urllib3.util import Url, parse_url

from indexer.errors import AddressRefused, shown

Resolve = Callable[[str, int], list[str]]
"""The numbers that a name and port stand for."""
_PORTS = {"http": 80, "https": 443}
_UNFIT = re.compile(r"[^\x21-\x7e]|\\")
"""Characters of no address; programs differ in what they make of them."""
_LONGEST = 8_000
"""Servers take no longer ones, that of a search included."""
_SHOWN = 200
_TRIED = 4
"""A name may stand for very many numbers; so many are tried."""
_AUTHORITY = re.compile(r"([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class SourceHosts:
    """The hosts that belong to a source: its own, and those that are told to."""

    scheme: str
    ports: dict[str, frozenset[int]]
    """Each host with the ports that may be asked."""
    home: str
    """The host of the search interface."""

    def check(self, address: str) -> Url:
        """The parts of an address that may be asked.

        Raises:
            AddressRefused: it may not; the reason is told.
        """
        parts = parse_address(address)
        scheme, host = parts.scheme or "", parts.host or ""
        if self.scheme == "https" and scheme != "https":
            raise AddressRefused(address, "the source is asked over HTTPS, and this address is not")
        if host not in self.ports:
            raise AddressRefused(address, f"{host} is no host of the source; if it is, name it in the setting source_hosts")
        if (parts.port if parts.port is not None else _PORTS[scheme]) not in self.ports[host]:
            raise AddressRefused(address, f"port {parts.port or _PORTS[scheme]} of {host} is not one the source is asked at")
        return parts


def parse_address(address: str) -> Url:
    """The parts of an address of the web.

    Raises:
        AddressRefused: it is none, or one that programs read in different ways.
    """
    try:
        parts = parse_url(address) if len(address) <= _LONGEST and not _UNFIT.search(address) else Url()
    except (HTTPError, ValueError):
        parts = Url()
    if parts.scheme not in _PORTS or not parts.host:
        raise AddressRefused(shown(address), "not an address of the web; give one that begins with https://")
    if parts.auth is not None:
        raise AddressRefused(f"{parts.scheme}://{parts.host}", "an address with a name or password in it is not asked")
    return parts


def hosts_of(source: str, more: Iterable[str] = ()) -> SourceHosts:
    """The hosts of the source with this address; ``more`` are others that it keeps files on: ``host`` or ``host:port``.

    Raises:
        AddressRefused: the address, or one of the hosts, is none.
    """
    parts = parse_address(source.partition("?")[0])
    scheme, home = parts.scheme or "", parts.host or ""
    usual = frozenset((443,)) if scheme == "https" else frozenset(_PORTS.values())
    ports: dict[str, frozenset[int]] = {home: usual if parts.port in (None, _PORTS[scheme]) else frozenset((parts.port,))}
    for given in more:
        found = _AUTHORITY.fullmatch(given.strip().lower())
        if not found:
            raise AddressRefused(given, "not the name of a host in the setting source_hosts; give one such as files.example.nl")
        ports[found[1]] = ports.get(found[1], frozenset()) | (frozenset((int(found[2]),)) if found[2] else usual)
    return SourceHosts(scheme, ports, home)


def resolve(host: str, port: int) -> list[str]:
    """Ask the system; each number once, in its order."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(slots=True)
class Directory:
    """Says to which numbers a connection may be made, and remembers where the source itself is."""

    hosts: SourceHosts
    resolve: Resolve = resolve
    _inside: bool | None = field(init=False, default=None)
    """Whether the source was on a machine that is not public when it was first looked for; looked up once."""

    def numbers(self, host: str, port: int) -> list[str]:
        """The numbers of the host, each of which may be connected to.

        Raises:
            AddressRefused: it has none that may be.
            OSError: the name means nothing.
        """
        if self._inside is None:
            self._inside = any(is_special(number) for number in self.resolve(self.hosts.home.strip("[]"), port))
        found = self.resolve(host.strip("[]"), port)
        fit = [number for number in found if not is_special(number) or self._may_be_special(host)]
        if not fit:
            raise AddressRefused(host, f"it leads to {', '.join(found)[:_SHOWN]}, which is not on the public internet")
        return fit[:_TRIED]

    def _may_be_special(self, host: str) -> bool:
        """Hosts that are given by number are meant; others only stand beside a source that is no public one."""
        return bool(self._inside) or is_special(host)


def is_special(number: str) -> bool:
    """Whether it is the number of something else than one machine on the public internet, in whatever guise."""
    try:
        address = ipaddress.ip_address(number.strip("[]").partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        within = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64 or address in _COMPATIBLE:
            within.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(one is not None and is_special(str(one)) for one in within):
            return True
        if address.ipv4_mapped is not None or address in _NAT64:
            return False
    return not address.is_global or address.is_multicast or address.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
