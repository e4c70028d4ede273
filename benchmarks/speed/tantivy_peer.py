"""Tantivy: a field for each place, filled with our stems; facets by its aggregations over fast fields.

Its Python package finds and counts in two passes over a query; there is no way to have both of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import tantivy

from benchmarks.speed.questions import Question
from benchmarks.speed.work import FACETS, PLACE_WEIGHTS, SHOWN, TOP, Outcome, show_stored, words_of
from indexer.paper.model import Kamerstuk
from search.document import Place, document_bytes, document_of
from search.fields import facets_of

_HEAP = 512_000_000
_MANY = 65_000
"""More than a facet has values, so that every value is counted."""


class Tantivy:
    fuzzy: ClassVar[bool] = True

    def build(self, papers: Iterable[Kamerstuk], folder: Path) -> None:
        writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=_HEAP, num_threads=2)
        for paper in papers:
            document = document_of(paper)
            row = tantivy.Document()
            row.add_bytes("stored", document_bytes(document))
            row.add_integer("day", document.date.toordinal() if document.date else 0)
            for place in Place:
                row.add_text(_field(place), words_of(document, place))
            for name, values in facets_of(document).items():
                for value in values if name in FACETS else ():
                    row.add_text(name, value)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self.schema, self.searcher = index.schema, index.searcher()

    def ask(self, question: Question, *, every: bool = False) -> Outcome:
        query = self._query(question)
        found: Any = self.searcher.search(query, TOP, count=True)  # its types do not know the count
        facets: Any = self.searcher.aggregate(query, _aggregations(_MANY if every else SHOWN))
        took = show_stored(question, [bytes(self.searcher.doc(address)["stored"][0]) for _, address in found.hits])
        return Outcome(found.count, {name: sum(b["doc_count"] for b in facets[name]["buckets"]) for name in FACETS}, took)

    def _query(self, question: Question) -> tantivy.Query:
        occur, boolean = tantivy.Occur, tantivy.Query.boolean_query
        if question.kind == "phrase":
            query = self._anywhere(lambda field: tantivy.Query.phrase_query(self.schema, field, list(question.words)))
        elif question.kind == "prefix":
            query = self._anywhere(lambda field: tantivy.Query.regex_query(self.schema, field, f"{question.words[0]}.*"))
        elif question.kind == "fuzzy":
            query = self._anywhere(lambda field: tantivy.Query.fuzzy_term_query(self.schema, field, question.words[0]))
        else:
            how = occur.Should if question.kind == "or" else occur.Must
            query = boolean([(how, self._word(word)) for word in question.words])
        narrowed = [(occur.Must, query)]
        if question.dossier:
            narrowed.append((occur.Must, _unscored(tantivy.Query.term_query(self.schema, "dossier", question.dossier))))
        if question.first and question.last:
            days = question.first.toordinal(), question.last.toordinal()
            within = tantivy.Query.range_query(self.schema, "day", tantivy.FieldType.Integer, *days, True, True)
            narrowed.append((occur.Must, _unscored(within)))
        return boolean(narrowed) if len(narrowed) > 1 else query

    def _word(self, word: str) -> tantivy.Query:
        return self._anywhere(lambda field: tantivy.Query.term_query(self.schema, field, word))

    def _anywhere(self, make: Any) -> tantivy.Query:
        weighted = [(tantivy.Occur.Should, tantivy.Query.boost_query(make(_field(p)), PLACE_WEIGHTS[p])) for p in Place]
        return tantivy.Query.boolean_query(weighted)


def _aggregations(shown: int) -> dict[str, Any]:
    return {name: {"terms": {"field": name, "size": shown, "segment_size": _MANY}} for name in FACETS}


def _field(place: Place) -> str:
    return f"in_{place.value}"


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("stored", stored=True, indexed=False)
    builder.add_integer_field("day", indexed=True, fast=True)
    for place in Place:
        builder.add_text_field(_field(place), tokenizer_name="whitespace", index_option="position")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()
