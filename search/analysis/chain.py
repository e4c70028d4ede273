"""The analysis that every engine uses, and its version.

An index remembers the version that made it and is rebuilt when this one differs.
"""

from __future__ import annotations

from search.analysis.stemming import stem
from search.analysis.synonyms import synonyms_of
from search.analysis.terms import take_apart
from search.analysis.tokens import Token, tokenize

ANALYSIS_VERSION = "2"
"""Raised whenever any text may give other tokens than before."""

__all__ = ["ANALYSIS_VERSION", "Token", "forget", "stem", "synonyms_of", "tokenize"]


def forget() -> None:
    """Let go of the words that were analysed, some tens of megabytes after a long run; they are analysed anew when they come."""
    stem.cache_clear()
    take_apart.cache_clear()
