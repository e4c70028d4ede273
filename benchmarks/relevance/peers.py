"""Other engines over the same papers, as one would set them up for Dutch: stemmed words, any of them, ranked by BM25."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache

import tantivy
from nltk.stem.snowball import DutchStemmer

from benchmarks.relevance.needs import text_of
from search.document import SearchDocument

_WORD = re.compile(r"\w+")
_HEAP = 50_000_000


class Fts5:
    """SQLite FTS5 over words stemmed by Snowball, whose Dutch stems SQLite lacks."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self._stem = lru_cache(maxsize=None)(DutchStemmer().stem)
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE papers USING fts5(identifier UNINDEXED, words)")
        rows = ((document.identifier, " ".join(self._words(text_of(document)))) for document in documents)
        self._database.executemany("INSERT INTO papers VALUES (?, ?)", rows)

    def first(self, query: str, count: int) -> Sequence[str]:
        return self._found(" OR ".join(self._quoted(query)), count)

    def with_all_words(self, query: str) -> frozenset[str]:
        return frozenset(self._found(" AND ".join(self._quoted(query)), -1))

    def _found(self, match: str, count: int) -> list[str]:
        if not match:
            return []
        asked = "SELECT identifier FROM papers WHERE words MATCH ? ORDER BY bm25(papers), rowid LIMIT ?"
        return [identifier for (identifier,) in self._database.execute(asked, (match, count))]

    def _quoted(self, query: str) -> list[str]:
        return [f'"{word}"' for word in dict.fromkeys(self._words(query))]

    def _words(self, text: str) -> list[str]:
        return [self._stem(word) for word in _WORD.findall(text.casefold())]


class Tantivy:
    """Tantivy with its own Dutch stemmer."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._count = len(documents)
        plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        self._analyzer = plain.filter(tantivy.Filter.stemmer("dutch")).build()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("identifier", stored=True, tokenizer_name="raw")
        builder.add_text_field("words", tokenizer_name="dutch")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        index.register_tokenizer("dutch", self._analyzer)
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for document in documents:
            writer.add_document(tantivy.Document(identifier=document.identifier, words=text_of(document)))
        writer.commit()
        index.reload()
        self._searcher = index.searcher()

    def first(self, query: str, count: int) -> Sequence[str]:
        return self._found(query, tantivy.Occur.Should, count)

    def with_all_words(self, query: str) -> frozenset[str]:
        return frozenset(self._found(query, tantivy.Occur.Must, self._count))

    def _found(self, query: str, occur: tantivy.Occur, count: int) -> list[str]:
        words = dict.fromkeys(self._analyzer.analyze(query))
        clauses = [(occur, tantivy.Query.term_query(self._schema, "words", word)) for word in words]
        if not clauses:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), count).hits
        return [str(self._searcher.doc(address)["identifier"][0]) for _, address in hits]
