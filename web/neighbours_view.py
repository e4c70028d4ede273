"""The papers before and after a paper in each of its dossiers, as its page shows them. Values for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.registers import Listed, Neighbours
from web import formats, strings
from web.register_rows import paper_href
from web.register_state import dossier_address


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The paper before or after: its full number, what it is called, and its page."""

    number: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class NeighboursView:
    """A dossier with the papers before and after; None at either end. ``ways`` says whether number or date decides."""

    dossier: str
    href: str
    ways: tuple[str, str]
    previous: Neighbour | None
    following: Neighbour | None


def neighbours_view(found: Iterable[Neighbours]) -> tuple[NeighboursView, ...]:
    """Build the views, one a dossier."""
    return tuple(
        NeighboursView(
            formats.dossier_key(one.key),
            dossier_address(one.key),
            strings.BY_DATE if one.by_date else strings.BY_NUMBER,
            _neighbour(one.previous),
            _neighbour(one.following),
        )
        for one in found
    )


def _neighbour(paper: Listed | None) -> Neighbour | None:
    return Neighbour(paper.identifier.printed, paper.name, paper_href(paper)) if paper else None
