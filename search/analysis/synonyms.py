"""Placeholder."""

from __future__ import annotations


def synonyms_of(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Word sequences that say the same."""
    return ()
