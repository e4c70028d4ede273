"""A stretch of text with links, marks and note numbers as HTML: every piece of text is escaped, the rest is built around it.

Spans are offsets into the text. Where they cross, links are cut around note numbers (a link cannot hold a link) and marks are
cut at the edges of links. Knows nothing of papers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Link:
    """A span that leads somewhere; ``label`` tells where when the text does not."""

    start: int
    end: int
    href: str
    outside: bool = False
    label: str = ""
    in_order: bool = True
    """Whether the tab key stops here; copies of a link elsewhere on the page do not."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to highlight; ``anchor`` is where the page can jump to, if anywhere."""

    start: int
    end: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Insert:
    """Markup that stands before the character at ``offset``: the number of a note."""

    offset: int
    markup: Markup


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything that lies over one text, each in the order of the text. Links do not overlap each other, nor do marks."""

    links: Sequence[Link] = ()
    marks: Sequence[Mark] = ()
    inserts: Sequence[Insert] = ()

    def within(self, start: int, end: int, *, closed: bool) -> Layers:
        """What touches the span; inserts at its very end only when it is closed."""
        after = bisect_right if closed else bisect_left
        begin = bisect_left(self.inserts, start, key=attrgetter("offset"))
        return Layers(
            _touching(self.links, start, end),
            _touching(self.marks, start, end),
            self.inserts[begin : after(self.inserts, end, key=attrgetter("offset"))],
        )


_Span = TypeVar("_Span", Link, Mark)


def _touching(spans: Sequence[_Span], start: int, end: int) -> Sequence[_Span]:
    """Those of the spans that share a character with the stretch."""
    first = bisect_right(spans, start, key=attrgetter("end"))
    return spans[first : bisect_left(spans, end, key=attrgetter("start"))]


def render(text: str, layers: Layers, start: int = 0, end: int | None = None, *, closed: bool = True) -> Markup:
    """The text from ``start`` to ``end`` as HTML with its layers."""
    end = len(text) if end is None else end
    here = layers.within(start, end, closed=closed)
    edges = {start, end}
    spans = [(link.start, link.end) for link in here.links] + [(mark.start, mark.end) for mark in here.marks]
    for first, last in spans:
        edges.update((max(first, start), min(last, end)))
    inserted: dict[int, list[Markup]] = defaultdict(list)
    for insert in here.inserts:
        inserted[insert.offset].append(insert.markup)
    edges.update(inserted)
    parts: list[Markup] = []
    opened: Link | None = None
    points = sorted(edges)
    for left, right in pairwise([*points, end]):
        inserts = inserted.get(left, [])
        link = next(iter(_touching(here.links, left, left + 1)), None) if left < right else None
        if opened and (inserts or link is not opened):
            parts.append(Markup("</a>"))
            opened = None
        parts += inserts
        if left == right:
            continue
        if link and link is not opened:
            parts.append(_open(link))
            opened = link
        mark = next(iter(_touching(here.marks, left, left + 1)), None)
        parts.append(_marked(text[left:right], mark, first=mark is not None and left == max(mark.start, start)))
    if opened:
        parts.append(Markup("</a>"))
    return Markup("").join(parts)


def _open(link: Link) -> Markup:
    attributes = Markup("")
    if link.outside:
        attributes += Markup(' class="outside" rel="external"')
    if link.label:
        attributes += Markup(' title="{}"').format(link.label)
    if not link.in_order:
        attributes += Markup(' tabindex="-1"')
    return Markup('<a href="{}"{}>').format(link.href, attributes)


def _marked(text: str, mark: Mark | None, *, first: bool) -> Markup:
    if mark is None:
        return escape(text)
    if first and mark.anchor:
        return Markup('<mark id="{}">{}</mark>').format(mark.anchor, text)
    return Markup("<mark>{}</mark>").format(text)


def marked(text: str, spans: Iterable[Sequence[int]]) -> Markup:
    """The text with the spans marked; spans that lie outside it are cut, and those that overlap an earlier one shortened."""
    marks: list[Mark] = []
    reached = 0
    for start, end in sorted((max(0, span[0]), min(len(text), span[1])) for span in spans):
        if end > max(start, reached):
            marks.append(Mark(max(start, reached), end))
            reached = end
    return render(text, Layers(marks=marks))
