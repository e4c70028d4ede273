"""What the server allows: how long it waits for whom, how much it does at once, and how much of that one visitor may have.

Declared here only; ``[serving]`` in the settings file changes them by these names, and ``docs/serving.md`` tells what for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from indexer.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of each worker process; seconds, or numbers of things. A visitor is an address, or a /64 of IPv6."""

    receive_seconds: float = 20.0
    """Within which a request has to arrive whole, however slowly its bytes come."""
    idle_seconds: float = 20.0
    """That a connection may stay open without a request."""
    send_seconds: float = 30.0
    """Within which a reader has to take 64 kB of what is ready, or all of it."""
    connections: int = 400
    """That are open at once; beyond it the one that has waited longest for its request is closed."""
    connections_each: int = 64
    """The same, of one visitor."""
    pages: int = 4
    """Requests that are worked on at once."""
    pages_each: int = 3
    """The same, of one visitor."""
    pages_long: int = 8
    """Requests that turned out to take long and so went aside, beside the others; they go on when no other page is worked on."""
    pages_long_each: int = 6
    """The same, of one visitor."""
    pages_waiting: int = 64
    """Requests that may wait for that."""
    pages_waiting_each: int = 48
    """The same, of one visitor."""
    pages_patience: float = 5.0
    """Seconds they may wait; after that they are refused unworked."""
    costly: int = 2
    """Exports, feeds, pages of a term and the like that are worked on at once, beside the others."""
    costly_each: int = 1
    """The same, of one visitor."""
    costly_waiting: int = 8
    """Of these may wait."""
    costly_waiting_each: int = 4
    """The same, of one visitor."""
    costly_patience: float = 15.0
    """Seconds these may wait."""
    rate: float = 50.0
    """Requests a second that one visitor may keep up; 0 is without a limit."""
    burst: int = 300
    """Requests that one visitor may send at once."""


def changed(limits: Limits, told: Mapping[str, object], where: str) -> Limits:
    """The limits, with what a table of the settings file says in their place; ``where`` names the table in messages.

    Raises:
        ArchiveError: the table has a name that is no limit, or a value that cannot be one.
    """
    known = {field.name for field in fields(Limits)}
    for name, value in told.items():
        if name not in known:
            raise ArchiveError(f"{where}: {name} is no limit; there are: {', '.join(sorted(known))}")
        usual = getattr(limits, name)
        least = 0 if name == "rate" else 1
        whole = isinstance(usual, int)
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not least <= value < 1_000_000:
            raise ArchiveError(f"{where}: {name} = {value!r}: expected a {'whole ' if whole else ''}number of {least} or more")
    return replace(limits, **cast(dict[str, Any], told))
