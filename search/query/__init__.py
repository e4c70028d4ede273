"""The query language: text → tree → text, never an error.

``lexer`` finds the pieces of a query and makes them fit together; ``references`` knows papers as they are pasted, ``foreign``
what other systems write. ``parser`` (with the grammar as EBNF) builds a ``tree`` of the pieces, with ``words`` for what is looked
for, ``conditions`` for values of fields, and ``dates`` (``relative``, ``periods``) for days and periods. ``offers`` are readings
that were not chosen. ``told`` writes a tree as a query again, and tells it as a sentence.
"""
