"""Dutch analysis: text → tokens with stems, positions and offsets, the same for every engine and for queries.

``chain`` is the way in. ``tokens`` splits (with ``terms`` for what is more than a plain word), ``folding`` evens out case and
diacritics, ``stemming`` finds stems, ``synonyms`` knows what parliament calls the same thing.
"""
