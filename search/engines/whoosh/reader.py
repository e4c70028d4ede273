"""Reads one generation of a Whoosh index as arrays: the ``Collection`` behind the array engine.

What a question needs again and again (facts, the list of words) is read once a generation; postings of terms are kept in a
bounded cache. Everything here is read only and may be used by several threads.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import Matcher
from whoosh.reading import IndexReader

from search.document import FACET_NAMES, INTERNAL_NAMES, Place, SearchDocument, read_document
from search.engines.occurrences import term
from search.engines.postings import NO_POSTINGS, Docs, Floats, Mask, Postings, ValueColumn
from search.engines.whoosh.schema import CITES, DOCUMENT, FACTS, Facts, place_field
from search.engines.whoosh.words import read_words
from search.versions import Version, families
from search.vocabulary import WordList

_CACHED_POSTINGS = 20_000_000
"""Positions kept in the cache of postings, 8 bytes each."""


class WhooshCollection:
    """One generation as arrays; ``close`` when no question uses it any more."""

    def __init__(self, reader: IndexReader, folder: Path, commit: int) -> None:
        self._reader = reader
        self._folder = folder
        self._commit = commit
        self._lock = Lock()
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0
        # The reader of an index without papers has no columns to read.
        self._leaves = [(leaf, offset) for leaf, offset in reader.leaf_readers() if leaf.doc_count_all()]
        self._facts = list(self._read_facts())

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    def _read_facts(self) -> Iterator[Facts]:
        for leaf, _ in self._leaves:
            column = leaf.column_reader(FACTS)
            for doc in range(leaf.doc_count_all()):
                yield Facts.from_bytes(column[doc])

    @property
    def size(self) -> int:
        """See ``Collection``."""
        return len(self._facts)

    @cached_property
    def live(self) -> Mask:
        """See ``Collection``."""
        mask = np.ones(self.size, np.bool_)
        for leaf, offset in self._leaves:
            for doc in leaf.segment().deleted_docs() if leaf.has_deletions() else ():
                mask[offset + doc] = False
        return mask

    @cached_property
    def dates(self) -> NDArray[np.int64]:
        """See ``Collection``."""
        return np.array([facts.date for facts in self._facts], np.int64)

    @cached_property
    def identifiers(self) -> NDArray[np.str_]:
        """See ``Collection``."""
        return np.array([facts.identifier for facts in self._facts], np.str_)

    @cached_property
    def _lengths(self) -> dict[Place, Floats]:
        return {place: np.array([facts.lengths.get(place.value, 0) for facts in self._facts], np.float64) for place in Place}

    def lengths(self, place: Place) -> Floats:
        """See ``Collection``."""
        return self._lengths[place]

    @cached_property
    def _columns(self) -> dict[str, ValueColumn]:
        return {name: self._column(name) for name in (*FACET_NAMES, *INTERNAL_NAMES)}

    def _column(self, name: str) -> ValueColumn:
        codes: dict[str, int] = {}
        docs: list[int] = []
        found: list[int] = []
        for doc in np.flatnonzero(self.live).tolist():
            for value in self._facts[doc].values.get(name, ()):
                docs.append(doc)
                found.append(codes.setdefault(value, len(codes)))
        labels = self._dossier_titles() if name == "dossier" else {}
        return ValueColumn(
            tuple(codes),
            tuple(labels.get(value, value) for value in codes),
            np.array(docs, np.int64),
            np.array(found, np.int64),
        )

    def _dossier_titles(self) -> dict[str, str]:
        """A dossier is called what the newest paper that gives its title calls it."""
        titles: dict[str, str] = {}
        for doc in np.lexsort((self.identifiers, -self.dates)).tolist():
            if self.live[doc]:
                for value, title in self._facts[doc].dossier_titles.items():
                    titles.setdefault(value, title)
        return titles

    def column(self, name: str) -> ValueColumn:
        """See ``Collection``."""
        return self._columns[name]

    @cached_property
    def families(self) -> dict[int, tuple[int, ...]]:
        """See ``Collection``."""
        docs = {self._facts[doc].identifier: doc for doc in np.flatnonzero(self.live).tolist()}
        replaces = {identifier: tuple(self._facts[doc].values.get("replaces", ())) for identifier, doc in docs.items()}
        versions = (Version(identifier, self._facts[doc].date, replaces[identifier]) for identifier, doc in docs.items())
        return {docs[one]: tuple(docs[other] for other in family) for one, family in families(versions).items()}

    def document(self, doc: int) -> SearchDocument:
        """See ``Collection``."""
        with self._lock:  # Whoosh's stored fields share a file position
            return read_document(self._reader.stored_fields(doc)[DOCUMENT])

    # Terms

    def postings(self, place: Place, text: str, *, stem: bool) -> Postings:
        """See ``Collection``."""
        key = (place_field(place), term(text, stem=stem))
        with self._lock:
            cached = self._cache.get(key)
            if cached is not None:
                self._cache.move_to_end(key)
                return cached
            read = self._read_postings(*key)
            self._cache[key] = read
            self._cached += len(read.positions) + 16
            while self._cached > _CACHED_POSTINGS:
                _, dropped = self._cache.popitem(last=False)
                self._cached -= len(dropped.positions) + 16
        return read

    def _read_postings(self, field: str, text: str) -> Postings:
        name = text.encode("utf-8", "surrogatepass")
        docs: list[int] = []
        values: list[bytes] = []
        for leaf, offset in self._leaves:
            if (field, name) in leaf:
                matcher: Matcher = leaf.postings(field, name)
                while matcher.is_active():
                    docs.append(offset + matcher.id())
                    values.append(matcher.value())
                    matcher.next()
        if not docs:
            return NO_POSTINGS
        counts = np.fromiter((len(value) // 4 for value in values), np.int64, len(values))
        positions = np.frombuffer(b"".join(values), np.uint32).astype(np.int64)
        return Postings(np.array(docs, np.int64), np.concatenate(([0], np.cumsum(counts))), positions)

    def citing(self, identifier: str) -> Docs:
        """See ``Collection``."""
        with self._lock:
            return self._read_postings(CITES, identifier).docs

    @cached_property
    def vocabulary(self) -> WordList:
        """See ``Collection``."""
        with self._lock:
            return read_words(self._folder, self._commit, self._reader)
