"""Finding papers: Dutch analysis, the query language, the engine port and its engines, facets and snippets.

Reads papers as ``indexer.model`` describes them; knows nothing of pages or of the command line.
"""
