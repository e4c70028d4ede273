"""Writes papers into a Whoosh index: the writing side of the port."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from whoosh import index
from whoosh.util.text import utf8encode

from indexer.identifier import Identifier
from indexer.model import Kamerstuk
from search.document import document_of, read_document
from search.engines.occurrences import occurrences, terms_of
from search.engines.whoosh.schema import DOCUMENT, IDENTIFIER, fields_of
from search.engines.whoosh.store import Store
from search.engines.whoosh.words import changed, clear_words, count_words, read_words, write_words

_MEMORY_MB = 256
"""What the inverter holds before it spills to disk."""


class WhooshWriter:
    """Changes one generation; nothing is found before ``commit``, and without it nothing has changed."""

    def __init__(self, store: Store, generation: Path, change: int) -> None:
        self._store = store
        self._generation = generation
        self._change = change
        self._index = index.open_dir(generation)
        self._writer = self._index.writer(limitmb=_MEMORY_MB)
        self._present = self._index.reader() if self._index.doc_count_all() else None
        self._added: dict[str, int] = {}
        self._deleted: set[int] = set()
        self._words: Counter[str] | None = Counter()
        """How many papers each term gained or lost; None when that is not known."""

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        """See ``ports.IndexWriter``."""
        for paper in papers:
            document = document_of(paper)
            self._delete(document.identifier)
            self._added[document.identifier] = self._writer.docnum
            found = occurrences(document)
            self._writer.add_document(**fields_of(document, found))
            if self._words is not None:
                self._words.update(terms_of(found))

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        """See ``ports.IndexWriter``."""
        for identifier in identifiers:
            self._delete(str(identifier))

    def _delete(self, identifier: str) -> None:
        if identifier in self._added:
            # Whoosh has no way to delete what is not committed yet but in the segment itself.
            self._writer.newsegment.delete_document(self._added.pop(identifier))
            self._words = None
        if self._present is None:
            return
        term = utf8encode(identifier)[0]
        if (IDENTIFIER, term) in self._present:
            for doc in set(self._present.postings(IDENTIFIER, term).all_ids()) - self._deleted:
                self._deleted.add(doc)
                self._writer.delete_document(doc)
                if self._words is not None:
                    former = read_document(self._present.stored_fields(doc)[DOCUMENT])
                    self._words.subtract(terms_of(occurrences(former)))

    def up_to(self, change: int) -> None:
        """Say up to which change of the catalogue the index goes after the commit."""
        self._change = change

    def commit(self) -> None:
        """See ``ports.IndexWriter``."""
        before, after = self._store.commit(self._generation), self._writer.generation
        if self._words is not None:
            with self._index.reader() as reader:
                write_words(self._generation, after, changed(read_words(self._generation, before, reader), self._words))
        self._close_reader()
        self._writer.commit()
        if self._words is None:
            with self._index.refresh().reader() as reader:
                write_words(self._generation, after, count_words(reader))
        clear_words(self._generation, after)
        # Written after the commit: a kill between the two only makes the next run write the same papers once more.
        self._store.note(self._generation, self._change)
        self._index.close()

    def abort(self) -> None:
        """Leave the index as it was."""
        self._close_reader()
        self._writer.cancel()
        self._index.close()

    def _close_reader(self) -> None:
        if self._present is not None:
            self._present.close()
            self._present = None
