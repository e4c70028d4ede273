"""The archive: official files exactly as received, each version under its own hash, never changed and never removed.

A paper's file is ``archive/31066/kst-31066-1412/<hash>.html`` with ``<hash>.metadata.xml`` beside it; a paper without a dossier
lies in the folder of its collection (``archive/ah/``). Records of the Tweede Kamer are in ``archive/tweedekamer/<hash>.json``.
What a file is and which version counts stands in the catalogue. Files are written to ``archive/incoming`` and moved when they
are whole.

``writing`` is the lock that gives a data folder one writer at a time: a lock of the kernel, which goes with its process,
however that ends.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from indexer.errors import ArchiveError, BusyError
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import OfficialFile
from indexer.reading.pdf import is_pdf


@contextmanager
def writing(data: Path, what: str) -> Iterator[None]:
    """Hold the writing lock of ``data`` (made if need be); ``what`` tells others what is going on.

    Raises:
        BusyError: another process holds it; the message names that process and what it does.
        ArchiveError: the folder cannot be made or written.
    """
    path = data / "lock"
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ArchiveError(f"{data}: cannot be used as data folder: {error.strerror or error}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
            raise BusyError(f"{data}: {holder} is writing here; wait until it is done, or use another --data") from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} ({what})".encode(), 0)
        yield
    finally:
        os.close(handle)


_HASH_LENGTH = 32
_RECORDS = "tweedekamer"


def fingerprint(file: OfficialFile) -> str:
    """Two received files are the same when this is: a hash of the bytes and of the record's bytes, 32 hexadecimal digits.

    For a PDF the name counts too, since it may be all that tells which paper it is.
    """
    digest = hashlib.sha256(file.content)
    if is_pdf(file.content):
        digest.update(b"\0name\0" + file.stem.encode("utf-8", "surrogateescape"))
    if file.record is not None:
        digest.update(b"\0metadata\0" + file.record)
    return digest.hexdigest()[:_HASH_LENGTH]


def as_received(file: OfficialFile, mark: str, origin: str) -> OfficialFile | None:
    """A kept file under the name that it came with from ``origin``; None when it has not its fingerprint any more.

    A kept file is named after its paper, and for the fingerprint of a PDF the name counts.
    """
    name = origin.rpartition("/")[2]
    named = (replace(file, name=one) for one in (file.name, name, name.rpartition("!")[2]))
    return next((one for one in named if fingerprint(one) == mark), None)


def form_of(file: OfficialFile) -> str:
    """``html``, ``xml`` or ``pdf``, by what the file holds."""
    if is_pdf(file.content):
        return "pdf"
    head = file.content[:4096].lower()
    return "html" if b"<html" in head or b"<!doctype html" in head or b"broodtekst" in head else "xml"


class Archive:
    """The folder of received files."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """With ``durable`` a kept file survives a failure of power. A run over files that also lie elsewhere can do without."""
        self._folder = folder
        self._incoming = folder / "incoming"
        self._durable = durable

    def clear(self) -> None:
        """Remove what killed processes left half-written. Only the holder of the writing lock may do this.

        Raises:
            ArchiveError: the folder cannot be written.
        """
        try:
            for left in self._incoming.glob("*"):
                left.unlink()
        except OSError as error:
            raise ArchiveError(f"{self._incoming}: cannot be cleared: {error.strerror or error}") from error

    def _path(self, identifier: Identifier, fingerprint: str, form: str) -> Path:
        return self._folder / (identifier.dossier or identifier.collection) / str(identifier) / f"{fingerprint}.{form}"

    def keep(self, identifier: Identifier, fingerprint: str, file: OfficialFile) -> None:
        """Store a file as received; it is there whole or not at all.

        Raises:
            ArchiveError: the folder cannot be written.
        """
        path = self._path(identifier, fingerprint, form_of(file))
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            if file.record is not None:
                self._write(path.with_suffix(".metadata.xml"), file.record)
            self._write(path, file.content)
            if self._durable:
                _settle(path.parent)
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be written: {error.strerror or error}") from error

    def keep_records(self, fingerprint: str, file: OfficialFile) -> None:
        """Store a file of the Tweede Kamer's records as received; it is there whole or not at all.

        Raises:
            ArchiveError: the folder cannot be written.
        """
        path = self._folder / _RECORDS / f"{fingerprint}.json"
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, file.content)
            if self._durable:
                _settle(path.parent)
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be written: {error.strerror or error}") from error

    def records(self) -> Iterator[OfficialFile]:
        """Every file of the Tweede Kamer's records, in a fixed order.

        Raises:
            ArchiveError: one cannot be read.
        """
        for path in sorted((self._folder / _RECORDS).glob("*.json")):
            try:
                yield OfficialFile(str(path), path.name, path.read_bytes())
            except OSError as error:
                raise ArchiveError(f"{path}: cannot be read: {error.strerror or error}; index it again") from error

    def _write(self, path: Path, content: bytes) -> None:
        """Write elsewhere and rename, so that a half-written file is never read."""
        incoming = self._incoming / f"{path.name}.{os.getpid()}"
        with incoming.open("wb") as file:
            file.write(content)
            if self._durable:
                file.flush()
                os.fsync(file.fileno())
        incoming.replace(path)

    def get(self, identifier: Identifier, fingerprint: str, form: str) -> OfficialFile:
        """A file as it was received.

        Raises:
            ArchiveError: it is not there.
        """
        path = self._path(identifier, fingerprint, form)
        record = path.with_suffix(".metadata.xml")
        try:
            beside = record.read_bytes() if record.exists() else None
            return OfficialFile(str(path), f"{identifier}.{form}", path.read_bytes(), beside)
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be read: {error.strerror or error}; index the paper again") from error

    def get_whole(self, identifier: Identifier, fingerprint: str, form: str, origin: str) -> OfficialFile:
        """The same, under the name that it came with from ``origin``, and made sure that it is as it was received.

        Raises:
            ArchiveError: it is not there, or has been changed since.
        """
        file = self.get(identifier, fingerprint, form)
        whole = as_received(file, fingerprint, origin)
        if whole is None:
            raise ArchiveError(f"{file.where}: is not as it was received; put it back from a backup, or index the paper again")
        return whole

    def files(self) -> Iterator[tuple[Identifier, str, OfficialFile]]:
        """Every file with its identifier and fingerprint, in a fixed order; older versions too."""
        for path in sorted(self._folder.glob("*/*/*")):
            form = path.suffix.lstrip(".")
            if form in ("html", "xml", "pdf") and not path.name.endswith(".metadata.xml"):
                identifier = Identifier(path.parent.name)
                yield identifier, path.stem, self.get(identifier, path.stem, form)


def _settle(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
