"""How papers are scored: the formula and its numbers, for every engine.

BM25F (Robertson, Zaragoza and Taylor, CIKM 2004): of each term the frequencies per place, normalised by the length of that place
and weighted by its importance, are added up before they saturate:

    tf = Σ_place  w_place · f_place / (1 - b + b · length_place / average_place)
    score = weight · idf · tf / (k1 + tf)          idf = ln(1 + (N - n + ½) / (n + ½))

N counts papers, n those with the term in any place. The forms of a concept that match in the same way (``plan.MatchKind``)
count as one term: their frequencies are added up in proportion to their weights, and the greatest of these weighs the whole. A
paper scores the sum of exact and stem, or what another way gives it when that is more; the idf of another way is at most that of
the word itself, so that a rare compound does not outrank it. On top of it words that stand near each other add to the score of
the best papers: see ``Weights``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from search.document import Place
from search.plan import TEXT_PLACES


def _place_weights() -> Mapping[Place, float]:
    return MappingProxyType(
        {
            Place.TITLE: 1.0,
            Place.DOSSIER: 0.5,
            Place.HEADING: 1.5,
            Place.KIND: 1.0,
            Place.BODY: 1.0,
            Place.FOOTNOTE: 0.6,
            Place.ANNEX: 0.7,
            Place.NAMES: 1.0,
        }
    )


CITING_SCORE = 1.0
"""What citing the paper that is asked for scores."""

SCORE_DIGITS = 9
"""Scores that agree in so many decimals are equal; the rest is noise of the order in which they were added up."""

NEAR_PLACES = TEXT_PLACES
"""Where the nearness of words tells something."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of the ranking.

    ``exact``, ``stem``, ``compound`` and ``synonym`` weigh the forms of a word. ``named`` is the score of the paper that a query
    names, above all others; ``mentioned`` that of a paper named among other words. ``near`` weighs words that stand within
    ``near_window`` words of each other. ``enough`` is how many papers with all words make partial matches unnecessary;
    ``coverage`` is the share of the query (by idf) that a partial match has at least; its score is multiplied by its own share to
    the power ``coordination``.
    """

    exact: float = 0.6
    stem: float = 1.0
    compound: float = 0.35
    synonym: float = 0.25
    named: float = 1000.0
    mentioned: float = 2.0
    k1: float = 0.8
    b: float = 0.8
    places: Mapping[Place, float] = field(default_factory=_place_weights)
    near: float = 0.1
    near_window: int = 4
    near_candidates: int = 200
    enough: int = 10
    coverage: float = 0.2
    coordination: float = 0.5
