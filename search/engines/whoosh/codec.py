"""Our segments as a Whoosh index: everything of Whoosh that reads an index reads this one.

    ColumnIndex("data/index/000001").searcher().search(query)

The parts are Whoosh's own extension points. ``ColumnSegment`` is a segment with what is gone from it; its ``ColumnCodec`` opens
two readers on the file: ``ColumnTerms`` for fields, terms and postings, and ``ColumnPapers`` for stored papers and lengths. On
these stand Whoosh's readers, matchers, queries and scoring, unchanged. Field ``in_body`` is the place ``body``, and so on; a term
of it is ``=toeslagen`` or ``~toeslag`` (see ``segment``).

Whoosh's table of contents is a pickle without a checksum, and its writer handles each posting by itself: commits and segments are
written by ``contents`` and ``building`` instead, and this codec only reads. The project's own searches do not come here either:
they read whole arrays, which Whoosh's matchers cannot (``reader``). Damage is found as everywhere: ``IndexDamaged``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader, TermInfo

from search.engines.whoosh.schema import CITES as CITES_FIELD
from search.engines.whoosh.schema import DOCUMENT, IDENTIFIER, place_field, schema
from search.engines.whoosh.storage.segment import PLACES, LiveSegment
from search.engines.whoosh.storage.store import last_commit, read_contents

_FIELDS = (*map(place_field, PLACES), CITES_FIELD)
"""By the number of their place."""

Term = tuple[str, bytes]


class ColumnIndex(index.Index):  # type: ignore[misc] # whoosh is untyped
    """The last commit of a generation, as Whoosh sees it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.schema = schema()

    def reader(self, reuse: object = None) -> IndexReader:
        """A reader of the last commit.

        Raises:
            IndexMissing: there is none.
            IndexDamaged: a file is not as it was written.
        """
        commit = last_commit(self._folder)
        storage = FileStorage(str(self._folder))
        segments = [ColumnSegment(one) for one in read_contents(self._folder, commit).open(self._folder)]
        readers = [SegmentReader(storage, self.schema, one, generation=commit) for one in segments]
        if not readers:
            return EmptyReader(self.schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation=commit)


class ColumnSegment(base.Segment):  # type: ignore[misc] # whoosh is untyped
    """A segment with what is gone from it."""

    def __init__(self, live: LiveSegment) -> None:
        self.live = live
        self.indexname, self.segid, self.compound = "", live.segment.name, False
        self._gone = frozenset(live.gone.tolist())

    def codec(self) -> ColumnCodec:
        """See ``Segment``."""
        return ColumnCodec()

    def doc_count_all(self) -> int:
        """See ``Segment``."""
        return self.live.segment.papers

    def deleted_count(self) -> int:
        """See ``Segment``."""
        return len(self._gone)

    def deleted_docs(self) -> frozenset[int]:
        """See ``Segment``."""
        return self._gone

    def is_deleted(self, docnum: int) -> bool:
        """See ``Segment``."""
        return docnum in self._gone


class ColumnCodec(base.Codec):  # type: ignore[misc] # whoosh is untyped
    """Opens our segments for Whoosh; it does not write any."""

    def terms_reader(self, storage: object, segment: ColumnSegment) -> ColumnTerms:
        """See ``Codec``."""
        return ColumnTerms(segment)

    def per_document_reader(self, storage: object, segment: ColumnSegment) -> ColumnPapers:
        """See ``Codec``."""
        return ColumnPapers(segment)


class ColumnTerms(base.TermsReader):  # type: ignore[misc] # whoosh is untyped
    """The terms of a segment by field."""

    def __init__(self, segment: ColumnSegment) -> None:
        self._segment = segment.live.segment

    def _entry(self, field: str, text: bytes) -> int:
        number = self._segment.find(text) if field in _FIELDS else -1
        return self._segment.entry(number, _FIELDS.index(field)) if number >= 0 else -1

    def _paper(self, text: bytes) -> int:
        return int(self._segment.find_papers(np.array([text]))[0])

    def __contains__(self, term: Term) -> bool:
        field, text = term
        return self._paper(text) >= 0 if field == IDENTIFIER else self._entry(field, text) >= 0

    def indexed_field_names(self) -> list[str]:
        """See ``TermsReader``."""
        return [IDENTIFIER, *_FIELDS]

    def terms(self) -> Iterator[Term]:
        """See ``TermsReader``: by field and then by text."""
        for field in sorted(self.indexed_field_names()):
            yield from self._of_field(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """See ``TermsReader``: those of the field from a text on, and then those of the next fields."""
        yield from self._of_field(fieldname, prefix)
        for field in sorted(self.indexed_field_names()):
            if field > fieldname:
                yield from self._of_field(field, b"")

    def _of_field(self, field: str, start: bytes) -> Iterator[Term]:
        if field == IDENTIFIER:
            identifiers = np.sort(self._segment.columns.read("identifiers")).tolist()
            yield from ((field, identifier) for identifier in identifiers if identifier >= start)
            return
        place = _FIELDS.index(field)
        for number in range(self._segment.dictionary.first(start), self._segment.terms):
            if self._segment.entry(number, place) >= 0:
                yield field, self._segment.term(number)

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """See ``TermsReader``."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """See ``TermsReader``."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """See ``TermsReader``; as Whoosh has it, papers that are gone still count."""
        if (fieldname, text) not in self:
            raise KeyError((fieldname, text))
        if fieldname == IDENTIFIER:
            paper = self._paper(text)
            return TermInfo(1.0, 1, 1, 1, 1.0, paper, paper)
        entry = self._entry(fieldname, text)
        first, last, _ = self._segment.extent(entry)
        docs, counts = self._segment.docs(first, last), self._segment.counts.read(first, last)
        lengths = self._lengths(fieldname)[docs] if fieldname != CITES_FIELD else np.ones(1, np.int64)
        return TermInfo(
            float(counts.sum()),
            len(docs),
            int(lengths.min()),
            int(lengths.max()),
            float(counts.max()),
            int(docs[0]),
            int(docs[-1]),
        )

    def _lengths(self, field: str) -> Any:
        return self._segment.columns.read(f"length.{PLACES[_FIELDS.index(field)].value}")

    def frequency(self, fieldname: str, text: bytes) -> float:
        """See ``TermsReader``."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """See ``TermsReader``."""
        return int(self.term_info(fieldname, text).doc_frequency())

    def matcher(self, fieldname: str, text: bytes, format_: object, scorer: object = None) -> ListMatcher:
        """See ``TermsReader``."""
        info = self.term_info(fieldname, text)
        known = {"format": format_, "scorer": scorer, "term": (fieldname, text), "terminfo": info}
        if fieldname == IDENTIFIER:
            return ListMatcher([self._paper(text)], [1.0], [b""], **known)
        first, last, begin = self._segment.extent(self._entry(fieldname, text))
        counts = self._segment.counts.read(first, last)
        positions = self._segment.positions.read(begin, begin + int(counts.sum())).astype(np.uint32)
        values = [piece.tobytes() for piece in np.split(positions, np.cumsum(counts)[:-1])]
        docs = self._segment.docs(first, last).tolist()
        return ListMatcher(docs, counts.astype(float).tolist(), values, **known)

    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        """See ``TermsReader``."""
        return _Cursor([fieldobj.from_bytes(text) for _, text in self._of_field(fieldname, b"")])


class _Cursor(base.FieldCursor):  # type: ignore[misc] # whoosh is untyped
    """Goes through the terms of a field, for Whoosh's fuzzy queries."""

    def __init__(self, texts: list[str]) -> None:
        self._texts, self._at = texts, 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str) -> str | None:
        self._at = next((at for at, text in enumerate(self._texts) if text >= term), len(self._texts))
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return self._texts[self._at] if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._texts)


class ColumnPapers(base.PerDocumentReader):  # type: ignore[misc] # whoosh is untyped
    """The papers of a segment."""

    def __init__(self, segment: ColumnSegment) -> None:
        self._segment = segment
        self._columns = segment.live.segment.columns

    def doc_count(self) -> int:
        """See ``PerDocumentReader``."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """See ``PerDocumentReader``."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """See ``PerDocumentReader``."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """See ``PerDocumentReader``."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        """See ``PerDocumentReader``."""
        return self._segment.deleted_docs()

    def _lengths(self, field: str) -> Any:
        known = field in _FIELDS[: len(PLACES)]
        return self._columns.read(f"length.{PLACES[_FIELDS.index(field)].value}") if known else np.zeros(1, np.int64)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """See ``PerDocumentReader``: the words in the place, of which each has several terms."""
        return int(self._lengths(fieldname)[docnum]) if fieldname in _FIELDS[: len(PLACES)] else default

    def field_length(self, fieldname: str) -> int:
        """See ``PerDocumentReader``."""
        return int(self._lengths(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        """See ``PerDocumentReader``."""
        return int(self._lengths(fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        """See ``PerDocumentReader``."""
        return int(self._lengths(fieldname).max())

    def stored_fields(self, docnum: int) -> dict[str, bytes]:
        """See ``PerDocumentReader``."""
        return {DOCUMENT: self._segment.live.segment.document(docnum)}
