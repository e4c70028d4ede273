"""One official file → one paper: recognises the format and wires the readers together.

Neither decodes nor parses itself (``encoding``, ``trees``), nor decides what a field of the paper is (``assemble``). What cannot
be read whole is reported as a ``PaperError``, never shortened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from indexer import html, xml
from indexer.assemble import Head, assemble
from indexer.encoding import decode
from indexer.errors import PaperError
from indexer.identifier import Identifier
from indexer.metadata import Metadata, from_record
from indexer.model import Kamerstuk, Source
from indexer.pdf import is_pdf, read_pdf
from indexer.trees import html_tree, root_name, xml_tree
from indexer.xml_front import ROOT_NAMES, frontmatter_of

PARSER_VERSION = "2"
"""Raised when the same bytes give another paper; the catalogue then reads every file again."""

_HTML = re.compile(r"<html[\s>]|<!doctype\s+html|<body[\s>]|id\s*=\s*[\"']?broodtekst\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """A file as received: where it is from (for messages), its name, its bytes, and the metadata record beside it, if any."""

    where: str
    name: str
    content: bytes
    record: bytes | None = None

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rsplit(".", 1)[0]


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
    text = decode(content)
    return _read_xml(text, record, name) if _is_xml(text) else _read_html(text, record, name)


def _read_pdf(content: bytes, record: Metadata, name: str) -> Kamerstuk:
    pdf = read_pdf(content)
    return replace(
        assemble(pdf.read, Head(_with_record(Metadata(), record, name), pdf.chamber, pdf.session, name)), source=Source.PDF
    )


def _is_xml(text: str) -> bool:
    """Whether the content is official XML, or at least no HTML; names of files lie, and a page may begin as XML does."""
    root = root_name(text)
    return root in ROOT_NAMES or (bool(root) and not _HTML.search(text))


def _read_html(text: str, record: Metadata, name: str) -> Kamerstuk:
    if not _HTML.search(text):
        raise ValueError("neither HTML nor official XML; expected an official page or XML file of a Kamerstuk")
    tree = html_tree(text)
    roots = html.roots_of(tree)
    if not roots:
        raise ValueError("the page has no #broodtekst, where the text of an official paper stands; is it an error page?")
    return assemble(html.read_html(roots), Head(_with_record(html.metadata_of(tree), record, name), name=name))


def _read_xml(text: str, record: Metadata, name: str) -> Kamerstuk:
    root = xml_tree(text)
    kind = etree.QName(root).localname
    if kind not in ROOT_NAMES:
        raise ValueError(f"the XML is not of a Kamerstuk: its root is <{kind}>, expected <officiele-publicatie> or <kamerwrk>")
    front = frontmatter_of(root)
    head = Head(_with_record(front.metadata, record, name), front.chamber, front.session, name)
    return replace(assemble(xml.read_xml(root), head), source=Source.XML)


def _with_record(own: Metadata, record: Metadata, name: str) -> Metadata:
    """The file's own metadata with what the record beside it adds, unless the record is of another paper.

    A lone ``metadata.xml`` may stand in a folder of many papers: what the file says it is, else its name, tells whose it is.
    """
    known = _identifier(own.first("DC.identifier")) or _identifier(name)
    theirs = _identifier(record.first("DC.identifier"))
    return own if known and theirs and known != theirs else own.extended(record)


def _identifier(text: str) -> Identifier | None:
    try:
        return Identifier.parse(text)
    except ValueError:
        return None


def _record(content: bytes | None) -> Metadata:
    """The metadata record beside the file; an unreadable one is as good as none, the paper carries on without it."""
    if not content:
        return Metadata()
    try:
        return from_record(xml_tree(decode(content))) or Metadata()
    except ValueError:
        return Metadata()
