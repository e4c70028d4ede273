"""Keeps the collector of circular garbage from making readers wait.

A full collection goes over every word that is remembered, a third of a second for some hundred thousand of them, and finds next
to nothing: answers leave no circles behind, and requests few. What is not in a circle is freed at once in any case.
"""

from __future__ import annotations

import gc

_YOUNG, _MIDDLE, _FULL = 700, 10, 1000
"""New objects, and collections of one age, before the next older are collected; by default a full one follows ten others."""


def few_pauses() -> None:
    """Leave out of collections what is in memory now, and make full ones rare; for the rest of this process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _FULL)
