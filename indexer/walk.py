"""Walks a parsed tree without recursion, so that depth costs memory only. Knows nothing of what the elements mean."""

from __future__ import annotations

from collections.abc import Callable
from html.entities import html5

from lxml import etree

from indexer.errors import KamerstukkenError

Leave = Callable[[], None] | None
"""What to do when the element ends; None: nothing."""


class UnresolvedEntity(KamerstukkenError):
    """The text holds an entity that is not expanded (never: it could lead anywhere)."""


def walk(root: etree._Element, enter: Callable[[etree._Element], tuple[bool, Leave]], text: Callable[[str | None], None]) -> None:
    """Go through ``root`` in reading order.

    ``enter`` is called at each element's begin and says whether to go into it and what to do at its end. ``text`` is called for
    each run of text, never for that of comments and processing instructions (which split words and mean nothing).

    Raises:
        UnresolvedEntity: an entity of the document's own stands in the text.
    """
    descend, leave = enter(root)
    if not descend:
        return
    text(root.text)
    stack = [(root, iter(root), leave)]
    while stack:
        element, children, leave = stack[-1]
        child = next(children, None)
        if child is None:
            if leave:
                leave()
            stack.pop()
            if stack:
                text(element.tail)
        elif isinstance(child.tag, str):
            descend, leave = enter(child)
            if descend:
                text(child.text)
                stack.append((child, iter(child), leave))
            else:
                text(child.tail)
        else:
            if isinstance(child, etree._Entity):
                text(_character(child.name))
            text(child.tail)


def _character(entity: str | None) -> str:
    """The character a standard entity stands for."""
    character = html5.get(f"{entity};")
    if character is None:
        raise UnresolvedEntity(f"the text uses the entity &{entity}; which is not expanded; replace it by what it stands for")
    return character
