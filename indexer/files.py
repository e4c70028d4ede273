"""The official files under the paths a user names: files, folders (all the way down) and zip archives.

Gives each with the metadata record beside it. Does not look into what a file holds; ``read`` does.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from indexer.errors import PaperError
from indexer.read import OfficialFile

_ENDINGS = (".html", ".htm", ".xhtml", ".xml", ".pdf")
_RECORD = ".json"
_MAX_BYTES = 100 * 1024 * 1024
"""No official paper comes near this; larger files (and zip members that unpack to more) are refused."""


def find_files(paths: Iterable[Path]) -> Iterator[OfficialFile | PaperError]:
    """Every official file under ``paths``, in a fixed order; what cannot be opened comes as the error it is.

    A file named outright is always given; within folders and zip archives only those with the ending of a page, XML or PDF of a
    paper, or of a record of the Tweede Kamer (JSON). PDFs come last: they take the longest to read, and a paper that is there in
    another form needs none.
    """
    for path in paths:
        if path.is_dir():
            for found in sorted((p for p in path.rglob("*") if p.is_file()), key=lambda p: (p.suffix.lower() == ".pdf", p)):
                if found.suffix.lower() == ".zip":
                    yield from _zip_members(found)
                elif _is_official(found.name):
                    yield _open(found)
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from _zip_members(path)
        else:
            yield _open(path)


def _is_official(name: str) -> bool:
    """Whether a name is that of a page, XML or PDF of a paper or of a record in JSON, and not of a metadata record."""
    lower = name.lower()
    return lower.endswith((*_ENDINGS, _RECORD)) and "metadata" not in lower and not lower.startswith((".", "~"))


def _open(path: Path) -> OfficialFile | PaperError:
    try:
        if path.stat().st_size > _MAX_BYTES:
            return PaperError(str(path), f"larger than {_MAX_BYTES // 2**20} MiB, which no official paper is")
        return OfficialFile(str(path), path.name, path.read_bytes(), _record_beside(path))
    except OSError as error:
        return PaperError(str(path), f"cannot be opened: {error.strerror or error}")


def _record_beside(path: Path) -> bytes | None:
    for name in record_names(path.name):
        record = path.parent / name
        if record.is_file() and record.stat().st_size <= _MAX_BYTES:
            return record.read_bytes()
    return None


def record_names(name: str) -> tuple[str, ...]:
    """Where the metadata record of a paper may stand, relative to its folder; the most specific first.

    Beside it under its name, in a folder of its name, alone with it in a folder, or as the repository lays it out; JSON has none.
    """
    if name.lower().endswith(_RECORD):
        return ()
    stem = name.rsplit(".", 1)[0]
    return (
        f"{stem}.metadata.xml",
        f"{stem}.metadata_owms.xml",
        f"{stem}/metadata.xml",
        f"{stem}/metadata_owms.xml",
        "metadata.xml",
        "metadata_owms.xml",
        "../metadata/metadata.xml",
        "../metadataowms/metadata_owms.xml",
    )


def _zip_members(path: Path) -> Iterator[OfficialFile | PaperError]:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist() if not info.is_dir()}
            for name in sorted(sizes, key=lambda name: (name.lower().endswith(".pdf"), name)):
                if _is_official(PurePosixPath(name).name):
                    yield _member(path, name, sizes, archive.read)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        yield PaperError(str(path), f"not a readable zip archive: {error}")


def _member(path: Path, name: str, sizes: dict[str, int], read: Callable[[str], bytes]) -> OfficialFile | PaperError:
    where = f"{path}!{name}"
    if sizes[name] > _MAX_BYTES:
        return PaperError(where, f"unpacks to more than {_MAX_BYTES // 2**20} MiB, which no official paper does")
    folder = PurePosixPath(name).parent
    records = [posixpath.normpath(folder / record) for record in record_names(PurePosixPath(name).name)]
    try:
        record = next((read(found) for found in records if found in sizes and sizes[found] <= _MAX_BYTES), None)
        return OfficialFile(where, PurePosixPath(name).name, read(name), record)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        return PaperError(where, f"cannot be unpacked: {error}")
