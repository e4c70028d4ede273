"""Brings the changes of the catalogue into an index, and rebuilds it beside the one in use.

What other stores know of a paper joins it on the way: they are asked by its identifier, and a paper carries their answers to the
fields of the index. A store that has something new of a paper says so as a change of the catalogue.

An index keeps the moment in the history of the catalogue up to which it goes. When the catalogue does not know that moment, since
it is another one, was restored or went back to an earlier state, the index is made anew: the catalogue is the truth. But an index
is not replaced by one with far fewer papers unless that is asked for: then it is likelier that the catalogue has lost them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.history import Moment
from indexer.errors import CatalogueDamaged, FewerPapers, IndexDamaged, IndexMissing, IndexOutdated
from indexer.paper.identifier import Identifier
from indexer.paper.model import carrying
from search.ports import ChangesWriter, KeptIndex

Advance = Callable[[int], None]
"""Told how many changes were brought over."""

Stores = Mapping[str, Callable[[Identifier], tuple[str, ...]]]
"""What other stores know of a paper, by the name of the attribute that carries it (``indexer.paper.model.carried``)."""
NO_STORES: Stores = MappingProxyType({})

_MANY_CHANGED = 0.5
"""Of the papers: when more than this share changed, a rebuild is cheaper than changing the index."""
_MOST = 0.9
"""Of the papers of an index: so many must be in what replaces it, but for a few of a small one, which are half of it at most."""
_A_FEW = 3
_NAMED = 20
"""Papers that were left out, of which it is said why."""


def update(catalogue: Catalogue, index: KeptIndex, advance: Advance = lambda done: None, stores: Stores = NO_STORES) -> int:
    """Bring the index up to the catalogue; made when there is none, rebuilt when it cannot be used or follows another history.

    Gives the number of changes.

    Raises:
        FewerPapers: it would have to be rebuilt, and with far fewer papers.
    """
    try:
        since = index.made().moment
    except (IndexMissing, IndexOutdated):
        return rebuild(catalogue, index, advance, stores)
    pending = behind(catalogue, since)
    if pending is None:
        return rebuild(catalogue, index, advance, stores)
    index.clear()
    if not pending:
        return 0
    if _are_many(catalogue, pending):
        return rebuild(catalogue, index, advance, stores)
    try:
        return _bring(catalogue, index.changing(pending), since.change, advance, stores)
    except IndexDamaged:
        return rebuild(catalogue, index, advance, stores)


def _are_many(catalogue: Catalogue, changes: int) -> bool:
    """Whether a rebuild is cheaper than so many changes."""
    total = catalogue.counts().papers
    return total > 1 and changes > max(total * _MANY_CHANGED, 1)


def behind(catalogue: Catalogue, moment: Moment) -> int | None:
    """How many changes came after that moment; None when it is of another history than that of the catalogue."""
    return len(catalogue.changed_since(moment.change)) if catalogue.history.knows(moment) else None


def amend(catalogue: Catalogue, index: KeptIndex, papers: Iterable[Identifier], stores: Stores = NO_STORES) -> None:
    """Let the index have these papers as the catalogue has them, whatever changes they had; up to which it goes stays the same.

    An index that ``update`` would rebuild is left as it is; where they are many, it is rebuilt here.

    Raises:
        CatalogueDamaged: what the catalogue keeps of one of them is damaged.
        FewerPapers: it would be rebuilt, and with far fewer papers.
    """
    some = list(papers)
    try:
        moment = index.made().moment
    except (IndexMissing, IndexOutdated):
        return
    if not some or not catalogue.history.knows(moment):
        return
    if _are_many(catalogue, len(some)):
        rebuild(catalogue, index, stores=stores)
        return
    writer = index.changing(len(some))
    try:
        for identifier in some:
            paper = catalogue.get(identifier)
            if paper is None:
                writer.remove([identifier])
            else:
                writer.replace([carrying(paper, _known(stores, identifier))])
        writer.up_to(moment)
    except BaseException:
        writer.abort()
        raise
    writer.commit()


def _known(stores: Stores, identifier: Identifier) -> dict[str, tuple[str, ...]]:
    """What other stores know of a paper."""
    return {name: store(identifier) for name, store in stores.items()}


def rebuild(
    catalogue: Catalogue,
    index: KeptIndex,
    advance: Advance = lambda done: None,
    stores: Stores = NO_STORES,
    *,
    allow_fewer: bool = False,
) -> int:
    """Make the index anew beside the one in use, and swap it in when it is whole.

    Raises:
        FewerPapers: it would have far fewer papers, and that is not allowed.
    """
    least = 0 if allow_fewer else fewest(catalogue, index)
    return _bring(catalogue, index.anew(catalogue.counts().papers), 0, advance, stores, least)


def fewest(catalogue: Catalogue, index: KeptIndex) -> int:
    """How many papers must be in what replaces the index.

    An index that follows the history of the catalogue may lose what the catalogue tells that it lost.

    Raises:
        FewerPapers: the catalogue has fewer.
    """
    papers, here = catalogue.counts().papers, index.count()
    try:
        known = catalogue.history.knows(index.made().moment)
    except (IndexMissing, IndexOutdated):
        known = False
    if known and here is not None:
        here = min(here, papers)
    least = 1 if here is None else max(min(math.ceil(here * _MOST), here - _A_FEW), math.ceil(here / 2))
    _mind(papers, least, here)
    return least


def _mind(papers: int, least: int, here: int | None = None) -> None:
    if papers < least:
        former = "the index" if here is None else f"the index of {here:,} papers"
        raise FewerPapers(
            f"{former} would be replaced by one of {papers:,}, so it was left as it is; put what is lost back from a backup, "
            "then run: kamerstukken reindex --from archive; if so few are right, run that, or a plain reindex, with --allow-fewer"
        )


def _bring(catalogue: Catalogue, writer: ChangesWriter, since: int, advance: Advance, stores: Stores, least: int = 0) -> int:
    """Write all changes after ``since``, at once; of these ``least`` must be papers.

    Raises:
        CatalogueDamaged: of some papers what the catalogue keeps is damaged; all others were written. The index stands at the
            change before the first of them, so that they are not forgotten.
    """
    done = papers = 0
    settled = since
    left_out: list[CatalogueDamaged] = []
    try:
        for change in catalogue.changes_since(since, left_out.append):
            if change.paper is None:
                writer.remove([change.identifier])
            else:
                writer.replace([carrying(change.paper, _known(stores, change.identifier))])
                papers += 1
            if not left_out:
                settled = change.number
            done += 1
            advance(1)
        _mind(papers + len(left_out), least)
        writer.up_to(catalogue.history.moment(settled))
    except BaseException:
        writer.abort()
        raise
    writer.commit()
    if left_out:
        named = "".join(f"\n  {error.identifier or 'one or more'}: {error}" for error in left_out[:_NAMED])
        raise CatalogueDamaged(f"{len(left_out):,} papers were left out of the index, all others are in it:{named}")
    return done
