"""Completions of what is being typed: dossiers by number or title, persons, and terms of the collection."""

from __future__ import annotations

from search.engines.opensearch.view import View
from search.engines.opensearch.words import Words
from search.ports import Suggestion
from search.values import folded

_MIN_PREFIX = 2


def suggest(view: View, words: Words, prefix: str, limit: int) -> list[Suggestion]:
    """See ``ports.Searcher.suggest``."""
    start = folded(prefix)
    if len(start) < _MIN_PREFIX or limit <= 0:
        return []
    found = _dossiers(view, start) + _persons(view, start)
    found.sort(key=lambda suggestion: (-suggestion.count, suggestion.text))
    terms = [Suggestion("term", word, word, words.count(word)) for word in words.beginning(start)]
    terms.sort(key=lambda suggestion: (-suggestion.count, suggestion.text))
    return (found[: max(limit // 2, 1)] + terms)[:limit]


def _dossiers(view: View, start: str) -> list[Suggestion]:
    labels = view.labels(view.dossiers)
    digits = start.replace(" ", "")
    return [
        Suggestion("dossier", f"dossier:{value}", value if labels[value] == value else f"{value} {labels[value]}", count)
        for value, count in view.dossiers.items()
        if folded(value).startswith(digits) or folded(labels[value]).startswith(start)
    ]


def _persons(view: View, start: str) -> list[Suggestion]:
    return [
        Suggestion("person", f'minister:"{value}"', value, count)
        for value, count in view.ministers.items()
        if any(part.startswith(start) for part in _starts(folded(value)))
    ]


def _starts(name: str) -> list[str]:
    """A name from each of its words on: "van Rij" is found by "van" and by "rij"."""
    words = name.split()
    return [" ".join(words[i:]) for i in range(len(words))]
