"""Whether archive, catalogue and index of a data folder say the same, paper by paper, and each is as it was written.

Only looks, and holds no lock: what a writer is just bringing in may be told as behind. Each difference says what mends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from indexer.catalogue.archive import Archive, Kept, Trouble
from indexer.catalogue.catalogue import Catalogue, read_catalogue
from indexer.catalogue.keeping import lacks_some, tells_otherwise
from indexer.catalogue.manifest import FileState
from indexer.catalogue.overview import identifiers, received_files
from indexer.catalogue.seals import damages, seals_are_kept
from indexer.data_folder import UNFINISHED
from indexer.errors import (
    ArchiveError,
    CatalogueDamaged,
    CatalogueMissing,
    CatalogueOutdated,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
)
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION
from indexer.rebuilding import chosen, told_withdrawn
from search.document import document_of
from search.ports import KeptIndex
from search.sync import behind


class Kind(StrEnum):
    """What is different."""

    CATALOGUE_MISSING = "catalogue-missing"
    CATALOGUE_DAMAGED = "catalogue-damaged"
    CATALOGUE_OUTDATED = "catalogue-outdated"
    CATALOGUE_BEHIND = "catalogue-behind"
    """More came into the archive than it knows: it was put back to an earlier state, or made anew without a damaged file."""
    PAPER_MISSING = "paper-missing"
    """The archive has its file, the catalogue has no paper."""
    PAPER_OUTDATED = "paper-outdated"
    """The catalogue has read it from another file than the one that counts by the archive."""
    PAPER_WITHDRAWN = "paper-withdrawn"
    """The archive says that it was taken back, the catalogue has it."""
    FILE_MISSING = "file-missing"
    """The catalogue or a manifest tells of a file that is not in the archive."""
    FILE_MISPLACED = "file-misplaced"
    """A file lies in the folder of another dossier or paper."""
    FILE_DAMAGED = "file-damaged"
    FILE_UNKNOWN = "file-unknown"
    """A file in the archive of which the catalogue does not tell."""
    MANIFEST_MISSING = "manifest-missing"
    MANIFEST_DAMAGED = "manifest-damaged"
    MANIFEST_DIFFERS = "manifest-differs"
    """It tells something else of its file than the catalogue."""
    MARK_MISSING = "mark-missing"
    """The archive does not say that a paper was withdrawn, the catalogue does."""
    MARK_DAMAGED = "mark-damaged"
    """The archive says so, but not when, or otherwise than the catalogue."""
    STRAY_FILE = "stray-file"
    """What a process that was killed left half-written."""
    INDEX_MISSING = "index-missing"
    INDEX_OUTDATED = "index-outdated"
    INDEX_DAMAGED = "index-damaged"
    INDEX_BEHIND = "index-behind"
    NOT_IN_INDEX = "not-in-index"
    NOT_IN_CATALOGUE = "not-in-catalogue"
    """The index has a paper that the catalogue does not have."""
    INDEX_DIFFERS = "index-differs"
    """The index says something else of a paper than the catalogue."""


CHECK, RECEIVE = "kamerstukken check --mend", "put the file back from a backup, or fetch the paper again"
"""What mends most, and what mends a file of which there is no other copy here."""
RESTORE = "kamerstukken restore DIR"
"""What mends a data folder that has neither a catalogue nor all that it could be made from."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it should be: of which paper, empty where it is of none; where; and what mends it."""

    kind: Kind
    identifier: str
    path: str
    mend: str = CHECK
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """The three that are compared: the catalogue's file, the archive and the index."""

    catalogue: Path
    archive: Archive
    index: KeptIndex


def differences(of: Checked) -> Iterator[Difference]:
    """All differences, one after another.

    Raises:
        ArchiveError: the archive or the catalogue cannot be looked at.
        EngineError: the index is on other machines, which do not answer.
    """
    yield from _strays(of.archive)
    try:
        with read_catalogue(of.catalogue, PARSER_VERSION) as catalogue:
            damaged = list(damages(catalogue.connection))
            if not damaged and not seals_are_kept(catalogue.connection):
                damaged.append(CatalogueDamaged("what keeps its seals is not there"))
            told: set[str] = set()
            for one in damaged:
                if one.identifier not in told:
                    yield Difference(Kind.CATALOGUE_DAMAGED, one.identifier, str(of.catalogue), reason=str(one))
                told |= {one.identifier} - {""}
            if any(not one.identifier for one in damaged):
                yield from _troubles(of.archive)  # and nothing is compared with a catalogue that cannot be relied on
                yield from _faults(of)
                return
            yield from _between_archive_and_catalogue(of, catalogue)
            yield from _between_catalogue_and_index(of, catalogue, {one.identifier for one in damaged})
            return
    except CatalogueMissing as error:
        if not error.lost:
            raise
        anew = of.archive.exists() and not of.catalogue.with_name(UNFINISHED).exists()
        yield Difference(Kind.CATALOGUE_MISSING, "", str(of.catalogue), CHECK if anew else RESTORE, str(error))
    except CatalogueOutdated as error:
        yield Difference(Kind.CATALOGUE_OUTDATED, "", str(of.catalogue), error.remedy, str(error))
    except CatalogueDamaged as error:
        yield Difference(Kind.CATALOGUE_DAMAGED, error.identifier, str(of.catalogue), reason=str(error))
    yield from _troubles(of.archive)
    yield from _faults(of)


def _strays(archive: Archive) -> Iterator[Difference]:
    for path in archive.left_over():
        yield Difference(Kind.STRAY_FILE, "", str(path))
    for kept in archive.misplaced():
        yield Difference(Kind.FILE_MISPLACED, str(kept.identifier), str(kept.path))


_TROUBLES = {
    Trouble.UNDESCRIBED: (Kind.MANIFEST_MISSING, CHECK),
    Trouble.MANIFEST_DAMAGED: (Kind.MANIFEST_DAMAGED, CHECK),
    Trouble.GONE: (Kind.FILE_MISSING, RECEIVE),
}


def _troubles(
    archive: Archive, origin: Callable[[Kept], str] = lambda kept: "", whole: dict[str, bool] | None = None
) -> Iterator[Difference]:
    """What is wrong with the files of the archive; ``whole`` gathers of each whether it is there as it was received."""
    whole = {} if whole is None else whole
    for kept in archive.survey():
        identifier = str(kept.identifier or "")
        whole.setdefault(kept.fingerprint, False)
        try:
            if kept.trouble is not Trouble.GONE:
                archive.read(kept, origin(kept))
                whole[kept.fingerprint] = True
        except ArchiveError as error:
            yield Difference(Kind.FILE_DAMAGED, identifier, str(kept.path), RECEIVE, str(error))
            continue
        if kept.trouble in _TROUBLES:
            kind, mend = _TROUBLES[kept.trouble]
            yield Difference(kind, identifier, str(kept.path), mend)


def _between_archive_and_catalogue(of: Checked, catalogue: Catalogue) -> Iterator[Difference]:
    if former := catalogue.count_former():
        reason = f"{former:,} papers were read by another version of this program"
        yield Difference(Kind.CATALOGUE_OUTDATED, "", str(of.catalogue), reason=reason)
    files = {one.fingerprint: one for one in received_files(catalogue.connection)}
    whole: dict[str, bool] = {}
    yield from _troubles(of.archive, lambda kept: files[kept.fingerprint].origin if kept.fingerprint in files else "", whole)
    if lacks_some(catalogue, of.archive):
        mend = CHECK if all(whole.values()) else RECEIVE
        yield Difference(Kind.CATALOGUE_BEHIND, "", str(of.catalogue), mend, "more came into the archive than it knows")
    for mark, file in files.items():
        if mark not in whole:
            path = of.archive.find(file.identifier, mark, file.form).path
            yield Difference(Kind.FILE_MISSING, str(file.identifier), str(path), RECEIVE)
    for identifier, some in groupby(of.archive.survey(), key=lambda kept: kept.identifier):
        of_paper = list(some)
        if identifier is not None and all(kept.trouble is not Trouble.MANIFEST_UNREADABLE for kept in of_paper):
            yield from _of_paper(of, catalogue, identifier, [kept for kept in of_paper if whole.get(kept.fingerprint)])
    yield from _of_those_that_left(of, catalogue)


def _of_paper(of: Checked, catalogue: Catalogue, identifier: Identifier, files: list[Kept]) -> Iterator[Difference]:
    """What archive and catalogue say otherwise of a paper; ``files`` are those from which anything can be brought back."""
    name, read = str(identifier), catalogue.current_file(identifier)
    if read and not of.archive.is_withdrawn(identifier) and told_withdrawn(files, name):
        yield Difference(Kind.PAPER_WITHDRAWN, name, str(of.catalogue))
        return
    counting = {kept.fingerprint for kept in chosen(files) if kept.manifest and kept.manifest.state is FileState.CURRENT}
    for kept in files:
        if catalogue.kept(kept.fingerprint) is None:
            yield Difference(Kind.FILE_UNKNOWN, name, str(kept.path))
        elif kept.fingerprint in counting and _is_lost(of.archive, catalogue, identifier):
            yield Difference(Kind.PAPER_MISSING, name, str(kept.path))
        elif kept.fingerprint in counting and read and read != kept.fingerprint:
            yield Difference(Kind.PAPER_OUTDATED, name, str(kept.path))
        elif tells_otherwise(catalogue, kept, counts=read == kept.fingerprint):
            yield Difference(Kind.MANIFEST_DIFFERS, name, str(kept.path))


def _of_those_that_left(of: Checked, catalogue: Catalogue) -> Iterator[Difference]:
    """What archive and catalogue say otherwise of the papers that were taken back."""
    removed = {str(identifier): at for identifier, at, _ in catalogue.removals()}
    for withdrawn in of.archive.withdrawn():
        at = removed.pop(withdrawn.identifier, None)
        if catalogue.form(Identifier(withdrawn.identifier)):
            yield Difference(Kind.PAPER_WITHDRAWN, withdrawn.identifier, str(of.catalogue))
        elif at is not None and at != withdrawn.at:
            yield Difference(Kind.MARK_DAMAGED, withdrawn.identifier, str(of.archive.folder))
    for identifier in sorted(removed):
        yield Difference(Kind.MARK_MISSING, identifier, str(of.archive.folder))


def _is_lost(archive: Archive, catalogue: Catalogue, identifier: Identifier) -> bool:
    """Whether the catalogue knows neither the paper nor that it left."""
    return not catalogue.form(identifier) and catalogue.removed(identifier) is None and not archive.is_withdrawn(identifier)


def _faults(of: Checked) -> Iterator[Difference]:
    """What is wrong with the index by itself."""
    try:
        for place, fault in of.index.faults():
            yield Difference(Kind.INDEX_DAMAGED, "", place, reason=fault)
    except IndexMissing as error:
        yield Difference(Kind.INDEX_MISSING, "", "", reason=str(error))
    except IndexDamaged as error:
        yield Difference(Kind.INDEX_DAMAGED, "", "", reason=str(error))
    except IndexOutdated as error:
        yield Difference(Kind.INDEX_OUTDATED, "", "", reason=str(error))


def _between_catalogue_and_index(of: Checked, catalogue: Catalogue, damaged: set[str]) -> Iterator[Difference]:
    """What the index lacks, has besides, or says otherwise; of ``damaged`` papers nothing is compared."""
    faults = list(_faults(of))
    yield from faults
    if faults:
        return
    made = of.index.made()
    left = behind(catalogue, made.moment)
    if left is None:
        yield Difference(Kind.INDEX_OUTDATED, "", "", reason="it follows another catalogue, or this one before it was put back")
        return
    if left:
        yield Difference(Kind.INDEX_BEHIND, "", "", reason=f"{left:,} changes behind")
    changed = {name for _, name in catalogue.changed_since(made.moment.change)}
    found = set()
    for name, document in of.index.documents():
        found.add(name)
        if name in changed or name in damaged:
            continue
        paper = None
        with suppress(CatalogueDamaged):  # of a paper beside it, and told already
            paper = catalogue.get(Identifier(name))
        if paper is None:
            yield Difference(Kind.NOT_IN_CATALOGUE, name, "")
        elif document != document_of(paper):
            yield Difference(Kind.INDEX_DIFFERS, name, "")
    for name in identifiers(catalogue.connection):
        if name not in found and name not in changed:
            yield Difference(Kind.NOT_IN_INDEX, name, "")
