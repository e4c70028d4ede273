"""The engine on one machine: a Whoosh index of columns, read as arrays.

Writing: ``writer`` (the port) → ``collecting``, ``workers`` (bounded memory, several processes) → ``inverting`` (words to arrays)
→ ``paper_columns``, ``building`` (a segment) → ``merging`` → ``contents`` (a commit), in a ``store`` (versions, swapping).

Reading: ``columnfile`` (arrays in a file) → ``segment`` → ``live`` (without what is gone) → ``words``, ``reader`` (the
collection) → ``searcher`` (the port). ``schema`` and ``codec`` show the same segments to Whoosh.

Only this package imports whoosh.
"""
