"""Brings the changes of the catalogue into an index, and rebuilds it beside the one in use.

What other stores know of a paper joins it on the way: they are asked by its identifier, and a paper carries their answers to the
fields of the index. A store that has something new of a paper says so as a change of the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from indexer.catalogue.catalogue import Catalogue
from indexer.errors import ArchiveError, IndexDamaged, IndexMissing, IndexOutdated
from indexer.paper.identifier import Identifier
from indexer.paper.model import carrying
from search.ports import ChangesWriter, KeptIndex

Advance = Callable[[int], None]
"""Told how many changes were brought over."""

Stores = Mapping[str, Callable[[Identifier], tuple[str, ...]]]
"""What other stores know of a paper, by the name of the attribute that carries it (``indexer.paper.model.carried``)."""
NO_STORES: Stores = MappingProxyType({})

_FEW = 0.5
"""Of the papers: when more than this share changed, a rebuild is cheaper than changing the index."""


def update(catalogue: Catalogue, index: KeptIndex, advance: Advance = lambda done: None, stores: Stores = NO_STORES) -> int:
    """Bring the index up to the catalogue; made when there is none, rebuilt when another version made it or it is damaged.

    Gives the number of changes.

    Raises:
        ArchiveError: the index goes further than the catalogue, so it was made from another.
    """
    try:
        since = index.made().change
    except (IndexMissing, IndexOutdated):
        return rebuild(catalogue, index, advance, stores)
    last = int(catalogue.state())
    if since > last:
        raise ArchiveError(
            f"the index goes up to change {since:,}, the catalogue to {last:,}: it was made from another catalogue; "
            "choose the data folder that belongs to it, or make it anew from this one with: kamerstukken reindex"
        )
    index.clear()
    pending = catalogue.count_changes_since(since)
    total = catalogue.counts().papers
    if not pending:
        return 0
    if pending > max(total * _FEW, 1) and total > 1:
        return rebuild(catalogue, index, advance, stores)
    try:
        return _bring(catalogue, index.changing(), since, advance, stores)
    except IndexDamaged:
        return rebuild(catalogue, index, advance, stores)


def rebuild(catalogue: Catalogue, index: KeptIndex, advance: Advance = lambda done: None, stores: Stores = NO_STORES) -> int:
    """Make the index anew beside the one in use, and swap it in when it is whole."""
    return _bring(catalogue, index.anew(), 0, advance, stores)


def _bring(catalogue: Catalogue, writer: ChangesWriter, since: int, advance: Advance, stores: Stores) -> int:
    """Write all changes after ``since``, at once."""
    done = 0
    try:
        for change in catalogue.changes_since(since):
            if change.paper is None:
                writer.remove([change.identifier])
            else:
                known = {name: store(change.identifier) for name, store in stores.items()}
                writer.replace([carrying(change.paper, known)])
            writer.up_to(change.number)
            done += 1
            advance(1)
    except BaseException:
        writer.abort()
        raise
    writer.commit()
    return done
