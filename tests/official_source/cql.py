"""CQL as clients of the official interface write it: comparisons, and/or/not from left to right, brackets, sortBy.

Not a general reader: relations other than those below are refused, as the official one refuses what it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.official_source.published import Published

Test = Callable[[Published], bool]

INDEXES: dict[str, Callable[[Published], tuple[str, ...]]] = {
    "c.product-area": lambda p: ("officielepublicaties",),
    "dt.identifier": lambda p: (p.identifier,),
    "dt.type": lambda p: (p.type,),
    "dt.title": lambda p: (p.title,),
    "dt.creator": lambda p: (p.creator,),
    "dt.date": lambda p: (p.date,) if p.date else (),
    "dt.available": lambda p: (p.available,) if p.available else (),
    "dt.modified": lambda p: (p.modified,),
    "w.dossiernummer": lambda p: p.dossiers,
    "w.dossierondernummer": lambda p: (p.number,),
    "w.publicatienaam": lambda p: (p.publication,),
    "w.vergaderjaar": lambda p: (p.session_year,),
    "w.subrubriek": lambda p: (p.kind,),
    "w.organisatietype": lambda p: ("staten generaal",),
    "w.documentstatus": lambda p: (p.status,),
    "w.hoofddocument": lambda p: (p.main_document,),
    "cql.textAndIndexes": lambda p: (p.title, p.files.get("html", b"").decode("utf-8", "replace")),
}  # fmt: skip

_TOKEN = re.compile(r'\s*(?:(?P<mark>[()])|(?P<relation>==|>=|<=|<>|=|<|>)|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>[^\s()=<>"]+))')


class Diagnostic(Exception):
    """The query is refused; ``number`` is that of the standard's list."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number
        self.message = message


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood."""

    test: Test
    order: tuple[tuple[str, bool], ...]
    """Indexes to sort by, and whether descending."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def read_query(text: str) -> Query:
    """Read a query.

    Raises:
        Diagnostic: it cannot be read, or names an index or relation that is not known.
    """
    tokens, position = [], 0
    while position < len(text.rstrip()):
        found = _TOKEN.match(text, position)
        if not found:
            raise Diagnostic(10, f"line 1:{position} token recognition error at: '{text[position : position + 10]}'")
        kind = found.lastgroup or ""
        value = found[kind]
        tokens.append(_Token(kind, re.sub(r"\\(.)", r"\1", value) if kind == "quoted" else value, position))
        position = found.end()
    return _Reader(tokens, len(text)).query()


class _Reader:
    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = tokens
        self._end = end
        self._at = 0

    def query(self) -> Query:
        test = self._clauses()
        order = self._order()
        if self._at < len(self._tokens):
            raise self._unexpected("{<EOF>, AND, OR, NOT, PROX, SORTBY}")
        return Query(test, order)

    def _peek(self, *words: str) -> bool:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        return token is not None and token.kind in ("word", "mark") and token.text.lower() in words

    def _next(self, expecting: str, *kinds: str) -> _Token:
        if self._at >= len(self._tokens) or self._tokens[self._at].kind not in kinds:
            raise self._unexpected(expecting)
        self._at += 1
        return self._tokens[self._at - 1]

    def _unexpected(self, expecting: str) -> Diagnostic:
        if self._at >= len(self._tokens):
            return Diagnostic(10, f"line 1:{self._end} mismatched input '<EOF>' expecting {expecting}")
        token = self._tokens[self._at]
        return Diagnostic(10, f"line 1:{token.at} mismatched input '{token.text}' expecting {expecting}")

    def _clauses(self) -> Test:
        """All booleans bind alike, from left to right, as the standard says."""
        left = self._clause()
        while self._peek("and", "or", "not"):
            word = self._next("AND", "word").text.lower()
            left = _joined(word, left, self._clause())
        return left

    def _clause(self) -> Test:
        if self._peek("("):
            self._at += 1
            inner = self._clauses()
            if not self._peek(")"):
                raise self._unexpected("')'")
            self._at += 1
            return inner
        index = self._next("an index", "word").text
        if index not in INDEXES:
            raise Diagnostic(16, f"Unsupported index: {index}")
        relation = self._next("a relation", "relation").text
        value = self._next("a term", "word", "quoted").text
        return _comparison(index, relation, value)

    def _order(self) -> tuple[tuple[str, bool], ...]:
        if not self._peek("sortby"):
            return ()
        self._at += 1
        order = []
        while self._at < len(self._tokens):
            index, _, modifier = self._next("an index", "word").text.partition("/")
            if index not in INDEXES:
                raise Diagnostic(86, f"Unsupported sort index: {index}")
            if modifier not in ("", "sort.ascending", "sort.descending"):
                raise Diagnostic(89, f"Unsupported sort modifier: {modifier}")
            order.append((index, modifier == "sort.descending"))
        if not order:
            raise self._unexpected("an index")
        return tuple(order)


def _joined(word: str, left: Test, right: Test) -> Test:
    match word:
        case "and":
            return lambda paper: left(paper) and right(paper)
        case "or":
            return lambda paper: left(paper) or right(paper)
        case _:
            return lambda paper: left(paper) and not right(paper)


def _comparison(index: str, relation: str, value: str) -> Test:
    values = INDEXES[index]
    match relation:
        case "==":
            return lambda paper: value in values(paper)
        case "=":
            words = value.lower().split()
            return lambda paper: any(all(word in one.lower() for word in words) for one in values(paper))
        case ">=":
            return lambda paper: any(one >= value for one in values(paper))
        case "<=":
            return lambda paper: any(one <= value for one in values(paper))
        case ">":
            return lambda paper: any(one > value for one in values(paper))
        case "<":
            return lambda paper: any(one < value for one in values(paper))
    raise Diagnostic(19, f"Unsupported relation: {relation}")
