"""The query language: text → tree → text, never an error.

``tree`` (what a query means) ← ``lexer`` ← ``parser`` (with the grammar as EBNF); ``printed`` writes a tree as a query again,
``understood`` tells it in plain Dutch.
"""
