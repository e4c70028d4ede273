"""SQLite FTS5: a column for each place, filled with our stems; facets by numpy over its rows, the fastest of the ways tried."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.speed.questions import PREFIX, Question
from benchmarks.speed.work import FACETS, PLACE_WEIGHTS, TOP, Outcome, show_stored, words_of
from indexer.paper.model import Kamerstuk
from search.document import Place, document_bytes, document_of
from search.fields import facets_of

_COLUMNS = ", ".join(f"in_{place.value}" for place in Place)
_WITHIN = " and +rowid in (select value from json_each(?))"
"""Asked of each paper that has the words; without the plus sign SQLite would ask for the words of each paper in the list."""


class Fts5:
    fuzzy: ClassVar[bool] = False

    def build(self, papers: Iterable[Kamerstuk], folder: Path) -> None:
        database = sqlite3.connect(folder / "fts.db")
        database.execute("pragma journal_mode=off")
        database.execute("pragma synchronous=off")
        database.execute("pragma page_size=8192")
        database.execute("create table paper(id integer primary key, identifier text, day integer, stored blob)")
        database.execute("create table value(name text, code integer, text text)")
        database.execute("create table has(name text, paper integer, code integer)")
        database.execute(
            f"create virtual table words using fts5({_COLUMNS}, content='', tokenize='unicode61', prefix='{PREFIX}')"
        )
        codes: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for number, paper in enumerate(papers):
            document = document_of(paper)
            day = document.date.toordinal() if document.date else 0
            database.execute("insert into paper values(?,?,?,?)", (number, document.identifier, day, document_bytes(document)))
            for name, values in facets_of(document).items():
                if name in FACETS:
                    coded = [(name, number, codes[name].setdefault(value, len(codes[name]))) for value in values]
                    database.executemany("insert into has values(?,?,?)", coded)
            texts = {place: words_of(document, place) for place in Place}
            marks = ",".join("?" * len(texts))
            database.execute(f"insert into words(rowid, {_COLUMNS}) values(?,{marks})", (number, *texts.values()))
        for name, known in codes.items():
            database.executemany("insert into value values(?,?,?)", [(name, code, value) for value, code in known.items()])
        database.commit()
        database.execute("insert into words(words) values('optimize')")
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "fts.db")
        self.database.execute("pragma mmap_size=16000000000")
        self.database.execute("pragma cache_size=-200000")
        self.days = np.array(self.database.execute("select day from paper order by id").fetchall()).ravel()
        self.codes = {(name, text): code for name, code, text in self.database.execute("select name, code, text from value")}
        self.has = {}
        for name in FACETS:
            rows = self.database.execute("select paper, code from has where name=? order by paper", (name,)).fetchall()
            self.has[name] = np.array(rows, np.int64).reshape(-1, 2)
        weights = ",".join(str(PLACE_WEIGHTS[place]) for place in Place)
        self.query = f"select rowid, bm25(words, {weights}) from words where words match ?"  # noqa: S608 - numbers of ours

    def ask(self, question: Question, *, every: bool = False) -> Outcome:
        within = self._within(question)
        asked: tuple[str, ...] = (_match(question),)
        narrowed = self.query
        if within is not None:
            asked, narrowed = (*asked, json.dumps(within.tolist())), self.query + _WITHIN
        rows = np.array(self.database.execute(narrowed, asked).fetchall()).reshape(-1, 2)
        papers, scores = rows[:, 0].astype(np.int64), rows[:, 1]
        mask = np.zeros(len(self.days), np.bool_)
        mask[papers] = True
        facets = {name: int(np.bincount(has[mask[has[:, 0]], 1]).sum()) for name, has in self.has.items()}
        top = papers[np.lexsort((papers, scores))[:TOP]].tolist()
        stored = (self.database.execute("select stored from paper where id=?", (paper,)).fetchone()[0] for paper in top)
        return Outcome(len(papers), facets, show_stored(question, stored))

    def _within(self, question: Question) -> NDArray[np.int64] | None:
        """The papers that may be found; None where all may. Ranking fewer is quicker than leaving some out."""
        if question.dossier:
            has = self.has["dossier"]
            chosen: NDArray[np.int64] = has[has[:, 1] == self.codes.get(("dossier", question.dossier), -1), 0]
            return chosen
        if question.first and question.last:
            return np.flatnonzero((self.days >= question.first.toordinal()) & (self.days <= question.last.toordinal()))
        return None


def _match(question: Question) -> str:
    if question.kind == "phrase":
        return f'"{" ".join(question.words)}"'
    if question.kind == "prefix":
        return f'"{question.words[0]}"*'
    return (" OR " if question.kind == "or" else " AND ").join(f'"{word}"' for word in question.words)
