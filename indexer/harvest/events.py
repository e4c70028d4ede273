"""What a harvest tells while it goes: values for whoever shows progress."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.harvest.selection import Window
from indexer.paper.identifier import Identifier


class Fate(StrEnum):
    """What became of a paper."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """Its record changed, the paper did not."""
    WITHDRAWN = "withdrawn"
    TEXTLESS = "textless"
    """The source has nothing of it that can be read."""
    FAILED = "failed"
    """It is tried again later."""
    ASIDE = "aside"
    """It failed too often and is left alone."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of results was listed: of which window, how many records, how many of their papers are to be fetched.

    A harvest that goes on begins with one that tells what was listed before.
    """

    window: Window
    records: int
    to_fetch: int
    problems: tuple[str, ...] = ()
    """Records that could not be read, and why."""
    more: int = 0
    """How many records may still be listed, by the source's estimates."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A paper is done with, for now."""

    identifier: Identifier
    fate: Fate
    reason: str = ""
    at_source: bool = False
    """Whether it failed because the source did not give it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How the papers of one year compare with those the source lists."""

    year: str
    """Of the papers' dates; empty for papers without a date."""
    listed: int
    here: int
    """Of those that are listed."""
    missing: tuple[Identifier, ...]
    """Listed, but not here."""
    gone: tuple[Identifier, ...]
    """Here, but not listed any more."""


Event = Listed | Settled | Difference
