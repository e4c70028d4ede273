"""Lines of text: white space collapsed, nothing inserted, marks at the right offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.identifier import Identifier
from indexer.reading.pieces import FinishedLine, LinkSpan, TextLine

PIECES = st.lists(st.text(alphabet="ab \n\t\u00a0", max_size=6))


def line_of(*pieces: str) -> TextLine:
    line = TextLine()
    for piece in pieces:
        line.add(piece)
    return line


@given(PIECES)
def test_pieces_make_the_same_text_as_the_whole(pieces: list[str]) -> None:
    assert line_of(*pieces).finish() == line_of("".join(pieces)).finish()


@given(PIECES)
def test_white_space_is_collapsed_and_no_word_is_split_or_glued(pieces: list[str]) -> None:
    text = line_of(*pieces).finish().text
    assert text.split() == "".join(pieces).split()
    assert text == text.strip()
    assert "  " not in text
    assert line_of(*pieces).blank == (not text)


@given(PIECES, PIECES, PIECES)
def test_marks_stand_between_the_words_they_were_met_between(before: list[str], linked: list[str], after: list[str]) -> None:
    line = line_of(*before)
    line.note("n")
    line.open_link(Identifier("kst-1-1"))
    for piece in linked:
        line.add(piece)
    line.close_link()
    for piece in after:
        line.add(piece)
    finished = line.finish()
    ((offset, _),) = finished.note_refs
    assert "".join(finished.text[:offset].split()) == "".join("".join(before).split())
    inked = "".join("".join(linked).split())
    assert ["".join(finished.text[a.start : a.end].split()) for a in finished.links] == ([inked] if inked else [])


def test_another_line_joins_with_its_marks() -> None:
    line = line_of("een")
    line.add_line(FinishedLine("twee drie", ((4, "n"),), (LinkSpan(0, 4, Identifier("kst-1-1")),)))
    assert line.finish() == FinishedLine("een twee drie", ((8, "n"),), (LinkSpan(4, 8, Identifier("kst-1-1")),))


def test_references_of_a_line_without_words_go_to_the_next() -> None:
    line = TextLine()
    line.note("n")
    following = line.successor()
    following.add("woord")
    assert following.finish().note_refs == ((0, "n"),)
    assert following.successor().finish().note_refs == ()
