"""Walks a parsed tree without recursion, so that depth costs memory only. Knows nothing of what the elements mean."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

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


def is_element(node: etree._Element) -> bool:
    """Whether a node of the tree is an element, not a comment or processing instruction."""
    return isinstance(node.tag, str)


def text_of(element: etree._Element) -> str:
    """All text within an element on one line."""
    return " ".join("".join(text for text in element.itertext() if isinstance(text, str)).split())
