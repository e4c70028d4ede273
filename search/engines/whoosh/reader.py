"""The reader of the index: one reader of Whoosh over all segments of a commit.

Terms, postings, lengths and stored papers come from a ``SegmentArrays``, whose arrays span all segments. So papers have one
numbering, and no query has to be run for each segment. Deleted papers have a number but no postings.

This module serves Whoosh's own queries, its query parser and its highlighter. The project's queries do not come here; they use
the ``arrays`` of the reader.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import Schema
from whoosh.query.spans import Span
from whoosh.reading import IndexReader, TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from search.engines.whoosh.query import ArrayMatcher
from search.engines.whoosh.schema import CITES, DATE, IDENTIFIER, PlaceField, place_field, stored_values
from search.engines.whoosh.searching.amounts import Found
from search.engines.whoosh.searching.arrays import SegmentArrays
from search.engines.whoosh.searching.postings import Docs, Occurrences, ValueColumn
from search.engines.whoosh.storage.dictionary import term_text

Term = tuple[str, bytes]


class TermMatcher(ArrayMatcher):
    """The papers in which a term occurs, how often, and at which positions.

    ``positions`` reads those of all papers, one paper after another; it is None for a field without positions. Scores come from
    the scorer of a weighting model of Whoosh. Without a scorer, the score is how often the term occurs.
    """

    def __init__(
        self,
        term: tuple[str, bytes],
        docs: Docs,
        counts: NDArray[np.int64],
        positions: Callable[[], NDArray[np.int64]] | None,
        scorer: BaseScorer | None,
        at: int = 0,
    ) -> None:
        super().__init__(Found(docs, counts.astype(np.float64)), at)
        self._term, self._counts, self._positions, self._scorer = term, counts, positions, scorer

    def term(self) -> tuple[str, bytes]:
        """The field and the text of the term."""
        return self._term

    def weight(self) -> float:
        """How often the term occurs in the current paper."""
        return float(self._counts[self._at])

    def score(self) -> float:
        """The score of the current paper."""
        return float(self._scorer.score(self)) if self._scorer is not None else self.weight()

    def copy(self) -> TermMatcher:
        """A matcher at the same paper, over the same arrays."""
        return TermMatcher(self._term, self.found.docs, self._counts, self._positions, self._scorer, self._at)

    def supports(self, astype: str) -> bool:
        """Whether postings tell this: they tell how often the term occurs, and its positions if the field has them."""
        return astype in ("frequency", "weight") or (astype == "positions" and self._positions is not None)

    @cached_property
    def _all_positions(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The positions, and where those of each paper end."""
        return (self._positions() if self._positions is not None else _NOTHING), np.cumsum(self._counts)

    def value_as(self, astype: str) -> float | list[int]:
        """How often the term occurs in the current paper, or its positions there.

        Raises:
            ValueError: postings do not tell this.
        """
        if not self.supports(astype):
            raise ValueError(f"postings of {self._term[0]} do not tell {astype}")
        if astype != "positions":
            return self.weight()
        positions, ends = self._all_positions
        end = int(ends[self._at])
        here: list[int] = positions[end - int(self._counts[self._at]) : end].tolist()
        return here

    def spans(self) -> list[Span]:
        """The positions in the current paper, as Whoosh's span queries take them; empty for a field without positions."""
        positions = self.value_as("positions") if self.supports("positions") else ()
        return [Span(position) for position in positions] if isinstance(positions, list) else []

    def supports_block_quality(self) -> bool:
        """Whether papers with low scores can be skipped: only all papers of the term together, as there are no blocks."""
        return self._scorer is not None and bool(self._scorer.supports_block_quality())

    def max_quality(self) -> float:
        """The highest score that a paper can have."""
        return float(self._scorer.max_quality()) if self._scorer is not None else float(self._counts.max(initial=0))

    def block_quality(self) -> float:
        """The highest score that the papers around the current one can have."""
        return self.max_quality()

    def skip_to_quality(self, minquality: float) -> int:
        """Skip all papers that are left if none can score more than ``minquality``; return how many blocks were skipped."""
        if self.max_quality() > minquality:
            return 0
        self._at = len(self.found.docs)
        return 1


class PaperReader(IndexReader):  # type: ignore[misc] # whoosh is untyped
    """Reads one commit; ``generation`` names it."""

    def __init__(self, arrays: SegmentArrays, schema: Schema, generation: str) -> None:
        self.arrays = arrays
        self.schema = schema
        self._generation = generation
        self._fields: dict[str, _Field] = {}
        self._last: tuple[Term, _Found] | None = None
        """The postings that were read last, since a scorer asks for those that are searched next."""

    def generation(self) -> str:
        """The name of the commit. Every commit has another name."""
        return self._generation

    # Papers

    def doc_count_all(self) -> int:
        """One more than the highest number of a paper."""
        return self.arrays.size

    def doc_count(self) -> int:
        """How many papers there are."""
        return self.arrays.papers

    def has_deletions(self) -> bool:
        """Whether some numbers belong to deleted papers."""
        return self.arrays.papers < self.arrays.size

    def is_deleted(self, docnum: int) -> bool:
        """Whether no paper has this number."""
        return docnum >= self.arrays.size or not self.arrays.live[docnum]

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The stored fields of a paper (``schema.stored_values``).

        Raises:
            IndexError: there is no such number.
        """
        if not 0 <= docnum < self.arrays.size:
            raise IndexError(f"no paper has the number {docnum}")
        return stored_values(self.arrays.document(docnum))

    # Terms

    def _field(self, name: str) -> _Field | None:
        """The terms of a field; None when it has none."""
        if name not in self._fields and name in self.schema and self.schema[name].indexed:
            self._fields[name] = self._new_field(name)
        return self._fields.get(name)

    def _new_field(self, name: str) -> _Field:
        place = place_field(name)
        if place is not None:
            return _Words(self.arrays, place)
        if name == DATE:
            return _Days(self.arrays, self.schema[name])
        if name == CITES:
            return _Citations(self.arrays)
        return _Identifiers(self.arrays) if name == IDENTIFIER else _Values(self.arrays.column(name), self.arrays)

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return sorted(name for name in self.schema.names() if self.schema[name].indexed)

    def _known(self, name: str, text: str | bytes) -> tuple[_Field, bytes] | None:
        """The field and the bytes of a term; None when there is no such term."""
        field = self._field(name)
        if field is None:
            return None
        try:
            key = self._text_to_bytes(name, text)
        except Exception:  # noqa: BLE001 - what Whoosh raises for a text that is no date is a plain one
            return None
        return (field, key) if field.has(key) else None

    def __contains__(self, term: Term) -> bool:
        return self._known(*term) is not None

    def _texts(self, name: str, start: bytes) -> Iterator[Term]:
        field = self._field(name)
        return ((name, text) for text in field.texts(start)) if field is not None else iter(())

    def all_terms(self) -> Iterator[Term]:
        """Every field with each of its texts, in order."""
        for name in self.indexed_field_names():
            yield from self._texts(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The terms of a field from ``prefix`` on, followed by all terms of the fields after it."""
        for name in self.indexed_field_names():
            if name >= fieldname:
                yield from self._texts(name, prefix if name == fieldname else b"")

    def _found(self, fieldname: str, text: str | bytes) -> tuple[Term, _Found]:
        known = self._known(fieldname, text)
        if known is None:
            raise TermNotFound(f"{fieldname}:{text!r} is in no paper")
        field, key = known
        last = self._last
        if last is None or last[0] != (fieldname, key):
            last = self._last = (fieldname, key), field.postings(key)
        return last

    def postings(self, fieldname: str, text: str | bytes, scorer: BaseScorer | None = None) -> TermMatcher:
        """The postings of a term.

        Raises:
            TermNotFound: no paper has it.
        """
        term, (docs, counts, positions) = self._found(fieldname, text)
        return TermMatcher(term, docs, counts, positions, scorer)

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """How often a term occurs, in how many papers, and the lengths of these.

        Raises:
            TermNotFound: no paper has it.
        """
        _, (docs, counts, _) = self._found(fieldname, text)
        if not len(docs):  # every paper that had it was deleted
            return TermInfo(0, 0, 0, 0, 0, 0, 0)
        lengths = self._lengths(fieldname)
        of = lengths[docs] if lengths is not None else np.ones(1, np.int64)
        return TermInfo(
            float(counts.sum()), len(docs), int(of.min()), int(of.max()), float(counts.max()), int(docs[0]), int(docs[-1])
        )

    def frequency(self, fieldname: str, text: str | bytes) -> float:
        """How often a term occurs in all papers together."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """In how many papers a term occurs; those that were deleted since the last merge count, as in Whoosh."""
        known = self._known(fieldname, text)
        return known[0].papers(known[1]) if known is not None else 0

    # Lengths, in words

    def _lengths(self, name: str) -> NDArray[Any] | None:
        place = place_field(name)
        return self.arrays.lengths(place.place) if place is not None else None

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """How many words a field of a paper has."""
        lengths = self._lengths(fieldname)
        return int(lengths[docnum]) if lengths is not None else default

    def field_length(self, fieldname: str) -> int:
        """How many words a field has in all papers together; those of deleted papers count until the next merge, as in Whoosh."""
        lengths = self._lengths(fieldname)
        return int(lengths.sum(dtype=np.int64)) if lengths is not None else 0

    def min_field_length(self, fieldname: str) -> int:
        """The number of words of the field in the paper where it is shortest."""
        lengths = self._lengths(fieldname)
        return int(lengths.min()) if lengths is not None and len(lengths) else 0

    def max_field_length(self, fieldname: str) -> int:
        """The number of words of the field in the paper where it is longest."""
        lengths = self._lengths(fieldname)
        return int(lengths.max(initial=0)) if lengths is not None else 0

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Always False: the index stores no term vectors."""
        return False


_NOTHING = np.empty(0, np.int64)
_Found = tuple[Docs, NDArray[np.int64], Callable[[], NDArray[np.int64]] | None]
"""Papers, how often the term occurs in each, and what reads its positions if the field has any."""


class _Field(Protocol):
    """The terms of a field."""

    def has(self, text: bytes) -> bool:
        """Whether the field has a term with this text."""
        ...

    def texts(self, start: bytes) -> Iterator[bytes]:
        """The texts from ``start`` on, in order."""
        ...

    def papers(self, text: bytes) -> int:
        """How many papers have a term, deleted ones too as far as they are still counted."""
        ...

    def postings(self, text: bytes) -> _Found:
        """The postings of a term that the field has."""
        ...


class _Words:
    """The words of a place, as stems or as printed."""

    def __init__(self, arrays: SegmentArrays, field: PlaceField) -> None:
        self._arrays, self._field = arrays, field

    def has(self, text: bytes) -> bool:
        return self._arrays.has_word(self._field.place, term_text(text), stem=self._field.stem)

    def texts(self, start: bytes) -> Iterator[bytes]:
        return self._arrays.words_in(self._field.place, start, stem=self._field.stem)

    def _occurrences(self, text: bytes) -> Occurrences:
        return self._arrays.occurrences([(term_text(text), self._field.stem)], [self._field.place])

    def papers(self, text: bytes) -> int:
        return self._occurrences(text).size

    def postings(self, text: bytes) -> _Found:
        found = self._occurrences(text).postings()
        return self._arrays.paper_of[found.spots], found.counts, lambda: found.positions(None).astype(np.int64)


class _Citations:
    """The identifiers of cited papers."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self._arrays = arrays

    def has(self, text: bytes) -> bool:
        return self._arrays.is_cited(term_text(text))

    def texts(self, start: bytes) -> Iterator[bytes]:
        return self._arrays.cited(start)

    def papers(self, text: bytes) -> int:
        return len(self.postings(text)[0])

    def postings(self, text: bytes) -> _Found:
        return _once(self._arrays.citing(term_text(text)))


class _Identifiers:
    """The identifiers of papers."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self._arrays = arrays

    @cached_property
    def _sorted(self) -> NDArray[np.bytes_]:
        return np.sort(self._arrays.identifiers[self._arrays.live])

    def has(self, text: bytes) -> bool:
        return len(self._arrays.named(term_text(text))) > 0

    def texts(self, start: bytes) -> Iterator[bytes]:
        return iter(self._sorted[np.searchsorted(self._sorted, start) :].tolist() if len(self._sorted) else [])

    def papers(self, text: bytes) -> int:
        return len(self.postings(text)[0])

    def postings(self, text: bytes) -> _Found:
        return _once(self._arrays.named(term_text(text)))


class _Values:
    """The values of a facet."""

    def __init__(self, column: ValueColumn, arrays: SegmentArrays) -> None:
        self._column, self._arrays = column, arrays
        self._codes = {value.encode("utf-8", "surrogatepass"): code for code, value in enumerate(column.values)}

    def has(self, text: bytes) -> bool:
        return text in self._codes

    def texts(self, start: bytes) -> Iterator[bytes]:
        return iter(sorted(text for text in self._codes if text >= start))

    def papers(self, text: bytes) -> int:
        return len(self.postings(text)[0])

    def postings(self, text: bytes) -> _Found:
        accepted = np.zeros(len(self._column.values), np.bool_)
        accepted[self._codes[text]] = True
        return _once(np.flatnonzero(self._column.having(accepted, self._arrays.size) & self._arrays.live))


class _Days:
    """The dates of papers, as the sortable bytes of Whoosh."""

    def __init__(self, arrays: SegmentArrays, field: Any) -> None:
        self._arrays = arrays
        dates = arrays.dates
        self._order = np.flatnonzero((dates > 0) & arrays.live)
        self._order = self._order[np.argsort(dates[self._order], kind="stable")]
        days, first = np.unique(dates[self._order], return_index=True)
        moments = [datetime.datetime.combine(datetime.date.fromordinal(day), datetime.time()) for day in days.tolist()]
        bounds = pairwise([*first.tolist(), len(self._order)])
        self._days: dict[bytes, tuple[int, int]] = dict(zip(map(field.to_bytes, moments), bounds, strict=True))

    def has(self, text: bytes) -> bool:
        return text in self._days

    def texts(self, start: bytes) -> Iterator[bytes]:
        return (day for day in self._days if day >= start)  # days ascend, and so do their bytes

    def papers(self, text: bytes) -> int:
        return len(self.postings(text)[0])

    def postings(self, text: bytes) -> _Found:
        first, last = self._days[text]
        return _once(np.sort(self._order[first:last]))


def _once(docs: Docs) -> _Found:
    """The postings of papers that have a term once, without positions."""
    return docs, np.ones(len(docs), np.int64), None
