"""What a query may cost. What is over is cut before anything runs, answered, and told in a remark."""

from __future__ import annotations

MAX_LENGTH = 1_000
"""Characters of a query."""

MAX_CLAUSES = 100
"""Words, phrases and field values of a query; a subject line of the Kamer has at most some sixty."""

MAX_DEPTH = 10
"""Brackets within brackets."""

MAX_WORD = 100
"""Characters of one word."""

MAX_SLOP = 50
"""Words between which the words of a phrase may be spread."""

MIN_PREFIX = 3
"""Letters before the asterisk of ``belasting*``."""

MIN_FUZZY = 3
"""Letters of a word that may be misspelt (``woord~``)."""

MAX_EXPANSIONS = 256
"""Words of the collection that the prefixes and misspelt words of a query stand for together; the most frequent are taken."""
