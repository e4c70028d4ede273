"""The sentence around a place in a text or a citation, to show what is said there. Only cuts; others lay marks and links."""

from __future__ import annotations

import re

from indexer.model import Kamerstuk, Where

_LONGEST = 240
"""Characters of a quotation, at most."""

_BARE = 20
"""Characters beside those of the citation up to which a sentence of a note says nothing but what it cites."""

_BOUNDARY = re.compile(r"\n|(?<=[.?!:;])\s+(?=[A-Z\u00c0-\u00de‘“«\"'(–•])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:nrs?|blz|art|artt|p|pp|dhr|mw|mr|drs|dr|ir|ing|prof|bijv|vgl|cf|resp|jo|lid|st|sub|ca|evt|incl|excl|Kamerst)|\b[A-Z])\.$",
    re.IGNORECASE,
)
"""A full stop after these ends no sentence."""


def quoting(paper: Kamerstuk, where: Where, container: int, start: int) -> str:
    """The sentence that cites another paper; of a note that is but a reference, the sentence the note belongs to."""
    if where is Where.BODY:
        return sentence(paper.sections[container].text, start)
    note = paper.footnotes[container]
    cited = next((c.text for c in paper.citations if c.where is where and (c.container, c.start) == (container, start)), "")
    quote = sentence(note.text, start)
    if note.ref is not None and len(quote) - len(cited) <= _BARE:
        return sentence(paper.sections[note.ref.section].text, max(0, note.ref.offset - 1)) or quote
    return quote


def sentence(text: str, at: int) -> str:
    """The sentence that stands at an offset of the text, cut to a readable length between words.

    >>> sentence("Eerst dit. Zie 31 066, nr. 12 en verder. Dan dat.", 15)
    'Zie 31 066, nr. 12 en verder.'
    """
    begin, end = 0, len(text)
    for found in _BOUNDARY.finditer(text):
        if text[found.start()] != "\n" and _ABBREVIATED.search(text, max(0, found.start() - 8), found.start()):
            continue
        if found.end() <= at:
            begin = found.end()
        elif found.start() > at:
            end = found.start()
            break
    return _shortened(text[begin:end].strip(), at - begin)


def _shortened(text: str, at: int) -> str:
    if len(text) <= _LONGEST:
        return text
    start = max(0, min(at - _LONGEST // 3, len(text) - _LONGEST))
    cut = text[start : start + _LONGEST]
    if start:
        cut = "… " + cut.split(" ", 1)[-1]
    return cut if start + _LONGEST >= len(text) else cut.rsplit(" ", 1)[0] + " …"
