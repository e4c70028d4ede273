"""Does the search find what it should? See ``benchmarks/relevance.py``."""
