"""The arrays of an index, read within a budget: each step says how much it is about to read, and stops where that is too much."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.budget import Budget, Part
from search.document import Place, SearchDocument
from search.engines.whoosh.searching.postings import Docs, Floats, Occurrences, PaperArrays, Postings, Reading, Spots, ValueColumn
from search.engines.whoosh.storage.narrow import Mask
from search.metered import MeteredWords
from search.ports import Vocabulary


@dataclass(frozen=True, slots=True)
class MeteredOccurrences:
    """Occurrences of which it is counted what is read: postings, and of these the positions that are asked for."""

    inner: Occurrences
    budget: Budget

    @property
    def size(self) -> int:
        return self.inner.size

    @property
    def identity(self) -> Hashable:
        return self.inner.identity

    def postings(self, docs: Docs | None = None) -> Postings:
        self.budget.spend(Part.WORDS, self.inner.size)  # of some papers all are counted, since they may be gone through
        found = self.inner.postings(docs)
        return replace(found, positions=self._read(found, found.positions), leads=self._read(found, found.leads))

    def _read(self, postings: Postings, reading: Reading) -> Reading:
        def read(some: NDArray[np.int64] | None) -> NDArray[Any]:
            self.budget.spend(Part.PHRASES, postings.occurrences if some is None else len(some))
            return reading(some)

        return read

    def frequencies(self, gains: Floats) -> Floats:
        self.budget.spend(Part.WORDS, self.inner.size)
        return self.inner.frequencies(gains)


@dataclass(frozen=True, slots=True)
class MeteredArrays:
    """A commit as arrays, for one answer."""

    inner: PaperArrays
    budget: Budget

    @property
    def size(self) -> int:
        return self.inner.size

    @property
    def live(self) -> Mask:
        return self.inner.live

    @property
    def dates(self) -> NDArray[np.int64]:
        return self.inner.dates

    @property
    def papers(self) -> int:
        return self.inner.papers

    @property
    def identifiers(self) -> NDArray[np.bytes_]:
        return self.inner.identifiers

    def named(self, *identifiers: str) -> Docs:
        self.budget.spend(Part.WORDS, len(identifiers))
        return self.inner.named(*identifiers)

    @property
    def vocabulary(self) -> Vocabulary:
        return MeteredWords(self.inner.vocabulary, self.budget)

    @property
    def families(self) -> Mapping[int, tuple[int, ...]]:
        return self.inner.families

    def occurrences(self, terms: Sequence[tuple[str, bool]], places: Sequence[Place]) -> MeteredOccurrences:
        self.budget.spend(Part.FORMS, len(terms))
        return MeteredOccurrences(self.inner.occurrences(terms, places), self.budget)

    def spots(self, docs: Docs, places: Sequence[Place]) -> Spots:
        self.budget.spend(Part.WORDS)
        return self.inner.spots(docs, places)

    @property
    def paper_of(self) -> NDArray[np.int64]:
        return self.inner.paper_of

    def gains(self, b: float, importance: Mapping[Place, float]) -> Floats:
        return self.inner.gains(b, importance)

    def citing(self, identifier: str) -> Docs:
        self.budget.spend(Part.FORMS, 1)
        found = self.inner.citing(identifier)
        self.budget.spend(Part.WORDS, len(found))
        return found

    def lengths(self, place: Place) -> NDArray[Any]:
        return self.inner.lengths(place)

    def column(self, name: str) -> ValueColumn:
        found = self.inner.column(name)
        self.budget.spend(Part.FORMS, len(found.values))
        return found

    def document(self, doc: int) -> SearchDocument:
        self.budget.spend(Part.TEXTS)
        return self.inner.document(doc)
