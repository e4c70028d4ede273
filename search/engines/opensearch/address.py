"""Where the cluster is and how to get in: the address as typed, and what must not be in it.

An address names nodes and an index: ``https://one:9200,https://two:9200/kst``. User and password stand in the environment or the
settings file, so that they are shown nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from indexer.errors import ArchiveError

_INDEX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_EXAMPLE = "an address is like opensearch:https://host:9200/name"


@dataclass(frozen=True, slots=True)
class Address:
    """``nodes`` are asked in turn; ``index`` is the alias of the index in use."""

    nodes: tuple[str, ...]
    index: str

    def __str__(self) -> str:
        return f"{','.join(self.nodes)}/{self.index}"


@dataclass(frozen=True, slots=True)
class Access:
    """How to get in, and how the index is made.

    ``ca`` is a file of certificates to trust instead of the usual ones. ``shards`` and ``replicas`` are used by the next rebuild.
    ``seconds`` is how long one request may take, ``tries`` how often it is made before the engine counts as unavailable.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    verify: bool = True
    shards: int = 3
    replicas: int = 1
    seconds: float = 20.0
    tries: int = 5


def parse_address(text: str) -> Address:
    """The address ``text`` names, without ``opensearch:`` in front.

    Raises:
        ArchiveError: it is none, or has a user or password in it.
    """
    rest, slash, index = text.rstrip("/").rpartition("/")
    if not slash or not _INDEX.fullmatch(index):
        raise ArchiveError(f"{_shown(text)}: no index is named in lower-case letters, digits, - and _; {_EXAMPLE}")
    return Address(tuple(_node(part.strip()) for part in rest.split(",")), index)


def _node(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ArchiveError(f"{_shown(text)}: not the address of a node; {_EXAMPLE}") from None
    if "@" in text:
        raise ArchiveError(
            f"{_shown(text)}: user and password do not belong in the address; "
            "set KAMERSTUKKEN_OPENSEARCH_USER and KAMERSTUKKEN_OPENSEARCH_PASSWORD"
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ArchiveError(f"{text or 'nothing'}: not the address of a node; {_EXAMPLE}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port or 9200}{parts.path.rstrip('/')}"


def _shown(text: str) -> str:
    """The text without what may be a password."""
    return re.sub(r"//[^/]*@", "//…@", text)
