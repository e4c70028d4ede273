"""Reads one commit of the index as arrays: the ``PaperArrays`` and ``Vocabulary`` of the engine on one machine.

With one segment the arrays are views of its file. With several segments they are concatenated when they are first asked for.
Postings are not kept here: they are read from the files for every question (``runs``). Words are counted without the papers that
were deleted.

Everything is read only, so threads may share them. Nothing here scores papers; ``lookup`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import merge
from itertools import groupby, pairwise, takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.document import Place, SearchDocument, Version, families, measured_with, read_document, term
from search.engines.whoosh.searching.postings import Docs, Floats, Spots, ValueColumn
from search.engines.whoosh.searching.runs import Entries, SegmentsOccurrences, chained, origins
from search.engines.whoosh.storage.dictionary import MANY, term_bytes, term_text
from search.engines.whoosh.storage.narrow import Mask
from search.engines.whoosh.storage.segment import CITED, CITES, PLACES, LiveSegment, texts
from search.letters import one_edit
from search.ports import ValueCounts

_LAST = b"\xf8"
"""A byte that is greater than any byte of a text in UTF-8."""


class SegmentWords:
    """The ``Vocabulary`` of segments. It reads the files and keeps no words in memory; the values are told by who has them."""

    def __init__(
        self, segments: Sequence[LiveSegment], values: Callable[[str], tuple[str, ...]], counted: Callable[[str], ValueCounts]
    ) -> None:
        self.segments = tuple(segments)
        self.value_counts = counted
        self.values = values
        """See ``Vocabulary.values``."""

    def count(self, word: str) -> int:
        return self._papers(term(word, stem=False))

    def stem_count(self, stem: str) -> int:
        return self._papers(term(stem, stem=True))

    def _papers(self, name: str) -> int:
        key, papers = term_bytes(name), 0
        for one in self.segments:
            number = one.segment.find(key)
            if number >= 0:
                papers += one.papers_with(number)
        return papers

    def counts(self, words: Sequence[str]) -> list[int]:
        return self._papers_of([term(word, stem=False) for word in words])

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        return self._papers_of([term(stem, stem=True) for stem in stems])

    def _papers_of(self, names: Sequence[str]) -> list[int]:
        if len(names) < MANY:
            return [self._papers(name) for name in names]
        keys = [term_bytes(name) for name in names]
        papers = np.zeros(len(keys), np.int64)
        for one in self.segments:
            numbers = one.segment.dictionary.find_all(keys)
            found = np.flatnonzero(numbers >= 0)
            papers[found] += one.papers_with_each(numbers[found])
        counts: list[int] = papers.tolist()
        return counts

    def beginning(self, prefix: str) -> list[str]:
        return self._beginning(term(prefix, stem=False))

    def stems_beginning(self, prefix: str) -> list[str]:
        """Every stem that begins with ``prefix``."""
        return self._beginning(term(prefix, stem=True))

    def _beginning(self, name: str) -> list[str]:
        found: set[bytes] = set()
        start = term_bytes(name)
        for one in self.segments:
            first = one.segment.dictionary.first(start)
            last = one.segment.dictionary.first(start + _LAST, first)
            terms = one.segment.dictionary.between(first, last)
            found.update(name for name, papers in zip(terms, one.papers_with_terms(first, last).tolist(), strict=True) if papers)
        return [term_text(name)[1:] for name in sorted(found)]

    def ending(self, suffix: str) -> list[str]:
        found: set[str] = set()
        for one in self.segments:
            found.update(term_text(one.segment.term(i))[1:] for i in one.segment.dictionary.ending(suffix) if one.papers_with(i))
        return sorted((word for word in found if len(word) > len(suffix)), key=lambda word: word[::-1])

    def near(self, word: str) -> list[str]:
        return sorted(self._present(list(set(one_edit(word)) - {word})))

    def near_twice(self, word: str) -> list[str]:
        return self._present(sorted({form for one in self.segments for form in one.segment.dictionary.near_twice(word)}))

    def with_stem(self, stem: str) -> list[str]:
        return self._present(sorted({form for one in self.segments for form in one.segment.dictionary.with_stem(stem)}))

    def _present(self, words: list[str]) -> list[str]:
        """Those that are in a paper that is not deleted."""
        return [word for word, papers in zip(words, self.counts(words), strict=True) if papers]

    def stems_near(self, stem: str) -> list[str]:
        """Every stem within one edit, without the stem itself."""
        candidates = sorted(set(one_edit(stem)) - {stem})
        return [candidate for candidate, papers in zip(candidates, self.stem_counts(candidates), strict=True) if papers]


class SegmentArrays:
    """One commit as arrays over all papers of its segments."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        self.segments = tuple(segments)
        self._bases = np.cumsum([0, *(one.segment.papers for one in segments)]).tolist()
        self.size: int = self._bases[-1]
        self.papers = sum(one.papers for one in segments)
        self.vocabulary = SegmentWords(segments, self._values_of, self._counted)
        self._columns: dict[str, ValueColumn] = {}
        self._values: dict[str, tuple[str, ...]] = {}
        self._counts: dict[str, ValueCounts] = {}
        self._lengths: dict[Place, NDArray[Any]] = {}
        self._gains: dict[tuple[float, ...], Floats] = {}

    def _joined(self, column: str) -> NDArray[Any]:
        parts = [one.segment.columns.read(column) for one in self.segments]
        return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else np.empty(0, np.int64)

    @cached_property
    def live(self) -> Mask:
        return np.concatenate([np.empty(0, np.bool_), *(one.live for one in self.segments)])

    @cached_property
    def dates(self) -> NDArray[np.int64]:
        return self._joined("dates")

    @cached_property
    def identifiers(self) -> NDArray[np.bytes_]:
        return self._joined("identifiers")

    def named(self, *identifiers: str) -> Docs:
        return self._find(np.array([one.encode("utf-8", "surrogatepass") for one in identifiers]))

    def _find(self, identifiers: NDArray[np.bytes_]) -> Docs:
        """The papers that have these identifiers and are not deleted, ascending."""
        found = [base + one.segment.find_papers(identifiers) for one, base in self._each() if len(identifiers)]
        docs = np.concatenate([each[each >= base] for each, base in zip(found, self._bases, strict=False)] or [_NONE])
        return np.unique(docs[self.live[docs]])

    def _each(self) -> list[tuple[LiveSegment, int]]:
        return list(zip(self.segments, self._bases, strict=False))

    def lengths(self, place: Place) -> NDArray[Any]:
        known = self._lengths.get(place)
        if known is None:
            known = self._lengths[place] = self._joined(f"length.{place.value}")
        return known

    # Spots are numbered by segment, then by place, then by paper, so that the spots of a term are ascending.

    @cached_property
    def paper_of(self) -> NDArray[np.int64]:
        papers = [np.arange(base, base + one.segment.papers) for one, base in self._each()]
        return np.concatenate([_NONE, *(np.tile(docs, len(PLACES)) for docs in papers)])

    def spots(self, docs: Docs, places: Sequence[Place]) -> Spots:
        numbers = np.sort([PLACES.index(place) for place in places]).astype(np.int64)
        cuts = np.searchsorted(docs, self._bases).tolist()
        spots = [
            np.repeat(origins(one, base)[numbers], last - first) + np.tile(docs[first:last] - base, len(numbers))
            for (one, base), (first, last) in zip(self._each(), pairwise(cuts), strict=True)
        ]
        return spots[0] if len(spots) == 1 else np.concatenate([_NONE, *spots])

    def gains(self, b: float, importance: Mapping[Place, float]) -> Floats:
        key = (b, *(importance[place] for place in PLACES))
        known = self._gains.get(key)
        if known is None:
            known = self._gains[key] = self._gains_of(b, importance)
        return known

    def _gains_of(self, b: float, importance: Mapping[Place, float]) -> Floats:
        gains = np.empty(self.size * len(PLACES))
        for number, place in enumerate(PLACES):
            lengths = np.zeros(self.size, np.int64)
            for other in measured_with(place):
                lengths += self.lengths(other).astype(np.int64)
            mean = int(lengths.sum(where=self.live, dtype=np.int64)) / max(self.papers, 1) or 1.0
            of_place = importance[place] / (1 - b + (b / mean) * lengths.astype(np.float64))
            for one, base in self._each():
                first = base * len(PLACES) + number * one.segment.papers
                gains[first : first + one.segment.papers] = of_place[base : base + one.segment.papers]
        return gains

    # Values

    def column(self, name: str) -> ValueColumn:
        known = self._columns.get(name)
        if known is None:
            known = self._columns[name] = self._column(name)
        return known

    def _values_of(self, name: str) -> tuple[str, ...]:
        """The values of a field that papers have, without those that only papers had which are gone."""
        if name not in self._values:
            column = self.column(name)
            present = np.flatnonzero(column.totals).tolist()
            every = len(present) == len(column.values)
            self._values[name] = column.values if every else tuple(column.values[code] for code in present)
        return self._values[name]

    def _counted(self, name: str) -> ValueCounts:
        """The same values with the number of papers that have each."""
        if name not in self._counts:
            column = self.column(name)
            every = zip(column.values, column.totals.tolist(), strict=True)
            self._counts[name] = ValueCounts({value: papers for value, papers in every if papers})
        return self._counts[name]

    def _column(self, name: str) -> ValueColumn:
        numbers: dict[str, int] = {}
        codes: list[NDArray[Any]] = []
        starts, before = [np.zeros(1, np.uint32)], 0
        for one in self.segments:
            values = [numbers.setdefault(value, len(numbers)) for value in one.segment.values(name)]
            own = one.segment.columns.read(f"of.{name}")
            codes.append(np.array(values, np.uint32).take(own) if codes else own)
            starts.append(one.segment.columns.read(f"of.{name}.at")[1:] + before)
            before += len(own)
        every = tuple(numbers)
        labels = self._dossier_titles() if name == "dossier" else {}
        order = np.empty(len(every), np.int64)
        order[sorted(range(len(every)), key=every.__getitem__)] = np.arange(len(every))
        at, joined = np.concatenate(starts), codes[0] if len(codes) == 1 else np.concatenate([np.empty(0, np.uint32), *codes])
        live = joined if self.papers == self.size else joined[np.repeat(self.live, np.diff(at))]
        totals = np.bincount(live, minlength=len(every))
        return ValueColumn(every, tuple(labels.get(value, value) for value in every), order, at, joined, totals)

    def _dossier_titles(self) -> dict[str, str]:
        """The title of each dossier: the one that the newest paper that gives it a title gives."""
        newest: dict[str, tuple[int, bytes, str]] = {}
        for one in self.segments:
            columns = one.segment.columns
            titled, dossiers, titles = (columns.read(name) for name in ("titled", "of.dossier", "of.title"))
            papers = np.searchsorted(columns.read("of.dossier.at"), titled, "right") - 1
            titled, papers = titled[one.live[papers]], papers[one.live[papers]]
            first = np.flatnonzero(np.diff(dossiers.take(titled).astype(np.int64), prepend=-1))
            values, called = one.segment.values("dossier"), texts(columns, "value.title")
            dates, identifiers = columns.read("dates")[papers[first]], columns.read("identifiers")[papers[first]]
            for at, date, identifier in zip(titled[first].tolist(), dates.tolist(), identifiers.tolist(), strict=True):
                value, title = values[dossiers[at]], (-date, identifier, called[titles[at]])
                newest[value] = min(newest.get(value, title), title)
        return {value: title for value, (_, _, title) in newest.items()}

    @cached_property
    def families(self) -> Mapping[int, tuple[int, ...]]:
        column = self.column("replaces")
        replacing = np.flatnonzero((np.diff(column.starts.astype(np.int64)) > 0) & self.live)
        replaced = self._find(np.array([value.encode("utf-8", "surrogatepass") for value in column.values], np.bytes_))
        docs = np.union1d(replacing, replaced)
        names = [identifier.decode("utf-8", "surrogatepass") for identifier in self.identifiers[docs].tolist()]
        of = [
            tuple(column.values[code] for code in column.codes[column.starts[doc] : column.starts[doc + 1]].tolist())
            for doc in docs.tolist()
        ]
        number = dict(zip(names, docs.tolist(), strict=True))
        versions = map(Version, names, self.dates[docs].tolist(), of)
        return {number[one]: tuple(number[other] for other in family) for one, family in families(versions).items()}

    def document(self, doc: int) -> SearchDocument:
        number = int(np.searchsorted(self._bases, doc, "right")) - 1
        return read_document(self.segments[number].segment.document(doc - self._bases[number]))

    # Terms

    def occurrences(self, terms: Sequence[tuple[str, bool]], places: Sequence[Place]) -> SegmentsOccurrences:
        wanted = np.zeros(len(PLACES) + 1, np.bool_)
        wanted[[PLACES.index(place) for place in places]] = True
        names = [term_bytes(term(text, stem=stem)) for text, stem in terms]
        return SegmentsOccurrences(tuple((Entries.find(one, names, wanted), base) for one, base in self._each()))

    def citing(self, identifier: str) -> Docs:
        names, wanted = [term_bytes(CITED + identifier)], np.arange(len(PLACES) + 1) == CITES
        return chained([Entries.find(one, names, wanted).read(np.full(len(wanted), base)) for one, base in self._each()]).spots

    def has_word(self, place: Place, text: str, *, stem: bool) -> bool:
        """Whether a stem, or an exact form, occurs in a place."""
        return self._has(term(text, stem=stem), PLACES.index(place))

    def is_cited(self, identifier: str) -> bool:
        """Whether any paper cites this one."""
        return self._has(CITED + identifier, CITES)

    def _has(self, name: str, place: int) -> bool:
        found = ((one.segment, one.segment.find(term_bytes(name))) for one in self.segments)
        return any(number >= 0 and segment.entry(number, place) >= 0 for segment, number in found)

    def words_in(self, place: Place, start: bytes, *, stem: bool) -> Iterator[bytes]:
        """The stems, or the exact forms, that occur in a place, in order and from ``start`` on."""
        return self._terms_from(term("", stem=stem).encode(), start, PLACES.index(place))

    def cited(self, start: bytes) -> Iterator[bytes]:
        """The identifiers of cited papers, in order and from ``start`` on."""
        return self._terms_from(CITED.encode(), start, CITES)

    def _terms_from(self, mark: bytes, start: bytes, place: int) -> Iterator[bytes]:
        """The texts of the terms with a mark that occur in a place, in order and from ``start`` on. Deleted papers still count
        here.
        """
        found = merge(*(one.segment.terms_in(mark + start, place) for one in self.segments))
        texts = (name.removeprefix(mark) for name in takewhile(lambda name: name.startswith(mark), found))
        return (text for text, _ in groupby(texts))


_NONE: Docs = np.empty(0, np.int64)
