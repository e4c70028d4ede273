"""Keeps received files in archive and catalogue together, so that neither tells what the other does not.

A file, its row in the catalogue and its manifest belong together, and so do a withdrawal and its mark. What is recorded within
``receiving`` is settled in the archive just before the catalogue's transaction is committed: the catalogue never names a file
that is not there, and the archive alone tells all that must not be forgotten.

After each transaction the archive notes which one that was. A catalogue that never made it was put back to an earlier state: it
lacks what came since, also when it went on from there. So that note stays until all that the archive holds was brought back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.catalogue.archive import Archive, Kept, Trouble
from indexer.catalogue.catalogue import Catalogue, now
from indexer.catalogue.manifest import FileState, Manifest, WithdrawnMark, Written, sha256_of
from indexer.catalogue.received import fingerprint, form_of
from indexer.errors import ArchiveError
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import OfficialFile


@contextmanager
def receiving(catalogue: Catalogue, archive: Archive) -> Iterator[None]:
    """A transaction of the catalogue with what it keeps in the archive; on an error neither has any of it.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    try:
        with catalogue.transaction():
            yield
            archive.settle()
    finally:
        archive.forget()
    if not lacks_some(catalogue, archive):
        note_written(catalogue, archive)


def lacks_some(catalogue: Catalogue, archive: Archive) -> bool:
    """Whether more came into the archive than this catalogue ever knew; asks one row."""
    written = archive.written()
    return written is not None and not catalogue.history.has_been(written.change, written.mark)


def note_written(catalogue: Catalogue, archive: Archive) -> None:
    """Have the archive note that it holds nothing that the catalogue lacks."""
    moment = catalogue.history.moment()
    archive.note(Written(moment.change, moment.mark))


def keep(catalogue: Catalogue, archive: Archive, identifier: Identifier, file: OfficialFile) -> None:
    """Keep a received file and record it; what it is to its paper is told by ``describe`` when that is known."""
    mark = fingerprint(file)
    archive.keep(identifier, mark, file)
    catalogue.note_file(identifier, mark, form_of(file), file.where, len(file.content), file.received)


def describe(catalogue: Catalogue, archive: Archive, identifier: Identifier, file: OfficialFile, former: str = "") -> None:
    """Put the manifest beside a file that was kept; ``former`` is the file that the paper was read from before."""
    mark, form = fingerprint(file), form_of(file)
    if catalogue.is_current(identifier, mark):
        state = FileState.CURRENT
    else:
        state = FileState.BESIDE if catalogue.removed(identifier) is None else FileState.WITHDRAWN
    archive.describe(identifier, mark, _manifest(catalogue, str(identifier), mark, form, file, state))
    if former and former != mark and state is FileState.CURRENT:
        replaced = catalogue.kept(former)
        if replaced:
            archive.replaced(identifier, former, replaced.form)


def keep_beside(catalogue: Catalogue, archive: Archive, identifier: Identifier, file: OfficialFile) -> None:
    """Keep, record and describe a file that its paper is not read from."""
    keep(catalogue, archive, identifier, file)
    describe(catalogue, archive, identifier, file)


def keep_records(catalogue: Catalogue, archive: Archive, file: OfficialFile, *, whole: bool) -> None:
    """Keep a file of the Tweede Kamer's records; one that is not ``whole`` is not recorded, so that it is read again."""
    mark = fingerprint(file)
    archive.keep(None, mark, file)
    if whole:
        catalogue.note_records(mark, file.where, file.received)
    _describe_records(catalogue, archive, file)


def _describe_records(catalogue: Catalogue, archive: Archive, file: OfficialFile) -> None:
    mark = fingerprint(file)
    archive.describe(None, mark, _manifest(catalogue, "", mark, "json", file, FileState.CURRENT))


def withdraw(catalogue: Catalogue, archive: Archive, identifier: Identifier, at: str = "") -> bool:
    """Take a paper out and mark it so in the archive; ``at`` is when that was noticed, else now. False when it was not there."""
    taken = catalogue.remove(identifier, at)
    removed = catalogue.removed(identifier)
    if removed is not None:
        archive.withdraw(identifier, WithdrawnMark(str(identifier), removed, int(catalogue.state()), catalogue.history.epoch))
    return taken


def _manifest(catalogue: Catalogue, identifier: str, mark: str, form: str, file: OfficialFile, state: FileState) -> Manifest:
    """The manifest of a file; where it came from and when stands in the catalogue, which keeps what came first."""
    known = catalogue.kept(mark)
    return Manifest(
        identifier=identifier,
        form=form,
        origin=known.origin if known else file.where,
        received=known.received if known else file.received or now(),
        size=len(file.content),
        sha256=sha256_of(file.content),
        record_sha256=sha256_of(file.record),
        state=state,
        change=int(catalogue.state()),
        epoch=catalogue.history.epoch,
    )


_AT_ONCE = 200
"""Files that are described between two waits for the disk."""


def describe_former(catalogue: Catalogue, archive: Archive) -> list[tuple[str, str]]:
    """Give an archive of an earlier version of this program its manifests, which it lacks; whoever writes does so first."""
    return [] if catalogue.is_described() else describe_all(catalogue, archive)


def describe_all(catalogue: Catalogue, archive: Archive) -> list[tuple[str, str]]:
    """Give every file a manifest, and every withdrawn paper its mark, that tell what the catalogue knows.

    Gives the files that are not as they were received, each with what is wrong; they stay without.
    """
    faults: list[tuple[str, str]] = []
    waiting = 0
    for one in archive.survey():
        known = catalogue.kept(one.fingerprint)
        if known and (one.trouble is Trouble.MANIFEST_UNREADABLE or _is_to_be_described(catalogue, one)):
            try:
                file = archive.read(one, known.origin)
            except ArchiveError as error:
                faults.append((str(one.identifier or one.path.name), str(error)))
                continue
            if one.identifier:
                describe(catalogue, archive, one.identifier, file)
            else:
                _describe_records(catalogue, archive, file)
            waiting += 1
            if waiting % _AT_ONCE == 0:
                archive.settle()
    mark_withdrawn(catalogue, archive)
    catalogue.note_described()
    return faults


def _is_to_be_described(catalogue: Catalogue, kept: Kept) -> bool:
    if kept.trouble in (Trouble.UNDESCRIBED, Trouble.MANIFEST_DAMAGED):
        return True
    counts = kept.identifier is not None and catalogue.is_current(kept.identifier, kept.fingerprint)
    return kept.trouble is Trouble.NONE and tells_otherwise(catalogue, kept, counts=counts)


def tells_otherwise(catalogue: Catalogue, kept: Kept, *, counts: bool) -> bool:
    """Whether the manifest of a file tells otherwise than the catalogue where it came from, or that it ``counts``.

    Of files that do not count nothing depends on what they are said to be instead.
    """
    manifest, known = kept.manifest, catalogue.kept(kept.fingerprint)
    if manifest is None or known is None:
        return False
    same = (manifest.form, manifest.origin, manifest.received) == (known.form, known.origin, known.received)
    return not same or (counts and manifest.state is not FileState.CURRENT)


def mark_withdrawn(catalogue: Catalogue, archive: Archive) -> None:
    """Mark every paper in the archive that the catalogue knows to be taken back."""
    for identifier, at, _ in catalogue.removals():
        mark = archive.mark_of(identifier)
        if mark is None or mark.at != at:
            archive.withdraw(identifier, WithdrawnMark(str(identifier), at, int(catalogue.state()), catalogue.history.epoch))
    archive.settle()


def lost_files(catalogue: Catalogue, archive: Archive) -> list[tuple[str, str]]:
    """The papers whose files the archive does not have, each with what helps."""
    return [
        (str(identifier), f"{path}: its file is gone; put it back from a backup, or index the paper again")
        for identifier, mark, form in catalogue.current_files()
        if not (path := archive.find(identifier, mark, form).path).exists()
    ]
