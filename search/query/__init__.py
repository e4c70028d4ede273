"""The query language: text → tree → text, never an error.

``lexer`` finds the pieces of a query, ``repair`` makes them fit, ``parser`` (with the grammar as EBNF) builds the ``tree`` of
them with ``words``, ``values`` and ``dates``, within ``limits``. ``printed`` writes a tree as a query again, ``understood``
tells it in plain Dutch.
"""
