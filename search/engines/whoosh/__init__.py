"""The engine on one machine: a Whoosh index of columns, read as arrays.

Writing: ``writer`` (the port) → ``collecting``, ``workers`` (bounded memory, several processes) → ``lexicon`` (texts to numbers)
→ ``inverting``, with ``passages``, ``leads``, ``sorting`` and ``sharing`` (numbers to postings) → ``paper_columns``,
``dictionary``, ``building`` (a segment) → ``merging`` → ``contents`` (a commit), in a ``store`` (versions, swapping).

Taking out: ``writer`` → ``collecting.without`` → ``live.write_note`` → ``contents``; a merge leaves out what is gone.

Reading: ``columnfile`` (arrays in a file), ``narrow`` (numbers in few bytes), ``dictionary`` → ``segment`` → ``live``
(without what is gone) → ``entry``, ``runs`` (postings), ``words`` → ``reader`` (the collection) → ``searcher`` (the port).
``schema`` and ``codec`` show the same segments to Whoosh.

Only this package imports whoosh.
"""
