"""The analysis that every engine uses, and its version.

An index remembers the version that made it and is rebuilt when this one differs.
"""

from __future__ import annotations

from search.analysis.stemming import stem
from search.analysis.synonyms import synonyms_of
from search.analysis.tokens import Token, tokenize

ANALYSIS_VERSION = "1"
"""Raised whenever any text may give other tokens than before."""

__all__ = ["ANALYSIS_VERSION", "Token", "stem", "synonyms_of", "tokenize"]
