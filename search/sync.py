"""Brings the changes of the catalogue into an index, and rebuilds it beside the one in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.errors import IndexDamaged, IndexMissing, IndexOutdated
from search.engines.whoosh.store import Store
from search.engines.whoosh.writer import USUAL, Effort, WhooshWriter

Advance = Callable[[int], None]
"""Told how many changes were brought over."""

_FEW = 0.5
"""Of the papers: when more than this share changed, a rebuild is cheaper than changing the index."""


def update(catalogue: Catalogue, folder: Path, advance: Advance = lambda done: None, effort: Effort = USUAL) -> int:
    """Bring the index up to the catalogue; made when there is none, rebuilt when another version made it or it is damaged.

    Gives the number of changes.
    """
    store = Store(folder)
    try:
        generation = store.current()
        made_by = store.check(generation)
    except (IndexMissing, IndexOutdated):
        return rebuild(catalogue, folder, advance, effort)
    store.clear()
    pending = catalogue.count_changes_since(made_by.change)
    total = catalogue.counts().papers
    if not pending:
        return 0
    if pending > max(total * _FEW, 1) and total > 1:
        return rebuild(catalogue, folder, advance, effort)
    try:
        return _bring(catalogue, store, generation, made_by.change, advance, effort)
    except IndexDamaged:
        return rebuild(catalogue, folder, advance, effort)


def rebuild(catalogue: Catalogue, folder: Path, advance: Advance = lambda done: None, effort: Effort = USUAL) -> int:
    """Make the index anew beside the one in use, and swap it in when it is whole."""
    store = Store(folder)
    generation = store.new_generation()
    done = _bring(catalogue, store, generation, 0, advance, effort)
    store.swap(generation)
    return done


def _bring(catalogue: Catalogue, store: Store, generation: Path, since: int, advance: Advance, effort: Effort) -> int:
    """Write all changes after ``since`` into a generation, at once."""
    writer = WhooshWriter(store, generation, since, effort)
    done = 0
    try:
        for change in catalogue.changes_since(since):
            if change.paper is None:
                writer.remove([change.identifier])
            else:
                writer.replace([change.paper])
            writer.up_to(change.number)
            done += 1
            advance(1)
    except BaseException:
        writer.abort()
        raise
    writer.commit()
    return done
