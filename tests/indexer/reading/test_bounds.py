"""What holds more than any paper does is refused with what it has too much of; what holds as much as that is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.errors import PaperError
from indexer.reading import bounds, trees
from tests.indexer.papers import page, read, read_page, read_xml


def signed(names: str) -> str:
    return f"<p>a</p><p class=ondertekening>{names}</p>"


MANY: dict[str, tuple[str, Callable[[int], str], str]] = {
    "blocks": ("_MAX_BLOCKS", lambda n: "<p>a</p>" * n, "paragraphs and headings"),
    "notes": ("_MAX_NOTES", lambda n: "<p>a</p>" + '<div class="noot">b</div>' * n, "footnotes"),
    "cells": ("_MAX_CELLS", lambda n: f"<table><tr>{'<td>a</td>' * n}</tr></table>", "cells of tables"),
    "places": ("_MAX_PLACES", lambda n: f"<table><tr><td colspan={n - 1}>a</td><td>b</td></tr></table>", "places in tables"),
    "images": ("_MAX_IMAGES", lambda n: "<p>a</p>" + "<img src=a>" * n, "images"),
    "people": ("_MAX_PEOPLE", lambda n: signed('<span class=naam>A. Berg</span>' * n), "signatures"),
    "dossiers": ("_MAX_DOSSIERS", lambda n: "<h1 class=dossiertitel>a</h1>" * n + "<p>a</p>", "dossiers"),
    "text": ("MAX_CHARACTERS", lambda n: f"<p>{'a' * n}</p>", "characters of text"),
    "lines": ("_LONGEST", lambda n: signed(f"<span class=naam>{'a' * n}</span>"), "characters in the kind line"),
}  # fmt: skip


@pytest.mark.parametrize("name", MANY)
def test_more_than_any_paper_has(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bound, body, reason = MANY[name]
    monkeypatch.setattr(bounds, bound, 100)
    read_page(body(99))
    with pytest.raises(PaperError, match=f"the paper holds 10[1-9] {reason}.* more than 100"):
        read_page(body(101))


def test_more_metadata_than_any_paper_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_MAX_ENTRIES", 100)
    with pytest.raises(PaperError, match=r"entries of metadata"):
        read(page("<p>a</p>").replace("</head>", '<meta name="x" content="y">' * 101 + "</head>"))


ATTRIBUTES = [
    "<p {}>a</p>",
    "<p x='>' y = \">\" {}>a</p>",
    "<p x=> <p {}>a</p>",
    "<p x='a\n>' {}",
    "<P{}>a</P>",
]


@pytest.mark.parametrize("form", ATTRIBUTES)
@pytest.mark.parametrize("unit", [" a#=b", "\ta#", " a#='x>y'", '/a#="="', " a# = b", "\na#=b"])
def test_an_element_with_too_many_attributes_is_refused_before_it_is_parsed(
    form: str, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "MAX_ATTRIBUTES", 100)
    many, few = (form.replace("{}", "".join(unit.replace("#", str(i)) for i in range(count))) for count in (101, 90))
    with pytest.raises(PaperError, match=r"an element has more than 100 attributes \(line \d+\)"):
        read_page("<p>a</p>" + many)
    read_page("<p>a</p>" + few + "</p>")


def test_text_that_looks_like_attributes_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MAX_ATTRIBUTES", 100)
    read_page("<p x=a'b>" + "woord 'en' = \" woord " * 500 + "</p>")
    read_page("<p title='" + "een heel lange titel " * 500 + "'>a</p>")
    read_xml("<al>" + "a = b, c ' d " * 500 + "</al>")
