"""Mends what differs between archive, catalogue and index: the archive is the truth, then the catalogue.

What is damaged or different of single papers is mended of these papers only. What has no second copy here is left as it is, and
told again by whoever looks after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.keeping import describe_all
from indexer.damaged_papers import MendedPapers, mend_papers
from indexer.errors import CatalogueDamaged
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION
from indexer.rebuilding import bring_back
from indexer.take_in import former_files, run
from kamerstukken.differences import Checked, Difference, Kind
from search.sync import amend, rebuild, update

_LACKING = frozenset({
    Kind.CATALOGUE_BEHIND, Kind.PAPER_MISSING, Kind.PAPER_OUTDATED, Kind.PAPER_WITHDRAWN, Kind.FILE_UNKNOWN,
})  # fmt: skip
"""What the archive has and the catalogue has not."""
_DESCRIBED = frozenset({
    Kind.MANIFEST_MISSING, Kind.MANIFEST_DAMAGED, Kind.MANIFEST_DIFFERS, Kind.MARK_MISSING, Kind.MARK_DAMAGED,
})  # fmt: skip
_INDEXED_ANEW = frozenset({Kind.INDEX_MISSING, Kind.INDEX_OUTDATED, Kind.INDEX_DAMAGED})
_OF_THE_INDEX = frozenset({Kind.NOT_IN_INDEX, Kind.NOT_IN_CATALOGUE, Kind.INDEX_DIFFERS})
"""What differs between catalogue and index of one paper."""


def mend(of: Checked, found: Iterable[Difference], make_anew: Callable[[], object], tell: Callable[[str], None]) -> None:
    """Mend what can be mended, for the holder of the writing lock; what is done is told.

    ``make_anew`` makes a catalogue of all that the archive holds, in place of one that is lost or damaged.

    Raises:
        ArchiveError: something cannot be written, or the index would have far fewer papers than before.
    """
    some = list(found)
    kinds = {one.kind for one in some}
    of.archive.clear()
    of.archive.put_right()
    papers = {Identifier(one.identifier) for one in some if one.kind in _OF_THE_INDEX}
    mended = _mended_papers(of, tell) if Kind.CATALOGUE_DAMAGED in kinds else None
    if mended:
        papers.update(mended.papers)
    elif kinds & {Kind.CATALOGUE_MISSING, Kind.CATALOGUE_DAMAGED}:
        tell("bringing the papers back from the archive")
        make_anew()
    with open_catalogue(of.catalogue, PARSER_VERSION) as catalogue:
        if kinds & _LACKING:
            _bring(of, catalogue, tell)
        if kinds & _DESCRIBED:
            tell("describing the files of the archive")
            for place, reason in describe_all(catalogue, of.archive):
                tell(f"  {place}: {reason}")
        if catalogue.count_former():
            tell("reading the papers anew that another version of this program read")
            run("check", former_files(catalogue, of.archive), catalogue, of.archive)
        if kinds & _INDEXED_ANEW:
            tell("making the index anew")
            rebuild(catalogue, of.index)
        else:
            amend(catalogue, of.index, sorted(papers))
            update(catalogue, of.index)


def _mended_papers(of: Checked, tell: Callable[[str], None]) -> MendedPapers | None:
    """The damaged papers of the catalogue, put right; None where more is damaged than that."""
    try:
        with open_catalogue(of.catalogue, PARSER_VERSION) as catalogue:
            mended = mend_papers(catalogue, of.archive)
    except CatalogueDamaged:
        return None
    if mended:
        tell(f"damaged papers of the catalogue that were put right: {len(mended.papers) - len(mended.failures):,}")
        for place, reason in mended.failures:
            tell(f"  {place}: {reason}")
    return mended


def _bring(of: Checked, catalogue: Catalogue, tell: Callable[[str], None]) -> None:
    """Bring what the catalogue lacks from the archive."""
    tell("bringing what the catalogue lacks from the archive")
    for place, reason in bring_back(of.archive, catalogue, of.archive, again=False).failures:
        tell(f"  {place}: {reason}")
