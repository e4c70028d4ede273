"""Keeps readers from waiting for memory to be tidied up.

A full collection of circular garbage goes over every word that is remembered, a third of a second for some hundred thousand of
them, and finds next to nothing: answers leave no circles behind, and requests few. What is in no circle is freed at once anyway.
And the allocator gives the memory of each large array back to the system, which then clears it again for the next one.
"""

from __future__ import annotations

import ctypes
import gc

_YOUNG, _MIDDLE, _FULL = 700, 10, 1000
"""New objects, and collections of one age, before the next older are collected; by default a full one follows ten others."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Options of the allocator (``malloc.h`` of glibc): from how much free memory on it is given back, and what is kept apart."""
_KEPT, _APART = 128 << 20, 32 << 20
"""Their values in bytes; the second is the greatest that is allowed."""


def few_pauses() -> None:
    """Leave what is in memory now out of collections, make full ones rare and keep memory that is freed; in this process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _FULL)
    option = getattr(ctypes.CDLL(None), "mallopt", None)  # only glibc has it
    if option:
        option(_TRIM_THRESHOLD, _KEPT)
        option(_MMAP_THRESHOLD, _APART)
