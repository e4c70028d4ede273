"""What words of a query that stand near each other add to the score of a paper, found from the positions in the index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.searching.lookup import Lookup
from search.engines.whoosh.searching.postings import POSITION_BITS, Docs, Floats, Keys, Spots
from search.plan import NEAR_PLACES, Concept

_FAR = np.iinfo(np.int64).max


def nearness(lookup: Lookup, concepts: Sequence[Concept], docs: Docs) -> Floats:
    """What nearness adds to the score of each of ``docs`` (ascending).

    Each pair of words that are neighbours in the query is looked for in each place. Where their smallest distance is at most
    ``weights.near_window`` words, the pair adds ``weights.near`` times the mean of their idf, divided by that distance.
    """
    weights = lookup.weights
    added = np.zeros(len(docs))
    spots = lookup.arrays.spots(docs, NEAR_PLACES)
    paper = np.searchsorted(docs, lookup.arrays.paper_of[spots])
    keys = [lookup.own(concept, NEAR_PLACES, docs) for concept in concepts]
    for i in range(len(concepts) - 1):
        distance = _distances(keys[i], keys[i + 1], spots)
        near = distance <= weights.near_window
        if near.any():
            telling = (lookup.concept(concepts[i]).idf + lookup.concept(concepts[i + 1]).idf) / 2
            added += np.bincount(paper[near], weights.near * telling / distance[near].astype(np.float64), len(docs))
    return added


def _distances(left: Keys, right: Keys, spots: Spots) -> NDArray[np.int64]:
    """For each spot, the smallest distance between an occurrence of one and an occurrence of the other.

    A position that both have in common does not count.
    """
    distances = np.full(len(spots), _FAR)
    if not len(left) or not len(right):
        return distances
    after = np.searchsorted(right, left, "right")
    before = np.searchsorted(right, left, "left") - 1
    for index in (after, before):
        valid = (index >= 0) & (index < len(right))
        ours, theirs = left[valid], right[index[valid]]
        same = (ours >> POSITION_BITS) == (theirs >> POSITION_BITS)
        at = np.searchsorted(spots, ours[same] >> POSITION_BITS)
        np.minimum.at(distances, at, np.abs(ours[same] - theirs[same]))
    return distances
