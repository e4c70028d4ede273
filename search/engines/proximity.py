"""How near the words of a query stand to each other in a paper; adds to the score of the best candidates only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from search.engines.matching import Matcher
from search.engines.postings import POSITION_BITS, Docs, Floats, Spots
from search.engines.sequences import Keys
from search.plan import Concept
from search.ranking import NEAR_PLACES

_FAR = np.iinfo(np.int64).max


def nearness(matcher: Matcher, concepts: list[Concept], docs: Docs) -> Floats:
    """For each of ``docs`` (ascending) what the nearness of neighbouring words of the query adds.

    Each pair of words that are neighbours in the query adds, in each place where they stand at most ``weights.near_window`` words
    apart, ``weights.near`` times the mean of their idf, divided by their smallest distance there.
    """
    weights = matcher.weights
    added = np.zeros(len(docs))
    spots = matcher.collection.spots(docs, NEAR_PLACES)
    paper = np.searchsorted(docs, matcher.collection.paper_of[spots])
    keys = [matcher.own(concept, NEAR_PLACES, docs) for concept in concepts]
    for i in range(len(concepts) - 1):
        distance = _distances(keys[i], keys[i + 1], spots)
        near = distance <= weights.near_window
        if near.any():
            telling = (matcher.concept(concepts[i]).idf + matcher.concept(concepts[i + 1]).idf) / 2
            added += np.bincount(paper[near], weights.near * telling / distance[near], len(docs))
    return added


def _distances(left: Keys, right: Keys, spots: Spots) -> NDArray[np.int64]:
    """For each spot the smallest distance between an occurrence of either; a shared occurrence is no neighbour."""
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
