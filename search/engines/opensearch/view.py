"""One generation of the index as it was at one moment: what is asked of it belongs together, whatever is written meanwhile.

Keeps what is the same for every question: how many papers there are, how long their places are, which are versions of one
another, what the dossiers are called, how many papers match what was counted before, and which words there are. What a query
means is not known here.

The words of the collection are asked for in batches, since a request a word would take longer than the search itself. The index
of words tells which there may be; how many papers have one is counted over the papers, so that what is gone from them is gone
from here. ``ClusterWords.settled`` lets something that asks word by word, such as a planner, ask for all it may need at once: it
runs with what is known, everything unknown is looked up together, and it runs again until nothing was missing. How often depends
on how far the questions build on one another (some three times), not on how many there are; what was looked up stays known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from search.document import EXACT, STEM, Place, Version, families
from search.engines.opensearch.client import Json
from search.engines.opensearch.queries import NO_PAPER
from search.engines.opensearch.schema import (
    BACKWARDS,
    DATE,
    IDENTIFIER,
    TERMS,
    TITLED,
    TITLES,
    WORD,
    WORD_STEM,
    length_field,
    value_field,
    words_of,
)
from search.letters import distance, is_word, one_edit
from search.ports import FacetValue, ValueCounts, Vocabulary

EVERY_VALUE = 1_000_000
"""More values than any shard has of a facet: counts are exact, since every shard tells all of them."""

_PAGE = 10_000
"""Hits or buckets asked for at once."""
_KNOWN = 50_000
"""Counts that are kept."""
_FEW = 30
"""Filters that are looked at together only in papers that pass one of them; more would take as long as looking at all papers."""


class Searches(Protocol):
    """Asks the cluster; every answer is whole or an error."""

    def search(self, body: Json, index: str | None = None) -> Json:
        """What was found in an index, or at the point in time that the body names."""
        ...

    def searches(self, bodies: Sequence[Json], index: str | None = None) -> list[Json]:
        """Several at once, at points in time or in an index."""
        ...


@dataclass
class _Kept:
    """What is the same for every question, as far as it was asked for."""

    counts: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[FacetValue]] = field(default_factory=dict)
    measures: tuple[int, Mapping[Place, float]] | None = None
    families: Mapping[str, tuple[str, ...]] | None = None


@dataclass
class View:
    """A generation at a moment: ``point`` is the cluster's name for that moment."""

    cluster: Searches
    index: str
    generation: str
    point: str
    keep_alive: str = "2m"
    _kept: _Kept = field(default_factory=_Kept)

    def asking(self, cluster: Searches) -> View:
        """The same view, asked in another way, such as within a budget."""
        return replace(self, cluster=cluster)

    def search(self, body: Json) -> Json:
        """One search at this moment."""
        return self.cluster.search(self._now(body))

    def searches(self, bodies: Sequence[Json]) -> list[Json]:
        """Several at once."""
        return self.cluster.searches([self._now(body) for body in bodies]) if bodies else []

    def in_words(self, bodies: Sequence[Json]) -> list[Json]:
        """Searches in the index of words, which knows every word there is, and some that are no longer there."""
        return self.cluster.searches(bodies, words_of(self.index)) if bodies else []

    def _now(self, body: Json) -> Json:
        return {"pit": {"id": self.point, "keep_alive": self.keep_alive}, "track_total_hits": True, "_source": False} | body

    # Counts

    def counts(self, filters: Sequence[Json]) -> list[int]:
        """How many papers pass each of the filters; what was counted before is remembered."""
        keys = [json.dumps(one, sort_keys=True) for one in filters]
        known = self._kept.counts  # another thread may put another in its place, but takes nothing out of this one
        unknown = {key: one for key, one in zip(keys, filters, strict=True) if key not in known}
        if unknown:
            some = list(unknown.values())
            query = {"bool": {"should": some}} if len(some) <= _FEW else {"match_all": {}}
            found = self._counted(query, some)
            if len(known) > _KNOWN:
                known = self._kept.counts = {key: known[key] for key in keys if key in known}
            known.update(zip(unknown, found, strict=True))
        return [known[key] for key in keys]

    def count_terms(self, field_name: str, terms: Sequence[str]) -> list[int]:
        """How many papers have each of these terms."""
        found: list[int] = []
        for start in range(0, len(terms), _PAGE // 10):
            some = list(terms[start : start + _PAGE // 10])
            found += self._counted({"terms": {field_name: some}}, [{"term": {field_name: one}} for one in some])
        return found

    def _counted(self, query: Json, filters: Sequence[Json]) -> list[int]:
        named = {str(i): one for i, one in enumerate(filters)}
        answer = self.search({"size": 0, "query": query, "aggs": {"counts": {"filters": {"filters": named}}}})
        buckets = answer["aggregations"]["counts"]["buckets"]
        return [buckets[name]["doc_count"] for name in named]

    # What is the same for every question

    @property
    def _measures(self) -> tuple[int, Mapping[Place, float]]:
        if self._kept.measures is None:
            self._kept.measures = self._measured()
        return self._kept.measures

    def _measured(self) -> tuple[int, Mapping[Place, float]]:
        sums = {place.value: {"sum": {"field": length_field(place)}} for place in Place}
        answer = self.search({"size": 0, "aggs": sums})
        papers = answer["hits"]["total"]["value"]
        return papers, {place: answer["aggregations"][place.value]["value"] / (papers or 1) or 1.0 for place in Place}

    @property
    def papers(self) -> int:
        """How many there are."""
        return self._measures[0]

    @property
    def mean_lengths(self) -> Mapping[Place, float]:
        """Per place the mean number of words over all papers; 1 where that is 0."""
        return self._measures[1]

    @property
    def families(self) -> Mapping[str, tuple[str, ...]]:
        """For each paper with other versions all of them, the newest first."""
        if self._kept.families is None:
            self._kept.families = self._every_family()
        return self._kept.families

    def _every_family(self) -> Mapping[str, tuple[str, ...]]:
        replaces = value_field("replaces")
        fields = {"docvalue_fields": [replaces, DATE], "size": _PAGE, "sort": [{IDENTIFIER: "asc"}]}
        replacing = [_version(hit) for hit in self.every_hit(fields | {"query": {"exists": {"field": replaces}}})]
        known = {version.identifier for version in replacing}
        others = sorted({other for version in replacing for other in version.replaces} - known)
        for start in range(0, len(others), _PAGE):
            asked = {"query": {"terms": {IDENTIFIER: others[start : start + _PAGE]}}}
            replacing += [_version(hit) for hit in self.search(fields | asked)["hits"]["hits"]]
        return families(replacing)

    def every_hit(self, body: Json) -> Iterable[Json]:
        """All hits of a sorted search, page after page."""
        while True:
            hits = self.search(body)["hits"]["hits"]
            yield from hits
            if len(hits) < body["size"]:
                return
            body = body | {"search_after": hits[-1]["sort"]}

    def labels(self, dossiers: Iterable[str]) -> Mapping[str, str]:
        """What dossiers are called: as the newest paper does that gives a title."""
        unknown = sorted(set(dossiers) - self._kept.labels.keys())
        for start in range(0, len(unknown), _PAGE // 10):
            some = unknown[start : start + _PAGE // 10]
            order: list[Json] = [{DATE: {"order": "desc", "missing": "_last"}}, {IDENTIFIER: "asc"}]
            newest = {"size": 1, "sort": order, "_source": [TITLES]}
            titled = {"terms": {"field": TITLED, "include": some, "size": len(some), "shard_size": len(some)}}
            titled["aggs"] = {"newest": {"top_hits": newest}}
            answer = self.search({"size": 0, "query": {"terms": {TITLED: some}}, "aggs": {"titled": titled}})
            self._kept.labels.update((one, one) for one in some)
            for bucket in answer["aggregations"]["titled"]["buckets"]:
                [hit] = bucket["newest"]["hits"]["hits"]
                self._kept.labels[bucket["key"]] = hit["_source"][TITLES][bucket["key"]]
        return self._kept.labels

    def values(self, name: str) -> list[FacetValue]:
        """Every value of a field, with its label and the number of papers that have it."""
        if name not in self._kept.values:
            counts = self._every_count(name)
            labels = self.labels(counts) if name == "dossier" else {}
            self._kept.values[name] = [FacetValue(value, labels.get(value, value), count) for value, count in counts.items()]
        return self._kept.values[name]

    def _every_count(self, name: str) -> dict[str, int]:
        found: dict[str, int] = {}
        sources = [{"value": {"terms": {"field": value_field(name)}}}]
        composite: Json = {"size": _PAGE, "sources": sources}
        while True:
            answer = self.search({"size": 0, "aggs": {"values": {"composite": composite}}})["aggregations"]["values"]
            found |= {bucket["key"]["value"]: bucket["doc_count"] for bucket in answer["buckets"]}
            if len(answer["buckets"]) < _PAGE:
                return found
            composite = composite | {"after": answer["after_key"]}


def _version(hit: Json) -> Version:
    fields = hit.get("fields", {})
    return Version(hit["_id"], fields.get(DATE, [0])[0], tuple(fields.get(value_field("replaces"), ())))


_T = TypeVar("_T")
_Listing = tuple[str, str]
"""What is listed (see ``_LISTINGS``), of which word."""

_PAGE = 10_000
_MANY = 500_000
"""Words and listed words that are remembered: enough for days of questions, and a bound to what they take."""
_LONGEST = 900
"""Bytes of the beginning of a word: OpenSearch takes some 1,000, and no word has as many."""
_LISTINGS = ("beginning", "ending", "near", "near_twice", "with_stem")


@dataclass
class _Asked:
    """What was asked for and is not known yet: marked terms, and listings."""

    terms: dict[str, None] = field(default_factory=dict)
    listings: dict[_Listing, None] = field(default_factory=dict)


@dataclass
class ClusterWords:
    """The ``Vocabulary`` of one view."""

    view: View
    _counts: dict[str, int] = field(default_factory=dict)
    _listed: dict[_Listing, list[str]] = field(default_factory=dict)
    _values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _value_counts: dict[str, ValueCounts] = field(default_factory=dict)
    _learnt: list[int] = field(default_factory=list)
    """How many words each look-up brought."""

    def asking(self, cluster: Searches) -> ClusterWords:
        """The same words, asked for in another way, such as within a budget; what is learnt all know."""
        return replace(self, view=self.view.asking(cluster))

    @property
    def many(self) -> bool:
        """So much is remembered that it is time to begin anew."""
        return sum(self._learnt) > _MANY

    def count(self, word: str) -> int:
        return self._count(EXACT + word)

    def stem_count(self, stem: str) -> int:
        return self._count(STEM + stem)

    def counts(self, words: Sequence[str]) -> list[int]:
        return self._each([EXACT + word for word in words])

    def stem_counts(self, stems: Sequence[str]) -> list[int]:
        return self._each([STEM + stem for stem in stems])

    def beginning(self, prefix: str) -> list[str]:
        return self._list("beginning", prefix)

    def ending(self, suffix: str) -> list[str]:
        return self._list("ending", suffix)

    def near(self, word: str) -> list[str]:
        return self._list("near", word)

    def near_twice(self, word: str) -> list[str]:
        return self._list("near_twice", word)

    def with_stem(self, stem: str) -> list[str]:
        return self._list("with_stem", stem)

    def values(self, field: str) -> tuple[str, ...]:
        if field not in self._values:
            self._values[field] = tuple(one.value for one in self.view.values(field))
        return self._values[field]

    def value_counts(self, field: str) -> ValueCounts:
        if field not in self._value_counts:
            self._value_counts[field] = ValueCounts({one.value: one.count for one in self.view.values(field)})
        return self._value_counts[field]

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
        self._learnt.append(len(terms) + len(unknown) + sum(map(len, proposed)))

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
    """A ``Vocabulary`` of what is known; of other words it notes that they were asked for, and says that they are not there."""

    words: ClusterWords
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

    def near_twice(self, word: str) -> list[str]:
        return self._list("near_twice", word)

    def with_stem(self, stem: str) -> list[str]:
        return self._list("with_stem", stem)

    def values(self, field: str) -> tuple[str, ...]:
        return self.words.values(field)

    def value_counts(self, field: str) -> ValueCounts:
        return self.words.value_counts(field)

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
    if kind == "with_stem":
        return {"term": {WORD_STEM: word}}
    if kind == "near_twice":
        return {"fuzzy": {WORD: {"value": word, "fuzziness": 2, "transpositions": True, "rewrite": "constant_score"}}}
    return {"terms": {WORD: sorted(set(one_edit(word)) - {word})}}


def _ordered(listing: _Listing, words: list[str]) -> list[str]:
    kind, word = listing
    if kind == "ending":
        return sorted((one for one in words if len(one) > len(word)), key=lambda one: one[::-1])
    if kind == "with_stem":
        return sorted(filter(is_word, words))
    if kind == "near_twice":
        return sorted(one for one in words if one.isascii() and one.isalpha() and distance(word, one) == 2)
    return sorted(words)
