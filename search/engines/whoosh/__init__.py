"""The engine on one machine: Whoosh over an index whose columns are read as arrays.

Stock Whoosh handles one posting at a time in Python, which is too slow for the whole archive. Here Whoosh keeps its interfaces,
and our own columns of numbers, read as numpy arrays, take the place of its storage.

Describing: ``schema`` defines the fields and the Dutch analyzers, and converts papers to and from them. ``index`` has
``WhooshIndex``, a ``whoosh.index.Index`` that opens readers, searchers and writers.

Writing: ``writer`` has ``WhooshWriter``, a ``whoosh.writing.IndexWriter``, which also serves as the writing side of the port. It
gives papers to ``writing``, which turns them into segments: ``collecting`` (within bounded memory, in one process or several) →
``lexicon`` (text to numbers) → ``inverting`` (numbers to postings) → ``building`` (a segment file) → ``merging`` (several
segments into one). The files are those of ``storage``: ``columnfile``, ``narrow``, ``dictionary``, ``segment``, and ``store``,
which makes a commit of them.

Searching: ``reader`` has ``PaperReader``, a ``whoosh.reading.IndexReader`` over the arrays of ``searching.arrays``. ``query``
turns plans into queries of Whoosh whose matchers hold arrays; they look things up with ``searching`` (``postings``, ``runs``,
``lookup``, ``arrays``). ``collector`` has ``PaperCollector``, a ``whoosh.collectors.Collector`` that counts, orders and
pages. ``searcher`` is the searching side of the port: it answers each question through a ``whoosh.searching.Searcher``.

Only this package imports whoosh.
"""
