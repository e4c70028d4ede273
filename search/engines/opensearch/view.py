"""One generation of the index as it was at one moment: what is asked of it belongs together, whatever is written meanwhile.

Keeps what is the same for every question: how many papers there are, how long their places are, which are versions of one
another, what the dossiers are called, and how many papers match what was counted before. What a query means is not known here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from search.document import Place, Version, families
from search.engines.opensearch.schema import (
    DATE,
    IDENTIFIER,
    TITLED,
    TITLES,
    Json,
    length_field,
    value_field,
    words_of,
)

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
class View:
    """A generation at a moment: ``point`` is the cluster's name for that moment."""

    cluster: Searches
    index: str
    generation: str
    point: str
    keep_alive: str = "2m"
    _counts: dict[str, int] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)

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
        known = self._counts  # another thread may put another in its place, but takes nothing out of this one
        unknown = {key: one for key, one in zip(keys, filters, strict=True) if key not in known}
        if unknown:
            some = list(unknown.values())
            query = {"bool": {"should": some}} if len(some) <= _FEW else {"match_all": {}}
            found = self._counted(query, some)
            if len(known) > _KNOWN:
                known = self._counts = {key: known[key] for key in keys if key in known}
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

    @cached_property
    def _measures(self) -> tuple[int, Mapping[Place, float]]:
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

    @cached_property
    def families(self) -> Mapping[str, tuple[str, ...]]:
        """For each paper with other versions all of them, the newest first."""
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
        unknown = sorted(set(dossiers) - self._labels.keys())
        for start in range(0, len(unknown), _PAGE // 10):
            some = unknown[start : start + _PAGE // 10]
            order: list[Json] = [{DATE: {"order": "desc", "missing": "_last"}}, {IDENTIFIER: "asc"}]
            newest = {"size": 1, "sort": order, "_source": [TITLES]}
            titled = {"terms": {"field": TITLED, "include": some, "size": len(some), "shard_size": len(some)}}
            titled["aggs"] = {"newest": {"top_hits": newest}}
            answer = self.search({"size": 0, "query": {"terms": {TITLED: some}}, "aggs": {"titled": titled}})
            self._labels.update((one, one) for one in some)
            for bucket in answer["aggregations"]["titled"]["buckets"]:
                [hit] = bucket["newest"]["hits"]["hits"]
                self._labels[bucket["key"]] = hit["_source"][TITLES][bucket["key"]]
        return self._labels

    def values(self, name: str) -> dict[str, int]:
        """Every value of a facet, with the number of papers that have it."""
        found: dict[str, int] = {}
        sources = [{"value": {"terms": {"field": value_field(name)}}}]
        composite: Json = {"size": _PAGE, "sources": sources}
        while True:
            answer = self.search({"size": 0, "aggs": {"values": {"composite": composite}}})["aggregations"]["values"]
            found |= {bucket["key"]["value"]: bucket["doc_count"] for bucket in answer["buckets"]}
            if len(answer["buckets"]) < _PAGE:
                return found
            composite = composite | {"after": answer["after_key"]}

    @cached_property
    def dossiers(self) -> Mapping[str, int]:
        """Every dossier with the number of its papers."""
        return self.values("dossier")

    @cached_property
    def ministers(self) -> Mapping[str, int]:
        """Every minister with the number of their papers."""
        return self.values("minister")


def _version(hit: Json) -> Version:
    fields = hit.get("fields", {})
    return Version(hit["_id"], fields.get(DATE, [0])[0], tuple(fields.get(value_field("replaces"), ())))
