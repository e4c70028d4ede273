"""Finds papers that the source no longer lists. Withdraws nothing itself.

What is not listed is asked for by name before it is believed to be gone: results move while they are being listed, and a paper
may only have left the selection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from indexer.harvest.events import Difference
from indexer.harvest.listing import Searches
from indexer.harvest.state import Harvest, HarvestState
from indexer.harvest.windows import Window, pieces
from indexer.identifier import Identifier

_PARTS = 8
"""Pieces of a window in which papers are missing."""


def unlisted(searches: Searches, state: HarvestState, harvest: Harvest, window: Window) -> Iterator[Identifier]:
    """The papers that the source's counts say are gone, after a listing of changes only.

    Counts first, and lists only where there are fewer than here. The counts are estimates: ``--reconcile`` is sure.
    """
    here = state.count_members(harvest, window)
    if not here:
        return
    there = searches.count(harvest.scope.cql, window)
    if there >= here:
        return
    cut = pieces(window, there, searches.today(), max(searches.page, 2 * there // _PARTS)) if there > searches.page else ()
    if cut:
        for piece in cut:
            yield from unlisted(searches, state, harvest, piece)
        return
    listed = {record.identifier for page in searches.survey(harvest.scope.cql, (window,)) for record in page.records}
    yield from (identifier for identifier, _ in state.members(harvest, window) if identifier not in listed)


def differences(
    listed: Mapping[Identifier, str], present: set[Identifier], members: Iterable[tuple[Identifier, str]]
) -> Iterator[Difference]:
    """Year by year: the papers the source lists, those of them that are here, and members it does not list any more.

    ``listed`` and ``members`` give the date of each paper (ISO, or empty).
    """
    years: dict[str, list[Identifier]] = defaultdict(list)
    gone: dict[str, list[Identifier]] = defaultdict(list)
    for identifier, day in listed.items():
        years[day[:4]].append(identifier)
    for identifier, day in members:
        if identifier not in listed:
            gone[day[:4]].append(identifier)
    for year in sorted(years.keys() | gone.keys()):
        missing = tuple(sorted(identifier for identifier in years[year] if identifier not in present))
        number = len(years[year])
        yield Difference(year, number, number - len(missing), missing, tuple(sorted(gone[year])))
