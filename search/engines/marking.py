"""Which passages of the papers found say what was asked for, from the positions in the index: no text is looked through."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

import numpy as np

from search.document import Place, SearchDocument
from search.engines.matching import Matcher
from search.engines.postings import POSITION_BITS
from search.engines.sequences import Keys
from search.plan import Plan
from search.ports import Hit
from search.snippets import Highlighter

_POSITION = (1 << POSITION_BITS) - 1


def with_passages(matcher: Matcher, plan: Plan, hits: list[Hit], docs: list[int]) -> list[Hit]:
    """The hits, which are ``docs`` in their order, each with the passages in which something is to be marked."""
    ordered = np.sort(np.array(docs, np.int64))
    keys = [matcher.marked(concept, ordered) for concept in Highlighter(plan).telling]
    return [replace(hit, passages=_passages(matcher, hit.document, doc, keys)) for hit, doc in zip(hits, docs, strict=True)]


def _passages(matcher: Matcher, document: SearchDocument, doc: int, keys: list[Keys]) -> dict[int, int]:
    """The passages with something to mark, and of how many concepts."""
    numbers: dict[Place, list[int]] = {}
    for i, passage in enumerate(document.passages):
        numbers.setdefault(passage.place, []).append(i)
    told: dict[int, int] = {}
    paper = np.array([doc], np.int64)
    spots = [(place, int(matcher.collection.spots(paper, (place,))[0])) for place in numbers]
    bounds = np.array([(spot << POSITION_BITS, (spot + 1) << POSITION_BITS) for _, spot in spots], np.int64)
    for concept in keys:
        for (place, _), (first, last) in zip(spots, np.searchsorted(concept, bounds).tolist(), strict=True):
            positions = (concept[first:last] & _POSITION).tolist()
            starts = document.starts.get(place, ())
            for i in {numbers[place][bisect_right(starts, position) - 1] for position in positions}:
                told[i] = told.get(i, 0) + 1
    return dict(sorted(told.items()))
