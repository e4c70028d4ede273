"""The query language: text → tree → text, never an error.

``lexer`` finds the pieces of a query and makes them fit together; ``parser`` (with the grammar as EBNF) builds a ``tree`` of
them, with ``dates`` for days and periods. ``told`` writes a tree as a query again, and tells it as a sentence.
"""
