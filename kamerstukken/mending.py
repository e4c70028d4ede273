"""Mends what differs between archive, catalogue and index: the archive is the truth, then the catalogue.

What has no second copy here is left as it is, and told again by whoever looks after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.keeping import describe_all
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.differences import Checked, Difference, Kind
from search.sync import rebuild, update

_FROM_ARCHIVE = frozenset({
    Kind.CATALOGUE_MISSING, Kind.CATALOGUE_DAMAGED, Kind.CATALOGUE_BEHIND, Kind.PAPER_MISSING, Kind.PAPER_WITHDRAWN,
    Kind.FILE_UNKNOWN,
})  # fmt: skip
"""What the papers are brought back from the archive for."""
_DESCRIBED = frozenset({Kind.MANIFEST_MISSING, Kind.MANIFEST_DAMAGED, Kind.MARK_MISSING})
_INDEXED_ANEW = frozenset({
    Kind.INDEX_MISSING, Kind.INDEX_OUTDATED, Kind.INDEX_DAMAGED, Kind.NOT_IN_INDEX, Kind.NOT_IN_CATALOGUE, Kind.INDEX_DIFFERS,
})  # fmt: skip


def mend(of: Checked, found: Iterable[Difference], bring_back: Callable[[], object], tell: Callable[[str], None]) -> None:
    """Mend what can be mended, for the holder of the writing lock; what is done is told.

    ``bring_back`` brings all papers of the archive into the catalogue, or into a new one where that is lost or damaged.

    Raises:
        ArchiveError: something cannot be written, or the index would have far fewer papers than before.
    """
    kinds = {one.kind for one in found}
    of.archive.clear()
    if kinds & _FROM_ARCHIVE:
        tell("bringing the papers back from the archive")
        bring_back()
    with open_catalogue(of.catalogue, PARSER_VERSION) as catalogue:
        if kinds & _DESCRIBED:
            tell("describing the files of the archive")
            for place, reason in describe_all(catalogue, of.archive):
                tell(f"  {place}: {reason}")
        if kinds & _INDEXED_ANEW:
            tell("making the index anew")
            rebuild(catalogue, of.index)
        else:
            update(catalogue, of.index)
