"""Bytes of an official file → its text → a tree of elements, and a walk through it. Safely and without silent loss.

The encoding is told by the byte order mark, else by the file's own declaration, else it is UTF-8; bytes that do not fit it are
an error. There is no network, no external DTD and no entity expansion: a document type declaration is taken off before parsing,
the entities of HTML are replaced by the characters they stand for, and any other is an error. What the parser could not hold
whole is an error too. ``walk`` goes without recursion, so that depth costs memory only. What the elements mean is not known
here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from html.entities import html5
from itertools import islice, takewhile

from lxml import etree

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip
"""The last two are no byte order marks, but the first character that every file of ours has."""
_DECLARATIONS = (
    re.compile(rb"\A(?:[^<]|<(?!\?xml\b|[A-Za-z]))*+<\?xml\b[^<>]*?\bencoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]+)"),
    re.compile(rb"<meta\b[^<>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE),
)
_HEAD = 65_536
_TEXT_ENCODINGS = re.compile(r"utf-(?:8|16|32)(?:-[lb]e)?|ascii|iso8859-\d+|cp(?:125\d|437|85\d)|mac-roman|koi8-[ru]")
"""The encodings that a file may declare. Python knows others, some of which unpack or execute their input."""
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}


def decode(content: bytes) -> str:
    """The text of a file.

    Raises:
        ValueError: the file is empty, the encoding is unknown, or the bytes do not fit it.
    """
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ValueError("the file is empty; fetch it again")
    declared = next((name for start, name in _BOMS if content.startswith(start)), "") or _declared(content[:_HEAD])
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if not _TEXT_ENCODINGS.fullmatch(name):
        raise ValueError(f"the encoding {declared[:40]!r} it declares is unknown; convert the file to UTF-8")
    if name in ("iso8859-1", "cp1252"):
        # Browsers read Latin-1 as Windows-1252 (WHATWG Encoding), and so did those who made the pages.
        return content.decode("latin-1").translate(_WINDOWS)
    try:
        return content.decode("utf-8" if name == "ascii" else name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError(f"the text is not valid {declared.upper()} at byte {error.start:,}; fetch the file again") from error


def _declared(head: bytes) -> str:
    """The encoding a file declares. What could be read as ASCII is not UTF-16 or UTF-32, whatever it says."""
    found = next((found for pattern in _DECLARATIONS if (found := pattern.search(head))), None)
    name = found.group(1).decode("ascii") if found else "utf-8"
    return "utf-8" if name.lower().startswith(("utf-16", "utf16", "utf-32", "utf32")) else name


Element = etree._Element
"""An element of a parsed tree, for those who do not parse themselves."""
Leave = Callable[[], None] | None
"""What to do when the element ends; None: nothing."""


def walk(root: etree._Element, enter: Callable[[etree._Element], tuple[bool, Leave]], text: Callable[[str | None], None]) -> None:
    """Go through ``root`` in reading order.

    ``enter`` is called at each element's begin and says whether to go into it and what to do at its end. ``text`` is called for
    each run of text, never for that of comments and processing instructions (which split words and mean nothing).
    """
    descend, leave = enter(root)
    if not descend:
        return
    text(root.text)
    # Most elements have no text of their own, or none after them: those are not told.
    stack = [(root, iter(root), leave)]
    while stack:
        element, children, leave = stack[-1]
        child = next(children, None)
        if child is None:
            if leave:
                leave()
            stack.pop()
            if stack and (run := element.tail):
                text(run)
        elif is_element(child):
            descend, leave = enter(child)
            if descend and (run := child.text):
                text(run)
            if descend and len(child):
                stack.append((child, iter(child), leave))
                continue
            if descend and leave:
                leave()
            if run := child.tail:
                text(run)
        elif run := child.tail:
            text(run)


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def is_element(node: etree._Element) -> bool:
    """Whether a node of the tree is an element, not a comment or processing instruction."""
    return isinstance(node.tag, str)


def text_of(element: etree._Element) -> str:
    """All text within an element on one line."""
    return " ".join("".join(text for text in element.itertext() if isinstance(text, str)).split())


MAX_DEPTH = 2_040
"""The parser gives up at 2,048 levels. A tree that reaches this far may have been cut off there."""
MAX_ATTRIBUTES = 25_000
"""Of one element. The parser compares each with each, so that a hundred thousand would keep it for minutes."""
_TAG = re.compile(r"<[A-Za-z_](?:[^>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")
"""From the begin of a tag to its end; a value in quotes may hold one too."""
_ATTRIBUTE = re.compile(r"(?<=[\s/\"'])[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+|>")

_MISC = re.compile(r"[^<]+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
"""What may stand before the first element: comments, declarations, and lines that are none of the file's own."""
_DOCTYPE = re.compile(
    r"""
    <!DOCTYPE\b (?: [^\[<>"'] | "[^"]*" | '[^']*' )*+
    (?: \[ (?: [^\]<"'] | "[^"]*" | '[^']*' | <!--(?>.*?-->|.*) | <\?(?>.*?\?>|.*) | <! )*+ \] \s* )?
    >
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""<!DOCTYPE html PUBLIC "…" "…">, <!DOCTYPE kamerwrk SYSTEM "…" [ … ]>"""
_DECLARATION = re.compile(r"<\?xml\s|<!DOCTYPE\s", re.IGNORECASE)
_STRAY = 8_192
"""Characters that may stand before the declaration of a file: headers of the server it came from, a line of a log."""
_ELEMENT = re.compile(r"<[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s>]")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_ENTITY = re.compile(r"<!\[CDATA\[(?>.*?\]\]>|.*)|<!--(?>.*?-->|.*)|&([A-Za-z][A-Za-z0-9]*);", re.DOTALL)
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_BLANK_CONTROLS = re.compile("[\x0b\x0c]")
_OTHER_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Both, which most pages have none of."""
_PAGE_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_PAGE_BEGIN = re.compile(r"<html[\s>]", re.IGNORECASE)


def without_prolog(text: str) -> str:
    """The text from its first element on: without declarations, comments, processing instructions and stray lines before it."""
    declared = _DECLARATION.search(text, 0, _STRAY)
    position = declared.start() if declared and not _ELEMENT.search(text, 0, declared.start()) else 0
    while found := _MISC.match(text, position) or _DOCTYPE.match(text, position):
        position = found.end()
    return text[position:]


def root_name(text: str) -> str:
    """The local name of the first element; empty when the text does not begin with one."""
    found = _ROOT.match(without_prolog(text))
    return found.group(1) if found else ""


def xml_tree(text: str) -> etree._Element:
    """Parse XML strictly.

    Raises:
        ValueError: it is not well-formed, nested too deep, or uses an entity of its own.
        MemoryError: it takes more than there is.
    """
    content = without_prolog(text)
    _refuse_many_attributes(content)
    if content.startswith("<!DOCTYPE"):
        raise ValueError("not well-formed XML: its document type declaration does not end; fetch the file again")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True)
    try:
        root = etree.fromstring(_ENTITY.sub(_numeric, content).encode(), parser)
    except etree.XMLSyntaxError as error:
        _raise_out_of_memory(parser, error)
        reason = str(error).splitlines()[0] if str(error) else "unknown reason"
        if "xcessive depth" in reason:
            raise ValueError(_too_deep(f"line {error.lineno}")) from error
        raise ValueError(f"not well-formed XML: {reason}; fetch the file again") from error
    return root


def html_tree(text: str) -> etree._Element:
    """Parse HTML forgivingly, as browsers do.

    Raises:
        ValueError: the page was cut off, or the parser could not hold it whole.
        MemoryError: it takes more than there is.
    """
    _refuse_cut(text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    clean = without_prolog(text)
    if _CONTROLS.search(clean):
        clean = _OTHER_CONTROLS.sub("", _BLANK_CONTROLS.sub(" ", clean))
    _refuse_many_attributes(clean)
    try:
        tree: etree._Element | None = etree.fromstring(clean.encode(), parser)
    except etree.XMLSyntaxError as error:
        _raise_out_of_memory(parser, error)
        raise ValueError(f"not readable as HTML: {str(error)[:200]}") from error
    if tree is None:
        raise ValueError("not readable as HTML: there are no elements in it")
    _refuse_loss(parser, tree)
    return tree


def _raise_out_of_memory(parser: etree.XMLParser | etree.HTMLParser, error: etree.XMLSyntaxError) -> None:
    """What the parser takes for an error of the file may be that there is no memory left."""
    if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in parser.error_log):
        raise MemoryError from error


def _numeric(found: re.Match[str]) -> str:
    """A standard entity as numeric references, which need no declaration."""
    name = found.group(1)
    character = html5.get(f"{name};") if name and name not in _XML_OWN else None
    return "".join(f"&#{ord(c)};" for c in character) if character else found.group()


def _refuse_cut(text: str) -> None:
    """A page that lacks its end was cut off on its way here."""
    if _PAGE_BEGIN.search(text) and not _PAGE_END.search(text):
        raise ValueError("the page ends before its end tag </html>; it was cut off, fetch it again")


def _refuse_loss(parser: etree.HTMLParser, tree: etree._Element) -> None:
    """The parser drops what it cannot hold; it says so in its log, but not always after a hundred other errors."""
    for entry in parser.error_log:
        if "RESOURCE_LIMIT" in (entry.type_name or "") or "xcessive depth" in (entry.message or ""):
            raise ValueError(_too_deep(f"line {entry.line}"))
    depth, last = 1, tree
    while len(last):
        last, depth = last[-1], depth + 1
    if depth > MAX_DEPTH:
        raise ValueError(_too_deep("at its end"))


def _refuse_many_attributes(text: str) -> None:
    if len(text) <= 2 * MAX_ATTRIBUTES:  # then no tag is long enough
        return
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > 2 * MAX_ATTRIBUTES:
            found = takewhile(lambda one: one.group() != ">", _ATTRIBUTE.finditer(text, tag.start(), tag.end()))
            if sum(1 for _ in islice(found, MAX_ATTRIBUTES + 1)) > MAX_ATTRIBUTES:
                line = text.count("\n", 0, tag.start()) + 1
                raise ValueError(f"an element has more than {MAX_ATTRIBUTES:,} attributes (line {line}); look for a sound copy")


def _too_deep(where: str) -> str:
    return f"elements are nested too deep to read the file whole (more than {MAX_DEPTH:,} levels, {where}); look for a sound copy"
