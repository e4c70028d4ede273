"""Official files under the paths that a user names, and the paper in each.

``find_files`` goes through files, folders (all the way down) and zip archives, and gives each file with the metadata record
beside it. ``read_paper`` recognises the format by what the file holds, has it read and gives the paper. What cannot be read
whole is reported as a ``PaperError``, never shortened.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from indexer.collections import recognise
from indexer.collections.collection import Collection
from indexer.errors import PaperError
from indexer.paper.identifier import Identifier, identifiers_among
from indexer.paper.model import Kamerstuk, Source
from indexer.reading import html, xml
from indexer.reading.assemble import Head, assemble
from indexer.reading.bounds import bounded, bounded_metadata
from indexer.reading.metadata import Metadata, from_record
from indexer.reading.opening import SwollenArchive, ZipMembers, content_of, unpacked
from indexer.reading.pdf import is_pdf, read_pdf
from indexer.reading.trees import decode, html_tree, root_name, xml_tree
from indexer.reading.xml import ROOT_NAMES, contents_of, frontmatter_of

PARSER_VERSION = "4"
"""To be raised when the same bytes give another paper; the catalogue then reads every file again."""
_HTML = re.compile(r"<html[\s>]|<!doctype\s+html|<body[\s>]|id\s*=\s*[\"']?broodtekst\b", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
"""What a zip archive begins with, and so does an office document."""
_ZIP_HEAD = 4_096
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
"""The first file in an ODT is named mimetype and holds this."""
_ENDINGS = (".html", ".htm", ".xhtml", ".xml", ".pdf")
_RECORD = ".json"
_MAX_RECORD = 4 * 2**20
"""A record of metadata holds a few kilobytes; a larger file of that name is none."""


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """A file as received: where it is from (for messages), its name, its bytes, and the metadata record beside it, if any.

    ``received`` is the instant (UTC) at which an archive says that it came; empty for what comes now.
    """

    where: str
    name: str
    content: bytes
    record: bytes | None = None
    received: str = ""

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rsplit(".", 1)[0]


def find_files(paths: Iterable[Path]) -> Iterator[OfficialFile | PaperError]:
    """Every official file under ``paths``, in a fixed order; what cannot be opened comes as the error it is.

    A file named outright is always given; within folders and zip archives only those with the ending of a page, XML or PDF of a
    paper, or of a record of the Tweede Kamer (JSON). PDFs come last: they take the longest to read, and a paper that is there in
    another form needs none. Links to files are followed, those to folders are not: they may lead anywhere, or back.
    """
    for path in paths:
        if not _is_folder(path):
            yield from _named(path)
            continue
        errors: list[PaperError] = []
        found = sorted(_within(path, errors), key=lambda p: (p.suffix.lower() == ".pdf", p))
        yield from sorted(errors, key=lambda error: error.where)
        for one in found:
            yield from _named(one)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it may not be looked at; that is told when it is opened
        return False


def _named(path: Path) -> Iterator[OfficialFile | PaperError]:
    if path.suffix.lower() == ".zip":
        yield from _zip_members(path)
    else:
        yield _open(path)


def _within(folder: Path, errors: list[PaperError]) -> Iterator[Path]:
    """What there is to open in a folder, all the way down; what cannot be looked into joins the ``errors``."""
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(here / entry.name)
                    elif _leads_to_folder(entry):
                        errors.append(
                            PaperError(_told(entry.path), "a link to a folder, which is not followed; name the folder itself")
                        )
                    elif _is_official(entry.name) or entry.name.lower().endswith(".zip"):
                        yield here / entry.name
        except OSError as error:
            errors.append(PaperError(_told(here), f"cannot be looked into: {error.strerror or error}"))


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself, or where one may not look
        return False


def _told(path: Path | str) -> str:
    """A path as text; names of files are bytes, and those that are no UTF-8 no program could write down."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _is_official(name: str) -> bool:
    """Whether a name is that of a page, XML or PDF of a paper or of a record in JSON, and not of a metadata record."""
    lower = name.lower()
    return lower.endswith((*_ENDINGS, _RECORD)) and "metadata" not in lower and not lower.startswith((".", "~"))


def _open(path: Path) -> OfficialFile | PaperError:
    try:
        return OfficialFile(_told(path), _told(path.name), content_of(path), _record_beside(path))
    except OSError as error:
        return PaperError(_told(path), f"cannot be opened: {error.strerror or error}")
    except ValueError as error:
        return PaperError(_told(path), str(error))


def _record_beside(path: Path) -> bytes | None:
    for name in record_names(path.name):
        record = path.parent / name
        with suppress(ValueError, FileNotFoundError, NotADirectoryError):
            return content_of(record, _MAX_RECORD)
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
        with unpacked(path) as archive:
            members = [member for member in archive.members if _is_official(PurePosixPath(member.filename).name)]
            for member in sorted(members, key=lambda one: (one.filename.lower().endswith(".pdf"), one.filename)):
                yield _member(path, member, archive)
    except SwollenArchive as error:
        yield PaperError(_told(path), str(error))
    except OSError as error:
        yield PaperError(_told(path), f"cannot be opened: {error.strerror or error}")
    except ValueError as error:
        yield PaperError(_told(path), str(error))


def _member(path: Path, member: ZipInfo, archive: ZipMembers) -> OfficialFile | PaperError:
    where, name = f"{_told(path)}!{member.filename}", PurePosixPath(member.filename)
    records = (archive.find(posixpath.normpath(name.parent / record)) for record in record_names(name.name))
    record = next((one for one in records if one and one.file_size <= _MAX_RECORD), None)
    try:
        beside = archive.content_of(record, _MAX_RECORD) if record else None
        return OfficialFile(where, name.name, archive.content_of(member), beside)
    except SwollenArchive:
        raise
    except ValueError as error:
        return PaperError(where, str(error))


def read_paper(file: OfficialFile) -> Kamerstuk:
    """Read a paper.

    Raises:
        PaperError: the file is not an official paper, or cannot be read whole; its reason says why.
    """
    try:
        paper = _read(file.content, _record(file.record), file.stem)
    except ValueError as error:
        raise PaperError(file.where, str(error)) from error
    if not any(any(c.isalnum() for c in part) for part in paper.texts()):
        raise PaperError(file.where, "there is no text in the paper; fetch the file again")
    return paper


def _read(content: bytes, record: Metadata, name: str) -> Kamerstuk:
    if is_pdf(content):
        return _read_pdf(content, record, name)
    if content.startswith(_ZIP):
        raise ValueError(_refusal_of_zip(content))
    text = decode(content)
    return _read_xml(text, record, name) if _is_xml(text) else _read_html(text, record, name)


def _refusal_of_zip(content: bytes) -> str:
    """What a file is that begins as a zip archive does, and what to fetch in its place."""
    head = content[:_ZIP_HEAD]
    if _OPEN_DOCUMENT in head:
        kind = "an ODT, a word processor's document packed as a zip archive"
    elif b"[Content_Types].xml" in head or b"word/" in head:
        kind = "a DOCX, a word processor's document packed as a zip archive"
    else:
        kind = "a zip archive (an ODT or other office document is one too) under another name"
    return f"{kind}; it is not read: fetch the same paper as .xml or .html"


def _read_pdf(content: bytes, record: Metadata, name: str) -> Kamerstuk:
    metadata = _with_record(Metadata(), record, name)
    identifier, collection = _recognised(metadata, name)
    pdf = read_pdf(content)
    paper = assemble(bounded(pdf.read), Head(metadata, pdf.chamber, pdf.session), identifier, collection)
    return replace(paper, source=Source.PDF)


def _is_xml(text: str) -> bool:
    """Whether the content is official XML, or at least no HTML. Names of files may be wrong, and a page may begin as XML does."""
    root = root_name(text)
    return root in ROOT_NAMES or (bool(root) and not _HTML.search(text))


def _read_html(text: str, record: Metadata, name: str) -> Kamerstuk:
    if not _HTML.search(text):
        raise ValueError("neither HTML nor official XML; expected an official page or XML file of a Kamerstuk")
    tree = html_tree(text)
    roots = html.roots_of(tree)
    if not roots:
        raise ValueError("the page has no #broodtekst, where the text of an official paper stands; is it an error page?")
    metadata = _with_record(html.metadata_of(tree), record, name)
    identifier, collection = _recognised(metadata, name)
    return assemble(bounded(html.read_html(roots, collection.marks)), Head(metadata), identifier, collection)


def _read_xml(text: str, record: Metadata, name: str) -> Kamerstuk:
    root = xml_tree(text)
    front = frontmatter_of(root)
    metadata = _with_record(front.metadata, record, name)
    kind, *below = contents_of(root)
    if kind not in ROOT_NAMES:
        raise ValueError(f"the XML is not of a Kamerstuk: its root is <{kind}>, expected <officiele-publicatie> or <kamerwrk>")
    identifier, collection = _recognised(metadata, name, (kind, *below))
    read = bounded(xml.read_xml(root, collection.marks))
    paper = assemble(read, Head(metadata, front.chamber, front.session), identifier, collection)
    return replace(paper, source=Source.XML)


def _recognised(metadata: Metadata, name: str, contents: Iterable[str] = ()) -> tuple[Identifier, Collection]:
    """What publication a file holds: by what it says of itself, its name coming last."""
    return recognise(metadata.identifiers, (*contents, *metadata.all("OVERHEIDop.publicationName")), name)


def _with_record(own: Metadata, record: Metadata, name: str) -> Metadata:
    """The file's own metadata with what the record beside it adds, unless the record is of another paper.

    A lone ``metadata.xml`` may stand in a folder of many papers: what the file says it is, else its name, tells whose it is.
    """
    known, theirs = identifiers_among((*own.identifiers, name))[:1], identifiers_among(record.identifiers)[:1]
    return bounded_metadata(own if known and theirs and known != theirs else own.extended(record))


def _record(content: bytes | None) -> Metadata:
    """The metadata record beside the file; an unreadable one is as good as none, the paper carries on without it."""
    if not content:
        return Metadata()
    try:
        return from_record(xml_tree(decode(content))) or Metadata()
    except ValueError:
        return Metadata()
