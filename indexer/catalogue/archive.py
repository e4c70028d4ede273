"""The archive: official files exactly as received, each version under its own hash, never changed and never removed.

A paper's file is ``archive/31066/kst-31066-1412/<hash>.html`` with ``<hash>.metadata.xml`` beside it; a paper without a dossier
lies in the folder of its collection (``archive/ah/``). Records of the Tweede Kamer are in ``archive/tweedekamer/<hash>.json``.
Beside each file lies its manifest, ``<hash>.manifest`` (see ``manifest``), and in the folder of a paper that was taken back the
mark ``withdrawn``; so the archive alone tells all that cannot be read from the files. How far it was written is noted in
``archive/written``. Files are written to ``archive/incoming`` and moved when
they are whole. No byte is given that was not compared with its hash.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from indexer.catalogue.manifest import FileState, Manifest, WithdrawnMark, Written, sha256_of
from indexer.catalogue.received import FINGERPRINT_LENGTH, FORMS, as_received, form_of
from indexer.durable import make_folder, settle_all
from indexer.errors import ArchiveError, KeptFileDamaged
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import OfficialFile
from indexer.reading.opening import content_of

_HASH = re.compile(rf"[0-9a-f]{{{FINGERPRINT_LENGTH}}}")
_RECORDS, _INCOMING, _WRITTEN = "tweedekamer", "incoming", "written"
_MANIFEST, _RECORD, _WITHDRAWN = ".manifest", ".metadata.xml", "withdrawn"
_GROUP, _PAPER = re.compile(r"[0-9A-Za-z][\w.-]*"), re.compile(r"[0-9A-Za-z]+-[^/\0]+")
"""The names of the folders of dossiers and collections, and in these of papers; others are not of this program."""
_MEND = "find what is wrong with: kamerstukken check; put it back from a backup, or index the paper again"


class Trouble(StrEnum):
    """What can be wrong with a kept file, as far as names and manifests tell; ``Archive.read`` tells the rest."""

    NONE = ""
    UNDESCRIBED = "undescribed"
    """It has no manifest."""
    MANIFEST_DAMAGED = "manifest damaged"
    MANIFEST_UNREADABLE = "manifest unreadable"
    """It has one that cannot be read now, so nobody knows whether it counts, and nobody may make another in its place."""
    GONE = "gone"
    """There is a manifest, and no file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file as folder, name and manifest tell of it; ``identifier`` is None for records of the Tweede Kamer."""

    path: Path
    identifier: Identifier | None
    fingerprint: str
    form: str
    manifest: Manifest | None = None
    trouble: Trouble = Trouble.NONE


class Archive:
    """The folder of received files.

    What is kept, described or marked gets its name only with ``settle``: files first, manifests and marks when those are on the
    disk. What was not settled is left out by ``forget``.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """With ``durable`` what was settled survives a failure of power."""
        self.folder = folder
        self._incoming = folder / _INCOMING
        self._durable = durable
        self._files: dict[Path, Path] = {}
        """Written files that have not got their names yet, each with where it lies."""
        self._notes: dict[Path, bytes] = {}
        """Manifests and marks that are still to be written."""
        self._obsolete: set[Path] = set()
        """Marks that do not count any more."""
        self._folders: set[Path] = set()
        """Folders with names that are not on the disk yet."""

    def exists(self) -> bool:
        """Whether there is such a folder."""
        return self.folder.is_dir()

    def left_over(self) -> list[Path]:
        """What killed processes left half-written, or another is just writing."""
        return sorted(path for path in self._incoming.glob("*") if path.is_symlink() or not path.is_dir())

    def clear(self) -> None:
        """Remove what killed processes left half-written. Only the holder of the writing lock may do this.

        Raises:
            ArchiveError: the folder cannot be written.
        """
        try:
            for left in self.left_over():
                left.unlink()
        except OSError as error:
            raise ArchiveError(f"{self._incoming}: cannot be cleared: {error.strerror or error}") from error

    # Keeping

    def keep(self, identifier: Identifier | None, fingerprint: str, file: OfficialFile) -> None:
        """Store a file as received; without an identifier it is a file of the Tweede Kamer's records.

        Raises:
            ArchiveError: the folder cannot be written.
        """
        path = self._path(identifier, fingerprint, form_of(file) if identifier else "json")
        try:
            if identifier and file.record is not None:
                self._write(path.with_suffix(_RECORD), file.record)
            self._write(path, file.content)
        except OSError as error:
            raise _unwritable(path, error) from error

    def _write(self, path: Path, content: bytes) -> None:
        """Write elsewhere; what is there already as it should be is left alone."""
        if path in self._files or _holds(path, content):
            return
        self._folders |= {*make_folder(self._incoming), *make_folder(path.parent), path.parent}
        incoming = self._incoming / f"{path.parent.name}.{path.name}.{os.getpid()}"
        incoming.write_bytes(content)
        self._files[path] = incoming

    def describe(self, identifier: Identifier | None, fingerprint: str, manifest: Manifest) -> None:
        """Put a manifest beside a file that is kept. A paper with a current file is not withdrawn any more."""
        path = self._path(identifier, fingerprint, manifest.form)
        self._notes[path.with_suffix(_MANIFEST)] = manifest.to_bytes()
        if identifier and manifest.state is FileState.CURRENT:
            mark = path.parent / _WITHDRAWN
            self._notes.pop(mark, None)
            if mark.exists():
                self._obsolete.add(mark)

    def replaced(self, identifier: Identifier, fingerprint: str, form: str) -> None:
        """Tell of a file that another has taken its place; where there is no manifest that is plain from the other's."""
        self._become(self._path(identifier, fingerprint, form).with_suffix(_MANIFEST), FileState.REPLACED)

    def _become(self, file: Path, state: FileState) -> None:
        """Let a manifest, if there is one, say that its file is now something else; only one that counted changes."""
        with suppress(FileNotFoundError, ValueError):
            manifest = Manifest.from_bytes(self._notes.get(file) or file.read_bytes())
            if manifest.state is FileState.CURRENT:
                self._notes[file] = replace(manifest, state=state).to_bytes()

    def withdraw(self, identifier: Identifier, mark: WithdrawnMark) -> None:
        """Mark a paper as taken back, and its file; the files stay."""
        folder = self._of_paper(identifier)
        for file in {*folder.glob(f"*{_MANIFEST}"), *(note for note in self._notes if note.parent == folder)}:
            self._become(file, FileState.WITHDRAWN)
        path = folder / _WITHDRAWN
        self._obsolete.discard(path)
        self._notes[path] = mark.to_bytes()

    def unmark(self, identifier: Identifier) -> None:
        """Take the mark away of a paper that was taken back."""
        self._obsolete.add(self._of_paper(identifier) / _WITHDRAWN)

    def has(self, kept: Kept) -> bool:
        """Whether a file of another archive is here too, of the same size and with the same manifest; neither is compared."""
        mine = self._path(kept.identifier, kept.fingerprint, kept.form)
        try:
            same = mine.stat().st_size == kept.path.stat().st_size
        except OSError:
            return False
        return same and kept.manifest is not None and _manifest(mine.with_suffix(_MANIFEST)) == kept.manifest

    def settle(self) -> None:
        """Give everything its name, in such an order that nothing tells what is not so, wherever it is broken off.

        Raises:
            ArchiveError: the folder cannot be written; what has no name yet is left out.
        """
        if not (self._files or self._notes or self._obsolete):
            return
        try:
            self._move(self._files)
            for folder in {self._incoming, *(path.parent for path in self._notes)} - {path.parent for path in self._files}:
                self._folders |= {*make_folder(folder)}
            notes = {}
            for path, content in self._notes.items():
                notes[path] = self._incoming / f"{path.parent.name}.{path.name}.{os.getpid()}"
                notes[path].write_bytes(content)
            self._move(notes)
            for path in self._obsolete:
                path.unlink(missing_ok=True)
            self._wait({path.parent for path in self._obsolete})
        except OSError as error:
            raise _unwritable(Path(error.filename or self.folder), error) from error
        finally:
            self.forget()

    def _move(self, written: Mapping[Path, Path]) -> None:
        self._wait(written.values())
        for path, incoming in written.items():
            incoming.replace(path)
        self._wait(self._folders | {path.parent for path in written})
        self._folders = set()

    def _wait(self, paths: Iterable[Path]) -> None:
        if self._durable:
            settle_all(list(paths))

    def written(self) -> Written | None:
        """How far it was written, as ``note`` told last; None where that was not told or cannot be read."""
        try:
            return Written.from_bytes(content_of(self.folder / _WRITTEN))
        except (OSError, ValueError):
            return None

    def note(self, written: Written) -> None:
        """Tell how far it is written.

        Raises:
            ArchiveError: the folder cannot be written; the former note stays.
        """
        path, incoming = self.folder / _WRITTEN, self._incoming / f"{_WRITTEN}.{os.getpid()}"
        try:
            make_folder(self._incoming)
            incoming.write_bytes(written.to_bytes())
            self._wait([incoming])
            incoming.replace(path)
            self._wait([self.folder])
        except OSError as error:
            raise _unwritable(path, error) from error

    def forget(self) -> None:
        """Leave out what was not settled, because it is not to be or cannot be."""
        for incoming in self._files.values():
            with suppress(OSError):  # whoever writes next removes it
                incoming.unlink(missing_ok=True)
        self._files, self._notes, self._obsolete, self._folders = {}, {}, set(), set()

    # Places

    def _of_paper(self, identifier: Identifier) -> Path:
        return _folder_of(self.folder, identifier)

    def _path(self, identifier: Identifier | None, fingerprint: str, form: str) -> Path:
        return (self._of_paper(identifier) if identifier else self.folder / _RECORDS) / f"{fingerprint}.{form}"

    # Reading

    def get(self, identifier: Identifier, fingerprint: str, form: str, origin: str = "") -> OfficialFile:
        """A file as it was received, under the name that it came with from ``origin`` where that counts.

        Raises:
            KeptFileDamaged: it has been changed since.
            ArchiveError: it is not there.
        """
        return self.read(self.find(identifier, fingerprint, form), origin)

    def find(self, identifier: Identifier, fingerprint: str, form: str) -> Kept:
        """A kept file with its manifest, whether it is there or not."""
        return self._described(self._path(identifier, fingerprint, form), identifier)

    def read(self, kept: Kept, origin: str = "") -> OfficialFile:
        """A kept file as it was received: where it came from and when, its name, and its bytes, compared with their hashes.

        Raises:
            KeptFileDamaged: it has been changed since.
            ArchiveError: it or its manifest cannot be read.
        """
        manifest, path = kept.manifest, kept.path
        if kept.trouble is Trouble.MANIFEST_UNREADABLE:
            raise ArchiveError(f"{path.with_suffix(_MANIFEST)}: cannot be read; {_MEND}")
        origin = manifest.origin if manifest else origin
        record = path.with_suffix(_RECORD)
        try:
            beside = content_of(record) if kept.identifier and record.exists() else None
            content = content_of(path)
            received = manifest.received if manifest else _instant(path.stat().st_mtime)
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be read: {error.strerror or error}; {_MEND}") from error
        except ValueError as error:
            raise KeptFileDamaged(f"{path}: cannot be read: {error}; {_MEND}") from error
        name = f"{kept.identifier}.{kept.form}" if kept.identifier else path.name
        file = as_received(OfficialFile(origin or str(path), name, content, beside, received), kept.fingerprint, origin)
        told = (manifest.sha256, manifest.record_sha256) if manifest else None
        if file is None or (told and told != (sha256_of(content), sha256_of(beside))):
            raise KeptFileDamaged(f"{path}: is not as it was received; {_MEND}")
        return file

    def survey(self) -> Iterator[Kept]:
        """Every kept file with its manifest and what is wrong with them, in a fixed order; no file is read.

        Raises:
            ArchiveError: a folder cannot be read.
        """
        try:
            for folder in self._folders_of_papers():
                yield from self._in_folder(folder, Identifier(folder.name))
            yield from self.records()
        except OSError as error:
            raise ArchiveError(f"{error.filename or self.folder}: cannot be read: {error.strerror or error}") from error

    def files_of(self, identifier: Identifier) -> list[Kept]:
        """Every kept file of a paper, in a fixed order.

        Raises:
            ArchiveError: that is no name of a paper, or its folder cannot be read.
        """
        folder = self._of_paper(identifier)
        try:
            return list(self._in_folder(folder, identifier))
        except OSError as error:
            raise ArchiveError(f"{folder}: cannot be read: {error.strerror or error}") from error

    def mark_of(self, identifier: Identifier) -> WithdrawnMark | None:
        """The mark of a paper that was taken back; None where it was not, also where that is no name of a paper.

        Raises:
            ArchiveError: its folder cannot be read, so that nobody knows.
        """
        if not _names_paper(str(identifier)):
            return None
        mark = self._of_paper(identifier) / _WITHDRAWN
        try:
            return self._mark(mark) if mark.exists() else None
        except OSError as error:
            raise ArchiveError(f"{mark}: cannot be read: {error.strerror or error}") from error

    def misplaced(self) -> Iterator[Kept]:
        """Files that do not lie where they belong, which their manifests and the folders of their papers tell."""
        return (kept for kept in self.survey() if kept.trouble is not Trouble.GONE and self._is_misplaced(kept))

    def _is_misplaced(self, kept: Kept) -> bool:
        place = self._place(kept)
        if place == kept.path or place.exists():
            return False
        told = _manifest(kept.path.with_suffix(_MANIFEST))
        return place.parent.name == kept.path.parent.name or (told is not None and _has_sum(kept.path, told.sha256))

    def _is_copy(self, kept: Kept) -> bool:
        """Whether this lies where it does not belong, and is where it belongs too."""
        place = self._place(kept)
        return place != kept.path and place.exists()

    def _place(self, kept: Kept) -> Path:
        """Where a file belongs by its manifest, also by that of another paper; else with the paper in whose folder it lies."""
        if kept.identifier is None:
            return kept.path
        told = _manifest(kept.path.with_suffix(_MANIFEST)) if kept.trouble is Trouble.MANIFEST_DAMAGED else kept.manifest
        if told and _names_paper(told.identifier) and told.form == kept.form:
            return self._path(Identifier(told.identifier), kept.fingerprint, kept.form)
        return self._path(kept.identifier, kept.fingerprint, kept.form)

    def put_right(self) -> None:
        """Move what is misplaced to where it belongs. Only the holder of the writing lock may do this.

        Raises:
            ArchiveError: the folder cannot be written.
        """
        for kept in list(self.misplaced()):
            place = self._place(kept)
            try:
                names = {place.parent, kept.path.parent, *make_folder(place.parent)}
                for ending in (f".{kept.form}", _RECORD, _MANIFEST):  # the manifest last: until then it tells whose they are
                    here, there = kept.path.with_suffix(ending), place.with_suffix(ending)
                    if here.exists() and not there.exists():
                        here.replace(there)
                mark = kept.path.with_name(_WITHDRAWN)
                if mark.exists() and self._mark(mark).identifier == place.parent.name and mark.parent != place.parent:
                    mark.replace(place.with_name(_WITHDRAWN))
                self._wait(names)
            except OSError as error:
                raise _unwritable(place, error) from error

    def records(self) -> Iterator[Kept]:
        """Every file of the Tweede Kamer's records, in a fixed order."""
        yield from self._in_folder(self.folder / _RECORDS, None)

    def _folders_of_papers(self) -> Iterator[Path]:
        for group in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if _GROUP.fullmatch(group.name) and group.is_dir() and group.name not in (_INCOMING, _RECORDS):
                yield from (one for one in sorted(group.iterdir()) if _names_paper(one.name) and one.is_dir())

    def _in_folder(self, folder: Path, identifier: Identifier | None) -> Iterator[Kept]:
        """What is kept in a folder, but for copies of what lies where it belongs: these are of nobody, and left alone."""
        return (kept for kept in self._found_in(folder, identifier) if not self._is_copy(kept))

    def _found_in(self, folder: Path, identifier: Identifier | None) -> Iterator[Kept]:
        forms = FORMS if identifier else ("json",)
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        here = {name for name in names if _HASH.fullmatch(name.partition(".")[0])}
        files = {name for name in here if name.partition(".")[2] in forms}
        for name in sorted(files):
            yield self._described(folder / name, identifier)
        described = {name.partition(".")[0] for name in files}
        for name in sorted(here):
            mark, _, ending = name.partition(".")
            if f".{ending}" == _MANIFEST and mark not in described:
                manifest = None
                with suppress(ArchiveError):
                    manifest = _manifest(folder / name)
                form = manifest.form if manifest else forms[0]
                yield Kept(folder / f"{mark}.{form}", identifier, mark, form, manifest, Trouble.GONE)

    @staticmethod
    def _described(path: Path, identifier: Identifier | None) -> Kept:
        """The file with its manifest; one that is damaged, or is of another file or paper, is none."""
        file = path.with_suffix(_MANIFEST)
        try:
            manifest = _manifest(file)
        except ArchiveError:
            return Kept(path, identifier, path.stem, path.suffix[1:], None, Trouble.MANIFEST_UNREADABLE)
        if manifest and not (manifest.identifier == str(identifier or "") and _tells_of(manifest, path)):
            manifest = None
        trouble = Trouble.NONE if manifest else Trouble.MANIFEST_DAMAGED if file.exists() else Trouble.UNDESCRIBED
        return Kept(path, identifier, path.stem, path.suffix[1:], manifest, trouble)

    def withdrawn(self) -> Iterator[WithdrawnMark]:
        """The marks of all papers that were taken back."""
        for folder in self._folders_of_papers():
            mark = folder / _WITHDRAWN
            if mark.exists():
                yield self._mark(mark)

    def is_withdrawn(self, identifier: Identifier) -> bool:
        """Whether the paper is marked as taken back."""
        return (self._of_paper(identifier) / _WITHDRAWN).exists()

    @staticmethod
    def _mark(file: Path) -> WithdrawnMark:
        """The mark in a file; one that cannot be read, or is of no paper, is of the paper of the folder."""
        with suppress(OSError, ValueError):
            mark = WithdrawnMark.from_bytes(file.parent.name, content_of(file))
            if _names_paper(mark.identifier):
                return mark
        return WithdrawnMark(file.parent.name)


@lru_cache(maxsize=1)  # asked of one paper several times in a row
def _folder_of(archive: Path, identifier: Identifier) -> Path:
    name = str(identifier)
    if not _names_paper(name):
        raise ArchiveError(f"{name[:100]!r}: is no name of a paper, so nothing of it is kept")
    return archive / (identifier.dossier or identifier.collection) / name


def _names_paper(name: str) -> bool:
    """Whether the archive keeps papers of this name, which may come from anywhere."""
    if not _PAPER.fullmatch(name):
        return False
    identifier = Identifier(name)
    return _GROUP.fullmatch(identifier.dossier or identifier.collection) is not None


def _has_sum(path: Path, sha256: str) -> bool:
    """Whether the content of a file has this hash."""
    try:
        return sha256_of(content_of(path)) == sha256
    except (OSError, ValueError):
        return False


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file is there with this content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _manifest(file: Path) -> Manifest | None:
    """The manifest in a file; None when there is none that is as it was written.

    Raises:
        ArchiveError: it is there and cannot be read, so that nobody may make another in its place.
    """
    try:
        return Manifest.from_bytes(content_of(file))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
        return None
    except OSError as error:
        raise ArchiveError(f"{file}: cannot be read: {error.strerror or error}; {_MEND}") from error


def _tells_of(manifest: Manifest, path: Path) -> bool:
    """Whether a manifest may be of this file; where more than the content makes the fingerprint, that cannot tell."""
    more = manifest.form == "pdf" or manifest.record_sha256
    return manifest.form == path.suffix[1:] and (bool(more) or manifest.sha256.startswith(path.stem))


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _unwritable(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(f"{path}: cannot be written: {error.strerror or error}")
