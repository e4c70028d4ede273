"""Dutch analysis: text → tokens with stems, positions and offsets, the same for every engine and for queries.

``chain`` is the way in: it splits, takes apart and folds. ``stemming`` finds stems, ``synonyms`` knows what parliament calls the
same thing.
"""
