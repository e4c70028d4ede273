"""Text of a file → a tree of elements, safely: no network, no entity expansion, no external DTD, no silent loss.

A document type declaration is taken off before parsing, so that there is nothing to expand; the entities of HTML are replaced by
the characters they stand for, and any other is an error. What the parser could not hold whole is an error too. Knows nothing of
what the elements mean.
"""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

MAX_DEPTH = 2_040
"""The parser gives up at 2,048 levels. A tree that reaches this far may have been cut off there."""

_MISC = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(
    r"""
    <!DOCTYPE\b (?: [^\[<>"'] | "[^"]*" | '[^']*' )*+
    (?: \[ (?: [^\]<"'] | "[^"]*" | '[^']*' | <!--(?>.*?-->|.*) | <\?(?>.*?\?>|.*) | <! )*+ \] \s* )?
    >
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""<!DOCTYPE html PUBLIC "…" "…">, <!DOCTYPE kamerwrk SYSTEM "…" [ … ]>"""
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_ENTITY = re.compile(r"<!\[CDATA\[(?>.*?\]\]>|.*)|<!--(?>.*?-->|.*)|&([A-Za-z][A-Za-z0-9]*);", re.DOTALL)
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_BLANK_CONTROLS = re.compile("[\x0b\x0c]")
_OTHER_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_PAGE_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_PAGE_BEGIN = re.compile(r"<html[\s>]", re.IGNORECASE)


def without_prolog(text: str) -> str:
    """The text from its first element on: without declarations, comments and processing instructions before that."""
    position = 0
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
    """
    content = without_prolog(text)
    if content.startswith("<!DOCTYPE"):
        raise ValueError("not well-formed XML: its document type declaration does not end; fetch the file again")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True)
    try:
        root = etree.fromstring(_ENTITY.sub(_numeric, content).encode(), parser)
    except etree.XMLSyntaxError as error:
        reason = str(error).splitlines()[0] if str(error) else "unknown reason"
        if "xcessive depth" in reason:
            raise ValueError(_too_deep(f"line {error.lineno}")) from error
        raise ValueError(f"not well-formed XML: {reason}; fetch the file again") from error
    return root


def html_tree(text: str) -> etree._Element:
    """Parse HTML forgivingly, as browsers do.

    Raises:
        ValueError: the page was cut off, or the parser could not hold it whole.
    """
    _refuse_cut(text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    clean = _OTHER_CONTROLS.sub("", _BLANK_CONTROLS.sub(" ", without_prolog(text)))
    try:
        tree: etree._Element | None = etree.fromstring(clean.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not readable as HTML: {str(error)[:200]}") from error
    if tree is None:
        raise ValueError("not readable as HTML: there are no elements in it")
    _refuse_loss(parser, tree)
    return tree


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


def _too_deep(where: str) -> str:
    return f"elements are nested too deep to read the file whole (more than {MAX_DEPTH:,} levels, {where}); look for a sound copy"
