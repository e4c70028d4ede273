"""Which passages of the papers found say what was asked for, from the positions in the index: no text is looked through."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from search.document import Place, SearchDocument
from search.engines.matching import Matcher
from search.engines.postings import POSITION_BITS
from search.plan import Form, Plan, Sequence
from search.ports import Hit
from search.snippets import Highlighter

_Keys = NDArray[np.int64]


def with_passages(matcher: Matcher, plan: Plan, hits: list[Hit], docs: list[int]) -> list[Hit]:
    """The hits, which are ``docs`` in their order, each with the passages in which something is to be marked."""
    keys = _keys(matcher, plan, np.sort(np.array(docs, np.int64)))
    return [replace(hit, passages=_passages(hit.document, doc, keys)) for hit, doc in zip(hits, docs, strict=True)]


def _keys(matcher: Matcher, plan: Plan, docs: NDArray[np.int64]) -> dict[Place, _Keys]:
    """Per place where in these papers anything to be marked begins."""
    found: dict[Place, list[_Keys]] = {}
    for concept in Highlighter(plan).telling:
        for place in concept.places:
            items: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
            for item in items:
                found.setdefault(place, []).append(matcher.keys(item, place, docs))
    return {place: np.sort(np.concatenate(keys)) for place, keys in found.items()}


def _passages(document: SearchDocument, doc: int, keys: dict[Place, _Keys]) -> tuple[int, ...]:
    numbers: dict[Place, list[int]] = {}
    for i, passage in enumerate(document.passages):
        numbers.setdefault(passage.place, []).append(i)
    told: set[int] = set()
    for place, places_keys in keys.items():
        first, last = np.searchsorted(places_keys, (doc << POSITION_BITS, (doc + 1) << POSITION_BITS))
        positions = places_keys[first:last] - (doc << POSITION_BITS)
        at = np.searchsorted(np.array(document.starts.get(place, ()), np.int64), positions, "right") - 1
        told.update(numbers[place][i] for i in np.unique(at).tolist())
    return tuple(sorted(told))
