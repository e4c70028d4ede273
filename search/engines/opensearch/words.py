"""Completions of what is being typed: dossiers by number or title, persons, and terms of the collection.

The words of the collection, asked for in batches: a request a word would take longer than the search itself.

The index of words tells which there may be; how many papers have one is counted over the papers, so that what is gone from them
is gone from here. ``settled`` lets something that asks word by word, such as a planner, ask for all it may need at once: it runs
with what is known, everything unknown is looked up together, and it runs again until nothing was missing. How often depends on
how far the questions build on one another (some three times), not on how many there are; what was looked up stays known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from search.engines.occurrences import EXACT, STEM
from search.engines.opensearch.queries import NO_PAPER
from search.engines.opensearch.schema import BACKWARDS, TERMS, WORD, Json
from search.engines.opensearch.view import View
from search.ports import Suggestion
from search.values import folded
from search.vocabulary import Vocabulary, one_edit

_T = TypeVar("_T")
_Listing = tuple[str, str]
"""What is listed (see ``_LISTINGS``), of which word."""

_PAGE = 10_000
_MANY = 500_000
"""Words and listed words that are remembered: enough for days of questions, and a bound to what they take."""
_LONGEST = 900
"""Bytes of the beginning of a word: OpenSearch takes some 1,000, and no word has as many."""
_LISTINGS = ("beginning", "ending", "near")


@dataclass
class _Asked:
    """What was asked for and is not known yet: marked terms, and listings."""

    terms: dict[str, None] = field(default_factory=dict)
    listings: dict[_Listing, None] = field(default_factory=dict)


@dataclass
class Words:
    """The ``Vocabulary`` of one view."""

    view: View
    _counts: dict[str, int] = field(default_factory=dict)
    _listed: dict[_Listing, list[str]] = field(default_factory=dict)
    _kept: int = 0

    @property
    def many(self) -> bool:
        """So much is remembered that it is time to begin anew."""
        return self._kept > _MANY

    def count(self, word: str) -> int:
        """See ``Vocabulary``."""
        return self._count(EXACT + word)

    def stem_count(self, stem: str) -> int:
        """See ``Vocabulary``."""
        return self._count(STEM + stem)

    def counts(self, words: Sequence[str]) -> list[int]:
        """See ``Vocabulary``."""
        return self._each([EXACT + word for word in words])

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        """See ``Vocabulary``."""
        return self._each([STEM + stem for stem in stems])

    def beginning(self, prefix: str) -> list[str]:
        """See ``Vocabulary``."""
        return self._list("beginning", prefix)

    def ending(self, suffix: str) -> list[str]:
        """See ``Vocabulary``."""
        return self._list("ending", suffix)

    def near(self, word: str) -> list[str]:
        """See ``Vocabulary``."""
        return self._list("near", word)

    def settled(self, ask: Callable[[Vocabulary], _T], terms: Iterable[str] = ()) -> _T:
        """What ``ask`` gives when it knows all that it asks for; it will ask for these (marked) terms, whatever else."""
        asked = _Asked(dict.fromkeys(terms))
        while True:
            self._look_up(asked)
            asked = _Asked()
            result = ask(_Guessing(self, asked))
            if not (asked.terms or asked.listings):
                return result

    def known_count(self, name: str) -> int | None:
        """How many papers have a marked term, when that was asked before."""
        return self._counts.get(name)

    def known_listing(self, listing: _Listing) -> list[str] | None:
        """A listing, when it was asked for before."""
        return self._listed.get(listing)

    def _count(self, name: str) -> int:
        return self._each([name])[0]

    def _each(self, names: Sequence[str]) -> list[int]:
        self._look_up(_Asked(dict.fromkeys(names)))
        return [self._counts[name] for name in names]

    def _list(self, kind: str, word: str) -> list[str]:
        self._look_up(_Asked(listings={(kind, word): None}))
        return self._listed[kind, word]

    def _look_up(self, asked: _Asked) -> None:
        """Two requests, whatever is asked: one to the words, one to the papers."""
        listings = [listing for listing in asked.listings if listing not in self._listed]
        terms = [name for name in asked.terms if name not in self._counts]
        proposed = self._proposed(listings, [name[1:] for name in terms if name[0] == EXACT])
        there = {EXACT + word for words in proposed for word in words}
        self._counts.update((name, 0) for name in terms if name[0] == EXACT and name not in there)
        unknown = [name for name in dict.fromkeys((*terms, *sorted(there))) if name not in self._counts]
        self._counts.update(zip(unknown, self.view.count_terms(TERMS, unknown), strict=True))
        for listing, words in zip(listings, proposed, strict=False):
            self._listed[listing] = _ordered(listing, [word for word in words if self._counts[EXACT + word]])
        self._kept += len(terms) + len(unknown) + sum(map(len, proposed))

    def _proposed(self, listings: list[_Listing], words: list[str]) -> list[list[str]]:
        """The words that there may be of each listing and, last, of the words."""
        queries = [_listing(*listing) for listing in listings]
        queries += [{"terms": {WORD: words[i : i + _PAGE]}} for i in range(0, len(words), _PAGE)]
        bodies: list[Json] = [{"query": query, "size": _PAGE, "sort": [{WORD: "asc"}]} for query in queries]
        found: list[list[str]] = []
        for body, answer in zip(bodies, self.view.in_words(bodies), strict=True):
            hits = answer["hits"]["hits"]
            some = [hit["sort"][0] for hit in hits]
            while len(hits) == _PAGE:
                [more] = self.view.in_words([body | {"search_after": hits[-1]["sort"]}])
                hits = more["hits"]["hits"]
                some += [hit["sort"][0] for hit in hits]
            found.append(some)
        return found


@dataclass(frozen=True, slots=True)
class _Guessing:
    """A ``Vocabulary`` of what is known; of all else it notes that it was asked for, and says that it is not there."""

    words: Words
    asked: _Asked

    def count(self, word: str) -> int:
        return self._count(EXACT + word)

    def stem_count(self, stem: str) -> int:
        return self._count(STEM + stem)

    def counts(self, words: Sequence[str]) -> list[int]:
        return [self.count(word) for word in words]

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        return [self.stem_count(stem) for stem in stems]

    def beginning(self, prefix: str) -> list[str]:
        return self._list("beginning", prefix)

    def ending(self, suffix: str) -> list[str]:
        return self._list("ending", suffix)

    def near(self, word: str) -> list[str]:
        return self._list("near", word)

    def _count(self, name: str) -> int:
        known = self.words.known_count(name)
        if known is None:
            self.asked.terms[name] = None
        return known or 0

    def _list(self, kind: str, word: str) -> list[str]:
        known = self.words.known_listing((kind, word))
        if known is None:
            self.asked.listings[kind, word] = None
        return known or []


def _listing(kind: str, word: str) -> Json:
    if len(word.encode("utf-8", "replace")) > _LONGEST:
        return NO_PAPER
    if kind == "beginning":
        return {"prefix": {WORD: word}}
    if kind == "ending":
        return {"prefix": {BACKWARDS: word[::-1]}}
    return {"terms": {WORD: sorted(set(one_edit(word)) - {word})}}


def _ordered(listing: _Listing, words: list[str]) -> list[str]:
    kind, word = listing
    if kind == "ending":
        return sorted((one for one in words if len(one) > len(word)), key=lambda one: one[::-1])
    return sorted(words)


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
