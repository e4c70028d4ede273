from __future__ import annotations

import html
import re
import time

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.web.pages import Page
from web.inline import Insert, Layers, Link, Mark, marked, render

TEXT = "zie 31 066, nr. 12 & <meer>"
NOTE = Markup("<i>1</i>")


def test_text_is_escaped() -> None:
    assert render(TEXT, Layers()) == "zie 31 066, nr. 12 &amp; &lt;meer&gt;"


def test_a_link_holds_its_span() -> None:
    assert render(TEXT, Layers(links=[Link(4, 18, "/x?a=1&b")])).startswith('zie <a href="/x?a=1&amp;b">31 066, nr. 12</a> &amp;')


def test_a_mark_goes_on_in_a_link_and_has_its_anchor_once() -> None:
    made = render("abcdef", Layers(links=[Link(2, 4, "/x")], marks=[Mark(1, 3, "m")]))
    assert made == 'a<mark id="m">b</mark><a href="/x"><mark>c</mark>d</a>ef'


def test_a_number_within_a_link_cuts_it() -> None:
    assert render("abcd", Layers([Link(0, 4, "/x")], (), [Insert(2, NOTE)])) == '<a href="/x">ab</a><i>1</i><a href="/x">cd</a>'


def test_numbers_at_one_place_keep_their_order() -> None:
    assert render("ab", Layers(inserts=[Insert(2, NOTE), Insert(2, Markup("<i>2</i>"))])) == "ab<i>1</i><i>2</i>"


def test_a_part_of_a_text_takes_only_its_own_layers() -> None:
    layers = Layers(inserts=[Insert(2, NOTE)], marks=[Mark(1, 3)])
    assert render("abcd", layers, 0, 2, closed=False) == "a<mark>b</mark>"
    assert render("abcd", layers, 2) == "<i>1</i><mark>c</mark>d"


def test_outside_links_say_so() -> None:
    made = render("ab", Layers([Link(0, 2, "/x", outside=True, label="elders", in_order=False)]))
    assert made == '<a href="/x" class="outside" rel="external" title="elders" tabindex="-1">ab</a>'


def test_overlapping_and_overlong_spans_are_cut() -> None:
    assert marked("abcd", [(2, 9), (0, 3), (1, 2), (3, 3), (-5, 0)]) == "<mark>abc</mark><mark>d</mark>"


spans = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=6)


@given(st.text(alphabet="ab<&>\"' é", max_size=25), spans)
def test_no_word_is_lost_and_nothing_is_unescaped(text: str, places: list[tuple[int, int]]) -> None:
    made = marked(text, places)
    assert html.unescape(re.sub(r"</?mark>", "", made)) == text


@given(st.text(alphabet="ab<& ", min_size=1, max_size=20), st.data())
def test_all_layers_together_close_what_they_open(text: str, data: st.DataObject) -> None:
    def cut() -> list[tuple[int, int]]:
        edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
        return list(zip(edges[::2], edges[1::2], strict=False))

    inserts = [Insert(offset, NOTE) for offset in sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=3)))]
    layers = Layers([Link(a, b, "/x") for a, b in cut()], [Mark(a, b) for a, b in cut()], inserts)
    made = render(text, layers)
    page = Page(f"<body>{made}</body>")
    assert re.sub("1", "", page.one("body").text) == text
    assert len(page.all("i")) == len(inserts)
    assert not re.search(r"<a[^>]*>[^/]*<a", made)


def test_many_layers_take_little_time() -> None:
    began = time.process_time()
    links, marks = [Link(4 * i, 4 * i + 2, "/x") for i in range(20_000)], [Mark(4 * i + 1, 4 * i + 3) for i in range(20_000)]
    made = render("abcd" * 20_000, Layers(links, marks, [Insert(4 * i, NOTE) for i in range(20_000)]))
    assert made.count("</a>") == 20_000
    assert time.process_time() - began < 10
