"""One official file → one paper: recognises the format, decodes and parses it safely, and wires the readers together.

No network, no entity expansion, no silent loss: what cannot be read whole is reported as a ``PaperError``.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from html.entities import html5

from lxml import etree

from indexer import html, xml
from indexer.assemble import Head, assemble
from indexer.errors import PaperError
from indexer.metadata import Metadata, from_record
from indexer.model import Kamerstuk
from indexer.walk import UnresolvedEntity

PARSER_VERSION = "1"
"""Raised when the same bytes give another paper; the catalogue then reads every file again."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_META_CHARSET = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_HTML = re.compile(r"<html[\s>]|<!doctype\s+html|<body[\s>]|id\s*=\s*[\"']broodtekst[\"']", re.IGNORECASE)
_XML_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_DECLARATION_START = re.compile(r"^\s*<\?xml\b[^>]*\?>\s*")
_FIRST_TAG = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_NAMED_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_HEAD_BYTES = 4096


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
    text = _decode(file)
    record = _record(file)
    try:
        paper = _read_xml(text, record, file) if _is_xml(text) else _read_html(text, record, file)
    except (ValueError, UnresolvedEntity) as error:
        raise PaperError(file.where, str(error)) from error
    if not any(any(c.isalnum() for c in part) for part in paper.texts()):
        raise PaperError(file.where, "there is no text in the paper; fetch the file again")
    return paper


def _decode(file: OfficialFile) -> str:
    """The file as text: by its byte order mark, its own declaration, else UTF-8."""
    content = file.content
    if not content.strip():
        raise PaperError(file.where, "the file is empty; fetch it again")
    declared = next((name for bom, name in _BOMS if content.startswith(bom)), "")
    if not declared:
        head = content[:_HEAD_BYTES]
        found = _XML_DECLARATION.search(head) or _META_CHARSET.search(head)
        declared = found.group(1).decode("ascii") if found else "utf-8"
    try:
        name = codecs.lookup(declared).name
    except LookupError as error:
        raise PaperError(file.where, f"the encoding {declared!r} it declares is unknown; convert the file to UTF-8") from error
    # Browsers read Latin-1 as Windows-1252 (WHATWG Encoding), and so did those who made the pages.
    name = {"iso8859-1": "cp1252", "ascii": "utf-8", "utf-8": "utf-8-sig"}.get(name, name)
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError, AssertionError) as error:
        at = f" at byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else ""
        raise PaperError(file.where, f"the text is not valid {declared.upper()}{at}; fetch the file again") from error


def _is_xml(text: str) -> bool:
    """Whether the first element is one of the official XML's; a page may begin with an XML declaration too."""
    for found in _FIRST_TAG.finditer(_DECLARATION_START.sub("", text[:200_000])):
        if found.group(1).lower() == "html":
            return False
        return not _HTML.search(text[: found.end() + 200]) if found.group(1) not in xml.ROOT_NAMES else True
    return False


def _read_html(text: str, record: Metadata, file: OfficialFile) -> Kamerstuk:
    if not _HTML.search(text):
        raise PaperError(file.where, "neither HTML nor official XML; expected an official page or XML file of a Kamerstuk")
    lower = text.lower()
    if "<html" in lower and "</html" not in lower:
        raise PaperError(file.where, "the page ends before its end tag </html>; it was cut off, fetch it again")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=False)
    clean = _NOT_IN_XML.sub("", _XML_PROLOG.sub("", text))
    try:
        tree = etree.fromstring(clean.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise PaperError(file.where, f"not readable as HTML: {_first_line(error)}") from error
    _refuse_loss(parser, file)
    roots = html.roots_of(tree) if tree is not None else []
    if not roots:
        raise PaperError(
            file.where, "the page has no #broodtekst, where the text of an official paper stands; is it an error page?"
        )
    head = Head(html.metadata_of(tree).extended(record), name=file.stem)
    return assemble(html.read_html(roots), head)


def _read_xml(text: str, record: Metadata, file: OfficialFile) -> Kamerstuk:
    root = _xml_tree(text, file)
    name = etree.QName(root).localname
    if name not in xml.ROOT_NAMES:
        raise PaperError(
            file.where, f"the XML is not of a Kamerstuk: its root is <{name}>, expected <officiele-publicatie> or <kamerwrk>"
        )
    front = xml.frontmatter_of(root)
    head = Head(front.metadata.extended(record), front.chamber, front.session, file.stem)
    return assemble(xml.read_xml(root), head)


def _xml_tree(text: str, file: OfficialFile) -> etree._Element:
    """Parse XML strictly; standard character entities are replaced beforehand, others are never expanded."""

    def numeric(found: re.Match[str]) -> str:
        name = found.group(1)
        character = None if name in _XML_OWN else html5.get(f"{name};")
        return found.group() if character is None else "".join(f"&#{ord(c)};" for c in character)

    declared = re.search(r"<!ENTITY", text[:200_000]) is not None
    clean = _DECLARATION_START.sub("", text)
    clean = clean if declared else _NAMED_ENTITY.sub(numeric, clean)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True)
    try:
        return etree.fromstring(clean.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise PaperError(file.where, f"not well-formed XML: {_first_line(error)}; fetch the file again") from error


def _refuse_loss(parser: etree.HTMLParser, file: OfficialFile) -> None:
    """A page that the parser could not hold whole is reported, not silently shortened."""
    for entry in parser.error_log:
        if (
            "RESOURCE_LIMIT" in (entry.type_name or "")
            or "xcessive depth" in (entry.message or "")
            or "huge" in (entry.message or "")
        ):
            raise PaperError(file.where, f"too deep or too large to read whole ({entry.message}, line {entry.line})")


def _record(file: OfficialFile) -> Metadata:
    """The metadata record beside the file; an unreadable one is as good as none, the paper carries on without it."""
    if not file.record:
        return Metadata()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return from_record(etree.fromstring(file.record, parser)) or Metadata()
    except etree.XMLSyntaxError:
        return Metadata()


def _first_line(error: etree.XMLSyntaxError) -> str:
    return str(error).splitlines()[0] if str(error) else "unknown reason"
