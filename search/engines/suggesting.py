"""Completions of what is being typed: dossiers by number or title, persons, and terms of the collection."""

from __future__ import annotations

import numpy as np

from search.engines.postings import Collection
from search.ports import Suggestion
from search.values import folded

_MIN_PREFIX = 2


def suggest(collection: Collection, prefix: str, limit: int) -> list[Suggestion]:
    """See ``ports.Searcher.suggest``."""
    start = folded(prefix)
    if len(start) < _MIN_PREFIX or limit <= 0:
        return []
    found = _dossiers(collection, start) + _persons(collection, start)
    found.sort(key=lambda s: (-s.count, s.text))
    return (found[: max(limit // 2, 1)] + _terms(collection, start, limit))[:limit]


def _dossiers(collection: Collection, start: str) -> list[Suggestion]:
    column = collection.column("dossier")
    counts = column.counts(np.flatnonzero(collection.live))
    digits = start.replace(" ", "")
    return [
        Suggestion("dossier", f"dossier:{value}", value if label == value else f"{value} {label}", int(count))
        for value, label, count in zip(column.values, column.labels, counts.tolist(), strict=True)
        if count and (folded(value).startswith(digits) or folded(label).startswith(start))
    ]


def _persons(collection: Collection, start: str) -> list[Suggestion]:
    column = collection.column("minister")
    counts = column.counts(np.flatnonzero(collection.live))
    return [
        Suggestion("person", f'minister:"{value}"', value, int(count))
        for value, count in zip(column.values, counts.tolist(), strict=True)
        if count and any(part.startswith(start) for part in _starts(folded(value)))
    ]


def _starts(name: str) -> list[str]:
    """A name from each of its words on: "van Rij" is found by "van" and by "rij"."""
    words = name.split()
    return [" ".join(words[i:]) for i in range(len(words))]


def _terms(collection: Collection, start: str, limit: int) -> list[Suggestion]:
    words = collection.vocabulary.beginning(start)
    counts = np.array([collection.vocabulary.count(word) for word in words])
    order = np.argsort(-counts, kind="stable")[:limit].tolist() if words else []
    return [Suggestion("term", words[i], words[i], int(counts[i])) for i in order]
