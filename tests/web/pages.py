"""Reads the pages that are made, strictly."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "path", "rect", "br", "hr", "img"}


@dataclass
class Element:
    """A tag of a page with its attributes and all the text within it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


class Page(HTMLParser):
    """A page read strictly: tags that do not close as they opened are an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        if self._open:
            raise AssertionError(f"not closed: {[element.tag for element in self._open]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise AssertionError(f"an attribute twice: {attrs}")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        opened = self._open.pop() if self._open else None
        if opened is None or opened.tag != tag:
            raise AssertionError(f"</{tag}> closes {opened}")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a tag whose attributes have these words; ``class_`` stands for class."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            e
            for e in self.elements
            if e.tag == tag and all(value in e.attributes.get(name, "").split() for name, value in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, **attributes)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} of {tag} {attributes}")
        return found[0]

    @property
    def text(self) -> str:
        """All words of the body, with single spaces."""
        return " ".join(self.one("body").text.split())

    @property
    def ids(self) -> list[str]:
        """Every anchor."""
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]
