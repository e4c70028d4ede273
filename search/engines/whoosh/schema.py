"""Describes a paper to Whoosh: the schema of the index, the Dutch analyzers of its fields, and the values of its stored fields.

Each place of a paper (``document.Place``) has two fields. ``body`` has the stems of its words, ``body_exact`` the words as
printed, and so on for the other places. Both are analysed by the Dutch chain of ``search.analysis``.
Facets are fields of whole values, ``date`` is a day, ``cites`` names the cited papers, and ``document`` stores the paper as it
was given.

The stored text of a place consists of its passages, with ``PASSAGE_END`` between them. The analyzers leave a gap of positions
there, so that no phrase reaches from one passage into the next.

This module does not read or write the index.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whoosh import fields
from whoosh.analysis import Analyzer, Token

from indexer.paper.model import Dossier, Links, Source
from search.analysis.chain import tokenize as tokens_of
from search.analysis.folding import fold
from search.document import PASSAGE_GAP, Passage, Place, SearchDocument
from search.fields import FACETS, facets_of

IDENTIFIER, DATE, CITES, DOCUMENT = "identifier", "date", "cites", "document"

TEXT_FIELDS: dict[str, Place] = {
    "title": Place.TITLE,
    "headings": Place.HEADING,
    "body": Place.BODY,
    "dictum": Place.DICTUM,
    "notes": Place.FOOTNOTE,
    "annexes": Place.ANNEX,
    "dossier_titles": Place.DOSSIER,
    "kind_line": Place.KIND,
    "names": Place.NAMES,
}
"""The place of each field of stems. The fields of exact forms have the same names with ``EXACT_SUFFIX``."""

EXACT_SUFFIX = "_exact"

_SINGLE = ("kind", "chamber", "session_year")
_WRITTEN = frozenset({IDENTIFIER, DATE, CITES, "category", "dossier", *_SINGLE, *TEXT_FIELDS})
"""The fields that a paper may be given by."""

PASSAGE_END = "\u2029"
"""The paragraph separator of Unicode."""


class DutchAnalyzer(Analyzer):  # type: ignore[misc] # whoosh is untyped
    """Splits Dutch text into the terms of the index: stems, or words as printed when ``exact``.

    A term with signs has several forms at one position: "Cool:Gen" has cool:gen, coolgen, cool and, one position further, gen. In
    a query only its parts count, so that Whoosh's query parser makes a phrase of them.
    """

    def __init__(self, *, exact: bool = False) -> None:
        self.exact = exact

    def __call__(  # noqa: PLR0913, PLR0917 - Whoosh calls analyzers with these
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        tokenize: bool = True,
        mode: str = "",
        **options: object,  # of other analyzers; Whoosh gives all options to every analyzer
    ) -> Iterator[Token]:
        """The tokens of a text. As Whoosh expects, they are one object that changes from token to token."""
        token = Token(positions, chars, removestops=removestops, mode=mode)
        if not tokenize:  # the beginning of a word, which has no stem
            token.text, token.boost, token.stopped = fold(value), 1.0, False
            token.pos, token.startchar, token.endchar = start_pos, start_char, start_char + len(value)
            yield token
            return
        first, begin = start_pos, start_char
        for passage in value.split(PASSAGE_END):
            end, seen = 0, set()
            for found in tokens_of(passage):
                end = max(end, found.position + found.width)
                text = found.text if self.exact else found.stem
                if (mode == "query" and found.width > 1) or (text, found.position) in seen:
                    continue
                seen.add((text, found.position))
                token.text, token.boost, token.stopped = text, 1.0, False
                token.pos, token.startchar, token.endchar = first + found.position, begin + found.start, begin + found.end
                if keeporiginal:
                    token.original = passage[found.start : found.end]
                yield token
            first += end + PASSAGE_GAP
            begin += len(passage) + len(PASSAGE_END)


class Day(fields.DATETIME):  # type: ignore[misc] # whoosh is untyped
    """A date. There are so few different days that ranges are found without the coarser terms that Whoosh would add."""

    def __init__(self) -> None:
        super().__init__(stored=True)
        self.shift_step = 0


def schema() -> fields.Schema:
    """The schema of the index."""
    made = fields.Schema()
    made.add(IDENTIFIER, fields.ID(stored=True, unique=True))
    for name in TEXT_FIELDS:
        made.add(name, fields.TEXT(analyzer=DutchAnalyzer(), stored=True, multitoken_query="phrase"))
        made.add(name + EXACT_SUFFIX, fields.TEXT(analyzer=DutchAnalyzer(exact=True), multitoken_query="phrase"))
    for name in FACETS:
        made.add(name, fields.ID(stored=True))
    made.add(DATE, Day())
    made.add(CITES, fields.ID(stored=True))
    made.add(DOCUMENT, fields.STORED)
    return made


@dataclass(frozen=True, slots=True)
class PlaceField:
    """What a field of text has: the words of a place, as stems or as printed."""

    place: Place
    stem: bool


def place_field(name: str) -> PlaceField | None:
    """What the field of this name has; None when it is not a field of text."""
    place = TEXT_FIELDS.get(name.removesuffix(EXACT_SUFFIX))
    return PlaceField(place, not name.endswith(EXACT_SUFFIX)) if place is not None else None


def field_of(place: Place, *, stem: bool) -> str:
    """The name of the field that holds the words of a place, as stems or as printed."""
    name = next(name for name, of in TEXT_FIELDS.items() if of is place)
    return name if stem else name + EXACT_SUFFIX


def stored_values(document: SearchDocument) -> dict[str, Any]:
    """The stored fields of a paper, as a hit of Whoosh shows them."""
    values: dict[str, Any] = {name: text_of(document, place) for name, place in TEXT_FIELDS.items()}
    facets = facets_of(document)
    values |= {name: facets[name] for name in FACETS}
    if document.date is not None:
        values[DATE] = datetime.datetime.combine(document.date, datetime.time())
    values |= {IDENTIFIER: document.identifier, CITES: document.cites, DOCUMENT: document}
    return {name: value for name, value in values.items() if value not in ("", ())}


def text_of(document: SearchDocument, place: Place) -> str:
    """The text of a place: its passages with ``PASSAGE_END`` between them."""
    return PASSAGE_END.join(passage.text for passage in document.passages if passage.place is place)


def document_from_fields(values: dict[str, Any]) -> SearchDocument:
    """Make a paper from the keyword arguments of Whoosh's ``add_document``.

    Either ``document`` is given, which is a whole paper, or single fields are given: ``identifier``, texts by place, the facets
    ``kind``, ``chamber``, ``session_year``, ``category`` and ``dossier``, and ``date`` and ``cites``.

    Raises:
        ValueError: there is no identifier, a field has a value of another kind, or papers do not have the field.
    """
    if DOCUMENT in values:
        document: SearchDocument = values[DOCUMENT]
        return document
    if unknown := sorted(values.keys() - _WRITTEN):
        known = ", ".join(sorted({*_WRITTEN, DOCUMENT}))
        raise ValueError(f"{', '.join(unknown)}: papers have no such field to write; there are {known}")
    texts = {name: _one(name, values.get(name)) for name in (IDENTIFIER, *_SINGLE, *TEXT_FIELDS)}
    if not texts[IDENTIFIER]:
        raise ValueError("a paper needs an identifier")
    day = values.get(DATE)
    if not isinstance(day, datetime.date | None):
        raise ValueError(f"{DATE}: a date is expected, and not {day!r}")
    return SearchDocument(
        identifier=texts[IDENTIFIER],
        title=texts["title"],
        subtitle="",
        kind=texts["kind"],
        kind_line=texts["kind_line"],
        date=day.date() if isinstance(day, datetime.datetime) else day,
        doubtful_date=None,
        edition="",
        fictional=False,
        session_year=texts["session_year"],
        chamber=texts["chamber"],
        number="",
        dossiers=tuple(Dossier(number) for number in _several(values.get("dossier"))),
        people=(),
        categories=_several(values.get("category")),
        cites=_several(values.get(CITES)),
        relations=(),
        links=Links(),
        source=Source.HTML,
        zaken=(),
        documents=(),
        passages=tuple(Passage(of, text) for name, of in TEXT_FIELDS.items() for text in texts[name].split(PASSAGE_END) if text),
    )


def _one(name: str, value: object) -> str:
    """The one text of a field, which may stand alone in a list, as stored values do."""
    if value is None:
        return ""
    text = value[0] if isinstance(value, list | tuple) and len(value) == 1 else value
    if not isinstance(text, str):
        raise ValueError(f"{name}: one text is expected, and not {value!r}")
    return text


def _several(value: object) -> tuple[str, ...]:
    """One text or several texts, as a tuple."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)
