"""The papers of an archive, brought back into a catalogue from nothing but the archive.

Manifests tell which file each paper is read from, where every file came from and when; marks tell which papers were taken back,
and these stay out. Papers come in the order in which they once came. A file without a manifest, as an archive of an earlier
version of this program has them, is read as well as it can be: its folder tells whose it is, and of several the preferred form
and then the newest counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path

from indexer.catalogue.archive import Archive, Kept, Trouble
from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.keeping import describe_former, keep_beside, lost_files, note_written, receiving
from indexer.catalogue.manifest import FileState, WithdrawnMark
from indexer.catalogue.received import FORMS
from indexer.data_folder import ARCHIVE
from indexer.errors import ArchiveError, PaperError
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import OfficialFile
from indexer.take_in import Summary, kept_file, run

_BATCH = 1_000


@dataclass(frozen=True, slots=True, order=True)
class _Arrival:
    """A file that a paper is to be read from, in the order of the arrivals."""

    change: int
    received: str
    identifier: str
    rank: tuple[int, float]
    mark: str
    form: str


@dataclass(slots=True)
class _Found:
    """What an archive holds."""

    arrivals: list[_Arrival] = field(default_factory=list)
    records: list[Kept] = field(default_factory=list)
    """Files of the Tweede Kamer's records."""
    beside: list[Kept] = field(default_factory=list)
    """Files that no paper is read from, and those of papers that were taken back."""
    withdrawn: dict[str, WithdrawnMark] = field(default_factory=dict)
    last_change: int = 0
    unread: list[Kept] = field(default_factory=list)
    """Records that turned out to be gone or damaged."""


def archive_at(path: Path) -> Archive | None:
    """The archive that a path names, or that is in the data folder that it names; None when it names none."""
    for folder in (path, path / ARCHIVE):
        archive = Archive(folder)
        first = next(archive.survey(), None) if folder.is_dir() else None
        if first is not None and (first.manifest or first.trouble in _WITH_MANIFEST or _is_whole(archive, first)):
            return archive
    return None


_WITH_MANIFEST = (Trouble.MANIFEST_DAMAGED, Trouble.MANIFEST_UNREADABLE)


def _is_whole(archive: Archive, kept: Kept) -> bool:
    try:
        archive.read(kept)
    except ArchiveError:
        return False
    return True


def bring_back(
    source: Archive,
    catalogue: Catalogue,
    archive: Archive,
    advance: Callable[[str], None] = lambda where: None,
    *,
    again: bool = True,
    processes: int = 1,
) -> Summary:
    """Bring all that ``source`` holds into the catalogue and its ``archive``, which may be the same; ``again``: known files too.

    What the catalogue knows and its archive cannot give is reported as failed. That the catalogue lacks something is told until
    all came.

    Raises:
        ArchiveError: one of the archives cannot be read, or the other not be written.
    """
    own = source.folder.resolve() == archive.folder.resolve()
    failures = describe_former(catalogue, archive)
    if own:
        source.put_right()
    found = _look(source)
    if own:
        _keep_out(catalogue, archive, found)
    with receiving(catalogue, archive):
        catalogue.go_on_after(found.last_change)
        for mark in sorted(found.withdrawn.values(), key=lambda mark: mark.change):
            _keep_withdrawn(catalogue, archive, mark, own=own)
    failures += _record(found.beside, source, catalogue, archive, own=own)
    came = tuple(found.arrivals)
    if not again:
        found.arrivals = [one for one in found.arrivals if not _is_here(one, catalogue, archive)]
    summary = run("reindex", _files(source, found), catalogue, archive, advance, again=again, processes=processes)
    told = {where for where, _ in (*failures, *summary.failures)}
    if own:
        failures += [one for one in lost_files(catalogue, archive) if one[0] not in told]
        if not found.unread and _all_here(came, catalogue):
            note_written(catalogue, archive)
    return replace(summary, failures=(*failures, *summary.failures))


def _keep_out(catalogue: Catalogue, archive: Archive, found: _Found) -> None:
    """Mark papers anew that the catalogue knows to be taken back, and that lost their marks, unless they came again after it."""
    came = {one.identifier: one.change for one in found.arrivals}
    for identifier, at, change in catalogue.removals():
        name = str(identifier)
        if name in came and came[name] <= change:
            archive.withdraw(identifier, WithdrawnMark(name, at, change, catalogue.history.epoch))
            found.arrivals = [one for one in found.arrivals if one.identifier != name]
    archive.settle()


def _look(source: Archive) -> _Found:
    """What is to become of each file; no file is read."""
    found = _Found(withdrawn={mark.identifier: mark for mark in source.withdrawn()})
    for identifier, files in groupby(source.survey(), key=lambda kept: kept.identifier):
        some = list(files)
        found.last_change = max(found.last_change, *(kept.manifest.change for kept in some if kept.manifest), 0)
        if identifier is None:
            found.records += some
            continue
        if mark := told_withdrawn(some, str(identifier)):
            found.withdrawn.setdefault(mark.identifier, mark)
        counting = [] if str(identifier) in found.withdrawn else chosen(some)
        found.arrivals += [_arrival(kept, identifier) for kept in counting]
        found.beside += [kept for kept in some if kept not in counting]
    found.last_change = max(found.last_change, *(mark.change for mark in found.withdrawn.values()), 0)
    found.arrivals.sort()
    return found


def told_withdrawn(files: list[Kept], identifier: str) -> WithdrawnMark | None:
    """The mark of a paper whose manifests say that it was taken back, and none of which says, or may say, that it counts."""
    if any(kept.trouble is Trouble.MANIFEST_UNREADABLE for kept in files):
        return None
    states = {kept.manifest.state: kept.manifest for kept in files if kept.manifest}
    last = states.get(FileState.WITHDRAWN)
    return WithdrawnMark(identifier, "", last.change, last.epoch) if last and FileState.CURRENT not in states else None


def chosen(files: list[Kept]) -> list[Kept]:
    """The file that a paper is read from; all that may be it, where no manifest tells.

    Where the manifest that would tell cannot be read these are its files only, which cannot be read either: a former text would
    be taken for the present one.
    """
    current = [kept for kept in files if kept.manifest and kept.manifest.state is FileState.CURRENT]
    if current:
        return [max(current, key=lambda kept: (kept.manifest.change, kept.manifest.received) if kept.manifest else (0, ""))]
    unreadable = [kept for kept in files if kept.trouble is Trouble.MANIFEST_UNREADABLE]
    return unreadable or [kept for kept in files if kept.trouble is not Trouble.GONE]


def _arrival(kept: Kept, identifier: Identifier) -> _Arrival:
    if kept.manifest:
        return _Arrival(kept.manifest.change, kept.manifest.received, str(identifier), (0, 0.0), kept.fingerprint, kept.form)
    rank = FORMS.index(kept.form), -kept.path.stat().st_mtime
    return _Arrival(0, "", str(identifier), rank, kept.fingerprint, kept.form)


def _is_here(one: _Arrival, catalogue: Catalogue, archive: Archive) -> bool:
    """Whether the paper was read from that file already, and the file is in the archive."""
    known = catalogue.known(one.mark)
    return known is not None and known.current and archive.find(known.identifier, one.mark, one.form).path.exists()


def _all_here(came: Iterable[_Arrival], catalogue: Catalogue) -> bool:
    """Whether each paper was read from the file that counts; where no manifest tells which that is, from any."""
    read = {str(identifier): mark for identifier, mark, _ in catalogue.current_files()}
    return all(one.identifier in read and (not one.change or read[one.identifier] == one.mark) for one in came)


def _files(source: Archive, found: _Found) -> Iterator[OfficialFile | PaperError]:
    """The files that papers are read from, in the order of their arrival, and the records."""
    for one in found.arrivals:
        yield kept_file(source, source.find(Identifier(one.identifier), one.mark, one.form))
    for record in found.records:
        file = kept_file(source, record)
        if isinstance(file, PaperError):
            found.unread.append(record)
        yield file


def _keep_withdrawn(catalogue: Catalogue, archive: Archive, mark: WithdrawnMark, *, own: bool) -> None:
    """Let a paper that was taken back be told as that; what another archive has taken back may be public in this one."""
    identifier = Identifier(mark.identifier)
    if catalogue.form(identifier):
        if own:
            catalogue.remove(identifier, mark.at)
    elif catalogue.removed(identifier) is None:
        catalogue.note_removal(identifier, mark.at)
        if not own:
            archive.withdraw(identifier, replace(mark, change=int(catalogue.state()), epoch=catalogue.history.epoch))
    if own and not archive.is_withdrawn(identifier):
        archive.withdraw(identifier, mark)


def _record(
    beside: Iterable[Kept], source: Archive, catalogue: Catalogue, archive: Archive, *, own: bool
) -> list[tuple[str, str]]:
    """Record files that no paper is read from; those that have no manifest, or lie elsewhere, are kept as if they came now."""
    failures: list[tuple[str, str]] = []
    rest = iter(beside)
    while batch := list(islice(rest, _BATCH)):
        with receiving(catalogue, archive):
            for kept in batch:
                identifier, manifest = kept.identifier, kept.manifest
                if identifier and manifest and own:
                    facts = (manifest.form, manifest.origin, manifest.size, manifest.received)
                    catalogue.note_file(identifier, kept.fingerprint, *facts)
                    continue
                file = kept_file(source, kept)
                if isinstance(file, PaperError):
                    failures.append((file.where, file.reason))
                elif identifier:
                    keep_beside(catalogue, archive, identifier, file)
    return failures
